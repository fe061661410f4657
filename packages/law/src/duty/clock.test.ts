import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { parseDay } from '../day.ts';
import { parseZone, wallClock } from '../zone.ts';
import {
  type Clock,
  type ClockEvent,
  type ClockInput,
  clockSureness,
  earliestDue,
  readClock,
} from './clock.ts';
import { type EventKind, pinVersions } from './rule.ts';
import { RULES, ruleById } from './rules.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const BERLIN = parseZone('Europe/Berlin');
const NEW_YORK = parseZone('America/New_York');

function at(text: string): number {
  return Date.parse(text);
}

function event(kind: EventKind, text: string | number): ClockEvent {
  return { kind, atMs: typeof text === 'number' ? text : at(text), proof: { kind: 'receipt', record: 'r1' } };
}

function read(id: string, now: string, events: readonly ClockEvent[], more: Partial<ClockInput> = {}): Clock {
  return readClock(ruleById(id), {
    events,
    noticeComplete: true,
    hasContact: true,
    nowMs: at(now),
    platformZone: BERLIN,
    ...more,
  });
}

/** What a lawyer would check in one line: the state and, where there is one, the due moment in UTC. */
function line(clock: Clock): string {
  if (clock.kind === 'not-started') return `not started: ${clock.reason}`;
  return clock.dueMs === undefined ? clock.kind : `${clock.kind}, due ${new Date(clock.dueMs).toISOString()}`;
}

interface Golden {
  readonly rule: string;
  readonly said: string;
  readonly events: readonly ClockEvent[];
  readonly now: string;
  readonly is: string;
  readonly zone?: typeof BERLIN;
  readonly incomplete?: true;
}

