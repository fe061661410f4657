import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { LANE_WEIGHTS, planLanes } from './lane-plan.ts';
import { GRID_SIDE, keptTables, mirroredTable, tentTable } from './tents.ts';

/** box∘box around the sample that cell `cell` keeps, from the definition. */
function definedTent(length: number, cell: number): Float64Array {
  const window = Math.ceil(length / 128);
  const ahead = Math.floor((window + 2) / 2);
  const bounds = (i: number) => [Math.max(0, i + ahead - window), Math.min(length, i + ahead)] as const;
  const weights = new Float64Array(length);
  const [from, to] = bounds(Math.floor(((cell + 0.5) * length) / GRID_SIDE));
  for (let k = from; k < to; k++) {
    const [low, high] = bounds(k);
    for (let i = low; i < high; i++) weights[i]! += 1 / (to - from) / (high - low);
  }
  return weights;
}

test('every tent is two box means around its sample, cut at the edges', () => {
  for (const length of [1, 2, 5, 63, 64, 65, 127, 128, 129, 255, 256, 257, 300, 512, 641, 1024, 1080, 1921]) {
    const { parts, window } = tentTable(length);
    assert.equal(window, Math.ceil(length / 128));
    const cells = Array.from({ length: GRID_SIDE }, () => new Float64Array(length));
    for (const { cell, start, weights, factor, alignedStart, alignedWeights } of parts) {
      for (const [i, weight] of weights.entries()) cells[cell]![start + i]! += weight * factor;
      assert.equal(alignedStart % 4, 0);
      assert.equal(alignedWeights.length % 4, 0);
      assert.deepEqual([...alignedWeights.subarray(start - alignedStart)].slice(0, weights.length), [
        ...weights,
      ]);
    }
    for (const [cell, found] of cells.entries()) {
      const defined = definedTent(length, cell);
      for (let i = 0; i < length; i++)
        assert.ok(Math.abs(found[i]! - defined[i]!) < 1e-15, `${length} ${cell} ${i}`);
    }
  }
});

test('a mirrored table weighs the mirrored side as the table weighs the side', () => {
  let ownMirrors = 0;
  for (const length of [1, 5, 63, 64, 100, 128, 129, 200, 256, 300, 320, 512, 1080, 1921, 4000]) {
    const table = tentTable(length);
    const mirror = mirroredTable(table);
    if (mirror === table) ownMirrors++;
    for (let cell = 0; cell < GRID_SIDE; cell++) {
      const defined = definedTent(length, cell).reverse();
      // Its own mirror: the cells come from the other end.
      const of = mirror === table ? GRID_SIDE - 1 - cell : cell;
      const found = new Float64Array(length);
      for (const part of mirror.parts)
        if (part.cell === of)
          for (const [i, weight] of part.weights.entries()) found[part.start + i]! += weight * part.factor;
      for (let i = 0; i < length; i++) assert.ok(Math.abs(found[i]! - defined[i]!) < 1e-15, `${length}`);
    }
  }
  assert.ok(ownMirrors > 0 && ownMirrors < 15);
  assert.equal(mirroredTable(tentTable(320)), tentTable(320), 'an odd window about odd centres');
  assert.equal(mirroredTable(tentTable(512)), mirroredTable(tentTable(512)), 'made once');
});

test('the weights of every cell sum to one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9000 }), (length) => {
      const sums = new Float64Array(GRID_SIDE);
      for (const { cell, weights, factor } of tentTable(length).parts)
        for (const weight of weights) sums[cell]! += weight * factor;
      for (const sum of sums) assert.ok(Math.abs(sum - 1) < 1e-12);
    }),
    { numRuns: 60 },
  );
});

test('a stranger who sends every size does not fill the memory with tables', () => {
  for (let length = 1; length < 300; length++) tentTable(length);
  tentTable(70_000);
  assert.ok(keptTables() <= 24);
  assert.equal(tentTable(299), tentTable(299));
});

test('a side that is no positive integer is refused', () => {
  for (const length of [0, -1, 1.5, Number.NaN]) assert.throws(() => tentTable(length), RangeError);
});

test('a plan adds every row once with its weight, and no filling overflows a lane', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc
          .integer({ min: 1, max: LANE_WEIGHTS })
          .map((w) => Array.from({ length: 2 * w - 1 }, (_, i) => w - Math.abs(i - w + 1))),
        fc.array(fc.integer({ min: 1, max: LANE_WEIGHTS }), { minLength: 1, maxLength: 40 }),
      ),
      (weights) => {
        const added = weights.map(() => 0);
        let filled = 0;
        for (const [i, { rows, first, last, weight, next, opens }] of planLanes(
          Int32Array.from(weights),
        ).entries()) {
          if (i === 0) assert.equal(opens, true);
          if (opens) filled = 0;
          const add = (row: number, by: number) => {
            added[row]! += by;
            filled += by;
          };
          if (rows === 8)
            for (let k = 0; k < 4; k++) {
              add(first + k, weight + k);
              add(last - k, weight + k);
            }
          else {
            add(first, weight);
            if (rows > 1) add(last, weight);
            if (rows > 2) add(first + 1, next);
            if (rows > 3) add(last - 1, next);
          }
          assert.ok(filled <= LANE_WEIGHTS);
        }
        assert.deepEqual(added, weights);
      },
    ),
    { numRuns: 200 },
  );
});

test('a weight that no lane can take is refused', () => {
  assert.throws(() => planLanes(Int32Array.of(LANE_WEIGHTS + 1)), RangeError);
});
