/**
 * What keypoints are found in and described from, level by level: Harris' strengths and the level smoothed twice. By the
 * WebAssembly kernel (`assembly/feature-kernel.ts`) where there is one, else by the TypeScript of `corners.ts` and
 * `smooth-level.ts`, with the same numbers to the last bit.
 *
 * One picture at a time is in the kernel's memory, and only while the caller works; afterwards it holds zeros.
 * @module
 */

import {
  compileModule,
  growTo,
  type KernelMemory,
  type WebAssemblyApi,
  webAssembly,
} from '@reclaim/raster/kernel-module';
import type { Plane } from '@reclaim/raster/plane';
import { FEATURE_KERNEL_BASE64 } from './feature-kernel-bytes.ts';
import { harris } from './harris.ts';
import { smoothLevel } from './smooth-level.ts';

/** What the module gives; its assembly says what the procedures do. */
export type FeatureExports = {
  readonly memory: KernelMemory;
  readonly gradients: (up: number, mid: number, low: number, to: number, end: number, apart: number) => void;
  readonly fives: (from: number, to: number, end: number) => void;
  readonly strengths: (ring: number, line: number, apart: number, to: number, end: number) => void;
  readonly sevens: (
    r0: number,
    r1: number,
    r2: number,
    r3: number,
    r4: number,
    r5: number,
    r6: number,
    to: number,
    end: number,
  ) => void;
};

/** What is asked of one level. The answers may be overwritten by those of the next. */
export type LevelMaker = {
  /** The strength at every sample that is at least 3 from every edge; whatever else there is means nothing. */
  readonly strengths: (level: Plane) => Float32Array;
  /** The level that `strengths` was asked of last, smoothed twice. */
  readonly smooth: (level: Plane) => Plane;
};

let kernel: FeatureExports | 'none' | undefined;
let busy = false;

/** Compiles the module; `none` where that cannot be. */
export function compileFeatures(api: WebAssemblyApi | undefined): FeatureExports | 'none' {
  return compileModule(FEATURE_KERNEL_BASE64, api);
}

/** How many bytes of its memory are not zero between two calls, for the test that none are; undefined without a kernel. */
export function keptFeatureBytes(): number | undefined {
  const loaded = loadKernel();
  if (loaded === 'none') return undefined;
  return new Uint8Array(loaded.memory.buffer).reduce((count, byte) => count + (byte === 0 ? 0 : 1), 0);
}

function loadKernel(): FeatureExports | 'none' {
  kernel ??= compileFeatures(webAssembly());
  return kernel;
}

/** Without a kernel. */
export const plainLevels: LevelMaker = {
  strengths: harris,
  smooth: (level) => smoothLevel(smoothLevel(level)),
};

/** Gives `work` a maker for levels of up to `width` × `height` samples; it must not be used afterwards. */
export function withLevels<T>(width: number, height: number, work: (levels: LevelMaker) => T): T {
  const loaded = loadKernel();
  // Levels without an inner sample are nobody's, and nothing to lay out.
  if (loaded === 'none' || busy || width < 8 || height < 8) return work(plainLevels);
  const places = layOut(width, height);
  growTo(loaded.memory, places.end);
  busy = true;
  try {
    return work(kernelLevels(loaded, places));
  } finally {
    busy = false;
    new Uint8Array(loaded.memory.buffer, 0, places.end).fill(0);
  }
}

/** Numbers beyond a line that a procedure may read or write, and repeated samples on each side of one. */
const SPARE = 8;
const REACH = 3;

type Places = ReturnType<typeof layOut>;

function layOut(width: number, height: number) {
  const line = 4 * (width + 2 * SPARE);
  const planeSize = 4 * (width * height + SPARE);
  const productsAt = 0;
  const ringAt = productsAt + 3 * line;
  const paddedAt = ringAt + 15 * line;
  const planeAt = paddedAt + line;
  const downAt = planeAt + planeSize;
  const outAt = downAt + planeSize;
  return { line, productsAt, ringAt, paddedAt, planeAt, downAt, outAt, end: outAt + planeSize };
}

function kernelLevels(loaded: FeatureExports, places: Places): LevelMaker {
  const { line, productsAt, ringAt, paddedAt, planeAt, downAt, outAt } = places;
  const numbers = new Float32Array(loaded.memory.buffer);
  const smoothOnce = (from: number, width: number, height: number): void => {
    const row = 4 * width;
    for (let y = 0; y < height; y++) {
      const at = (dy: number) => from + Math.min(height - 1, Math.max(0, y + dy)) * row;
      const to = downAt + y * row;
      loaded.sevens(at(-3), at(-2), at(-1), at(0), at(1), at(2), at(3), to, to + row);
    }
    const padded = paddedAt / 4;
    for (let y = 0; y < height; y++) {
      const start = downAt / 4 + y * width;
      numbers.copyWithin(padded + REACH, start, start + width);
      numbers.fill(numbers[start]!, padded, padded + REACH);
      numbers.fill(numbers[start + width - 1]!, padded + REACH + width, padded + 2 * REACH + width);
      const at = (dx: number) => paddedAt + 4 * (REACH + dx);
      const to = outAt + y * row;
      loaded.sevens(at(-3), at(-2), at(-1), at(0), at(1), at(2), at(3), to, to + row);
    }
  };
  return {
    strengths({ width, height, data }) {
      numbers.set(data, planeAt / 4);
      const row = 4 * width;
      for (let y = 1; y < height - 1; y++) {
        const up = planeAt + (y - 1) * row;
        loaded.gradients(up, up + row, up + 2 * row, productsAt + 4, productsAt + row - 4, line);
        for (let k = 0; k < 3; k++) {
          const ring = ringAt + (5 * k + (y % 5)) * line;
          loaded.fives(productsAt + k * line + 4, ring + 12, ring + row - 12);
        }
        if (y < 5) continue;
        // Lines y−4 … y are in the ring: the strengths of line y−2.
        const to = outAt + (y - 2) * row;
        loaded.strengths(ringAt + 12, line, 5 * line, to + 12, to + row - 12);
      }
      return numbers.subarray(outAt / 4, outAt / 4 + width * height);
    },
    smooth({ width, height }) {
      smoothOnce(planeAt, width, height);
      numbers.copyWithin(planeAt / 4, outAt / 4, outAt / 4 + width * height);
      smoothOnce(planeAt, width, height);
      const data = new Float32Array(loaded.memory.buffer, outAt, width * height);
      return { width, height, data };
    },
  };
}
