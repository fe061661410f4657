/**
 * The reduction by the WebAssembly kernel (`assembly/reduce-kernel.ts`): sixteen samples at a time, in integers, with
 * the sums of `reduce-lanes.ts` and `reduce-plain.ts` to the last bit.
 *
 * Eight rows go into the kernel's memory, are weighed and added to one row of 32-bit sums; at the end of a tent that row
 * is weighed along the columns. Rows stay in the processor's cache on the way, so the copy costs a fraction of reading
 * the picture once. The memory is a few rows, is shared by all calls, and holds zeros after each.
 *
 * Where it runs, and what stands in where it does not: `kernel-module.ts`.
 * @module
 */

import { type Colour, flattenRun } from './alpha.ts';
import { addCells, emptyCells } from './cell-sums.ts';
import {
  compileModule,
  growTo,
  type KernelMemory,
  type WebAssemblyApi,
  webAssembly,
} from './kernel-module.ts';
import type { Pixels } from './pixels.ts';
import { REDUCE_KERNEL_BASE64 } from './reduce-kernel-bytes.ts';
import type { TentTable } from './tents.ts';

/** Rows that one call of the kernel takes, and the weights that its 16-bit lanes can take from them: 257 · 255 < 2¹⁶. */
const BLOCK_ROWS = 8;
const BLOCK_WEIGHTS = 257;

/** Greatest product of both windows whose sums, w₁²·w₂²·255, stay under 2³²: 67 megapixels. */
const GREATEST_WINDOWS = 4104;

/** Widest window along a row: what bounds the memory, to some 2 MB. */
const WIDEST_WINDOW = 256;

/** What the module gives; its assembly says what the procedures do. */
export type KernelExports = {
  readonly memory: KernelMemory;
  readonly addRows: (row: number, stride: number, sums: number, end: number, weights: number) => void;
  readonly cells1: CellsOf;
  readonly cells3: CellsOf;
  readonly cells4: CellsOf;
};

type CellsOf = (tents: number, end: number, sums: number, cells: number) => void;

/** The kernel once it has been asked for; `none` where this machine or page has none. */
let kernel: KernelExports | 'none' | undefined;

/** Whether the kernel can run here, and can take these tents. */
export function kernelFits(rows: TentTable, columns: TentTable): boolean {
  return (
    columns.window <= WIDEST_WINDOW &&
    rows.window <= BLOCK_WEIGHTS &&
    rows.window * columns.window <= GREATEST_WINDOWS &&
    loadKernel() !== 'none'
  );
}

/** How many bytes of its memory are not zero between two calls, for the test that none are; undefined without a kernel. */
export function keptBytes(): number | undefined {
  const loaded = loadKernel();
  if (loaded === 'none') return undefined;
  return new Uint8Array(loaded.memory.buffer).reduce((count, byte) => count + (byte === 0 ? 0 : 1), 0);
}

function loadKernel(): KernelExports | 'none' {
  kernel ??= compileKernel(webAssembly());
  return kernel;
}

/** Compiles the module; `none` where that cannot be (`kernel-module.ts`). */
export function compileKernel(api: WebAssemblyApi | undefined): KernelExports | 'none' {
  return compileModule(REDUCE_KERNEL_BASE64, api);
}

/**
 * 64×64 cells of `channels` sums for each pairing of `rows` and `columns`, all columns of the first rows first. Where
 * `background` is given, rows of RGBA are flattened over it as they are read. `kernelFits` must have said yes.
 * @throws {TypeError} where there is no kernel
 */
export function reduceByKernel(
  pixels: Pixels,
  rows: readonly TentTable[],
  columns: readonly TentTable[],
  background: Colour | undefined,
): readonly Float64Array[] {
  const loaded = loadKernel();
  if (loaded === 'none') throw new TypeError('reduce: expected WebAssembly with SIMD');
  const { channels } = pixels;
  const stride = pixels.width * channels;
  // The columns read whole groups of four pixels, the rows whole groups of sixteen samples.
  const sumCount = Math.ceil((stride + 3 * channels) / 16) * 16;
  const memory = layOut(loaded, stride, sumCount, columns, channels);
  const source = sourceOf(pixels, background);
  const cellsOf = channels === 1 ? loaded.cells1 : channels === 3 ? loaded.cells3 : loaded.cells4;
  const planes = rows.map(() => columns.map(() => emptyCells(channels)));
  // A tent and its mirror lie over nearly the same rows: one after the other, the second finds them in the cache.
  const parts = rows.flatMap((table, index) => table.parts.map((part) => ({ part, of: planes[index]! })));
  if (rows.length > 1) parts.sort((a, b) => a.part.start - b.part.start);
  try {
    for (const { part, of } of parts) {
      memory.sums.fill(0);
      for (const block of blocksOf(part)) {
        source(part.start + block.from, block.to - block.from, memory.bytes, memory.rowsAt);
        memory.weights.fill(0);
        memory.weights.set(part.weights.subarray(block.from, block.to));
        loaded.addRows(memory.rowsAt, stride, memory.sumsAt, memory.sumsAt + 4 * sumCount, 0);
      }
      for (const [index, table] of columns.entries()) {
        const { at, end } = memory.tents[index]!;
        cellsOf(at, end, memory.sumsAt, memory.cellsAt);
        addCells(of[index]!, part, table, memory.cells, channels);
      }
    }
  } finally {
    // Nobody's picture stays behind in memory that outlives the call.
    memory.bytes.fill(0);
  }
  return planes.flat();
}

