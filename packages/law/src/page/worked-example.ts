/**
 * Worked examples: for each regime what happened and what its clock says, as a lawyer would check it by hand. The answers
 * are written down, not computed; a test computes them and compares. They stand on the pages of docs/law.
 *
 * Moments are written with their offset from UTC, and read in the zone of the rule.
 * @module
 */

import { type Clock, readClock } from '../duty/clock.ts';
import { NOT_STARTED_WORDS } from '../duty/clock-words.ts';
import type { EventKind, RegimeId } from '../duty/rule.ts';
import { ruleById } from '../duty/rules.ts';
import { parseZone, wallClock, type Zone } from '../zone.ts';

/** One example. */
export interface WorkedExample {
  readonly regime: RegimeId;
  readonly rule: string;
  readonly said: string;
  /** What happened when: ISO 8601 with an offset. */
  readonly events: readonly (readonly [EventKind, string])[];
  /** When somebody looks at the clock. */
  readonly asked: string;
  /** Where the service is, for rules that count days there. */
  readonly platformZone: string;
  readonly complete: boolean;
  readonly contact: boolean;
  /** What the clock says then, in the words of `exampleAnswer`. */
  readonly answer: string;
}

const SENT = 'notice-received';

/** The examples, by regime. */
export const WORKED_EXAMPLES: readonly WorkedExample[] = [
  ...of('in-rules', 'Asia/Kolkata', [
    [
      'IN-INTIMATE',
      'Two hours',
      [[SENT, '2026-11-22T15:30+05:30']],
      '2026-11-22T17:29+05:30',
      'running; due 2026-11-22 17:30',
    ],
    [
      'IN-INTIMATE',
      'A minute too late',
      [[SENT, '2026-11-22T15:30+05:30']],
      '2026-11-22T17:31+05:30',
      'breached; due 2026-11-22 17:30',
    ],
    [
      'IN-INTIMATE',
      'Removed in time',
      [
        [SENT, '2026-11-22T15:30+05:30'],
        ['removed', '2026-11-22T16:00+05:30'],
      ],
      '2026-11-23T10:00+05:30',
      'met; due 2026-11-22 17:30',
    ],
    [
      'IN-INTIMATE',
      'The day before the amendment: 24 hours',
      [[SENT, '2026-02-19T15:30+05:30']],
      '2026-02-19T18:00+05:30',
      'running; due 2026-02-20 15:30',
    ],
    [
      'IN-INTIMATE',
      'Midnight in India counts, not in Greenwich',
      [[SENT, '2026-02-20T00:00+05:30']],
      '2026-02-20T00:30+05:30',
      'running; due 2026-02-20 02:00',
    ],
    [
      'IN-ACK',
      'The acknowledgement, 24 hours',
      [
        [SENT, '2026-11-22T15:30+05:30'],
        ['receipt-confirmed', '2026-11-22T15:35+05:30'],
      ],
      '2026-11-24T00:00+05:30',
      'met; due 2026-11-23 15:30',
    ],
    [
      'IN-ORDER',
      'An order, three hours',
      [['order-received', '2026-11-22T10:00+05:30']],
      '2026-11-22T12:00+05:30',
      'running; due 2026-11-22 13:00',
    ],
  ]),
  ...of('us-tida', 'America/New_York', [
    [
      'US-TIDA-REMOVE',
      'A valid request, 48 hours',
      [[SENT, '2026-11-20T10:00-05:00']],
      '2026-11-21T10:00-05:00',
      'running; due 2026-11-22 10:00',
    ],
    [
      'US-TIDA-COPIES',
      'Known identical copies: a duty of its own, the same 48 hours',
      [
        [SENT, '2026-11-20T10:00-05:00'],
        ['removed', '2026-11-20T12:00-05:00'],
      ],
      '2026-11-22T10:01-05:00',
      'breached; due 2026-11-22 10:00',
    ],
    [
      'US-TIDA-COPIES',
      'Copies removed with the item',
      [
        [SENT, '2026-11-20T10:00-05:00'],
        ['copies-removed', '2026-11-20T12:00-05:00'],
      ],
      '2026-11-22T10:01-05:00',
      'met; due 2026-11-22 10:00',
    ],
    [
      'US-TIDA-REMOVE',
      'The night when clocks go back: 48 hours are 48 hours, the hand shows 47',
      [[SENT, '2026-10-31T12:00-04:00']],
      '2026-11-01T12:00-05:00',
      'running; due 2026-11-02 11:00',
    ],
    [
      'US-TIDA-REMOVE',
      'The night when clocks go forward: the hand shows 49',
      [[SENT, '2027-03-13T12:00-05:00']],
      '2027-03-14T12:00-04:00',
      'running; due 2027-03-15 13:00',
    ],
    [
      'US-TIDA-REMOVE',
      'The day before the duty',
      [[SENT, '2026-05-18T12:00-04:00']],
      '2026-05-25T12:00-04:00',
      'not started: the rule was not yet in force',
    ],
    [
      'US-TIDA-REMOVE',
      'Removed after 50 hours',
      [
        [SENT, '2026-11-20T10:00-05:00'],
        ['removed', '2026-11-22T12:00-05:00'],
      ],
      '2026-11-23T00:00-05:00',
      'met, late; due 2026-11-22 10:00',
    ],
  ]),
  {
    ...of('us-tida', 'America/New_York', [
      [
        'US-TIDA-REMOVE',
        'One element is missing',
        [[SENT, '2026-11-20T10:00-05:00']],
        '2026-11-25T10:00-05:00',
        'not started: the notice lacks an element',
      ],
    ])[0]!,
    complete: false,
  },
  ...of('us-ut', 'America/Denver', [
    [
      'US-UT',
      'In force, but nobody found since when',
      [[SENT, '2026-11-20T10:00-07:00']],
      '2026-11-25T10:00-07:00',
      'unconfirmed: no clock is running; it would be due 2026-11-22 10:00',
    ],
  ]),
  ...of('us-ca', 'America/Los_Angeles', [
    [
      'US-CA-CONFIRM',
      'Confirm receipt, 48 hours',
      [[SENT, '2026-11-02T09:00-08:00']],
      '2026-11-03T09:00-08:00',
      'running; due 2026-11-04 09:00',
    ],
    [
      'US-CA-UPDATE',
      'Tell the status, seven days from the confirmation',
      [
        [SENT, '2026-11-02T09:00-08:00'],
        ['receipt-confirmed', '2026-11-02T10:00-08:00'],
      ],
      '2026-11-05T09:00-08:00',
      'running; due 2026-11-09 23:59',
    ],
    [
      'US-CA-UPDATE',
      'Seven days over the end of summer time',
      [
        [SENT, '2026-10-29T09:00-07:00'],
        ['receipt-confirmed', '2026-10-29T10:00-07:00'],
      ],
      '2026-11-01T09:00-08:00',
      'running; due 2026-11-05 23:59',
    ],
    [
      'US-CA-DECIDE',
      'Decide, 30 days from the confirmation',
      [
        [SENT, '2026-11-02T09:00-08:00'],
        ['receipt-confirmed', '2026-11-02T10:00-08:00'],
      ],
      '2026-11-20T09:00-08:00',
      'running; due 2026-12-02 23:59',
    ],
    [
      'US-CA-DECIDE',
      'A delay was told: 60 days from the report at most',
      [
        [SENT, '2026-11-02T09:00-08:00'],
        ['receipt-confirmed', '2026-11-02T10:00-08:00'],
        ['delay-told', '2026-11-28T10:00-08:00'],
      ],
      '2026-12-20T09:00-08:00',
      'running; due 2027-01-01 23:59',
    ],
    [
      'US-CA-BLOCK',
      'Blocked for the time being, until it is decided',
      [
        [SENT, '2026-11-02T09:00-08:00'],
        ['decision-told', '2026-11-20T09:00-08:00'],
      ],
      '2026-11-21T09:00-08:00',
      'met',
    ],
  ]),
  ...of('us-dmca', 'America/New_York', [
    [
      'US-DMCA-REMOVE',
      'The law has no number',
      [[SENT, '2026-11-02T09:00-05:00']],
      '2026-11-20T09:00-05:00',
      'running, without a number in the law',
    ],
    [
      'US-DMCA-PUTBACK',
      'Put back after 10 and within 14 business days; two holidays are left out',
      [['counter-notice-received', '2026-11-10T09:00-05:00']],
      '2026-11-20T09:00-05:00',
      'running; not before 2026-11-26 00:00; due 2026-12-02 23:59',
    ],
    [
      'US-DMCA-PUTBACK',
      'Court action ends the duty',
      [
        ['counter-notice-received', '2026-11-10T09:00-05:00'],
        ['court-action-told', '2026-11-20T09:00-05:00'],
      ],
      '2026-12-20T09:00-05:00',
      'no longer owed; not before 2026-11-26 00:00; due 2026-12-02 23:59',
    ],
  ]),
  ...of('us-2258a', 'America/New_York', [
    [
      'US-2258A',
      'Report as soon as reasonably possible: no number',
      [['child-abuse-known', '2026-11-02T09:00-05:00']],
      '2026-11-03T09:00-05:00',
      'running, without a number in the law',
    ],
    [
      'US-2258A-HOLD',
      'What was reported is kept for a year',
      [['child-abuse-reported', '2026-11-02T09:00-05:00']],
      '2027-06-01T09:00-04:00',
      'running; due 2027-11-02 23:59',
    ],
    [
      'US-2258A-HOLD',
      'After the year',
      [['child-abuse-reported', '2026-11-02T09:00-05:00']],
      '2027-11-03T00:00-04:00',
      'the time to keep it is over; due 2027-11-02 23:59',
    ],
    [
      'US-2258A-HOLD',
      'Reported on a leap day',
      [['child-abuse-reported', '2028-02-29T09:00-05:00']],
      '2028-06-01T09:00-04:00',
      'running; due 2029-02-28 23:59',
    ],
  ]),
  ...of('uk-osa', 'Europe/London', [
    [
      'UK-OSA-IIC',
      'Enacted; the day on which it begins was not found',
      [[SENT, '2026-11-20T10:00+00:00']],
      '2026-11-25T10:00+00:00',
      'unconfirmed: no clock is running; it would be due 2026-11-22 10:00',
    ],
  ]),
  ...of('uk-nca', 'Europe/London', [
    [
      'UK-NCA',
      'In force; the time frame was not read',
      [['child-abuse-known', '2026-11-20T10:00+00:00']],
      '2026-11-25T10:00+00:00',
      'unconfirmed: no clock is running',
    ],
  ]),
  ...of('au-osa', 'Australia/Sydney', [
    [
      'AU-IMG-PROVIDER',
      'The removal notice of the Commissioner, 24 hours',
      [['authority-notice-received', '2026-11-20T10:00+11:00']],
      '2026-11-20T20:00+11:00',
      'running; due 2026-11-21 10:00',
    ],
    [
      'AU-IMG-PROVIDER',
      'A notice of the person starts nothing here',
      [[SENT, '2026-11-20T10:00+11:00']],
      '2026-11-25T20:00+11:00',
      'not started: it waits for its event',
    ],
    [
      'AU-IMG-PROVIDER',
      'The night when summer time begins',
      [['authority-notice-received', '2026-10-03T12:00+10:00']],
      '2026-10-04T10:00+11:00',
      'running; due 2026-10-04 13:00',
    ],
    [
      'AU-IMG-HOST',
      'The hosting provider, the same 24 hours',
      [['authority-notice-received', '2026-11-20T10:00+11:00']],
      '2026-11-21T10:01+11:00',
      'breached; due 2026-11-21 10:00',
    ],
  ]),
  ...of('eu-dsa', 'Europe/Berlin', [
    [
      'EU-DSA-ACK',
      'Confirm receipt: without undue delay, no number',
      [[SENT, '2026-11-20T10:00+01:00']],
      '2026-11-25T10:00+01:00',
      'running, without a number in the law',
    ],
    [
      'EU-DSA-ACK',
      'Confirmed',
      [
        [SENT, '2026-11-20T10:00+01:00'],
        ['receipt-confirmed', '2026-11-20T10:01+01:00'],
      ],
      '2026-11-25T10:00+01:00',
      'met',
    ],
    [
      'EU-DSA-DECIDE',
      'Decide: timely, no number; never called late by us',
      [[SENT, '2026-05-20T10:00+02:00']],
      '2026-11-25T10:00+01:00',
      'running, without a number in the law',
    ],
    [
      'EU-DSA-SOR',
      'The statement of reasons on the day of the restriction',
      [['restriction-imposed', '2026-11-20T23:30+01:00']],
      '2026-11-20T23:40+01:00',
      'running; due 2026-11-20 23:59',
    ],
    [
      'EU-DSA-SOR',
      'Given after midnight',
      [
        ['restriction-imposed', '2026-11-20T23:30+01:00'],
        ['reasons-given', '2026-11-21T00:05+01:00'],
      ],
      '2026-11-22T10:00+01:00',
      'met, late; due 2026-11-20 23:59',
    ],
    [
      'EU-DSA-COMPLAINT-OPEN',
      'Complaints are open for six months',
      [['decision-told', '2026-11-20T10:00+01:00']],
      '2027-05-20T10:00+02:00',
      'running; due 2027-05-20 23:59',
    ],
    [
      'EU-DSA-COMPLAINT-OPEN',
      'Six months from 31 August end on the last day of February',
      [['decision-told', '2026-08-31T10:00+02:00']],
      '2027-03-01T00:00+01:00',
      'the window is over; due 2027-02-28 23:59',
    ],
    [
      'EU-DSA-TDB',
      'The record in the database: without undue delay',
      [
        ['reasons-given', '2026-11-20T10:00+01:00'],
        ['reasons-recorded', '2026-11-20T11:00+01:00'],
      ],
      '2026-11-22T10:00+01:00',
      'met',
    ],
    [
      'EU-DSA-ORDER',
      'An order: as it says itself',
      [['order-received', '2026-11-20T10:00+01:00']],
      '2026-11-22T10:00+01:00',
      'running, without a number in the law',
    ],
  ]),
  {
    ...of('eu-dsa', 'Europe/Berlin', [
      [
        'EU-DSA-ACK',
        'No address was given: nothing to confirm to',
        [[SENT, '2026-11-20T10:00+01:00']],
        '2026-11-25T10:00+01:00',
        'not started: no electronic contact was given',
      ],
    ])[0]!,
    contact: false,
  },
  ...of('eu-vaw', 'Europe/Berlin', [
    [
      'EU-VAW',
      'National law has until June 2027',
      [['order-received', '2026-11-20T10:00+01:00']],
      '2026-11-22T10:00+01:00',
      'not started: the rule was not yet in force',
    ],
    [
      'EU-VAW',
      'Afterwards: as the order says',
      [['order-received', '2027-07-20T10:00+02:00']],
      '2027-07-22T10:00+02:00',
      'running, without a number in the law',
    ],
  ]),
  ...of('kr-tba', 'Asia/Seoul', [
    [
      'KR-22-5',
      'Without delay; since when was not read',
      [[SENT, '2026-11-20T10:00+09:00']],
      '2026-11-22T10:00+09:00',
      'unconfirmed: no clock is running',
    ],
  ]),
  ...of('it-garante', 'Europe/Rome', [
    [
      'IT-GARANTE',
      'The authority decides within 48 hours; since when was not read',
      [['authority-complaint-received', '2026-11-20T10:00+01:00']],
      '2026-11-22T11:00+01:00',
      'unconfirmed: no clock is running; it would be due 2026-11-22 10:00',
    ],
  ]),
];

