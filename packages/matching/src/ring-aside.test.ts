import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { permutedWords } from './bit-permutation.ts';
import { createRingIndex, ringIndexOf } from './ring-index.ts';
import { runSearchJob, runSortJob } from './ring-kernel.ts';
import { startRingThreads } from './ring-threads.fixture.ts';
import { createScanIndex } from './scan-index.ts';
import { drawSignal, neighbourAt, seededDraw } from './seeded-signal.fixture.ts';
import type { WorkAside } from './work-aside.ts';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Work that is done some turns of the loop later, so that much can happen in between. */
function slowly(turns: number): WorkAside {
  const wait = async () => {
    for (let i = 0; i < turns; i++) await turn();
  };
  return {
    threads: 2,
    pause: wait,
    sort: async (jobs) => {
      await wait();
      for (const job of jobs) runSortJob(job);
      await wait();
    },
    search: async (jobs) => {
      await wait();
      const answers = jobs.map(runSearchJob);
      await wait();
      return answers;
    },
  };
}

test('whatever happens while segments are merged aside, every answer is the scan’s', async () => {
  const draw = seededDraw(31);
  const centres = [new Uint8Array(32), drawSignal(draw), drawSignal(draw)];
  const signal = fc
    .record({ centre: fc.nat(2), bits: fc.oneof(fc.constant(0), fc.nat(66)), seed: fc.nat(9) })
    .map(({ centre, bits, seed }) =>
      neighbourAt(centres[centre] ?? new Uint8Array(32), bits, seededDraw(seed + 1)),
    );
  const step = fc.oneof(
    { weight: 8, arbitrary: fc.record({ kind: fc.constant('insert' as const), id: fc.nat(30), signal }) },
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('remove' as const), id: fc.nat(30) }) },
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constant('search' as const), signal, threshold: fc.nat(63) }),
    },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait' as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('seal' as const, 'compact' as const) }) },
  );
  let merged = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 120, size: 'max' }),
      fc.nat(2),
      fc.constantFrom(0, 4),
      async (steps, turns, rowsPerBucket) => {
        const work = slowly(turns);
        const aside: WorkAside = {
          ...work,
          sort: (jobs) => {
            merged += 1;
            return work.sort(jobs);
          },
          failed: (error) => assert.fail(String(error)),
        };
        const scan = createScanIndex();
        const ring = createRingIndex({ tailRows: 2, rowsPerBucket, aside });
        for (const step of steps) {
          if (step.kind === 'insert') {
            if (scan.has(step.id)) continue;
            scan.insert(step.id, step.signal);
            ring.insert(step.id, step.signal);
          } else if (step.kind === 'remove') {
            assert.equal(ring.remove(step.id), scan.remove(step.id));
          } else if (step.kind === 'search') {
            assert.deepEqual(
              ring.search(step.signal, step.threshold),
              scan.search(step.signal, step.threshold),
            );
          } else if (step.kind === 'wait') {
            await turn();
          } else {
            ring[step.kind]();
          }
          assert.equal(ring.size, scan.size);
        }
        await ring.settled();
        for (const centre of centres) assert.deepEqual(ring.search(centre, 63), scan.search(centre, 63));
      },
    ),
    { numRuns: 60 },
  );
  assert.ok(merged > 20, 'there were merges to disturb');
});

