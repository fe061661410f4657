/**
 * The pictures of the bench of altered copies: those that bench/gather-pictures.ts gathered, or landscapes drawn in their
 * place.
 *
 * A run takes hours and may be held meanwhile (a laptop that sleeps, a measurement that wants the machine). A decode that
 * is held comes back late, and the limit of a door, five seconds by the clock, would end the run with a picture that
 * nothing is wrong with. These files are our own, so they may take an hour; one that cannot be read is named.
 * @module
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { decodeImage } from '@reclaim/decode/decode-image';
import type { DecodeLimits } from '@reclaim/decode/decode-limits';
import { landscape } from '@reclaim/raster/landscape.fixture';
import type { Pixels } from '@reclaim/raster/pixels';
import { Problem } from './problem.ts';

/** A picture that is read when it is needed: hundreds of them are gigabytes. */
export type Load = () => Promise<Pixels>;

/** A part of a run: every `of`-th picture and stranger from the `index`-th on, counted from 1. */
export type BenchPart = { readonly index: number; readonly of: number };

/** What a gathered picture may take: the longest that the decoder can be told. */
const PATIENT: Partial<DecodeLimits> = { timeMs: 3_600_000 };

/**
 * The pictures of a folder in the order of their names; none where there is no such folder. Reading one rejects with a
 * `Problem` that names the file and why it cannot be read.
 */
export function filesOf(folder: string, limits: Partial<DecodeLimits> = PATIENT): readonly Load[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => async () => {
      const decoded = await decodeImage(new Uint8Array(readFileSync(path.join(folder, name))), { limits });
      if (!decoded.ok)
        throw new Problem(
          `the gathered picture ${path.basename(folder)}/${name} cannot be read (${decoded.reason})`,
        );
      return decoded.pixels;
    });
}

/** `count` landscapes, each by a seed of its own from `seed` on. */
export function drawn(count: number, seed: number): readonly Load[] {
  return Array.from({ length: count }, (_, i) => async () => landscape(seed + i, 800, 600));
}

/** At most `count` of them, evenly from the whole. */
export function spread<T>(all: readonly T[], count: number): readonly T[] {
  if (all.length <= count) return all;
  return Array.from({ length: count }, (_, i) => all[Math.floor((i * all.length) / count)]!);
}

/** Every `of`-th from the `index`-th on. */
export function partOf<T>(all: readonly T[], { index, of }: BenchPart): readonly T[] {
  return all.filter((_, i) => i % of === index - 1);
}
