/**
 * The terms of a notice: by what law it is judged, what it lacks there, and what its clocks say.
 *
 * Fixed when the notice is received and kept with it: the platform's own facts, where days are counted, and the version of
 * every rule, so that neither a changed setting nor a changed law moves a clock that runs. What the notice lacks is
 * judged anew when the notifier adds something. No word of the notifier is in the terms: names of regimes and of
 * elements, yes and no.
 *
 * A regime that applies has clocks that are owed. One that may apply (nobody said where the person lives, or the law is
 * not confirmed) has clocks that are shown and owed by nobody: they order no queue and are never breached, until a reviewer
 * holds that it does apply (`appliedTerms`). A ruling to keep the item refuses the duty to remove: such a clock is `refused`, a state of its own, because the law that names 48
 * hours for a valid notice names none for one that the platform holds not to be valid. A complaint can bring it back.
 * @module
 */

import { type Applies, applicableRegimes, type ItemFacts } from '@reclaim/law/duty/applicable';
import { type Clock, type ClockEvent, readClock } from '@reclaim/law/duty/clock';
import { lackingElements } from '@reclaim/law/duty/element';
import { ELEMENTS } from '@reclaim/law/duty/element-row';
import { hasPart, isAboutMinor, type NoticeDraft } from '@reclaim/law/duty/notice-draft';
import {
  binds,
  OBLIGATION_PROFILES,
  type ObligationProfile,
  profileOf,
  type ServiceFacts,
} from '@reclaim/law/duty/obligation-profile';
import { pinVersions, type RegimeId, type Rule, type VersionPins } from '@reclaim/law/duty/rule';
import { rulesOf } from '@reclaim/law/duty/rules';
import { dayAt, parseZone, type Zone } from '@reclaim/law/zone';
import type { Completeness } from './notice.ts';

/** Who may see the job: everybody who reviews, or the lane for minors alone. */
export type Lane = 'adult' | 'child';

/** What an operator says of the platform that this node serves. */
export type PlatformFacts = {
  /** Where the platform counts its days, and shows its hours left. */
  readonly zone: Zone;
  readonly service: ServiceFacts;
  /** ISO 3166-1 alpha-2 codes; `world` for a service that turns nobody away. */
  readonly offeredIn: readonly string[] | 'world';
  /**
   * Whether an item is held by itself, until it is decided, once a Californian report on it has everything (Cal. Bus. & Prof.
   * Code 22671(d)); otherwise a reviewer holds it.
   */
  readonly holdsForCalifornia?: boolean;
};

/** Facts of a platform of which nothing was said: for user content, of unknown size, offered everywhere, days in UTC. */
export const UNSAID_PLATFORM: PlatformFacts = {
  zone: parseZone('UTC'),
  service: { kind: 'user-content', smallEnterprise: 'unknown', veryLarge: false },
  offeredIn: 'world',
};

/** Where the person is, as far as they said. */
export type NotifierPlace = {
  readonly country: string | 'unknown';
  readonly subdivision: string | 'unknown';
};

/** A regime, and what the notice lacks under it. */
export type RegimeTerms = {
  readonly regime: RegimeId;
  /** Whether it applies, or may. */
  readonly answer: 'applies' | 'unknown';
  readonly because: Applies['because'];
  readonly complete: boolean;
  /** When it was received or, where it was not complete then, became so: a clock that asks for all elements starts here. */
  readonly since: number;
  /** Elements of the regime by their ids; those that do not block its clock in `wanting`. */
  readonly lacking: readonly string[];
  readonly wanting: readonly string[];
};

/** The terms of one notice. */
export type NoticeTerms = {
  readonly lane: Lane;
  readonly zone: Zone;
  readonly profile: ObligationProfile['id'];
  readonly hasContact: boolean;
  readonly regimes: readonly RegimeTerms[];
  readonly pins: VersionPins;
};

