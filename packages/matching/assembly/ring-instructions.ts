/**
 * The instructions that the ring kernel needs beyond those of the raster room's assembler, and a module whose memory comes
 * from outside, plain or shared (W3C, "WebAssembly Core Specification" 2.0, section 5; threads proposal for the shared
 * memory's flag).
 *
 * Development only: the room loads the bytes that `tools/build-wasm.ts` has written.
 * @module
 */

import { type Code, get, I32, type Local, set, signed, unsigned } from '../../raster/assembly/assembler.ts';

/** Numbers of 64 bits, as a type. */
export const I64 = 0x7e;

/** A function: parameters and the result, if it has one, are i32; `locals` are the types of what comes after. */
export type Routine = {
  readonly name: string;
  readonly parameters: number;
  readonly locals: readonly number[];
  readonly returns: boolean;
  readonly body: Code;
};

/** A function whose parameters and locals go by name: the body is given the number of each. */
export function routine<P extends string, L extends string = never>(
  name: string,
  parameters: readonly P[],
  locals: Readonly<Record<L, number>>,
  body: (local: Readonly<Record<P | L, Local>>) => Code,
  result?: Code,
): Routine {
  const names = [...parameters, ...Object.keys(locals)];
  const numbers = Object.fromEntries(names.map((local, number) => [local, number])) as Record<P | L, Local>;
  return {
    name,
    parameters: parameters.length,
    locals: Object.values(locals) as number[],
    returns: result !== undefined,
    body: [...body(numbers), ...(result ?? [])],
  };
}

const plain =
  (opcode: number) =>
  (...operands: readonly Code[]): Code => [...operands.flat(), opcode];

const simd =
  (opcode: number) =>
  (...operands: readonly Code[]): Code => [...operands.flat(), 0xfd, ...unsigned(opcode)];

const load =
  (...opcode: readonly number[]) =>
  (address: Code, offset = 0): Code => [...address, ...opcode, 0, ...unsigned(offset)];

const store =
  (...opcode: readonly number[]) =>
  (address: Code, value: Code, offset = 0): Code => [...address, ...value, ...opcode, 0, ...unsigned(offset)];

/** Numbers of 32 bits. */
export const i32 = {
  constant: (value: number): Code => [0x41, ...signed(value)],
  load: load(0x28),
  load8: load(0x2d),
  load16: load(0x2f),
  store: store(0x36),
  store8: store(0x3a),
  store16: store(0x3b),
  isZero: plain(0x45),
  equal: plain(0x46),
  less: plain(0x49),
  atMost: plain(0x4d),
  atLeast: plain(0x4f),
  trailingZeros: plain(0x68),
  ones: plain(0x69),
  add: plain(0x6a),
  subtract: plain(0x6b),
  multiply: plain(0x6c),
  and: plain(0x71),
  or: plain(0x72),
  xor: plain(0x73),
  shiftLeft: plain(0x74),
  shiftRight: plain(0x76),
  wrap: plain(0xa7),
};

/** Numbers of 64 bits. */
export const i64 = {
  load: load(0x29),
  store: store(0x37),
  ones: plain(0x7b),
  add: plain(0x7c),
  xor: plain(0x85),
};

/** Vectors. */
export const v128 = {
  load: load(0xfd, 0x00),
  store: store(0xfd, 0x0b),
  constant: (byte: number): Code => [0xfd, 0x0c, ...new Array<number>(16).fill(byte)],
  /** Four words of 32 bits. */
  words: (words: readonly [number, number, number, number]): Code => [
    0xfd,
    0x0c,
    ...new Uint8Array(Uint32Array.from(words).buffer),
  ],
  and: simd(0x4e),
  xor: simd(0x51),
};

/** Sixteen lanes of 8 bits. */
export const i8x16 = {
  ones: simd(0x62),
  bitmask: simd(0x64),
  /** Lanes of 16 bits of two vectors, signed, to 8 bits each. */
  narrow: simd(0x65),
};

/** Four lanes of 32 bits. */
export const i32x4 = { splat: simd(0x11), add: simd(0xae) };

/** Eight lanes of 16 bits. */
export const i16x8 = {
  loadSplat: load(0xfd, 0x08),
  splat: simd(0x10),
  equal: simd(0x2d),
  /** Sums of neighbouring pairs of unsigned bytes. */
  addPairs: simd(0x7d),
  /** 1 where no lane is zero. */
  allTrue: simd(0x83),
  add: simd(0x8e),
  subtractSaturated: simd(0x93),
  minimum: simd(0x97),
};

/** `yes` where `condition` is not zero, else `no`; both are computed. */
export const select = (yes: Code, no: Code, condition: Code): Code => [...yes, ...no, ...condition, 0x1b];

/** Runs `body` where `condition` is not zero. */
export const when = (condition: Code, ...body: readonly Code[]): Code => [
  ...condition,
  ...[0x04, 0x40],
  ...body.flat(),
  0x0b,
];

/** The i32 of one branch or the other. */
export const either = (condition: Code, yes: Code, no: Code): Code => [
  ...condition,
  ...[0x04, I32],
  ...yes,
  0x05,
  ...no,
  0x0b,
];

/** Runs `body` again and again, while `condition` is not zero before it. */
export const loopWhile = (condition: Code, ...body: readonly Code[]): Code => [
  ...[0x02, 0x40, 0x03, 0x40],
  ...i32.isZero(condition),
  ...[0x0d, 0x01],
  ...body.flat(),
  ...[0x0c, 0x00],
  ...[0x0b, 0x0b],
];

/** Adds a constant to a local. */
export const raise = (local: Local, by: number): Code => set(local, i32.add(get(local), i32.constant(by)));

/** Fills `length` bytes from `to`. */
export const fill = (to: Code, byte: Code, length: Code): Code => [...to, ...byte, ...length, 0xfc, 0x0b, 0];

/** Copies `length` bytes, which may overlap. */
export const copy = (to: Code, from: Code, length: Code): Code => [
  ...to,
  ...from,
  ...length,
  0xfc,
  0x0a,
  0,
  0,
];

/** Calls a function by its place in the module. */
export const call = (place: number, ...operands: readonly Code[]): Code => [
  ...operands.flat(),
  0x10,
  ...unsigned(place),
];

/** A module over the memory `m.memory`, which is shared or not, that exports all routines by name. */
export function assembleOver(
  memory: 'plain' | 'shared',
  routines: readonly Routine[],
): Uint8Array<ArrayBuffer> {
  // Any memory of one page or more will do; a shared one must state its limit: all that 32 bits reach.
  const limits: Code = memory === 'plain' ? [0x00, 1] : [0x03, 1, ...unsigned(65_536)];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d],
    ...[0x01, 0x00, 0x00, 0x00],
    ...section(
      1,
      routines.map(({ parameters, returns }) => [
        0x60,
        ...vector(Array(parameters).fill([I32])),
        ...vector(returns ? [[I32]] : []),
      ]),
    ),
    ...section(2, [[...name('m'), ...name('memory'), 0x02, ...limits]]),
    ...section(
      3,
      routines.map((_, place) => unsigned(place)),
    ),
    ...section(
      7,
      routines.map((routine, place) => [...name(routine.name), 0x00, ...unsigned(place)]),
    ),
    ...section(
      10,
      routines.map(({ locals, body }) => {
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
