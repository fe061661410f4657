/**
 * age keys (age-encryption.org/v1, X25519): a recipient can be sealed to, an identity opens what was sealed to it.
 *
 * Recipients come from other people, pasted or by the node, so reading one is a closed outcome and never an error. The
 * slip that hurts most, pasting a secret key where a public one belongs, has a name of its own. Hybrid and plugin
 * recipients (`age1pq1…`, `age1tag1…`) are refused: every place of ours opens X25519 alone.
 * @module
 */

import type { Brand } from '@reclaim/fingerprint/brand';
import { bech32 } from '@scure/base';
import { identityToRecipient } from 'age-encryption';
import type { CaseKey, CaseRecipient } from '../receipt-keys.ts';

/** `AGE-SECRET-KEY-1…`: opens what was sealed to it. Made by `drawAgeIdentity` or `parseAgeIdentity`. */
export type AgeIdentity = Brand<string, 'AgeIdentity'>;

/** `age1…`: can be sealed to and opens nothing. Made by `recipientOf`, `readRecipient` or `parseAgeRecipient`. */
export type AgeRecipient = Brand<string, 'AgeRecipient'>;

/** Whatever opens: a case's own key or any other X25519 identity. */
export type Identity = AgeIdentity | CaseKey;

/** Whatever can be sealed to: a case or any other X25519 recipient. */
export type Recipient = AgeRecipient | CaseRecipient;

/** Bytes of an identity and of a recipient. */
export const AGE_KEY_BYTES = 32;

/** What a typed or pasted recipient is. `secret-key`: somebody pasted the half that must stay secret. */
export type RecipientReading =
  | { readonly ok: true; readonly recipient: AgeRecipient }
  | { readonly ok: false; readonly reason: 'empty' | 'secret-key' | 'other-kind' | 'not-a-recipient' };

const RECIPIENT_LENGTH = 62;

/** Reads a recipient as people paste it: spaces and line breaks around it, in either case. */
export function readRecipient(text: string): RecipientReading {
  const typed = text.slice(0, 2_000).trim().toLowerCase();
  if (typed === '') return { ok: false, reason: 'empty' };
  if (typed.startsWith('age-secret-key-')) return { ok: false, reason: 'secret-key' };
  if (/^age1(pq|tag|tagpq)1/.test(typed)) return { ok: false, reason: 'other-kind' };
  const bytes = keyBytes(typed, 'age', RECIPIENT_LENGTH);
  // Zero is the one small-order point that a field left empty could become; the others fail when sealed to.
  if (bytes === undefined || bytes.every((byte) => byte === 0))
    return { ok: false, reason: 'not-a-recipient' };
  return { ok: true, recipient: typed as AgeRecipient };
}

/** @throws {TypeError} unless `text` is an X25519 recipient in lower case; the message never holds the text */
export function parseAgeRecipient(text: string): AgeRecipient {
  const reading = readRecipient(text);
  if (!reading.ok || reading.recipient !== text)
    throw new TypeError('age recipient: expected age1 and 58 characters');
  return reading.recipient;
}

/** @throws {TypeError} unless `text` is an X25519 identity in upper case; the message never holds the text */
export function parseAgeIdentity(text: string): AgeIdentity {
  const bytes = text === text.toUpperCase() ? keyBytes(text.toLowerCase(), 'age-secret-key-', 74) : undefined;
  if (bytes === undefined) throw new TypeError('age identity: expected AGE-SECRET-KEY-1 and 58 characters');
  bytes.fill(0);
  return text as AgeIdentity;
}

/**
 * An identity of 32 random bytes, which the caller draws (`crypto.getRandomValues`).
 * @throws {RangeError} unless there are 32
 */
export function drawAgeIdentity(random: Uint8Array): AgeIdentity {
  if (random.length !== AGE_KEY_BYTES)
    throw new RangeError(`age identity: expected ${AGE_KEY_BYTES} random bytes, got ${random.length}`);
  return bech32.encodeFromBytes('AGE-SECRET-KEY-', Uint8Array.from(random)).toUpperCase() as AgeIdentity;
}

/** The recipient of an identity. */
export async function recipientOf(identity: Identity): Promise<AgeRecipient> {
  return (await identityToRecipient(identity)) as AgeRecipient;
}

/** The 32 bytes of a bech32 key in lower case, or undefined for what is none. */
function keyBytes(text: string, prefix: string, length: number): Uint8Array | undefined {
  if (text.length !== length) return undefined;
  try {
    const decoded = bech32.decodeToBytes(text);
    return decoded.prefix === prefix && decoded.bytes.length === AGE_KEY_BYTES ? decoded.bytes : undefined;
  } catch {
    return undefined;
  }
}
