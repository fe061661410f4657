/**
 * One reading of a file for both of its sums: SHA-256 (FIPS 180-4), which is the evidence, and the CRC-32 that a zip
 * archive asks for (ISO 3309, polynomial EDB88320 reflected). Piece by piece, so that a file of gigabytes needs no
 * memory of its size.
 * @module
 */

import { sha256 } from '@noble/hashes/sha2.js';
import { hex } from '@scure/base';

/** Bytes that can be read in part: a `File` of the browser, a file of the disk, or bytes in memory. */
export type ByteSource = {
  /** Bytes in all. */
  readonly size: number;
  /** The bytes from `start` up to and without `end`. */
  readonly read: (start: number, end: number) => Promise<Uint8Array>;
};

/** The sums of a file. `sha256` is 64 lower-case hex digits. */
export type FileDigest = { readonly bytes: number; readonly sha256: string; readonly crc32: number };

/** Bytes that are read at a time. */
export const PIECE_BYTES = 4 * 1024 * 1024;

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

/** Bytes in memory as a source. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: async (start, end) => bytes.subarray(start, end) };
}

/** What of a `Blob` is used here. */
type BlobLike = {
  readonly size: number;
  readonly slice: (start: number, end: number) => { readonly arrayBuffer: () => Promise<ArrayBuffer> };
};

/** A `File` or `Blob` as a source; nothing of it is held in memory. */
export function blobSource(blob: BlobLike): ByteSource {
  return {
    size: blob.size,
    read: async (start, end) => new Uint8Array(await blob.slice(start, end).arrayBuffer()),
  };
}

/**
 * Both sums of a file, read once. `onPiece` is told how many bytes are done, and may wait, so that a page stays awake.
 * @throws {RangeError} (as a rejection) where the source gives fewer bytes than it said
 */
export async function digestSource(
  source: ByteSource,
  onPiece: (done: number) => void | Promise<void> = () => {},
): Promise<FileDigest> {
  const hash = sha256.create();
  let crc = 0xffffffff;
  for (let at = 0; at < source.size; ) {
    const piece = await source.read(at, Math.min(source.size, at + PIECE_BYTES));
    if (piece.length === 0)
      throw new RangeError('file digest: expected as many bytes as the file said it has');
    hash.update(piece);
    crc = addCrc(crc, piece);
    at += piece.length;
    await onPiece(at);
  }
  return { bytes: source.size, sha256: hex.encode(hash.digest()), crc32: (crc ^ 0xffffffff) >>> 0 };
}

/** Both sums of bytes in memory. */
export function digestBytes(bytes: Uint8Array): FileDigest {
  return {
    bytes: bytes.length,
    sha256: sha256Hex(bytes),
    crc32: (addCrc(0xffffffff, bytes) ^ 0xffffffff) >>> 0,
  };
}

/** SHA-256 as 64 lower-case hex digits. */
export function sha256Hex(bytes: Uint8Array): string {
  return hex.encode(sha256(bytes));
}

function addCrc(before: number, bytes: Uint8Array): number {
  let crc = before;
  for (let at = 0; at < bytes.length; at++) crc = (crc >>> 8) ^ TABLE[(crc ^ bytes[at]!) & 0xff]!;
  return crc >>> 0;
}

/** All bytes of a source. Only for what is known to be small. */
export async function readWhole(source: ByteSource): Promise<Uint8Array> {
  const bytes = new Uint8Array(source.size);
  for (let at = 0; at < source.size; ) {
    const piece = await source.read(at, source.size);
    if (piece.length === 0)
      throw new RangeError('file digest: expected as many bytes as the file said it has');
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
