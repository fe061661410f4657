import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { MatchIndex } from './match-index.ts';
import { createMultiIndex } from './multi-index.ts';
import { createRingIndex } from './ring-index.ts';
import { createScanIndex } from './scan-index.ts';
import { drawSignal, neighbourAt, seededDraw } from './seeded-signal.fixture.ts';

/** Every kind of index; the second seals at each turn and never scans what is sealed. */
const KINDS: readonly (readonly [string, () => MatchIndex])[] = [
  ['scan', createScanIndex],
  ['multi, sealed often', () => createMultiIndex({ tailRows: 3, rowsPerBucket: 0 })],
  ['multi', () => createMultiIndex()],
  ['ring, sealed often', () => createRingIndex({ tailRows: 3, rowsPerBucket: 0 })],
  ['ring', () => createRingIndex()],
];

for (const [kind, create] of KINDS) {
  test(`${kind}: an empty index answers nothing`, () => {
    const index = create();
    assert.equal(index.size, 0);
    assert.deepEqual(index.search(new Uint8Array(32), 63), []);
    assert.deepEqual(index.searchAny([new Uint8Array(32)], 0), []);
    assert.equal(index.remove(0), false);
  });

  test(`${kind}: an index of one signal returns it (faiss-based peers return nothing: upstream #1318)`, () => {
    for (const signal of [new Uint8Array(32), new Uint8Array(32).fill(255), drawSignal(seededDraw(8))]) {
      const index = create();
      index.insert(0, signal);
      assert.deepEqual(index.search(signal, 0), [{ id: 0, distance: 0 }]);
      assert.deepEqual(index.search(neighbourAt(signal, 31, seededDraw(9)), 31), [{ id: 0, distance: 31 }]);
      assert.deepEqual(index.search(neighbourAt(signal, 32, seededDraw(9)), 31), []);
      assert.deepEqual(index.search(neighbourAt(signal, 63, seededDraw(9)), 63), [{ id: 0, distance: 63 }]);
    }
  });

  test(`${kind}: neighbours planted at every distance are found at and above it, nearest first`, () => {
    const draw = seededDraw(21);
    const index = create();
    const centre = drawSignal(draw);
    for (let bits = 0; bits <= 70; bits++) index.insert(1000 - bits, neighbourAt(centre, bits, draw));
    for (let threshold = 0; threshold <= 63; threshold++) {
      assert.deepEqual(
        index.search(centre, threshold),
        Array.from({ length: threshold + 1 }, (_, distance) => ({ id: 1000 - distance, distance })),
      );
    }
  });

  test(`${kind}: the smallest and the largest id serve, and equal distances come by id`, () => {
    const index = create();
    const signal = drawSignal(seededDraw(13));
    for (const id of [0xffff_ffff, 7, 0]) index.insert(id, signal);
    assert.deepEqual(
      index.search(signal, 0).map((hit) => hit.id),
      [0, 7, 0xffff_ffff],
    );
    assert.ok(index.has(0xffff_ffff) && index.remove(0xffff_ffff) && !index.has(0xffff_ffff));
    assert.equal(index.size, 2);
  });

  test(`${kind}: removal and return are seen by the next search`, () => {
    const draw = seededDraw(17);
    const index = create();
    const signals = Array.from({ length: 20 }, () => drawSignal(draw));
    for (const [id, signal] of signals.entries()) index.insert(id, signal);
    for (const [id, signal] of signals.entries()) {
      assert.deepEqual(index.search(signal, 0), [{ id, distance: 0 }]);
      assert.equal(index.remove(id), true);
      assert.equal(index.remove(id), false);
      assert.deepEqual(index.search(signal, 0), []);
      index.insert(id, signals[(id + 1) % 20] ?? signal);
      assert.ok(index.search(signals[(id + 1) % 20] ?? signal, 0).some((hit) => hit.id === id));
      index.remove(id);
      index.insert(id, signal);
      assert.deepEqual(index.search(signal, 0), [{ id, distance: 0 }]);
    }
    assert.equal(index.size, 20);
  });

  test(`${kind}: the signal is copied at insertion`, () => {
    const index = create();
    const signal = drawSignal(seededDraw(19));
    const copy = signal.slice();
    index.insert(1, signal);
    signal.fill(0);
    assert.deepEqual(index.search(copy, 0), [{ id: 1, distance: 0 }]);
  });

  test(`${kind}: searchAny names each id once, with its nearest query and the first of equals`, () => {
    const draw = seededDraw(23);
    const index = create();
    const a = drawSignal(draw);
    const b = neighbourAt(a, 20, draw);
    index.insert(1, a);
    index.insert(2, b);
    const far = drawSignal(draw);
    assert.deepEqual(index.searchAny([far, b, a, a], 31), [
      { id: 1, distance: 0, query: 2 },
      { id: 2, distance: 0, query: 1 },
    ]);
    assert.equal(index.searchAny(Array<Uint8Array>(64).fill(a), 31).length, 2);
  });

  test(`${kind}: errors name what was expected and hold nothing of the signal`, () => {
    const index = create();
    const signal = new Uint8Array(32).fill(0xab);
    index.insert(1, signal);
    const refused = (act: () => unknown, expected: RegExp) =>
      assert.throws(act, (error: Error) => {
        assert.ok(error instanceof RangeError);
        assert.match(error.message, expected);
        assert.doesNotMatch(error.message, /ab|171/i);
        return true;
      });
    for (const id of [-1, 0.5, 0x1_0000_0000, Number.NaN]) {
      refused(() => index.insert(id, signal), /id/);
    }
    refused(() => index.insert(1, signal), /not present/);
    refused(() => index.insert(2, signal.subarray(1)), /32 bytes/);
    refused(() => index.search(new Uint8Array(33).fill(0xab), 31), /32 bytes/);
    for (const threshold of [-1, 64, 0.5, Number.NaN]) {
      refused(() => index.search(signal, threshold), /threshold/);
      refused(() => index.searchAny([signal], threshold), /threshold/);
    }
    refused(() => index.searchAny([], 31), /1 to 64/);
    refused(() => index.searchAny(Array<Uint8Array>(65).fill(signal), 31), /1 to 64/);
    refused(() => index.searchAny([signal, new Uint8Array(31)], 31), /32 bytes/);
    assert.deepEqual(index.search(signal, 0), [{ id: 1, distance: 0 }], 'a refused insert changes nothing');
    assert.equal(index.size, 1);
  });
}

