/**
 * The seed that property tests draw from, from what was asked for.
 * @module
 */

/** Any number does; another one draws other examples. */
const USUAL = 20_261_126;

/**
 * A whole number of 32 bits, as fast-check takes it.
 * @param asked nothing or '' for the usual one, `anew` for one made of `now`, or a whole number from 0 to 2^31 - 1
 * @param now milliseconds since 1970
 * @throws {RangeError} for anything else: a seed that was mistyped would look for nothing
 */
export function seedOf(asked: string | undefined, now: number): number {
  if (asked === undefined || asked === '') return USUAL;
  if (asked === 'anew') return now % 2 ** 31;
  const seed = Number(asked);
  if (!/^\d{1,10}$/.test(asked) || seed >= 2 ** 31)
    throw new RangeError('RECLAIM_SEED: expected anew, or a whole number from 0 to 2147483647');
  return seed;
}
