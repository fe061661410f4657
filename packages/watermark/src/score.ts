/**
 * Scores, and the bound on false accusations.
 *
 *     z = Σ sᵢ rᵢ / √(Σ rᵢ²)
 *
 * For whoever the suspect was not made for, the signs sᵢ are independent coin tosses, whatever the residual r is; then
 * P(z ≥ t) ≤ exp(−t²/2) (Hoeffding, "Probability inequalities for sums of bounded random variables", 1963, Theorem 2).
 * It is a theorem: no calibration, no assumption about the picture, the attack or the registration. With n candidates and
 * m looks at them, the chance that anybody innocent reaches t is at most n·m·exp(−t²/2). Mirrored copies, turns and scales
 * are tried and chosen by the two pictures alone, before there is a residual: they are no looks. What is one is a further
 * suspect, and each sum of several that may be looked at (`together.ts`).
 *
 * The residual is rounded to 16-bit integers once, before anything is counted: all sums are then exact, so a browser,
 * Node and a third party who checks the arithmetic get the same digits.
 * @module
 */

import { signsOf } from './code.ts';

/** The chance, over all candidates and suspects together, of accusing anybody innocent that is taken at most. */
export const FAMILY_WISE = 1e-6;

/** A residual as it is counted: in the secret order, rounded to −32767..32767. */
export type CountedRow = Int16Array<ArrayBuffer>;

/** The row of a residual in the secret order; all zeros where the residual is. */
export function countedRow(values: Float32Array, order: Uint32Array): CountedRow {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  const row = new Int16Array(values.length);
  if (most > 0) for (let i = 0; i < row.length; i++) row[i] = nearest((values[order[i]!]! / most) * 32_767);
  return row;
}

/** The nearest integer, halves away from zero: a residual and its negative have rows that are negatives too. */
function nearest(value: number): number {
  return Math.trunc(value + (value < 0 ? -0.5 : 0.5));
}

/** The score of one code on a row, in standard deviations; 0 on a row of zeros. */
export function scoreOf(row: CountedRow, key: Uint8Array): number {
  const signs = signsOf(key, row.length);
  let positive = 0;
  for (let i = 0; i < row.length; i++) positive += row[i]! * ((signs[i >> 3]! >> (i & 7)) & 1);
  return scoreFrom(positive, sumsOf(row));
}

/**
 * The scores of many codes on one row: the same digits as `scoreOf`, at a fraction of its time. What four signs in a row
 * can pick of four values is added up once, for all sixteen picks; a code then looks up two a byte.
 */
export function scorerOf(row: CountedRow): (key: Uint8Array) => number {
  const sums = sumsOf(row);
  const bytes = Math.ceil(row.length / 8);
  const picks = new Int32Array(bytes * 32);
  for (let four = 0; four < 2 * bytes; four++)
    for (let signs = 1; signs < 16; signs++) {
      const last = 31 - Math.clz32(signs);
      picks[16 * four + signs] = picks[16 * four + (signs ^ (1 << last))]! + (row[4 * four + last] ?? 0);
    }
  return (key) => {
    const signs = signsOf(key, row.length);
    let positive = 0;
    for (let byte = 0, at = 0; byte < bytes; byte++, at += 32) {
      const eight = signs[byte]!;
      positive += picks[at + (eight & 15)]! + picks[at + 16 + (eight >> 4)]!;
    }
    return scoreFrom(positive, sums);
  };
}

/** Σ rᵢ and Σ rᵢ²: whole numbers below 2⁵³, so exact. */
type Sums = { readonly all: number; readonly squares: number };

function sumsOf(row: CountedRow): Sums {
  let all = 0;
  let squares = 0;
  for (const value of row) {
    all += value;
    squares += value * value;
  }
  return { all, squares };
}

function scoreFrom(positive: number, { all, squares }: Sums): number {
  return squares === 0 ? 0 : (2 * positive - all) / Math.sqrt(squares);
}

/**
 * The score from which on a candidate is named.
 * @param trials candidates × suspects looked at, at least 1
 * @param familyWise the chance of any false accusation that is taken
 * @throws {RangeError} for trials below 1 or a chance outside 0..1
 */
export function thresholdFor(trials: number, familyWise: number = FAMILY_WISE): number {
  if (!(trials >= 1)) throw new RangeError(`threshold: expected at least 1 trial, got ${trials}`);
  if (!(familyWise > 0 && familyWise < 1))
    throw new RangeError(`threshold: expected a chance between 0 and 1, got ${familyWise}`);
  return Math.sqrt(2 * Math.log(trials / familyWise));
}

/**
 * Natural logarithm of the least bound that is ever said: 2⁻¹²⁸. The theorem is about coin tosses; the signs are a
 * cipher's, under a key that a 16-byte id and SHA-256 lead to, and nobody has proved more of those than this. A score of
 * 200 would give 10^−8,686, which is a certainty that nothing in the world has.
 */
export const LEAST_LOG_BOUND: number = -128 * Math.LN2;

/** Natural logarithm of the bound for a score among `trials`, `LEAST_LOG_BOUND`..0: the number itself would underflow. */
export function logBound(score: number, trials: number): number {
  const bound = Math.log(trials) - (score > 0 ? score * score : 0) / 2;
  return Math.min(0, Math.max(LEAST_LOG_BOUND, bound));
}
