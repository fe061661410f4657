import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { permutedWords } from './bit-permutation.ts';
import { createExactIndex, createRingIndex, type RingIndex } from './ring-index.ts';
import { readRingSnapshot, ringSnapshot } from './ring-snapshot.ts';
import { createScanIndex } from './scan-index.ts';
import { drawSignal, neighbourAt, seededDraw } from './seeded-signal.fixture.ts';

test('whatever is inserted, removed, sealed, reloaded and asked, in any order, the ring index answers as the scan does', async () => {
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
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('insert' as const), id, signal }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('remove' as const), id }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constantFrom('seal' as const, 'compact' as const, 'reload' as const) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('ask' as const),
        signals: fc.array(signal, { minLength: 1, maxLength: 12 }),
        threshold: fc.nat(63),
      }),
    },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 80, size: 'max' }),
      fc.constantFrom(1, 4, 16),
      fc.constantFrom(0, 0.001, 4),
      fc.constantFrom(3, 7, 1000),
      async (steps, tailRows, rowsPerBucket, segmentRows) => {
        const scan = createScanIndex();
        const options = { tailRows, rowsPerBucket, segmentRows, seed: steps.length };
        let ring = createRingIndex(options);
        for (const step of steps) {
          if (step.kind === 'insert') {
            if (scan.has(step.id)) {
              assert.throws(() => ring.insert(step.id, step.signal), RangeError);
            } else {
              scan.insert(step.id, step.signal);
              ring.insert(step.id, step.signal);
            }
          } else if (step.kind === 'remove') {
            assert.equal(ring.remove(step.id), scan.remove(step.id));
          } else if (step.kind === 'ask') {
            const { signals, threshold } = step;
            const answers = signals.map((signal) => scan.search(signal, threshold));
            assert.deepEqual(ring.search(signals[0]!, threshold), answers[0]);
            assert.deepEqual(ring.searchBatch(signals, threshold), answers);
            assert.deepEqual(ring.searchAny(signals, threshold), scan.searchAny(signals, threshold));
          } else if (step.kind === 'reload') {
            const bytes = Array.from(ringSnapshot(ring, 7), (chunk) => chunk.slice());
            const read = await readRingSnapshot(bytes, options);
            assert.ok(read.ok && read.position === 7);
            ring = read.index;
          } else {
            ring[step.kind]();
          }
          assert.equal(ring.size, scan.size);
          for (const id of [0, 5, 12]) assert.equal(ring.has(id), scan.has(id));
        }
      },
    ),
    { numRuns: 60 },
  );
});

/** A bank of this many, a third of them near an earlier one, with ids in no order. */
function bankOf(count: number, seed: number) {
  const draw = seededDraw(seed);
  const signals: Uint8Array[] = [];
  for (let i = 0; i < count; i++) {
    signals.push(i % 3 === 2 ? neighbourAt(signals[draw(i)]!, draw(64), draw) : drawSignal(draw));
  }
  const ids = Uint32Array.from(signals, (_, i) => (i * 2_654_435_761) >>> 0);
  return { draw, signals, ids };
}

test('a bank of twelve thousand that lives answers as the scan does, at every kind of threshold', () => {
  const { draw, signals, ids } = bankOf(12_000, 41);
  const scan = createScanIndex();
  const ring = createRingIndex({ seed: 5, tailRows: 1_500, rowsPerBucket: 0 });
  const agree = () => {
    for (const threshold of [0, 1, 15, 16, 31, 32, 47, 48, 63]) {
      const near = () => neighbourAt(signals[draw(signals.length)]!, draw(threshold + 4), draw);
      const asked = Array.from({ length: 10 }, near);
      assert.deepEqual(
        ring.searchBatch(asked, threshold),
        asked.map((query) => scan.search(query, threshold)),
        `${threshold} bits`,
      );
      const eight = asked.slice(2);
      assert.deepEqual(ring.search(asked[0]!, threshold), scan.search(asked[0]!, threshold));
      assert.deepEqual(ring.searchAny(eight, threshold), scan.searchAny(eight, threshold));
    }
  };
  for (const [i, signal] of signals.entries()) {
    scan.insert(ids[i]!, signal);
    ring.insert(ids[i]!, signal);
    if (i % 4_000 === 3_999) agree();
  }
  for (let i = 0; i < 12_000; i += 2) assert.equal(ring.remove(ids[i]!), scan.remove(ids[i]!));
  agree();
  for (let i = 1; i < 12_000; i += 4) assert.equal(ring.remove(ids[i]!), scan.remove(ids[i]!));
  agree();
  ring.seal();
  agree();
  ring.compact();
  agree();
});