const N = 'notice-received';
const GOLDEN: readonly Golden[] = [
  {
    rule: 'IN-INTIMATE',
    said: 'India, two hours',
    events: [event(N, '2026-11-22T10:00Z')],
    now: '2026-11-22T11:59Z',
    is: 'running, due 2026-11-22T12:00:00.000Z',
  },
  {
    rule: 'IN-INTIMATE',
    said: 'India, late by a minute',
    events: [event(N, '2026-11-22T10:00Z')],
    now: '2026-11-22T12:01Z',
    is: 'breached, due 2026-11-22T12:00:00.000Z',
  },
  {
    rule: 'IN-INTIMATE',
    said: 'India, before the amendment',
    events: [event(N, '2026-02-19T10:00Z')],
    now: '2026-02-19T20:00Z',
    is: 'running, due 2026-02-20T10:00:00.000Z',
  },
  {
    rule: 'IN-INTIMATE',
    said: 'India, midnight there counts, not in UTC',
    events: [event(N, '2026-02-19T18:30Z')],
    now: '2026-02-19T19:00Z',
    is: 'running, due 2026-02-19T20:30:00.000Z',
  },
  {
    rule: 'IN-ACK',
    said: 'India, acknowledgement',
    events: [event(N, '2026-11-22T10:00Z'), event('receipt-confirmed', '2026-11-22T10:05Z')],
    now: '2026-11-23T12:00Z',
    is: 'met, due 2026-11-23T10:00:00.000Z',
  },
  {
    rule: 'IN-ORDER',
    said: 'India, order',
    events: [event('order-received', '2026-11-22T10:00Z')],
    now: '2026-11-22T10:30Z',
    is: 'running, due 2026-11-22T13:00:00.000Z',
  },
  {
    rule: 'IN-GRIEVANCE',
    said: 'India, seven days',
    events: [event(N, '2026-11-22T10:00Z')],
    now: '2026-11-23T10:30Z',
    is: 'running, due 2026-11-29T18:29:59.999Z',
  },
  {
    rule: 'US-TIDA-REMOVE',
    said: 'US, 48 hours',
    events: [event(N, '2026-11-20T10:00Z'), event('removed', '2026-11-22T10:00Z')],
    now: '2026-11-23T00:00Z',
    is: 'met, due 2026-11-22T10:00:00.000Z',
  },
  {
    rule: 'US-TIDA-REMOVE',
    said: 'US, a millisecond late',
    events: [event(N, '2026-11-20T10:00Z'), event('removed', at('2026-11-22T10:00Z') + 1)],
    now: '2026-11-23T00:00Z',
    is: 'met-late, due 2026-11-22T10:00:00.000Z',
  },
  {
    rule: 'US-TIDA-COPIES',
    said: 'US, identical copies in the same 48 hours',
    events: [event(N, '2026-11-20T10:00Z'), event('removed', '2026-11-20T11:00Z')],
    now: '2026-11-22T11:00Z',
    is: 'breached, due 2026-11-22T10:00:00.000Z',
  },
  {
    rule: 'US-TIDA-REMOVE',
    said: 'US, one element missing',
    events: [event(N, '2026-11-20T10:00Z')],
    now: '2026-11-24T00:00Z',
    incomplete: true,
    is: 'not started: incomplete-notice',
  },
  {
    rule: 'US-TIDA-REMOVE',
    said: 'US, before the duty',
    events: [event(N, '2026-05-18T10:00Z')],
    now: '2026-05-24T00:00Z',
    is: 'not started: before-in-force',
  },
  {
    rule: 'US-TIDA-REMOVE',
    said: 'US, over the change from summer time',
    events: [event(N, '2026-10-31T18:00Z')],
    now: '2026-11-01T00:00Z',
    zone: NEW_YORK,
    is: 'running, due 2026-11-02T18:00:00.000Z',
  },
  {
    rule: 'US-UT',
    said: 'Utah, no date found',
    events: [event(N, '2026-11-20T10:00Z')],
    now: '2026-11-24T00:00Z',
    is: 'not started: unconfirmed',
  },
  {
    rule: 'UK-OSA-IIC',
    said: 'UK, provisional',
    events: [event(N, '2026-11-20T10:00Z')],
    now: '2026-11-24T00:00Z',
    is: 'not started: unconfirmed',
  },
  {
    rule: 'UK-NCA',
    said: 'UK, time frame not read',
    events: [event('child-abuse-known', '2026-11-20T10:00Z')],
    now: '2026-11-24T00:00Z',
    is: 'not started: unconfirmed',
  },
  {
    rule: 'EU-DSA-ACK',
    said: 'EU, acknowledgement',
    events: [event(N, '2026-11-20T10:00Z')],
    now: '2026-12-24T00:00Z',
    is: 'running',
  },
  {
    rule: 'EU-DSA-DECIDE',
    said: 'EU, decision',
    events: [event(N, '2026-11-20T10:00Z'), event('decision-told', '2026-11-21T10:00Z')],
    now: '2026-12-24T00:00Z',
    is: 'met',
  },
  {
    rule: 'EU-DSA-SOR',
    said: 'EU, statement of reasons on the day',
    events: [event('restriction-imposed', '2026-11-20T10:00Z')],
    now: '2026-11-20T12:00Z',
    is: 'running, due 2026-11-20T22:59:59.999Z',
  },
  {
    rule: 'EU-DSA-COMPLAINT-OPEN',
    said: 'EU, complaint window, end of February',
    events: [event('decision-told', '2026-08-31T10:00Z')],
    now: '2026-11-20T12:00Z',
    is: 'running, due 2027-02-28T22:59:59.999Z',
  },
  {
    rule: 'EU-DSA-COMPLAINT-OPEN',
    said: 'EU, complaint window over, nobody is late',
    events: [event('decision-told', '2026-03-01T10:00Z')],
    now: '2026-11-20T12:00Z',
    is: 'over, due 2026-09-01T21:59:59.999Z',
  },
  {
    rule: 'EU-DSA-TDB',
    said: 'EU, record',
    events: [event('reasons-given', '2026-11-20T10:00Z')],
    now: '2026-11-20T12:00Z',
    is: 'running',
  },
  {
    rule: 'EU-VAW',
    said: 'EU, directive not yet national law',
    events: [event('order-received', '2026-11-20T10:00Z')],
    now: '2026-11-20T12:00Z',
    is: 'not started: before-in-force',
  },
  {
    rule: 'US-CA-CONFIRM',
    said: 'California, confirmation',
    events: [event(N, '2026-11-20T10:00Z')],
    now: '2026-11-20T12:00Z',
    is: 'running, due 2026-11-22T10:00:00.000Z',
  },
  {
    rule: 'US-CA-UPDATE',
    said: 'California, written status',
    events: [event('receipt-confirmed', '2026-11-20T10:00Z')],
    now: '2026-11-20T12:00Z',
    is: 'running, due 2026-11-28T07:59:59.999Z',
  },
  {
    rule: 'US-CA-DECIDE',
    said: 'California, thirty days from confirmation',
    events: [event(N, '2026-11-19T10:00Z'), event('receipt-confirmed', '2026-11-20T10:00Z')],
    now: '2026-11-20T12:00Z',
    is: 'running, due 2026-12-21T07:59:59.999Z',
  },
  {
    rule: 'US-CA-DECIDE',
    said: 'California, delay told: sixty days from the report',
    events: [
      event(N, '2026-11-19T10:00Z'),
      event('receipt-confirmed', '2026-11-20T10:00Z'),
      event('delay-told', '2026-12-10T10:00Z'),
    ],
    now: '2026-12-20T12:00Z',
    is: 'running, due 2027-01-19T07:59:59.999Z',
  },
  {
    rule: 'US-CA-DECIDE',
    said: 'California, never confirmed: sixty days from the report',
    events: [event(N, '2026-11-19T10:00Z')],
    now: '2026-12-20T12:00Z',
    is: 'running, due 2027-01-19T07:59:59.999Z',
  },
  {
    rule: 'US-CA-BLOCK',
    said: 'California, blocked until decided',
    events: [event(N, '2026-11-19T10:00Z')],
    now: '2026-12-20T12:00Z',
    is: 'running',
  },
  {
    rule: 'US-DMCA-REMOVE',
    said: 'Copyright, no number',
    events: [event(N, '2026-11-19T10:00Z')],
    now: '2026-12-20T12:00Z',
    is: 'running',
  },
  {
    rule: 'US-DMCA-PUTBACK',
    said: 'Copyright, put back over Thanksgiving',
    events: [event('counter-notice-received', '2026-11-13T15:00Z')],
    now: '2026-11-20T12:00Z',
    zone: NEW_YORK,
    is: 'running, due 2026-12-05T04:59:59.999Z',
  },
  {
    rule: 'US-DMCA-PUTBACK',
    said: 'Copyright, court action',
    events: [
      event('counter-notice-received', '2026-11-13T15:00Z'),
      event('court-action-told', '2026-11-20T15:00Z'),
    ],
    now: '2026-12-20T12:00Z',
    zone: NEW_YORK,
    is: 'cancelled, due 2026-12-05T04:59:59.999Z',
  },
  {
    rule: 'AU-IMG-PROVIDER',
    said: 'Australia, 24 hours',
    events: [event('authority-notice-received', '2026-11-19T10:00Z')],
    now: '2026-11-19T12:00Z',
    is: 'running, due 2026-11-20T10:00:00.000Z',
  },
  {
    rule: 'US-2258A',
    said: 'Child lane, report',
    events: [event('child-abuse-known', '2026-11-19T10:00Z')],
    now: '2026-11-19T12:00Z',
    is: 'running',
  },
  {
    rule: 'US-2258A-HOLD',
    said: 'Child lane, hold over a leap day',
    events: [event('child-abuse-reported', '2028-02-29T10:00Z')],
    now: '2028-03-19T12:00Z',
    zone: NEW_YORK,
    is: 'running, due 2029-03-01T04:59:59.999Z',
  },
  {
    rule: 'US-2258A-HOLD',
    said: 'Child lane, hold over',
    events: [event('child-abuse-reported', '2026-01-19T10:00Z')],
    now: '2027-03-19T12:00Z',
    zone: NEW_YORK,
    is: 'over, due 2027-01-20T04:59:59.999Z',
  },
  {
    rule: 'IT-GARANTE',
    said: 'Italy, the authority',
    events: [event('authority-complaint-received', '2026-11-19T10:00Z')],
    now: '2026-11-19T12:00Z',
    is: 'not started: unconfirmed',
  },
  {
    rule: 'KR-22-5',
    said: 'Korea, undated',
    events: [event(N, '2026-11-19T10:00Z')],
    now: '2026-11-19T12:00Z',
    is: 'not started: unconfirmed',
  },
];

