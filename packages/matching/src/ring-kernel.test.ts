import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { ringKernelSource } from '../assembly/ring-kernel.ts';
import { permutedWords } from './bit-permutation.ts';
import { ringKernelRuns } from './kernel-module.ts';
import { MAX_BATCH, RingKernel, ROWS_AT } from './ring-kernel.ts';
import { drawSignal, neighbourAt, seededDraw } from './seeded-signal.fixture.ts';
import { WORDS } from './signal-words.ts';

test('the kernel in the source is the one that its assembly makes', () => {
  const written = readFileSync(new URL('./ring-kernel-bytes.ts', import.meta.url), 'utf8');
  assert.ok(written === ringKernelSource(), 'run node tools/build-wasm.ts');
  assert.ok(ringKernelRuns());
});

test('the kernel shuffles the bits of many signals as the plain shuffle does', () => {
  const draw = seededDraw(3);
  const signals = Array.from({ length: 40 }, () => drawSignal(draw));
  signals.push(new Uint8Array(32), new Uint8Array(32).fill(255));
  const kernel = RingKernel.make(32 * signals.length);
  new Uint8Array(kernel.buffer, ROWS_AT).set(signals.flatMap((signal) => [...signal]));
  kernel.permute(ROWS_AT, signals.length, ROWS_AT);
  for (const [i, signal] of signals.entries()) {
    const at = ROWS_AT + 32 * i;
    assert.deepEqual(new Uint32Array(kernel.buffer, at, WORDS), permutedWords(signal));
  }
});

test('more hits than the memory had room for are all found', () => {
  const draw = seededDraw(7);
  const count = 5_000;
  const centre = drawSignal(draw);
  const kernel = RingKernel.make(32 * count);
  const rows = new Uint32Array(kernel.buffer, ROWS_AT, WORDS * count);
  const distances = Array.from({ length: count }, () => draw(64));
  for (const [row, bits] of distances.entries()) {
    rows.set(permutedWords(neighbourAt(centre, bits, draw)), row * WORDS);
  }
  for (const threshold of [63, 20]) {
    const found = new Map<number, number>();
    kernel.look([drawSignal(draw), centre], threshold, 0, count, (query, row, distance) => {
      assert.equal(query, 1);
      assert.ok(!found.has(row));
      found.set(row, distance);
    });
    assert.equal(found.size, distances.filter((bits) => bits <= threshold).length);
    for (const [row, distance] of found) assert.equal(distance, distances[row]);
  }
  // Growing afterwards finds the rows where they were.
  kernel.reserve(64 * count);
  let found = 0;
  kernel.look([centre], 63, 0, count, () => {
    found += 1;
  });
  assert.equal(found, count);
});

test('no query stays behind in the memory, and a wiped memory is zeros', () => {
  const draw = seededDraw(9);
  const kernel = RingKernel.make(32);
  const queries = Array.from({ length: MAX_BATCH }, () => drawSignal(draw));
  kernel.look(queries, 31, 0, 1, () => {});
  const words = new Set(
    queries.flatMap((query) => [...permutedWords(query), ...new Uint32Array(query.buffer)]),
  );
  assert.ok(new Uint32Array(kernel.buffer, 40_000 - (40_000 % 4)).every((word) => !words.has(word)));
  kernel.wipe();
  assert.ok(new Uint32Array(kernel.buffer).every((word) => word === 0));
});

test('a memory beyond 32-bit addresses is refused', () => {
  assert.throws(() => RingKernel.make(2 ** 32), RangeError);
  const kernel = RingKernel.make(0);
  assert.throws(() => kernel.reserve(2 ** 33), RangeError);
});
