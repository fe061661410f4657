/**
 * Every deadline rule as it was researched, as one line that a lawyer can read: the citation, since when, the limit, and the clock of
 * a golden case that starts on Wednesday 2026-11-18 at 10:00 UTC with everything that the rule asks for, read half an hour later by
 * a platform in Berlin. Cases of all kinds, and of the turns of summer time, stand in `clock.test.ts` and `due.test.ts`.
 * @module
 */

import assert from 'node:assert/strict';
import test from 'node:test';
import { parseDay } from '../day.ts';
import { parseZone } from '../zone.ts';
import { readClock } from './clock.ts';
import { limitWords } from './due.ts';
import { versionOn } from './rule.ts';
import { RULES, ruleById } from './rules.ts';

const START = Date.parse('2026-11-18T10:00Z');
const DAY = parseDay('2026-11-18');

/** id; a piece of the citation; since when; limit; what the clock says. */
const READ: readonly (readonly [id: string, cite: string, from: string, limit: string, clock: string])[] = [
  // The United States
  ['US-TIDA-REMOVE', '47 U.S.C. 223a(a)(3)', '2026-05-19', '48 hours', 'running, due 2026-11-20T10:00'],
  ['US-TIDA-COPIES', '47 U.S.C. 223a(a)(3)', '2026-05-19', '48 hours', 'running, due 2026-11-20T10:00'],
  [
    'US-UT',
    'Utah Code 13-72b-302',
    'unknown',
    '48 hours',
    'not started, unconfirmed, would be due 2026-11-20T10:00',
  ],
  ['US-CA-CONFIRM', '22671(b)(1)', '2025-01-01', '48 hours', 'running, due 2026-11-20T10:00'],
  // Days end with the day where the rule counts them: Los Angeles is eight hours behind.
  ['US-CA-UPDATE', '22671(b)(2)', '2025-01-01', '7 days', 'running, due 2026-11-26T07:59'],
  ['US-CA-DECIDE', '22671(c)', '2025-01-01', '30 days', 'running, due 2026-12-19T07:59'],
  ['US-CA-BLOCK', '22671(d)', '2025-01-01', 'until it is decided', 'running'],
  ['US-DMCA-REMOVE', '17 U.S.C. 512(c)(1)(C)', '1998-10-28', 'expeditiously', 'running'],
  // Business days, of which Thanksgiving is none, to the end of the day in Berlin.
  [
    'US-DMCA-PUTBACK',
    '17 U.S.C. 512(g)(2)(C)',
    '1998-10-28',
    '10 to 14 business days',
    'running, due 2026-12-09T22:59',
  ],
  ['US-2258A', '18 U.S.C. 2258A(a)(1)', '2024-05-07', 'as soon as reasonably possible', 'running'],
  ['US-2258A-HOLD', '18 U.S.C. 2258A(h)(1)', '2024-05-07', '1 year', 'running, due 2027-11-18T22:59'],
  // The United Kingdom
  [
    'UK-OSA-IIC',
    's.10(3A), (3B), s.20A',
    'unknown',
    '48 hours',
    'not started, unconfirmed, would be due 2026-11-20T10:00',
  ],
  ['UK-NCA', 's.66; SI 2026/268', '2026-04-07', 'unconfirmed', 'not started, unconfirmed'],
  // The European Union and Italy
  ['EU-DSA-ACK', 'Art. 16(4)', '2024-02-17', 'without undue delay', 'running'],
  [
    'EU-DSA-DECIDE',
    'Art. 16(5), (6)',
    '2024-02-17',
    'in a timely, diligent, non-arbitrary and objective manner',
    'running',
  ],
  ['EU-DSA-TF', 'Art. 22(1)', '2024-02-17', 'with priority and without undue delay', 'running'],
  [
    'EU-DSA-SOR',
    'Art. 17(1), (2)',
    '2024-02-17',
    'on the same day at the latest',
    'running, due 2026-11-18T22:59',
  ],
  ['EU-DSA-COMPLAINT-OPEN', 'Art. 20(1), (2)', '2024-02-17', '6 months', 'running, due 2027-05-18T21:59'],
  ['EU-DSA-TDB', 'Art. 24(5)', '2024-02-17', 'without undue delay', 'running'],
  ['EU-DSA-CRIME', 'Art. 18', '2024-02-17', 'promptly', 'running'],
  ['EU-DSA-ORDER', 'Art. 9, 10, 15(1)(a)', '2024-02-17', 'as the order says', 'running'],
  [
    'EU-VAW',
    'Directive (EU) 2024/1385 Art. 23',
    '2027-06-14',
    'as the order says',
    'not started, before-in-force',
  ],
  ['IT-GARANTE', '144-bis', 'unknown', '48 hours', 'not started, unconfirmed, would be due 2026-11-20T10:00'],
  // India
  [
    'IN-INTIMATE',
    'r.3(2)(b) as amended by G.S.R. 120(E)',
    '2026-02-20',
    '2 hours',
    'running, due 2026-11-18T12:00',
  ],
  ['IN-ACK', 'r.3(2)(a)(i)', '2021-02-25', '24 hours', 'running, due 2026-11-19T10:00'],
  [
    'IN-GRIEVANCE',
    'r.3(2)(a)(i) as amended by G.S.R. 120(E)',
    '2026-02-20',
    '7 days',
    'running, due 2026-11-25T18:29',
  ],
  [
    'IN-ORDER',
    'r.3(1)(d) as amended by G.S.R. 120(E)',
    '2026-02-20',
    '3 hours',
    'running, due 2026-11-18T13:00',
  ],
  // Australia and Korea
  [
    'AU-IMG-PROVIDER',
    'Online Safety Act 2021 s.77',
    '2022-01-23',
    '24 hours',
    'running, due 2026-11-19T10:00',
  ],
  ['AU-IMG-USER', 'Online Safety Act 2021 s.78', '2022-01-23', '24 hours', 'running, due 2026-11-19T10:00'],
  ['AU-IMG-HOST', 'Online Safety Act 2021 s.79', '2022-01-23', '24 hours', 'running, due 2026-11-19T10:00'],
  [
    'AU-ABUSE',
    'Online Safety Act 2021 s.88, s.89',
    '2022-01-23',
    '24 hours',
    'running, due 2026-11-19T10:00',
  ],
  [
    'KR-22-5',
    'Telecommunications Business Act Art. 22-5',
    'unknown',
    'without delay',
    'not started, unconfirmed',
  ],
];

