import assert from 'node:assert/strict';
import test from 'node:test';
import { permutedWords } from './bit-permutation.ts';
import { RingSegment } from './ring-segment.ts';
import { drawSignal, neighbourAt, seededDraw } from './seeded-signal.fixture.ts';
import { distanceWithin, WORDS } from './signal-words.ts';

/** A segment of these signals under their places as ids, that never looks at every row. */
function segmentOf(signals: readonly Uint8Array[]): RingSegment {
  return new RingSegment(
    signals.length,
    ({ rows, ids }) => {
      for (const [row, signal] of signals.entries()) {
        rows.set(permutedWords(signal), row * WORDS);
        ids[row] = row;
      }
    },
    0,
  );
}

/** Rows with their distances, for each query: as a full look finds them, and as the segment reports them. */
function both(segment: RingSegment, queries: readonly Uint8Array[], threshold: number) {
  const looked: [number, number, number][] = [];
  for (const [number, query] of queries.entries()) {
    const words = permutedWords(query);
    for (let row = 0; row < segment.length; row++) {
      const distance = distanceWithin(segment.wordsOf(row), 0, words, threshold);
      if (distance <= threshold && segment.isAlive(row)) looked.push([number, row, distance]);
    }
  }
  const reported: [number, number, number][] = [];
  segment.search(queries, threshold, (query, row, distance) => reported.push([query, row, distance]));
  return { looked, reported: reported.sort((a, b) => a[0] - b[0] || a[1] - b[1]) };
}

test('at every threshold the segment reports what a full look finds, each row once for each query', () => {
  const draw = seededDraw(11);
  const centre = drawSignal(draw);
  const signals = [
    ...Array.from({ length: 65 }, (_, bits) => neighbourAt(centre, bits, draw)),
    ...Array.from({ length: 65 }, (_, bits) => neighbourAt(centre, bits, draw)),
    // Many of one bucket, so that buckets longer than four vectors are met.
    ...Array.from({ length: 200 }, () => neighbourAt(centre, draw(20), draw)),
    ...Array.from({ length: 60 }, () => drawSignal(draw)),
  ];
  const segment = segmentOf(signals);
  const queries = [centre, drawSignal(draw), neighbourAt(centre, 9, draw)];
  for (let threshold = 0; threshold <= 63; threshold++) {
    const { looked, reported } = both(segment, queries, threshold);
    assert.ok(looked.length >= 2 * (threshold + 1));
    assert.deepEqual(reported, looked, `threshold ${threshold}`);
  }
});

test('bits crowded into few bands, and spread evenly over all of them, are found', () => {
  const query = permutedWords(drawSignal(seededDraw(5)));
  const rows: Uint32Array[] = [];
  for (let shift = 0; shift < 16; shift++) {
    for (const perBand of [1, 2, 3, 4, 5, 8, 16]) {
      // `perBand` bits in each band from `shift` on, until 63 bits are spent.
      const row = query.slice();
      for (let spent = 0, band = shift; spent + perBand <= 63 && band < shift + 16; band++) {
        const flips = (1 << perBand) - 1;
        row[(band % 16) >> 1]! ^= band & 1 ? flips << 16 : flips;
        spent += perBand;
      }
      rows.push(row);
    }
  }
  const segment = new RingSegment(
    rows.length,
    (draft) => {
      for (const [i, row] of rows.entries()) {
        draft.rows.set(row, i * WORDS);
        draft.ids[i] = i;
      }
    },
    0,
  );
  // A query goes in unshuffled: the one whose shuffled words these are.
  const asked = unshuffled(query);
  for (let threshold = 0; threshold <= 63; threshold++) {
    const { looked, reported } = both(segment, [asked], threshold);
    assert.deepEqual(reported, looked, `threshold ${threshold}`);
  }
  assert.equal(both(segment, [asked], 63).looked.length, rows.length);
});

function unshuffled(words: Uint32Array): Uint8Array {
  const signal = new Uint8Array(32);
  for (let bit = 0; bit < 256; bit++) {
    const one = new Uint8Array(32);
    one[bit >> 3] = 0x80 >> (bit & 7);
    if (permutedWords(one).some((word, i) => (word & words[i]!) !== 0)) signal[bit >> 3]! |= one[bit >> 3]!;
  }
  return signal;
}

test('every survivor of the first bands is looked at, however many there are', () => {
  // Near to each other in every band: each query makes more candidates than the list holds.
  const draw = seededDraw(29);
  const centre = drawSignal(draw);
  const signals = Array.from({ length: 9_000 }, () => neighbourAt(centre, 1 + draw(12), draw));
  const segment = segmentOf(signals);
  for (const threshold of [8, 31, 63]) {
    const { looked, reported } = both(segment, [centre, neighbourAt(centre, 3, draw)], threshold);
    assert.deepEqual(reported, looked);
  }
});

test('a segment large enough to be sorted in two steps is sorted right', () => {
  const draw = seededDraw(17);
  const count = 132_000;
  const centre = permutedWords(drawSignal(draw));
  const fill = (rows: Uint32Array) => {
    for (let i = 0; i < rows.length; i++) rows[i] = draw(0x1_0000_0000);
    // Some near a centre, so that there is something to find and some buckets are long.
    for (let row = 0; row < count; row += 100) {
      rows.set(centre, row * WORDS);
      rows[row * WORDS + draw(WORDS)]! ^= draw(0x1_0000);
      rows[row * WORDS + draw(WORDS)]! ^= draw(0x1_0000);
    }
  };
  const segment = new RingSegment(count, ({ rows, ids }) => {
    fill(rows);
    for (let row = 0; row < count; row++) ids[row] = row;
  });
  const queries = [
    unshuffled(centre),
    unshuffled(segment.wordsOf(4_321)),
    unshuffled(segment.wordsOf(count - 1)),
  ];
  for (const threshold of [8, 31]) {
    const { looked, reported } = both(segment, queries, threshold);
    assert.ok(looked.length > 100);
    assert.deepEqual(reported, looked);
  }
  for (let row = 0; row < count; row += 7) assert.ok(segment.rowOfWords(segment.wordsOf(row)) !== undefined);
});

