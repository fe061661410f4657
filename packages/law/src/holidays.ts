/**
 * Days that a rule does not count: weekends, and public holidays where the rule counts business days.
 *
 * `us-federal`: the eleven legal public holidays of 5 U.S.C. 6103(a), with the Friday before or the Monday after when
 * one falls on a weekend (6103(b) and Executive Order 11582). `weekend`: Saturday and Sunday only. Whether a statute that
 * says "business day" without defining it (17 U.S.C. 512) means federal holidays is an assumption; it lengthens nothing
 * for the person, since the count with holidays ends later only for putting content back.
 * @module
 */

import { addDays, type Day, parseDay, partsOf, weekday } from './day.ts';

/** Which days do not count. */
export type Calendar = 'weekend' | 'us-federal';

const SUNDAY = 0;
const MONDAY = 1;
const THURSDAY = 4;
const SATURDAY = 6;

/** Whether the day counts as a business day. */
export function isBusinessDay(day: Day, calendar: Calendar): boolean {
  const on = weekday(day);
  if (on === SATURDAY || on === SUNDAY) return false;
  switch (calendar) {
    case 'weekend':
      return true;
    case 'us-federal':
      return !isFederalHoliday(day);
    default:
      return calendar satisfies never;
  }
}

/** The `count`-th business day after `day`; the day itself is not counted. @throws {RangeError} unless count is 0 to 1000 */
export function addBusinessDays(day: Day, count: number, calendar: Calendar): Day {
  if (!Number.isSafeInteger(count) || count < 0 || count > 1000) {
    throw new RangeError('business days: expected a whole number from 0 to 1000');
  }
  let at = day;
  for (let left = count; left > 0; ) {
    at = addDays(at, 1);
    if (isBusinessDay(at, calendar)) left -= 1;
  }
  return at;
}

/** The day itself if it counts, else the next one that does. */
export function nextBusinessDay(day: Day, calendar: Calendar): Day {
  return isBusinessDay(day, calendar) ? day : addBusinessDays(day, 1, calendar);
}

function isFederalHoliday(day: Day): boolean {
  const { year } = partsOf(day);
  // The first of January of the next year may be observed on 31 December of this one.
  return [...federalHolidays(year), fixed(year + 1, 1, 1)].some((holiday) => observed(holiday) === day);
}

/** The eleven holidays of a year, on their own days. Juneteenth since 2021. */
function federalHolidays(year: number): readonly Day[] {
  const days = [
    fixed(year, 1, 1),
    nth(year, 1, MONDAY, 3),
    nth(year, 2, MONDAY, 3),
    last(year, 5, MONDAY),
    fixed(year, 7, 4),
    nth(year, 9, MONDAY, 1),
    nth(year, 10, MONDAY, 2),
    fixed(year, 11, 11),
    nth(year, 11, THURSDAY, 4),
    fixed(year, 12, 25),
  ];
  return year >= 2021 ? [...days, fixed(year, 6, 19)] : days;
}

function observed(holiday: Day): Day {
  const on = weekday(holiday);
  if (on === SATURDAY) return addDays(holiday, -1);
  return on === SUNDAY ? addDays(holiday, 1) : holiday;
}

function fixed(year: number, month: number, date: number): Day {
  return parseDay(`${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`);
}

function nth(year: number, month: number, on: number, count: number): Day {
  const first = fixed(year, month, 1);
  return addDays(first, ((on - weekday(first) + 7) % 7) + (count - 1) * 7);
}

function last(year: number, month: number, on: number): Day {
  const fifth = nth(year, month, on, 5);
  return partsOf(fifth).month === month ? fifth : addDays(fifth, -7);
}
