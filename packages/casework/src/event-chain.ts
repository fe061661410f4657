/**
 * The hash chain over all events, and how an erasable value is bound into it.
 *
 * Each record's hash is SHA-256 over the canonical JSON (RFC 8785, JSON Canonicalization Scheme, for the subset used
 * here: strings, safe integers, booleans, null, arrays, objects) of everything in the record except the hash itself,
 * with the member `"v":1` for this format; `prev` is the hash of the record before, 64 zeros for the first. So no record can be changed, dropped or reordered
 * without every later hash changing, and whoever noted the head can tell.
 *
 * What a person wrote, or a platform's id of an item, is never in the record: only a commitment to it,
 * SHA-256(salt || name || 0x00 || value) with a salt of 32 random bytes. Salt and value stand in a row that can be
 * deleted. While they stand they prove what was said; once deleted the commitment opens to nobody, and the chain
 * still verifies. A commitment without a salt would let anybody test guesses, which for short texts is reading.
 * @module
 */

import { parseSha256, type Sha256, signalHex } from '@reclaim/fingerprint/signal';

/** A JSON value as the chain knows it; numbers are safe integers. */
export type ChainJson =
  | string
  | number
  | boolean
  | null
  | readonly ChainJson[]
  | { readonly [key: string]: ChainJson | undefined };

/** What is appended: the public part of an event, and the commitments to its erasable values. */
export type ChainBody = {
  readonly seq: number;
  readonly at: number;
  readonly actor: string;
  readonly type: string;
  readonly data: { readonly [key: string]: ChainJson | undefined };
  readonly commitments: { readonly [name: string]: string };
};

/** A record of the chain: body, the hash before it, its own hash. All hashes 64 lower-case hex digits. */
export type ChainRecord = ChainBody & { readonly prev: string; readonly hash: string };

/** `prev` of the first record. */
export const GENESIS = '0'.repeat(64);

/** Bytes of a commitment's salt. */
export const SALT_BYTES = 32;

/**
 * Canonical JSON text (RFC 8785): keys sorted by UTF-16 code units, no spaces, `undefined` members left out.
 * @throws {TypeError} for what is not JSON, a number that is not a safe integer, or a string or key with a lone surrogate
 *   (it has no UTF-8: two different texts would have one hash)
 */
export function canonicalJson(value: ChainJson): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError('canonical JSON: expected a safe integer');
    return String(value);
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('canonical JSON: expected well-formed text');
    return JSON.stringify(value);
  }
  if (typeof value !== 'object') throw new TypeError('canonical JSON: expected a JSON value');
  if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(',')}]`;
  const members: string[] = [];
  const object = value as { readonly [key: string]: ChainJson | undefined };
  for (const key of Object.keys(object).sort()) {
    const member = object[key];
    if (member !== undefined) members.push(`${canonicalJson(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join(',')}}`;
}

async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<Sha256> {
  return parseSha256(signalHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))));
}

/**
 * The record that follows a chain whose last hash is `prev`.
 * @throws {TypeError} for a body that has no canonical JSON
 */
export async function chainRecord(prev: string, body: ChainBody): Promise<ChainRecord> {
  // By name, never by spreading: a body that came with a `prev` or `v` of its own must not replace these.
  const { seq, at, actor, type, data, commitments } = body;
  const text = canonicalJson({ v: 1, prev, seq, at, actor, type, data, commitments });
  return {
    seq,
    at,
    actor,
    type,
    data,
    commitments,
    prev,
    hash: await digest(new TextEncoder().encode(text)),
  };
}

/**
 * The commitment to one erasable value.
 * @param salt 32 random bytes, drawn anew for every value
 * @throws {RangeError} for a salt of another length
 * @throws {TypeError} for a name with a NUL, or a lone surrogate in either: two openings would have one commitment
 */
export async function commitment(salt: Uint8Array, name: string, value: string): Promise<string> {
  if (salt.length !== SALT_BYTES)
    throw new RangeError(`commitment: expected a salt of 32 bytes, got ${salt.length}`);
  if (name.includes('\0')) throw new TypeError('commitment: expected a name without NUL');
  if (!name.isWellFormed() || !value.isWellFormed()) {
    throw new TypeError('commitment: expected well-formed text');
  }
  const tail = new TextEncoder().encode(`${name}\0${value}`);
  const bytes = new Uint8Array(SALT_BYTES + tail.length);
  bytes.set(salt);
  bytes.set(tail, SALT_BYTES);
  return digest(bytes);
}

/** A position in the chain: everything up to and including `seq` was seen, and its hash was `hash`. */
export type ChainHead = { readonly seq: number; readonly hash: string };

/** The head of an empty chain. */
export const EMPTY_HEAD: ChainHead = Object.freeze({ seq: 0, hash: GENESIS });

/** What is wrong at `seq`: a gap or a wrong order, a link to another predecessor, or a record that was changed. */
export type ChainFault = { readonly kind: 'sequence' | 'link' | 'hash'; readonly seq: number };

/**
 * Verifies `records` as the continuation of `from`.
 * @returns the new head, or the first fault; a record that has no canonical JSON at all was changed, too
 */
export async function verifyChain(
  from: ChainHead,
  records: Iterable<ChainRecord>,
): Promise<
  { readonly ok: true; readonly head: ChainHead } | { readonly ok: false; readonly fault: ChainFault }
> {
  let head = from;
  for (const record of records) {
    const { prev, hash, seq, at, actor, type, data, commitments } = record;
    if (seq !== head.seq + 1) return { ok: false, fault: { kind: 'sequence', seq: head.seq + 1 } };
    if (prev !== head.hash) return { ok: false, fault: { kind: 'link', seq } };
    const expected = await hashOf(prev, { seq, at, actor, type, data, commitments });
    if (expected !== hash) return { ok: false, fault: { kind: 'hash', seq } };
    head = { seq, hash };
  }
  return { ok: true, head };
}

/** The hash that a record should have; `undefined` for a body that no honest record can have (it came from outside). */
async function hashOf(prev: string, body: ChainBody): Promise<string | undefined> {
  try {
    return (await chainRecord(prev, body)).hash;
  } catch {
    return undefined;
  }
}
