/**
 * The bank of a node as a file, so that its next start need not read and unseal every row: sealed by the store's key
 * (`store/sealed-file.ts`), since it holds every hash. Sections: the head as JSON (format, position, the chain's hash there,
 * banks), the directory, and for each kind of signal its index (`matching/ring-snapshot.ts`).
 *
 * It is written while the node answers and follows the log, so it may hold changes after its position or not; whoever
 * reads it does them again. Anything that is not whole, not ours, or not of this log is refused, never read in part.
 * @module
 */

import { randomInt } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { type BankId, idPattern } from '@reclaim/casework/id';
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
import { SignalDirectory } from './signal-directory.ts';

/** What a snapshot holds. */
export type BankSnapshot = {
  /** The change of the bank from which on changes are to be done again. */
  readonly position: number;
  /** The hash of the chain's record of that number. */
  readonly hash: string;
  readonly directory: SignalDirectory;
  readonly indexes: Readonly<Record<SignalKind, RingIndex>>;
};

/** A snapshot, or why there is none. */
export type ReadBankSnapshot =
  | ({ readonly ok: true } & BankSnapshot)
  | { readonly ok: false; readonly reason: RefusedFile | RefusedSnapshot };

const FORMAT = 1;

/** The longest head, bytes: a hundred thousand banks. */
const HEAD_BYTES = 4_000_000;

type Head = {
  readonly format: number;
  readonly position: number;
  readonly hash: string;
  readonly banks: BankId[];
};

/** Writes a snapshot to `path`, in place of the one that was there. */
export async function writeBankSnapshot(path: string, key: StoreKey, bank: BankSnapshot): Promise<void> {
  const { position, hash, directory, indexes } = bank;
  const records = directory.records();
  const head = function* () {
    const written: Head = { format: FORMAT, position, hash, banks: [...directory.bankIds] };
    yield Buffer.from(JSON.stringify(written));
  };
  await writeSealedFile(
    path,
    key,
    [head(), records, ...SIGNAL_KINDS.map((kind) => ringSnapshotInPauses(indexes[kind], position))],
    () => turn(),
  );
}

/** Reads the snapshot at `path`. What the file system refuses is thrown. */
export async function readBankSnapshot(
  path: string,
  key: StoreKey,
  aside?: WorkAside,
): Promise<ReadBankSnapshot> {
  let head: Head | undefined;
  let directory: SignalDirectory | undefined;
  const indexes = new Map<SignalKind, RingIndex>();
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
  const readDirectory = async (chunks: AsyncIterable<Uint8Array>) => {
    directory = await SignalDirectory.of(() => head?.banks ?? [], chunks);
    if (directory === undefined) throw new SealedFileError('damaged');
  };
  let refused: RefusedSnapshot | undefined;
  const readIndex = (kind: SignalKind) => async (chunks: AsyncIterable<Uint8Array>) => {
    const seed = randomInt(2 ** 32);
    const restored = await readRingSnapshot(chunks, { seed, ...(aside === undefined ? {} : { aside }) });
    if (!restored.ok) refused = restored.reason;
    else if (restored.position !== head?.position) throw new SealedFileError('damaged');
    else indexes.set(kind, restored.index);
  };
  try {
    await readSealedFile(path, key, [readHead, readDirectory, ...SIGNAL_KINDS.map(readIndex)]);
  } catch (error) {
    if (error instanceof SealedFileError) return { ok: false, reason: error.reason };
    throw error;
  }
  if (refused !== undefined) return { ok: false, reason: refused };
  const { position, hash } = head!;
  const both = { pdq: indexes.get('pdq')!, sha256: indexes.get('sha256')! };
  return { ok: true, position, hash, directory: directory!, indexes: both };
}

function parsedHead(text: string): Head {
  try {
    const head = JSON.parse(text) as Head;
    const good =
      head.format === FORMAT &&
      Number.isSafeInteger(head.position) &&
      typeof head.hash === 'string' &&
      Array.isArray(head.banks) &&
      head.banks.every((id) => idPattern('bank').test(id));
    if (good) return head;
  } catch {
    // Sealed by our key and yet no JSON: of another version of this program.
  }
  throw new SealedFileError('version');
}
