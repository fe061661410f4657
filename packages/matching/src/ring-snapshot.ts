/**
 * A ring index as bytes, and back: what a node writes to disk so that the next start need not read the whole bank.
 *
 * Little-endian. The head, 64 bytes: `reclring`; format version (u32, 1); name of the bit shuffle (ASCII, 24 bytes, zeros
 * behind); rows (u32); further ids (u32); the caller's position in its log (u64); zeros; CRC-32 of these 60 bytes. Then three
 * sections, each followed by its CRC-32: first ids (u32 a row, ascending), rows (eight u32 each, shuffled), pairs of a row
 * and one more id that bears it (u32 each). At the end, CRC-32 of the four checksums before.
 *
 * What is cut short, has a bit changed, goes on too long or was made with another shuffle is refused, never read in part:
 * a signal that is silently missing is a person who is not protected. Whoever is refused rebuilds from its log. The
 * checksums find damage, not malice: who may write the file may write any signals into it.
 *
 * Sorting anew at load costs less than reading sorted planes four times as large.
 * @module
 */

import { BIT_PERMUTATION_ID } from './bit-permutation.ts';
import { crc32 } from './crc-32.ts';
import type { RingContents } from './ring-contents.ts';
import { type RingIndex, type RingIndexOptions, ringIndexOf } from './ring-index.ts';
import { WORDS } from './signal-words.ts';

/** The version of the format that is written and read here. */
export const RING_SNAPSHOT_VERSION = 1;

/** Why a snapshot was refused: it is none, of another version, of another shuffle, ends early, or is not what was written. */
export type RefusedSnapshot = 'not-a-snapshot' | 'version' | 'permutation' | 'cut' | 'damaged';

/** An index with the position that was given when it was written, or why there is none. */
export type RestoredIndex =
  | { readonly ok: true; readonly index: RingIndex; readonly position: number }
  | { readonly ok: false; readonly reason: RefusedSnapshot };

const MAGIC = Uint8Array.from('reclring', (letter) => letter.charCodeAt(0));
const HEAD_BYTES = 64;
const NAME_BYTES = 24;
const CHUNK_BYTES = 1 << 20;

/**
 * The bytes of a snapshot, in chunks of at most 1 MiB that are valid until the next is asked for. It shows the index as it
 * was when the first was asked for. `position`: any integer 0..2^53-1 that the caller wants back.
 * @throws {RangeError} for another position
 */
export function* ringSnapshot(index: RingIndex, position: number): Generator<Uint8Array> {
  requirePosition(position);
  yield* bytesOf(index.contents(), position);
}

/**
 * The same while the index is asked and changed: `undefined` is a pause. What is inserted or removed meanwhile may be in it
 * or not, so whoever reads it back does again all that happened after `position`, which is that of before the first step.
 * @throws {RangeError} for another position
 */
export function* ringSnapshotInPauses(index: RingIndex, position: number): Generator<Uint8Array | undefined> {
  requirePosition(position);
  yield* bytesOf(yield* index.contentsInPauses(), position);
}

function requirePosition(position: number): void {
  if (!Number.isSafeInteger(position) || position < 0) {
    throw new RangeError('snapshot: expected a position that is an integer from 0 to 2^53-1');
  }
}

function* bytesOf({ ids, rows, more }: RingContents, position: number): Generator<Uint8Array> {
  try {
    const head = headOf(ids.length, more.length / 2, position);
    yield head;
    const checksums = [crc32(head.subarray(0, HEAD_BYTES - 4))];
    for (const section of [ids, rows, more]) {
      const bytes = new Uint8Array(section.buffer, section.byteOffset, section.byteLength);
      let checksum = 0;
      for (let from = 0; from < bytes.length; from += CHUNK_BYTES) {
        const chunk = bytes.subarray(from, from + CHUNK_BYTES);
        checksum = crc32(chunk, checksum);
        yield chunk;
      }
      checksums.push(checksum);
      yield u32(checksum);
    }
    yield u32(crc32(checksumBytes(checksums)));
  } finally {
    rows.fill(0);
  }
}

