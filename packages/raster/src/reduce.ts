/**
 * The one resampler: a picture of any size to the 64×64 luma plane of PDQ, A = R·Y·Cᵀ with the tents of `tents.ts`.
 *
 * Each pixel is touched about once. Rows are weighted and added four bytes at a time: a 32-bit word of the picture is
 * split in two words of two 16-bit lanes (bytes 0 and 2, bytes 1 and 3), and a lane may take weights of 257 in all
 * before 255 a sample could overflow it. Full lanes are then weighted along the columns and added up as numbers. All of
 * that is exact in integers; luma is linear, so it is applied last, to 64×64 sums instead of to every pixel.
 *
 * Values: 0..255, float64, true to about 1e-13. Memory: a few rows, whatever the height.
 * @module
 */

import { type Colour, flattenRun, WHITE } from './alpha.ts';
import { LUMA_BLUE, LUMA_GREEN, LUMA_RED } from './luma.ts';
import type { Pixels } from './pixels.ts';
import { GRID_SIDE, type TentPart, type TentTable, tentTable } from './tents.ts';

/** Weights that a 16-bit lane can take: 257 · 255 = 65,535. */
const LANE_WEIGHTS = 257;

/** Widest horizontal window whose sum of full lanes, w²·65,535, stays under 2³¹. */
const WIDEST_INTEGER_WINDOW = 181;

/** Lanes are read back as 16-bit numbers in memory order; a big-endian machine takes the plain road. */
const LITTLE_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

const MASK = 0x00ff00ff;

/**
 * The 64×64 luma plane of the picture, row-major, 0..255. Transparent pictures are laid over `background` first.
 * Pictures with a side under 64 repeat samples, as PDQ does.
 */
export function reduceToGrid(pixels: Pixels, background: Colour = WHITE): Float64Array {
  const { channels } = pixels;
  let sums = reduceChannels(pixels, undefined);
  // Alpha is reduced along with the colours. Where it is 255 all over, no pixel that counts is transparent; sums of
  // integers are exact, but their factors are not, hence the slack (one level in one pixel of 2^26 still shows).
  if (channels === 4 && !isOpaque(sums)) sums = reduceChannels(pixels, background);
  const grid = new Float64Array(GRID_SIDE * GRID_SIDE);
  if (channels === 1) grid.set(sums);
  else
    for (let i = 0, at = 0; i < grid.length; i++, at += channels)
      grid[i] = LUMA_RED * sums[at]! + LUMA_GREEN * sums[at + 1]! + LUMA_BLUE * sums[at + 2]!;
  return grid;
}

function isOpaque(sums: Float64Array): boolean {
  for (let at = 3; at < sums.length; at += 4) if (sums[at]! < 255 - 1e-9) return false;
  return true;
}

/** 64×64 cells of `channels` sums. Where `background` is given, rows are flattened over it as they are read. */
function reduceChannels(pixels: Pixels, background: Colour | undefined): Float64Array {
  const rows = tentTable(pixels.height);
  const columns = tentTable(pixels.width);
  const wide = columns.window > WIDEST_INTEGER_WINDOW || rows.window > LANE_WEIGHTS || !LITTLE_ENDIAN;
  return wide
    ? reducePlainly(pixels, rows, columns, background)
    : reduceInLanes(pixels, rows, columns, background);
}

