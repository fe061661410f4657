/**
 * What can be done with a record. Each is one function that answers the record as it is afterwards, with the entry of the
 * custody log that says so; none changes a value in place, so that a change whose saving met another one can be laid
 * anew upon the other's result.
 * @module
 */

import { hex } from '@scure/base';
import type { CustodyAction, CustodyActor } from '../custody/custody-entry.ts';
import { stateDigest } from '../custody/custody-entry.ts';
import { appendCustody, type CustodyRefusal, headOf } from '../custody/custody-log.ts';
import { recordSigner } from '../custody/record-signer.ts';
import { canonicalBytes, type Json } from '../package/canonical-json.ts';
import { sha256Hex } from '../package/file-digest.ts';
import { drawSubject, type StampSubject } from '../timestamp/stamp-subject.ts';
import { type EvidenceItem, filesOf, parseItem } from './evidence-item.ts';
import {
  type EvidenceRecord,
  type Exported,
  MAX_ITEMS,
  MAX_TEXT,
  MAX_TEXTS,
  RECORD_VERSION,
  type StampAnswer,
} from './evidence-record.ts';

/** Who acts, and when (ISO 8601 in UTC with milliseconds). */
export type Hand = { readonly actor: CustodyActor; readonly at: string };

/** The record afterwards, or why nothing was done. */
export type Changed =
  | { readonly ok: true; readonly record: EvidenceRecord }
  | { readonly ok: false; readonly reason: CustodyRefusal | 'too-many' | 'too-long' | 'text-missing' };

/**
 * A new record with its first entry. `seed`: 32 random bytes; `name`: 4 random bytes.
 * @throws {RangeError} for other lengths
 */
export function beginRecord(seed: Uint8Array, name: Uint8Array, hand: Hand): EvidenceRecord {
  if (name.length !== 4) throw new RangeError('record: expected 4 random bytes for its name');
  const signer = recordSigner(seed);
  const empty: EvidenceRecord = {
    version: RECORD_VERSION,
    pseudonym: hex.encode(name),
    seed: hex.encode(seed),
    keys: [{ publicKey: signer.publicKey, from: 0 }],
    items: [],
    custody: [],
    stamps: [],
    texts: {},
    exports: [],
  };
  const begun = enter(empty, 'created', [], hand);
  if (!begun.ok) throw new TypeError('record: expected the first entry to be taken');
  return begun.record;
}

/**
 * Adds an item that was taken here (`captured`) or brought here (`imported`), and asks for a stamp. `texts` are the
 * contents of its files that are short texts; `salt`: 32 random bytes.
 * @throws {TypeError} for what is no item
 */
export function addItem(
  record: EvidenceRecord,
  item: EvidenceItem,
  {
    how,
    texts = [],
    salt,
    hand,
  }: {
    readonly how: 'captured' | 'imported';
    readonly texts?: readonly string[];
    readonly salt: Uint8Array;
    readonly hand: Hand;
  },
): Changed {
  const parsed = parseItem(item);
  if (record.items.length >= MAX_ITEMS) return { ok: false, reason: 'too-many' };
  const kept = { ...record.texts };
  const files = new Set(filesOf(parsed).map(({ sha256 }) => sha256));
  for (const text of texts) {
    const digest = textDigest(text);
    if (!files.has(digest)) return { ok: false, reason: 'text-missing' };
    kept[digest] = text;
  }
  const length = Object.values(kept).reduce((sum, text) => sum + text.length, 0);
  if (texts.some((text) => text.length > MAX_TEXT) || length > MAX_TEXTS)
    return { ok: false, reason: 'too-long' };
  const added = enter({ ...record, items: [...record.items, parsed], texts: kept }, how, [parsed.id], hand);
  return added.ok ? { ok: true, record: askStamp(added.record, [parsed.id], salt, hand.at) } : added;
}

/** Notes a deed that changes no item: sealed, looked at, checked, set to be deleted, handed over. */
export function noteDeed(
  record: EvidenceRecord,
  action: Exclude<CustodyAction, 'created' | 'captured' | 'imported' | 'stamped' | 'superseded' | 'erased'>,
  items: readonly string[],
  hand: Hand,
  reason?: string,
): Changed {
  return enter(record, action, items, hand, reason);
}

