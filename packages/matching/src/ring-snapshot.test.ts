import assert from 'node:assert/strict';
import test from 'node:test';
import { crc32 } from './crc-32.ts';
import { createRingIndex, type RingIndex } from './ring-index.ts';
import { RING_SNAPSHOT_VERSION, readRingSnapshot, ringSnapshot } from './ring-snapshot.ts';
import { drawSignal, neighbourAt, seededDraw } from './seeded-signal.fixture.ts';

/** An index that lived: sealed, with a tail, removals, and ids that share signals. */
function livedIndex(): { readonly index: RingIndex; readonly signals: readonly Uint8Array[] } {
  const draw = seededDraw(71);
  const index = createRingIndex({ tailRows: 20 });
  const signals = Array.from({ length: 90 }, () => drawSignal(draw));
  for (const [i, signal] of signals.entries()) {
    if (i === 60) index.seal();
    index.insert(5_000 - i, signal);
  }
  for (const i of [3, 3, 40, 80]) index.insert(9_000 + index.size, signals[i]!);
  for (const id of [5_000, 4_997, 4_950, 4_915]) assert.ok(index.remove(id));
  return { index, signals };
}

function* inPieces(bytes: Uint8Array, length: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

/** All bytes, copied chunk by chunk: each is valid only until the next. */
function takenBytes(index: RingIndex, position = 12): Uint8Array {
  const taken: number[] = [];
  for (const chunk of ringSnapshot(index, position)) taken.push(...chunk);
  return Uint8Array.from(taken);
}

test('an index comes back from its bytes as it was, in pieces of any length', async () => {
  const { index, signals } = livedIndex();
  const bytes = takenBytes(index);
  for (const length of [1, 7, 64, 1_000_000]) {
    const restored = await readRingSnapshot(inPieces(bytes, length), { rowsPerBucket: 0 });
    assert.ok(restored.ok);
    assert.deepEqual([restored.position, restored.index.size], [12, index.size]);
    const asked = signals.map((signal) => neighbourAt(signal, 9, seededDraw(5)));
    assert.deepEqual(restored.index.searchBatch(asked, 31), index.searchBatch(asked, 31));
    assert.deepEqual(takenBytes(restored.index), bytes);
  }
});

test('an empty index, and the greatest position, come back', async () => {
  const restored = await readRingSnapshot([takenBytes(createRingIndex(), Number.MAX_SAFE_INTEGER)]);
  assert.ok(restored.ok);
  assert.deepEqual([restored.index.size, restored.position], [0, Number.MAX_SAFE_INTEGER]);
  for (const position of [-1, 0.5, 2 ** 53]) {
    assert.throws(() => takenBytes(createRingIndex(), position), RangeError);
  }
});

test('a snapshot that is cut anywhere is refused', async () => {
  const bytes = takenBytes(livedIndex().index);
  for (let length = 0; length < bytes.length; length += length < 80 ? 1 : 37) {
    const restored = await readRingSnapshot([bytes.subarray(0, length)]);
    assert.deepEqual(restored, { ok: false, reason: length < 8 ? 'not-a-snapshot' : 'cut' });
  }
  assert.equal((await readRingSnapshot([bytes.subarray(0, -1)])).ok, false);
});

test('a snapshot with any byte changed is refused', async () => {
  const bytes = takenBytes(livedIndex().index);
  for (let at = 0; at < bytes.length; at += at < 80 || at > bytes.length - 60 ? 1 : 11) {
    for (const flip of [1, 0x80]) {
      const changed = bytes.slice();
      changed[at]! ^= flip;
      assert.equal((await readRingSnapshot([changed])).ok, false, `byte ${at}`);
    }
  }
});

test('bytes behind the end, another version and another shuffle are refused by name', async () => {
  const bytes = takenBytes(livedIndex().index);
  assert.deepEqual(await readRingSnapshot([bytes, Uint8Array.of(0)]), { ok: false, reason: 'damaged' });
  const withHead = (change: (view: DataView) => void) => {
    const changed = bytes.slice();
    const view = new DataView(changed.buffer);
    change(view);
    view.setUint32(60, crc32(changed.subarray(0, 60)), true);
    return readRingSnapshot([changed]);
  };
  assert.deepEqual(await withHead((view) => view.setUint32(8, RING_SNAPSHOT_VERSION + 1, true)), {
    ok: false,
    reason: 'version',
  });
  assert.deepEqual(await withHead((view) => view.setUint8(25, 0x32)), { ok: false, reason: 'permutation' });
  // A head that promises fewer rows is at odds with the sections.
  assert.equal((await withHead((view) => view.setUint32(36, 10, true))).ok, false);
  assert.deepEqual(await readRingSnapshot([new Uint8Array(500)]), { ok: false, reason: 'not-a-snapshot' });
});

test('the source hears when it is read no further, and its errors are passed on', async () => {
  let closed = false;
  async function* endless() {
    try {
      for (;;) yield new Uint8Array(10);
    } finally {
      closed = true;
    }
  }
  assert.deepEqual(await readRingSnapshot(endless()), { ok: false, reason: 'not-a-snapshot' });
  assert.ok(closed);
  await assert.rejects(
    readRingSnapshot(
      (async function* () {
        yield new Uint8Array(0);
        throw new Error('disk');
      })(),
    ),
    /disk/,
  );
});

test('a snapshot holds no signal that was removed before', () => {
  const { index, signals } = livedIndex();
  const before = takenBytes(index);
  index.remove(4_999);
  const after = takenBytes(index);
  assert.equal(before.length - after.length, 36);
  assert.deepEqual(index.search(signals[1]!, 0), []);
});

test('the index answers exactly while a snapshot is being taken, which shows what was there at its first chunk', async () => {
  const { index, signals } = livedIndex();
  const whole = takenBytes(index);
  const taken: number[] = [];
  for (const chunk of ringSnapshot(index, 12)) {
    taken.push(...chunk);
    if (taken.length === 64) {
      assert.ok(index.remove(4_990));
      index.insert(77, signals[0]!);
      index.compact();
    }
    assert.deepEqual(index.search(signals[0]!, 0), [{ id: 77, distance: 0 }]);
    assert.deepEqual(index.search(signals[10]!, 0), []);
  }
  assert.deepEqual(Uint8Array.from(taken), whole);
});
