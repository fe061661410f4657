import assert from 'node:assert/strict';
import test from 'node:test';
import type { Outcome, ReclaimClient } from './client.ts';
import { followOutcomes } from './follow-outcomes.ts';
import { ReclaimError } from './reclaim-error.ts';

const JOB = `job_${'0'.repeat(32)}` as Outcome['jobId'];
type Page = Awaited<ReturnType<ReclaimClient['outcomes']>>;

function outcome(position: number, effect: Outcome['effect'] = 'publish'): Outcome {
  return { position, jobId: JOB, itemId: `item-${position}`, effect };
}

/** Answers pages or throws in order, remembers each cursor, and ends the loop once it has nothing more. */
function pages(list: readonly (Page | Error)[]) {
  const stop = new AbortController();
  const cursors: number[] = [];
  const outcomes = async (after: number): Promise<Page> => {
    const next = list[cursors.length];
    cursors.push(after);
    if (next instanceof Error) throw next;
    if (next !== undefined) return next;
    stop.abort();
    return { outcomes: [], position: after };
  };
  return { client: { outcomes }, cursors, signal: stop.signal, stop };
}

const quick = { intervalMs: 0, random: () => 0 };

test('outcomes are handed over in order, and each page is asked from where the last ended', async () => {
  const { client, cursors, signal } = pages([
    { outcomes: [outcome(3), outcome(5, 'withhold')], position: 6 },
    { outcomes: [], position: 6 },
    { outcomes: [outcome(9, 'hold')], position: 9 },
  ]);
  const seen: string[] = [];
  const stored: number[] = [];
  const end = await followOutcomes(client, {
    ...quick,
    after: 2,
    signal,
    onOutcome: ({ position, effect }) => void seen.push(`${position} ${effect}`),
    onPosition: (position) => void stored.push(position),
  });
  assert.deepEqual(seen, ['3 publish', '5 withhold', '9 hold']);
  assert.deepEqual(stored, [3, 5, 6, 9]);
  assert.deepEqual(cursors, [2, 6, 6, 9]);
  assert.equal(end, 9);
});

test('a node that is away is asked again, from the same place', async () => {
  const { client, cursors, signal } = pages([
    new ReclaimError('network'),
    new ReclaimError('unauthorized', { retryAfterSeconds: 0 }),
    { outcomes: [outcome(1)], position: 1 },
  ]);
  const problems: string[] = [];
  const seen: number[] = [];
  await followOutcomes(client, {
    ...quick,
    after: 0,
    signal,
    onOutcome: ({ position }) => void seen.push(position),
    onProblem: ({ code }) => void problems.push(code),
  });
  assert.deepEqual(problems, ['network', 'unauthorized']);
  assert.deepEqual(cursors, [0, 0, 0, 1]);
  assert.deepEqual(seen, [1]);
});

test('an outcome that could not be acted on ends the loop before its cursor', async () => {
  const { client, signal } = pages([{ outcomes: [outcome(1), outcome(2)], position: 2 }]);
  const stored: number[] = [];
  await assert.rejects(
    followOutcomes(client, {
      ...quick,
      after: 0,
      signal,
      onOutcome: ({ position }) => {
        if (position === 2) throw new Error('disk full');
      },
      onPosition: (position) => void stored.push(position),
    }),
    /disk full/,
  );
  assert.deepEqual(stored, [1]);
});

test('the loop ends while it waits, while it asks, and within a page', async () => {
  const waiting = pages([{ outcomes: [], position: 0 }]);
  const ended = followOutcomes(waiting.client, {
    after: 0,
    signal: waiting.signal,
    intervalMs: 60_000,
    onOutcome: () => {},
  });
  setImmediate(() => waiting.stop.abort());
  assert.equal(await ended, 0);

  const within = pages([{ outcomes: [outcome(1), outcome(2)], position: 2 }]);
  const end = await followOutcomes(within.client, {
    ...quick,
    after: 0,
    signal: within.signal,
    onOutcome: () => within.stop.abort(),
  });
  assert.equal(end, 1);
});
