import assert from 'node:assert/strict';
import test from 'node:test';
import { drawSignal, seededDraw } from './seeded-signal.fixture.ts';
import { SignalRows } from './signal-rows.ts';
import { grown, WORDS, wordsOf } from './signal-words.ts';

function idsOf(rows: SignalRows, row: number): number[] {
  const ids: number[] = [];
  rows.forEachId(row, (id) => ids.push(id));
  return ids.sort((a, b) => a - b);
}

test('equal signals share a row until the last of their ids has gone', () => {
  const rows = new SignalRows(0);
  const words = wordsOf(drawSignal(seededDraw(1)));
  for (const id of [5, 6, 7]) rows.add(id, words);
  assert.deepEqual([rows.length, rows.ids], [1, 3]);
  const gone: number[] = [];
  assert.ok(rows.remove(5, (row) => gone.push(row)));
  assert.deepEqual(idsOf(rows, 0), [6, 7]);
  assert.ok(rows.remove(7, (row) => gone.push(row)));
  assert.equal(gone.length, 0);
  assert.ok(rows.remove(6, (row) => gone.push(row)));
  assert.deepEqual([gone, rows.dead, rows.isAlive(0)], [[0], 1, false]);
  assert.equal(
    rows.remove(6, () => assert.fail('no row')),
    false,
  );
});

test('a removed signal leaves no word behind, not even where rows have moved or grown', () => {
  const draw = seededDraw(2);
  const rows = new SignalRows(9);
  const signals = Array.from({ length: 300 }, () => wordsOf(drawSignal(draw)));
  const early = rows.words;
  for (const [id, words] of signals.entries()) rows.add(id, words);
  assert.ok(
    early.every((word) => word === 0),
    'the array that was grown out of is wiped',
  );
  for (let id = 0; id < 300; id += 3) rows.remove(id, () => {});
  const holds = (words: Uint32Array) => words.every((word) => rows.words.indexOf(word) >= 0);
  for (const [id, words] of signals.entries()) assert.equal(holds(words), id % 3 !== 0);
  rows.compactFrom(100);
  // Of the 200 rows from 100 on, 66 were dead; the 34 before stay where they are.
  assert.deepEqual([rows.length, rows.dead], [234, 34]);
  for (const [id, words] of signals.entries()) assert.equal(holds(words), id % 3 !== 0);
  assert.ok(rows.words.subarray(rows.length * WORDS).every((word) => word === 0));
});

test('rows are found again after gaps were closed, and freed places are used again', () => {
  const draw = seededDraw(4);
  const rows = new SignalRows(3);
  const signals = Array.from({ length: 120 }, () => wordsOf(drawSignal(draw)));
  for (let round = 0; round < 40; round++) {
    for (const [i, words] of signals.entries()) rows.add(i, words);
    for (const [i, words] of signals.entries()) rows.add(1000 + i, words);
    assert.equal(rows.length - rows.dead, 120, 'nothing was taken for new that was there');
    for (let i = 0; i < 120; i++) rows.remove(i, () => {});
    for (let i = 0; i < 120; i++) rows.remove(1000 + i, () => {});
    if (round % 2 === 1) rows.compactFrom(0);
  }
  assert.deepEqual([rows.ids, rows.length], [0, 0]);
});

test('an array that grows is copied and the old one wiped', () => {
  const old = Uint32Array.of(1, 2, 3);
  assert.deepEqual(grown(old, 5), Uint32Array.of(1, 2, 3, 0, 0));
  assert.deepEqual(old, new Uint32Array(3));
});