test('threads of their own sort what is merged, while searches and removals go on exactly', async () => {
  const threads = startRingThreads(2);
  try {
    const draw = seededDraw(77);
    const scan = createScanIndex();
    const ring = createRingIndex({
      tailRows: 600,
      rowsPerBucket: 0,
      aside: { ...threads, failed: (error) => assert.fail(String(error)) },
    });
    const signals: Uint8Array[] = [];
    let most = 0;
    for (let id = 0; id < 9_000; id++) {
      const signal = id % 3 === 2 ? neighbourAt(signals[draw(id)]!, draw(50), draw) : drawSignal(draw);
      signals.push(signal);
      scan.insert(id, signal);
      ring.insert(id, signal);
      if (id % 5 === 0) {
        const gone = draw(id + 1);
        assert.equal(ring.remove(gone), scan.remove(gone));
      }
      if (id % 100 !== 0) continue;
      const query = neighbourAt(signals[draw(id + 1)]!, draw(35), draw);
      assert.deepEqual(ring.search(query, 31), scan.search(query, 31));
      most = Math.max(most, ring.shape.segments);
      await turn();
    }
    await ring.settled();
    assert.ok(most > 1 && ring.shape.segments <= 5);
    const queries = signals.slice(0, 60);
    const answers = queries.map((query) => scan.search(query, 40));
    assert.deepEqual(ring.searchBatch(queries, 40), answers);
    assert.deepEqual(await ring.searchBatchAside(queries, 40), answers);
  } finally {
    await threads.close();
  }
});

test('a removal during a merge leaves no trace once the merge has ended', async () => {
  const draw = seededDraw(79);
  const signals = Array.from({ length: 40 }, () => drawSignal(draw));
  const ring = createRingIndex({ tailRows: 10, rowsPerBucket: 0, aside: slowly(2) });
  for (const [id, signal] of signals.entries()) {
    ring.insert(id, signal);
    ring.search(signal, 0);
    if (id === 25) {
      // Two segments are being merged.
      assert.equal(ring.shape.segments, 2);
      assert.ok(ring.remove(3));
    }
  }
  await ring.settled();
  assert.deepEqual(ring.search(signals[3]!, 31), []);
  const pieces = new Set(new BigUint64Array(permutedWords(signals[3]!).buffer));
  for (const memory of ring.memories) {
    assert.ok(new BigUint64Array(memory).every((piece) => !pieces.has(piece)));
  }
  assert.equal(ring.size, 39);
});

test('a merge that fails changes no answer and is told', async () => {
  const told: unknown[] = [];
  const ring = createRingIndex({
    tailRows: 5,
    aside: {
      threads: 1,
      pause: turn,
      search: async () => [],
      sort: async () => {
        throw new Error('thread gone');
      },
      failed: (error) => told.push(error),
    },
  });
  const draw = seededDraw(83);
  const signals = Array.from({ length: 30 }, () => drawSignal(draw));
  for (const [id, signal] of signals.entries()) {
    ring.insert(id, signal);
    assert.deepEqual(ring.search(signal, 31), [{ id, distance: 0 }]);
  }
  await ring.settled();
  assert.match(String(told[0]), /thread gone/);
  for (const [id, signal] of signals.entries()) {
    assert.deepEqual(ring.search(signal, 31), [{ id, distance: 0 }]);
  }
});

test('many are loaded on threads aside as they are here, and nobody else may insert meanwhile', async () => {
  const threads = startRingThreads(2);
  try {
    const draw = seededDraw(91);
    const signals = Array.from({ length: 6_000 }, () => drawSignal(draw));
    signals[70] = signals[5_000]!;
    const bytes = Uint8Array.from(signals.flatMap((signal) => [...signal]));
    const ids = Uint32Array.from(signals, (_, i) => 3 * i);
    const ring = createRingIndex({ rowsPerBucket: 0, aside: threads });
    await ring.load(ids, bytes);
    assert.equal(ring.size, 6_000);
    const here = createRingIndex();
    here.insertMany(ids, bytes);
    const queries = signals.slice(0, 90).map((signal) => neighbourAt(signal, 20, draw));
    assert.deepEqual(await ring.searchBatchAside(queries, 31), here.searchBatch(queries, 31));
    await assert.rejects(ring.load(Uint32Array.of(1), signals[0]!), /empty/);
    const disturbed = createRingIndex({ aside: threads });
    const loading = disturbed.load(ids, bytes);
    disturbed.insert(1, signals[0]!);
    await assert.rejects(loading, /empty/);
    assert.deepEqual(disturbed.search(signals[0]!, 0), [{ id: 1, distance: 0 }]);
  } finally {
    await threads.close();
  }
});

