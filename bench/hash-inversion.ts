/**
 * What one PDQ hash gives away: the fixed attacks that CI measures, and the strongest linear one, trained here.
 *
 * Usage: node bench/hash-inversion.ts [PICTURES] [FOLDER]. Of the pictures that bench/gather-pictures.ts has gathered,
 * PICTURES (2,000 unless said) distractors and two thirds of the photographs are learnt from, each with its mirror; the
 * last third of the photographs is attacked. The linear attack is ridge regression from the 256 bits to the 64×64 luma
 * (Hoerl and Kennard 1970): a fixed picture for each bit, added up. A network trained on millions of pictures may well do
 * better: the figures are a floor of what can be seen, not a ceiling. With a third argument the attacked pictures and what was guessed are written there as PNG, to be looked at.
 * @module
 */

import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { decodeImage } from '../packages/decode/src/decode-image.ts';
import {
  correlation,
  invertByConsistency,
  invertSimply,
  signsOf,
} from '../packages/fingerprint/src/hash-inversion.fixture.ts';
import { pdq } from '../packages/fingerprint/src/pdq.ts';
import type { PdqHash } from '../packages/fingerprint/src/signal.ts';
import { turnPixels } from '../packages/raster/src/orientation.ts';
import type { Pixels } from '../packages/raster/src/pixels.ts';
import { reduceToGrid } from '../packages/raster/src/reduce.ts';

const pictures = Number(process.argv[2] ?? 2_000);
const folder = process.argv[3] ?? path.join(import.meta.dirname, '.cache', 'pictures');
const shown = process.argv[4];

type Example = { readonly hash: PdqHash; readonly luma: Float64Array };

async function examples(set: string, from: number, to: number, mirrored: boolean): Promise<Example[]> {
  const names = readdirSync(path.join(folder, set)).sort();
  const out: Example[] = [];
  for (const name of names.slice(Math.floor(from * names.length), Math.ceil(to * names.length))) {
    const decoded = await decodeImage(new Uint8Array(readFileSync(path.join(folder, set, name))));
    if (!decoded.ok) continue;
    const add = (pixels: Pixels) => {
      const { hash, quality } = pdq(pixels);
      if (quality >= 50) out.push({ hash, luma: reduceToGrid(pixels) });
    };
    add(decoded.pixels);
    if (mirrored) add(turnPixels(decoded.pixels, 'flipY'));
  }
  return out;
}

/** Solves (XᵀX + λI) W = XᵀY by Cholesky; X is the bits and a constant, Y the planes. */
function ridge(train: readonly Example[], lambda: number): Float64Array[] {
  const n = 257;
  const gram = new Float64Array(n * n);
  const right = Array.from({ length: n }, () => new Float64Array(4096));
  for (const { hash, luma } of train) {
    const x = new Float64Array(n).fill(1);
    x.set(signsOf(hash));
    // Contrast and brightness cannot be known from a hash: every picture counts alike.
    const mean = luma.reduce((sum, value) => sum + value, 0) / 4096;
    const spread = Math.sqrt(luma.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 4096) || 1;
    const y = luma.map((value) => (value - mean) / spread);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) gram[i * n + j]! += x[i]! * x[j]!;
      const row = right[i]!;
      const sign = x[i]!;
      for (let k = 0; k < 4096; k++) row[k]! += sign * y[k]!;
    }
  }
  for (let i = 0; i < n; i++) gram[i * n + i]! += lambda;
  for (let j = 0; j < n; j++) {
    for (let k = 0; k < j; k++)
      for (let i = j; i < n; i++) gram[i * n + j]! -= gram[i * n + k]! * gram[j * n + k]!;
    const root = Math.sqrt(gram[j * n + j]!);
    for (let i = j; i < n; i++) gram[i * n + j]! /= root;
  }
  const axpy = (to: Float64Array, from: Float64Array, by: number) => {
    for (let k = 0; k < 4096; k++) to[k]! -= by * from[k]!;
  };
  const scale = (row: Float64Array, by: number) => {
    for (let k = 0; k < 4096; k++) row[k]! /= by;
  };
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) axpy(right[i]!, right[k]!, gram[i * n + k]!);
    scale(right[i]!, gram[i * n + i]!);
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) axpy(right[i]!, right[k]!, gram[k * n + i]!);
    scale(right[i]!, gram[i * n + i]!);
  }
  return right;
}

function guess(weights: readonly Float64Array[], hash: PdqHash): Float64Array {
  const plane = weights[256]!.slice();
  for (const [bit, sign] of signsOf(hash).entries()) {
    const row = weights[bit]!;
    for (let k = 0; k < 4096; k++) plane[k]! += sign * row[k]!;
  }
  return plane;
}

function summary(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]!.toFixed(2);
  return `median ${at(0.5)}, tenth ${at(0.1)}, nine tenths ${at(0.9)}, greatest ${at(1)}`;
}

const attacked = await examples('photographs', 2 / 3, 1, false);
console.log(
  `${attacked.length} photographs attacked, by their one hash; correlation with the true 64×64 luma`,
);
console.log(
  `fixed attack: ${summary(attacked.map(({ hash, luma }) => correlation(invertByConsistency(hash), luma)))}`,
);
console.log(
  `simple attack: ${summary(attacked.map(({ hash, luma }) => correlation(invertSimply(hash), luma)))}`,
);
const distractors = readdirSync(path.join(folder, 'distractors')).length;
const train = [
  ...(await examples('photographs', 0, 2 / 3, true)),
  ...(await examples('portraits', 0, 1, true)),
  ...(await examples('distractors', 0, Math.min(1, pictures / distractors), true)),
];
for (const lambda of [30, 300]) {
  const weights = ridge(train, lambda);
  const found = attacked.map(({ hash, luma }) => correlation(guess(weights, hash), luma));
  console.log(`ridge from ${train.length} pictures, λ ${lambda}: ${summary(found)}`);
  if (shown === undefined || lambda !== 300) continue;
  mkdirSync(shown, { recursive: true });
  for (const [i, { hash, luma }] of attacked.slice(0, 12).entries()) {
    const planes = [luma, invertSimply(hash), guess(weights, hash)].map((plane) => {
      const [low, high] = [Math.min(...plane), Math.max(...plane)];
      return plane.map((value) => (255 * (value - low)) / (high - low));
    });
    const sheet = new Uint8Array(64 * 192);
    for (const [p, plane] of planes.entries())
      for (let at = 0; at < 4096; at++) sheet[Math.floor(at / 64) * 192 + 64 * p + (at % 64)] = plane[at]!;
    const file = path.join(shown, `${i}.png`);
    await sharp(sheet, { raw: { width: 192, height: 64, channels: 1 } })
      .resize(576, 192)
      .png()
      .toFile(file);
  }
}
