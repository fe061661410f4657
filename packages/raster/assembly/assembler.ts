/**
 * A small assembler for WebAssembly 2.0 with fixed-width SIMD: the instructions that our kernels use, and the module
 * around them (W3C, "WebAssembly Core Specification" 2.0, section 5, binary format).
 *
 * Code is an array of bytes. An instruction is a function of its operands' code, so that a kernel reads like a formula:
 * `i16x8.add(get(a), i16x8.mul(get(b), get(c)))` is the code of b, c, the product, and the sum, in a stack machine's
 * order. Nothing is checked here: the engine that compiles the module checks all of it.
 *
 * Development only: rooms load the bytes that `tools/build-wasm.ts` has written.
 * @module
 */

/** Bytes of the binary format. */
export type Code = readonly number[];

/** Index of a parameter or a local of the function at hand. */
export type Local = number;

/** Types of values. */
export const I32 = 0x7f;
/** Sixteen bytes, in lanes that each instruction names. */
export const V128 = 0x7b;

/**
 * One function: its parameters are all i32, `locals` are the types of what comes after them. It returns nothing, or the
 * i32 that its body leaves on the stack where `returns` says so.
 */
export type Procedure = {
  readonly name: string;
  readonly parameters: number;
  readonly locals: readonly number[];
  readonly body: Code;
  readonly returns?: true;
};

/** An unsigned LEB128 number. */
export function unsigned(value: number): Code {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return [...bytes, rest];
    bytes.push((rest & 0x7f) | 0x80);
  }
}

/** A signed LEB128 number of 32 bits. */
export function signed(value: number): Code {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7) {
    if (rest >= -0x40 && rest < 0x40) return [...bytes, rest & 0x7f];
    bytes.push((rest & 0x7f) | 0x80);
  }
}

const plain =
  (opcode: number) =>
  (...operands: readonly Code[]): Code => [...operands.flat(), opcode];

const simd =
  (opcode: number) =>
  (...operands: readonly Code[]): Code => [...operands.flat(), 0xfd, ...unsigned(opcode)];

/** A load from `address + offset`. The hint about alignment is "none": rows begin anywhere. */
const load =
  (opcode: Code) =>
  (address: Code, offset = 0): Code => [...address, ...opcode, 0, ...unsigned(offset)];

const store =
  (opcode: Code) =>
  (address: Code, value: Code, offset = 0): Code => [...address, ...value, ...opcode, 0, ...unsigned(offset)];

/** The value of a local. */
export const get = (local: Local): Code => [0x20, ...unsigned(local)];
/** Gives a local a value. */
export const set = (local: Local, value: Code): Code => [...value, 0x21, ...unsigned(local)];

/** Runs `body` again and again, as long as `condition` (an i32) is not zero after it; once at least. */
export const repeatWhile = (condition: Code, ...body: readonly Code[]): Code => [
  ...[0x03, 0x40],
  ...body.flat(),
  ...condition,
  ...[0x0d, 0x00],
  0x0b,
];

/** Numbers of 32 bits. */
export const i32 = {
  constant: (value: number): Code => [0x41, ...signed(value)],
  load: load([0x28]),
  load8Unsigned: load([0x2d]),
  load16Unsigned: load([0x2f]),
  store: store([0x36]),
  store8: store([0x3a]),
  store16: store([0x3b]),
  lessUnsigned: plain(0x49),
  add: plain(0x6a),
  subtract: plain(0x6b),
  and: plain(0x71),
};

/** Numbers of binary64. */
export const f64 = {
  store: store([0x39]),
  add: plain(0xa0),
};

/** Vectors whatever their lanes. */
export const v128 = {
  zero: [0xfd, ...unsigned(0x0c), ...new Array<number>(16).fill(0)] as Code,
  load: load([0xfd, ...unsigned(0x00)]),
  store: store([0xfd, ...unsigned(0x0b)]),
  and: simd(0x4e),
  or: simd(0x50),
  xor: simd(0x51),
  /** One byte in all sixteen lanes. */
  constantBytes: (byte: number): Code => [0xfd, ...unsigned(0x0c), ...new Array<number>(16).fill(byte)],
  /** Sixteen bytes of two vectors: 0..15 are those of the first, 16..31 those of the second. */
  shuffle: (first: Code, second: Code, bytes: readonly number[]): Code => [
    ...first,
    ...second,
    ...[0xfd, ...unsigned(0x0d)],
    ...bytes,
  ],
};

