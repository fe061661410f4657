/**
 * The clock sheet of the United States: requests under the TAKE IT DOWN Act, how many were valid, and what became of them.
 *
 * 47 U.S.C. 223a(a)(3): as soon as possible, and at the latest 48 hours after a valid request. No report is prescribed;
 * these are the figures that the Federal Trade Commission would ask for. The limit comes from the row `US-TIDA-REMOVE`,
 * through the same clock that the queue shows. A request that lacks an element started no clock and is not late.
 * @module
 */

import { type ClockEvent, readClock } from '../duty/clock.ts';
import { ruleById } from '../duty/rules.ts';
import type { Zone } from '../zone.ts';
import type { Cell, Table } from './csv.ts';
import { inPeriod, medianHours, quantileHours, type ReportFrame } from './period.ts';

/** One request: whether it has every element, and its events, among them `notice-received`, `removed`, `decision-told`. */
export interface UsRequest {
  readonly id: string;
  readonly complete: boolean;
  readonly events: readonly ClockEvent[];
  /** When whoever sent it took it back, before it was decided. */
  readonly withdrawnAtMs?: number;
}

/** What became of a request, in the order of the sheet. Each request is in exactly one. */
export const US_OUTCOMES = [
  'not-valid',
  'no-clock',
  'removed-in-time',
  'removed-late',
  'not-removed',
  'withdrawn',
  'breached',
  'running',
] as const;

/** One outcome. */
export type UsOutcome = (typeof US_OUTCOMES)[number];

const WORDS: Readonly<Record<UsOutcome, string>> = {
  'not-valid': 'Requests that lack an element, so that no clock started',
  'no-clock': 'Valid requests whose clock had not started (received before the rule was in force)',
  'removed-in-time': 'Removed within the limit',
  'removed-late': 'Removed after the limit (breached)',
  'not-removed': 'Decided within the limit not to remove',
  withdrawn: 'Taken back within the limit by whoever sent it, before a decision',
  breached: 'Neither removed nor decided within the limit (breached)',
  running: 'Open, within the limit',
};

/** What became of the request at `nowMs`. @throws {RangeError} if a moment is no instant */
export function usOutcome(
  request: UsRequest,
  nowMs: number,
  zone: Zone,
): { readonly outcome: UsOutcome; readonly tookMs: number | null } {
  const clock = readClock(ruleById('US-TIDA-REMOVE'), {
    events: request.events,
    noticeComplete: request.complete,
    hasContact: true,
    nowMs,
    platformZone: zone,
  });
  switch (clock.kind) {
    case 'not-started':
      return { outcome: request.complete ? 'no-clock' : 'not-valid', tookMs: null };
    case 'met':
      return { outcome: 'removed-in-time', tookMs: clock.endMs - clock.startMs };
    case 'met-late':
      return { outcome: 'removed-late', tookMs: clock.endMs - clock.startMs };
    case 'running':
    case 'breached': {
      const due = clock.dueMs ?? Number.POSITIVE_INFINITY;
      // Told no in time: whether the refusal was right is for the complaint, not for the clock.
      const told = request.events.some(
        ({ kind, atMs }) => kind === 'decision-told' && atMs <= Math.min(due, nowMs),
      );
      if (told) return { outcome: 'not-removed', tookMs: null };
      // Taken back after the limit it was late all the same.
      const back = (request.withdrawnAtMs ?? Number.POSITIVE_INFINITY) <= Math.min(due, nowMs);
      return { outcome: back ? 'withdrawn' : clock.kind, tookMs: null };
    }
    case 'over':
    case 'cancelled':
      throw new TypeError('clock sheet: the rule has no such end');
    default:
      return clock satisfies never;
  }
}

/** The sheet, over requests received in the period. */
export function usClockSheet(requests: readonly UsRequest[], frame: ReportFrame, nowMs: number): Table {
  const within = inPeriod(frame);
  const received = requests.filter(({ events }) =>
    events.some(({ kind, atMs }) => kind === 'notice-received' && within({ at: atMs })),
  );
  const outcomes = received.map((request) => usOutcome(request, nowMs, frame.zone));
  const count = (wanted: UsOutcome) => outcomes.filter(({ outcome }) => outcome === wanted).length;
  const took = outcomes.flatMap(({ tookMs }) => (tookMs === null ? [] : [tookMs]));
  const line = (name: string, value: Cell): readonly Cell[] => [
    frame.service,
    `${frame.from}/${frame.to}`,
    name,
    value,
  ];
  return {
    header: ['Service', 'Period', 'Figure', 'Value'],
    rows: [
      line('Requests received', received.length),
      line('Valid requests', received.filter(({ complete }) => complete).length),
      ...US_OUTCOMES.map((each) => line(WORDS[each], count(each))),
      line('Median hours from a valid request to removal', medianHours(took)),
      line('Hours within which 95 in 100 removals were done', quantileHours(took, 0.95)),
    ],
  };
}
