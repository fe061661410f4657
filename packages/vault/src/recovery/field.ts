/**
 * The field GF(2^8) with the reduction polynomial x^8 + x^4 + x^3 + x + 1 (0x11B; FIPS 197, section 4.2). Addition is XOR.
 *
 * Multiplication goes through all eight bits with masks in place of branches and tables, so that its time does not follow
 * from the bytes.
 * @module
 */

/** The product of two bytes. */
export function multiply(a: number, b: number): number {
  let left = a;
  let product = 0;
  for (let bit = 0; bit < 8; bit++) {
    product ^= left & -((b >> bit) & 1);
    left = ((left << 1) ^ (0x1b & -((left >> 7) & 1))) & 0xff;
  }
  return product;
}

/**
 * The byte whose product with `a` is 1: a^254.
 * @throws {RangeError} for 0, which has none
 */
export function invert(a: number): number {
  if (a === 0) throw new RangeError('field: zero has no inverse');
  let power = a;
  let inverse = 1;
  for (let bit = 1; bit < 8; bit++) {
    power = multiply(power, power);
    inverse = multiply(inverse, power);
  }
  return inverse;
}
