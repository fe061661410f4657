/**
 * A deadline rule as a row: who must do what, from which event, within which limit, said by which text, since when.
 *
 * A rule keeps every version it ever had. A changed law adds a version and gives the old one its end; nothing is
 * overwritten, so a clock that started under the old version can still be told. `unknown` is a value of a date and of a
 * limit: it starts no clock and prints "unconfirmed".
 * @module
 */

import type { Day } from '../day.ts';
import type { Calendar } from '../holidays.ts';
import type { Source, Sureness } from '../source.ts';
import type { Zone } from '../zone.ts';

/** The regimes: bodies of duties that have a notice form, a lane or an authority of their own. */
export type RegimeId =
  | 'us-tida'
  | 'us-ut'
  | 'us-ca'
  | 'us-dmca'
  | 'us-2258a'
  | 'uk-osa'
  | 'uk-nca'
  | 'in-rules'
  | 'au-osa'
  | 'eu-dsa'
  | 'eu-vaw'
  | 'kr-tba'
  | 'it-garante';

/** What can start a clock, end it or bound it. */
export type EventKind =
  | 'notice-received'
  | 'trusted-flagger-notice-received'
  | 'order-received'
  | 'authority-notice-received'
  | 'authority-complaint-received'
  | 'receipt-confirmed'
  | 'status-told'
  | 'delay-told'
  | 'blocked'
  | 'removed'
  | 'copies-removed'
  | 'decision-told'
  | 'restriction-imposed'
  | 'reasons-given'
  | 'reasons-recorded'
  | 'counter-notice-received'
  | 'restored'
  | 'court-action-told'
  | 'child-abuse-known'
  | 'child-abuse-reported'
  | 'crime-suspected'
  | 'crime-reported'
  | 'order-carried-out'
  | 'authority-ordered';

/** How long. */
export type Limit =
  /** Elapsed hours: a change to summer time neither adds nor takes one. */
  | { readonly kind: 'hours'; readonly count: number }
  /** Calendar days: the day of the event is not counted, and the last day counts to its end. */
  | { readonly kind: 'days'; readonly count: number }
  /** Calendar months or years, as `addMonths` counts them, to the end of the last day. */
  | { readonly kind: 'months'; readonly count: number }
  /** Not before the end of the first count and not after the end of the second. */
  | {
      readonly kind: 'business-days';
      readonly notBefore: number;
      readonly count: number;
      readonly calendar: Calendar;
    }
  /** Words of the law without a number: the clock runs, and no moment can be computed. */
  | { readonly kind: 'words'; readonly words: string }
  /** At the latest on the day of the event that starts it. */
  | { readonly kind: 'same-day' }
  /** Whatever the order itself says. */
  | { readonly kind: 'per-order' }
  /** Lasts until the event that ends it; no moment can be computed. */
  | { readonly kind: 'until-event' }
  | { readonly kind: 'unknown' };

/** Whether the limit is the latest moment to act, the least time something stays open, or the least time it is kept. */
export type Sense = 'act-by' | 'stays-open' | 'keep';

/** Who is bound. */
export type Actor =
  | 'platform'
  | 'online-platform'
  | 'search-service'
  | 'poster'
  | 'hosting-provider'
  | 'authority';

/** One text of a rule, in force from `from` up to and without `to`. */
export interface RuleVersion {
  /** Named by the day it came into force, or `undated`. Unique within the rule. */
  readonly version: string;
  readonly limit: Limit;
  /** The first day in force; `unknown` starts no clock. */
  readonly from: Day | 'unknown';
  /** How that first day was read, which can be less sure than the rule itself. */
  readonly fromSureness: Sureness;
  /** The first day no longer in force; null while it lasts. */
  readonly to: Day | null;
  readonly source: Source;
  /** A caution for the reader, where there is one. */
  readonly note?: string;
}

/** A duty with a deadline. */
export interface Rule {
  readonly id: string;
  readonly regime: RegimeId;
  /** ISO 3166 code of the country or part, or `EU`. */
  readonly jurisdiction: string;
  readonly actor: Actor;
  readonly duty: string;
  readonly sense: Sense;
  readonly starts: EventKind;
  /** What fulfils it; null where nothing does (a window that just passes). */
  readonly ends: EventKind | null;
  /** True where the law asks "as soon as possible" and the limit is only the last moment of that. */
  readonly asSoonAsPossible: boolean;
  /** True where only a notice with all elements of the regime starts the clock. */
  readonly needsCompleteNotice: boolean;
  /** True where the clock starts only if the notifier can be reached electronically. */
  readonly needsContact: boolean;
  /** Where days are counted: a zone of the law, or the platform's own. */
  readonly zone: Zone | 'platform';
  /** A second limit from another event, which bounds the first from outside: the earlier of the two is due. */
  readonly outer?: { readonly from: EventKind; readonly limit: Limit };
  /** The event that replaces the limit by the outer one (a notice of delay). */
  readonly extendedBy?: EventKind;
  /** The event after which the duty no longer exists (court action against putting content back). */
  readonly cancelledBy?: EventKind;
  /** Oldest first; intervals do not overlap. */
  readonly versions: readonly RuleVersion[];
}

/** The version in force on a day; `unconfirmed` where only versions without a known start could be. */
export type VersionFound =
  | { readonly kind: 'in-force'; readonly version: RuleVersion }
  | { readonly kind: 'unconfirmed'; readonly version: RuleVersion }
  | { readonly kind: 'before-in-force'; readonly version: RuleVersion }
  | { readonly kind: 'no-longer-in-force'; readonly version: RuleVersion };

/** The version of the rule in force on the day. */
export function versionOn(rule: Rule, day: Day): VersionFound {
  let unconfirmed: RuleVersion | undefined;
  for (const version of rule.versions) {
    const ended = version.to !== null && day >= version.to;
    if (ended) continue;
    if (version.from === 'unknown') unconfirmed ??= version;
    else if (day >= version.from) return { kind: 'in-force', version };
  }
  if (unconfirmed !== undefined) return { kind: 'unconfirmed', version: unconfirmed };
  const last = rule.versions[rule.versions.length - 1]!;
  if (last.to !== null && day >= last.to) return { kind: 'no-longer-in-force', version: last };
  return { kind: 'before-in-force', version: rule.versions.find((each) => each.from > day) ?? last };
}

/** Rule id → name of the version that a case was opened under. */
export type VersionPins = Readonly<Record<string, string>>;

/** The versions that a case opened on the day keeps: those in force, and those that nobody could date. */
export function pinVersions(rules: readonly Rule[], day: Day): VersionPins {
  const pins: Record<string, string> = {};
  for (const rule of rules) {
    const found = versionOn(rule, day);
    if (found.kind === 'in-force' || found.kind === 'unconfirmed') pins[rule.id] = found.version.version;
  }
  return pins;
}

/** The version a case kept, whatever the law says since; undefined if it kept none or the rows no longer hold it. */
export function pinnedVersion(rule: Rule, pins: VersionPins): RuleVersion | undefined {
  if (!Object.hasOwn(pins, rule.id)) return undefined;
  return rule.versions.find((each) => each.version === pins[rule.id]);
}
