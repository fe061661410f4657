/**
 * How far two clocks are apart, in words that a person uses: minutes, hours or days, and which way.
 * @module
 */

/** Clocks that are no further apart than this agree: a minute more or less changes nothing that a time stamp does not say. */
export const CLOCK_AGREES_MS = 120_000;

/** `ahead`: the device's clock is ahead of the service's. */
export type ClockDistance = {
  readonly unit: 'minute' | 'hour' | 'day';
  readonly count: number;
  readonly way: 'ahead' | 'behind';
};

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** The distance of `offsetMs` (the service's clock minus the device's); `undefined` where they agree or nobody knows. */
export function clockDistance(offsetMs: number | undefined): ClockDistance | undefined {
  if (offsetMs === undefined || Math.abs(offsetMs) <= CLOCK_AGREES_MS) return undefined;
  const apart = Math.abs(offsetMs);
  const way = offsetMs < 0 ? 'ahead' : 'behind';
  if (apart < HOUR_MS - MINUTE_MS / 2) return { unit: 'minute', count: Math.round(apart / MINUTE_MS), way };
  if (apart < 2 * DAY_MS) return { unit: 'hour', count: Math.round(apart / HOUR_MS), way };
  return { unit: 'day', count: Math.round(apart / DAY_MS), way };
}