function reduceInLanes(
  pixels: Pixels,
  rows: TentTable,
  columns: TentTable,
  background: Colour | undefined,
): Float64Array {
  const { channels, width, data } = pixels;
  const rowBytes = width * channels;
  // Four pixels are whole words whatever the channels; the columns read to the end of such a group.
  const groupWords = Math.ceil(width / 4) * channels;
  const direct = background === undefined && rowBytes % 4 === 0 && data.byteOffset % 4 === 0;
  const source = new RowSource(pixels, direct, groupWords, background);
  const rowWords = Math.ceil(rowBytes / 4);
  const lanes = new Int32Array(2 * groupWords);
  const lanes16 = new Uint16Array(lanes.buffer);
  const sums = new Float64Array(GRID_SIDE * GRID_SIDE * channels);
  const words = source.words;
  for (const part of rows.parts) {
    const { weights, start } = part;
    let used = 0;
    let fresh = true;
    // Rows of a tent come in pairs of equal weight, first and last, so that a pair is added before it is multiplied.
    let low = 0;
    let high = weights.length - 1;
    while (low <= high) {
      const weight = weights[low]!;
      if (low === high || weights[high] !== weight) {
        if (used + weight > LANE_WEIGHTS) {
          addColumns(lanes16, columns, channels, sums, part);
          used = 0;
          fresh = true;
        }
        addRow(words, source.row(start + low, 0), weight, lanes, rowWords, fresh);
        used += weight;
        fresh = false;
        low++;
        continue;
      }
      if (used + 2 * weight > LANE_WEIGHTS) {
        if (2 * weight > LANE_WEIGHTS) throw new RangeError('reduce: weight beyond a lane');
        addColumns(lanes16, columns, channels, sums, part);
        used = 0;
        fresh = true;
      }
      if (
        high - low >= 7 &&
        weights[low + 1] === weights[high - 1] &&
        weights[low + 2] === weights[high - 2] &&
        weights[low + 3] === weights[high - 3] &&
        used + 2 * (weight + weights[low + 1]! + weights[low + 2]! + weights[low + 3]!) <= LANE_WEIGHTS
      ) {
        addFourPairs(
          words,
          source.row(start + low, 0),
          source.row(start + high, 1),
          weight,
          source.row(start + low + 1, 2),
          source.row(start + high - 1, 3),
          weights[low + 1]!,
          source.row(start + low + 2, 4),
          source.row(start + high - 2, 5),
          weights[low + 2]!,
          source.row(start + low + 3, 6),
          source.row(start + high - 3, 7),
          weights[low + 3]!,
          lanes,
          rowWords,
          fresh,
        );
        used += 2 * (weight + weights[low + 1]! + weights[low + 2]! + weights[low + 3]!);
        low += 4;
        high -= 4;
      } else {
        addPair(
          words,
          source.row(start + low, 0),
          source.row(start + high, 1),
          weight,
          lanes,
          rowWords,
          fresh,
        );
        used += 2 * weight;
        low++;
        high--;
      }
      fresh = false;
    }
    addColumns(lanes16, columns, channels, sums, part);
  }
  return sums;
}

/** Hands out rows as word offsets into one array: the picture itself where rows are whole words, else copies. */
class RowSource {
  readonly words: Int32Array;
  readonly #pixels: Pixels;
  readonly #slotWords: number;
  readonly #bytes: Uint8Array | undefined;
  readonly #background: Colour | undefined;

  constructor(pixels: Pixels, direct: boolean, slotWords: number, background: Colour | undefined) {
    const { data } = pixels;
    this.#pixels = pixels;
    this.#background = background;
    if (direct) {
      this.#slotWords = (pixels.width * pixels.channels) / 4;
      this.words = new Int32Array(data.buffer, data.byteOffset, data.length / 4);
      this.#bytes = undefined;
    } else {
      this.#slotWords = slotWords;
      this.words = new Int32Array(8 * slotWords);
      this.#bytes = new Uint8Array(this.words.buffer);
    }
  }

