/**
 * The bank of a node as a file, so that its next start need not read and unseal every row: sealed by the store's key
 * (`store/sealed-file.ts`), since it holds every hash. Sections: the head as JSON (format, position, the chain's hash there,
 * banks), the directory, and for each kind of signal its index (`matching/ring-snapshot.ts`).
 *
 * It is written while the node answers and follows the log, so it may hold changes after its position or not; whoever
 * reads it does them again. Anything that is not whole, not ours, or not of this log is refused, never read in part.
 * @module
 */

import { setImmediate as turn } from 'node:timers/promises';
import { type BankId, idPattern } from '@reclaim/casework/id';
import { SIGNAL_KINDS, type SignalKind } from '@reclaim/fingerprint/signal';
import type { RingIndex } from '@reclaim/matching/ring-index';
import { type RefusedSnapshot, ringSnapshotInPauses } from '@reclaim/matching/ring-snapshot';
import type { WorkAside } from '@reclaim/matching/work-aside';
import { type RefusedFile, SealedFileError, writeSealedFile } from '@reclaim/store/sealed-file';
import type { StoreKey } from '@reclaim/store/store-key';
import { readIndexSnapshot } from './index-snapshot.ts';
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
  let directory: SignalDirectory | undefined;
  const between = async ({ banks }: Head, chunks: AsyncIterable<Uint8Array>) => {
    directory = await SignalDirectory.of(() => banks, chunks);
    if (directory === undefined) throw new SealedFileError('damaged');
  };
  const sections = { headBytes: HEAD_BYTES, isHead, between, indexes: SIGNAL_KINDS.length };
  const read = await readIndexSnapshot<Head>(path, key, sections, aside);
  if (!read.ok) return read;
  const { position, hash } = read.head;
  const indexOf = (kind: SignalKind) => read.indexes[SIGNAL_KINDS.indexOf(kind)]!;
  const indexes = { pdq: indexOf('pdq'), sha256: indexOf('sha256') };
  return { ok: true, position, hash, directory: directory!, indexes };
}

/** @throws {TypeError} where it is not even of the shape, which is a refusal too */
function isHead(value: unknown): boolean {
  const head = value as Head;
  return (
    head.format === FORMAT &&
    Number.isSafeInteger(head.position) &&
    typeof head.hash === 'string' &&
    Array.isArray(head.banks) &&
    head.banks.every((id) => idPattern('bank').test(id))
  );
}
