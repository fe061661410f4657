/**
 * A party of a thread: one age identity (age-encryption.org/v1), from which its signing key follows. So a helper keeps one
 * file that the plain `age` program understands, and nothing else.
 *
 *     signing key = HKDF-SHA-256(the identity's 32 bytes, info "reclaim party 1 sign")      Ed25519 seed
 *     key words   = the first 70 bits of SHA-256("reclaim party 1 " ‖ recipient ‖ " " ‖ verify key), as five words
 *
 * The node hands out the helpers' public halves and could hand out its own instead. The key words are what stops that:
 * two people who can speak to each other read them aloud. The interface says so and does not pretend that it happened.
 * @module
 */

import { bech32, hex } from '@scure/base';
import { WORD_BITS, wordAt } from '../code-words.ts';
import { type AgeIdentity, type AgeRecipient, parseAgeRecipient, recipientOf } from '../sealing/age-key.ts';
import { parseVerifyKey, type SigningKey, type VerifyKey, verifyKeyOf } from '../sealing/signing.ts';

/** The public halves of a party. */
export type Party = { readonly recipient: AgeRecipient; readonly verifyKey: VerifyKey };

/** A party with its secrets. */
export type PartyKeys = Party & { readonly identity: AgeIdentity; readonly signingKey: SigningKey };

/** Words in which a party's public halves are compared aloud. */
export const KEY_WORDS = 5;

const DOMAIN = 'reclaim party 1';

/** Everything that follows from a party's identity. */
export async function partyKeys(identity: AgeIdentity): Promise<PartyKeys> {
  const { subtle } = globalThis.crypto;
  const scalar = Uint8Array.from(bech32.decodeToBytes(identity.toLowerCase()).bytes);
  const root = await subtle.importKey('raw', scalar, 'HKDF', false, ['deriveBits']);
  scalar.fill(0);
  const info = new TextEncoder().encode(`${DOMAIN} sign`);
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info };
  const seed = new Uint8Array(await subtle.deriveBits(hkdf, root, 256));
  const signingKey = hex.encode(seed) as SigningKey;
  seed.fill(0);
  return {
    identity,
    recipient: await recipientOf(identity),
    signingKey,
    verifyKey: verifyKeyOf(signingKey),
  };
}

/** The public halves alone. */
export function publicParty({ recipient, verifyKey }: Party): Party {
  return { recipient, verifyKey };
}

/** @throws {TypeError} unless `value` is an object with exactly an X25519 recipient and an Ed25519 public key */
export function parseParty(value: unknown): Party {
  const { recipient, verifyKey, ...more } = (value ?? {}) as Record<string, unknown>;
  if (typeof recipient !== 'string' || typeof verifyKey !== 'string' || Object.keys(more).length > 0)
    throw new TypeError('party: expected recipient and verifyKey');
  return { recipient: parseAgeRecipient(recipient), verifyKey: parseVerifyKey(verifyKey) };
}

/** Whether two parties are one. */
export function isSameParty(one: Party, other: Party): boolean {
  return one.recipient === other.recipient && one.verifyKey === other.verifyKey;
}

/** Five words for the public halves. */
export async function keyWords(party: Party): Promise<readonly string[]> {
  const text = `${DOMAIN} ${party.recipient} ${party.verifyKey}`;
  const digest = await globalThis.crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  let bits = 0n;
  for (const byte of new Uint8Array(digest).subarray(0, 9)) bits = (bits << 8n) | BigInt(byte);
  bits >>= 72n - BigInt(KEY_WORDS * WORD_BITS);
  return Array.from({ length: KEY_WORDS }, (_, at) =>
    wordAt(Number((bits >> BigInt((KEY_WORDS - 1 - at) * WORD_BITS)) & 0x3fffn)),
  );
}
