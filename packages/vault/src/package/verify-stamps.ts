/**
 * Verifies the stamps of a package: that what was stamped is a line of the custody log, or the manifest; that each answer
 * is good; that it comes from a root that the verifier trusts, where they brought any; and that the clocks agree.
 * @module
 */

import { entryDigest } from '../custody/custody-entry.ts';
import type { CustodyReading } from '../custody/custody-log.ts';
import { readCertificates } from '../timestamp/pem.ts';
import { readSubject } from '../timestamp/stamp-subject.ts';
import { MAX_REPLY_BYTES } from '../timestamp/timestamp-query.ts';
import { readToken } from '../timestamp/timestamp-token.ts';
import { type ByteSource, readWhole, sha256Hex } from './file-digest.ts';
import type { Note, VerifiedStamp } from './finding.ts';
import { MANIFEST_STAMP, type Manifest, STAMPS_FOLDER, stampPaths } from './manifest.ts';

/** Minutes by which a device's clock may differ from an authority's before it is said (as in wacz-auth 0.1.0). */
export const CLOCK_MINUTES = 10;

/** What the stamps are held against. `roots`: those that the verifier trusts, in DER; absent where they brought none. */
export type StampWork = {
  readonly files: ReadonlyMap<string, ByteSource>;
  readonly manifest: Manifest;
  readonly digest: string;
  readonly log: CustodyReading | undefined;
  readonly roots: readonly Uint8Array[] | undefined;
  readonly note: Note;
  readonly stamps: VerifiedStamp[];
};

/** Verifies them all; good ones are added to `stamps`. */
export async function verifyStamps(work: StampWork): Promise<void> {
  const { manifest, log, files, note, digest } = work;
  const digests = new Set(log?.entries.map(entryDigest) ?? []);
  for (const stated of manifest.stamps) {
    const [item] = stated.items;
    const { subject: path } = stampPaths(stated.name);
    const where = item === undefined ? { path } : { path, item };
    if (stated.state === 'pending') {
      note('warning', 'stamp-pending', where);
      continue;
    }
    const bytes = await smallBytes(files.get(path));
    const subject = bytes === undefined ? undefined : readSubject(new TextDecoder().decode(bytes));
    if (bytes === undefined || subject === undefined || sha256Hex(bytes) !== stated.subjectSha256) {
      note('damage', 'stamp-subject', where);
      continue;
    }
    // Of a log that is damaged it cannot be told; that is said already.
    const whole = log?.faults.every(({ kind }) => kind === 'backwards');
    if (subject.kind !== 'custody' || (whole && !digests.has(subject.digest)))
      note('damage', 'stamp-unrelated', where);
    for (const authority of stated.authorities)
      await verifyAnswer(work, {
        name: stated.name,
        authority,
        bytes,
        at: stated.requestedAt,
        items: stated.items,
      });
  }
  const path = stampPaths(MANIFEST_STAMP).subject;
  const bytes = await smallBytes(files.get(path));
  const prefix = `${STAMPS_FOLDER}${MANIFEST_STAMP}-`;
  const authorities = [...files.keys()]
    .filter((file) => file.startsWith(prefix) && file.endsWith('.tsr'))
    .map((file) => file.slice(prefix.length, -4));
  if (bytes === undefined && authorities.length === 0) {
    note('warning', 'manifest-not-stamped');
    return;
  }
  const subject = bytes === undefined ? undefined : readSubject(new TextDecoder().decode(bytes));
  if (bytes === undefined || subject === undefined) {
    note('damage', 'stamp-subject', { path });
    return;
  }
  if (subject.kind !== 'manifest' || subject.digest !== digest) note('damage', 'stamp-unrelated', { path });
  if (authorities.length === 0) {
    note('damage', 'missing-file', { path: `${prefix}*.tsr` });
    return;
  }
  for (const authority of authorities)
    await verifyAnswer(work, {
      name: MANIFEST_STAMP,
      authority,
      bytes,
      at: manifest.package.created,
      items: manifest.items.map(({ item }) => item.id),
    });
}

async function verifyAnswer(
  { files, roots, note, stamps }: StampWork,
  asked: {
    readonly name: string;
    readonly authority: string;
    readonly bytes: Uint8Array;
    readonly at: string;
    readonly items: readonly string[];
  },
): Promise<void> {
  const { name, authority, bytes, items } = asked;
  const paths = stampPaths(name, authority);
  const item = name === MANIFEST_STAMP ? undefined : items[0];
  const where = (path: string) => (item === undefined ? { path } : { path, item });
  const reply = await smallBytes(files.get(paths.reply));
  if (reply === undefined) {
    note('damage', 'missing-file', where(paths.reply));
    return;
  }
  const carried = await certificatesOf(files.get(paths.root));
  if (carried === undefined) {
    note('damage', 'stamp-chain', where(paths.root));
    return;
  }
  const token = await readToken(reply, { data: bytes, roots: carried });
  if (!token.ok) {
    note('damage', `stamp-${token.fault}`, where(paths.reply));
    return;
  }
  // A root that comes in the package proves nothing: it is held against those that the verifier brought.
  const trusted = roots?.some((root) => sha256Hex(root) === token.root);
  if (trusted === false) note('damage', 'stamp-untrusted', where(paths.reply));
  if (trusted === undefined) note('note', 'stamp-unknown-root', where(paths.reply));
  const minutes = Math.round((Date.parse(token.at) - Date.parse(asked.at)) / 60_000);
  // Later is what a stamp that had to wait looks like; earlier than it was asked for is a clock that was ahead.
  if (minutes < -CLOCK_MINUTES || (name === MANIFEST_STAMP && minutes > CLOCK_MINUTES))
    note('warning', 'stamp-clock', { ...where(paths.reply), number: minutes });
  stamps.push({
    name,
    authority,
    signer: token.signer,
    at: token.at,
    root: token.root,
    trusted: trusted === true,
    items,
  });
}

async function certificatesOf(file: ByteSource | undefined): Promise<readonly Uint8Array[] | undefined> {
  const bytes = await smallBytes(file);
  try {
    return bytes === undefined ? undefined : readCertificates(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

async function smallBytes(file: ByteSource | undefined): Promise<Uint8Array | undefined> {
  return file === undefined || file.size > MAX_REPLY_BYTES ? undefined : readWhole(file);
}