test('a bucket that is longer than the list of lines is searched in pieces, and sorted right beside empty ones', () => {
  const draw = seededDraw(41);
  const count = 262_144;
  const centre = permutedWords(drawSignal(draw));
  const segment = new RingSegment(
    count,
    ({ rows, ids }) => {
      for (let i = 0; i < rows.length; i++) rows[i] = draw(0x1_0000_0000);
      for (let row = 0; row < count; row++) {
        // One bucket in band 0, and in the last band the keys of one upper byte.
        rows[row * WORDS] = (rows[row * WORDS]! & 0xffff_0000) | (centre[0]! & 0xffff);
        rows[row * WORDS + 7] = (rows[row * WORDS + 7]! & 0x00ff_ffff) | (centre[7]! & 0xff00_0000);
        ids[row] = row;
      }
      for (const row of [0, 70_000, count - 1]) {
        rows.set(centre, row * WORDS);
        rows[row * WORDS + 3]! ^= 0x0f0f_0f0f;
      }
    },
    0,
  );
  const queries = [unshuffled(centre), unshuffled(segment.wordsOf(123_456)), drawSignal(draw)];
  for (const threshold of [15, 31]) {
    const { looked, reported } = both(segment, queries, threshold);
    assert.ok(looked.length >= (threshold < 16 ? 1 : 4));
    assert.deepEqual(reported, looked, `threshold ${threshold}`);
  }
  // Taken out, an entry far behind in its bucket is found by nobody.
  assert.ok(segment.removeId(count - 1));
  const { looked, reported } = both(segment, queries, 31);
  assert.deepEqual(reported, looked);
  assert.equal(segment.rowOfWords(segment.wordsOf(70_000)), 0);
});

test('many queries at once get what each gets alone', () => {
  const draw = seededDraw(43);
  const signals = Array.from({ length: 600 }, () => drawSignal(draw));
  const segment = segmentOf(signals);
  const queries = Array.from({ length: 130 }, (_, i) => neighbourAt(signals[i % 90]!, draw(40), draw));
  for (const threshold of [0, 31, 63]) {
    const { looked, reported } = both(segment, queries, threshold);
    assert.deepEqual(reported, looked);
    assert.deepEqual(
      both(segment, queries.slice(0, 1), threshold).reported,
      looked.filter(([q]) => q === 0),
    );
  }
});

test('ids come and go, and a row that lost its last is reported no more and overwritten', () => {
  const draw = seededDraw(13);
  const signals = Array.from({ length: 50 }, () => drawSignal(draw));
  const segment = segmentOf(signals);
  const words = permutedWords(signals[7]!);
  assert.equal(segment.rowOfWords(words), 7);
  segment.addId(7, 900);
  const ids = () => {
    const found: number[] = [];
    segment.forEachId(7, (id) => found.push(id));
    return found;
  };
  assert.deepEqual(ids(), [7, 900]);
  assert.ok(segment.removeId(7));
  assert.equal(segment.removeId(7), false);
  assert.deepEqual([ids(), segment.rowOfId(7), segment.rowOfId(900), segment.ids], [[900], undefined, 7, 50]);
  segment.addId(7, 7);
  assert.deepEqual(ids(), [7, 900]);
  assert.ok(segment.removeId(900) && segment.removeId(7));
  assert.deepEqual([segment.dead, segment.ids, segment.isAlive(7)], [1, 49, false]);
  assert.equal(segment.rowOfWords(words), undefined);
  assert.ok(segment.wordsOf(7).every((word) => word === 0));
  const { looked, reported } = both(segment, [signals[7]!, new Uint8Array(32)], 63);
  assert.deepEqual(reported, looked);
  assert.deepEqual(reported, []);
});

test('rows that were filled in twice are told, even among many that share their first bands', () => {
  const draw = seededDraw(37);
  const signals = Array.from({ length: 300 }, () => drawSignal(draw));
  assert.equal(segmentOf(signals).twins().size, 0);
  const twice = segmentOf([...signals, signals[5]!, signals[5]!, signals[250]!]);
  const paired = [...twice.twins()].map(([row, first]) => [row, first].sort((a, b) => a - b));
  assert.equal(paired.length, 3);
  for (const [first, row] of paired) {
    assert.ok(first !== undefined && row !== undefined);
    assert.deepEqual(twice.wordsOf(first), twice.wordsOf(row));
  }
  // Chosen signals: the same in 48 bits, different behind, each of them twice.
  const centre = permutedWords(drawSignal(draw));
  const chosen = new RingSegment(2_000, ({ rows, ids }) => {
    for (let row = 0; row < 2_000; row++) {
      const words = centre.slice();
      words[5] = row >> 1;
      rows.set(words, row * WORDS);
      ids[row] = row;
    }
  });
  assert.equal(chosen.twins().size, 1_000);
});

test('a segment of more rows than 24 bits count is refused', () => {
  assert.throws(() => new RingSegment(2 ** 24, () => {}), RangeError);
});
