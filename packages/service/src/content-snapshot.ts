/**
 * The content index of a node as a file, so that the first search after a start need not read and unseal every row: sealed by
 * the store's key (`store/sealed-file.ts`), since it holds every hash. Sections: the head as JSON (format, position in the log
 * of content, a record of the chain of events), and the indexes (`matching/ring-snapshot.ts`): of PDQ one for each hash that an
 * item may be kept with (`item-index.ts`), and that of SHA-256.
 *
 * The log of content has no chain of its own. The record of the chain of events tells another database, or this one set back to
 * a backup, from the one that the file was written beside.
 *
 * It is written while the index is asked and follows its log, so it may hold changes after its position or not; whoever reads
 * it does them again. Anything that is not whole, not ours or of another version is refused, never read in part.
 * @module
 */

import { setImmediate as turn } from 'node:timers/promises';
import { MOST_KEPT_HASHES } from '@reclaim/fingerprint/orientation-pack';
import { SIGNAL_KINDS, type SignalKind } from '@reclaim/fingerprint/signal';
import type { RingIndex } from '@reclaim/matching/ring-index';
import { type RefusedSnapshot, ringSnapshotInPauses } from '@reclaim/matching/ring-snapshot';
import type { WorkAside } from '@reclaim/matching/work-aside';
import { type RefusedFile, writeSealedFile } from '@reclaim/store/sealed-file';
import type { StoreKey } from '@reclaim/store/store-key';
import { readIndexSnapshot } from './index-snapshot.ts';

/** What a snapshot holds. */
export type ContentSnapshot = {
  /** The change of content from which on changes are to be done again. */
  readonly position: number;
  /** The last record of the chain of events when this was written: its number and hash. */
  readonly record: { readonly seq: number; readonly hash: string };
  readonly indexes: Readonly<Record<SignalKind, readonly RingIndex[]>>;
};

/** A snapshot, or why there is none. */
export type ReadContentSnapshot =
  | ({ readonly ok: true } & ContentSnapshot)
  | { readonly ok: false; readonly reason: RefusedFile | RefusedSnapshot };

/** The first format had one index of PDQ. */
const FORMAT = 'content-2';

/** How many indexes there are of each kind. */
const PLACES: Readonly<Record<SignalKind, number>> = { pdq: MOST_KEPT_HASHES, sha256: 1 };

/** The longest head, bytes. */
const HEAD_BYTES = 1_000;

type Head = { readonly format: string } & Omit<ContentSnapshot, 'indexes'>;

/** Writes a snapshot to `path`, in place of the one that was there. */
export async function writeContentSnapshot(
  path: string,
  key: StoreKey,
  { position, record, indexes }: ContentSnapshot,
): Promise<void> {
  const head: Head = { format: FORMAT, position, record };
  const sections = SIGNAL_KINDS.flatMap((kind) => indexes[kind]).map((index) =>
    ringSnapshotInPauses(index, position),
  );
  await writeSealedFile(path, key, [[Buffer.from(JSON.stringify(head))], ...sections], () => turn());
}

/** Reads the snapshot at `path`. What the file system refuses is thrown. */
export async function readContentSnapshot(
  path: string,
  key: StoreKey,
  aside?: WorkAside,
): Promise<ReadContentSnapshot> {
  const sections = { headBytes: HEAD_BYTES, isHead, indexes: PLACES.pdq + PLACES.sha256 };
  const read = await readIndexSnapshot<Head>(path, key, sections, aside);
  if (!read.ok) return read;
  const { position, record } = read.head;
  const indexes: Record<SignalKind, readonly RingIndex[]> = { pdq: [], sha256: [] };
  let at = 0;
  for (const kind of SIGNAL_KINDS) {
    indexes[kind] = read.indexes.slice(at, at + PLACES[kind]);
    at += PLACES[kind];
  }
  return { ok: true, position, record, indexes };
}

/** @throws {TypeError} where it is not even of the shape, which is a refusal too */
function isHead(value: unknown): boolean {
  const head = value as Head;
  return (
    head.format === FORMAT &&
    Number.isSafeInteger(head.position) &&
    Number.isSafeInteger(head.record.seq) &&
    typeof head.record.hash === 'string'
  );
}
