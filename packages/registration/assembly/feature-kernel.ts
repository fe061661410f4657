/**
 * The kernel of keypoints (`src/feature-kernel.ts` calls it), in WebAssembly with SIMD: Harris' strengths and the binomial
 * smoothing, four samples at a time. Binary32 after every step, in the order of the TypeScript beside it (`corners.ts`,
 * raster's `resample.ts`), so that its numbers are the same to the last bit.
 *
 * Every procedure goes along one line, four samples at a time, and may write up to three numbers beyond `end`.
 * @module
 */

import {
  assemble,
  type Code,
  f32x4,
  get,
  I32,
  i32,
  type Local,
  type Procedure,
  repeatWhile,
  set,
  V128,
  v128,
} from '../../raster/assembly/assembler.ts';

const NUMBER = 4;
const STEP = 4 * NUMBER;
const next = (local: Local): Code => set(local, i32.add(get(local), i32.constant(STEP)));

/** Numbers from one place to the next of the three products of gradients, in bytes: `products` of the procedures. */
const at = (base: Local, offset: number): Code => v128.load(get(base), offset);

/**
 * gradients(up, mid, low, to, end, apart): for each sample from `to` to `end` the products xx, xy, yy of Sobel's gradients
 * around it, `apart` bytes from each other. `up`, `mid` and `low` point at the samples one to the left, in three lines.
 */
function gradients(): Procedure {
  const [up, mid, low, to, end, apart] = [0, 1, 2, 3, 4, 5];
  const into = 6;
  const [gx, gy, left, right] = [7, 8, 9, 10];
  const twice = (code: Local): Code => f32x4.add(get(code), get(code));
  return {
    name: 'gradients',
    parameters: 6,
    locals: [I32, V128, V128, V128, V128],
    body: repeatWhile(
      i32.lessUnsigned(get(to), get(end)),
      // ((c − a) + 2·(f − d)) + (i − g), an eighth of it
      set(left, f32x4.subtract(at(up, 8), at(up, 0))),
      set(right, f32x4.subtract(at(mid, 8), at(mid, 0))),
      set(gx, f32x4.add(get(left), twice(right))),
      set(gx, f32x4.add(get(gx), f32x4.subtract(at(low, 8), at(low, 0)))),
      set(gx, f32x4.multiply(get(gx), f32x4.constant(0.125))),
      // ((g − a) + 2·(h − b)) + (i − c)
      set(left, f32x4.subtract(at(low, 0), at(up, 0))),
      set(right, f32x4.subtract(at(low, 4), at(up, 4))),
      set(gy, f32x4.add(get(left), twice(right))),
      set(gy, f32x4.add(get(gy), f32x4.subtract(at(low, 8), at(up, 8)))),
      set(gy, f32x4.multiply(get(gy), f32x4.constant(0.125))),
      v128.store(get(to), f32x4.multiply(get(gx), get(gx))),
      set(into, i32.add(get(to), get(apart))),
      v128.store(get(into), f32x4.multiply(get(gx), get(gy))),
      set(into, i32.add(get(into), get(apart))),
      v128.store(get(into), f32x4.multiply(get(gy), get(gy))),
      ...[up, mid, low, to].map(next),
    ),
  };
}

/** fives(from, to, end): for each number from `to` to `end` the sum of five from `from` on, the first first. */
function fives(): Procedure {
  const [from, to, end] = [0, 1, 2];
  const sum = [4, 8, 12, 16].reduce<Code>((code, offset) => f32x4.add(code, at(from, offset)), at(from, 0));
  return {
    name: 'fives',
    parameters: 3,
    locals: [],
    body: repeatWhile(i32.lessUnsigned(get(to), get(end)), v128.store(get(to), sum), next(from), next(to)),
  };
}

/**
 * strengths(ring, line, apart, to, end): for each sample from `to` to `end` (xx·yy − xy²) ÷ (xx + yy + 1), each of them the
 * sum of five lines, `line` bytes from each other, from `ring` on; the three sets are `apart` bytes from each other.
 */
function strengths(): Procedure {
  const [ring, line, apart, to, end] = [0, 1, 2, 3, 4];
  const [set0, place] = [5, 6];
  const [p, q, r] = [7, 8, 9];
  const sumInto = (sum: Local): Code => [
    ...set(place, get(set0)),
    ...set(sum, v128.load(get(place))),
    ...[1, 2, 3, 4].flatMap(() => [
      ...set(place, i32.add(get(place), get(line))),
      ...set(sum, f32x4.add(get(sum), v128.load(get(place)))),
    ]),
    ...set(set0, i32.add(get(set0), get(apart))),
  ];
  return {
    name: 'strengths',
    parameters: 5,
    locals: [I32, I32, V128, V128, V128],
    body: repeatWhile(
      i32.lessUnsigned(get(to), get(end)),
      set(set0, get(ring)),
      sumInto(p),
      sumInto(q),
      sumInto(r),
      v128.store(
        get(to),
        f32x4.divide(
          f32x4.subtract(f32x4.multiply(get(p), get(r)), f32x4.multiply(get(q), get(q))),
          f32x4.add(f32x4.add(get(p), get(r)), f32x4.constant(1)),
        ),
      ),
      next(ring),
      next(to),
    ),
  };
}

/**
 * sevens(r0, r1, r2, r3, r4, r5, r6, to, end): for each number from `to` to `end` the binomial of seven numbers from seven
 * places: ((a·(r0 + r6) + b·(r1 + r5)) + c·(r2 + r4)) + d·r3.
 */
function sevens(): Procedure {
  const places = [0, 1, 2, 3, 4, 5, 6];
  const [to, end] = [7, 8];
  const term = (weight: number, one: Local, other: Local): Code =>
    f32x4.multiply(f32x4.constant(weight / 64), f32x4.add(at(one, 0), at(other, 0)));
  return {
    name: 'sevens',
    parameters: 9,
    locals: [],
    body: repeatWhile(
      i32.lessUnsigned(get(to), get(end)),
      v128.store(
        get(to),
        f32x4.add(
          f32x4.add(f32x4.add(term(1, 0, 6), term(6, 1, 5)), term(15, 2, 4)),
          f32x4.multiply(f32x4.constant(20 / 64), at(3, 0)),
        ),
      ),
      ...[...places, to].map(next),
    ),
  };
}

/** The bytes of the module. */
export function featureKernel(): Uint8Array<ArrayBuffer> {
  return assemble([gradients(), fives(), strengths(), sevens()]);
}

/** The text of `src/feature-kernel-bytes.ts`. */
export function featureKernelSource(): string {
  const base64 = btoa(String.fromCharCode(...featureKernel()));
  return `/**
 * The compiled kernel of keypoints. Written by \`node tools/build-wasm.ts\` from \`assembly/feature-kernel.ts\`; do not
 * change it by hand: a test assembles it again and compares.
 * @module
 */

/** The module's bytes in base64 (RFC 4648, section 4). */
export const FEATURE_KERNEL_BASE64: string =
${(base64.match(/.{1,100}/g) ?? []).map((line) => `  '${line}'`).join(' +\n')};
`;
}
