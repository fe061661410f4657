/**
 * Whole numbers that look random and are the same everywhere: for the descriptor's pattern and for RANSAC's samples.
 *
 * Marsaglia's xorshift32 ("Xorshift RNGs", 2003; shifts 13, 17, 5). Not for secrets: it keeps none.
 * @module
 */

/**
 * A source of numbers: each call gives an integer from 0 to `below` − 1, for 1 ≤ `below` ≤ 65 536. The seed is any
 * integer; 0 is taken as 1.
 */
export function drawFrom(seed: number): (below: number) => number {
  let state = seed | 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    // The high half times the range: no division, and a bias of at most below/65 536.
    return ((state >>> 16) * below) >>> 16;
  };
}