/** What the clock of an example says, computed. */
export function computedAnswer(example: WorkedExample): string {
  const rule = ruleById(example.rule);
  const platformZone = parseZone(example.platformZone);
  const clock = readClock(rule, {
    events: example.events.map(([kind, at]) => ({
      kind,
      atMs: Date.parse(at),
      proof: { kind: 'receipt', record: 'example' },
    })),
    noticeComplete: example.complete,
    hasContact: example.contact,
    nowMs: Date.parse(example.asked),
    platformZone,
  });
  return exampleAnswer(clock, rule.zone === 'platform' ? platformZone : rule.zone);
}

/** A clock as the examples write it: its state, and its due moment in the zone given. */
export function exampleAnswer(clock: Clock, zone: Zone): string {
  const at = (ms: number): string => {
    const { day, time } = wallClock(ms, zone);
    return `${day} ${time}`;
  };
  if (clock.kind === 'not-started') {
    const would = clock.wouldBeDueMs === undefined ? '' : `; it would be due ${at(clock.wouldBeDueMs)}`;
    return `${NOT_STARTED_WORDS[clock.reason]}${would}`;
  }
  const before = clock.notBeforeMs === undefined ? '' : `; not before ${at(clock.notBeforeMs)}`;
  const due = clock.dueMs === undefined ? '' : `; due ${at(clock.dueMs)}`;
  return `${stateOf(clock)}${before}${due}`;
}

function stateOf(clock: Exclude<Clock, { readonly kind: 'not-started' }>): string {
  switch (clock.kind) {
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

type Row = readonly [
  rule: string,
  said: string,
  events: WorkedExample['events'],
  asked: string,
  answer: string,
];

function of(regime: RegimeId, platformZone: string, rows: readonly Row[]): readonly WorkedExample[] {
  return rows.map(([rule, said, events, asked, answer]) => {
    return { regime, platformZone, rule, said, events, asked, answer, complete: true, contact: true };
  });
}
