import assert from 'node:assert/strict';
import test from 'node:test';
import { BANDS, BandSegment } from './band-segment.ts';
import { drawSignal, neighbourAt, seededDraw } from './seeded-signal.fixture.ts';
import { distanceWithin, ones32, WORDS, wordsOf } from './signal-words.ts';

/** The rows that a full look finds, and those that the segment reports. */
function both(segment: BandSegment, words: Uint32Array, query: Uint32Array, threshold: number) {
  const looked: [number, number][] = [];
  for (let row = segment.from; row < segment.to; row++) {
    const distance = distanceWithin(words, row * WORDS, query, threshold);
    if (distance <= threshold) looked.push([row, distance]);
  }
  const reported: [number, number][] = [];
  segment.search(words, query, threshold, (row, distance) => reported.push([row, distance]));
  return { looked, reported: reported.sort((a, b) => a[0] - b[0]) };
}

test('ones are counted in every word, the highest bit included', () => {
  for (const [word, ones] of [
    [0, 0],
    [1, 1],
    [0x8000_0000, 1],
    [0xffff_ffff, 32],
    [-1, 32],
    [0x5555_5555, 16],
    [0xf0f0_0001, 9],
  ] as const) {
    assert.equal(ones32(word), ones);
  }
});

test('at every threshold the segment reports what a full look finds, each row once', () => {
  const draw = seededDraw(11);
  const centre = drawSignal(draw);
  const before = 3;
  const signals = [
    ...Array.from({ length: before }, () => centre),
    ...Array.from({ length: 65 }, (_, bits) => neighbourAt(centre, bits, draw)),
    ...Array.from({ length: 65 }, (_, bits) => neighbourAt(centre, bits, draw)),
    ...Array.from({ length: 60 }, () => drawSignal(draw)),
  ];
  const words = Uint32Array.from(signals.flatMap((signal) => [...wordsOf(signal)]));
  const segment = new BandSegment(words, before, signals.length);
  for (let threshold = 0; threshold <= 63; threshold++) {
    const { looked, reported } = both(segment, words, wordsOf(centre), threshold);
    assert.ok(looked.length >= 2 * (threshold + 1));
    assert.deepEqual(reported, looked, `threshold ${threshold}`);
  }
});

test('bits crowded into few bands, and spread evenly over all of them, are found', () => {
  const query = wordsOf(drawSignal(seededDraw(5)));
  const rows: Uint32Array[] = [];
  for (let shift = 0; shift < BANDS; shift++) {
    for (const perBand of [1, 2, 3, 4, 8, 16]) {
      // `perBand` bits in each band from `shift` on, until 63 bits are spent.
      const row = query.slice();
      for (let spent = 0, band = shift; spent + perBand <= 63 && band < shift + BANDS; band++) {
        const flips = (1 << perBand) - 1;
        row[(band % BANDS) >> 1]! ^= band & 1 ? flips : flips << 16;
        spent += perBand;
      }
      rows.push(row);
    }
  }
  const words = Uint32Array.from(rows.flatMap((row) => [...row]));
  const segment = new BandSegment(words, 0, rows.length);
  for (let threshold = 0; threshold <= 63; threshold++) {
    const { looked, reported } = both(segment, words, query, threshold);
    assert.deepEqual(reported, looked, `threshold ${threshold}`);
  }
  assert.equal(both(segment, words, query, 63).looked.length, rows.length);
});

test('a row that was taken out is in none of its sixteen buckets', () => {
  const row = wordsOf(drawSignal(seededDraw(3)));
  const twin = row.slice();
  twin[7]! ^= 1;
  const words = Uint32Array.from([...row, ...twin]);
  const segment = new BandSegment(words, 0, 2);
  // A query that is four bits off in the first `band` bands is answered from bucket `band` and no earlier one.
  const queries = Array.from({ length: BANDS - 1 }, (_, bands) => {
    const query = row.slice();
    for (let band = 0; band < bands; band++) query[band >> 1]! ^= band & 1 ? 0xf : 0xf << 16;
    return query;
  });
  const found = (query: Uint32Array) => {
    const rows: number[] = [];
    segment.search(words, query, 63, (found) => rows.push(found));
    return rows.sort();
  };
  for (const query of queries) assert.deepEqual(found(query), [0, 1]);
  segment.takeOut(words, 0);
  for (const query of queries) assert.deepEqual(found(query), [1]);
  segment.wipe();
  for (const query of queries) assert.deepEqual(found(query), []);
});