test('many inserted at once are found as if one by one, few equal ones folded where they are and many sorted anew', () => {
  for (const [equal, foldFrom] of [
    [50, 0],
    [1_000, 0],
    [50, undefined],
  ] as const) {
    const { signals, ids } = bankOf(6_000, 43);
    signals.push(...signals.slice(0, equal), signals[7]!, signals[7]!);
    const all = Uint32Array.from(signals, (_, i) => ids[i] ?? 4_000_000_000 + i);
    const ring = createRingIndex({ rowsPerBucket: 0, ...(foldFrom === undefined ? {} : { foldFrom }) });
    ring.insertMany(all, Uint8Array.from(signals.flatMap((signal) => [...signal])));
    const scan = createScanIndex();
    for (const [i, signal] of signals.entries()) scan.insert(all[i]!, signal);
    const asked = signals.slice(0, 200);
    const same = () => {
      assert.equal(ring.size, scan.size);
      const found = asked.map((query) => scan.search(query, 31));
      assert.deepEqual(ring.searchBatch(asked, 31), found);
    };
    same();
    // A second load joins the first.
    const more = bankOf(30, 47);
    for (const [i, signal] of more.signals.entries()) scan.insert(i + 1, signal);
    ring.insertMany(
      Uint32Array.from(more.signals, (_, i) => i + 1),
      Uint8Array.from(more.signals.flatMap((s) => [...s])),
    );
    same();
    // The first of some equal ones goes, of others a later one, of one all.
    for (const id of [all[3]!, all[6_004]!, all[7]!, all[6_007]!, all[6_000 + equal]!, all[6_001 + equal]!]) {
      assert.ok(ring.remove(id) && scan.remove(id));
    }
    same();
    ring.compact();
    same();
  }
});

test('a load with an id twice, an id that is there, or bytes that do not fit is refused whole', () => {
  const { signals, ids } = bankOf(5_000, 53);
  const bytes = Uint8Array.from(signals.flatMap((signal) => [...signal]));
  const ring = createRingIndex();
  const twice = ids.slice();
  twice[4_999] = ids[17]!;
  assert.throws(() => ring.insertMany(twice, bytes), /each once/);
  assert.throws(() => ring.insertMany(ids, bytes.subarray(1)), /32 bytes/);
  assert.equal(ring.size, 0);
  ring.insert(ids[4]!, signals[9]!);
  assert.throws(() => ring.insertMany(ids, bytes), /not present/);
  assert.equal(ring.size, 1);
});

test('ten thousand ids of one signal are one row, in the tail and in a segment', () => {
  const ring = createRingIndex();
  const signal = drawSignal(seededDraw(51));
  for (let id = 0; id < 10_000; id++) {
    if (id === 5_000) ring.seal();
    ring.insert(id, signal);
  }
  assert.deepEqual([ring.shape.tailRows, ring.shape.segments, ring.size], [0, 1, 10_000]);
  const hits = ring.search(neighbourAt(signal, 5, seededDraw(1)), 31);
  assert.equal(hits.length, 10_000);
  assert.ok(hits.every((hit, i) => hit.id === i && hit.distance === 5));
  for (let id = 0; id < 9_999; id++) ring.remove(id);
  assert.deepEqual(ring.search(signal, 0), [{ id: 9_999, distance: 0 }]);
});

test('segments stay few while a bank grows, and shrink with it', () => {
  const draw = seededDraw(61);
  const ring = createRingIndex({ tailRows: 100 });
  for (let id = 0; id < 6_000; id++) {
    ring.insert(id, drawSignal(draw));
    if (id % 50 === 0) ring.search(new Uint8Array(32), 0);
    assert.ok(ring.shape.segments <= 3);
  }
  for (let id = 0; id < 5_900; id++) ring.remove(id);
  ring.seal();
  assert.ok(ring.shape.segments <= 1);
  assert.equal(ring.size, 100);
});

