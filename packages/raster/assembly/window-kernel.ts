/**
 * The kernel of an upload's windows (`src/window-kernel.ts` calls it), in WebAssembly with SIMD: the reduction of a part of
 * a small plane to 64×64, and the edges that rectangles are found by. Integers throughout, so that its answers are those of
 * the TypeScript beside it, bit for bit.
 * @module
 */

import {
  assemble,
  type Code,
  get,
  I32,
  i8x16,
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

/** Cells along a side. */
const CELLS = 64;

/** Bytes of the weights of one tent: eight of 16 bits. */
const TENT_BYTES = 16;

/**
 * rowsN(tent, plane, stride, line, end): writes to `line` (16 bits a sample, up to address `end`, eight samples at a time)
 * Σ weight·sample over N rows, `stride` bytes apart from `plane`, less 2¹⁵. `tent` is the address of the weights; they are
 * 256 in all, so the sum fits 16 bits, and less 2¹⁵ it fits them with a sign, which `dot` needs.
 */
function rows(count: number): Procedure {
  const [tent, plane, stride, line, end] = [0, 1, 2, 3, 4];
  const at = 5;
  const weight = (k: number): Local => 6 + k;
  const [sum, turn] = [6 + count, 7 + count];
  const each = Array.from({ length: count }, (_, k) => k);
  return {
    name: `rows${count}`,
    parameters: 5,
    locals: [I32, ...each.map(() => V128), V128, V128],
    body: [
      ...each.flatMap((k) => set(weight(k), i16x8.loadSplat(get(tent), 2 * k))),
      ...set(turn, i16x8.splat(i32.constant(-0x8000))),
      ...repeatWhile(
        i32.lessUnsigned(get(line), get(end)),
        set(at, get(plane)),
        set(sum, get(turn)),
        each.flatMap((k) => [
          ...set(sum, i16x8.add(get(sum), i16x8.multiply(i16x8.loadBytes(get(at)), get(weight(k))))),
          ...(k + 1 < count ? set(at, i32.add(get(at), get(stride))) : []),
        ]),
        v128.store(get(line), get(sum)),
        set(plane, i32.add(get(plane), i32.constant(8))),
        set(line, i32.add(get(line), i32.constant(16))),
      ),
    ],
  };
}

/**
 * cells(tents, starts, line, cells): 64 times Σ weight·value of eight values of `line`, as i32, to `cells`. `tents` are the
 * weights of 64 tents, `starts` the offsets in bytes of their first values (u32).
 */
function cells(): Procedure {
  const [tents, starts, line, to] = [0, 1, 2, 3];
  const end = 4;
  const [a, b, c, d] = [5, 6, 7, 8];
  const product = (k: number): Code =>
    i32x4.dot(
      v128.load(i32.add(get(line), i32.load(get(starts), 4 * k))),
      v128.load(get(tents), TENT_BYTES * k),
    );
  // Neighbouring lanes of two vectors added: first those of the one, then those of the other.
  const pairs = (one: Local, other: Local): Code =>
    i32x4.add(
      v128.shuffle(get(one), get(other), [...lanes32(0, 2), ...lanes32(4, 6)]),
      v128.shuffle(get(one), get(other), [...lanes32(1, 3), ...lanes32(5, 7)]),
    );
  return {
    name: 'cells',
    parameters: 4,
    locals: [I32, V128, V128, V128, V128],
    body: [
      ...set(end, i32.add(get(starts), i32.constant(4 * CELLS))),
      ...repeatWhile(
        i32.lessUnsigned(get(starts), get(end)),
        set(a, product(0)),
        set(b, product(1)),
        set(c, product(2)),
        set(d, product(3)),
        set(a, pairs(a, b)),
        set(c, pairs(c, d)),
        v128.store(get(to), pairs(a, c)),
        set(tents, i32.add(get(tents), i32.constant(4 * TENT_BYTES))),
        set(starts, i32.add(get(starts), i32.constant(16))),
        set(to, i32.add(get(to), i32.constant(16))),
      ),
    ],
  };
}

/**
 * edges(line, stride, end, masks, least): for each of the bytes from `line` to `end`, sixteen at a time, a bit in
 * `masks` (lowest first): whether its difference to the byte `stride` before is at least `least` and greater than the
 * same differences two lines before and two lines after.
 */
function edges(): Procedure {
  const [line, stride, end, masks, least] = [0, 1, 2, 3, 4];
  const at = 5;
  const [one, other, jump, seen, floor] = [6, 7, 8, 9, 10];
  const apart: Code = v128.or(
    i8x16.subtractSaturatedUnsigned(get(one), get(other)),
    i8x16.subtractSaturatedUnsigned(get(other), get(one)),
  );
  /** Steps on to the next line and takes it and the one after. */
  const nextTwo: Code = [
    ...set(at, i32.add(get(at), get(stride))),
    ...set(one, v128.load(get(at))),
    ...set(at, i32.add(get(at), get(stride))),
    ...set(other, v128.load(get(at))),
  ];
  return {
    name: 'edges',
    parameters: 5,
    locals: [I32, V128, V128, V128, V128, V128],
    body: [
      ...set(floor, v128.load(get(least))),
      ...repeatWhile(
        i32.lessUnsigned(get(line), get(end)),
        // Lines −3 and −2, −1 and 0, 1 and 2: the differences two lines before, here, and two lines after.
        set(at, i32.subtract(i32.subtract(i32.subtract(get(line), get(stride)), get(stride)), get(stride))),
        set(at, i32.subtract(get(at), get(stride))),
        nextTwo,
        set(seen, apart),
        nextTwo,
        set(jump, apart),
        set(
          seen,
          v128.and(i8x16.greaterUnsigned(get(jump), get(seen)), i8x16.atLeastUnsigned(get(jump), get(floor))),
        ),
        nextTwo,
        set(seen, v128.and(get(seen), i8x16.greaterUnsigned(get(jump), apart))),
        i32.store16(get(masks), i8x16.bitmask(get(seen))),
        set(line, i32.add(get(line), i32.constant(16))),
        set(masks, i32.add(get(masks), i32.constant(2))),
      ),
    ],
  };
}

/**
 * transpose(from, width, stride, last, to, toStride): the lines from `from` to `last`, `width` bytes of each and `stride` bytes
 * apart, as columns of lines that are `toStride` bytes apart.
 */
function transpose(): Procedure {
  const [from, width, stride, last, to, toStride] = [0, 1, 2, 3, 4, 5];
  const [at, end, into] = [6, 7, 8];
  return {
    name: 'transpose',
    parameters: 6,
    locals: [I32, I32, I32],
    body: repeatWhile(
      i32.lessUnsigned(get(from), get(last)),
      set(at, get(from)),
      set(end, i32.add(get(from), get(width))),
      set(into, get(to)),
      repeatWhile(
        i32.lessUnsigned(get(at), get(end)),
        i32.store8(get(into), i32.load8Unsigned(get(at))),
        set(at, i32.add(get(at), i32.constant(1))),
        set(into, i32.add(get(into), get(toStride))),
      ),
      set(from, i32.add(get(from), get(stride))),
      set(to, i32.add(get(to), i32.constant(1))),
    ),
  };
}

/** Rows of a tent that `rowsN` takes. */
export const ROW_COUNTS = [3, 4, 6] as const;

/** The bytes of the module. */
export function windowKernel(): Uint8Array<ArrayBuffer> {
  return assemble([...ROW_COUNTS.map(rows), cells(), edges(), transpose()]);
}

/** The text of `src/window-kernel-bytes.ts`. */
export function windowKernelSource(): string {
  const base64 = btoa(String.fromCharCode(...windowKernel()));
  return `/**
 * The compiled kernel of an upload's windows. Written by \`node tools/build-wasm.ts\` from \`assembly/window-kernel.ts\`; do
 * not change it by hand: a test assembles it again and compares.
 * @module
 */

/** The module's bytes in base64 (RFC 4648, section 4). */
export const WINDOW_KERNEL_BASE64: string =
${(base64.match(/.{1,100}/g) ?? []).map((line) => `  '${line}'`).join(' +\n')};
`;
}
