/**
 * The tone curve between an original and a suspect: brighter, darker, more contrast, a gamma, a filter. It is taken off
 * before the host is subtracted, since a mark of one grey level drowns in a curve that is ten off.
 *
 * The curve is the mean of the suspect for each of 64 brightnesses of the original, made monotone by pooling adjacent
 * violators (Ayer et al. 1955), in two passes: the second leaves out what the first shows to be covered by something else.
 * @module
 */

import type { Plane } from '@reclaim/raster/plane';

/** Suspect brightness for the brightnesses of the original at the middles of `BINS` equal bins of 0..256. */
export type ToneCurve = Float64Array<ArrayBuffer>;

const BINS = 64;
const BIN = 256 / BINS;

/** Grey levels that a sample may lie off the first curve and still count for the second. */
const NEAR = 40;

/** The curve from `original` to `suspect` where `covered` is 1; the identity where nothing is. */
export function toneCurve(original: Plane, suspect: Plane, covered: Uint8Array): ToneCurve {
  const first = fit(original, suspect, covered, undefined);
  return fit(original, suspect, covered, first);
}

/** The curve's value at a brightness, linear between bins and beyond the ends. */
export function toneAt(curve: ToneCurve, value: number): number {
  const place = value / BIN - 0.5;
  const at = Math.min(BINS - 2, Math.max(0, Math.floor(place)));
  return curve[at]! + (place - at) * (curve[at + 1]! - curve[at]!);
}

/** The curve's slope at a brightness, over three bins. */
export function toneSlope(curve: ToneCurve, value: number): number {
  const at = Math.min(BINS - 2, Math.max(1, Math.round(value / BIN - 0.5)));
  return (curve[at + 1]! - curve[at - 1]!) / (2 * BIN);
}

function fit(original: Plane, suspect: Plane, covered: Uint8Array, near: ToneCurve | undefined): ToneCurve {
  const sums = new Float64Array(BINS);
  const counts = new Float64Array(BINS);
  for (let i = 0; i < covered.length; i++) {
    if (covered[i] === 0) continue;
    const value = original.data[i]!;
    const seen = suspect.data[i]!;
    if (near !== undefined && Math.abs(seen - toneAt(near, value)) > NEAR) continue;
    const bin = Math.min(BINS - 1, Math.max(0, Math.floor(value / BIN)));
    sums[bin]! += seen;
    counts[bin]! += 1;
  }
  return monotone(sums, counts);
}

/** Pools neighbours until nothing falls; bins without samples are drawn between those that have some. */
function monotone(sums: Float64Array, counts: Float64Array): ToneCurve {
  const blocks: { mean: number; weight: number; first: number; last: number }[] = [];
  for (let bin = 0; bin < BINS; bin++) {
    if (counts[bin]! < 4) continue;
    blocks.push({ mean: sums[bin]! / counts[bin]!, weight: counts[bin]!, first: bin, last: bin });
    for (let top = blocks.length - 1; top > 0 && blocks[top]!.mean < blocks[top - 1]!.mean; top--) {
      const { mean, weight, last } = blocks.pop()!;
      const under = blocks[top - 1]!;
      under.mean = (under.mean * under.weight + mean * weight) / (under.weight + weight);
      under.weight += weight;
      under.last = last;
    }
  }
  const curve = new Float64Array(BINS);
  if (blocks.length === 0) return curve.map((_, bin) => (bin + 0.5) * BIN);
  const points = blocks.flatMap(({ mean, first, last }) =>
    first === last ? [[first, mean] as const] : [[first, mean] as const, [last, mean] as const],
  );
  for (let bin = 0, next = 0; bin < BINS; bin++) {
    while (next < points.length && points[next]![0] < bin) next++;
    const above = points[next];
    const below = points[next - 1];
    if (above !== undefined && (below === undefined || above[0] === bin))
      curve[bin] = above[1] - (above[0] - bin) * (above[0] === bin ? 0 : BIN);
    else if (above === undefined) curve[bin] = below![1] + (bin - below![0]) * BIN;
    else curve[bin] = below![1] + ((bin - below![0]) / (above[0] - below![0])) * (above[1] - below![1]);
  }
  return curve;
}
