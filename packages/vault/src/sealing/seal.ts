/**
 * Sealing to several recipients: an age file (age-encryption.org/v1) that each of them opens alone, with our programs or
 * with the plain `age`.
 *
 * As a stream, 64 KiB at a time, so memory stays flat whatever the size of a video. Backpressure, an error of the source
 * and the reader's leaving pass through: when the network goes in the middle, the reading of the source ends too, and
 * what was written so far opens nowhere as if it were whole (`open.ts` says `truncated`).
 *
 * The file tells nobody which recipients it has, but how many, and how long its content is; whoever must hide that pads
 * first. It proves nothing about who sealed it: whoever knows a recipient can seal to it.
 * @module
 */

import { Encrypter } from 'age-encryption';
import type { Recipient } from './age-key.ts';
import { CHUNK_BYTES, TAG_BYTES } from './stream-format.ts';

/** Recipients of one file, at most: the case's own and those it was opened to. */
export const MAX_SEAL_RECIPIENTS = 12;

/** Bytes of the header without stanzas, and of one X25519 stanza. */
const HEADER_BYTES = 70;
const STANZA_BYTES = 98;
const NONCE_BYTES = 16;

/**
 * The sealed form of a stream. The header is made before this resolves; the rest as it is read.
 * @throws {RangeError} (as a rejection) unless there are 1 to 12 different recipients
 * @throws {TypeError} (as a rejection) for a recipient that is no X25519 point one can seal to
 */
export async function sealStream(
  plain: ReadableStream<Uint8Array>,
  recipients: readonly Recipient[],
): Promise<ReadableStream<Uint8Array>> {
  const encrypter = encrypterFor(recipients);
  try {
    return await encrypter.encrypt(plain);
  } catch {
    // What was thrown quotes the recipient.
    throw new TypeError('seal: expected recipients that can be sealed to');
  }
}

/** The sealed form of bytes that fit in memory. Throws like `sealStream`. */
export async function sealBytes(
  plain: Uint8Array,
  recipients: readonly Recipient[],
): Promise<Uint8Array<ArrayBuffer>> {
  const encrypter = encrypterFor(recipients);
  try {
    return (await encrypter.encrypt(plain)) as Uint8Array<ArrayBuffer>;
  } catch {
    throw new TypeError('seal: expected recipients that can be sealed to');
  }
}

/** Bytes of the sealed file of `plainBytes` for so many recipients: known before the sealing, for progress and room. */
export function sealedSize(plainBytes: number, recipients: number): number {
  const chunks = Math.max(1, Math.ceil(plainBytes / CHUNK_BYTES));
  return HEADER_BYTES + recipients * STANZA_BYTES + NONCE_BYTES + plainBytes + chunks * TAG_BYTES;
}

function encrypterFor(recipients: readonly Recipient[]): Encrypter {
  const different = new Set(recipients);
  if (different.size !== recipients.length || different.size < 1 || different.size > MAX_SEAL_RECIPIENTS)
    throw new RangeError(`seal: expected 1 to ${MAX_SEAL_RECIPIENTS} different recipients`);
  const encrypter = new Encrypter();
  try {
    for (const recipient of different) encrypter.addRecipient(recipient);
  } catch {
    throw new TypeError('seal: expected recipients that can be sealed to');
  }
  return encrypter;
}
