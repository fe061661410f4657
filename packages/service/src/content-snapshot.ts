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

import { randomInt } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { MOST_KEPT_HASHES } from '@reclaim/fingerprint/orientation-pack';
import { SIGNAL_KINDS, type SignalKind } from '@reclaim/fingerprint/signal';
import type { RingIndex } from '@reclaim/matching/ring-index';
import {
  type RefusedSnapshot,
  readRingSnapshot,
  ringSnapshotInPauses,
} from '@reclaim/matching/ring-snapshot';
import type { WorkAside } from '@reclaim/matching/work-aside';
import {
  type RefusedFile,
  readSealedFile,
  SealedFileError,
  writeSealedFile,
} from '@reclaim/store/sealed-file';
import type { StoreKey } from '@reclaim/store/store-key';

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
  let head: Head | undefined;
  let refused: RefusedSnapshot | undefined;
  const indexes: Record<SignalKind, RingIndex[]> = { pdq: [], sha256: [] };
  const readHead = async (chunks: AsyncIterable<Uint8Array>) => {
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of chunks) {
      length += chunk.length;
      if (length > HEAD_BYTES) throw new SealedFileError('damaged');
      parts.push(chunk);
    }
    head = parsedHead(Buffer.concat(parts).toString());
  };
  const readIndex = (kind: SignalKind) => async (chunks: AsyncIterable<Uint8Array>) => {
    const seed = randomInt(2 ** 32);
    const restored = await readRingSnapshot(chunks, { seed, ...(aside === undefined ? {} : { aside }) });
    if (!restored.ok) refused = restored.reason;
    else if (restored.position !== head?.position) throw new SealedFileError('damaged');
    else indexes[kind].push(restored.index);
  };
  try {
    const kinds = SIGNAL_KINDS.flatMap((kind) => Array<SignalKind>(PLACES[kind]).fill(kind));
    await readSealedFile(path, key, [readHead, ...kinds.map(readIndex)]);
  } catch (error) {
    if (error instanceof SealedFileError) return { ok: false, reason: error.reason };
    throw error;
  }
  if (refused !== undefined) return { ok: false, reason: refused };
  const { position, record } = head!;
  return { ok: true, position, record, indexes };
}

function parsedHead(text: string): Head {
  try {
    const head = JSON.parse(text) as Head;
    const good =
      head.format === FORMAT &&
      Number.isSafeInteger(head.position) &&
      Number.isSafeInteger(head.record.seq) &&
      typeof head.record.hash === 'string';
    if (good) return head;
  } catch {
    // Sealed by our key and yet no such JSON: of another version of this program, or another kind of file.
  }
  throw new SealedFileError('version');
}
