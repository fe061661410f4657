/**
 * PDQ's transform and sum of gradients by the WebAssembly kernel (`assembly/transform-kernel.ts`): two numbers at a time,
 * with the values of `pdq-transform.ts` to the last bit.
 *
 * There is one plane of 64×64 in the kernel's memory, which callers write to and clear after themselves.
 * @module
 */

import {
  compileModule,
  type KernelMemory,
  type WebAssemblyApi,
  webAssembly,
} from '@reclaim/raster/kernel-module';
import { TRANSFORM_KERNEL_BASE64 } from './transform-kernel-bytes.ts';

/** What the module gives; its assembly says what the procedures do. */
export type TransformExports = {
  readonly memory: KernelMemory;
  readonly transformRows: Transform;
  readonly transformColumns: Transform;
  readonly gradients: (grid: number, scale: number) => number;
};

type Transform = (lines: number, end: number, matrix: number, folded: number, to: number) => void;

/** Room for one plane, and what is made of it. */
export type TransformRoom = {
  /** The plane, 64×64, row-major, 0..255: to be written before the others are called, and to be cleared. */
  readonly grid: Float64Array<ArrayBuffer>;
  /** The sum of gradients of the plane, as `gradientSum64` has it. */
  readonly gradients: () => number;
  /** The 256 coefficients of the plane, as `dct64` has them, in the room's own memory: the next call may overwrite them. */
  readonly transform: () => Float64Array<ArrayBuffer>;
  /** Clears all that came of a picture. */
  readonly clear: () => void;
};

const GRID = 64 * 64;
const FREQUENCIES = 16;
/** Addresses: all of it lies in one page. */
const SCALE_AT = 0;
const MATRIX_AT = 16;
const FOLDED_AT = MATRIX_AT + 8 * 32 * FREQUENCIES;
const GRID_AT = FOLDED_AT + 8 * 64;
const ACROSS_AT = GRID_AT + 8 * GRID;
const COEFFICIENTS_AT = ACROSS_AT + 8 * 64 * FREQUENCIES;
const END = COEFFICIENTS_AT + 8 * FREQUENCIES * FREQUENCIES;

/** Compiles the module; `none` where that cannot be. */
export function compileTransform(api: WebAssemblyApi | undefined): TransformExports | 'none' {
  return compileModule(TRANSFORM_KERNEL_BASE64, api);
}

/** The kernel with the left half of the transform, 16×32, and the factor of differences; undefined where there is none. */
export function kernelRoom(
  halfMatrix: Float64Array,
  scale: number,
  api: WebAssemblyApi | undefined = webAssembly(),
): TransformRoom | undefined {
  const kernel = compileTransform(api);
  if (kernel === 'none') return undefined;
  const { buffer } = kernel.memory;
  new Float64Array(buffer, SCALE_AT, 2).fill(scale);
  new Float64Array(buffer, MATRIX_AT, halfMatrix.length).set(halfMatrix);
  const working = new Uint8Array(buffer, FOLDED_AT, END - FOLDED_AT);
  const coefficients = new Float64Array(buffer, COEFFICIENTS_AT, FREQUENCIES * FREQUENCIES);
  return {
    grid: new Float64Array(buffer, GRID_AT, GRID),
    gradients: () => kernel.gradients(GRID_AT, SCALE_AT),
    transform() {
      kernel.transformRows(GRID_AT, ACROSS_AT, MATRIX_AT, FOLDED_AT, ACROSS_AT);
      kernel.transformColumns(ACROSS_AT, COEFFICIENTS_AT, MATRIX_AT, FOLDED_AT, COEFFICIENTS_AT);
      return coefficients;
    },
    clear: () => void working.fill(0),
  };
}
