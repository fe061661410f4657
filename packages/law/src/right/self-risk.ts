/**
 * Where the law can turn against the person. The notice of it comes before a report is drafted, and stands by itself even
 * where the rows behind it were not all read in official texts: to hold a warning back would be the greater harm. What nobody
 * has read in any text yet is no notice: it has no source.
 * @module
 */

import type { Cell } from './right.ts';
import { SELF_RISKS } from './self-risk-rows.ts';

/** A risk. */
export interface SelfRisk {
  readonly id: string;
  /** ISO 3166 codes; empty for everywhere. */
  readonly places: readonly string[];
  readonly text: Cell;
  /** What to do instead, or first. */
  readonly instead: string;
  /** Where it was read; empty where it is general knowledge. */
  readonly read: string;
}

/** Countries in which a risk notice must be read before a report is drafted. */
export const RISK_NOTICE_FIRST: readonly string[] = ['NG', 'KE', 'IN'];

/**
 * The risks of a place that its people are told of before everything else: those that were read somewhere, even in a secondary
 * source. `place` is an ISO 3166 code of a country or a part of it.
 */
export function risksToTell(place: string): readonly SelfRisk[] {
  const country = place.slice(0, 2);
  return SELF_RISKS.filter((each) => each.places.includes(country) && each.read !== '');
}

/** The risks of a place, those of everywhere last. */
export function selfRisksOf(country: string): readonly SelfRisk[] {
  return SELF_RISKS.filter((each) => each.places.length === 0 || each.places.includes(country));
}
