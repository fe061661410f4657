import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { FIXTURE_START, fixtureId, fixtureJob } from './job.fixture.ts';
import { dueOrder, EMPTY_QUEUE, finder, nextToTake, pressing, type Queue, reduceQueue } from './queue.ts';

const came = (queue: Queue, ...ns: number[]): Queue =>
  reduceQueue(queue, { kind: 'came', jobs: ns.map((n) => fixtureJob(n)), complete: true });
const ids = (queue: Queue) => queue.rows.map(({ id }) => Number.parseInt(id.slice(4), 16));

test('held items come first, then the oldest', () => {
  assert.deepEqual(ids(came(EMPTY_QUEUE, 6, 5, 4, 3, 2, 1)), [1, 2, 4, 5, 3, 6]);
});

test('what a clock orders comes before what bears none, the first due first, breached ones before all', () => {
  const due = (at: number) => ({ due: { ruleId: 'US-TIDA-REMOVE', regime: 'us-tida', at, zone: 'UTC' } });
  const jobs = [
    fixtureJob(1),
    fixtureJob(2, { ...due(FIXTURE_START + 9), interim: 'none' }),
    fixtureJob(4, { ...due(FIXTURE_START - 9), breaches: 1 }),
    fixtureJob(3, { state: 'incomplete', notices: 1 }),
    fixtureJob(6),
  ];
  const queue = reduceQueue(EMPTY_QUEUE, { kind: 'came', jobs, complete: true });
  assert.deepEqual(ids(queue), [4, 2, 1, 6, 3]);
});

test('the order of the queue is total: no two jobs ever swap between refreshes', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(40), { maxLength: 30 }), (ns) => {
      const jobs = [...new Set(ns)].map((n) => fixtureJob(n, { openedAt: FIXTURE_START + (n % 4) }));
      assert.deepEqual(jobs.toSorted(dueOrder), jobs.toReversed().toSorted(dueOrder));
    }),
  );
});

test('the filter that stands already, pressed again, takes nothing from the list', () => {
  const open = came(EMPTY_QUEUE, 4, 5);
  assert.equal(reduceQueue(open, { kind: 'filter', filter: 'open' }), open);
  const other = reduceQueue(open, { kind: 'filter', filter: 'decided' });
  assert.deepEqual([other.filter, other.rows, other.loading], ['decided', [], true]);
});

test('the first job is marked when the list comes, and the mark stays on its job when others join', () => {
  const before = came(EMPTY_QUEUE, 4, 5);
  assert.equal(before.marked, fixtureId('job', 4));
  const after = came(before, 1, 2, 4, 5);
  assert.equal(after.marked, fixtureId('job', 4));
  assert.deepEqual(ids(after), [1, 2, 4, 5]);
});

test('a marked job that left the list keeps its place until the reviewer moves on, and then the next takes the mark', () => {
  let queue = reduceQueue(came(EMPTY_QUEUE, 1, 2, 4), { kind: 'mark', id: fixtureId('job', 2) });
  queue = came(queue, 1, 4);
  assert.equal(queue.gone, true);
  assert.deepEqual(ids(queue), [1, 2, 4]);
  const down = reduceQueue(queue, { kind: 'move', by: 1 });
  assert.deepEqual([ids(down), down.marked, down.gone], [[1, 4], fixtureId('job', 4), false]);
  const up = reduceQueue(queue, { kind: 'move', by: -1 });
  assert.deepEqual([ids(up), up.marked], [[1, 4], fixtureId('job', 1)]);
});

test('moving stops at both ends and marks nothing in an empty list', () => {
  const queue = came(EMPTY_QUEUE, 1, 2);
  assert.equal(reduceQueue(queue, { kind: 'move', by: -1 }).marked, fixtureId('job', 1));
  assert.equal(reduceQueue(queue, { kind: 'move', by: 50 }).marked, fixtureId('job', 2));
  assert.equal(reduceQueue(came(EMPTY_QUEUE), { kind: 'move', by: 1 }).marked, undefined);
});

test('a search finds the platform’s id in any case, and the mark goes to a row that is shown', () => {
  const queue = reduceQueue(came(EMPTY_QUEUE, 1, 2, 4), { kind: 'search', text: ' PHOTO-4 ' });
  assert.deepEqual(ids(queue), [4]);
  assert.equal(queue.marked, fixtureId('job', 4));
  assert.equal(finder('')(fixtureJob(1)), true);
  assert.equal(finder('photo-1')(fixtureJob(1, { item: undefined })), false);
});

test('a decided job leaves the open list, and an undone one returns to its place', () => {
  const queue = came(EMPTY_QUEUE, 1, 2, 4);
  const decided = reduceQueue(queue, { kind: 'changed', job: fixtureJob(2, { state: 'decided' }) });
  assert.deepEqual(ids(decided), [1, 4]);
  assert.deepEqual(ids(reduceQueue(decided, { kind: 'changed', job: fixtureJob(2) })), [1, 2, 4]);
});

test('the next job to take is free or lapsed, and the search for it goes round', () => {
  const now = FIXTURE_START + 3_600_000;
  const claimed = (n: number, until: number) =>
    fixtureJob(n, { state: 'claimed', claimedBy: fixtureId('stf', 9), claimedUntil: until });
  const queue = reduceQueue(EMPTY_QUEUE, {
    kind: 'came',
    jobs: [fixtureJob(1), claimed(2, now + 1), claimed(4, now - 1)],
    complete: true,
  });
  assert.equal(nextToTake(queue, fixtureId('job', 1), now)?.id, fixtureId('job', 4));
  assert.equal(nextToTake(queue, fixtureId('job', 4), now)?.id, fixtureId('job', 1));
  assert.equal(nextToTake(came(EMPTY_QUEUE), undefined, now), undefined);
});

test('ten thousand jobs are listed, searched and moved through without a row lost', () => {
  const jobs = Array.from({ length: 10_000 }, (_, n) => fixtureJob(n));
  const queue = reduceQueue(EMPTY_QUEUE, { kind: 'came', jobs, complete: true });
  assert.equal(queue.rows.length, 10_000);
  assert.equal(new Set(queue.rows.map(({ id }) => id)).size, 10_000);
  assert.equal(reduceQueue(queue, { kind: 'search', text: 'photo-999' }).rows.length, 11);
  assert.equal(reduceQueue(queue, { kind: 'move', by: 20_000 }).marked, queue.rows.at(-1)?.id);
});

test('jobs whose clock is late, or due within a shift, are counted; those without a clock are neither', () => {
  const now = FIXTURE_START;
  const due = (hours: number) => ({
    due: { ruleId: 'US-TIDA-REMOVE', regime: 'us-tida', at: now + hours * 3_600_000, zone: 'UTC' },
  });
  const jobs = [fixtureJob(1), ...[-1, 0, 7, 9].map((hours, i) => fixtureJob(i + 2, due(hours)))];
  assert.deepEqual(pressing(jobs, now), { late: 1, soon: 2 });
});