  /** Word offset of row `y`; `slot` (0..7) is where a copy goes, and stays until the slot is used again. */
  row(y: number, slot: number): number {
    const bytes = this.#bytes;
    if (bytes === undefined) return y * this.#slotWords;
    const { width, channels, data } = this.#pixels;
    const into = slot * this.#slotWords;
    const rowBytes = width * channels;
    if (this.#background === undefined) bytes.set(data.subarray(y * rowBytes, (y + 1) * rowBytes), 4 * into);
    else flattenRun(data, y * rowBytes, width, this.#background, bytes, 4 * into);
    return into;
  }
}

function addRow(
  words: Int32Array,
  a: number,
  weight: number,
  lanes: Int32Array,
  count: number,
  fresh: boolean,
): void {
  const keep = fresh ? 0 : -1;
  for (let i = 0, to = 0; i < count; i++, to += 2) {
    const v = words[a + i]!;
    lanes[to] = (lanes[to]! & keep) + Math.imul(v & MASK, weight);
    lanes[to + 1] = (lanes[to + 1]! & keep) + Math.imul((v >>> 8) & MASK, weight);
  }
}

function addPair(
  words: Int32Array,
  a: number,
  b: number,
  weight: number,
  lanes: Int32Array,
  count: number,
  fresh: boolean,
): void {
  const keep = fresh ? 0 : -1;
  for (let i = 0, to = 0; i < count; i++, to += 2) {
    const v = words[a + i]!;
    const w = words[b + i]!;
    lanes[to] = (lanes[to]! & keep) + Math.imul((v & MASK) + (w & MASK), weight);
    lanes[to + 1] = (lanes[to + 1]! & keep) + Math.imul(((v >>> 8) & MASK) + ((w >>> 8) & MASK), weight);
  }
}

function addFourPairs(
  words: Int32Array,
  a0: number,
  b0: number,
  w0: number,
  a1: number,
  b1: number,
  w1: number,
  a2: number,
  b2: number,
  w2: number,
  a3: number,
  b3: number,
  w3: number,
  lanes: Int32Array,
  count: number,
  fresh: boolean,
): void {
  const keep = fresh ? 0 : -1;
  for (let i = 0, to = 0; i < count; i++, to += 2) {
    const p0 = words[a0 + i]!;
    const q0 = words[b0 + i]!;
    const p1 = words[a1 + i]!;
    const q1 = words[b1 + i]!;
    const p2 = words[a2 + i]!;
    const q2 = words[b2 + i]!;
    const p3 = words[a3 + i]!;
    const q3 = words[b3 + i]!;
    lanes[to] =
      ((((lanes[to]! & keep) + Math.imul((p0 & MASK) + (q0 & MASK), w0)) | 0) +
        ((Math.imul((p1 & MASK) + (q1 & MASK), w1) + Math.imul((p2 & MASK) + (q2 & MASK), w2)) | 0) +
        Math.imul((p3 & MASK) + (q3 & MASK), w3)) |
      0;
    lanes[to + 1] =
      ((((lanes[to + 1]! & keep) + Math.imul(((p0 >>> 8) & MASK) + ((q0 >>> 8) & MASK), w0)) | 0) +
        ((Math.imul(((p1 >>> 8) & MASK) + ((q1 >>> 8) & MASK), w1) +
          Math.imul(((p2 >>> 8) & MASK) + ((q2 >>> 8) & MASK), w2)) |
          0) +
        Math.imul(((p3 >>> 8) & MASK) + ((q3 >>> 8) & MASK), w3)) |
      0;
  }
}

/** Weights the lanes along the columns and adds them, times both factors, to the row of cells that `part` belongs to. */
function addColumns(
  lanes16: Uint16Array,
  columns: TentTable,
  channels: number,
  sums: Float64Array,
  part: TentPart,
): void {
  const line = part.cell * GRID_SIDE * channels;
  for (const column of columns.parts) {
    const factor = part.factor * column.factor;
    const at = line + column.cell * channels;
    if (channels === 3) addColumnRgb(lanes16, column, sums, at, factor);
    else if (channels === 4) addColumnRgba(lanes16, column, sums, at, factor);
    else addColumnGrey(lanes16, column, sums, at, factor);
  }
}

// Byte k of a row lies in lane 4·⌊k/4⌋ + (0, 2, 1, 3)[k mod 4]: that is how the words were split.

function addColumnRgb(
  lanes: Uint16Array,
  part: TentPart,
  sums: Float64Array,
  at: number,
  factor: number,
): void {
  const weights = part.alignedWeights;
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let i = 0, k = 3 * part.alignedStart; i < weights.length; i += 4, k += 12) {
    const w0 = weights[i]!;
    const w1 = weights[i + 1]!;
    const w2 = weights[i + 2]!;
    const w3 = weights[i + 3]!;
    red = (red + Math.imul(lanes[k]!, w0) + Math.imul(lanes[k + 3]!, w1)) | 0;
    red = (red + Math.imul(lanes[k + 5]!, w2) + Math.imul(lanes[k + 10]!, w3)) | 0;
    green = (green + Math.imul(lanes[k + 2]!, w0) + Math.imul(lanes[k + 4]!, w1)) | 0;
    green = (green + Math.imul(lanes[k + 7]!, w2) + Math.imul(lanes[k + 9]!, w3)) | 0;
    blue = (blue + Math.imul(lanes[k + 1]!, w0) + Math.imul(lanes[k + 6]!, w1)) | 0;
    blue = (blue + Math.imul(lanes[k + 8]!, w2) + Math.imul(lanes[k + 11]!, w3)) | 0;
  }
  sums[at]! += red * factor;
  sums[at + 1]! += green * factor;
  sums[at + 2]! += blue * factor;
}

function addColumnRgba(
  lanes: Uint16Array,
  part: TentPart,
  sums: Float64Array,
  at: number,
  factor: number,
): void {
  const { weights, start } = part;
  let red = 0;
  let green = 0;
  let blue = 0;
  let alpha = 0;
  for (let i = 0, k = 4 * start; i < weights.length; i++, k += 4) {
    const weight = weights[i]!;
    red = (red + Math.imul(lanes[k]!, weight)) | 0;
    green = (green + Math.imul(lanes[k + 2]!, weight)) | 0;
    blue = (blue + Math.imul(lanes[k + 1]!, weight)) | 0;
    alpha = (alpha + Math.imul(lanes[k + 3]!, weight)) | 0;
  }
  sums[at]! += red * factor;
  sums[at + 1]! += green * factor;
  sums[at + 2]! += blue * factor;
  sums[at + 3]! += alpha * factor;
}

function addColumnGrey(
  lanes: Uint16Array,
  part: TentPart,
  sums: Float64Array,
  at: number,
  factor: number,
): void {
  const weights = part.alignedWeights;
  let grey = 0;
  for (let i = 0, k = part.alignedStart; i < weights.length; i += 4, k += 4) {
    grey = (grey + Math.imul(lanes[k]!, weights[i]!) + Math.imul(lanes[k + 2]!, weights[i + 1]!)) | 0;
    grey = (grey + Math.imul(lanes[k + 1]!, weights[i + 2]!) + Math.imul(lanes[k + 3]!, weights[i + 3]!)) | 0;
  }
  sums[at]! += grey * factor;
}

/** The road for sides over 23,000 pixels and for big-endian machines: the same sums, one sample at a time. */
function reducePlainly(
  pixels: Pixels,
  rows: TentTable,
  columns: TentTable,
  background: Colour | undefined,
): Float64Array {
  const { channels, width, data } = pixels;
  const rowBytes = width * channels;
  const line = new Uint8Array(rowBytes);
  const column = new Float64Array(rowBytes);
  const sums = new Float64Array(GRID_SIDE * GRID_SIDE * channels);
  for (const part of rows.parts) {
    column.fill(0);
    for (let r = 0; r < part.weights.length; r++) {
      const weight = part.weights[r]!;
      const at = (part.start + r) * rowBytes;
      if (background === undefined) line.set(data.subarray(at, at + rowBytes));
      else flattenRun(data, at, width, background, line, 0);
      for (let i = 0; i < rowBytes; i++) column[i]! += weight * line[i]!;
    }
    for (const { cell, start, weights, factor } of columns.parts) {
      const to = (part.cell * GRID_SIDE + cell) * channels;
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        for (let i = 0, at = start * channels + channel; i < weights.length; i++, at += channels)
          sum += weights[i]! * column[at]!;
        sums[to + channel]! += sum * part.factor * factor;
      }
    }
  }
  return sums;
}
