/**
 * Two of three: a 16-byte recovery key as three shares, of which any two give it back and any one says nothing of it
 * (Shamir, "How to share a secret", 1979; one line over GF(2^8) for each byte).
 *
 * What is shared is not the recovery key alone but 24 bytes: the key and an 8-byte check key, drawn apart from it. Each
 * share bears four bytes of HMAC-SHA-256 under that check key over the share itself. So two shares that come from two
 * sets, or of which one was damaged or forged, are refused; and since the check key is random on its own, the check tells
 * nothing of the recovery key: for every recovery key there is exactly one slope that gives the share one holds, whatever
 * check stands beside it. A check made from the recovery key itself would have spoiled that.
 *
 *     share n (n = 1, 2, 3):   y = secret + slope × n    byte by byte
 *     check n:                 HMAC-SHA-256(check key, "reclaim recovery share 1" ‖ head ‖ y), first 4 bytes
 *     head:                    2 bytes: version (2 bits, 01) ‖ n (2 bits) ‖ set (12 bits)
 *
 * The set is random, the same on all three: it tells a share of another case apart before anything is computed.
 * @module
 */

import { invert, multiply } from './field.ts';

/** Bytes of a recovery key. */
export const RECOVERY_KEY_BYTES = 16;

/** Bytes of the check key that is shared beside it. */
const CHECK_KEY_BYTES = 8;

/** Bytes of what is shared. */
export const SHARED_BYTES = RECOVERY_KEY_BYTES + CHECK_KEY_BYTES;

/** Bytes of the check in a share. */
export const CHECK_BYTES = 4;

/** Random bytes that a set of shares takes: the secret, its slope, and the set's name. */
export const SHARES_RANDOM_BYTES = 2 * SHARED_BYTES + 2;

const DOMAIN = new TextEncoder().encode('reclaim recovery share 1');

/** The number of a share. Which one is for whom is the interface's matter: 1 own paper, 2 trusted person, 3 helpline. */
export type ShareNumber = 1 | 2 | 3;

/** A share: 24 bytes of a line at `number`, and their check. `set`: 0 to 4,095. */
export type RecoveryShare = {
  readonly number: ShareNumber;
  readonly set: number;
  readonly y: Uint8Array;
  readonly check: Uint8Array;
};

/** A fresh recovery key with its three shares. */
export type DrawnRecovery = {
  readonly key: Uint8Array<ArrayBuffer>;
  readonly shares: readonly [RecoveryShare, RecoveryShare, RecoveryShare];
};

/**
 * What two or three shares give. `too-few`: fewer than two. `same-share`: one of them twice. `other-set`: the share at
 * `at` is of another case or an older set. `does-not-fit`: one is damaged or of another case; with three, `at` is which.
 */
export type Combined =
  | { readonly ok: true; readonly key: Uint8Array<ArrayBuffer> }
  | { readonly ok: false; readonly reason: 'too-few' | 'same-share' }
  | { readonly ok: false; readonly reason: 'other-set'; readonly at: number }
  | { readonly ok: false; readonly reason: 'does-not-fit'; readonly at?: number };

/**
 * Draws a recovery key and its shares from 50 random bytes, which the caller draws.
 * @throws {RangeError} (as a rejection) unless there are 50
 */
export async function drawRecovery(random: Uint8Array): Promise<DrawnRecovery> {
  if (random.length !== SHARES_RANDOM_BYTES)
    throw new RangeError(`recovery: expected ${SHARES_RANDOM_BYTES} random bytes, got ${random.length}`);
  // A copy: the `slice` of a Node buffer would share the caller's memory.
  const drawn = Uint8Array.from(random);
  const secret = drawn.slice(0, SHARED_BYTES);
  const slope = drawn.subarray(SHARED_BYTES, 2 * SHARED_BYTES);
  const set = ((drawn[2 * SHARED_BYTES]! << 8) | drawn[2 * SHARED_BYTES + 1]!) & 0xfff;
  const checkKey = secret.slice(RECOVERY_KEY_BYTES);
  const share = async (number: ShareNumber): Promise<RecoveryShare> => {
    const y = secret.map((byte, at) => byte ^ multiply(slope[at]!, number));
    return { number, set, y, check: await checkOf(checkKey, number, set, y) };
  };
  const shares = await Promise.all([share(1), share(2), share(3)]);
  return { key: secret.slice(0, RECOVERY_KEY_BYTES) as Uint8Array<ArrayBuffer>, shares };
}

