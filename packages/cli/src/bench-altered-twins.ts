/**
 * Which originals of the bench of altered copies are twins: one picture that was gathered in two cuts, such as a wallpaper
 * for a desk and for a phone. Hashes cannot tell (they are over 100 bits apart), and whoever finds one in a copy of the
 * other has found what is there, so it is no wrong find.
 *
 * Judged by the two unaltered originals alone: one is laid over the other by their pixels (registration, `findCopy`), and
 * what both show must agree as codecs and filters of one picture do (`LIKENESS_OF_WHOLE`, 0.85).
 * @module
 */

import { lumaPlane } from '@reclaim/raster/plane';
import { findCopy } from '@reclaim/registration/find-copy';
import { LIKENESS_OF_WHOLE } from '@reclaim/registration/register';
import type { Load } from './bench-altered-pictures.ts';

/** Answers whether one of `originals` is a cut of any of some others, all by index. A second a pair, each looked at once. */
export function twinsAmong(
  originals: readonly Load[],
): (num: number, others: readonly number[]) => Promise<boolean> {
  const known = new Map<string, boolean>();
  const areTwins = async (a: number, b: number): Promise<boolean> => {
    const [one, other] = a < b ? [a, b] : [b, a];
    const pair = `${one},${other}`;
    const before = known.get(pair);
    if (before !== undefined) return before;
    const fit = findCopy(lumaPlane(await originals[one]!()), lumaPlane(await originals[other]!()));
    const alike = fit.kind === 'fit' && fit.agreement >= LIKENESS_OF_WHOLE;
    known.set(pair, alike);
    return alike;
  };
  return async (num, others) => {
    for (const other of others) if (await areTwins(num, other)) return true;
    return false;
  };
}
