/**
 * The WebAssembly kernel of an upload's windows (`assembly/window-kernel.ts`): parts of one small plane to 64×64 cells, and
 * the edges of rectangles. Its answers are those of `window-grid.ts` and `edge-masks.ts` to the last bit.
 *
 * One plane at a time is in its memory, and only while the caller works: afterwards the memory holds zeros, so that
 * nobody's picture outlives the call. Where it runs, and what stands in where it does not: `kernel-module.ts`.
 * @module
 */

import {
  compileModule,
  growTo,
  type KernelMemory,
  type WebAssemblyApi,
  webAssembly,
} from './kernel-module.ts';
import { GRID_SIDE } from './tents.ts';
import { WINDOW_KERNEL_BASE64 } from './window-kernel-bytes.ts';

/** What the module gives; its assembly says what the procedures do. */
export type WindowExports = {
  readonly memory: KernelMemory;
  readonly rows3: Rows;
  readonly rows4: Rows;
  readonly rows6: Rows;
  readonly cells: (tents: number, starts: number, line: number, cells: number) => void;
  readonly edges: (line: number, stride: number, end: number, masks: number, least: number) => void;
  readonly transpose: (
    from: number,
    width: number,
    stride: number,
    last: number,
    to: number,
    toStride: number,
  ) => void;
};

type Rows = (tent: number, plane: number, stride: number, line: number, end: number) => void;

/** 64 tents along one side of a plane. */
export type Tents = {
  /** First sample of each. */
  readonly starts: Int32Array;
  /** `TENT_TAPS` weights of each. */
  readonly weights: Int16Array;
  /** Weights that are used, at most: one of `ROW_COUNTS`. All their samples lie inside the plane. */
  readonly taps: number;
  /** The samples under any of them: from `first` to `end`, exclusive. Reflections may begin anywhere among them. */
  readonly first: number;
  readonly end: number;
};

/** Room for weights of a tent. */
export const TENT_TAPS = 8;

/** The numbers of rows that the kernel takes. */
export const ROW_COUNTS = [3, 4, 6] as const;
/** The most of them. */
export const MOST_ROWS = 6;

/** What the weights of a tent down the rows are in all. With those across, a sum is 255 · 2²⁰ at most. */
export const ROW_WEIGHT = 256;

/** What the weights of a tent across the columns are in all. */
export const COLUMN_WEIGHT = 4096;

/** The kernel takes 2¹⁵ from each sum of rows. */
const BIAS = 2 ** 15 * COLUMN_WEIGHT;
const UNIT = 1 / (ROW_WEIGHT * COLUMN_WEIGHT);

let kernel: WindowExports | 'none' | undefined;
let busy = false;

/** Compiles the module; `none` where that cannot be. */
export function compileWindows(api: WebAssemblyApi | undefined): WindowExports | 'none' {
  return compileModule(WINDOW_KERNEL_BASE64, api);
}

/** How many bytes of its memory are not zero between two calls, for the test that none are; undefined without a kernel. */
export function keptWindowBytes(): number | undefined {
  const loaded = loadKernel();
  if (loaded === 'none') return undefined;
  return new Uint8Array(loaded.memory.buffer).reduce((count, byte) => count + (byte === 0 ? 0 : 1), 0);
}

function loadKernel(): WindowExports | 'none' {
  kernel ??= compileWindows(webAssembly());
  return kernel;
}

/** The kernel's memory for `bytes` more than its tables, while `work` runs; undefined where there is none or it is taken. */
function inKernel<T>(bytes: number, work: (loaded: WindowExports, from: number) => T): T | undefined {
  const loaded = loadKernel();
  if (loaded === 'none' || busy) return undefined;
  const used = TABLES_END + bytes;
  growTo(loaded.memory, used);
  busy = true;
  try {
    return work(loaded, TABLES_END);
  } finally {
    busy = false;
    new Uint8Array(loaded.memory.buffer, 0, used).fill(0);
  }
}

const LEAST_AT = 0;
const ROW_TENTS_AT = 16;
const COLUMN_TENTS_AT = ROW_TENTS_AT + 2 * TENT_TAPS * GRID_SIDE;
const STARTS_AT = COLUMN_TENTS_AT + 2 * TENT_TAPS * GRID_SIDE;
const CELLS_AT = STARTS_AT + 4 * GRID_SIDE;
/** A line of sums, of up to 1,024 samples and what is read beyond. */
const LINE_AT = CELLS_AT + 4 * GRID_SIDE * GRID_SIDE;
const TABLES_END = LINE_AT + 2 * (1024 + 2 * TENT_TAPS);

/** Widest line that the kernel takes. */
const MOST_WIDTH = 1024;

/** A plane in the kernel's memory, to be read from. */
export type KernelPlane = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The 64×64 cells under the tents, 0..255, written to `grid`. */
  readonly read: (width: number, rows: Tents, columns: Tents, grid: Float64Array) => void;
};

