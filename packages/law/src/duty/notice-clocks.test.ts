import assert from 'node:assert/strict';
import test from 'node:test';
import { parseDay } from '../day.ts';
import { parseZone } from '../zone.ts';
import { applicableRegimes, type ItemFacts } from './applicable.ts';
import { type ClockEvent, earliestDue } from './clock.ts';
import { clocksOfNotice } from './notice-clocks.ts';
import { EMPTY_DRAFT, type NoticeDraft } from './notice-draft.ts';
import { profileOf } from './obligation-profile.ts';

const SERVICE = { kind: 'user-content', smallEnterprise: true, veryLarge: false } as const;
const FACTS: ItemFacts = {
  country: 'IN',
  subdivision: 'unknown',
  offeredIn: 'world',
  service: SERVICE,
  kind: 'authentic',
  minor: false,
  madeByPerson: false,
  accountHolder: true,
};
/** Everything that India asks for, and no signature, so that the United States' clock cannot start. */
const DRAFT: NoticeDraft = {
  ...EMPTY_DRAFT,
  locations: ['https://example.org/a'],
  standing: 'depicted',
  facts: 'It was taken in private.',
};
const START = Date.parse('2026-11-20T10:00Z');
const RECEIVED: ClockEvent = {
  kind: 'notice-received',
  atMs: START,
  proof: { kind: 'receipt', record: 'r1' },
};

function clocks(draft: NoticeDraft) {
  const found = applicableRegimes(FACTS, parseDay('2026-11-20'));
  assert.ok(found.ok);
  return clocksOfNotice(found.regimes, draft, profileOf(SERVICE), {
    events: [RECEIVED],
    nowMs: START + 60_000,
    platformZone: parseZone('UTC'),
  });
}

test('one missing element stops one regime and not the others', () => {
  const state = (id: string) => {
    const { clock } = clocks(DRAFT).find((each) => each.clock.rule.id === id)!;
    return clock.kind === 'not-started' ? clock.reason : clock.kind;
  };
  assert.equal(state('IN-INTIMATE'), 'running');
  assert.equal(state('US-TIDA-REMOVE'), 'incomplete-notice');
  assert.equal(state('EU-DSA-ACK'), 'no-contact');
  assert.equal(state('EU-DSA-DECIDE'), 'running');
});

test('the earliest clock of an Indian notice is due after two hours', () => {
  const first = earliestDue(clocks(DRAFT).map((each) => each.clock))!;
  assert.equal(first.rule.id, 'IN-INTIMATE');
  assert.ok(first.kind === 'running' && first.dueMs === START + 2 * 3_600_000);
});

test('a small enterprise has no clock of the duties it is free of, and no regime that does not apply has one', () => {
  const ids = clocks(DRAFT).map((each) => each.clock.rule.id);
  assert.ok(!ids.includes('EU-DSA-TF') && !ids.includes('EU-DSA-COMPLAINT-OPEN'));
  assert.ok(!ids.includes('US-DMCA-REMOVE') && !ids.includes('US-CA-CONFIRM') && !ids.includes('US-2258A'));
});

test('a telephone alone asks for no electronic confirmation, an address for mail does', () => {
  const acknowledged = (draft: NoticeDraft) =>
    clocks(draft).find((each) => each.clock.rule.id === 'EU-DSA-ACK')!.clock.kind;
  assert.equal(acknowledged({ ...DRAFT, otherContact: '+91 0000' }), 'not-started');
  assert.equal(acknowledged({ ...DRAFT, email: 'a@example.org' }), 'running');
});
