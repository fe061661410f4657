/**
 * The kernel of the reduction to 64×64 (`src/reduce-kernel.ts` calls it), in WebAssembly with SIMD.
 *
 * Two steps, integers throughout, so that its sums are those of the TypeScript beside it, bit for bit:
 *
 * - `addRows` weighs eight rows of samples and adds them to a row of 32-bit sums, sample by sample;
 * - `cells1`, `cells3`, `cells4` weigh such sums along the row, each channel on its own.
 * @module
 */

import {
  assemble,
  type Code,
  get,
  I32,
  i16x8,
  i32,
  i32x4,
  type Local,
  lanes32,
  type Procedure,
  repeatWhile,
  set,
  V128,
  v128,
} from './assembler.ts';

/** Rows that one call of `addRows` takes. */
const ROWS = 8;

/**
 * addRows(row, stride, sums, end, weights): for each sample at `sums` (u32, up to address `end`, 16 samples at a time)
 * adds Σ weight·sample over eight rows, `stride` bytes apart from `row`. `weights` is the address of eight u16. They
 * may be 257 in all: then 257 · 255 is the most that 16 bits hold.
 *
 * A lane of 16 bits begins as two samples, v = even + 256·odd. Sums of v wrap at 2¹⁶ and that is no loss: odd samples are
 * summed apart, and taking them away again leaves the sum of the even ones, which fits.
 */
function addRows(): Procedure {
  const [row, stride, sums, end, weights] = [0, 1, 2, 3, 4];
  const at = 5;
  const weight = (k: number): Local => 6 + k;
  const [sample, both, odd] = [weight(ROWS), weight(ROWS) + 1, weight(ROWS) + 2];
  const addRow = (k: number): Code => [
    ...set(sample, v128.load(get(at))),
    ...set(both, i16x8.add(get(both), i16x8.multiply(get(sample), get(weight(k))))),
    ...set(sample, i16x8.shiftRightUnsigned(get(sample), i32.constant(8))),
    ...set(odd, i16x8.add(get(odd), i16x8.multiply(get(sample), get(weight(k))))),
    ...(k + 1 < ROWS ? set(at, i32.add(get(at), get(stride))) : []),
  ];
  const addTo = (offset: number, four: Code): Code =>
    v128.store(get(sums), i32x4.add(v128.load(get(sums), offset), four), offset);
  const eachRow = Array.from({ length: ROWS }, (_, k) => k);
  const even = both;
  // Samples 0..7 of the sixteen from the low halves of the even and the odd ones, 8..15 from the high halves.
  const inOrder = (from: number): Code =>
    v128.shuffle(
      get(even),
      get(odd),
      [0, 1, 2, 3].flatMap((lane) => {
        const byte = from + 2 * lane;
        return [byte, byte + 1, 16 + byte, 17 + byte];
      }),
    );
  return {
    name: 'addRows',
    parameters: 5,
    locals: [I32, ...eachRow.map(() => V128), V128, V128, V128],
    body: [
      ...eachRow.flatMap((k) => set(weight(k), i16x8.loadSplat(get(weights), 2 * k))),
      ...repeatWhile(
        i32.lessUnsigned(get(sums), get(end)),
        set(at, get(row)),
        set(both, v128.zero),
        set(odd, v128.zero),
        eachRow.flatMap(addRow),
        set(even, i16x8.subtract(get(both), i16x8.shiftLeft(get(odd), i32.constant(8)))),
        set(sample, inOrder(0)),
        addTo(0, i32x4.extendLowUnsigned(get(sample))),
        addTo(16, i32x4.extendHighUnsigned(get(sample))),
        set(sample, inOrder(8)),
        addTo(32, i32x4.extendLowUnsigned(get(sample))),
        addTo(48, i32x4.extendHighUnsigned(get(sample))),
        set(row, i32.add(get(row), i32.constant(16))),
        set(sums, i32.add(get(sums), i32.constant(64))),
      ),
    ],
  };
}

/**
 * cells(tents, end, sums, cells): for each tent in the table from `tents` to `end` writes one u32 a channel, Σ
 * weight·sum, to `cells` onwards. A tent is the offset of its first pixel from `sums` in bytes (u32), the length of its
 * weights in bytes (u32), and its weights (u32, one a pixel, four or a multiple of it).
 *
 * Four pixels fill as many vectors as there are channels, and a lane is always of the same channel.
 */
function cellsOf(channels: 1 | 3 | 4): Procedure {
  const [tents, end, sums, cells] = [0, 1, 2, 3];
  const [from, last, weights] = [4, 5, 6];
  const vectors = Array.from({ length: channels }, (_, k) => k);
  const sum = (k: number): Local => 7 + k;
  const weightOf = (k: number): Code => {
    const lanes = [0, 1, 2, 3].map((lane) => Math.floor((4 * k + lane) / channels));
    return channels === 1 ? get(weights) : v128.shuffle(get(weights), get(weights), lanes32(...lanes));
  };
  const total = (channel: number): Code =>
    Array.from({ length: 4 * channels }, (_, i) => i)
      .filter((i) => i % channels === channel)
      .map((i) => i32x4.extractLane(get(sum(Math.floor(i / 4))), i % 4))
      .reduce((a, b) => i32.add(a, b));
  return {
    name: `cells${channels}`,
    parameters: 4,
    locals: [I32, I32, V128, ...vectors.map(() => V128)],
    body: repeatWhile(
      i32.lessUnsigned(get(tents), get(end)),
      set(from, i32.add(get(sums), i32.load(get(tents)))),
      set(last, i32.add(i32.add(get(tents), i32.constant(8)), i32.load(get(tents), 4))),
      set(tents, i32.add(get(tents), i32.constant(8))),
      vectors.flatMap((k) => set(sum(k), v128.zero)),
      repeatWhile(
        i32.lessUnsigned(get(tents), get(last)),
        set(weights, v128.load(get(tents))),
        vectors.flatMap((k) =>
          set(sum(k), i32x4.add(get(sum(k)), i32x4.multiply(v128.load(get(from), 16 * k), weightOf(k)))),
        ),
        set(from, i32.add(get(from), i32.constant(16 * channels))),
        set(tents, i32.add(get(tents), i32.constant(16))),
      ),
      vectors.flatMap((channel) => i32.store(get(cells), total(channel), 4 * channel)),
      set(cells, i32.add(get(cells), i32.constant(4 * channels))),
    ),
  };
}

/** The bytes of the module. */
export function reduceKernel(): Uint8Array<ArrayBuffer> {
  return assemble([addRows(), cellsOf(1), cellsOf(3), cellsOf(4)]);
}

/** The text of `src/reduce-kernel-bytes.ts`. */
export function reduceKernelSource(): string {
  const base64 = btoa(String.fromCharCode(...reduceKernel()));
  return `/**
 * The compiled kernel of the reduction. Written by \`node tools/build-wasm.ts\` from \`assembly/reduce-kernel.ts\`; do not
 * change it by hand: a test assembles it again and compares.
 * @module
 */

/** The module's bytes in base64 (RFC 4648, section 4). */
export const REDUCE_KERNEL_BASE64: string =
${(base64.match(/.{1,100}/g) ?? []).map((line) => `  '${line}'`).join(' +\n')};
`;
}
