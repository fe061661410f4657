/**
 * The keyring of a thread: the keys that the thread was sealed to so far, oldest first, sealed to one party.
 *
 * The thread has a key of its own, so that handing over to another helper or changing a party's key seals one small
 * ring anew and no message. A `rekey` entry announces the next key, signed; a key in the ring that no entry announced is
 * refused when the thread is read, so a ring that somebody else slipped in opens nothing new (`thread.ts`).
 *
 * As JSON, `{"version":1,"keys":["AGE-SECRET-KEY-1…"]}`, padded with spaces to 1 or 4 KiB, in an age file.
 * @module
 */

import { base64urlnopad } from '@scure/base';
import { type AgeIdentity, type Identity, parseAgeIdentity, type Recipient } from '../sealing/age-key.ts';
import { openBytes } from '../sealing/open.ts';
import { sealBytes } from '../sealing/seal.ts';

/** Keys in a ring, at most: a thread that was changed more often begins anew. */
export const MAX_RING_KEYS = 40;

/** Characters of a sealed ring in base64url, at most. */
export const MAX_SEALED_RING = 6_000;

const SIZES = [1_024, 4_096];

/**
 * Seals a ring to one party.
 * @throws {RangeError} (as a rejection) unless there are 1 to 40 keys
 */
export async function sealRing(keys: readonly AgeIdentity[], to: Recipient): Promise<string> {
  if (keys.length < 1 || keys.length > MAX_RING_KEYS)
    throw new RangeError(`keyring: expected 1 to ${MAX_RING_KEYS} keys`);
  const plain = new TextEncoder().encode(JSON.stringify({ version: 1, keys }));
  const padded = new Uint8Array(SIZES.find((size) => plain.length <= size) ?? plain.length).fill(0x20);
  padded.set(plain);
  plain.fill(0);
  const sealed = base64urlnopad.encode(await sealBytes(padded, [to]));
  padded.fill(0);
  return sealed;
}

/** The keys of a ring, or undefined for one of somebody else or none of ours. Never throws for what it is. */
export async function openRing(
  sealed: string,
  identity: Identity,
): Promise<readonly AgeIdentity[] | undefined> {
  if (sealed.length > MAX_SEALED_RING || !/^[A-Za-z0-9_-]+$/.test(sealed)) return undefined;
  try {
    const opened = await openBytes(base64urlnopad.decode(sealed), [identity]);
    if (!opened.ok) return undefined;
    const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(opened.plain)) as {
      readonly version?: unknown;
      readonly keys?: unknown;
    };
    opened.plain.fill(0);
    if (value.version !== 1 || !Array.isArray(value.keys)) return undefined;
    if (value.keys.length < 1 || value.keys.length > MAX_RING_KEYS) return undefined;
    return value.keys.map((key) => parseAgeIdentity(String(key)));
  } catch {
    return undefined;
  }
}