/**
 * Places planes of these sizes into the kernel, gives them to `work` and clears them; undefined, and nothing done, where
 * there is no kernel, it is taken, or a plane is too wide for it.
 */
export function withKernelPlanes<T>(
  sizes: readonly number[],
  widest: number,
  work: (planes: readonly KernelPlane[]) => T,
): T | undefined {
  if (widest > MOST_WIDTH) return undefined;
  // What lies beyond a plane's end is read, and weighed with nothing.
  const room = sizes.map((size) => Math.ceil((size + TENT_TAPS) / 16) * 16);
  return inKernel(
    room.reduce((sum, size) => sum + size, 0),
    (loaded, from) => {
      const { buffer } = loaded.memory;
      const tables = {
        rows: new Int16Array(buffer, ROW_TENTS_AT, TENT_TAPS * GRID_SIDE),
        columns: new Int16Array(buffer, COLUMN_TENTS_AT, TENT_TAPS * GRID_SIDE),
        starts: new Uint32Array(buffer, STARTS_AT, GRID_SIDE),
        cells: new Int32Array(buffer, CELLS_AT, GRID_SIDE * GRID_SIDE),
      };
      let at = from;
      const planes = sizes.map((size, i): KernelPlane => {
        const planeAt = at;
        at += room[i]!;
        return {
          bytes: new Uint8Array(buffer, planeAt, size),
          read: (width, rows, columns, grid) =>
            readCells(loaded, tables, planeAt, width, rows, columns, grid),
        };
      });
      return work(planes);
    },
  );
}

function readCells(
  loaded: WindowExports,
  tables: {
    readonly rows: Int16Array;
    readonly columns: Int16Array;
    readonly starts: Uint32Array;
    readonly cells: Int32Array;
  },
  planeAt: number,
  stride: number,
  rows: Tents,
  columns: Tents,
  grid: Float64Array,
): void {
  const { first, end } = columns;
  tables.rows.set(rows.weights);
  tables.columns.set(columns.weights);
  for (let j = 0; j < GRID_SIDE; j++) tables.starts[j] = 2 * (columns.starts[j]! - first);
  const addRows = rows.taps <= 3 ? loaded.rows3 : rows.taps <= 4 ? loaded.rows4 : loaded.rows6;
  const lineEnd = LINE_AT + 2 * (end - first);
  for (let i = 0; i < GRID_SIDE; i++) {
    const tent = ROW_TENTS_AT + 2 * TENT_TAPS * i;
    addRows(tent, planeAt + rows.starts[i]! * stride + first, stride, LINE_AT, lineEnd);
    loaded.cells(COLUMN_TENTS_AT, STARTS_AT, LINE_AT, CELLS_AT + 4 * GRID_SIDE * i);
  }
  const { cells } = tables;
  for (let at = 0; at < cells.length; at++) grid[at] = (cells[at]! + BIAS) * UNIT;
}

/** Lines that are repeated before the first and after the last, for neighbours that are not there. */
const MORE_LINES = 3;

/** For each line of a plane, or each column of it, its edges: bits, lowest first, `bytesOf(length)` bytes a line. */
export function kernelEdges(
  data: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
  least: number,
): { readonly rows: Uint8Array<ArrayBuffer>; readonly columns: Uint8Array<ArrayBuffer> } | undefined {
  const padded = (length: number) => Math.ceil(length / 16) * 16;
  const [wide, tall] = [padded(width), padded(height)];
  const rowsSize = wide * (height + 2 * MORE_LINES);
  const columnsSize = tall * (width + 2 * MORE_LINES);
  const maskSize = Math.max((height * wide) / 8, (width * tall) / 8);
  return inKernel(rowsSize + columnsSize + maskSize, (loaded, from) => {
    const { buffer } = loaded.memory;
    new Uint8Array(buffer, LEAST_AT, 16).fill(least);
    const rowsAt = from + MORE_LINES * wide;
    const columnsAt = from + rowsSize + MORE_LINES * tall;
    const masksAt = from + rowsSize + columnsSize;
    const bytes = new Uint8Array(buffer);
    if (wide === width) bytes.set(data, rowsAt);
    else
      for (let y = 0; y < height; y++)
        bytes.set(data.subarray(y * width, (y + 1) * width), rowsAt + y * wide);
    loaded.transpose(rowsAt, width, wide, rowsAt + height * wide, columnsAt, tall);
    const find = (at: number, count: number, stride: number) => {
      for (let k = 1; k <= MORE_LINES; k++) {
        bytes.copyWithin(at - k * stride, at, at + stride);
        bytes.copyWithin(at + (count - 1 + k) * stride, at + (count - 1) * stride, at + count * stride);
      }
      loaded.edges(at, stride, at + count * stride, masksAt, LEAST_AT);
      return bytes.slice(masksAt, masksAt + (count * stride) / 8);
    };
    return { rows: find(rowsAt, height, wide), columns: find(columnsAt, width, tall) };
  });
}
