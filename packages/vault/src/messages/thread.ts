/**
 * A thread: two-way messages between a person and a helper, as a chain of sealed, signed entries that the node keeps and
 * can neither read nor reorder unseen.
 *
 * States and what leads from one to the next; each entry is allowed or refuses the whole reading at its place:
 *
 *     nothing ──begin (person)──▶ open
 *     open ──text, follow-up, done (either)──▶ open
 *     open ──share, unshare, contact (person)──▶ open
 *     open ──looked (the present helper)──▶ open
 *     open ──hand-over (the present helper, or the person)──▶ open, with another helper
 *     open ──rekey (either)──▶ open, sealed to another key from the next entry on
 *     open ──close (either)──▶ closed          (nothing follows)
 *
 * After a hand-over the helper before may write nothing more. The new one changes the key with the first thing they do
 * (`rekey`), so that what follows is sealed to a key that the old one never had; what was written before stays what it
 * was for whoever could read it.
 *
 * What reading finds, and what it cannot: an entry left out, doubled, changed, moved, written by somebody else or for
 * another thread is named with its place. Entries missing at the end look like entries not yet written; `known`, what
 * this side last saw, is in the sealed case and in the helper's browser, and finds that too, for everything seen once.
 * @module
 */

import { base64urlnopad } from '@scure/base';
import { type AgeIdentity, recipientOf } from '../sealing/age-key.ts';
import { openBytes } from '../sealing/open.ts';
import { sealBytes } from '../sealing/seal.ts';
import {
  type Entry,
  type EntryDigest,
  type EntryWords,
  NO_ENTRY,
  padEntry,
  readEntry,
  signEntry,
  type ThreadId,
} from './entry.ts';
import { isSameParty, type Party, type PartyKeys, publicParty } from './party.ts';

/** Entries of a thread, at most. */
export const MAX_ENTRIES = 500;

/** Characters of a sealed entry in base64url, at most. */
export const MAX_SEALED_ENTRY = 22_800;

/** An entry as the node keeps it. `epoch`: which key of the ring it is sealed to, from 0. */
export type SealedEntry = { readonly seq: number; readonly epoch: number; readonly sealed: string };

/** How far this side has seen a thread. */
export type ThreadHead = { readonly seq: number; readonly digest: EntryDigest };

/** A thread as both sides see it. */
export type Thread = {
  readonly id: ThreadId;
  readonly person: Party;
  readonly helper: Party;
  /** Every helper there was, in order; the last is the present one. */
  readonly helpers: readonly Party[];
  /** Which key the next entry is sealed to. */
  readonly epoch: number;
  readonly head: ThreadHead;
  readonly entries: readonly Entry[];
  readonly closed: boolean;
  /** Days to look again that are not done, the soonest first. */
  readonly followUps: readonly Extract<Entry, { kind: 'follow-up' }>[];
  /** A helper took over and has not changed the key yet. */
  readonly awaitsRekey: boolean;
};

/**
 * What is wrong, and at which entry. `missing`: one is left out. `unreadable`: it opens with no key of the ring, or was
 * changed. `signature`: its signature is wrong. `foreign-writer`: signed by somebody who may not write here.
 * `not-allowed`: this writer may not say this now. `foreign-thread`: it is of another thread. `broken-chain`: what stands
 * before it is not what its writer saw. `foreign-key`: sealed to a key that nobody announced. `cut`, `rewritten`: not what
 * this side saw before.
 */
export type ThreadDamage =
  | 'missing'
  | 'unreadable'
  | 'signature'
  | 'malformed'
  | 'newer'
  | 'foreign-writer'
  | 'not-allowed'
  | 'foreign-thread'
  | 'broken-chain'
  | 'foreign-key'
  | 'cut'
  | 'rewritten'
  | 'too-many';

/** A read thread, or what is wrong with it; `upTo` is what stands before the damage, where anything does. */
export type ThreadReading =
  | { readonly ok: true; readonly thread: Thread }
  | { readonly ok: false; readonly reason: ThreadDamage; readonly at: number; readonly upTo?: Thread };

/** What a reader knows of a thread before reading it. */
export type ThreadKnowledge = {
  readonly id: ThreadId;
  /** Who one is, and on which side: a thread in which one is not that is refused. */
  readonly self: Party;
  readonly role: 'person' | 'helper';
  readonly known?: ThreadHead;
};

