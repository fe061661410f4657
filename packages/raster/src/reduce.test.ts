import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { flattenAlpha, WHITE } from './alpha.ts';
import { LUMA_BLUE, LUMA_GREEN, LUMA_RED } from './luma.ts';
import { turnPixels } from './orientation.ts';
import { type Pixels, parsePixels } from './pixels.ts';
import { reduceMirrored, reduceToGrid } from './reduce.ts';
import { kernelFits, reduceByKernel } from './reduce-kernel.ts';
import { lanesFit, reduceInLanes } from './reduce-lanes.ts';
import { reducePlainly } from './reduce-plain.ts';
import { GRID_SIDE, mirroredTable, tentTable } from './tents.ts';

/** A = R·Y·Cᵀ, one product after the other. */
function plainly({ width, height, channels, data }: Pixels): Float64Array {
  const across = new Float64Array(height * GRID_SIDE);
  for (let y = 0; y < height; y++)
    for (const { cell, start, weights, factor } of tentTable(width).parts)
      for (const [i, weight] of weights.entries()) {
        const at = (y * width + start + i) * channels;
        const luma =
          channels === 1
            ? data[at]!
            : LUMA_RED * data[at]! + LUMA_GREEN * data[at + 1]! + LUMA_BLUE * data[at + 2]!;
        across[y * GRID_SIDE + cell]! += weight * factor * luma;
      }
  const grid = new Float64Array(GRID_SIDE * GRID_SIDE);
  for (const { cell, start, weights, factor } of tentTable(height).parts)
    for (const [i, weight] of weights.entries())
      for (let j = 0; j < GRID_SIDE; j++)
        grid[cell * GRID_SIDE + j]! += weight * factor * across[(start + i) * GRID_SIDE + j]!;
  return grid;
}

function assertNear(found: Float64Array, expected: Float64Array): void {
  for (const [i, cell] of found.entries()) assert.ok(Math.abs(cell - expected[i]!) < 1e-9, `cell ${i}`);
}

/** Bytes that begin at any offset of their buffer, as slices of larger ones do. */
function noise(length: number, seed: number, offset: number): Uint8Array {
  const bytes = new Uint8Array(length + offset).subarray(offset);
  let state = seed | 1;
  for (let i = 0; i < length; i++) {
    state = Math.imul(state, 1_664_525) + 1_013_904_223;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

test('the reduction sums what plain products sum, at every size, channel and alignment', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 340 }),
      fc.integer({ min: 1, max: 340 }),
      fc.constantFrom(1, 3, 4),
      fc.integer({ min: 0, max: 3 }),
      fc.integer(),
      (width, height, channels, offset, seed) => {
        const data = noise(width * height * channels, seed, offset);
        if (channels === 4) for (let i = 3; i < data.length; i += 4) data[i] = 255;
        const picture = parsePixels(data, width, height, channels);
        assertNear(reduceToGrid(picture), plainly(picture));
      },
    ),
    { numRuns: 120 },
  );
});

/** Every road for this picture and its mirrors; all must hand over the same float64. */
function assertOneSum(picture: Pixels, background: typeof WHITE | undefined): void {
  const rows = [tentTable(picture.height), mirroredTable(tentTable(picture.height))];
  const columns = [tentTable(picture.width), mirroredTable(tentTable(picture.width))];
  assert.ok(kernelFits(rows[0]!, columns[0]!), 'WebAssembly with SIMD is here');
  assert.ok(lanesFit(rows[0]!, columns[0]!));
  const found = reduceByKernel(picture, rows, columns, background);
  const pairs = rows.flatMap((row) => columns.map((column) => [row, column] as const));
  for (const [i, [row, column]] of pairs.entries()) {
    assert.deepEqual(found[i], reduceInLanes(picture, row, column, background), `pairing ${i}, lanes`);
    assert.deepEqual(found[i], reducePlainly(picture, row, column, background), `pairing ${i}, plain`);
  }
}

