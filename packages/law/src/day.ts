/**
 * Calendar days of the proleptic Gregorian calendar, written YYYY-MM-DD, and arithmetic on them. No time zone is
 * involved here; `zone.ts` says which instant a day begins at in a place.
 *
 * Range: 1900-01-01 to 2199-12-31. Nothing in the law rows lies outside, and a typed year of 20026 is refused early.
 * @module
 */

/** A calendar day, YYYY-MM-DD; made by `parseDay`. Days compare as text. */
export type Day = string & { readonly __brand: 'Day' };

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAY_MS = 86_400_000;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;

/** @throws {RangeError} unless `text` is a real day from 1900-01-01 to 2199-12-31, written YYYY-MM-DD */
export function parseDay(text: string): Day {
  const found = SHAPE.exec(text);
  if (found === null) throw new RangeError('day: expected YYYY-MM-DD');
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) {
    throw new RangeError('day: expected a day that the calendar has');
  }
  return write(year, month, day);
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
  const at = year * 12 + (month - 1) + count;
  const toYear = Math.floor(at / 12);
  const toMonth = (at % 12) + 1;
  return write(toYear, toMonth, Math.min(date, daysInMonth(toYear, toMonth)));
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
  const { year, month, date } = partsOf(day);
  return Date.UTC(year, month - 1, date);
}

/** How many days the month (1–12) has. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The UTC day of an instant, milliseconds since 1970. @throws {RangeError} outside the range of days */
export function fromUtcMidnight(ms: number): Day {
  const at = new Date(ms);
  return write(at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate());
}

function write(year: number, month: number, day: number): Day {
  if (!(year >= FIRST_YEAR && year <= LAST_YEAR))
    throw new RangeError('day: expected a year from 1900 to 2199');
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}` as Day;
}