/** What the clock of the golden case says, moments to the minute in UTC. */
function said(id: string): string {
  const rule = ruleById(id);
  const clock = readClock(rule, {
    events: [{ kind: rule.starts, atMs: START, proof: { kind: 'receipt', record: 'r1' } }],
    noticeComplete: true,
    hasContact: true,
    nowMs: START + 30 * 60_000,
    platformZone: parseZone('Europe/Berlin'),
  });
  const minute = (ms: number) => new Date(ms).toISOString().slice(0, 16);
  if (clock.kind !== 'not-started')
    return clock.dueMs === undefined ? clock.kind : `${clock.kind}, due ${minute(clock.dueMs)}`;
  const would = clock.wouldBeDueMs === undefined ? '' : `, would be due ${minute(clock.wouldBeDueMs)}`;
  return `not started, ${clock.reason}${would}`;
}

test('every rule has its citation, its day, its limit, and the clock of a golden case', () => {
  const found = READ.map(([id, cite]) => {
    const { version } = versionOn(ruleById(id), DAY);
    return [
      id,
      version.source.cite.includes(cite) ? cite : version.source.cite,
      version.from,
      limitWords(version.limit),
      said(id),
    ];
  });
  assert.deepEqual(found, READ);
  assert.deepEqual(READ.map(([id]) => id).sort(), RULES.map(({ id }) => id).sort());
});

test('what India asked before 2026-02-20 is kept: 24 hours, 15 days, 36 hours', () => {
  const before = parseDay('2026-02-19');
  for (const [id, limit] of [
    ['IN-INTIMATE', '24 hours'],
    ['IN-GRIEVANCE', '15 days'],
    ['IN-ORDER', '36 hours'],
  ] as const) {
    const { kind, version } = versionOn(ruleById(id), before);
    assert.deepEqual([kind, limitWords(version.limit), version.to], ['in-force', limit, '2026-02-20'], id);
  }
});

test('a notice that lacks something starts no clock that asks for all of it, and nothing starts without a proof', () => {
  for (const rule of RULES) {
    const read = (complete: boolean, proof: { kind: 'receipt'; record: string } | null) =>
      readClock(rule, {
        events: [{ kind: rule.starts, atMs: START, proof }],
        noticeComplete: complete,
        hasContact: true,
        nowMs: START + 1,
        platformZone: parseZone('Europe/Berlin'),
      });
    const incomplete = read(false, { kind: 'receipt', record: 'r1' });
    assert.equal(
      incomplete.kind === 'not-started' && incomplete.reason === 'incomplete-notice',
      rule.needsCompleteNotice,
      rule.id,
    );
    const unproved = read(true, null);
    assert.ok(unproved.kind === 'not-started' && unproved.reason === 'no-proof', rule.id);
  }
});
