/**
 * A record with one item of each kind, and what a package of it needs. No picture of anybody: the "screenshots" are bytes
 * made by code.
 * @module
 */

import { createHash } from 'node:crypto';
import { base64 } from '@scure/base';
import type { AdultItem, ItemFile } from '../evidence/evidence-item.ts';
import type { EvidenceRecord, StampAnswer } from '../evidence/evidence-record.ts';
import { newItem, newMinorItem, type Told } from '../evidence/new-item.ts';
import { addItem, beginRecord, type Changed, keepAnswer, noteDeed } from '../evidence/record-changes.ts';
import type { LocalAuthority } from '../timestamp/authority.fixture.ts';
import { type StampSubject, subjectBytes, subjectImprint } from '../timestamp/stamp-subject.ts';
import { timestampQuery } from '../timestamp/timestamp-query.ts';
import { readToken } from '../timestamp/timestamp-token.ts';
import { type ByteSource, digestBytes, memorySource } from './file-digest.ts';
import type { PackageWish } from './package-build.ts';

const OWNER = { role: 'owner', pseudonym: 'owner' } as const;

/** Deterministic bytes: so many of SHA-256(name, n). */
export function bytesOf(name: string, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let at = 0, n = 0; at < length; n++) {
    const piece = createHash('sha256')
      .update(`${name} ${n}`)
      .digest()
      .subarray(0, length - at);
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** A moment, so many minutes after now, in whole seconds. */
export function minute(n: number): string {
  return new Date(Math.floor(Date.now() / 1000) * 1000 + n * 60_000).toJSON();
}

/** A change that must have been taken. */
export function taken(changed: Changed): EvidenceRecord {
  if (!changed.ok) throw new Error(changed.reason);
  return changed.record;
}

/** An item's file of some bytes. */
export function fileOf(
  bytes: Uint8Array,
  more: Pick<ItemFile, 'role' | 'name' | 'mediaType'> & Partial<ItemFile>,
): ItemFile {
  const { sha256 } = digestBytes(bytes);
  return { bytes: bytes.length, sha256, sha512: null, derivedFrom: null, ...more };
}

/** The authority's answer to a subject, as it is kept. */
export async function answerOf(
  authority: LocalAuthority,
  id: string,
  subject: StampSubject,
): Promise<StampAnswer> {
  const reply = authority.answer(timestampQuery(subjectImprint(subject), bytesOf('nonce', 8)));
  const token = await readToken(reply, { data: subjectBytes(subject), roots: [authority.root] });
  if (!token.ok) throw new Error(token.fault);
  return { authority: id, reply: base64.encode(reply), root: base64.encode(authority.root), at: token.at };
}

/** A record of every kind, stamped where there is an authority, with the bytes of its pictures. */
export async function fullRecord(
  authority?: LocalAuthority,
  stampsAtMost = 100,
): Promise<{ readonly record: EvidenceRecord; readonly plain: ReadonlyMap<string, ByteSource> }> {
  const plain = new Map<string, ByteSource>();
  let record = beginRecord(bytesOf('seed', 32), bytesOf('name', 4), { actor: OWNER, at: minute(-5) });
  let count = 0;
  const add = async (
    told: Told,
    texts: readonly string[] = [],
    how: 'captured' | 'imported' = 'captured',
  ) => {
    count++;
    const at = minute(-4);
    const item: AdultItem = newItem(told, {
      random: bytesOf(`item ${count}`, 8),
      startedAt: at,
      endedAt: at,
      method: 'file-chosen',
      software: { name: 'reclaim', version: '0.1.0', buildSha256: null },
    });
    const hand = { actor: OWNER, at };
    record = taken(addItem(record, item, { how, texts, salt: bytesOf(`salt ${count}`, 32), hand }));
    const stamp = record.stamps.at(-1)!;
    if (authority !== undefined && count <= stampsAtMost) {
      const answer = await answerOf(authority, 'local', stamp.subject);
      record = taken(keepAnswer(record, stamp.subject, answer, hand));
    }
    return item;
  };
  const picture = bytesOf('picture', 3_000);
  const covered = bytesOf('covered', 500);
  plain.set(digestBytes(picture).sha256, memorySource(picture));
  plain.set(digestBytes(covered).sha256, memorySource(covered));
  const original = fileOf(picture, { role: 'original', name: 'Screenshot 1.PNG', mediaType: 'image/png' });
  const derivedFrom = { sha256: original.sha256, transform: 'covered: blur 24 px, grey' };
  await add({
    kind: 'screenshot',
    files: [
      original,
      fileOf(covered, { role: 'shielded', name: 'covered.png', mediaType: 'image/png', derivedFrom }),
    ],
    source: { typed: 'https://photos.example/p/77?utm=1', resolved: null, redirects: [] },
    platform: 'Photos Example',
    handle: '@some.handle',
    shownTime: { verbatim: '3 Jan, 14:02', at: '2026-01-03T13:02:00.000Z', zone: 'Europe/Madrid' },
    consent: 'none',
    visibility: 'public',
    views: 120,
    threats: true,
    notes: 'A note <b>with</b> signs, "quotes" and \u202eturned writing.',
  });
  const link = { typed: 'https://board.example/thread/9', resolved: null, redirects: [] };
  await add({ kind: 'link', source: link, notes: 'The caption names my town.' });
  const text = (content: string, role: ItemFile['role'], name: string, mediaType: string) =>
    fileOf(new TextEncoder().encode(content), { role, name, mediaType });
  const messages = '14:02 A: send it or I post it\n14:03 B: no\n';
  await add({ kind: 'message-export', files: [text(messages, 'original', 'chat.txt', 'text/plain')] }, [
    messages,
  ]);
  const mail = 'From: a@example.org\r\nReceived: by mail.example\r\nSubject: x\r\n\r\nText\r\n';
  await add(
    { kind: 'email', files: [text(mail, 'original', 'mail.eml', 'message/rfc822')] },
    [mail],
    'imported',
  );
  const sent = 'To the platform: please take this down.';
  const notice = await add({ kind: 'notice', files: [text(sent, 'sent', 'sent.txt', 'text/plain')] }, [sent]);
  const reply = 'We received your notice. Ticket 4711.';
  await add(
    { kind: 'reply', files: [text(reply, 'reply', 'reply.txt', 'text/plain')], notices: [notice.id] },
    [reply],
    'imported',
  );
  await add({ kind: 'note', notes: 'He called on Monday.' });
  const minor = newMinorItem(
    { age: 'not-sure', link: 'https://other.example/q', handle: '@x' },
    { random: bytesOf('minor', 8), at: minute(-3) },
  );
  const hand = { actor: OWNER, at: minute(-3) };
  record = taken(addItem(record, minor, { how: 'captured', salt: bytesOf('salt m', 32), hand }));
  const why = 'to copy the account name';
  record = taken(noteDeed(record, 'viewed-original', [record.items[0]!.id], hand, why));
  return { record, plain };
}

/** A wish for a package of all of it. */
export async function fullWish(
  authority?: LocalAuthority,
  more: Partial<PackageWish> = {},
  stampsAtMost = 100,
): Promise<PackageWish> {
  const { record, plain } = await fullRecord(authority, stampsAtMost);
  return {
    record,
    files: { plain, sealed: new Map() },
    originals: 'open',
    language: 'en',
    jurisdictions: ['ES'],
    zone: 'Europe/Madrid',
    generator: { name: 'reclaim', version: '0.1.0' },
    hand: { actor: OWNER, at: minute(0) },
    random: bytesOf('package', 40),
    verifyPage: new TextEncoder().encode('<!doctype html><title>verify</title>'),
    ...(authority === undefined
      ? {}
      : { stamp: async (subject: StampSubject) => [await answerOf(authority, 'local', subject)] }),
    ...more,
  };
}
