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
import type { Cell, Mark } from './right.ts';

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

/** Every clock, the shortest first. */
export const PERSON_CLOCKS: readonly PersonClock[] = [
  evidence(),
  clock(
    'CL-DE',
    'DE',
    ['DE-201A', 'DE-184K', 'DE-KUG33'],
    [['act', 'awareness', 'offender-known'], 3],
    'the complaint for §201a, §184k (unless of public interest) and KUG §33',
    'T',
    true,
  ),
  clock(
    'CL-CH',
    'CH',
    ['CH-197A'],
    [['offender-known'], 3],
    'the complaint about forwarding, not about publishing',
    'K',
  ),
  clock(
    'CL-IT-Q',
    'IT',
    ['IT-612Q'],
    [['awareness'], 3],
    'the complaint about a deepfake (three months are assumed)',
    '2',
  ),
  clock('CL-IT-T', 'IT', ['IT-612T'], [['awareness'], 6], 'the complaint about an authentic image', 'K'),
  clock('CL-PT', 'PT', ['PT-193'], [['awareness'], 6], 'the complaint, unless of public interest', 'K'),
  clock('CL-JP', 'JP', ['JP-2014'], [['offender-known'], 6], 'the complaint', 'K'),
  clock('CL-TW', 'TW', ['TW-319'], [['offender-known'], 6], 'the complaint', 'K'),
  clock('CL-GB', 'GB-EW', ['GB-EW-66B1'], [['act'], 6], 'the basic offence of sharing only', '2'),
  clock('CL-CA-SUM', 'CA', ['CA-162'], [['act'], 12], 'the summary route only', '2'),
  {
    ...clock('CL-US-CA', 'US-CA', ['US-CA-647'], [['awareness'], 12], 'the criminal charge', '2'),
    counts: [
      { from: ['awareness'], months: 12 },
      { from: ['act'], months: 48 },
    ],
  },
  {
    ...clock(
      'CL-AU-TORT',
      'AU',
      [],
      [['awareness'], 12],
      'the action for serious invasion of privacy (the outer limit of three years is general knowledge)',
      '2',
    ),
    counts: [
      { from: ['awareness'], months: 12 },
      { from: ['act'], months: 36 },
    ],
  },
  {
    ...clock('CL-US-NY', 'US-NY', ['US-NY-52B'], [['act'], 36], 'the civil action', '2'),
    counts: [
      { from: ['act'], months: 36 },
      { from: ['awareness'], months: 12 },
    ],
    join: 'later',
  },
  clock('CL-IE', 'IE', ['IE-2', 'IE-3'], [['act'], 24], 'section 3, and section 2 by the summary route', 'T'),
  {
    ...clock('CL-GB-CR', 'GB-EW', ['GB-EW-66EF'], [['act'], 36], 'the offence of creating', '2'),
    counts: [
      { from: ['evidence'], months: 6 },
      { from: ['act'], months: 36 },
    ],
  },
  clock('CL-US-F', 'US', ['US-F-6851'], [['act'], 48], 'the federal civil action', 'K'),
  clock('CL-ES', 'ES', ['ES-1977'], [['act'], 60], 'the prosecution', 'K'),
  clock('CL-FR', 'FR', ['FR-2262', 'FR-22621', 'FR-22681'], [['act'], 72], 'the prosecution', 'K'),
];

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

function clock(
  id: string,
  place: string,
  rights: readonly string[],
  count: readonly [from: readonly PersonEvent[], months: number],
  lost: string,
  mark: Mark,
  eachOffender = false,
): PersonClock {
  const [from, months] = count;
  return { id, place, rights, counts: [{ from, months }], join: 'earlier', eachOffender, lost: [lost, mark] };
}

/** Logs at a platform last days to months: no count, only "now", and a request to preserve comes first. */
function evidence(): PersonClock {
  return {
    id: 'CL-EVID',
    place: 'world',
    rights: [],
    counts: [],
    join: 'earlier',
    eachOffender: false,
    lost: ['logs at the platform, after days to months: ask it to preserve them first', 'K'],
  };
}
