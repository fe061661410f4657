/**
 * What a clock says: how far off an instant is, in the largest unit that still tells a person what to do, and whether
 * that is calm, soon or past. Instants are milliseconds since 1970, UTC.
 * @module
 */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** From when on a clock is `soon`: a shift of work before it is due. */
export const SOON_MS = 8 * HOUR_MS;

/** A reading: `amount` is negative once past. */
export type ClockReading = {
  readonly state: 'calm' | 'soon' | 'past';
  readonly amount: number;
  readonly unit: 'minute' | 'hour' | 'day';
};

/** Reads a clock. Up to three days it counts in hours, because the laws do; below two hours in minutes. */
export function readClock(dueAt: number, now: number): ClockReading {
  const left = dueAt - now;
  const state = left < 0 ? 'past' : left < SOON_MS ? 'soon' : 'calm';
  const size = Math.abs(left);
  const [unit, unitMs] =
    size < 2 * HOUR_MS
      ? (['minute', MINUTE_MS] as const)
      : size < 3 * DAY_MS
        ? (['hour', HOUR_MS] as const)
        : (['day', DAY_MS] as const);
  // Rounded towards the deadline: "in 2 hours" must never be 1 h 31 min.
  return { state, amount: Math.floor(left / unitMs) || 0, unit };
}

/** The reading in words of a language, "in 31 hours". */
export function clockWords(reading: ClockReading, language: string): string {
  return new Intl.RelativeTimeFormat(language, { numeric: 'always' }).format(reading.amount, reading.unit);
}
