/**
 * Segments made from outside: of many signals at once, those that are equal folded, and of what a snapshot held.
 * @module
 */

import { ascends } from './id-order.ts';
import type { RingContents } from './ring-contents.ts';
import type { RingSegment, SegmentDraft } from './ring-segment.ts';
import { SIGNAL_BYTES, WORDS } from './signal-words.ts';
import type { SegmentSteps } from './work-aside.ts';

/**
 * Equal rows are taken out of the buckets, which leaves dead rows, where sorting without them would take longer: where they are
 * less than one in so many. Few rows are sorted again in no time, and need no dead ones.
 */
const FOLD_AT_MOST = 16;
const FOLD_FROM = 2_097_152;

/** Makes a segment of so many rows, filled in and not sorted yet. */
export type MakeSegment = (count: number, write: (draft: SegmentDraft) => void) => RingSegment;

/**
 * Segments of the signals at the places `order`, the smallest id first, each of at most `most` rows. From `foldFrom` rows on,
 * equal ones are folded where they stand.
 */
export function* loadingSegments(
  order: Uint32Array,
  ids: Uint32Array,
  signals: Uint8Array,
  most: number,
  make: MakeSegment,
  foldFrom: number = FOLD_FROM,
): SegmentSteps<readonly RingSegment[]> {
  const segments: RingSegment[] = [];
  for (let from = 0; from < order.length; from += most) {
    const places = order.subarray(from, from + most);
    const segment = make(places.length, draftOf(places, ids, signals));
    yield segment;
    const twins = segment.twins();
    if (twins.size === 0) {
      segments.push(segment);
      continue;
    }
    if (segment.length > foldFrom && FOLD_AT_MOST * twins.size < segment.length) {
      for (const [row, first] of twins) {
        const id = ids[places[row]!]!;
        segment.removeId(id);
        segment.addId(segment.rowOfId(ids[places[first]!]!)!, id);
      }
      segments.push(segment);
      continue;
    }
    segment.wipe();
    const kept = places.filter((_, row) => !twins.has(row));
    const folded = make(kept.length, draftOf(kept, ids, signals));
    yield folded;
    for (const [row, first] of twins) {
      folded.addId(folded.rowOfId(ids[places[first]!]!)!, ids[places[row]!]!);
    }
    segments.push(folded);
  }
  return segments;
}

/** Fills in the signals at these places. */
function draftOf(places: Uint32Array, ids: Uint32Array, signals: Uint8Array): (draft: SegmentDraft) => void {
  return ({ rows, ids: draftIds, shuffle }) => {
    const bytes = new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength);
    if (places.length === ids.length && ascends(ids)) {
      bytes.set(signals);
      draftIds.set(ids);
    } else {
      for (const [row, place] of places.entries()) {
        bytes.set(signals.subarray(place * SIGNAL_BYTES, (place + 1) * SIGNAL_BYTES), row * SIGNAL_BYTES);
        draftIds[row] = ids[place]!;
      }
    }
    shuffle();
  };
}

/**
 * Segments of contents.
 * @throws {RangeError} for an id that is named twice, or that is of no row
 */
export function* restoringSegments(
  { ids, rows, more }: RingContents,
  most: number,
  make: MakeSegment,
): SegmentSteps<readonly RingSegment[]> {
  const segments: RingSegment[] = [];
  for (let from = 0; from < ids.length; from += most) {
    const to = Math.min(ids.length, from + most);
    const segment = make(to - from, (draft) => {
      draft.rows.set(rows.subarray(from * WORDS, to * WORDS));
      draft.ids.set(ids.subarray(from, to));
    });
    yield segment;
    segments.push(segment);
  }
  for (let i = 0; i < more.length; i += 2) {
    const row = more[i]!;
    const id = more[i + 1]!;
    if (row >= ids.length || segments.some((segment) => segment.rowOfId(id) !== undefined)) {
      throw new RangeError('index: expected each further id once, and its row to be there');
    }
    segments[Math.floor(row / most)]!.addId(row % most, id);
  }
  return segments;
}
