/**
 * All signals of one picture: SHA-256 of the file, and PDQ where the picture has enough in it to be told from others.
 *
 * The rules for PDQ: at least 5×5 pixels (the reference's own floor); quality of at least 50 (its authors' advice); and
 * not blank. Blank is ours: stripes or an exactly symmetric drawing may have the gradients of a good picture while most
 * of its coefficients are zero, and then rounding writes the hash. Banked, such a hash would match other empty pictures.
 * @module
 */

import type { Pixels } from '@reclaim/raster/pixels';
import { MIN_QUALITY, MIN_SIDE, PIPELINE, pdq } from './pdq.ts';
import { COEFFICIENTS, medianOf } from './pdq-transform.ts';
import { sha256 } from './sha256.ts';
import type { PdqSignal, Sha256Signal } from './signal.ts';

/** Why a picture has no PDQ signal. */
export type NoPdqReason = 'too-small' | 'blank' | 'low-quality';

/** The PDQ signal of a picture, or why there is none. `quality` is 0..100. */
export type PdqOutcome =
  | { readonly ok: true; readonly signal: PdqSignal }
  | { readonly ok: false; readonly reason: NoPdqReason; readonly quality: number };

/** What one picture gave. The SHA-256 is there whatever the picture is. */
export type PictureSignals = { readonly sha256: Sha256Signal; readonly pdq: PdqOutcome };

/** A coefficient nearer to the median than this, in grey levels, is rounding: 16 times the most that was measured. */
const STEADY = 1 / 64;

/** Most coefficients of 256 that may be rounding. In landscapes and photographs there are one or two. */
const MOST_UNSTEADY = COEFFICIENTS / 4;

/** The PDQ signal of an oriented picture in sRGB, by the rules above. */
export function pdqSignalOf(pixels: Pixels): PdqOutcome {
  if (pixels.width < MIN_SIDE || pixels.height < MIN_SIDE)
    return { ok: false, reason: 'too-small', quality: 0 };
  const { hash, quality, coefficients } = pdq(pixels);
  if (quality === 0 || isBlank(coefficients)) return { ok: false, reason: 'blank', quality };
  if (quality < MIN_QUALITY) return { ok: false, reason: 'low-quality', quality };
  return { ok: true, signal: { kind: 'pdq', value: hash, quality, pipeline: PIPELINE } };
}

/** Whether more than a quarter of the bits would be written by rounding. */
export function isBlank(coefficients: Float64Array, median: number = medianOf(coefficients).median): boolean {
  let unsteady = 0;
  for (const coefficient of coefficients) if (Math.abs(coefficient - median) < STEADY) unsteady++;
  return unsteady > MOST_UNSTEADY;
}

/** The signals of a picture and of the file's bytes that it was decoded from. */
export async function signalsOf(picture: {
  readonly pixels: Pixels;
  readonly bytes: Uint8Array<ArrayBuffer>;
}): Promise<PictureSignals> {
  return {
    sha256: { kind: 'sha256', value: await sha256(picture.bytes) },
    pdq: pdqSignalOf(picture.pixels),
  };
}
