/**
 * A text sealed to the case's own recipient: what somebody was typing when their page locked. Padded with spaces to one of
 * four sizes, as a case is, in an age file (age-encryption.org/v1) in base64url. It stays in the page's memory and is never
 * sent.
 * @module
 */

import { base64urlnopad } from '@scure/base';
import { Decrypter, Encrypter } from 'age-encryption';
import type { CaseKey, CaseRecipient } from './receipt-keys.ts';
import { CASE_SIZES } from './sealed-case.ts';

/** Seals a text, whose trailing spaces are not kept; `undefined` where it is longer than the greatest size. */
export async function sealText(text: string, recipient: CaseRecipient): Promise<string | undefined> {
  const plain = new TextEncoder().encode(text);
  const size = CASE_SIZES.find((bytes) => plain.length <= bytes);
  if (size === undefined) return undefined;
  const padded = new Uint8Array(size).fill(0x20);
  padded.set(plain);
  plain.fill(0);
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const sealed = base64urlnopad.encode(await encrypter.encrypt(padded));
  padded.fill(0);
  return sealed;
}

/** The text, or undefined for one of another case. Never throws for what it is. */
export async function openText(sealed: string, key: CaseKey): Promise<string | undefined> {
  try {
    const decrypter = new Decrypter();
    decrypter.addIdentity(key);
    const plain = await decrypter.decrypt(base64urlnopad.decode(sealed));
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain);
    plain.fill(0);
    return text.trimEnd();
  } catch {
    return undefined;
  }
}
