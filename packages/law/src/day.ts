/**
 * Calendar days of the proleptic Gregorian calendar, written YYYY-MM-DD, and arithmetic on them. No time zone is
 * involved here; `zone.ts` says which instant a day begins at in a place.
 *
 * Range: 1900-01-01 to 2199-12-31. Nothing in the law rows lies outside, and a typed year of 20026 is refused early.
 * @module
 */

/** A calendar day, YYYY-MM-DD; made by `parseDay`. Days compare as text. */
export type Day = string & { readonly __brand: 'Day' };

const SHAPE = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;
const FIRST_MS = Date.UTC(1900);
const END_MS = Date.UTC(2200);

/** @throws {RangeError} unless `text` is a real day from 1900-01-01 to 2199-12-31, written YYYY-MM-DD */
export function parseDay(text: string): Day {
  if (!SHAPE.test(text)) throw new RangeError('day: expected YYYY-MM-DD');
  const at = Date.parse(text);
  // Some runtimes read 30 February as a day of March, others not at all.
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text)
    throw new RangeError('day: expected a day that the calendar has');
  return fromUtcMidnight(at);
}

/** The day `count` days later (earlier if negative). @throws {RangeError} outside the range of days */
export function addDays(day: Day, count: number): Day {
  if (!Number.isSafeInteger(count)) throw new RangeError('days: expected a whole number');
  return fromUtcMidnight(utcMidnight(day) + count * DAY_MS);
}

/**
 * The same number of the month `count` months later; the last day of that month where it has no such number, as
 * Regulation (EEC, Euratom) 1182/71 Art. 3(2)(c) and BGB section 188(3) both count.
 * @throws {RangeError} outside the range of days
 */
export function addMonths(day: Day, count: number): Day {
  if (!Number.isSafeInteger(count)) throw new RangeError('months: expected a whole number');
  const { year, month, date } = partsOf(day);
  const first = Date.UTC(year, month - 1 + count);
  const days = (Date.UTC(year, month + count) - first) / DAY_MS;
  return fromUtcMidnight(first + (Math.min(date, days) - 1) * DAY_MS);
}

/** 0 Sunday to 6 Saturday. */
export function weekday(day: Day): number {
  return new Date(utcMidnight(day)).getUTCDay();
}

/** Year, month 1–12 and day of the month. */
export function partsOf(day: Day): { readonly year: number; readonly month: number; readonly date: number } {
  return { year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), date: Number(day.slice(8, 10)) };
}

/** The day as the instant of its UTC midnight, milliseconds since 1970. */
export function utcMidnight(day: Day): number {
  return Date.parse(day);
}

/** The UTC day of an instant, milliseconds since 1970. @throws {RangeError} outside the range of days */
export function fromUtcMidnight(ms: number): Day {
  if (!(ms >= FIRST_MS && ms < END_MS)) throw new RangeError('day: expected a year from 1900 to 2199');
  return new Date(ms).toISOString().slice(0, 10) as Day;
}
