import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { ringKernelSource } from '../assembly/ring-kernel.ts';
import { permutedWords } from './bit-permutation.ts';
import { ringKernelRuns } from './kernel-module.ts';
import { MAX_BATCH, RingKernel, ROWS_AT } from './ring-kernel.ts';
import { BANDS, FOOTER, LINE, LINE_ENTRIES, layOut, linesEnd, rowPlaneOf } from './ring-layout.ts';
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

/** Checks every bucket, line and row of a sorted segment against sorting by a list of rows for each key. */
function assertSorted(kernel: RingKernel, at: ReturnType<typeof layOut>): void {
  const words = new Uint32Array(kernel.buffer);
  const bands = new Uint16Array(kernel.buffer);
  const bytes = new Uint8Array(kernel.buffer);
  for (let band = 0; band < BANDS; band++) {
    const bits = (row: number, of: number) => bands[(ROWS_AT + 32 * row) / 2 + (of % BANDS)]!;
    const rowsOfKey: number[][] = Array.from({ length: 2 ** at.keyBits }, () => []);
    for (let row = 0; row < at.count; row++) rowsOfKey[bits(row, band) >> (16 - at.keyBits)]!.push(row);
    const starts = (at.starts + band * at.startsStride) / 4;
    const rowPlane = rowPlaneOf(words, at, band);
    let line = words[starts]!;
    let rank = 0;
    let wrong = 0;
    for (const [key, rows] of rowsOfKey.entries()) {
      if (words[starts + key] !== line) wrong++;
      for (let first = 0; first < rows.length; first += LINE_ENTRIES, line += LINE) {
        const some = rows.slice(first, first + LINE_ENTRIES);
        if (words[(line + FOOTER) / 4] !== (rank | (some.length << 24)) >>> 0) wrong++;
        for (let lane = 0; lane < LINE_ENTRIES; lane++) {
          const row = some[lane];
          if (bands[line / 2 + lane] !== (row === undefined ? 0 : bits(row, band + 1))) wrong++;
          const place = rowPlane + 3 * (rank + lane);
          const entered = bytes[place]! | (bytes[place + 1]! << 8) | (bytes[place + 2]! << 16);
          if (row !== undefined && entered !== row) wrong++;
        }
        rank += some.length;
      }
    }
    assert.equal(words[starts + 2 ** at.keyBits], line);
    assert.equal(wrong, 0, `band ${band}`);
  }
  // Behind the last line of each half nothing of a signal stays.
  for (const half of [0, 1]) {
    const end = linesEnd(words, at, BANDS / 2 - 1 + half * (BANDS / 2));
    assert.ok(bytes.subarray(end, at.halves[half]! + at.halfBytes).every((byte) => byte === 0));
  }
}

test('many rows are sorted to the byte as by a list for each key: in one pass, in several, and where a band is crowded', () => {
  const draw = seededDraw(61);
  const count = 140_000;
  for (const crowded of [[], [3, 7, 14, 15]]) {
    const at = layOut(ROWS_AT, count);
    const kernel = RingKernel.make(at.end - ROWS_AT);
    const bands = new Uint16Array(kernel.buffer, ROWS_AT, BANDS * count);
    for (let i = 0; i < bands.length; i++) {
      // In a crowded band almost all rows have one upper byte: no pass has room for that.
      const own = crowded.includes(i % BANDS) && draw(100) > 0;
      bands[i] = own ? 0x7700 | draw(256) : draw(65_536);
    }
    kernel.sort(at);
    assertSorted(kernel, at);
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
