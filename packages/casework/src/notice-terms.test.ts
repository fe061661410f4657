import assert from 'node:assert/strict';
import test from 'node:test';
import type { ClockEvent } from '@reclaim/law/duty/clock';
import { EMPTY_DRAFT, type NoticeDraft } from '@reclaim/law/duty/notice-draft';
import { parseZone } from '@reclaim/law/zone';
import {
  clocksOfTerms,
  completenessOf,
  isCompleteSomewhere,
  type NoticeTerms,
  noticeTerms,
  supplementedTerms,
  UNSAID_PLATFORM,
} from './notice-terms.ts';

const START = Date.parse('2026-11-20T10:00Z');
const HOUR = 3_600_000;
const NOWHERE = { country: 'unknown', subdivision: 'unknown' } as const;
const tick = (id: 'not-consensual' | 'good-faith') => ({ id, version: '1', atMs: START });
const FULL: NoticeDraft = {
  ...EMPTY_DRAFT,
  handedOver: true,
  standing: 'depicted',
  facts: 'It was taken in private.',
  declarations: [tick('not-consensual'), tick('good-faith')],
  signature: { kind: 'typed', text: 'A. Person', pseudonym: false },
  email: 'a@example.org',
  age: 'adult',
};
const received = (atMs = START): ClockEvent => ({
  kind: 'notice-received',
  atMs,
  proof: { kind: 'receipt', record: '1' },
});

function terms(draft: NoticeDraft, place: { country: string; subdivision: string } = NOWHERE, now = START) {
  const found = noticeTerms(draft, place, UNSAID_PLATFORM, false, now);
  assert.ok(found !== undefined);
  return found;
}

function clock(of: NoticeTerms, id: string, events: readonly ClockEvent[], now: number) {
  return clocksOfTerms(of, events, now).find((each) => each.clock.rule.id === id);
}

test('a notice without a place of the person is under the law of the United States and the Union, and may be under others', () => {
  const { regimes } = terms(FULL);
  const answers = Object.fromEntries(regimes.map(({ regime, answer }) => [regime, answer]));
  assert.deepEqual(answers, {
    'in-rules': 'unknown',
    'us-tida': 'applies',
    'us-ut': 'unknown',
    'uk-osa': 'unknown',
    'us-ca': 'unknown',
    'kr-tba': 'unknown',
    'eu-dsa': 'applies',
  });
});

test('a clock of a regime that only may apply is owed by nobody', () => {
  const unsaid = clock(terms(FULL), 'IN-INTIMATE', [received()], START + HOUR);
  assert.deepEqual([unsaid?.clock.kind, unsaid?.applies, unsaid?.owed], ['running', false, false]);
  const lives = clock(
    terms(FULL, { country: 'IN', subdivision: 'unknown' }),
    'IN-INTIMATE',
    [received()],
    START,
  );
  assert.deepEqual([lives?.clock.kind, lives?.owed], ['running', true]);
  assert.ok(lives?.clock.kind === 'running' && lives.clock.dueMs === START + 2 * HOUR);
});

test('what is lacking is named by regime, and a notice that lacks something everywhere is incomplete', () => {
  const bare = terms({ ...EMPTY_DRAFT, handedOver: true });
  const tida = bare.regimes.find(({ regime }) => regime === 'us-tida');
  assert.deepEqual(tida?.lacking, [
    'signature',
    'facts',
    'not-consensual',
    'good-faith',
    'contact',
    'standing',
  ]);
  assert.equal(tida?.complete, false);
  assert.ok(completenessOf(bare).lacking.includes('us-tida'));
  assert.equal(isCompleteSomewhere(terms(FULL)), true);
});

test('a clock that asks for everything starts when everything is there, and the others when it was received', () => {
  const first = terms({ ...FULL, signature: null });
  const before = clock(first, 'US-TIDA-REMOVE', [received()], START + HOUR)?.clock;
  assert.ok(before?.kind === 'not-started' && before.reason === 'incomplete-notice');
  const later = START + 5 * HOUR;
  const fuller = supplementedTerms(first, FULL, later);
  const after = clock(fuller, 'US-TIDA-REMOVE', [received()], later)?.clock;
  assert.ok(after?.kind === 'running' && after.startMs === later && after.dueMs === later + 48 * HOUR);
  const union = clock(fuller, 'EU-DSA-DECIDE', [received()], later)?.clock;
  assert.ok(union?.kind === 'running' && union.startMs === START);
});

test('what was complete stays as it started when more is added', () => {
  const again = supplementedTerms(terms(FULL), FULL, START + HOUR);
  assert.ok(again.regimes.filter(({ complete }) => complete).every(({ since }) => since === START));
});

test('a version is pinned: the law of the day it was received counts, in the zone of its rule', () => {
  const place = { country: 'IN', subdivision: 'unknown' };
  // In India 20 February begins at 18:30 UTC on the 19th: 24 hours become 2.
  const old = terms(FULL, place, Date.parse('2026-02-19T18:29Z'));
  const fresh = terms(FULL, place, Date.parse('2026-02-19T18:31Z'));
  assert.notEqual(old.pins['IN-INTIMATE'], fresh.pins['IN-INTIMATE']);
  const at = Date.parse('2026-02-19T18:29Z');
  const kept = clock(old, 'IN-INTIMATE', [received(at)], at + HOUR)?.clock;
  assert.ok(kept?.kind === 'running' && kept.dueMs === at + 24 * HOUR);
});

test('a place that contradicts itself is refused, and any doubt about age is the lane for minors', () => {
  const crooked = { country: 'DE', subdivision: 'US-CA' };
  assert.equal(noticeTerms(FULL, crooked, UNSAID_PLATFORM, false, START), undefined);
  assert.equal(noticeTerms(FULL, NOWHERE, UNSAID_PLATFORM, true, START)?.lane, 'child');
  assert.equal(terms({ ...FULL, age: 'under-18-when-taken' }).lane, 'child');
});

test('a platform that is small is free of the complaint duty, and one of fixed content of the United States', () => {
  const small = { ...UNSAID_PLATFORM.service, smallEnterprise: true } as const;
  const of = noticeTerms(FULL, NOWHERE, { ...UNSAID_PLATFORM, service: small }, false, START)!;
  assert.equal(clock(of, 'EU-DSA-COMPLAINT-OPEN', [], START), undefined);
  const fixed = { ...UNSAID_PLATFORM.service, kind: 'preselected' } as const;
  const other = noticeTerms(FULL, NOWHERE, { ...UNSAID_PLATFORM, service: fixed }, false, START)!;
  assert.equal(
    other.regimes.some(({ regime }) => regime === 'us-tida'),
    false,
  );
});

test('hours left are counted by the clock and not by the calendar when summer time begins', () => {
  const zone = parseZone('America/New_York');
  const at = Date.parse('2027-03-13T20:00Z');
  const of = noticeTerms(FULL, NOWHERE, { ...UNSAID_PLATFORM, zone }, false, at)!;
  const found = clock(of, 'US-TIDA-REMOVE', [received(at)], at)?.clock;
  assert.ok(found?.kind === 'running' && found.dueMs === at + 48 * HOUR);
});
