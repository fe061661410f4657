/**
 * The payload of an age file (age-encryption.org/v1, "Payload"): STREAM over ChaCha20-Poly1305, 64 KiB a chunk, the
 * nonce 11 bytes of chunk number, big-endian, and one byte that is 1 on the last chunk alone.
 * @module
 */

import { chacha20poly1305 } from '@noble/ciphers/chacha.js';

/** Bytes of plain text in a chunk; the last may have fewer. */
export const CHUNK_BYTES = 65_536;

/** Bytes of a Poly1305 tag. */
export const TAG_BYTES = 16;

/** Bytes of a whole sealed chunk. */
export const SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES;

/** The plain text of one chunk, or undefined where it is not that chunk under that key. */
export function openChunk(
  key: Uint8Array,
  sealed: Uint8Array,
  number: number,
  last: boolean,
): Uint8Array<ArrayBuffer> | undefined {
  if (sealed.length < TAG_BYTES) return undefined;
  const nonce = new Uint8Array(12);
  // Chunk numbers beyond 2^53 would be an exabyte: two halves are enough.
  new DataView(nonce.buffer).setUint32(7, number >>> 0);
  new DataView(nonce.buffer).setUint32(3, Math.floor(number / 2 ** 32));
  nonce[11] = last ? 1 : 0;
  try {
    return chacha20poly1305(key, nonce).decrypt(sealed) as Uint8Array<ArrayBuffer>;
  } catch {
    return undefined;
  }
}

/**
 * The key of the chunks: HKDF-SHA-256 of the file key, salted with the 16 bytes that stand before the first chunk, info
 * `payload` (RFC 5869).
 */
export async function payloadKey(fileKey: Uint8Array, nonce: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const { subtle } = globalThis.crypto;
  const root = await subtle.importKey('raw', Uint8Array.from(fileKey), 'HKDF', false, ['deriveBits']);
  const info = new TextEncoder().encode('payload');
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: Uint8Array.from(nonce), info };
  return new Uint8Array(await subtle.deriveBits(hkdf, root, 256));
}