test('the kernel, the lanes and the plain road have the same sums, bit for bit', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 400 })),
      fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 400 })),
      fc.constantFrom(1, 3, 4),
      fc.integer({ min: 0, max: 3 }),
      fc.boolean(),
      fc.integer(),
      (width, height, channels, offset, clamped, seed) => {
        const bytes = noise(width * height * channels, seed, offset);
        const data = clamped ? new Uint8ClampedArray(bytes.buffer, offset) : bytes;
        const picture = parsePixels(data, width, height, channels);
        assertOneSum(picture, undefined);
        if (channels === 4) assertOneSum(picture, WHITE);
      },
    ),
    { numRuns: 120 },
  );
});

test('long sides, whose tents take many blocks, are summed alike on every road', () => {
  for (const [width, height, channels] of [
    [7, 4096, 3],
    [5, 4097, 4],
    [9, 8300, 3],
    [6, 32_896, 1],
    [23_168, 5, 3],
    [20_000, 300, 1],
  ] as const)
    assertOneSum(
      parsePixels(noise(width * height * channels, height, 1), width, height, channels),
      undefined,
    );
});

test('white all over comes to the brim of the kernel’s sums and no further', () => {
  // windows 152 · 27 = 4104, the greatest product: 255 · 4104² is 49,216 short of 2³²
  const [width, height] = [152 * 128, 27 * 128];
  const picture = parsePixels(new Uint8Array(width * height).fill(255), width, height, 1);
  const rows = tentTable(height);
  const columns = tentTable(width);
  assert.ok(kernelFits(rows, columns) && !kernelFits(tentTable(height + 1), columns));
  assert.deepEqual(
    reduceByKernel(picture, [rows], [columns], undefined)[0],
    reduceInLanes(picture, rows, columns, undefined),
  );
});

test('the planes of the mirrors are those of the mirrored pixels', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 1, max: 400 }),
      fc.constantFrom(1, 3, 4),
      fc.integer(),
      (width, height, channels, seed) => {
        const picture = parsePixels(noise(width * height * channels, seed, 0), width, height, channels);
        for (const [turn, grid] of Object.entries(reduceMirrored(picture)))
          assertNear(
            grid,
            reduceToGrid(turnPixels(picture, turn as keyof ReturnType<typeof reduceMirrored>)),
          );
      },
    ),
    { numRuns: 80 },
  );
});

test('white all over fills every lane to the brim and stays white', () => {
  for (const [width, height, channels] of [
    [4097, 130, 1],
    [130, 4100, 3],
    [260, 2600, 4],
    [64, 5000, 1],
  ] as const) {
    const picture = parsePixels(new Uint8Array(width * height * channels).fill(255), width, height, channels);
    for (const cell of reduceToGrid(picture)) assert.ok(Math.abs(cell - 255) < 1e-4);
  }
});

test('sides at and past the reach of the lanes go the plain road to the same sums', () => {
  for (const [width, height, channels] of [
    [23_168, 3, 1],
    [23_169, 3, 1],
    [2, 32_896, 1],
    [2, 32_897, 3],
  ] as const) {
    const picture = parsePixels(noise(width * height * channels, width, 1), width, height, channels);
    assertNear(reduceToGrid(picture), plainly(picture));
  }
});

test('one see-through pixel in a large picture is laid over the background', () => {
  const data = noise(700 * 500 * 4, 5, 0);
  for (let i = 3; i < data.length; i += 4) data[i] = 255;
  data[4 * (250 * 700 + 350) + 3] = 254;
  const picture = parsePixels(data, 700, 500, 4);
  assertNear(reduceToGrid(picture), plainly(flattenAlpha(picture)));
  const wide = parsePixels(noise(23_300 * 2 * 4, 6, 2), 23_300, 2, 4);
  assertNear(reduceToGrid(wide), plainly(flattenAlpha(wide)));
});

test('a single pixel and a single line are pictures too', () => {
  for (const [width, height] of [
    [1, 1],
    [1, 100_000],
    [100_000, 1],
    [3, 2],
  ] as const) {
    const picture = parsePixels(noise(width * height, 7, 0), width, height, 1);
    assertNear(reduceToGrid(picture), plainly(picture));
  }
});
