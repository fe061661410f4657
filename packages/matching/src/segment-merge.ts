/**
 * A merge that is going on aside, and what happened to its sources meanwhile.
 *
 * The merge may have read the sources before or after a change, so doing the change again must lead to the same. An id's
 * last change decides: before it is added it was absent, hence removed by an earlier change or never there.
 * @module
 */

import type { RingSegment } from './ring-segment.ts';

/** What happened to the sources of a merge since it began, to be done to the new segments as well. */
export type MergeChange =
  | { readonly kind: 'remove'; readonly id: number }
  | { readonly kind: 'add'; readonly id: number; readonly words: Uint32Array };

/** A merge that is going on. */
export type SegmentMerge = {
  readonly sources: ReadonlySet<RingSegment>;
  readonly changes: MergeChange[];
};

/** Does to the new segments what was done to the sources. */
export function applyChange(segments: readonly RingSegment[], change: MergeChange): void {
  if (change.kind === 'remove') {
    for (const segment of segments) segment.removeId(change.id);
    return;
  }
  if (segments.some((segment) => segment.rowOfId(change.id) !== undefined)) return;
  for (const segment of segments) {
    const row = segment.rowOfWords(change.words);
    if (row === undefined) continue;
    segment.addId(row, change.id);
    return;
  }
}