/** Puts a better item in the place of one that is there; both stay. */
export function supersede(record: EvidenceRecord, old: string, by: string, hand: Hand): Changed {
  return enter(record, 'superseded', [old, by], hand);
}

/** Takes an item out, with its texts. The log says that it was there; nothing says any more what it was. */
export function eraseItem(record: EvidenceRecord, id: string, hand: Hand): Changed {
  const items = record.items.filter((item) => item.id !== id);
  const needed = new Set(items.flatMap((item) => filesOf(item).map(({ sha256 }) => sha256)));
  const texts = Object.fromEntries(Object.entries(record.texts).filter(([digest]) => needed.has(digest)));
  return enter({ ...record, items, texts }, 'erased', [id], hand);
}

/**
 * Keeps an authority's answer to a stamp of this record. The entry's reason names the authority. Where the record was laid
 * upon another chain the stamp is of another digest, and the answer is to nothing any more: `unknown-item`.
 */
export function keepAnswer(
  record: EvidenceRecord,
  asked: StampSubject,
  answer: StampAnswer,
  hand: Hand,
): Changed {
  const stamp = record.stamps.find(
    ({ subject }) => subject.salt === asked.salt && subject.digest === asked.digest,
  );
  if (stamp === undefined) return { ok: false, reason: 'unknown-item' };
  if (stamp.answers.some(({ authority }) => authority === answer.authority)) return { ok: true, record };
  const answered = { ...stamp, answers: [...stamp.answers, answer] };
  const stamps = record.stamps.map((each) => (each === stamp ? answered : each));
  // Of the items that were erased since, the log may not speak any more.
  const there = stamp.items.filter((id) => record.items.some((item) => item.id === id));
  if (there.length === 0) return { ok: true, record: { ...record, stamps } };
  return enter({ ...record, stamps }, 'stamped', there, hand, answer.authority);
}

/** Notes a package that was made; with the consent of the person to whom it goes. */
export function keepExport(record: EvidenceRecord, exported: Exported): EvidenceRecord {
  return { ...record, exports: [...record.exports, exported] };
}

/** Replaces the key that signs: entries from the next one on are signed by the new one. `seed`: 32 random bytes. */
export function rotateKey(record: EvidenceRecord, seed: Uint8Array): EvidenceRecord {
  const { publicKey } = recordSigner(seed);
  return {
    ...record,
    seed: hex.encode(seed),
    keys: [...record.keys, { publicKey, from: record.custody.length }],
  };
}

/** The digest of an item: SHA-256 of its canonical JSON. */
export function itemDigest(item: EvidenceItem): string {
  return sha256Hex(canonicalBytes(item as unknown as Json));
}

/** The digest of a list of items, as custody entries name it. */
export function itemsDigest(items: readonly EvidenceItem[]): string {
  return stateDigest(new Map(items.map((item) => [item.id, itemDigest(item)])));
}

/** SHA-256 of a short text's UTF-8 bytes. */
export function textDigest(text: string): string {
  return sha256Hex(new TextEncoder().encode(text));
}

/** Enters a deed whose state is that of `items`, where it is not the whole record. */
export function enter(
  record: EvidenceRecord,
  action: CustodyAction,
  named: readonly string[],
  { actor, at }: Hand,
  reason?: string,
  items: readonly EvidenceItem[] = record.items,
): Changed {
  const deed = {
    at,
    actor,
    action,
    items: named,
    state: itemsDigest(items),
    ...(reason === undefined ? {} : { reason }),
  };
  const appended = appendCustody(record.custody, deed, recordSigner(hex.decode(record.seed)));
  return appended.ok ? { ok: true, record: { ...record, custody: appended.log } } : appended;
}

function askStamp(
  record: EvidenceRecord,
  items: readonly string[],
  salt: Uint8Array,
  requestedAt: string,
): EvidenceRecord {
  const subject = drawSubject('custody', headOf(record.custody), salt);
  return { ...record, stamps: [...record.stamps, { subject, items, requestedAt, answers: [] }] };
}
