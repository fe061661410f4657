/**
 * A clock in words and numbers for a reader: what state it is in, how much time is left or how late it is, and the due moment
 * in the platform's and the notifier's time zone. English; an interface in another language takes the parts instead.
 * @module
 */

import { SURENESS_WORDS } from '../source.ts';
import { type WallClock, wallClock, type Zone } from '../zone.ts';
import { type Clock, clockSureness, type NotStarted } from './clock.ts';
import { limitWords } from './due.ts';

/** A clock for a reader. */
export interface ClockReading {
  readonly ruleId: string;
  readonly duty: string;
  /** The limit as the law gives it; "unconfirmed" where it was not found. */
  readonly limit: string;
  readonly state: string;
  /** Minutes until due, negative when late; null where there is no due moment or nothing is owed any more. */
  readonly minutesLeft: number | null;
  readonly duePlatform: WallClock | null;
  readonly dueNotifier: WallClock | null;
  readonly cite: string;
  readonly sureness: string;
  readonly checkedOn: string;
}

/** Why a clock has not started, in words. */
export const NOT_STARTED_WORDS: Readonly<Record<NotStarted, string>> = {
  'no-event': 'not started: it waits for its event',
  'no-proof': 'not started: nothing shows that its event took place',
  'event-in-future': 'not started: the date given lies in the future',
  'incomplete-notice': 'not started: the notice lacks an element',
  'no-contact': 'not started: no electronic contact was given',
  unconfirmed: 'unconfirmed: no clock is running',
  'before-in-force': 'not started: the rule was not yet in force',
  'no-longer-in-force': 'not started: the rule is no longer in force',
};

const MINUTE_MS = 60_000;

/** What a reader sees of the clock at `nowMs`. @throws {RangeError} if `nowMs` is no instant */
export function clockReading(clock: Clock, nowMs: number, platform: Zone, notifier: Zone): ClockReading {
  wallClock(nowMs, platform);
  const dueMs = clock.kind === 'not-started' ? undefined : clock.dueMs;
  const owed = clock.kind === 'running' || clock.kind === 'breached';
  return {
    ruleId: clock.rule.id,
    duty: clock.rule.duty,
    limit: clock.version.from === 'unknown' ? 'unconfirmed' : limitWords(clock.version.limit),
    state: stateWords(clock),
    // Rounded down, so that nobody is told of a minute that is not there.
    minutesLeft: owed && dueMs !== undefined ? Math.floor((dueMs - nowMs) / MINUTE_MS) : null,
    duePlatform: dueMs === undefined ? null : wallClock(dueMs, platform),
    dueNotifier: dueMs === undefined ? null : wallClock(dueMs, notifier),
    cite: clock.version.source.cite,
    sureness: SURENESS_WORDS[clockSureness(clock)],
    checkedOn: clock.version.source.lastChecked,
  };
}

function stateWords(clock: Clock): string {
  switch (clock.kind) {
    case 'not-started':
      return NOT_STARTED_WORDS[clock.reason];
    case 'running':
      return clock.dueMs === undefined ? 'running, without a number in the law' : 'running';
    case 'over':
      return clock.rule.sense === 'keep' ? 'the time to keep it is over' : 'the window is over';
    case 'met':
      return 'met';
    case 'met-late':
      return 'met, late';
    case 'breached':
      return 'breached';
    case 'cancelled':
      return 'no longer owed';
    default:
      return clock satisfies never;
  }
}
