/**
 * Times that a person can miss: when each starts, how long it is, what is lost after it.
 *
 * The shortest start when the offender is known, not at the post: with an unknown poster nothing runs there, and the day on
 * which the name becomes known is an event of the case. The answer is a day that is *best before*, one day earlier than the
 * common count, because laws differ on whether the first day counts and no reading ends earlier. It is never "too late":
 * exceptions, other offences and civil routes remain, and the words of a passed clock say so.
 * @module
 */

import { addDays, addMonths, type Day } from '../day.ts';
import { type Audience, showCell } from './display.ts';
import { PERSON_CLOCKS } from './person-clock-rows.ts';
import type { Cell } from './right.ts';

/** What starts a person's clock. */
export type PersonEvent = 'act' | 'awareness' | 'offender-known' | 'evidence';

/** Days of the case, as the person tells them; undefined for what is not known or has not happened. */
export type PersonEvents = Readonly<Partial<Record<PersonEvent, Day>>>;

/** One count: from an event, in months. With several events it starts at the latest of them, when all are known. */
export interface Count {
  readonly from: readonly PersonEvent[];
  readonly months: number;
}

/** A clock as a row. */
export interface PersonClock {
  readonly id: string;
  readonly place: string;
  /** Rights that it belongs to; empty for evidence. */
  readonly rights: readonly string[];
  readonly counts: readonly Count[];
  /** With several counts: whether the earlier or the later one ends it. */
  readonly join: 'earlier' | 'later';
  /** True where each offender has a clock of their own. */
  readonly eachOffender: boolean;
  readonly lost: Cell;
}

/** Where a clock stands. */
export type PersonClockState =
  | { readonly kind: 'not-started'; readonly clock: PersonClock; readonly waitsFor: readonly PersonEvent[] }
  | { readonly kind: 'now'; readonly clock: PersonClock }
  | { readonly kind: 'running'; readonly clock: PersonClock; readonly bestBefore: Day }
  | {
      readonly kind: 'passed';
      readonly clock: PersonClock;
      readonly bestBefore: Day;
      readonly words: string;
    };

/** What a passed clock says. */
export const PASSED_WORDS =
  'The usual time has passed. Exceptions, other offences and civil routes remain: ask before giving up.';

/** What is said instead of times that nobody confirmed. */
export const SOONER_WORDS =
  'Some places have short times to complain that are not confirmed here. Sooner is better: ask a support service soon.';

/** The clocks that an audience may see, and the sentence that stands for those it may not. */
export interface ShownClocks {
  readonly clocks: readonly PersonClockState[];
  /** Empty where nothing is withheld. */
  readonly instead: string;
}

/**
 * The clocks as far as the audience may see them: the display rule of the rows holds for times too. What is withheld leaves
 * a sentence, because silence would say that there is time.
 */
export function showPersonClocks(states: readonly PersonClockState[], audience: Audience): ShownClocks {
  const clocks = states.filter((each) => {
    const { state } = showCell(each.clock.lost, each.clock.id, audience);
    return state === 'shown' || state === 'marked';
  });
  return { clocks, instead: clocks.length === states.length ? '' : SOONER_WORDS };
}

/** Where the clock stands on the day. */
export function readPersonClock(row: PersonClock, events: PersonEvents, today: Day): PersonClockState {
  if (row.counts.length === 0) return { kind: 'now', clock: row };
  const ends = row.counts.map((count) => endOf(count, events)).filter((day) => day !== undefined);
  // A later-of rule needs every event; an earlier-of rule ends by what is known.
  const enough = row.join === 'later' ? ends.length === row.counts.length : ends.length > 0;
  if (!enough) return { kind: 'not-started', clock: row, waitsFor: waitingFor(row, events) };
  const sorted = [...ends].sort();
  const bestBefore = row.join === 'later' ? sorted.at(-1)! : sorted[0]!;
  if (today <= bestBefore) return { kind: 'running', clock: row, bestBefore };
  return { kind: 'passed', clock: row, bestBefore, words: PASSED_WORDS };
}

/** The clocks of a place (a country with its parts, or a part with its country), the first best-before day first. */
export function personClocksOf(place: string, events: PersonEvents, today: Day): readonly PersonClockState[] {
  const order = { now: 0, running: 1, 'not-started': 2, passed: 3 } as const;
  return PERSON_CLOCKS.filter((each) => isRelated(each.place, place))
    .map((each) => readPersonClock(each, events, today))
    .sort((a, b) => {
      if (a.kind === 'running' && b.kind === 'running') return a.bestBefore < b.bestBefore ? -1 : 1;
      return order[a.kind] - order[b.kind];
    });
}

function endOf(count: Count, events: PersonEvents): Day | undefined {
  const days = count.from.map((each) => events[each]);
  if (days.includes(undefined)) return undefined;
  const start = (days as Day[]).sort().at(-1)!;
  return addDays(addMonths(start, count.months), -1);
}

function waitingFor(row: PersonClock, events: PersonEvents): readonly PersonEvent[] {
  return [...new Set(row.counts.flatMap((count) => count.from))].filter((each) => events[each] === undefined);
}

function isRelated(own: string, place: string): boolean {
  return own === 'world' || own === place || own.startsWith(`${place}-`) || place.startsWith(`${own}-`);
}
