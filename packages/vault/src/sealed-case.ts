/**
 * Sealing and opening a case: its JSON, padded, as an age file (age-encryption.org/v1) in base64url.
 *
 * Padding: spaces after the JSON, to 4, 16, 62 or 248 KiB. JSON allows them, so that `age --decrypt` gives a document that any
 * program reads. What the length still tells: in which of four sizes a case is, and, by some 100 bytes each, how many
 * recipients it has. The greatest size with its header stays inside the 256 KiB of ciphertext that the node takes.
 *
 * age binds header and body to one another and refuses every changed bit; who holds the recipient alone can make a case
 * but not open one, so a case proves nothing about who wrote it. That no one else replaces it is the auth key's part.
 * @module
 */

import { base64urlnopad } from '@scure/base';
import { Decrypter, Encrypter } from 'age-encryption';
import { type CaseDocument, type CaseReading, parseCase, readCase } from './case-document.ts';
import type { CaseKey, CaseRecipient } from './receipt-keys.ts';

/** Sizes of the padded document, in bytes. */
export const CASE_SIZES: readonly number[] = Object.freeze([4_096, 16_384, 63_488, 253_952]);

/** Recipients of one case, at most: the case's own and those it was opened to. */
export const MAX_RECIPIENTS = 12;

/** Characters of a sealed case, at most: 256 KiB of ciphertext in base64url (as the node takes). */
export const MAX_SEALED_LENGTH = 349_600;

/** A sealed case in base64url, or why it could not be: the document is longer than the greatest size. */
export type Sealing =
  | { readonly ok: true; readonly sealed: string }
  | { readonly ok: false; readonly reason: 'too-long' };

/** An opened case, or why it stays shut: not sealed to this key or changed since, or not a document of ours. */
export type Opening = CaseReading | { readonly ok: false; readonly reason: 'unreadable' };

/**
 * Seals a document to the case's own recipient and to those it was opened to.
 * @throws {TypeError} (as a rejection) for a document or a recipient that has not the form
 * @throws {RangeError} (as a rejection) unless there are 1 to 12 recipients
 */
export async function sealCase(
  document: CaseDocument,
  recipients: readonly CaseRecipient[],
): Promise<Sealing> {
  if (recipients.length < 1 || recipients.length > MAX_RECIPIENTS)
    throw new RangeError(`sealed case: expected 1 to ${MAX_RECIPIENTS} recipients`);
  const plain = new TextEncoder().encode(JSON.stringify(parseCase(document)));
  const size = CASE_SIZES.find((bytes) => plain.length <= bytes);
  if (size === undefined) return { ok: false, reason: 'too-long' };
  const padded = new Uint8Array(size).fill(0x20);
  padded.set(plain);
  plain.fill(0);
  const encrypter = new Encrypter();
  try {
    for (const recipient of recipients) encrypter.addRecipient(recipient);
  } catch {
    throw new TypeError('sealed case: expected age recipients');
  }
  const sealed = base64urlnopad.encode(await encrypter.encrypt(padded));
  padded.fill(0);
  return { ok: true, sealed };
}

/**
 * Opens a sealed case. Never throws for what the text is: it comes from a node that might be anybody's.
 * @throws {TypeError} (as a rejection) for a key that is not an age identity
 */
export async function openCase(sealed: string, key: CaseKey): Promise<Opening> {
  const decrypter = new Decrypter();
  try {
    decrypter.addIdentity(key);
  } catch {
    throw new TypeError('sealed case: expected an age identity');
  }
  if (sealed.length > MAX_SEALED_LENGTH) return { ok: false, reason: 'unreadable' };
  let text: string;
  try {
    const plain = await decrypter.decrypt(base64urlnopad.decode(sealed));
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain);
    plain.fill(0);
  } catch {
    return { ok: false, reason: 'unreadable' };
  }
  return readCase(text);
}
