/**
 * How far a turned copy's question is from the hash that was banked, and what asking costs.
 *
 * Usage: node bench/turned-copies.ts [PICTURES] [SEED]. The copy's pixels are turned, nothing else is done to them. Its
 * eight hashes are asked, once as doors make them (of the really turned pixels), once all from one transform, and once
 * turned by the bits of the one hash that is kept of hosted content sent without orientations; the figures are the distances in bits of the nearest of the eight. docs/benchmarks.md holds a run of 20.
 * @module
 */

import { pdq, pdqOrientations } from '../packages/fingerprint/src/pdq.ts';
import { pdqDihedral, turnedHashBytes } from '../packages/fingerprint/src/pdq-dihedral.ts';
import { hammingDistance, signalBytes } from '../packages/fingerprint/src/signal.ts';
import { landscape } from '../packages/raster/src/landscape.fixture.ts';
import { type Turn, turnPixels } from '../packages/raster/src/orientation.ts';

const pictures = Number(process.argv[2] ?? 20);
const seed = Number(process.argv[3] ?? 1);

const SIZES = [
  [256, 256],
  [320, 240],
  [512, 512],
  [640, 480],
  [1024, 768],
  [1600, 1004],
  [1920, 1080],
  [4000, 3000],
] as const;

const KINDS: Readonly<Record<string, readonly Turn[]>> = {
  'quarter turns': ['rot90', 'rot270'],
  'half turn': ['rot180'],
  mirrors: ['flipX', 'flipY'],
  diagonals: ['flipPlus1', 'flipMinus1'],
};

for (const [width, height] of SIZES) {
  // A picture of 12 megapixels takes seconds to draw.
  const count = width * height > 4e6 ? Math.min(pictures, 4) : pictures;
  const doors = new Map<string, number[]>();
  const oneTransform = new Map<string, number[]>();
  const byBits = new Map<string, number[]>();
  const costs: { doors: number[]; oneTransform: number[] } = { doors: [], oneTransform: [] };
  for (let i = 0; i < count; i++) {
    const picture = landscape(1000 * seed + i, width, height);
    const banked = signalBytes(pdq(picture).hash);
    const nearest = (hashes: readonly string[]) =>
      Math.min(...hashes.map((hash) => hammingDistance(signalBytes(hash), banked)));
    for (const [kind, turns] of Object.entries(KINDS))
      for (const turn of turns) {
        const copy = turnPixels(picture, turn);
        let start = performance.now();
        const exact = pdqOrientations(copy).hashes;
        costs.doors.push(performance.now() - start);
        start = performance.now();
        const dihedral = pdqDihedral(copy).hashes;
        costs.oneTransform.push(performance.now() - start);
        doors.set(kind, [...(doors.get(kind) ?? []), nearest(exact)]);
        oneTransform.set(kind, [...(oneTransform.get(kind) ?? []), nearest(dihedral)]);
        const bits = turnedHashBytes(signalBytes(exact[0]!)).map((hash) => hammingDistance(hash, banked));
        byBits.set(kind, [...(byBits.get(kind) ?? []), Math.min(...bits)]);
      }
  }
  const line = (distances: readonly number[]) => ({
    least: Math.min(...distances),
    median: median(distances),
    greatest: Math.max(...distances),
    beyond31: distances.filter((bits) => bits > 31).length,
    of: distances.length,
  });
  for (const kind of Object.keys(KINDS))
    console.log(
      JSON.stringify({
        size: `${width}x${height}`,
        kind,
        doors: line(doors.get(kind)!),
        oneTransform: line(oneTransform.get(kind)!),
        byBits: line(byBits.get(kind)!),
      }),
    );
  console.log(
    JSON.stringify({
      size: `${width}x${height}`,
      ms: { doors: median(costs.doors), oneTransform: median(costs.oneTransform) },
    }),
  );
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
