/**
 * The secret signs: one for each carrier of each copy, and the secret order in which they are counted.
 *
 *     code key  = HKDF-SHA-256(secret, salt = SHA-256 of the original, info "reclaim mark 1 code" ‖ recipient)   RFC 5869
 *     order key = HKDF-SHA-256(secret, salt = SHA-256 of the original, info "reclaim mark 1 order")
 *     signs     = the bits of ChaCha20(code key, nonce 0, counter 0), least significant bit of each byte first; 1 is +
 *
 * ChaCha20 is RFC 8439's. Whoever does not hold the secret cannot tell the signs from coin tosses; the bound on false
 * accusations rests on that and on nothing else. A code key opens one copy of one original: it can be shown to a third
 * party without giving the secret away. The order is a Fisher-Yates shuffle by the order key: a residual that is handed
 * over in it says how large its values are and not where in the picture they lie.
 * @module
 */

import { chacha20 } from '@noble/ciphers/chacha.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';

/** Bytes of an owner's secret, of every key made from it, of a recipient's id (16) and of a SHA-256. */
export const SECRET_BYTES = 32;
/** Bytes of a recipient's id, drawn at random. */
export const RECIPIENT_BYTES = 16;

const DOMAIN = 'reclaim mark 1';
const NONCE = new Uint8Array(12);

function derive(secret: Uint8Array, original: Uint8Array, use: string, more: Uint8Array): Uint8Array {
  requireLength('secret', secret, SECRET_BYTES);
  requireLength('original', original, 32);
  const info = new Uint8Array([...new TextEncoder().encode(`${DOMAIN} ${use}`), ...more]);
  return hkdf(sha256, secret, original, info, 32);
}

/**
 * The key of one copy's code.
 * @param secret 32 bytes, the owner's
 * @param original the SHA-256 of the original's file, 32 bytes
 * @param recipient the recipient's id, 16 bytes
 * @throws {RangeError} for another length
 */
export function codeKey(secret: Uint8Array, original: Uint8Array, recipient: Uint8Array): Uint8Array {
  requireLength('recipient', recipient, RECIPIENT_BYTES);
  return derive(secret, original, 'code', recipient);
}

/** The key of the order of one original's carriers. @throws {RangeError} for another length */
export function orderKey(secret: Uint8Array, original: Uint8Array): Uint8Array {
  return derive(secret, original, 'order', new Uint8Array(0));
}

/** The signs of a code as packed bits: `ceil(count / 8)` bytes, sign `i` in bit `i mod 8` of byte `i div 8`. */
export function signsOf(key: Uint8Array, count: number): Uint8Array {
  requireLength('key', key, 32);
  return chacha20(key, NONCE, new Uint8Array(Math.ceil(count / 8)));
}

/**
 * The secret order: place `i` of the counted row holds carrier `order[i]`. A Fisher-Yates shuffle whose draws are 32-bit
 * words of the stream, multiplied down (Lemire 2019): a bias of at most count / 2^32, which no outcome depends on.
 */
export function orderOf(key: Uint8Array, count: number): Uint32Array {
  requireLength('key', key, 32);
  const stream = chacha20(key, NONCE, new Uint8Array(4 * count));
  const words = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const at = Number((BigInt(words.getUint32(4 * i, true)) * BigInt(i + 1)) >> 32n);
    const kept = order[i]!;
    order[i] = order[at]!;
    order[at] = kept;
  }
  return order;
}

function requireLength(what: string, bytes: Uint8Array, length: number): void {
  if (bytes.length !== length) throw new RangeError(`${what}: expected ${length} bytes, got ${bytes.length}`);
}
