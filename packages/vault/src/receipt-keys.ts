/**
 * Receipt code → keys, on the device. One slow step, then three names that cannot be led back to each other:
 *
 *     seed      = Argon2id(secret, salt "reclaim receipt code 1", 64 MiB, t = 3, p = 1, 32 bytes)     RFC 9106
 *     lookup id = HKDF-SHA-256(seed, info "reclaim receipt code 1 lookup")      64 hex digits         RFC 5869
 *     auth key  = HKDF-SHA-256(seed, info "reclaim receipt code 1 auth")        43 base64url characters
 *     case key  = HKDF-SHA-256(seed, info "reclaim receipt code 1 case")        an age X25519 identity (age-encryption.org/v1)
 *
 * The salt is fixed because there is no account to keep one: it separates this use of Argon2id from every other. What a
 * salt is for, making a table of all codes worthless, the 90 random bits of the code do by themselves.
 *
 * The node sees the lookup id, the SHA-256 of the auth key, and, when a case is opened, the auth key. From none of them
 * follows the case key. The case key is an ordinary age identity: the program `age` opens a case with it, and other
 * recipients can be added to a case later without changing its form.
 *
 * Takes 64 MiB and some hundred milliseconds: it belongs in a worker. Where a browser compiles no WebAssembly (Tor
 * Browser's "Safer") the same Argon2id runs as JavaScript, from a part that is loaded only then: the same keys, after
 * one to two seconds, or about a minute where the browser does not compile JavaScript either. Changing any number here loses every case; a
 * change gets a new salt and new infos beside the old.
 * @module
 */

import type { Brand } from '@reclaim/fingerprint/brand';
import { base64urlnopad, bech32, hex } from '@scure/base';
import { identityToRecipient } from 'age-encryption';
import { argon2id } from 'hash-wasm';
import { compilesWebAssembly } from './bare-browser.ts';
import { sha256OfText } from './capability.ts';
import { type ReceiptCode, receiptSecret } from './receipt-code.ts';

/** What the slow step costs: memory in KiB, passes, lanes. */
export type KeyCost = { readonly memoryKiB: number; readonly passes: number; readonly lanes: number };

/** The cost of every real code: RFC 9106's second recommendation (64 MiB, 3 passes) with one lane, as browsers have one. */
export const KEY_COST: KeyCost = Object.freeze({ memoryKiB: 65_536, passes: 3, lanes: 1 });

/** The fixed salt and the beginning of every HKDF info. */
export const KEY_DOMAIN = 'reclaim receipt code 1';

/** Where a case lies: 64 lower-case hex digits. The node knows it, nobody else may. */
export type LookupId = Brand<string, 'LookupId'>;

/** What proves that a case may be read and changed: 32 bytes as 43 base64url characters. */
export type AuthKey = Brand<string, 'AuthKey'>;

/** The age identity that opens the case: `AGE-SECRET-KEY-1…`. It never leaves the device. */
export type CaseKey = Brand<string, 'CaseKey'>;

/** The age recipient that a case is sealed to: `age1…`. It can seal and cannot open. */
export type CaseRecipient = Brand<string, 'CaseRecipient'>;

/** All that follows from a code. `authSha256` is what the node keeps: the SHA-256 of the auth key's 43 characters. */
export type ReceiptKeys = {
  readonly lookupId: LookupId;
  readonly authKey: AuthKey;
  readonly authSha256: string;
  readonly caseKey: CaseKey;
  readonly recipient: CaseRecipient;
};

/**
 * The keys of a code. `cost` is for tests alone: another cost is another case.
 * @throws {Error} (as a rejection) where there is no room for the memory that the cost asks for
 */
export async function deriveReceiptKeys(code: ReceiptCode, cost: KeyCost = KEY_COST): Promise<ReceiptKeys> {
  const secret = receiptSecret(code);
  const seed = await slowStep(secret, new TextEncoder().encode(KEY_DOMAIN), cost);
  secret.fill(0);
  const root = await globalThis.crypto.subtle.importKey('raw', new Uint8Array(seed), 'HKDF', false, [
    'deriveBits',
  ]);
  seed.fill(0);
  const expand = async (use: string) => {
    const info = new TextEncoder().encode(`${KEY_DOMAIN} ${use}`);
    const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info };
    return new Uint8Array(await globalThis.crypto.subtle.deriveBits(hkdf, root, 256));
  };
  const [lookup, auth, scalar] = await Promise.all([expand('lookup'), expand('auth'), expand('case')]);
  const authKey = base64urlnopad.encode(auth) as AuthKey;
  // Bech32 as age writes its secret keys: upper case, and no limit of 90 characters.
  const caseKey = bech32.encodeFromBytes('AGE-SECRET-KEY-', scalar).toUpperCase() as CaseKey;
  scalar.fill(0);
  return {
    lookupId: hex.encode(lookup) as LookupId,
    authKey,
    authSha256: await sha256OfText(authKey),
    caseKey,
    recipient: (await identityToRecipient(caseKey)) as CaseRecipient,
  };
}

/** Argon2id (RFC 9106), 32 bytes, by whichever of the two this place can run. Both give the same. */
async function slowStep(password: Uint8Array, salt: Uint8Array, cost: KeyCost): Promise<Uint8Array> {
  if (compilesWebAssembly()) {
    return argon2id({
      password,
      salt,
      memorySize: cost.memoryKiB,
      iterations: cost.passes,
      parallelism: cost.lanes,
      hashLength: 32,
      outputType: 'binary',
    });
  }
  const plain = await import('@noble/hashes/argon2.js');
  return plain.argon2id(password, salt, { m: cost.memoryKiB, t: cost.passes, p: cost.lanes, dkLen: 32 });
}
