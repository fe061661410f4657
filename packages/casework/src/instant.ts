/**
 * Points in time as milliseconds since 1970-01-01T00:00:00Z, and the coarse day that is kept of a signal's arrival.
 * @module
 */

import type { Brand } from '@reclaim/fingerprint/brand';

/** Milliseconds since the epoch, UTC, a safe integer from 0 to 8.64e15. */
export type UtcMs = Brand<number, 'UtcMs'>;

/** Milliseconds of a day without leap seconds. */
export const DAY_MS = 86_400_000;

/** @throws {RangeError} unless `ms` is an integer from 0 to 8.64e15 (the range of Date, ECMA-262 section 21.4.1.1) */
export function parseUtcMs(ms: number): UtcMs {
  if (!Number.isSafeInteger(ms) || ms < 0 || ms > 8.64e15)
    throw new RangeError('time: expected milliseconds since 1970');
  return ms as UtcMs;
}

/** The day that `at` falls in (UTC), as its first millisecond: all that is kept of when a signal arrived. */
export function coarseDay(at: UtcMs): UtcMs {
  return parseUtcMs(Math.floor(at / DAY_MS) * DAY_MS);
}
