/**
 * What is stamped: a short canonical text that holds a digest and 32 random bytes, and of which only the SHA-256 ever
 * leaves the device. Neither the service that passes it on nor the authority that signs it can tell of what it is, whether
 * two of them are of one case, or recognise it later in a package that they come to see half of.
 *
 * The text itself lies in the package, so that `openssl ts -verify -data` is all that a stranger needs.
 * @module
 */

import { hex } from '@scure/base';
import { canonicalBytes, type Json, readCanonical } from '../package/canonical-json.ts';
import { sha256Hex } from '../package/file-digest.ts';

/** What the digest is of: the custody log up to its last entry, or a manifest. */
export type StampKind = 'custody' | 'manifest';

/** A subject. `digest` and `salt`: 64 lower-case hex digits. */
export type StampSubject = { readonly kind: StampKind; readonly digest: string; readonly salt: string };

const HEX64 = /^[0-9a-f]{64}$/;
const USE = 'reclaim timestamp 1';

/**
 * A subject. `random`: 32 bytes, which the caller draws.
 * @throws {RangeError} unless there are 32
 */
export function drawSubject(kind: StampKind, digest: string, random: Uint8Array): StampSubject {
  if (random.length !== 32) throw new RangeError('stamp subject: expected 32 random bytes');
  return { kind, digest, salt: hex.encode(random) };
}

/** The text that is stamped, as bytes. */
export function subjectBytes({ kind, digest, salt }: StampSubject): Uint8Array<ArrayBuffer> {
  return canonicalBytes({ use: USE, kind, digest, salt });
}

/** The only thing that leaves: SHA-256 of that text. */
export function subjectImprint(subject: StampSubject): string {
  return sha256Hex(subjectBytes(subject));
}

/** Reads a subject from its text; `undefined` where it is none. */
export function readSubject(text: string): StampSubject | undefined {
  const value: Json | undefined = readCanonical(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { use, kind, digest, salt, ...more } = value as { readonly [name: string]: Json };
  if (use !== USE || Object.keys(more).length > 0) return undefined;
  if (kind !== 'custody' && kind !== 'manifest') return undefined;
  if (typeof digest !== 'string' || !HEX64.test(digest)) return undefined;
  if (typeof salt !== 'string' || !HEX64.test(salt)) return undefined;
  return { kind, digest, salt };
}
