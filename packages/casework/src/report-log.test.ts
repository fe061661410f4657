import assert from 'node:assert/strict';
import test from 'node:test';
import { checkEvents } from '@reclaim/law/report/report-event';
import { usOutcome } from '@reclaim/law/report/us-clock-sheet';
import { parseZone } from '@reclaim/law/zone';
import { countLog, type LogRecord } from './report-log.ts';

const HOUR = 3_600_000;
const AT = Date.UTC(2026, 5, 1, 12);
let seq = 0;
const record = (hours: number, type: string, data: LogRecord['data']): LogRecord => {
  return { seq: ++seq, at: AT + hours * HOUR, type, data };
};
const decision = (decisionId: string, outcome: string, ground: string) => ({
  decisionId,
  ruling: { outcome, ground, confirms: [] },
  automated: 'no',
});
const received = (hours: number, n: string, more: object = {}) =>
  record(hours, 'notice-received', {
    noticeId: n,
    jobId: 'j1',
    lane: 'adult',
    items: 2,
    complete: ['us-tida'],
    lacking: [],
    ...more,
  });
const told = (hours: number, n: string, decisionId: string, outcome: string) =>
  record(hours, 'notice-decided', { noticeId: n, jobId: 'j1', decisionId, outcome });

function counted(records: readonly LogRecord[]) {
  const log = countLog(records);
  assert.deepEqual(checkEvents(log.events), []);
  return {
    ...log,
    of: (kind: string) => log.events.filter((each) => each.kind === kind),
    us: log.requests.map((each) => usOutcome(each, AT + 1000 * HOUR, parseZone('UTC')).outcome),
  };
}

test('two notices on one job are two notices with an answer each, and the removal is no own initiative', () => {
  const { of, us } = counted([
    record(0, 'job-opened', { jobId: 'j1', cause: 'notice' }),
    received(0, 'n1'),
    received(1, 'n2', { complete: [], lacking: ['us-tida'] }),
    record(10, 'job-decided', { jobId: 'j1', decision: decision('d1', 'remove', 'intimate-image-law') }),
    told(10, 'n1', 'd1', 'removed'),
    told(10, 'n2', 'd1', 'removed'),
  ]);
  assert.equal(of('notice-received').length, 2);
  assert.deepEqual(
    of('notice-decided').map((each) => 'action' in each && each.action),
    ['law', 'law'],
  );
  assert.deepEqual(
    of('measure-taken').map((each) => 'cause' in each && each.cause),
    ['notice'],
  );
  assert.deepEqual(us, ['removed-in-time', 'not-valid']);
});

test('a match that a person decided is own initiative, found by automated means; a report is own initiative, found by a person', () => {
  const { of } = counted([
    record(0, 'job-opened', { jobId: 'j1', cause: 'upload-check' }),
    record(0, 'job-opened', { jobId: 'j2', cause: 'report' }),
    record(1, 'job-decided', { jobId: 'j1', decision: decision('d1', 'remove', 'terms-intimate-image') }),
    record(2, 'job-decided', { jobId: 'j2', decision: decision('d2', 'remove', 'other-law') }),
    record(3, 'job-decided', { jobId: 'j3', decision: decision('d3', 'keep', 'not-a-match') }),
    record(3, 'job-decided', { jobId: 'j4', decision: decision('d4', 'refer', 'minor-suspected') }),
  ]);
  assert.deepEqual(
    of('measure-taken').map(
      (each) =>
        each.kind === 'measure-taken' && [
          each.cause,
          each.ground,
          each.automatedDetection,
          each.specification,
        ],
    ),
    [
      ['own-initiative', 'terms', true, 'KEYWORD_NON_CONSENSUAL_IMAGE_SHARING'],
      ['own-initiative', 'law', false, null],
    ],
  );
});

test('a statement says the category; a decision without one is counted by its ground', () => {
  const { of } = counted([
    record(0, 'job-opened', { jobId: 'j1', cause: 'upload-check' }),
    record(1, 'job-decided', { jobId: 'j1', decision: decision('d1', 'remove', 'intimate-image-law') }),
    record(1, 'statement-made', {
      jobId: 'j1',
      decisionId: 'd1',
      ground: 'terms',
      category: 'STATEMENT_CATEGORY_OTHER_VIOLATION_TC',
      specification: 'KEYWORD_NUDITY',
      restriction: 'disabled',
    }),
  ]);
  const [measure] = of('measure-taken');
  assert.ok(measure?.kind === 'measure-taken');
  assert.deepEqual(
    [measure.ground, measure.specification, measure.restrictions],
    ['terms', 'KEYWORD_NUDITY', ['disabled']],
  );
});

