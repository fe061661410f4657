/**
 * Recovery key → what the node keeps, and back to the receipt code.
 *
 *     lookup id  = HKDF-SHA-256(key, info "reclaim recovery 1 lookup")   64 hex digits
 *     auth key   = HKDF-SHA-256(key, info "reclaim recovery 1 auth")     43 base64url characters
 *     identity   = HKDF-SHA-256(key, info "reclaim recovery 1 seal")     an age X25519 identity
 *     envelope   = age, sealed to that identity: "reclaim recovery 1\n", the seven words, "\n"
 *
 * Two shares give the recovery key, and that alone opens nothing: the receipt code stands in the envelope, which the node
 * gives out seven days after somebody proved to have the key, while the case shows that somebody asked and can stop it
 * with one press. The delay is the node's promise and not arithmetic: who has two shares *and* a copy of the node's
 * database opens the case at once. The node itself learns nothing of shares or code; no slow derivation is needed, since
 * the key has 128 random bits.
 * @module
 */

import { base64urlnopad, hex } from '@scure/base';
import { sha256OfText } from '../capability.ts';
import { parseReceiptCode, type ReceiptCode } from '../receipt-code.ts';
import type { AuthKey, LookupId } from '../receipt-keys.ts';
import { type AgeIdentity, drawAgeIdentity, recipientOf } from '../sealing/age-key.ts';
import { openBytes } from '../sealing/open.ts';
import { sealBytes } from '../sealing/seal.ts';
import { RECOVERY_KEY_BYTES } from './shares.ts';

/** The first line of an envelope, and the beginning of every HKDF info. */
export const RECOVERY_DOMAIN = 'reclaim recovery 1';

/** Characters of an envelope in base64url, at most. */
export const MAX_ENVELOPE = 600;

/** What follows from a recovery key. `authSha256` is what the node keeps. */
export type RecoveryKeys = {
  readonly lookupId: LookupId;
  readonly authKey: AuthKey;
  readonly authSha256: string;
  readonly identity: AgeIdentity;
};

/**
 * The names and the key of a recovery key of 16 bytes.
 * @throws {RangeError} (as a rejection) for another length
 */
export async function recoveryKeys(key: Uint8Array): Promise<RecoveryKeys> {
  if (key.length !== RECOVERY_KEY_BYTES)
    throw new RangeError(`recovery key: expected ${RECOVERY_KEY_BYTES} bytes, got ${key.length}`);
  const { subtle } = globalThis.crypto;
  const root = await subtle.importKey('raw', Uint8Array.from(key), 'HKDF', false, ['deriveBits']);
  const expand = async (use: string) => {
    const info = new TextEncoder().encode(`${RECOVERY_DOMAIN} ${use}`);
    const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info };
    return new Uint8Array(await subtle.deriveBits(hkdf, root, 256));
  };
  const [lookup, auth, scalar] = await Promise.all([expand('lookup'), expand('auth'), expand('seal')]);
  const authKey = base64urlnopad.encode(auth) as AuthKey;
  const identity = drawAgeIdentity(scalar);
  scalar.fill(0);
  return {
    lookupId: hex.encode(lookup) as LookupId,
    authKey,
    authSha256: await sha256OfText(authKey),
    identity,
  };
}

/** The envelope of a receipt code, in base64url: what the node keeps. */
export async function sealEnvelope(code: ReceiptCode, keys: RecoveryKeys): Promise<string> {
  const plain = new TextEncoder().encode(`${RECOVERY_DOMAIN}\n${code}\n`);
  const sealed = await sealBytes(plain, [await recipientOf(keys.identity)]);
  plain.fill(0);
  return base64urlnopad.encode(sealed);
}

/** The receipt code in an envelope, or undefined for one that is not of this key or was changed. Never throws for it. */
export async function openEnvelope(envelope: string, keys: RecoveryKeys): Promise<ReceiptCode | undefined> {
  if (envelope.length > MAX_ENVELOPE || !/^[A-Za-z0-9_-]+$/.test(envelope)) return undefined;
  let bytes: Uint8Array;
  try {
    bytes = base64urlnopad.decode(envelope);
  } catch {
    return undefined;
  }
  const opened = await openBytes(bytes, [keys.identity]);
  if (!opened.ok) return undefined;
  const [first, code = '', rest, ...more] = new TextDecoder().decode(opened.plain).split('\n');
  opened.plain.fill(0);
  if (first !== RECOVERY_DOMAIN || rest !== '' || more.length > 0) return undefined;
  const outcome = parseReceiptCode(code);
  return outcome.ok && outcome.code === code ? outcome.code : undefined;
}
