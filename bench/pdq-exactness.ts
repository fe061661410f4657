/**
 * How exact our PDQ is: random crops, upright and turned, hashed by the fast path, by the binary32 oracle, and by PyPI
 * `pdqhash`.
 *
 * Usage: node bench/pdq-exactness.ts [CROPS] [SEED] [LEAST]. Prints counts as JSON; docs/benchmarks.md holds runs of 5,000.
 * Crops are LEAST (5) to 1,400 pixels a side, half of them small, from landscapes as they are, flattened to a few grey
 * levels (so that qualities under 100 occur) and laid under coarse noise. Where the peer is absent it says so and
 * goes on without it.
 * @module
 */

import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openPdqhashPeer } from '../packages/cli/src/bench-peer.ts';
import {
  MOST_TURNED_PIXELS,
  ORIENTATIONS,
  pdq,
  pdqFaithful,
  pdqOrientations,
} from '../packages/fingerprint/src/pdq.ts';
import { pdqDihedral, turnCoefficients } from '../packages/fingerprint/src/pdq-dihedral.ts';
import { oracleDct, oracleGrid } from '../packages/fingerprint/src/pdq-oracle.ts';
import {
  dct64,
  gradientSum32,
  gradientSum64,
  hashOf,
  medianOf,
  qualityOf,
} from '../packages/fingerprint/src/pdq-transform.ts';
import { hammingDistance, signalBytes } from '../packages/fingerprint/src/signal.ts';
import { WHITE } from '../packages/raster/src/alpha.ts';
import { landscape, seededRandom } from '../packages/raster/src/landscape.fixture.ts';
import { turnPixels } from '../packages/raster/src/orientation.ts';
import { type Pixels, parsePixels } from '../packages/raster/src/pixels.ts';
import { reduceToGrid } from '../packages/raster/src/reduce.ts';

/** A crop whose hash for one turn is not the one of the turned pixels. */
type TurnedDifference = {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly quality: number;
};

const crops = Number(process.argv[2] ?? 5000);
const seed = Number(process.argv[3] ?? 1);
/** The shortest side of a crop in pixels. With 5, the reference's own floor, strips are many; a picture has 64 and more. */
const least = Number(process.argv[4] ?? 5);
const MOST = 1400;
const random = seededRandom(seed);
const whole = (below: number) => Math.floor(random() * below);

const SIDE = 1450;
const scenes = [1, 2, 3, 4, 5, 6].map((scene) => landscape(seed * 100 + scene, SIDE, SIDE));
const file = join(tmpdir(), `reclaim-exactness-${process.pid}.rgb`);
const peer = await openPdqhashPeer(fileURLToPath(new URL('.venv/bin/python', import.meta.url)));
if (peer === undefined)
  process.stderr.write('pdqhash is not installed (bench/setup.sh): going on without it\n');

const counts = {
  crops,
  seed,
  least,
  peer: peer === undefined ? 'absent' : `pdqhash ${peer.version}`,
  narrow: 0,
  qualityUnder100: 0,
  fellBackToOracle: 0,
  fastDiffersFromOracleBits: 0,
  fastDiffersFromOracleQuality: 0,
  dihedralHashesCompared: 0,
  dihedralHashesDiffer: 0,
  turnedPixels: {
    judged: { compared: 0, differ: 0, differences: [] as TurnedDifference[] },
    larger: { compared: 0, differ: 0, differences: [] as TurnedDifference[] },
  },
  unguarded: { bitsDiffer: 0, greatestMoveOfGradientSum: 0, greatestMoveOfCoefficientNearMedian: 0 },
  peerDiffersBits: 0,
  peerDiffersBitsWithMedianGapUnder1e4: 0,
  peerDiffersBitsByItsLumaAlone: 0,
  /** Over all crops: our oracle fed with the peer's luma beside the peer. What is not 0 is explained by nothing. */
  oracleWithPeerLuma: { compared: 0, differ: 0, greatestMedianGapOfThese: 0 },
  peerGreatestMedianGap: 0,
  peerDiffersQuality: 0,
  peerDifferences: [] as { width: number; height: number; bits: number; quality: number; gap: number }[],
};

