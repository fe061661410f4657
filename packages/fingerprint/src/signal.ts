/**
 * A signal: the typed fingerprint of a picture, in the field's sense (ThreatExchange: SignalType).
 *
 * Two families so far. PDQ (256 bits, perceptual; Meta, "PDQ & TMK + PDQF", 2019) as 64 lower-case hex digits, most
 * significant first, so row 0 of the hash is the last word. SHA-256 (FIPS 180-4) of the file's bytes as 64 lower-case
 * hex digits. Both are 32 bytes, which is why one index serves both.
 *
 * A signal is confidential: it is never written into an error message or a log line, not even when it is malformed.
 * @module
 */

import type { Brand } from './brand.ts';

/** 64 lower-case hex digits of a PDQ hash. Made by `parsePdqHash` or `pdqHashFromBytes`. */
export type PdqHash = Brand<string, 'PdqHash'>;

/** 64 lower-case hex digits of a SHA-256 digest. Made by `parseSha256` or by `sha256`. */
export type Sha256 = Brand<string, 'Sha256'>;

/** The families of signals, frozen: their names are on the wire and in the database. */
export const SIGNAL_KINDS = Object.freeze(['pdq', 'sha256'] as const);

/** The family of a signal. */
export type SignalKind = (typeof SIGNAL_KINDS)[number];

/** Bytes in a signal of either family. */
export const SIGNAL_BYTES = 32;

/**
 * What produced a PDQ hash, kept beside it because decoders and filters move bits (reference: pdq-vpdq section 10):
 * name and version of our own path, or what an importing partner said. 1..40 of `[a-z0-9.+-]`.
 */
export type Pipeline = Brand<string, 'Pipeline'>;

/** PDQ of the oriented picture in sRGB. `quality` is an integer 0..100; under 50 the hash must not be banked. */
export type PdqSignal = {
  readonly kind: 'pdq';
  readonly value: PdqHash;
  readonly quality: number;
  readonly pipeline: Pipeline;
};

/** SHA-256 of the file as it was, byte for byte. */
export type Sha256Signal = { readonly kind: 'sha256'; readonly value: Sha256 };

/** Any signal. */
export type Signal = PdqSignal | Sha256Signal;

const HEX_64 = /^[0-9a-f]{64}$/;
const PIPELINE = /^[a-z0-9.+-]{1,40}$/;

/** @throws {TypeError} unless `text` is 64 lower-case hex digits; the message never holds the text */
export function parsePdqHash(text: string): PdqHash {
  if (!HEX_64.test(text)) throw new TypeError('PDQ hash: expected 64 lower-case hex digits');
  return text as PdqHash;
}

/** @throws {TypeError} unless `text` is 64 lower-case hex digits; the message never holds the text */
export function parseSha256(text: string): Sha256 {
  if (!HEX_64.test(text)) throw new TypeError('SHA-256: expected 64 lower-case hex digits');
  return text as Sha256;
}

/** @throws {TypeError} unless `text` is 1..40 of `[a-z0-9.+-]` */
export function parsePipeline(text: string): Pipeline {
  if (!PIPELINE.test(text)) throw new TypeError('pipeline: expected 1 to 40 of a-z 0-9 . + -');
  return text as Pipeline;
}

/** Whether `text` has the form of a PDQ hash or a SHA-256 (the two forms are the same). */
export function isSignalHex(text: string): boolean {
  return HEX_64.test(text);
}

/**
 * The 32 bytes of a signal's value, first byte = first two hex digits.
 * @throws {TypeError} unless `value` is 64 lower-case hex digits
 */
export function signalBytes(value: string): Uint8Array<ArrayBuffer> {
  if (!HEX_64.test(value)) throw new TypeError('signal: expected 64 lower-case hex digits');
  const bytes = new Uint8Array(SIGNAL_BYTES);
  for (let i = 0; i < SIGNAL_BYTES; i++) {
    bytes[i] = (digitOf(value.charCodeAt(2 * i)) << 4) | digitOf(value.charCodeAt(2 * i + 1));
  }
  return bytes;
}

/** The value of a lower-case hex digit by its code: a check reads hundreds of them. */
function digitOf(code: number): number {
  return code < 58 ? code - 48 : code - 87;
}

/**
 * Lower-case hex of 32 bytes.
 * @throws {RangeError} unless there are 32
 */
export function signalHex(bytes: Uint8Array): string {
  if (bytes.length !== SIGNAL_BYTES) throw new RangeError(`signal: expected 32 bytes, got ${bytes.length}`);
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex;
}

/**
 * Hamming distance of two 32-byte signals, in bits 0..256.
 * @throws {RangeError} unless both have 32 bytes
 */
export function hammingDistance(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== SIGNAL_BYTES || b.length !== SIGNAL_BYTES)
    throw new RangeError('distance: expected 32 bytes each');
  let bits = 0;
  for (let i = 0; i < SIGNAL_BYTES; i++) {
    let x = a[i]! ^ b[i]!;
    for (; x !== 0; x &= x - 1) bits++;
  }
  return bits;
}
