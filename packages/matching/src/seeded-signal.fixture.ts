/**
 * Signals from a seed, and neighbours of a signal at a chosen distance.
 *
 * @module
 */

/** Numbers from a seed: each call answers an integer 0 to `below` (exclusive), the same ones for the same seed. */
export function seededDraw(seed: number): (below: number) => number {
  let state = seed | 0;
  return (below) => {
    // xorshift32, which must not start at 0.
    if (state === 0) state = 0x9e37_79b9;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** 32 bytes. */
export function drawSignal(draw: (below: number) => number): Uint8Array {
  return Uint8Array.from({ length: 32 }, () => draw(256));
}

/** `signal` with exactly `bits` bits changed. */
export function neighbourAt(signal: Uint8Array, bits: number, draw: (below: number) => number): Uint8Array {
  const places = Uint16Array.from({ length: 256 }, (_, i) => i);
  const neighbour = signal.slice();
  for (let i = 0; i < bits; i++) {
    const j = i + draw(256 - i);
    const place = places[j] ?? 0;
    places[j] = places[i] ?? 0;
    neighbour[place >> 3] = (neighbour[place >> 3] ?? 0) ^ (1 << (place & 7));
  }
  return neighbour;
}