function headOf(rows: number, more: number, position: number): Uint8Array {
  const head = new Uint8Array(HEAD_BYTES);
  const view = new DataView(head.buffer);
  head.set(MAGIC);
  view.setUint32(8, RING_SNAPSHOT_VERSION, true);
  for (let i = 0; i < BIT_PERMUTATION_ID.length; i++) head[12 + i] = BIT_PERMUTATION_ID.charCodeAt(i);
  view.setUint32(36, rows, true);
  view.setUint32(40, more, true);
  view.setBigUint64(44, BigInt(position), true);
  view.setUint32(60, crc32(head.subarray(0, HEAD_BYTES - 4)), true);
  return head;
}

function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

function checksumBytes(checksums: readonly number[]): Uint8Array {
  return Uint8Array.from(checksums.flatMap((checksum) => [...u32(checksum)]));
}

/** Reads a snapshot from chunks of any lengths. What the chunks' own source throws is passed on. */
export async function readRingSnapshot(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: RingIndexOptions = {},
): Promise<RestoredIndex> {
  const reader = new ChunkReader(chunks);
  try {
    return await read(reader, options);
  } finally {
    await reader.close();
  }
}

async function read(reader: ChunkReader, options: RingIndexOptions): Promise<RestoredIndex> {
  const refused = (reason: RefusedSnapshot): RestoredIndex => ({ ok: false, reason });
  const head = new Uint8Array(HEAD_BYTES);
  const begun = await reader.fill(head.subarray(0, MAGIC.length));
  if (!MAGIC.every((byte, i) => head[i] === byte)) return refused('not-a-snapshot');
  if (!begun || !(await reader.fill(head.subarray(MAGIC.length)))) return refused('cut');
  const view = new DataView(head.buffer);
  if (view.getUint32(60, true) !== crc32(head.subarray(0, HEAD_BYTES - 4))) return refused('damaged');
  if (view.getUint32(8, true) !== RING_SNAPSHOT_VERSION) return refused('version');
  const name = String.fromCharCode(...head.subarray(12, 12 + NAME_BYTES)).replace(/\0+$/, '');
  if (name !== BIT_PERMUTATION_ID) return refused('permutation');
  const position = Number(view.getBigUint64(44, true));
  if (!Number.isSafeInteger(position)) return refused('damaged');
  const rowCount = view.getUint32(36, true);
  const ids = new Uint32Array(rowCount);
  const rows = new Uint32Array(WORDS * rowCount);
  const more = new Uint32Array(2 * view.getUint32(40, true));
  const checksums = [view.getUint32(60, true)];
  const checksum = new Uint8Array(4);
  const read = () => new DataView(checksum.buffer).getUint32(0, true);
  try {
    for (const section of [ids, rows, more]) {
      const bytes = new Uint8Array(section.buffer);
      if (!(await reader.fill(bytes)) || !(await reader.fill(checksum))) return refused('cut');
      if (read() !== crc32(bytes)) return refused('damaged');
      checksums.push(read());
    }
    if (!(await reader.fill(checksum))) return refused('cut');
    if (read() !== crc32(checksumBytes(checksums)) || (await reader.hasMore())) return refused('damaged');
    try {
      return { ok: true, index: await ringIndexOf({ ids, rows, more }, options), position };
    } catch (error) {
      if (error instanceof RangeError && /^index: expected (ids|each)/.test(error.message))
        return refused('damaged');
      throw error;
    }
  } finally {
    rows.fill(0);
  }
}

/** Bytes in the lengths that are asked for, out of chunks of any length. */
class ChunkReader {
  readonly #chunks: AsyncIterator<Uint8Array> | Iterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
    this.#chunks =
      Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
  }

  /** Whether there is another byte. */
  async hasMore(): Promise<boolean> {
    while (this.#rest.length === 0) {
      const { done, value } = await this.#chunks.next();
      if (done) return false;
      this.#rest = value;
    }
    return true;
  }

  /** Fills `bytes`, or says that there were not as many. */
  async fill(bytes: Uint8Array): Promise<boolean> {
    for (let at = 0; at < bytes.length; ) {
      if (!(await this.hasMore())) return false;
      const taken = this.#rest.subarray(0, bytes.length - at);
      bytes.set(taken, at);
      this.#rest = this.#rest.subarray(taken.length);
      at += taken.length;
    }
    return true;
  }

  /** Tells the source that no more is wanted. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}