test('a batch on other threads answers for what is there, whatever is removed, merged or compacted meanwhile', async () => {
  const draw = seededDraw(97);
  const centre = drawSignal(draw);
  const signals = Array.from({ length: 60 }, () => neighbourAt(centre, draw(40), draw));
  const ring = createRingIndex({ tailRows: 8, rowsPerBucket: 0, aside: slowly(2) });
  for (const [id, signal] of signals.entries()) {
    ring.insert(id, signal);
    ring.search(signal, 0);
  }
  const asked = [
    ring.searchBatchAside([centre, signals[4]!, signals[59]!], 63),
    ring.searchBatchAside([centre], 31),
  ];
  await turn();
  for (const id of [2, 4, 59]) ring.remove(id);
  ring.compact();
  const scan = createScanIndex();
  for (const [id, signal] of signals.entries()) if (ring.has(id)) scan.insert(id, signal);
  const [three, one] = await Promise.all(asked);
  assert.deepEqual(
    three,
    [centre, signals[4]!, signals[59]!].map((query) => scan.search(query, 63)),
  );
  assert.deepEqual(one, [scan.search(centre, 31)]);
  await ring.settled();
});

test('a copy taken in pauses, while ids come and go and segments merge, makes an index to which the changes can be done again', async () => {
  const draw = seededDraw(101);
  const signals = Array.from({ length: 30_000 }, () => drawSignal(draw));
  signals[40] = signals[29_999]!;
  const bytes = Uint8Array.from(signals.flatMap((signal) => [...signal]));
  const ring = createRingIndex({ tailRows: 8, rowsPerBucket: 0, aside: slowly(2) });
  const base = 20_000;
  await ring.load(
    Uint32Array.from({ length: base }, (_, i) => i),
    bytes.subarray(0, 32 * base),
  );
  // What changed since the copy began, and is done again to what came of it.
  const removed = new Set<number>();
  const inserted = new Set<number>();
  const steps = ring.contentsInPauses();
  let pauses = 0;
  let step = steps.next();
  while (!step.done) {
    pauses += 1;
    for (let i = 0; i < 200; i++) {
      const id = draw(base);
      if (ring.remove(id)) removed.add(id);
    }
    for (let i = 0; i < 20; i++) {
      const id = base + draw(9_999);
      if (!ring.has(id)) ring.insert(id, signals[id]!);
      inserted.add(id);
    }
    ring.search(signals[0]!, 31);
    await turn();
    step = steps.next();
  }
  assert.ok(pauses > 3);
  const copy = await ringIndexOf(step.value, { rowsPerBucket: 0, aside: slowly(1) });
  for (const id of removed) copy.remove(id);
  for (const id of inserted) if (!copy.has(id)) copy.insert(id, signals[id]!);
  await ring.settled();
  assert.equal(copy.size, ring.size);
  const asked = [...removed, ...inserted, 40].slice(-400).map((id) => signals[id]!);
  assert.deepEqual(copy.searchBatch(asked, 31), ring.searchBatch(asked, 31));
});

test('compacted aside, an index tells no more what was removed, and what is removed meanwhile is gone too', async () => {
  const draw = seededDraw(103);
  const signals = Array.from({ length: 60 }, () => drawSignal(draw));
  const ring = createRingIndex({ tailRows: 8, rowsPerBucket: 0, aside: slowly(2) });
  for (const [id, signal] of signals.entries()) {
    ring.insert(id, signal);
    ring.search(signal, 0);
  }
  for (const id of [1, 30, 59]) ring.remove(id);
  const compacting = ring.compactAside();
  await turn();
  ring.remove(7);
  await compacting;
  assert.deepEqual([ring.shape.segments, ring.shape.tailRows, ring.size], [1, 0, 56]);
  for (const [id, signal] of signals.entries())
    assert.equal(ring.search(signal, 0).length, ring.has(id) ? 1 : 0);
  const pieces = new Set(new BigUint64Array(permutedWords(signals[7]!).buffer));
  for (const memory of ring.memories) {
    assert.ok(new BigUint64Array(memory).every((piece) => !pieces.has(piece)));
  }
});
