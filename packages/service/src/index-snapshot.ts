/**
 * How a sealed file with indexes in it is read, for the bank and for what is hosted alike: a head as JSON, whatever a reader has
 * beside it, and indexes (`matching/ring-snapshot.ts`) that all stand at the head's position. Anything that is not whole, not ours
 * or of another version is refused, never read in part.
 * @module
 */

import { randomInt } from 'node:crypto';
import type { RingIndex } from '@reclaim/matching/ring-index';
import { type RefusedSnapshot, readRingSnapshot } from '@reclaim/matching/ring-snapshot';
import type { WorkAside } from '@reclaim/matching/work-aside';
import { type RefusedFile, readSealedFile, SealedFileError } from '@reclaim/store/sealed-file';
import type { StoreKey } from '@reclaim/store/store-key';

type Chunks = AsyncIterable<Uint8Array>;

/** What is in such a file. */
export type IndexSections<Head> = {
  /** The longest head, bytes. */
  readonly headBytes: number;
  /** Whether what was sealed is a head of this version. */
  readonly isHead: (value: unknown) => boolean;
  /** Reads what stands between the head and the indexes, where something does. */
  readonly between?: (head: Head, chunks: Chunks) => Promise<void>;
  /** How many indexes there are. */
  readonly indexes: number;
};

/** The head and the indexes in their order, or why there are none. */
export type ReadIndexes<Head> =
  | { readonly ok: true; readonly head: Head; readonly indexes: readonly RingIndex[] }
  | { readonly ok: false; readonly reason: RefusedFile | RefusedSnapshot };

/** Reads the file at `path`. What the file system refuses is thrown. */
export async function readIndexSnapshot<Head extends { readonly position: number }>(
  path: string,
  key: StoreKey,
  sections: IndexSections<Head>,
  aside?: WorkAside,
): Promise<ReadIndexes<Head>> {
  const { headBytes, isHead, between } = sections;
  let head: Head | undefined;
  let refused: RefusedSnapshot | undefined;
  const indexes: RingIndex[] = [];
  const readHead = async (chunks: Chunks) => {
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of chunks) {
      length += chunk.length;
      if (length > headBytes) throw new SealedFileError('damaged');
      parts.push(chunk);
    }
    head = parsedHead<Head>(Buffer.concat(parts).toString(), isHead);
  };
  const readIndex = async (chunks: Chunks) => {
    const seed = randomInt(2 ** 32);
    const restored = await readRingSnapshot(chunks, { seed, ...(aside === undefined ? {} : { aside }) });
    if (!restored.ok) refused = restored.reason;
    else if (restored.position !== head?.position) throw new SealedFileError('damaged');
    else indexes.push(restored.index);
  };
  try {
    await readSealedFile(path, key, [
      readHead,
      ...(between === undefined ? [] : [(chunks: Chunks) => between(head!, chunks)]),
      ...Array<typeof readIndex>(sections.indexes).fill(readIndex),
    ]);
  } catch (error) {
    if (error instanceof SealedFileError) return { ok: false, reason: error.reason };
    throw error;
  }
  return refused === undefined ? { ok: true, head: head!, indexes } : { ok: false, reason: refused };
}

function parsedHead<Head>(text: string, isHead: (value: unknown) => boolean): Head {
  try {
    const head: unknown = JSON.parse(text);
    if (isHead(head)) return head as Head;
  } catch {
    // Sealed by our key and yet no such JSON: of another version of this program, or another kind of file.
  }
  throw new SealedFileError('version');
}
