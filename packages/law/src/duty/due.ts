/**
 * From an event and a limit to a moment.
 *
 * Method. Hours are elapsed time, so a day of 23 or 25 hours changes nothing. Days, months and business days are counted
 * in the zone of the rule: the day of the event is not counted and the last day counts to its last millisecond (the common
 * rule of Regulation 1182/71 Art. 3, BGB sections 187–188 and California Civil Code section 10; where a statute of the rows
 * counts otherwise, its text has not been read). `dueMs` is the last moment in time, inclusive; one millisecond later is a
 * breach. A due day that falls on a weekend or holiday is not moved: an earlier date harms nobody who acts by it.
 * @module
 */

import { addDays, addMonths } from '../day.ts';
import { addBusinessDays } from '../holidays.ts';
import { dayAt, endOfDay, requireInstant, type Zone } from '../zone.ts';
import type { Limit } from './rule.ts';

/** The moments of a limit. */
export interface Due {
  /** The last moment in time. */
  readonly dueMs: number;
  /** The first moment at which the act is allowed, where the law forbids an earlier one. */
  readonly notBeforeMs?: number;
}

const HOUR_MS = 3_600_000;

/**
 * When a limit that started at `startMs` is due; undefined where the limit has no number.
 * @throws {RangeError} if `startMs` is no instant, or a count leaves the calendar
 */
export function dueAfter(limit: Limit, startMs: number, zone: Zone): Due | undefined {
  requireInstant(startMs);
  switch (limit.kind) {
    case 'hours':
      return { dueMs: startMs + limit.count * HOUR_MS };
    case 'days':
      return { dueMs: endOfDay(addDays(dayAt(startMs, zone), limit.count), zone) };
    case 'months':
      return { dueMs: endOfDay(addMonths(dayAt(startMs, zone), limit.count), zone) };
    case 'business-days': {
      const day = dayAt(startMs, zone);
      return {
        notBeforeMs: endOfDay(addBusinessDays(day, limit.notBefore, limit.calendar), zone) + 1,
        dueMs: endOfDay(addBusinessDays(day, limit.count, limit.calendar), zone),
      };
    }
    case 'same-day':
      return { dueMs: endOfDay(dayAt(startMs, zone), zone) };
    case 'words':
    case 'per-order':
    case 'until-event':
    case 'unknown':
      return undefined;
    default:
      return limit satisfies never;
  }
}

/** The limit in words, for a reader; `unknown` prints "unconfirmed". */
export function limitWords(limit: Limit): string {
  switch (limit.kind) {
    case 'hours':
      return `${limit.count} ${limit.count === 1 ? 'hour' : 'hours'}`;
    case 'days':
      return `${limit.count} days`;
    case 'months':
      return limit.count % 12 === 0 ? years(limit.count / 12) : `${limit.count} months`;
    case 'business-days':
      return `${limit.notBefore} to ${limit.count} business days`;
    case 'words':
      return limit.words;
    case 'same-day':
      return 'on the same day at the latest';
    case 'per-order':
      return 'as the order says';
    case 'until-event':
      return 'until it is decided';
    case 'unknown':
      return 'unconfirmed';
    default:
      return limit satisfies never;
  }
}

function years(count: number): string {
  return count === 1 ? '1 year' : `${count} years`;
}
