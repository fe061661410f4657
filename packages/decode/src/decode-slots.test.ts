import assert from 'node:assert/strict';
import test from 'node:test';
import { DecodeSlots, TOO_SLOW } from './decode-slots.ts';

const LONG_MS = 60_000;

test('no more than the slots run at once, and those who wait come in order', async () => {
  const slots = new DecodeSlots(2, 10);
  const started: number[] = [];
  const ends = [0, 1, 2, 3].map(() => Promise.withResolvers<number>());
  const answers = ends.map((end, i) =>
    slots.run(LONG_MS, () => {
      started.push(i);
      return end.promise;
    }),
  );
  assert.deepEqual(started, [0, 1]);
  assert.equal(slots.waiting, 2);
  ends[1]?.resolve(11);
  assert.equal(await answers[1], 11);
  await new Promise(setImmediate);
  assert.deepEqual(started, [0, 1, 2]);
  for (const [i, end] of ends.entries()) end.resolve(10 + i);
  assert.deepEqual(await Promise.all(answers), [10, 11, 12, 13]);
  await new Promise(setImmediate);
  assert.deepEqual([slots.running, slots.waiting], [0, 0]);
});

test('work that hangs is answered in time but keeps its slot until it ends', async () => {
  const slots = new DecodeSlots(1, 10);
  const hung = Promise.withResolvers<string>();
  assert.equal(await slots.run(5, () => hung.promise), TOO_SLOW);
  assert.equal(slots.running, 1);
  let begun = false;
  const second = slots.run(5, async () => {
    begun = true;
    return 'late';
  });
  assert.equal(await second, TOO_SLOW);
  assert.equal(begun, false, 'what nobody waits for is not started');
  hung.resolve('at last');
  await new Promise(setImmediate);
  assert.equal(slots.running, 0);
  assert.equal(await slots.run(LONG_MS, async () => 'next'), 'next');
});

test('beyond the waiting room the answer comes at once', async () => {
  const slots = new DecodeSlots(1, 0);
  const hung = Promise.withResolvers<string>();
  const first = slots.run(LONG_MS, () => hung.promise);
  assert.equal(await slots.run(LONG_MS, async () => 'never'), TOO_SLOW);
  hung.resolve('done');
  assert.equal(await first, 'done');
});

test('what the work throws reaches the caller and frees the slot', async () => {
  const slots = new DecodeSlots(1, 1);
  await assert.rejects(
    slots.run(LONG_MS, async () => {
      throw new TypeError('broken');
    }),
    { message: 'broken' },
  );
  assert.equal(await slots.run(LONG_MS, async () => 'next'), 'next');
});

test('work is told how much time is left', async () => {
  const left = await new DecodeSlots(1, 1).run(LONG_MS, async (leftMs) => leftMs());
  assert.ok(typeof left === 'number' && left > 0 && left <= LONG_MS);
});