/** Sixteen lanes of 8 bits. */
export const i8x16 = {
  /** All ones where the first is greater, unsigned. */
  greaterUnsigned: simd(0x28),
  /** All ones where the first is at least the second, unsigned. */
  atLeastUnsigned: simd(0x2c),
  /** The highest bit of each lane, as an i32. */
  bitmask: simd(0x64),
  /** Never below zero. */
  subtractSaturatedUnsigned: simd(0x73),
};

/** Eight lanes of 16 bits. */
export const i16x8 = {
  /** Eight bytes, each widened with zeros. */
  loadBytes: load([0xfd, ...unsigned(0x02)]),
  splat: simd(0x10),
  loadSplat: load([0xfd, ...unsigned(0x08)]),
  shiftLeft: simd(0x8b),
  shiftRightUnsigned: simd(0x8d),
  add: simd(0x8e),
  subtract: simd(0x91),
  multiply: simd(0x95),
};

/** Four lanes of 32 bits. */
export const i32x4 = {
  extractLane: (vector: Code, lane: number): Code => [...vector, ...[0xfd, ...unsigned(0x1b)], lane],
  extendLowUnsigned: simd(0xa9),
  extendHighUnsigned: simd(0xaa),
  add: simd(0xae),
  multiply: simd(0xb5),
  /** Products of signed pairs of 16 bits, each two neighbours added. */
  dot: simd(0xba),
  /** Two binary64 cut to whole numbers in lanes 0 and 1; zero in the others. */
  truncate: simd(0xfc),
};

/** Four lanes of binary32. */
export const f32x4 = {
  /** One number in all lanes. */
  constant: (value: number): Code => {
    const bytes = new Uint8Array(Float32Array.of(value, value, value, value).buffer);
    return [0xfd, ...unsigned(0x0c), ...bytes];
  },
  add: simd(0xe4),
  subtract: simd(0xe5),
  multiply: simd(0xe6),
  divide: simd(0xe7),
};

/** Two lanes of binary64. */
export const f64x2 = {
  extractLane: (vector: Code, lane: number): Code => [...vector, ...[0xfd, ...unsigned(0x21)], lane],
  absolute: simd(0xec),
  add: simd(0xf0),
  subtract: simd(0xf1),
  multiply: simd(0xf2),
};

/** The shuffle that takes whole lanes of four bytes: 0..3 of the first vector, 4..7 of the second. */
export const lanes32 = (...lanes: readonly number[]): readonly number[] =>
  lanes.flatMap((lane) => [4 * lane, 4 * lane + 1, 4 * lane + 2, 4 * lane + 3]);

/** A module that exports a memory of one page, free to grow, as `memory`, and the procedures by name. */
export function assemble(procedures: readonly Procedure[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d], // "\0asm"
    ...[0x01, 0x00, 0x00, 0x00],
    ...section(
      1,
      procedures.map(({ parameters, returns }) => [
        0x60,
        ...vector(Array(parameters).fill([I32])),
        ...vector(returns === true ? [[I32]] : []),
      ]),
    ),
    ...section(
      3,
      procedures.map((_, index) => unsigned(index)),
    ),
    ...section(5, [[0x00, 0x01]]),
    ...section(7, [
      [...name('memory'), 0x02, 0x00],
      ...procedures.map((procedure, index) => [...name(procedure.name), 0x00, ...unsigned(index)]),
    ]),
    ...section(
      10,
      procedures.map(({ locals, body }) => {
        const code = [...vector(locals.map((type) => [0x01, type])), ...body, 0x0b];
        return [...unsigned(code.length), ...code];
      }),
    ),
  ]);
}

function vector(items: readonly Code[]): Code {
  return [...unsigned(items.length), ...items.flat()];
}

function section(id: number, items: readonly Code[]): Code {
  const content = vector(items);
  return [id, ...unsigned(content.length), ...content];
}

function name(text: string): Code {
  return vector([...text].map((letter) => [letter.charCodeAt(0)]));
}
