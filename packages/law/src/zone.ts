/**
 * Time zones: which day an instant falls on in a place, and at which instant a day begins there.
 *
 * The zone data is the runtime's own (IANA, through `Intl.DateTimeFormat`); the arithmetic is ours. A day's beginning is
 * found by halving the thirty hours around its UTC midnight, so days whose midnight does not exist (a clock put forward
 * at 00:00) begin when the first minute of them exists, and a day that a place skipped begins where the next one does.
 * Instants are milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
 * @module
 */

import { addDays, type Day, parseDay, utcMidnight } from './day.ts';

/** An IANA zone that this runtime knows; made by `parseZone`. */
export type Zone = string & { readonly __brand: 'Zone' };

/** Coordinated Universal Time. */
export const UTC: Zone = parseZone('UTC');

/** Offsets run from −12 to +14 hours; one more for the search to begin outside the day. */
const REACH_MS = 15 * 3_600_000;
const FIRST_MS = Date.UTC(1901, 0, 1);
const LAST_MS = Date.UTC(2190, 0, 1);

const formats = new Map<Zone, Intl.DateTimeFormat>();

/** @throws {RangeError} unless the runtime knows the zone; the text given is not repeated */
export function parseZone(name: string): Zone {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
  } catch {
    throw new RangeError('zone: expected an IANA time zone');
  }
  return name as Zone;
}

/** @throws {RangeError} unless `ms` is a whole number of milliseconds from 1901 to 2189 */
export function requireInstant(ms: number): number {
  if (!Number.isSafeInteger(ms) || ms < FIRST_MS || ms >= LAST_MS) {
    throw new RangeError('instant: expected milliseconds since 1970, from 1901 to 2189');
  }
  return ms;
}

/** The wall clock at an instant: the day and the time HH:MM. */
export interface WallClock {
  readonly day: Day;
  /** 00:00 to 23:59. */
  readonly time: string;
}

/** What a clock on the wall shows in `zone` at `ms`. @throws {RangeError} if `ms` is no instant */
export function wallClock(ms: number, zone: Zone): WallClock {
  requireInstant(ms);
  const found: Record<string, string> = {};
  for (const part of formatOf(zone).formatToParts(ms)) found[part.type] = part.value;
  return {
    day: parseDay(`${found['year']}-${found['month']}-${found['day']}`),
    time: `${found['hour']}:${found['minute']}`,
  };
}

/** The day that the instant falls on in the zone. @throws {RangeError} if `ms` is no instant */
export function dayAt(ms: number, zone: Zone): Day {
  return wallClock(ms, zone).day;
}

/** The first instant of the day in the zone. */
export function startOfDay(day: Day, zone: Zone): number {
  const middle = utcMidnight(day);
  let before = middle - REACH_MS;
  let reached = middle + REACH_MS;
  // Transitions fall on whole seconds in the zone data, so seconds are searched: `before` is never in the day yet.
  while (reached - before > 1000) {
    const probe = before + Math.floor((reached - before) / 2000) * 1000;
    if (dayAt(probe, zone) >= day) reached = probe;
    else before = probe;
  }
  return reached;
}

/** The last millisecond of the day in the zone. */
export function endOfDay(day: Day, zone: Zone): number {
  return startOfDay(addDays(day, 1), zone) - 1;
}

function formatOf(zone: Zone): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  formats.set(zone, made);
  return made;
}
