/**
 * What the routines of the ring kernel agree on: the words at the *desk*, the bands of a signal, and the *line*.
 *
 * A line is the 64 bytes that a processor fetches at once, at an address that is a multiple of 64: thirty entries of 16 bits
 * and, in its last word, the place of the first of them among all of the band (24 bits) and how many there are (8 bits).
 * @module
 */

import { type Code, get, type Local } from '../../raster/assembly/assembler.ts';
import { i32 } from './ring-instructions.ts';

/** Type of a vector. */
export const V128 = 0x7b;

export const number = i32.constant;

/** Bytes of a line, and of what it holds before its last word. */
export const LINE = 64;
export const FOOTER = 60;

/** Entries of a line. */
export const ENTRIES = 30;

/** Bits of a row's number. */
export const ROW_BITS = 0xff_ffff;

/** Bytes of a candidate: address of its row's number and later the number, query, band. */
export const CANDIDATE = 16;

/** Bytes of a run: where its addresses end, query, band, most differing bits of the next band. */
export const RUN = 16;

/** The words at the address that most routines take; `src/ring-kernel.ts` has the same list. */
const PARAMETERS = [
  'order',
  'orderBytes',
  'orderStride',
  'flips0',
  'flips1',
  'flips2',
  'flips3',
  'flips4',
  'flipsEnd',
  'unitsAtOnce',
  'one',
  'two',
  'three',
  'threshold',
  'starts',
  'startsStride',
  'shift',
  'rowPlanes',
  'nowhere',
  'rows',
  'rowCount',
  'lines',
  'linesFull',
  'linesEnd',
  'runs',
  'runsFull',
  'kept',
  'candidates',
  'candidatesFull',
  'candidate',
  'queries',
  'queriesEnd',
  'hits',
  'hitCapacity',
  'hitCount',
  'sink',
] as const;

/** The name of such a word. */
export type Parameter = (typeof PARAMETERS)[number];

/** The value of a word. */
export const parameter = (name: Parameter, base: Local): Code =>
  i32.load(get(base), 4 * PARAMETERS.indexOf(name));

/** Sets a word. */
export const setParameter = (name: Parameter, base: Local, value: Code): Code =>
  i32.store(get(base), value, 4 * PARAMETERS.indexOf(name));

/** The band `by` places after a local's, cyclic, as an offset in bytes. */
export const bandAfter = (band: Local, by: number): Code =>
  i32.shiftLeft(i32.and(i32.add(get(band), number(by)), number(15)), number(1));

/** The line that an entry stands in. */
export const lineOf = (entry: Code): Code => i32.and(entry, number(-LINE));

/** The place of an entry in its line, 0 to 29. */
export const laneOf = (entry: Code): Code => i32.shiftRight(i32.and(entry, number(LINE - 1)), number(1));

/** The address of the number, of three bytes, that stands `place` numbers behind `base`. */
export const threeBytesAt = (base: Code, place: Code): Code => i32.add(base, i32.multiply(place, number(3)));