/** Longest row in samples that is added up here: what bounds the memory, to some 3 MB. */
const LONGEST_ROW = 2 ** 18;

/** Rows to be added up: the first of them, and the weight of each, 1..257. */
export type WeighedRows = { readonly start: number; readonly weights: readonly number[] };

/**
 * For each of `lines` the sums Σ weight·sample over its rows of the picture, sample by sample, handed to `take`, which must
 * be done with them when it returns. False, and nothing done, where there is no kernel or a row is too long for it. Sums must
 * stay under 2³².
 */
export function addUpRows(
  { width, channels, data }: Pixels,
  lines: readonly WeighedRows[],
  take: (sums: Uint32Array, line: number) => void,
): boolean {
  const loaded = loadKernel();
  const stride = width * channels;
  if (loaded === 'none' || stride > LONGEST_ROW) return false;
  const sumCount = Math.ceil(stride / 16) * 16;
  const rowsAt = 2 * BLOCK_ROWS;
  const sumsAt = rowsAt + Math.ceil(((BLOCK_ROWS - 1) * stride + sumCount) / 16) * 16;
  const used = sumsAt + 4 * sumCount;
  growTo(loaded.memory, used);
  const { buffer } = loaded.memory;
  const bytes = new Uint8Array(buffer, 0, used);
  const weights = new Uint16Array(buffer, 0, BLOCK_ROWS);
  const sums = new Uint32Array(buffer, sumsAt, sumCount);
  // A clamped array would be copied number by number.
  const plain = new Uint8Array(data.buffer, data.byteOffset, data.length);
  try {
    for (const [line, each] of lines.entries()) {
      sums.fill(0);
      for (const { from, to } of blocksOf(each)) {
        bytes.set(plain.subarray((each.start + from) * stride, (each.start + to) * stride), rowsAt);
        weights.fill(0);
        for (let k = from; k < to; k++) weights[k - from] = each.weights[k]!;
        loaded.addRows(rowsAt, stride, sumsAt, sumsAt + 4 * sumCount, 0);
      }
      take(sums, line);
    }
  } finally {
    // Nobody's picture stays behind in memory that outlives the call.
    bytes.fill(0);
  }
  return true;
}

/** Runs of rows of a tent that one call takes, in order: `from` to `to`, exclusive. */
function* blocksOf({
  weights,
}: {
  readonly weights: ArrayLike<number>;
}): Generator<{ readonly from: number; readonly to: number }> {
  for (let from = 0, to = 0; from < weights.length; from = to) {
    for (let load = 0; to < weights.length && to - from < BLOCK_ROWS; to++) {
      load += weights[to]!;
      if (load > BLOCK_WEIGHTS) break;
    }
    yield { from, to };
  }
}

/** Writes `count` rows from row `y` on into `bytes`; rows follow each other without a gap, here and there. */
function sourceOf(
  { width, channels, data }: Pixels,
  background: Colour | undefined,
): (y: number, count: number, bytes: Uint8Array, into: number) => void {
  const stride = width * channels;
  if (background !== undefined)
    return (y, count, bytes, into) => flattenRun(data, y * stride, count * width, background, bytes, into);
  // A clamped array would be copied number by number.
  const plain = new Uint8Array(data.buffer, data.byteOffset, data.length);
  return (y, count, bytes, into) => bytes.set(plain.subarray(y * stride, (y + count) * stride), into);
}

/** Addresses in the kernel's memory and views of it, with the tents of the columns written. Weights are at address 0. */
function layOut(
  { memory }: KernelExports,
  stride: number,
  sumCount: number,
  columns: readonly TentTable[],
  channels: number,
) {
  const words = columns.map(({ parts }) =>
    parts.reduce((sum, { alignedWeights }) => sum + 2 + alignedWeights.length, 0),
  );
  const rowsAt = 2 * BLOCK_ROWS;
  // The last row is read as far as the sums go. What lies there is weighed with nothing.
  const sumsAt = rowsAt + Math.ceil(((BLOCK_ROWS - 1) * stride + sumCount) / 16) * 16;
  const cellsAt = sumsAt + 4 * sumCount;
  const cellCount = channels * Math.max(...columns.map(({ parts }) => parts.length));
  const tentsAt = cellsAt + 4 * cellCount;
  const used = tentsAt + 4 * words.reduce((sum, count) => sum + count, 0);
  growTo(memory, used);
  const { buffer } = memory;
  const tents: { readonly at: number; readonly end: number }[] = [];
  let at = tentsAt;
  for (const [index, { parts }] of columns.entries()) {
    const table = new Int32Array(buffer, at, words[index]);
    let to = 0;
    for (const { alignedStart, alignedWeights } of parts) {
      table[to++] = 4 * channels * alignedStart;
      table[to++] = 4 * alignedWeights.length;
      table.set(alignedWeights, to);
      to += alignedWeights.length;
    }
    tents.push({ at, end: at + table.byteLength });
    at += table.byteLength;
  }
  return {
    weights: new Uint16Array(buffer, 0, BLOCK_ROWS),
    rowsAt,
    sumsAt,
    sums: new Uint32Array(buffer, sumsAt, sumCount),
    cellsAt,
    cells: new Uint32Array(buffer, cellsAt, cellCount),
    tents,
    bytes: new Uint8Array(buffer, 0, used),
  };
}
