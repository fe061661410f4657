/**
 * The eight orientations of a picture's hash, kept in as few bytes as lead back to each of them exactly.
 *
 * PDQ of a transposed picture is the transposed hash, so of the eight at most four have to be kept where they come from
 * pixels (and fewer where the picture is so even that a mirror only turns signs). The others are kept ones with their
 * bits turned (`turnedHashBytes`). Because turning both of two hashes alike keeps their distance, whoever asks for what is
 * near any of the eight can ask the kept ones alone, with the eight turns of the question.
 *
 * The form: 32 bytes, where only the upright hash is known; or eight bytes, one an orientation in the order of `ORIENTATIONS`
 * (which kept hash × 8 + which turn of it), and the kept hashes of 32 bytes each, the upright one first.
 * @module
 */

import { ORIENTATIONS } from './pdq.ts';
import { turnedHashBytes } from './pdq-dihedral.ts';
import { SIGNAL_BYTES } from './signal.ts';

const TURNS = ORIENTATIONS.length;

/** The most hashes that a pack holds: one for each orientation, where none is a turn of another. */
export const MOST_KEPT_HASHES = TURNS;

/**
 * Packs the upright hash alone, or all eight orientations in the order of `ORIENTATIONS`; 32 bytes each, copied.
 * @throws {RangeError} for another number of hashes, or bytes of another length
 */
export function packOrientations(hashes: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  if (hashes.length !== 1 && hashes.length !== TURNS)
    throw new RangeError(`orientations: expected 1 or ${TURNS} hashes, got ${hashes.length}`);
  if (hashes.some(({ length }) => length !== SIGNAL_BYTES))
    throw new RangeError('orientations: expected 32 bytes each');
  if (hashes.length === 1) return Uint8Array.from(hashes[0]!);
  const kept: (readonly Uint8Array[])[] = [];
  const places = hashes.map((hash) => {
    for (const [i, turns] of kept.entries()) {
      const turn = turns.findIndex((turned) => areEqual(turned, hash));
      if (turn >= 0) return TURNS * i + turn;
    }
    return TURNS * (kept.push(turnedHashBytes(hash)) - 1);
  });
  const pack = new Uint8Array(TURNS + SIGNAL_BYTES * kept.length);
  pack.set(places);
  for (const [i, turns] of kept.entries()) pack.set(turns[0]!, TURNS + SIGNAL_BYTES * i);
  return pack;
}

/**
 * The hashes that are kept in a pack, the upright one first: views of its bytes.
 * @throws {RangeError} for bytes of no pack's length
 */
export function keptHashes(pack: Uint8Array): readonly Uint8Array[] {
  if (pack.length === SIGNAL_BYTES) return [pack];
  const count = (pack.length - TURNS) / SIGNAL_BYTES;
  if (!Number.isInteger(count) || count < 1 || count > MOST_KEPT_HASHES)
    throw new RangeError('orientations: expected a pack of 32, or of 8 and 1 to 8 times 32 bytes');
  return Array.from({ length: count }, (_, i) => {
    const from = TURNS + SIGNAL_BYTES * i;
    return pack.subarray(from, from + SIGNAL_BYTES);
  });
}

/**
 * The eight orientations: those that were packed, or where only the upright hash was, that one with its bits turned.
 * @throws {RangeError} for bytes that are no pack
 */
export function unpackOrientations(pack: Uint8Array): readonly Uint8Array[] {
  const turned = keptHashes(pack).map(turnedHashBytes);
  if (pack.length === SIGNAL_BYTES) return turned[0]!;
  return Array.from(pack.subarray(0, TURNS), (place) => {
    const hash = turned[Math.floor(place / TURNS)]?.[place % TURNS];
    if (hash === undefined) throw new RangeError('orientations: expected places of kept hashes');
    return hash;
  });
}

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((byte, i) => byte === b[i]);
}
