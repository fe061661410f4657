/**
 * The key that signs custody entries and manifests: Ed25519 (RFC 8032), drawn on the device and kept in the sealed
 * record alone. It stands for "the same hand as before", never for a name: nobody is told whose it is.
 *
 * Every signature is over a sentence of what it is for and the text itself, so that one made for an entry can never be
 * shown as one of a manifest. A key that was replaced stays in the history, with the entry from which on the next one
 * signs; a signature by a key outside its own stretch is refused.
 * @module
 */

import { hex } from '@scure/base';
import { sha256Hex } from '../package/file-digest.ts';
import {
  drawSigningKey,
  isSignedBy as isSigned,
  parseSignature,
  parseVerifyKey,
  sign,
  verifyKeyOf,
} from '../sealing/signing.ts';

/** What a signature is for. */
export type SignedUse = 'reclaim custody 1' | 'reclaim manifest 1';

/** A public key of the history. `publicKey`: 64 lower-case hex digits. `from`: the first entry that it signs. */
export type RecordKey = { readonly publicKey: string; readonly from: number };

/** A key that signs. The seed is 32 bytes. */
export type RecordSigner = {
  readonly publicKey: string;
  readonly sign: (use: SignedUse, text: string) => string;
};

/**
 * The signer of a seed.
 * @throws {RangeError} unless there are 32 bytes
 */
export function recordSigner(seed: Uint8Array): RecordSigner {
  const key = drawSigningKey(seed);
  return Object.freeze<RecordSigner>({
    publicKey: verifyKeyOf(key),
    sign: (use, text) => sign(signedBytes(use, text), key),
  });
}

/** Whether a signature (128 hex digits) is of this key, for this use, over this text. Never throws. */
export function isSignedBy(publicKey: string, signature: string, use: SignedUse, text: string): boolean {
  try {
    return isSigned(signedBytes(use, text), parseSignature(signature), parseVerifyKey(publicKey));
  } catch {
    return false;
  }
}

/** What a person can compare by eye: SHA-256 of the key's 32 bytes, in groups of four. */
export function keyFingerprint(publicKey: string): string {
  return sha256Hex(hex.decode(publicKey)).match(/.{4}/g)!.join(' ');
}

/** The key of the history whose stretch holds the entry `seq`. */
export function keyAt(keys: readonly RecordKey[], seq: number): RecordKey | undefined {
  return keys.findLast(({ from }) => from <= seq);
}

/** The bytes under a signature: the use, a line feed, the text. */
export function signedBytes(use: SignedUse, text: string): Uint8Array {
  return new TextEncoder().encode(`${use}\n${text}`);
}
