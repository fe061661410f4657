/**
 * Signals to measure the match index with.
 *
 * - *uniform*: every bit drawn on its own.
 * - *image-like*: what PDQ would make of blends of three random crops of drawn landscapes, some mirrored. The transform is
 *   linear, so crops are transformed once and blended as coefficients; a bit is set where a coefficient is above the median
 *   of its signal, as in PDQ. (No Jarosz filter: a crop is box-sampled to 64×64.) Bits go together as they do in pictures,
 *   and many signals are near to others.
 *
 * Both are drawn from a seed and come out the same each time.
 * @module
 */

import { landscape, seededRandom } from '@reclaim/raster/landscape.fixture';

/** The kinds of data. */
export const MATCH_DATA_KINDS = ['uniform', 'image-like'] as const;

/** A kind of data. */
export type MatchDataKind = (typeof MATCH_DATA_KINDS)[number];

/** Writes signals of 32 bytes each, as many as fit, into the array. Each call goes on where the last ended. */
export type SignalSource = (into: Uint8Array) => void;

const SIGNAL_BYTES = 32;
/** What image-like signals are blended from, unless said. */
const PICTURES: Pictures = { landscapes: 120, crops: 4_096 };
const GRID = 64;
const SIDE = 16;

/** How many landscapes are drawn, and how many crops of them are transformed. */
export type Pictures = { readonly landscapes: number; readonly crops: number };

/** A source of one kind. For image-like ones, landscapes are drawn and transformed first: some seconds. */
export function signalSource(kind: MatchDataKind, seed: number, pictures: Pictures = PICTURES): SignalSource {
  return kind === 'uniform' ? uniformSource(seed) : imageSource(seed, pictures);
}

/** xorshift128 of Marsaglia: fast, and good enough for bits that are only compared. */
function uniformSource(seed: number): SignalSource {
  const state = Uint32Array.of(seed ^ 0x9e37_79b9, 0x243f_6a88, 0xb7e1_5162, 0x6a09_e667);
  const next = (): number => {
    let t = state[3]!;
    const s = state[0]!;
    t ^= t << 11;
    t ^= t >>> 8;
    state.copyWithin(1, 0, 3);
    state[0] = t ^ s ^ (s >>> 19);
    return state[0]!;
  };
  for (let i = 0; i < 32; i++) next();
  return (into) => {
    for (let i = 0; i < into.length; i += 4) {
      const word = next();
      into[i] = word;
      into[i + 1] = word >>> 8;
      into[i + 2] = word >>> 16;
      into[i + 3] = word >>> 24;
    }
  };
}

function imageSource(seed: number, { landscapes, crops: cropCount }: Pictures): SignalSource {
  const random = seededRandom(seed);
  const pick = (below: number) => Math.floor(random() * below);
  const lumas = Array.from({ length: landscapes }, (_, i) => lumaOf(i + 1, 256, 192));
  const crops = Array.from({ length: cropCount }, () => {
    const width = 64 + pick(193);
    const height = 48 + pick(145);
    return transformed(
      sampled(lumas[pick(landscapes)]!, 256, pick(257 - width), pick(193 - height), width, height),
    );
  });
  const blend = new Float64Array(SIDE * SIDE);
  const scratch = new Float64Array(SIDE * SIDE);
  return (into) => {
    for (let at = 0; at < into.length; at += SIGNAL_BYTES) {
      blend.fill(0);
      for (const weight of [1, random(), random() / 2]) {
        const crop = crops[pick(cropCount)]!;
        // A picture's mirror has the odd frequencies of that direction negated.
        const mirrored = random() < 0.5 ? 1 : 0;
        for (let i = 0; i < blend.length; i++) {
          // Frequencies are 1 to 16: even columns hold the odd ones.
          blend[i]! += mirrored === 1 && i % 2 === 0 ? -weight * crop[i]! : weight * crop[i]!;
        }
      }
      scratch.set(blend);
      const median = smallest(scratch, 127);
      for (let byte = 0; byte < SIGNAL_BYTES; byte++) {
        let bits = 0;
        for (let bit = 0; bit < 8; bit++) bits = (bits << 1) | (blend[8 * byte + bit]! > median ? 1 : 0);
        into[at + byte] = bits;
      }
    }
  };
}

/** The value that has `rank` smaller ones (Hoare's selection). Reorders the values. */
function smallest(values: Float64Array, rank: number): number {
  let from = 0;
  let to = values.length - 1;
  while (from < to) {
    const pivot = values[(from + to) >> 1]!;
    let i = from;
    let j = to;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const swapped = values[i]!;
      values[i++] = values[j]!;
      values[j--] = swapped;
    }
    if (rank <= j) to = j;
    else if (rank >= i) from = i;
    else break;
  }
  return values[rank]!;
}

function lumaOf(seed: number, width: number, height: number): Float32Array {
  const { data, channels } = landscape(seed, width, height);
  return Float32Array.from({ length: width * height }, (_, i) => {
    const at = i * channels;
    return 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!;
  });
}

/** A crop, box-sampled to 64×64. */
function sampled(
  luma: Float32Array,
  stride: number,
  left: number,
  top: number,
  width: number,
  height: number,
): Float32Array {
  const grid = new Float32Array(GRID * GRID);
  for (let y = 0; y < GRID; y++) {
    const y0 = top + Math.floor((y * height) / GRID);
    const y1 = Math.max(y0 + 1, top + Math.floor(((y + 1) * height) / GRID));
    for (let x = 0; x < GRID; x++) {
      const x0 = left + Math.floor((x * width) / GRID);
      const x1 = Math.max(x0 + 1, left + Math.floor(((x + 1) * width) / GRID));
      let sum = 0;
      for (let v = y0; v < y1; v++) for (let u = x0; u < x1; u++) sum += luma[v * stride + u]!;
      grid[y * GRID + x] = sum / ((y1 - y0) * (x1 - x0));
    }
  }
  return grid;
}

/** Rows of cosines of the frequencies 1 to 16 over 64 points. */
const COSINES: Float64Array = Float64Array.from({ length: SIDE * GRID }, (_, i) => {
  const frequency = Math.floor(i / GRID) + 1;
  return Math.cos((Math.PI / 2 / GRID) * frequency * (2 * (i % GRID) + 1));
});

/** The 16×16 coefficients that PDQ looks at. */
function transformed(grid: Float32Array): Float64Array {
  const half = new Float64Array(SIDE * GRID);
  for (let i = 0; i < SIDE; i++) {
    for (let k = 0; k < GRID; k++) {
      const cosine = COSINES[i * GRID + k]!;
      for (let x = 0; x < GRID; x++) half[i * GRID + x]! += cosine * grid[k * GRID + x]!;
    }
  }
  const coefficients = new Float64Array(SIDE * SIDE);
  for (let i = 0; i < SIDE; i++) {
    for (let j = 0; j < SIDE; j++) {
      let sum = 0;
      for (let k = 0; k < GRID; k++) sum += half[i * GRID + k]! * COSINES[j * GRID + k]!;
      coefficients[i * SIDE + j] = sum;
    }
  }
  return coefficients;
}