for (const golden of GOLDEN) {
  test(`${golden.said}: ${golden.is}`, () => {
    const clock = read(golden.rule, golden.now, golden.events, {
      noticeComplete: golden.incomplete !== true,
      ...(golden.zone === undefined ? {} : { platformZone: golden.zone }),
    });
    assert.equal(line(clock), golden.is);
  });
}

test('an unconfirmed clock tells when it would be due, and is as unsure as the unknown', () => {
  const clock = read('UK-OSA-IIC', '2026-11-24T00:00Z', [event(N, '2026-11-20T10:00Z')]);
  assert.equal(clock.kind === 'not-started' && clock.wouldBeDueMs, at('2026-11-22T10:00Z'));
  assert.equal(clockSureness(clock), 'unknown');
});

test('putting back is not allowed before the tenth business day has ended', () => {
  const clock = read(
    'US-DMCA-PUTBACK',
    '2026-11-20T12:00Z',
    [event('counter-notice-received', '2026-11-13T15:00Z')],
    { platformZone: NEW_YORK },
  );
  assert.ok(clock.kind === 'running');
  assert.deepEqual(wallClock(clock.notBeforeMs!, NEW_YORK), { day: '2026-12-01', time: '00:00' });
});

test('an event without proof starts nothing, and a later one with proof does', () => {
  const unproven: ClockEvent = { kind: N, atMs: at('2026-11-20T10:00Z'), proof: null };
  assert.equal(line(read('US-TIDA-REMOVE', '2026-11-21T00:00Z', [unproven])), 'not started: no-proof');
  const clock = read('US-TIDA-REMOVE', '2026-11-21T00:00Z', [unproven, event(N, '2026-11-20T12:00Z')]);
  assert.equal(line(clock), 'running, due 2026-11-22T12:00:00.000Z');
});

