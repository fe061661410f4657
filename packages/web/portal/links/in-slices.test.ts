import assert from 'node:assert/strict';
import test from 'node:test';
import { inSlices } from './in-slices.ts';

/** Takes a piece of the processor for each number. */
function* counting(to: number, burnMs: number): Generator<number, string, void> {
  for (let n = 1; n <= to; n++) {
    const until = performance.now() + burnMs;
    while (performance.now() < until);
    yield n;
  }
  return 'done';
}

test('long work lets others through between its pieces, tells how far it is, and comes to its end', async () => {
  const told: number[] = [];
  let turns = 0;
  const other = setInterval(() => {
    turns += 1;
  }, 1);
  const answer = await inSlices(
    counting(30, 4),
    () => false,
    (step) => told.push(step),
  );
  clearInterval(other);
  assert.equal(answer, 'done');
  assert.ok(turns > 0, 'nothing else had a turn');
  assert.ok(told.length >= 5 && told.at(-1)! <= 30);
  assert.deepEqual(
    told,
    told.toSorted((a, b) => a - b),
  );
});

test('work that nobody waits for any more ends at its next turn', async () => {
  let stop = false;
  let last = 0;
  const answer = await inSlices(
    counting(1_000, 4),
    () => stop,
    (step) => {
      last = step;
      stop = true;
    },
  );
  assert.equal(answer, undefined);
  assert.ok(last < 1_000);
});

test('short work comes to its end too', async () => {
  assert.equal(await inSlices(counting(3, 0), () => false), 'done');
});
