/**
 * The kernel of PDQ's transform and of its sum of gradients (`src/transform-kernel.ts` calls it), in WebAssembly with SIMD.
 *
 * Binary64 throughout, in the order of the TypeScript beside it (`src/pdq-transform.ts`): the two lanes of a vector are the
 * two sums that `dotHalf` keeps apart, so every coefficient is the same to the last bit.
 *
 * - `transformRows` and `transformColumns` fold lines of 64 numbers on their middle and multiply them by half a matrix;
 * - `gradients` adds up the differences of neighbours in whole hundredths.
 * @module
 */

import {
  assemble,
  type Code,
  f64,
  f64x2,
  get,
  I32,
  i32,
  i32x4,
  type Local,
  type Procedure,
  repeatWhile,
  set,
  V128,
  v128,
} from '../../raster/assembly/assembler.ts';

const LINE = 64;
const HALF = LINE / 2;
const FREQUENCIES = 16;
const NUMBER = 8;
const LINE_BYTES = LINE * NUMBER;
const HALF_BYTES = HALF * NUMBER;

/** The lanes of a vector of two numbers in the other order. */
const TURNED = [8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7];

/**
 * name(lines, end, matrix, folded, to): for each line of 64 numbers from `lines` to `end` writes its 16 frequencies to
 * `to`, `stride` bytes apart; the next line's go one number further. `matrix` is the left half of the transform, 16 × 32
 * numbers; `folded` has room for 64.
 */
function transform(name: string, stride: number): Procedure {
  const [lines, end, matrix, folded, to] = [0, 1, 2, 3, 4];
  const [at, row, last] = [5, 6, 7];
  const [left, right] = [8, 9];
  const step: Code = set(at, i32.add(get(at), i32.constant(2 * NUMBER)));
  const sum = (k: number): Local => 10 + k;
  const eight = Array.from({ length: FREQUENCIES / 2 }, (_, k) => k);
  // `at` goes along the sums, `row` from the line's first numbers on, `last` from its last ones back.
  const fold: Code = [
    ...set(at, get(folded)),
    ...set(row, get(lines)),
    ...set(last, i32.add(get(lines), i32.constant((LINE - 2) * NUMBER))),
    ...repeatWhile(
      i32.lessUnsigned(get(row), get(last)),
      set(left, v128.load(get(row))),
      set(right, v128.load(get(last))),
      set(right, v128.shuffle(get(right), get(right), TURNED)),
      v128.store(get(at), f64x2.add(get(left), get(right))),
      v128.store(get(at), f64x2.subtract(get(left), get(right)), HALF_BYTES),
      step,
      set(row, i32.add(get(row), i32.constant(2 * NUMBER))),
      set(last, i32.subtract(get(last), i32.constant(2 * NUMBER))),
    ),
  ];
  // Index j is frequency j + 1: the even indexes are odd functions, which the differences hold.
  const dots = (parity: 0 | 1): Code => [
    ...set(at, i32.add(get(folded), i32.constant(parity === 0 ? HALF_BYTES : 0))),
    ...set(last, i32.add(get(at), i32.constant(HALF_BYTES))),
    ...set(row, i32.add(get(matrix), i32.constant(parity * HALF_BYTES))),
    ...eight.flatMap((k) => set(sum(k), v128.zero)),
    ...repeatWhile(
      i32.lessUnsigned(get(at), get(last)),
      set(left, v128.load(get(at))),
      eight.flatMap((k) =>
        set(
          sum(k),
          f64x2.add(get(sum(k)), f64x2.multiply(v128.load(get(row), 2 * k * HALF_BYTES), get(left))),
        ),
      ),
      step,
      set(row, i32.add(get(row), i32.constant(2 * NUMBER))),
    ),
    ...eight.flatMap((k) =>
      f64.store(
        get(to),
        f64.add(f64x2.extractLane(get(sum(k)), 0), f64x2.extractLane(get(sum(k)), 1)),
        (2 * k + parity) * stride,
      ),
    ),
  ];
  return {
    name,
    parameters: 5,
    locals: [I32, I32, I32, V128, V128, ...eight.map(() => V128)],
    body: repeatWhile(
      i32.lessUnsigned(get(lines), get(end)),
      fold,
      dots(0),
      dots(1),
      set(lines, i32.add(get(lines), i32.constant(LINE_BYTES))),
      set(to, i32.add(get(to), i32.constant(NUMBER))),
    ),
  };
}

/**
 * gradients(grid, scale): over vertical and horizontal neighbours of the 64×64 plane at `grid`, Σ of the whole part of
 * |difference| times the number at `scale`.
 */
function gradients(): Procedure {
  const [grid, scale] = [0, 1];
  const [at, end] = [2, 3];
  const [factor, sum, here] = [4, 5, 6];
  const add = (other: Code): Code =>
    set(
      sum,
      i32x4.add(
        get(sum),
        i32x4.truncate(f64x2.multiply(f64x2.absolute(f64x2.subtract(get(here), other)), get(factor))),
      ),
    );
  // The last number of a line has no neighbour to its right: it is compared with itself.
  const lastAlone = v128.shuffle(get(here), get(here), [...TURNED.slice(0, 8), ...TURNED.slice(0, 8)]);
  const line = (down: boolean): Code => [
    ...set(end, i32.add(get(at), i32.constant(LINE_BYTES - 2 * NUMBER))),
    ...repeatWhile(
      i32.lessUnsigned(get(at), get(end)),
      set(here, v128.load(get(at))),
      add(v128.load(get(at), NUMBER)),
      down ? add(v128.load(get(at), LINE_BYTES)) : [],
      set(at, i32.add(get(at), i32.constant(2 * NUMBER))),
    ),
    ...set(here, v128.load(get(at))),
    ...add(lastAlone),
    ...(down ? add(v128.load(get(at), LINE_BYTES)) : []),
    ...set(at, i32.add(get(at), i32.constant(2 * NUMBER))),
  ];
  return {
    name: 'gradients',
    parameters: 2,
    locals: [I32, I32, V128, V128, V128],
    returns: true,
    body: [
      ...set(at, get(grid)),
      ...set(factor, v128.load(get(scale))),
      ...set(sum, v128.zero),
      ...set(grid, i32.add(get(grid), i32.constant((LINE - 1) * LINE_BYTES))),
      ...repeatWhile(i32.lessUnsigned(get(at), get(grid)), line(true)),
      ...line(false),
      ...i32.add(i32x4.extractLane(get(sum), 0), i32x4.extractLane(get(sum), 1)),
    ],
  };
}

/** The bytes of the module. */
export function transformKernel(): Uint8Array<ArrayBuffer> {
  return assemble([
    transform('transformRows', LINE_BYTES),
    transform('transformColumns', FREQUENCIES * NUMBER),
    gradients(),
  ]);
}

/** The text of `src/transform-kernel-bytes.ts`. */
export function transformKernelSource(): string {
  const base64 = btoa(String.fromCharCode(...transformKernel()));
  return `/**
 * The compiled kernel of the transform. Written by \`node tools/build-wasm.ts\` from \`assembly/transform-kernel.ts\`; do not
 * change it by hand: a test assembles it again and compares.
 * @module
 */

/** The module's bytes in base64 (RFC 4648, section 4). */
export const TRANSFORM_KERNEL_BASE64: string =
${(base64.match(/.{1,100}/g) ?? []).map((line) => `  '${line}'`).join(' +\n')};
`;
}