test('an event in the future starts nothing, and an end in the future or before the start ends nothing', () => {
  assert.equal(
    line(read('US-TIDA-REMOVE', '2026-11-20T00:00Z', [event(N, '2026-11-20T10:00Z')])),
    'not started: event-in-future',
  );
  const events = [
    event(N, '2026-11-20T10:00Z'),
    event('removed', '2026-11-20T09:00Z'),
    event('removed', '2026-11-21T10:00Z'),
  ];
  assert.equal(read('US-TIDA-REMOVE', '2026-11-20T12:00Z', events).kind, 'running');
});

test('a notice without an electronic contact asks for no confirmation', () => {
  const clock = read('EU-DSA-ACK', '2026-11-21T00:00Z', [event(N, '2026-11-20T10:00Z')], {
    hasContact: false,
  });
  assert.equal(line(clock), 'not started: no-contact');
});

test('court action after the last day does not undo a breach', () => {
  const events = [
    event('counter-notice-received', '2026-11-13T15:00Z'),
    event('court-action-told', '2026-12-10T15:00Z'),
  ];
  assert.equal(
    read('US-DMCA-PUTBACK', '2026-12-20T12:00Z', events, { platformZone: NEW_YORK }).kind,
    'breached',
  );
});

test('a case keeps the version that it was opened under', () => {
  const pins = pinVersions(RULES, parseDay('2026-02-10'));
  const clock = read('IN-INTIMATE', '2026-03-01T12:00Z', [event(N, '2026-03-01T10:00Z')], { pins });
  assert.equal(line(clock), 'running, due 2026-03-02T10:00:00.000Z');
});

test('of several notices on one content the earliest due clock comes first, and windows never do', () => {
  const now = '2026-11-22T10:30Z';
  const clocks = [
    read('US-TIDA-REMOVE', now, [event(N, '2026-11-20T11:00Z')]),
    read('IN-INTIMATE', now, [event(N, '2026-11-22T10:00Z')]),
    read('EU-DSA-DECIDE', now, [event(N, '2026-11-01T10:00Z')]),
    read('EU-DSA-COMPLAINT-OPEN', now, [event('decision-told', '2026-01-01T10:00Z')]),
    read('UK-OSA-IIC', now, [event(N, '2026-11-01T10:00Z')]),
  ];
  assert.equal(earliestDue(clocks)?.rule.id, 'US-TIDA-REMOVE');
  assert.equal(
    earliestDue([...clocks, read('US-TIDA-COPIES', now, [event(N, '2026-11-10T11:00Z')])])?.kind,
    'breached',
  );
  assert.equal(earliestDue(clocks.slice(2)), undefined);
});

test('time only moves a clock forward: once breached or met it stays so', () => {
  const order = ['not-started', 'running', 'breached'];
  fc.assert(
    fc.property(
      fc.constantFrom(...RULES),
      fc.integer({ min: at('2026-06-01T00:00Z'), max: at('2030-01-01T00:00Z') }),
      fc.integer({ min: 0, max: 120 * DAY }),
      fc.integer({ min: 0, max: 120 * DAY }),
      (rule, start, first, more) => {
        const when = (nowMs: number): Clock =>
          readClock(rule, {
            events: [event(rule.starts, start)],
            noticeComplete: true,
            hasContact: true,
            nowMs,
            platformZone: BERLIN,
          });
        const [early, late] = [when(start + first), when(start + first + more)];
        const place = (clock: Clock) => (clock.kind === 'over' ? 2 : order.indexOf(clock.kind));
        assert.ok(place(late) >= place(early));
        if (early.kind !== 'not-started' && late.kind !== 'not-started')
          assert.equal(early.dueMs, late.dueMs);
      },
    ),
    { numRuns: 100 },
  );
});