/** Events that clocks of a notice start from; other rules speak of orders, reasons and reports, which have lives of their own. */
const NOTICE_STARTS = new Set<Rule['starts']>(['notice-received', 'receipt-confirmed', 'decision-told']);

function isRuleOfNotice(rule: Rule): boolean {
  return NOTICE_STARTS.has(rule.starts) && rule.actor !== 'authority' && rule.actor !== 'poster';
}

/** The lane of a notice: any doubt about age is the lane for minors. */
export function laneOf(draft: NoticeDraft, ageInDoubt: boolean): Lane {
  return ageInDoubt || isAboutMinor(draft) ? 'child' : 'adult';
}

/**
 * The terms of a notice that is received at `nowMs`; `undefined` where the place contradicts itself.
 * @throws {RangeError} if `nowMs` is no instant
 */
export function noticeTerms(
  draft: NoticeDraft,
  place: NotifierPlace,
  platform: PlatformFacts,
  ageInDoubt: boolean,
  nowMs: number,
): NoticeTerms | undefined {
  const lane = laneOf(draft, ageInDoubt);
  const regimes = regimeTerms(draft, place, platform, lane, nowMs);
  if (regimes === undefined) return undefined;
  const pins: Record<string, string> = {};
  for (const { regime } of regimes) {
    for (const rule of rulesOf(regime).filter(isRuleOfNotice)) {
      const zone = rule.zone === 'platform' ? platform.zone : rule.zone;
      Object.assign(pins, pinVersions([rule], dayAt(nowMs, zone)));
    }
  }
  return {
    lane,
    zone: platform.zone,
    profile: profileOf(platform.service).id,
    hasContact: hasPart({ ...draft, otherContact: '' }, 'contact'),
    regimes,
    pins,
  };
}

/**
 * The terms after the notifier added something at `nowMs`: what is lacking is judged anew, everything else stays as it
 * was. Where the notice is complete only now, it counts as received now.
 */
export function supplementedTerms(terms: NoticeTerms, draft: NoticeDraft, nowMs: number): NoticeTerms {
  return {
    ...terms,
    hasContact: hasPart({ ...draft, otherContact: '' }, 'contact'),
    regimes: terms.regimes.map((each) => {
      const judged = lacksOf(each.regime, draft);
      return { ...each, ...judged, since: judged.complete && !each.complete ? nowMs : each.since };
    }),
  };
}

/**
 * The terms after a reviewer held that a regime which may apply does: from then on its clocks are owed, from the event that
 * starts them. `undefined` where the notice has no such regime, or it applies already.
 */
export function appliedTerms(terms: NoticeTerms, regime: RegimeId): NoticeTerms | undefined {
  if (!terms.regimes.some((each) => each.regime === regime && each.answer === 'unknown')) return undefined;
  return {
    ...terms,
    regimes: terms.regimes.map((each) => (each.regime === regime ? { ...each, answer: 'applies' } : each)),
  };
}

/** The regimes of a draft with what it lacks under each, as it is typed; `undefined` where the place contradicts itself. */
export function regimeTerms(
  draft: NoticeDraft,
  place: NotifierPlace,
  platform: PlatformFacts,
  lane: Lane,
  nowMs: number,
): readonly RegimeTerms[] | undefined {
  const ticked = draft.declarations.some(({ id }) => id === 'california-resident');
  const facts: ItemFacts = {
    ...place,
    offeredIn: platform.offeredIn,
    service: platform.service,
    kind: draft.kind === 'not-said' ? 'unknown' : draft.kind,
    minor: lane === 'child' ? true : draft.age === 'adult' ? false : 'unknown',
    // A copyright notice has a form and an agent of its own, and tells the uploader who complains: not this form.
    madeByPerson: false,
    accountHolder: ticked ? true : 'unknown',
  };
  const found = applicableRegimes(facts, dayAt(nowMs, platform.zone));
  if (!found.ok) return undefined;
  return found.regimes.flatMap(({ regime, answer, because }) => {
    if (answer === 'does-not-apply') return [];
    const speaksOfNotices = rulesOf(regime).some(
      (rule) => rule.starts === 'notice-received' && isRuleOfNotice(rule),
    );
    return speaksOfNotices ? [{ regime, answer, because, since: nowMs, ...lacksOf(regime, draft) }] : [];
  });
}

