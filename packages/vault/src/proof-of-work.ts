/**
 * Proof of work before every anonymous write: a flood costs its sender, and nobody is asked who they are (hashcash,
 * Back 2002). SHA-256 over the text of the challenge followed by the text of the nonce (1 to 16 lower-case hex digits),
 * both as ASCII; solved when the digest begins with `bits` zero bits, most significant bit of the first byte first.
 *
 * `bits` is 0..30. A solution takes 2^bits hashes on average and has no upper end: one in twenty takes three times
 * as long. The solver yields between chunks so that its thread can be told to stop; it belongs in a worker all the same.
 * @module
 */

import { createSHA256 } from 'hash-wasm';
import { compilesWebAssembly } from './bare-browser.ts';

/** The hardest puzzle, in bits. */
export const MAX_PROOF_BITS = 30;

/** Hashes between two pauses: some tens of milliseconds. */
const CHUNK = 16_384;

const NONCE = /^[0-9a-f]{1,16}$/;
const CHALLENGE = /^[\x21-\x7e]{1,300}$/;

/** How a search is watched and stopped. */
export type SolveOptions = {
  /** Awaited between chunks: give the thread back here (a message, a timer). None: the search never pauses. */
  readonly pause?: () => Promise<void>;
  /** Stops the search at the next pause. */
  readonly signal?: AbortSignal;
};

function parseTask(challenge: string, bits: number): void {
  if (!CHALLENGE.test(challenge))
    throw new TypeError('challenge: expected 1 to 300 visible ASCII characters');
  if (!Number.isInteger(bits) || bits < 0 || bits > MAX_PROOF_BITS)
    throw new RangeError(`proof bits: expected an integer from 0 to ${MAX_PROOF_BITS}`);
}

/** How many bits from the first byte's most significant one on are zero: 0 to 8 × length. */
export function leadingZeroBits(digest: Uint8Array): number {
  let bits = 0;
  for (const byte of digest) {
    if (byte !== 0) return bits + Math.clz32(byte) - 24;
    bits += 8;
  }
  return bits;
}

/**
 * A nonce that solves the challenge. Counts up from 0: a challenge is good once, so there is nothing to hide in where
 * the search begins.
 * @throws {TypeError} for a challenge that is not visible ASCII, {RangeError} for bits beyond 0..30, and the signal's
 * own reason when it stops the search (all as rejections)
 */
export async function solve(challenge: string, bits: number, options: SolveOptions = {}): Promise<string> {
  parseTask(challenge, bits);
  if (!compilesWebAssembly()) return solveByWebCrypto(challenge, bits, options);
  const hasher = await createSHA256();
  for (let nonce = 0; ; nonce++) {
    const text = nonce.toString(16);
    if (
      leadingZeroBits(
        hasher
          .init()
          .update(challenge + text)
          .digest('binary'),
      ) >= bits
    )
      return text;
    if (nonce % CHUNK === CHUNK - 1) {
      await options.pause?.();
      options.signal?.throwIfAborted();
    }
  }
}

/** Hashes asked of WebCrypto at once: enough to hide that each is a message to another thread. */
const BATCH = 512;

/** The same search, and the same nonce, where no WebAssembly can be had: about 35,000 hashes a second. */
async function solveByWebCrypto(challenge: string, bits: number, options: SolveOptions): Promise<string> {
  const encoder = new TextEncoder();
  for (let first = 0; ; first += BATCH) {
    const digests = await Promise.all(
      Array.from({ length: BATCH }, (_, i) =>
        globalThis.crypto.subtle.digest('SHA-256', encoder.encode(challenge + (first + i).toString(16))),
      ),
    );
    const solved = digests.findIndex((digest) => leadingZeroBits(new Uint8Array(digest)) >= bits);
    if (solved >= 0) return (first + solved).toString(16);
    await options.pause?.();
    options.signal?.throwIfAborted();
  }
}

/**
 * Whether the nonce solves the challenge. False, never an error, for a nonce or a challenge that has not the form: both
 * come from outside.
 * @throws {RangeError} (as a rejection) for bits beyond 0..30, which are the verifier's own
 */
export async function verify(challenge: string, nonce: string, bits: number): Promise<boolean> {
  parseTask('x', bits);
  if (!CHALLENGE.test(challenge) || !NONCE.test(nonce)) return false;
  const text = new TextEncoder().encode(challenge + nonce);
  return leadingZeroBits(new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', text))) >= bits;
}
