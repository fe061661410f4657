/**
 * A withdrawal capability: 32 random bytes drawn on the device, one for each signal, kept in the sealed case alone.
 *
 * Who holds it may ask about that one signal and withdraw it, without an account and without saying which case it is
 * of. The node keeps the SHA-256 of its 43 characters (not of the 32 bytes), from which it cannot be made.
 * @module
 */

import type { Brand } from '@reclaim/fingerprint/brand';
import { base64urlnopad, hex } from '@scure/base';

/** 32 bytes as 43 base64url characters without padding. Made by `drawCapability` or `parseCapability`. */
export type Capability = Brand<string, 'Capability'>;

/** Bytes in a capability. */
export const CAPABILITY_BYTES = 32;

/**
 * A capability of 32 random bytes, which the caller draws (`crypto.getRandomValues`).
 * @throws {RangeError} unless there are 32
 */
export function drawCapability(random: Uint8Array): Capability {
  if (random.length !== CAPABILITY_BYTES)
    throw new RangeError(`capability: expected ${CAPABILITY_BYTES} random bytes, got ${random.length}`);
  return base64urlnopad.encode(random) as Capability;
}

/** @throws {TypeError} unless `text` is 43 base64url characters; the message never holds the text */
export function parseCapability(text: string): Capability {
  if (!/^[A-Za-z0-9_-]{43}$/.test(text)) throw new TypeError('capability: expected 43 base64url characters');
  return text as Capability;
}

/** What the node keeps of a capability: 64 lower-case hex digits. */
export function capabilitySha256(capability: Capability): Promise<string> {
  return sha256OfText(capability);
}

/** SHA-256 of a text's UTF-8 bytes as 64 lower-case hex digits: how the node keeps auth keys and capabilities. */
export async function sha256OfText(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  return hex.encode(new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', bytes)));
}