test('whatever is inserted, removed and asked, in any order, the multi-index answers as the scan does', () => {
  const draw = seededDraw(31);
  // Few centres and their neighbours, so that duplicates, near misses and re-insertions are common.
  const centres = [new Uint8Array(32), new Uint8Array(32).fill(255), drawSignal(draw), drawSignal(draw)];
  const signal = fc
    .record({ centre: fc.nat(3), bits: fc.oneof(fc.constant(0), fc.nat(66)), seed: fc.nat(20) })
    .map(({ centre, bits, seed }) =>
      neighbourAt(centres[centre] ?? new Uint8Array(32), bits, seededDraw(seed + 1)),
    );
  const id = fc.oneof(fc.nat(12), fc.constantFrom(0, 0xffff_ffff));
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('insert' as const), id, signal }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), id }) },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('search' as const), signal, threshold: fc.nat(63) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('searchAny' as const),
        signals: fc.array(signal, { minLength: 1, maxLength: 8 }),
        threshold: fc.nat(63),
      }),
    },
  );
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 80, size: 'max' }),
      fc.constantFrom(1, 4, 16),
      fc.constantFrom(0, 1),
      (steps, tailRows, rowsPerBucket) => {
        const scan = createScanIndex();
        const multi = createMultiIndex({ tailRows, rowsPerBucket, seed: steps.length });
        for (const step of steps) {
          if (step.kind === 'insert') {
            if (scan.has(step.id)) {
              assert.throws(() => multi.insert(step.id, step.signal), RangeError);
            } else {
              scan.insert(step.id, step.signal);
              multi.insert(step.id, step.signal);
            }
          } else if (step.kind === 'remove') {
            assert.equal(multi.remove(step.id), scan.remove(step.id));
          } else if (step.kind === 'search') {
            assert.deepEqual(
              multi.search(step.signal, step.threshold),
              scan.search(step.signal, step.threshold),
            );
          } else {
            assert.deepEqual(
              multi.searchAny(step.signals, step.threshold),
              scan.searchAny(step.signals, step.threshold),
            );
          }
          assert.equal(multi.size, scan.size);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('a bank of twelve thousand that lives answers as the scan does, at every kind of threshold', () => {
  const draw = seededDraw(41);
  const scan = createScanIndex();
  const multi = createMultiIndex({ seed: 5 });
  const kept: Uint8Array[] = [];
  const insert = (id: number, signal: Uint8Array) => {
    scan.insert(id, signal);
    multi.insert(id, signal);
    kept[id] = signal;
  };
  const agree = () => {
    for (const threshold of [0, 1, 15, 16, 31, 32, 47, 48, 63]) {
      for (let asked = 0; asked < 4; asked++) {
        const near = neighbourAt(kept[draw(kept.length)] ?? new Uint8Array(32), draw(threshold + 4), draw);
        assert.deepEqual(multi.search(near, threshold), scan.search(near, threshold), `${threshold} bits`);
      }
      const eight = Array.from({ length: 8 }, () =>
        neighbourAt(kept[draw(kept.length)] ?? new Uint8Array(32), draw(80), draw),
      );
      assert.deepEqual(multi.searchAny(eight, threshold), scan.searchAny(eight, threshold));
    }
  };
  for (let id = 0; id < 12_000; id++) {
    // A third are neighbours of earlier ones, so that buckets and answers are not all lonely.
    insert(
      id,
      id % 3 === 2 ? neighbourAt(kept[draw(id)] ?? new Uint8Array(32), draw(64), draw) : drawSignal(draw),
    );
    if (id % 4_000 === 3_999) agree();
  }
  for (let id = 0; id < 12_000; id += 2) assert.equal(multi.remove(id), scan.remove(id));
  agree();
  for (let id = 1; id < 12_000; id += 4) assert.equal(multi.remove(id), scan.remove(id));
  agree();
  multi.seal();
  agree();
});

test('ten thousand ids of one signal are one row', () => {
  const multi = createMultiIndex();
  const signal = drawSignal(seededDraw(51));
  for (let id = 0; id < 10_000; id++) multi.insert(id, signal);
  assert.deepEqual(multi.shape, { tailRows: 1, segments: 0, segmentBytes: 0 });
  assert.equal(multi.size, 10_000);
  const hits = multi.search(neighbourAt(signal, 5, seededDraw(1)), 31);
  assert.equal(hits.length, 10_000);
  assert.ok(hits.every((hit, i) => hit.id === i && hit.distance === 5));
  for (let id = 0; id < 9_999; id++) multi.remove(id);
  assert.deepEqual(multi.search(signal, 0), [{ id: 9_999, distance: 0 }]);
});

test('segments stay few while a bank grows, and shrink with it', () => {
  const draw = seededDraw(61);
  const multi = createMultiIndex({ tailRows: 100 });
  for (let id = 0; id < 6_000; id++) {
    multi.insert(id, drawSignal(draw));
    if (id % 50 === 0) multi.search(new Uint8Array(32), 0);
    assert.ok(multi.shape.segments <= 3);
  }
  for (let id = 0; id < 5_900; id++) multi.remove(id);
  multi.search(new Uint8Array(32), 0);
  const { segments, tailRows } = multi.shape;
  assert.ok(segments <= 1 && tailRows <= 100);
  assert.equal(multi.size, 100);
});

test('options that make no sense are refused', () => {
  for (const tailRows of [0, -1, 1.5, Number.NaN]) {
    assert.throws(() => createMultiIndex({ tailRows }), RangeError);
  }
  for (const rowsPerBucket of [-1, Number.NaN]) {
    assert.throws(() => createMultiIndex({ rowsPerBucket }), RangeError);
  }
});