/** Which of these signals has eight bytes in a row, as they came or shuffled, in any memory of the index. */
function traces(ring: RingIndex, signals: readonly Uint8Array[]): ReadonlySet<number> {
  const owners = new Map<bigint, number>();
  for (const [i, signal] of signals.entries()) {
    for (const words of [permutedWords(signal), new Uint32Array(signal.slice().buffer)]) {
      for (const pair of new BigUint64Array(words.buffer)) owners.set(pair, i);
    }
  }
  const found = new Set<number>();
  for (const memory of ring.memories) {
    for (const pair of new BigUint64Array(memory)) {
      const owner = owners.get(pair);
      if (owner !== undefined) found.add(owner);
    }
  }
  return found;
}

test('a removed signal is in no memory from the moment of its removal, nor after merges and compaction', () => {
  // Neighbours share bytes: these are strangers.
  const draw = seededDraw(67);
  const signals = Array.from({ length: 700 }, () => drawSignal(draw));
  const ids = Uint32Array.from(signals, (_, i) => 7_000 - i);
  const ring = createRingIndex({ tailRows: 150, rowsPerBucket: 0 });
  const gone = new Set<number>();
  const expectTraces = () => {
    const left = signals.map((_, i) => i).filter((i) => !gone.has(i));
    assert.deepEqual(
      [...traces(ring, signals)].sort((a, b) => a - b),
      left,
    );
  };
  for (const [i, signal] of signals.entries()) {
    ring.insert(ids[i]!, signal);
    ring.search(signal, 31);
  }
  expectTraces();
  for (let i = 0; i < 700; i += 3) {
    ring.remove(ids[i]!);
    ring.search(signals[i]!, 31);
    gone.add(i);
  }
  expectTraces();
  ring.seal();
  expectTraces();
  const before = ring.memories;
  ring.compact();
  expectTraces();
  const kept = ring.memories;
  const givenUp = before.filter((memory) => !kept.includes(memory));
  assert.ok(givenUp.length > 0);
  assert.ok(
    givenUp.every((memory) => new Uint32Array(memory).every((word) => word === 0)),
    'what was given up is zeros',
  );
});

test('where WebAssembly runs, the exact index is the ring index', () => {
  const index = createExactIndex({ seed: 1 });
  index.insert(3, new Uint8Array(32));
  index.seal();
  assert.equal(index.shape.segments, 1);
  assert.deepEqual(index.searchBatch([new Uint8Array(32)], 31), [[{ id: 3, distance: 0 }]]);
});

test('options that make no sense are refused', () => {
  for (const tailRows of [0, -1, 1.5, Number.NaN]) {
    assert.throws(() => createRingIndex({ tailRows }), RangeError);
  }
  for (const rowsPerBucket of [-1, Number.NaN]) {
    assert.throws(() => createRingIndex({ rowsPerBucket }), RangeError);
  }
  for (const segmentRows of [0, 2 ** 24, 0.5]) {
    assert.throws(() => createRingIndex({ segmentRows }), RangeError);
  }
  assert.throws(() => createRingIndex().searchBatch([new Uint8Array(31)], 31), RangeError);
  assert.throws(() => createRingIndex().searchBatch([new Uint8Array(32)], 64), RangeError);
});

test('where memory ends, a search says so and never answers without what it could not take in', () => {
  const draw = seededDraw(111);
  const signals = Array.from({ length: 5_000 }, () => drawSignal(draw));
  const { Memory } = (globalThis as unknown as { WebAssembly: { Memory: { prototype: { grow: unknown } } } })
    .WebAssembly;
  const { grow } = Memory.prototype;
  const ring = createRingIndex({ tailRows: 100_000 });
  for (const [id, signal] of signals.entries()) ring.insert(id, signal);
  Memory.prototype.grow = () => {
    throw new RangeError('WebAssembly.Memory.grow(): Maximum memory size exceeded');
  };
  try {
    assert.throws(() => ring.search(signals[4_999]!, 31), /expected memory/);
    assert.throws(() => ring.searchAny([signals[0]!], 31), /expected memory/);
    assert.throws(() => ring.searchBatch([signals[0]!], 31), /expected memory/);
  } finally {
    Memory.prototype.grow = grow;
  }
  for (const id of [0, 77, 4_999]) assert.deepEqual(ring.search(signals[id]!, 31), [{ id, distance: 0 }]);
});