/** Puts shares together, in any order. Never throws for what they are: they were typed. */
export async function combineShares(shares: readonly RecoveryShare[]): Promise<Combined> {
  if (shares.length < 2) return { ok: false, reason: 'too-few' };
  const odd = oddSet(shares);
  if (odd !== undefined) return { ok: false, reason: 'other-set', at: odd };
  if (new Set(shares.map(({ number }) => number)).size !== shares.length)
    return { ok: false, reason: 'same-share' };
  const [first, second, third] = shares as [RecoveryShare, RecoveryShare, RecoveryShare?];
  const secret = await secretOf(first, second);
  if (third === undefined) return secret ?? { ok: false, reason: 'does-not-fit' };
  // With three the pair that fits says which one does not.
  const others = [await secretOf(second, third), await secretOf(first, third), secret];
  const fitting = others.flatMap((each, at) => (each === undefined ? [] : [{ ...each, at }]));
  if (fitting.length === 3) return { ok: true, key: fitting[0]!.key };
  return fitting.length === 1
    ? { ok: false, reason: 'does-not-fit', at: fitting[0]!.at }
    : { ok: false, reason: 'does-not-fit' };
}

/** The place of the share whose set differs; of two the second, since nobody can say which is meant. */
function oddSet(shares: readonly RecoveryShare[]): number | undefined {
  const [first, second, third] = shares.map(({ set }) => set);
  if (first === second && (third === undefined || third === first)) return undefined;
  if (third === undefined) return 1;
  if (second === third) return 0;
  return first === third ? 1 : 2;
}

/** The key of two shares, where both checks hold. */
async function secretOf(
  one: RecoveryShare,
  two: RecoveryShare,
): Promise<{ readonly ok: true; readonly key: Uint8Array<ArrayBuffer> } | undefined> {
  // Lagrange at zero: y1·x2/(x1+x2) + y2·x1/(x1+x2), where + is XOR.
  const below = invert(one.number ^ two.number);
  const ofOne = multiply(two.number, below);
  const ofTwo = multiply(one.number, below);
  const secret = one.y.map((byte, at) => multiply(byte, ofOne) ^ multiply(two.y[at]!, ofTwo));
  const checkKey = secret.slice(RECOVERY_KEY_BYTES);
  for (const { number, set, y, check } of [one, two]) {
    const expected = await checkOf(checkKey, number, set, y);
    let differing = 0;
    for (const [at, byte] of expected.entries()) differing |= byte ^ check[at]!;
    if (differing !== 0) return undefined;
  }
  return { ok: true, key: secret.slice(0, RECOVERY_KEY_BYTES) as Uint8Array<ArrayBuffer> };
}

/** The first two bytes of a share. */
export function headOf(number: ShareNumber, set: number): readonly [number, number] {
  return [0x40 | (number << 4) | (set >> 8), set & 0xff];
}

async function checkOf(
  checkKey: Uint8Array,
  number: ShareNumber,
  set: number,
  y: Uint8Array,
): Promise<Uint8Array> {
  const { subtle } = globalThis.crypto;
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await subtle.importKey('raw', Uint8Array.from(checkKey), algorithm, false, ['sign']);
  const message = Uint8Array.from([...DOMAIN, ...headOf(number, set), ...y]);
  return new Uint8Array(await subtle.sign('HMAC', key, message)).slice(0, CHECK_BYTES);
}