test('an undone ruling takes the answer back, and a complaint that was right changes no into yes', () => {
  const { of, us } = counted([
    record(0, 'job-opened', { jobId: 'j1', cause: 'notice' }),
    received(0, 'n1'),
    record(1, 'job-decided', { jobId: 'j1', decision: decision('d1', 'keep', 'not-intimate') }),
    told(1, 'n1', 'd1', 'not-removed'),
    record(20, 'complaint-received', {
      complaintId: 'c1',
      jobId: 'j1',
      decisionId: 'd1',
      side: 'notifier',
      noticeId: 'n1',
    }),
    record(40, 'job-complaint-answered', {
      jobId: 'j1',
      upheld: false,
      decision: decision('d2', 'remove', 'intimate-image-law'),
    }),
    record(40, 'complaint-answered', {
      complaintId: 'c1',
      decisionId: 'd2',
      side: 'notifier',
      outcome: 'reversed',
    }),
    told(40, 'n1', 'd2', 'removed'),
  ]);
  assert.deepEqual(
    of('notice-decided').map(
      (each) => each.kind === 'notice-decided' && [each.action, (each.at - AT) / HOUR],
    ),
    [['law', 40]],
  );
  assert.deepEqual(
    of('complaint-received').map((each) => 'about' in each && each.about),
    ['no-action'],
  );
  assert.deepEqual(
    of('complaint-answered').map((each) => 'imposed' in each && each.imposed),
    [1],
  );
  assert.deepEqual(us, ['removed-in-time']);
  const undone = counted([
    received(0, 'n1'),
    record(1, 'job-decided', { jobId: 'j1', decision: decision('d1', 'remove', 'intimate-image-law') }),
    told(1, 'n1', 'd1', 'removed'),
    record(2, 'notice-reopened', { noticeId: 'n1', jobId: 'j1', decisionId: 'd1' }),
  ]);
  assert.equal(undone.of('notice-decided').length, 0);
  assert.equal(undone.of('measure-taken').length, 1, 'the measure was taken');
  assert.deepEqual(undone.us, ['breached']);
});

test('a request that became complete later runs from then on', () => {
  const { requests, us } = counted([
    received(0, 'n1', { complete: [], lacking: ['us-tida'] }),
    record(100, 'notice-supplemented', { noticeId: 'n1', jobId: 'j1', complete: ['us-tida'], lacking: [] }),
    record(140, 'job-decided', { jobId: 'j1', decision: decision('d1', 'remove', 'intimate-image-law') }),
    told(140, 'n1', 'd1', 'removed'),
  ]);
  assert.equal((requests[0]!.events[0]!.atMs - AT) / HOUR, 100);
  assert.deepEqual(us, ['removed-in-time']);
});

test('a notice of the child lane is counted under the protection of minors', () => {
  const { of } = counted([received(0, 'n1', { lane: 'child', items: 0 })]);
  const [notice] = of('notice-received');
  assert.ok(notice?.kind === 'notice-received');
  assert.deepEqual([notice.category, notice.items], ['STATEMENT_CATEGORY_PROTECTION_OF_MINORS', 1]);
});

test('how far it was automated is counted as it was declared, of a notice as of a measure', () => {
  const ruled = (automated: string) => ({
    ...decision('d1', 'remove', 'intimate-image-law'),
    automated,
    byKey: true,
  });
  for (const automated of ['no', 'partly', 'fully', 'undeclared']) {
    const { of } = counted([
      record(0, 'job-opened', { jobId: 'j1', cause: 'notice' }),
      received(0, 'n1'),
      record(1, 'job-decided', { jobId: 'j1', decision: ruled(automated) }),
      told(1, 'n1', 'd1', 'removed'),
    ]);
    const [answer] = of('notice-decided');
    const [measure] = of('measure-taken');
    assert.ok(answer?.kind === 'notice-decided' && measure?.kind === 'measure-taken');
    assert.deepEqual([answer.processed, measure.automatedDecision], [automated, automated]);
  }
});

test('each suspension for misuse counts, by what was misused, also a second of one sender', () => {
  const suspended = (misuse: string) => ({ misuseId: 'm1', misuse, until: 9, count: 3, all: 4 });
  const { of } = counted([
    record(1, 'misuse-suspended', suspended('unfounded-notices')),
    record(2, 'misuse-suspended', suspended('unfounded-notices')),
    record(3, 'misuse-suspended', suspended('illegal-content')),
  ]);
  assert.deepEqual(
    of('suspended').map((each) => each.kind === 'suspended' && each.because),
    ['unfounded-notices', 'unfounded-notices', 'illegal-content'],
  );
});

test('a request that was taken back in time is neither open nor late; one taken back too late is late', () => {
  const { us } = counted([
    record(0, 'job-opened', { jobId: 'j1', cause: 'notice' }),
    received(0, 'n1'),
    received(0, 'n2'),
    record(10, 'notice-withdrawn', { noticeId: 'n1', jobId: 'j1' }),
    record(60, 'notice-withdrawn', { noticeId: 'n2', jobId: 'j1' }),
  ]);
  assert.deepEqual(us, ['withdrawn', 'breached']);
});

test('an objection to a suspension of an account’s uploads is a complaint about the service, and ends as it was answered', () => {
  const of = (misuseId: string, misuse = 'illegal-content') => ({ misuseId, misuse });
  const log = counted([
    record(1, 'misuse-objected', of('m1')),
    record(2, 'misuse-upheld', of('m1')),
    record(3, 'misuse-objected', of('m2')),
    record(4, 'misuse-lifted', { ...of('m2'), measure: 'suspension' }),
    record(5, 'misuse-objected', of('m3')),
    record(6, 'misuse-expired', of('m3')),
    record(7, 'misuse-objected', of('m4', 'unfounded-notices')),
    record(8, 'misuse-lifted', { ...of('m4', 'unfounded-notices'), measure: 'suspension' }),
    record(9, 'misuse-lifted', { ...of('m1'), measure: 'suspension' }),
  ]);
  const about = log.of('complaint-received').map((each) => 'about' in each && each.about);
  assert.deepEqual(about, ['service', 'service', 'service']);
  assert.deepEqual(
    log.of('complaint-answered').map((each) => 'outcome' in each && each.outcome),
    ['upheld', 'reversed', 'omitted'],
  );
});