try {
  for (let i = 0; i < crops; i++) {
    if (process.stderr.isTTY) process.stderr.write(`\r${i + 1}/${crops}`);
    const pixels = randomCrop();
    const grid = oracleGrid(pixels);
    const coefficients = oracleDct(grid);
    const oracle = {
      hash: hashOf(coefficients, medianOf(coefficients).median),
      quality: qualityOf(gradientSum32(grid)),
    };
    const fast = pdq(pixels);
    if (Math.min(pixels.width, pixels.height) <= 16) counts.narrow++;
    if (oracle.quality < 100) counts.qualityUnder100++;
    if (fast.path === 'faithful') counts.fellBackToOracle++;
    if (fast.hash !== oracle.hash) counts.fastDiffersFromOracleBits++;
    if (fast.quality !== oracle.quality) counts.fastDiffersFromOracleQuality++;

    const turned = pdqDihedral(pixels).hashes;
    for (const [k, orientation] of ORIENTATIONS.entries()) {
      const others = turnCoefficients(coefficients, orientation);
      counts.dihedralHashesCompared++;
      if (turned[k] !== hashOf(others, medianOf(others).median)) counts.dihedralHashesDiffer++;
    }
    // One turn of each crop really made, and hashed by the oracle: all eight would take the night.
    const turn = ORIENTATIONS[i % ORIENTATIONS.length]!;
    const judged = pixels.width * pixels.height <= MOST_TURNED_PIXELS;
    const count = judged ? counts.turnedPixels.judged : counts.turnedPixels.larger;
    const asked = pdqOrientations(pixels).hashes[i % ORIENTATIONS.length]!;
    const real = pdqFaithful(turnPixels(pixels, turn));
    const bits = hammingDistance(signalBytes(asked), signalBytes(real.hash));
    count.compared++;
    if (bits > 0) {
      count.differ++;
      count.differences.push({ width: pixels.width, height: pixels.height, bits, quality: real.quality });
    }

    const gap = measureUnguarded(pixels, grid, coefficients);
    if (peer === undefined) continue;
    writeFileSync(file, pixels.data);
    const theirs = await peer.hash({ path: file, width: pixels.width, height: pixels.height, rounds: 1 });
    if (theirs.quality !== fast.quality) counts.peerDiffersQuality++;
    const theirCoefficients = oracleDct(oracleGrid(pixels, WHITE, lumaRowOfPeer));
    const withTheirLuma = medianOf(theirCoefficients);
    const explained = theirs.hash === hashOf(theirCoefficients, withTheirLuma.median);
    const { oracleWithPeerLuma } = counts;
    oracleWithPeerLuma.compared++;
    if (!explained) {
      oracleWithPeerLuma.differ++;
      oracleWithPeerLuma.greatestMedianGapOfThese = Math.max(
        oracleWithPeerLuma.greatestMedianGapOfThese,
        withTheirLuma.gap,
      );
    }
    if (theirs.hash === fast.hash) continue;
    counts.peerDiffersBits++;
    if (gap < 1e-4) counts.peerDiffersBitsWithMedianGapUnder1e4++;
    if (explained) counts.peerDiffersBitsByItsLumaAlone++;
    counts.peerGreatestMedianGap = Math.max(counts.peerGreatestMedianGap, gap);
    counts.peerDifferences.push({
      width: pixels.width,
      height: pixels.height,
      bits: hammingDistance(signalBytes(theirs.hash), signalBytes(fast.hash)),
      quality: fast.quality,
      gap,
    });
  }
} finally {
  peer?.close();
  rmSync(file, { force: true });
}
process.stdout.write(`${JSON.stringify(counts, undefined, 2)}\n`);

/**
 * Luma as `pdqhash` computes it (bindings.pyx): in binary64, rounded once, where the C++ reference rounds each step. Fed
 * to our oracle it must give the peer's hash; then a difference is this rounding and nothing else.
 */
function lumaRowOfPeer({ width, data }: Pixels, y: number, row: Float32Array): void {
  for (let x = 0, at = 3 * y * width; x < width; x++, at += 3)
    row[x] = data[at]! * 0.299 + data[at + 1]! * 0.587 + data[at + 2]! * 0.114;
}

/** What the fast path alone would have done, and the median gap of its coefficients. */
function measureUnguarded(pixels: Pixels, grid32: Float32Array, oracle: Float64Array): number {
  const grid = reduceToGrid(pixels);
  const fast = dct64(grid);
  const { median, gap } = medianOf(fast);
  const { unguarded } = counts;
  if (hashOf(fast, median) !== hashOf(oracle, medianOf(oracle).median)) unguarded.bitsDiffer++;
  unguarded.greatestMoveOfGradientSum = Math.max(
    unguarded.greatestMoveOfGradientSum,
    Math.abs(gradientSum64(grid, 0).sum - gradientSum32(grid32)),
  );
  for (const [i, coefficient] of fast.entries())
    if (Math.abs(coefficient - median) < 1)
      unguarded.greatestMoveOfCoefficientNearMedian = Math.max(
        unguarded.greatestMoveOfCoefficientNearMedian,
        Math.abs(coefficient - oracle[i]!),
      );
  return gap;
}

/** Half evenly spread, half evenly on a logarithmic scale: small pictures are where rounding decides. */
function randomSide(): number {
  return whole(2) === 0 ? least + whole(MOST + 1 - least) : Math.floor(least * (MOST / least) ** random());
}

function randomCrop(): Pixels {
  const scene = scenes[whole(scenes.length)]!;
  const width = randomSide();
  const height = randomSide();
  const x0 = whole(SIDE - width);
  const y0 = whole(SIDE - height);
  const kind = whole(3);
  const few = 0.05 + 0.3 * random();
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y++) {
    const from = ((y0 + y) * SIDE + x0) * 3;
    for (let k = 0; k < width * 3; k++, to++) {
      const value = scene.data[from + k]!;
      data[to] =
        kind === 0
          ? value
          : kind === 1
            ? 100 + value * few
            : (value & 0xf0) + (Math.imul(to, 2654435761) >>> 28);
    }
  }
  return parsePixels(data, width, height, 3);
}