function lacksOf(
  regime: RegimeId,
  draft: NoticeDraft,
): Pick<RegimeTerms, 'complete' | 'lacking' | 'wanting'> {
  const lacks = lackingElements(regime, draft);
  const ids = (blocks: boolean) =>
    lacks.filter((each) => each.blocks === blocks).map(({ element }) => element.id);
  const lacking = ids(true);
  return { complete: lacking.length === 0, lacking, wanting: ids(false) };
}

/** Under which regimes the notice has everything, and under which not. */
export function completenessOf(terms: NoticeTerms): Completeness {
  const names = (complete: boolean) =>
    terms.regimes.filter((each) => each.complete === complete).map(({ regime }) => regime);
  return { complete: names(true), lacking: names(false) };
}

/** Whether the regime has a notice with elements; one without cannot be lacking anything. */
export function asksForElements(regime: RegimeId): boolean {
  return ELEMENTS.some((element) => element.regime === regime);
}

/**
 * Whether some regime that applies, or may, has everything that it asks for: then the job is not `incomplete`. A regime
 * that asks for nothing says nothing here.
 */
export function isCompleteSomewhere(terms: NoticeTerms): boolean {
  const asking = terms.regimes.filter(({ regime }) => asksForElements(regime));
  return asking.length === 0 || asking.some(({ complete }) => complete);
}

/**
 * Whether the law asks to hold the item until the notice is decided: it applies, and the notice has everything that it asks
 * for (California Business and Professions Code 22671(d), row US-CA-BLOCK).
 */
export function asksToHold({ lane, regimes }: Pick<NoticeTerms, 'lane' | 'regimes'>): boolean {
  return (
    lane === 'adult' &&
    regimes.some(({ regime, answer, complete }) => regime === 'us-ca' && answer === 'applies' && complete)
  );
}

/** Whether a duty ends by taking something down: such a duty is refused by a ruling that lets the item stand. */
export function isRemoval(ends: Rule['ends']): boolean {
  return ends === 'removed' || ends === 'copies-removed';
}

/** The events, with the notice received no earlier than when it was complete. */
function receivedAt(events: readonly ClockEvent[], since: number): readonly ClockEvent[] {
  return events.map((event) =>
    event.kind === 'notice-received' ? { ...event, atMs: Math.max(event.atMs, since) } : event,
  );
}

/** One clock of a notice. */
export type TermsClock = {
  readonly clock: Clock;
  readonly regime: RegimeId;
  /** Whether its regime applies; a clock of one that only may is shown, and owed by nobody. */
  readonly applies: boolean;
  /** Whether it is an act that is due: only such clocks order the queue and are breached. */
  readonly owed: boolean;
};

/**
 * The clocks of a notice from what happened to it.
 * @throws {RangeError} if a moment is no instant
 */
export function clocksOfTerms(
  terms: NoticeTerms,
  events: readonly ClockEvent[],
  nowMs: number,
): readonly TermsClock[] {
  const profile = OBLIGATION_PROFILES.find(({ id }) => id === terms.profile)!;
  return terms.regimes.flatMap(({ regime, answer, complete, since }) =>
    rulesOf(regime)
      .filter((rule) => isRuleOfNotice(rule) && binds(profile, rule))
      .map((rule) => ({
        clock: readClock(rule, {
          events: rule.needsCompleteNotice ? receivedAt(events, since) : events,
          noticeComplete: complete,
          hasContact: terms.hasContact,
          nowMs,
          platformZone: terms.zone,
          pins: terms.pins,
        }),
        regime,
        applies: answer === 'applies',
        owed: answer === 'applies' && rule.sense === 'act-by',
      })),
  );
}
