/**
 * How the rows of rules are written down: the defaults that most of them share, so that a row shows what is its own.
 * @module
 */

import { type Day, parseDay } from '../day.ts';
import type { Sureness } from '../source.ts';
import type { Limit, Rule, RuleVersion } from './rule.ts';

/** The state of the law that the first rows were written from: November 2026, its day unknown, so the month's first. */
export const ROWS_CHECKED: Day = parseDay('2026-11-01');

/** Shorthand of limits. */
export const hours = (count: number): Limit => ({ kind: 'hours', count });
/** Calendar days. */
export const days = (count: number): Limit => ({ kind: 'days', count });
/** Calendar months. */
export const months = (count: number): Limit => ({ kind: 'months', count });
/** The law's words without a number. */
export const words = (text: string): Limit => ({ kind: 'words', words: text });

/** What a version of a rule says of itself. */
export interface VersionFields {
  readonly limit: Limit;
  /** YYYY-MM-DD or `unknown`. */
  readonly from: string;
  /** Left out where the first day was read in the same source. */
  readonly fromSureness?: Sureness;
  /** YYYY-MM-DD; left out while it lasts. */
  readonly to?: string;
  readonly cite: string;
  readonly sureness: Sureness;
  readonly note?: string;
}

/** A version, named by its first day. */
export function version(fields: VersionFields): RuleVersion {
  return {
    version: fields.from === 'unknown' ? 'undated' : fields.from,
    limit: fields.limit,
    from: fields.from === 'unknown' ? 'unknown' : parseDay(fields.from),
    fromSureness: fields.from === 'unknown' ? 'unknown' : (fields.fromSureness ?? fields.sureness),
    to: fields.to === undefined ? null : parseDay(fields.to),
    source: { cite: fields.cite, sureness: fields.sureness, lastChecked: ROWS_CHECKED },
    ...(fields.note === undefined ? {} : { note: fields.note }),
  };
}

/** The fields of a rule that have a usual value. */
type Usual = 'sense' | 'asSoonAsPossible' | 'needsCompleteNotice' | 'needsContact' | 'zone' | 'actor';

/** A rule; by default a platform acts by the limit, days are counted at the platform, and any notice starts the clock. */
export function rule(fields: Omit<Rule, Usual> & Partial<Pick<Rule, Usual>>): Rule {
  return {
    sense: 'act-by',
    actor: 'platform',
    asSoonAsPossible: false,
    needsCompleteNotice: false,
    needsContact: false,
    zone: 'platform',
    ...fields,
  };
}
