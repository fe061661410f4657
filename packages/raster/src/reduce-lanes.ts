/**
 * The reduction in plain TypeScript, four bytes at a time: the road where there is no WebAssembly, and the oracle of the
 * kernel's tests.
 *
 * A 32-bit word of the picture is split in two words of two 16-bit lanes (bytes 0 and 2, bytes 1 and 3), and a lane may
 * take weights of 257 in all before 255 a sample could overflow it (`lane-plan.ts`). Full lanes are then weighted along
 * the columns and added up as numbers. Memory: a few rows, whatever the height.
 * @module
 */

import { type Colour, flattenRun } from './alpha.ts';
import { addCells, emptyCells } from './cell-sums.ts';
import { LANE_WEIGHTS } from './lane-plan.ts';
import type { Pixels } from './pixels.ts';
import type { TentPart, TentTable } from './tents.ts';

/** Widest horizontal window whose sum of full lanes, w²·65,535, stays under 2³¹. */
const WIDEST_INTEGER_WINDOW = 181;

/** Lanes are read back as 16-bit numbers in memory order; a big-endian machine takes the plain road. */
const LITTLE_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

const MASK = 0x00ff00ff;

/** Whether lanes can take these tents on this machine. */
export function lanesFit(rows: TentTable, columns: TentTable): boolean {
  return LITTLE_ENDIAN && columns.window <= WIDEST_INTEGER_WINDOW && rows.window <= LANE_WEIGHTS;
}

/**
 * 64×64 cells of `channels` sums. Where `background` is given, rows of RGBA are flattened over it as they are read.
 * The tents must be such as `lanesFit` allows.
 */
export function reduceInLanes(
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
  const plane = emptyCells(channels);
  const whole = new Float64Array(columns.parts.length * channels);
  const words = source.words;
  for (const part of rows.parts) {
    let used = false;
    whole.fill(0);
    for (const { rows: taken, first, last, weight, next, opens } of part.runs) {
      if (opens && used) addColumns(lanes16, columns, channels, whole);
      used = true;
      const low = part.start + first;
      const high = part.start + last;
      const a = source.row(low, 0);
      if (taken === 1) {
        addRow(words, a, weight, lanes, rowWords, opens);
        continue;
      }
      const b = source.row(high, 1);
      if (taken === 8) {
        for (let k = 1; k < 4; k++) {
          source.row(low + k, 2 * k);
          source.row(high - k, 2 * k + 1);
        }
        addFourPairs(words, a, b, source.ahead, source.back, weight, lanes, rowWords, opens);
      } else if (taken === 4) {
        const c = source.row(low + 1, 2);
        const d = source.row(high - 1, 3);
        addTwoPairs(words, a, b, weight, c, d, next, lanes, rowWords, opens);
      } else if (taken === 3) {
        addPairAndRow(words, a, b, weight, source.row(low + 1, 2), next, lanes, rowWords, opens);
      } else addPair(words, a, b, weight, lanes, rowWords, opens);
    }
    addColumns(lanes16, columns, channels, whole);
    addCells(plane, part, columns, whole, channels);
  }
  return plane;
}

