/**
 * Complaints against a ruling: until when, and what came of one.
 *
 * The channel stays open, free and electronic, for six months after the decision was told, to the uploader and to the
 * notifier alike (Regulation (EU) 2022/2065 Article 20(1), (2)); days are counted where the platform is and the last one
 * counts to its end. Small enterprises are not bound (Article 19), and keep it open here all the same. A complaint is
 * answered by a person, never by the one who ruled (`job.ts`), without undue delay; a ruling that is reversed takes
 * effect in the same moment as the answer.
 * @module
 */

import { dueAfter } from '@reclaim/law/duty/due';
import type { Zone } from '@reclaim/law/zone';
import type { Ruling } from './decision.ts';
import { parseUtcMs, type UtcMs } from './instant.ts';
import { effectOf } from './job.ts';

/** Months in which a decision can be complained of. */
export const COMPLAINT_MONTHS = 6;

/** Who complains. */
export const COMPLAINT_SIDES = Object.freeze(['uploader', 'notifier'] as const);

/** What came of a complaint: the outcomes that the harmonised report counts, but for those left without an answer. */
export const COMPLAINT_OUTCOMES = Object.freeze(['upheld', 'partially-reversed', 'reversed'] as const);

/** One outcome: the decision complained of was upheld, or reversed in part or whole. */
export type ComplaintOutcome = (typeof COMPLAINT_OUTCOMES)[number];

/** The last moment for a complaint against a decision told at `toldAt`, days counted in `zone`. */
export function complaintUntil(toldAt: UtcMs, zone: Zone): UtcMs {
  return parseUtcMs(dueAfter({ kind: 'months', count: COMPLAINT_MONTHS }, toldAt, zone)!.dueMs);
}

/**
 * What an answer is to the decision complained of: `reversed` where what happens to the item changed, `partially-reversed`
 * where it stays and only its ground is another, `upheld` without a new ruling or with the same.
 */
export function complaintOutcome(before: Ruling, after: Ruling | undefined): ComplaintOutcome {
  if (after === undefined) return 'upheld';
  if (effectOf(before) !== effectOf(after)) return 'reversed';
  const ground = (ruling: Ruling) => ('ground' in ruling ? ruling.ground : ruling.of);
  return before.outcome === after.outcome && ground(before) === ground(after)
    ? 'upheld'
    : 'partially-reversed';
}
