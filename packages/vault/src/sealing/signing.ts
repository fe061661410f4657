/**
 * Signatures: Ed25519 (RFC 8032), deterministic, by `@noble/curves`, which runs in every browser that opens the portal;
 * WebCrypto has the same algorithm in some of them only.
 *
 * Verification is the strict one of RFC 8032 and FIPS 186-5 (no `zip215`): one message and one signature are valid to
 * everybody or to nobody, which a chain that two sides check needs.
 * @module
 */

import { ed25519 } from '@noble/curves/ed25519.js';
import type { Brand } from '@reclaim/fingerprint/brand';
import { hex } from '@scure/base';

/** 32 secret bytes as 64 lower-case hex digits: signs. Made by `drawSigningKey` or `parseSigningKey`. */
export type SigningKey = Brand<string, 'SigningKey'>;

/** An Ed25519 public key as 64 lower-case hex digits: says who signed. */
export type VerifyKey = Brand<string, 'VerifyKey'>;

/** An Ed25519 signature as 128 lower-case hex digits. */
export type Signature = Brand<string, 'Signature'>;

/**
 * A signing key of 32 random bytes, which the caller draws.
 * @throws {RangeError} unless there are 32
 */
export function drawSigningKey(random: Uint8Array): SigningKey {
  if (random.length !== 32)
    throw new RangeError(`signing key: expected 32 random bytes, got ${random.length}`);
  return hex.encode(random) as SigningKey;
}

/** @throws {TypeError} unless `text` is 64 lower-case hex digits; the message never holds the text */
export function parseSigningKey(text: string): SigningKey {
  if (!/^[0-9a-f]{64}$/.test(text)) throw new TypeError('signing key: expected 64 lower-case hex digits');
  return text as SigningKey;
}

/** @throws {TypeError} unless `text` is 64 lower-case hex digits */
export function parseVerifyKey(text: string): VerifyKey {
  if (!/^[0-9a-f]{64}$/.test(text)) throw new TypeError('verify key: expected 64 lower-case hex digits');
  return text as VerifyKey;
}

/** @throws {TypeError} unless `text` is 128 lower-case hex digits */
export function parseSignature(text: string): Signature {
  if (!/^[0-9a-f]{128}$/.test(text)) throw new TypeError('signature: expected 128 lower-case hex digits');
  return text as Signature;
}

/** The public half of a signing key. */
export function verifyKeyOf(key: SigningKey): VerifyKey {
  return hex.encode(ed25519.getPublicKey(hex.decode(key))) as VerifyKey;
}

/** Signs bytes. */
export function sign(message: Uint8Array, key: SigningKey): Signature {
  return hex.encode(ed25519.sign(message, hex.decode(key))) as Signature;
}

/** Whether `key` signed exactly these bytes. False, never an error, for a key that is no point of the curve. */
export function isSignedBy(message: Uint8Array, signature: Signature, key: VerifyKey): boolean {
  try {
    return ed25519.verify(hex.decode(signature), message, hex.decode(key), { zip215: false });
  } catch {
    return false;
  }
}