/** Reads a thread from what the node gave. Never throws for what that is. */
export async function readThread(
  rows: readonly SealedEntry[],
  keys: readonly AgeIdentity[],
  knowledge: ThreadKnowledge,
): Promise<ThreadReading> {
  if (rows.length > MAX_ENTRIES) return { ok: false, reason: 'too-many', at: MAX_ENTRIES + 1 };
  const recipients = await Promise.all(keys.map(recipientOf));
  let thread: Thread | undefined;
  const wrong = (reason: ThreadDamage, at: number): ThreadReading =>
    thread === undefined ? { ok: false, reason, at } : { ok: false, reason, at, upTo: thread };
  for (const [index, row] of rows.entries()) {
    const at = index + 1;
    if (row.seq !== at) return wrong('missing', at);
    if (row.epoch !== (thread?.epoch ?? 0)) return wrong('foreign-key', at);
    const key = keys[row.epoch];
    const reading = key === undefined ? undefined : await openEntry(row, key);
    if (reading === undefined) return wrong('unreadable', at);
    if (!reading.ok) return wrong(reading.reason, at);
    const { entry, digest } = reading;
    if (entry.thread !== knowledge.id) return wrong('foreign-thread', at);
    if (entry.seq !== at || entry.prev !== (thread?.head.digest ?? NO_ENTRY))
      return wrong('broken-chain', at);
    const next = step(thread, entry, digest);
    if (typeof next === 'string') return wrong(next, at);
    const announced = entry.kind === 'begin' || entry.kind === 'rekey' ? entry.key : undefined;
    if (announced !== undefined && recipients[next.epoch] !== announced) return wrong('foreign-key', at);
    thread = next;
    if (knowledge.known?.seq === at && knowledge.known.digest !== digest) return wrong('rewritten', at);
  }
  if (thread === undefined) return { ok: false, reason: 'missing', at: 1 };
  if (knowledge.known !== undefined && knowledge.known.seq > rows.length)
    return wrong('cut', rows.length + 1);
  const side = knowledge.role === 'person' ? [thread.person] : thread.helpers;
  const mine = side.some((party) => isSameParty(party, knowledge.self));
  if (!mine) return wrong('foreign-thread', 1);
  return { ok: true, thread };
}

/** The thread after one more entry, or why this writer may not say this now. Pure. */
function step(thread: Thread | undefined, entry: Entry, digest: EntryDigest): Thread | ThreadDamage {
  const head = { seq: entry.seq, digest };
  if (thread === undefined) {
    if (entry.kind !== 'begin') return 'not-allowed';
    if (entry.by !== entry.person.verifyKey) return 'foreign-writer';
    return {
      id: entry.thread,
      person: entry.person,
      helper: entry.helper,
      helpers: [entry.helper],
      epoch: 0,
      head,
      entries: [entry],
      closed: false,
      followUps: [],
      awaitsRekey: false,
    };
  }
  const byPerson = entry.by === thread.person.verifyKey;
  if (!byPerson && entry.by !== thread.helper.verifyKey) return 'foreign-writer';
  if (thread.closed) return 'not-allowed';
  const next = { ...thread, head, entries: [...thread.entries, entry] };
  switch (entry.kind) {
    case 'begin':
      return 'not-allowed';
    case 'share':
    case 'unshare':
    case 'contact':
      return byPerson ? next : 'not-allowed';
    case 'looked':
      return byPerson ? 'not-allowed' : next;
    case 'text':
      return next;
    case 'follow-up':
      return { ...next, followUps: [...thread.followUps, entry].sort((a, b) => (a.day < b.day ? -1 : 1)) };
    case 'done':
      if (!thread.followUps.some(({ seq }) => seq === entry.of)) return 'not-allowed';
      return { ...next, followUps: thread.followUps.filter(({ seq }) => seq !== entry.of) };
    case 'hand-over':
      if (thread.helpers.some((party) => party.verifyKey === entry.to.verifyKey)) return 'not-allowed';
      if (entry.to.verifyKey === thread.person.verifyKey) return 'not-allowed';
      return { ...next, helper: entry.to, helpers: [...thread.helpers, entry.to], awaitsRekey: true };
    case 'rekey':
      return { ...next, epoch: thread.epoch + 1, awaitsRekey: false };
    case 'close':
      return { ...next, closed: true };
    default: {
      const never: never = entry;
      return never;
    }
  }
}

async function openEntry(row: SealedEntry, key: AgeIdentity) {
  if (row.sealed.length > MAX_SEALED_ENTRY || !/^[A-Za-z0-9_-]+$/.test(row.sealed)) return undefined;
  let bytes: Uint8Array;
  try {
    bytes = base64urlnopad.decode(row.sealed);
  } catch {
    return undefined;
  }
  const opened = await openBytes(bytes, [key]);
  return opened.ok ? readEntry(opened.plain) : undefined;
}

/** The next entry of a thread, written by `self`, signed and sealed to the thread's present key. */
export async function writeEntry(
  thread: Pick<Thread, 'id' | 'head' | 'epoch'> | { readonly id: ThreadId },
  self: PartyKeys,
  keys: readonly AgeIdentity[],
  words: EntryWords,
  at: number,
): Promise<SealedEntry & { readonly head: ThreadHead }> {
  const { head, epoch } = 'head' in thread ? thread : { head: undefined, epoch: 0 };
  const key = keys[epoch];
  if (key === undefined) throw new RangeError('thread: expected the key of its present epoch');
  const seq = (head?.seq ?? 0) + 1;
  const entry: Entry = {
    version: 1,
    thread: thread.id,
    seq,
    prev: head?.digest ?? NO_ENTRY,
    at,
    by: self.verifyKey,
    ...words,
  };
  const signed = await signEntry(entry, self.signingKey);
  const sealed = base64urlnopad.encode(await sealBytes(padEntry(signed), [await recipientOf(key)]));
  return { seq, epoch, sealed, head: { seq, digest: signed.digest } };
}

/** The first entry of a thread. */
export async function beginThread(
  id: ThreadId,
  person: PartyKeys,
  helper: Party,
  key: AgeIdentity,
  at: number,
): Promise<SealedEntry & { readonly head: ThreadHead }> {
  const words = {
    kind: 'begin',
    person: publicParty(person),
    helper: publicParty(helper),
    key: await recipientOf(key),
  } as const;
  return writeEntry({ id }, person, [key], words, at);
}