/** Hands out rows as word offsets into one array: the picture itself where rows are whole words, else copies. */
class RowSource {
  readonly words: Int32Array;
  /** Words from a row that stands `k` pairs before another to that one: `k · ahead` for first rows, `k · back` for last. */
  readonly ahead: number;
  readonly back: number;
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
      this.ahead = this.#slotWords;
      this.back = -this.#slotWords;
    } else {
      this.#slotWords = slotWords;
      this.words = new Int32Array(8 * slotWords);
      this.#bytes = new Uint8Array(this.words.buffer);
      this.ahead = 2 * slotWords;
      this.back = 2 * slotWords;
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

function addPairAndRow(
  words: Int32Array,
  a: number,
  b: number,
  weight: number,
  c: number,
  single: number,
  lanes: Int32Array,
  count: number,
  fresh: boolean,
): void {
  const keep = fresh ? 0 : -1;
  for (let i = 0, to = 0; i < count; i++, to += 2) {
    const p = words[a + i]!;
    const q = words[b + i]!;
    const s = words[c + i]!;
    const even = ((lanes[to]! & keep) + Math.imul((p & MASK) + (q & MASK), weight)) | 0;
    const odd = ((lanes[to + 1]! & keep) + Math.imul(((p >>> 8) & MASK) + ((q >>> 8) & MASK), weight)) | 0;
    lanes[to] = even + Math.imul(s & MASK, single);
    lanes[to + 1] = odd + Math.imul((s >>> 8) & MASK, single);
  }
}

function addTwoPairs(
  words: Int32Array,
  a: number,
  b: number,
  first: number,
  c: number,
  d: number,
  second: number,
  lanes: Int32Array,
  count: number,
  fresh: boolean,
): void {
  const keep = fresh ? 0 : -1;
  for (let i = 0, to = 0; i < count; i++, to += 2) {
    let p = words[a + i]!;
    let q = words[b + i]!;
    const even = ((lanes[to]! & keep) + Math.imul((p & MASK) + (q & MASK), first)) | 0;
    const odd = ((lanes[to + 1]! & keep) + Math.imul(((p >>> 8) & MASK) + ((q >>> 8) & MASK), first)) | 0;
    p = words[c + i]!;
    q = words[d + i]!;
    lanes[to] = even + Math.imul((p & MASK) + (q & MASK), second);
    lanes[to + 1] = odd + Math.imul(((p >>> 8) & MASK) + ((q >>> 8) & MASK), second);
  }
}

/** Four pairs that weigh w, w+1, w+2, w+3 from the outside in: (w)·(sum of all) + (sums of the inner ones, nested). */
function addFourPairs(
  words: Int32Array,
  a: number,
  b: number,
  ahead: number,
  back: number,
  weight: number,
  lanes: Int32Array,
  count: number,
  fresh: boolean,
): void {
  const keep = fresh ? 0 : -1;
  const ahead2 = (ahead + ahead) | 0;
  const ahead3 = (ahead2 + ahead) | 0;
  const back2 = (back + back) | 0;
  const back3 = (back2 + back) | 0;
  for (let i = 0, to = 0; i < count; i++, to += 2, a++, b++) {
    let p = words[(a + ahead3) | 0]!;
    let q = words[(b + back3) | 0]!;
    let even = ((p & MASK) + (q & MASK)) | 0;
    let odd = (((p >>> 8) & MASK) + ((q >>> 8) & MASK)) | 0;
    let evenNested = even;
    let oddNested = odd;
    p = words[(a + ahead2) | 0]!;
    q = words[(b + back2) | 0]!;
    even = (even + ((p & MASK) + (q & MASK))) | 0;
    odd = (odd + (((p >>> 8) & MASK) + ((q >>> 8) & MASK))) | 0;
    evenNested = (evenNested + even) | 0;
    oddNested = (oddNested + odd) | 0;
    p = words[(a + ahead) | 0]!;
    q = words[(b + back) | 0]!;
    even = (even + ((p & MASK) + (q & MASK))) | 0;
    odd = (odd + (((p >>> 8) & MASK) + ((q >>> 8) & MASK))) | 0;
    evenNested = (evenNested + even) | 0;
    oddNested = (oddNested + odd) | 0;
    p = words[a]!;
    q = words[b]!;
    even = (even + ((p & MASK) + (q & MASK))) | 0;
    odd = (odd + (((p >>> 8) & MASK) + ((q >>> 8) & MASK))) | 0;
    lanes[to] = ((lanes[to]! & keep) + evenNested + Math.imul(even, weight)) | 0;
    lanes[to + 1] = ((lanes[to + 1]! & keep) + oddNested + Math.imul(odd, weight)) | 0;
  }
}

/** Weights the lanes along the columns and adds them to `whole`, part by part. */
function addColumns(lanes16: Uint16Array, columns: TentTable, channels: number, whole: Float64Array): void {
  let at = 0;
  for (const part of columns.parts) {
    if (channels === 3) addColumnRgb(lanes16, part, whole, at);
    else if (channels === 4) addColumnRgba(lanes16, part, whole, at);
    else addColumnGrey(lanes16, part, whole, at);
    at += channels;
  }
}

// Byte k of a row lies in lane 4·⌊k/4⌋ + (0, 2, 1, 3)[k mod 4]: that is how the words were split.

function addColumnRgb(lanes: Uint16Array, part: TentPart, whole: Float64Array, at: number): void {
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
  whole[at]! += red;
  whole[at + 1]! += green;
  whole[at + 2]! += blue;
}

function addColumnRgba(lanes: Uint16Array, part: TentPart, whole: Float64Array, at: number): void {
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
  whole[at]! += red;
  whole[at + 1]! += green;
  whole[at + 2]! += blue;
  whole[at + 3]! += alpha;
}

function addColumnGrey(lanes: Uint16Array, part: TentPart, whole: Float64Array, at: number): void {
  const weights = part.alignedWeights;
  let grey = 0;
  for (let i = 0, k = part.alignedStart; i < weights.length; i += 4, k += 4) {
    grey = (grey + Math.imul(lanes[k]!, weights[i]!) + Math.imul(lanes[k + 2]!, weights[i + 1]!)) | 0;
    grey = (grey + Math.imul(lanes[k + 1]!, weights[i + 2]!) + Math.imul(lanes[k + 3]!, weights[i + 3]!)) | 0;
  }
  whole[at]! += grey;
}
