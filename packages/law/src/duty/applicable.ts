/**
 * Which regimes apply to an item, from what is known of the person, the place and the item.
 *
 * Three answers: it applies, it does not, or it is not known, each with its reason; a fact that nobody gave never turns
 * into "does not". Where the person lives and where the service is offered both count. If the person is or was under 18 in
 * the picture, the answer is the child lane: the duties to report, and text-only notices; no adult form.
 * @module
 */

import type { Day } from '../day.ts';
import { linked, maybe, no, resident, residentsFirst } from './applicable-link.ts';
import { answerWithoutNotice } from './applicable-without-notice.ts';
import { EU_MEMBERS } from './eu-members.ts';
import { isCoveredPlatform, type ServiceFacts } from './obligation-profile.ts';
import { REGIMES } from './regime-order.ts';
import { type RegimeId, versionOn } from './rule.ts';
import { rulesOf } from './rules.ts';

/** What is known. Countries are ISO 3166-1 alpha-2 in capitals. */
export interface ItemFacts {
  /** Where the person lives. */
  readonly country: string | 'unknown';
  /** ISO 3166-2 within the country, such as `US-CA`. */
  readonly subdivision: string | 'unknown';
  /** Where the service is offered; `world` for one that turns nobody away. */
  readonly offeredIn: readonly string[] | 'world' | 'unknown';
  readonly service: ServiceFacts;
  readonly kind: 'authentic' | 'forgery' | 'threatened' | 'unknown';
  readonly minor: boolean | 'unknown';
  /** Whether the person made the picture, and so may hold the right in it. */
  readonly madeByPerson: boolean | 'unknown';
  /** Whether the person has an account with the service. */
  readonly accountHolder: boolean | 'unknown';
}

/** Why a regime applies, does not, or may. */
export type Because =
  | 'person-lives-there'
  | 'service-offered-there'
  | 'not-linked'
  | 'place-unknown'
  | 'service-not-covered'
  | 'service-unknown'
  | 'only-threatened'
  | 'not-made-by-person'
  | 'maker-unknown'
  | 'no-account'
  | 'account-unknown'
  | 'not-in-force'
  | 'commencement-unconfirmed'
  | 'minor'
  | 'not-about-minor';

/** The answer for one regime. */
export interface Applies {
  readonly regime: RegimeId;
  readonly answer: 'applies' | 'does-not-apply' | 'unknown';
  readonly because: Because;
}

/** The answers for all, or why the facts cannot be used. */
export type Applicability =
  | { readonly ok: true; readonly lane: 'adult' | 'child'; readonly regimes: readonly Applies[] }
  | { readonly ok: false; readonly reason: 'contradictory-place' | 'malformed-place' };

/** Which regimes apply to the item on the day. Refuses facts that contradict each other. */
export function applicableRegimes(facts: ItemFacts, day: Day): Applicability {
  const wellFormed =
    isCountry(facts.country) && (facts.subdivision === 'unknown' || isPart(facts.subdivision));
  if (!wellFormed) return { ok: false, reason: 'malformed-place' };
  if (facts.offeredIn !== 'world' && facts.offeredIn !== 'unknown' && !facts.offeredIn.every(isCountry)) {
    return { ok: false, reason: 'malformed-place' };
  }
  const contradictory =
    facts.subdivision !== 'unknown' &&
    facts.country !== 'unknown' &&
    facts.subdivision.slice(0, 2) !== facts.country;
  if (contradictory) return { ok: false, reason: 'contradictory-place' };
  const lane = facts.minor === true ? 'child' : 'adult';
  return { ok: true, lane, regimes: REGIMES.map((regime) => inForce(answerOf(regime, facts), day)) };
}

function answerOf(regime: RegimeId, facts: ItemFacts): Applies {
  switch (regime) {
    case 'us-tida': {
      if (facts.kind === 'threatened') return no(regime, 'only-threatened');
      return covered(linked(regime, facts, ['US']), facts.service);
    }
    case 'us-ut':
      return covered(resident(regime, facts, 'US-UT'), facts.service);
    case 'us-ca': {
      const lives = resident(regime, facts, 'US-CA');
      if (lives.answer === 'does-not-apply') return lives;
      if (facts.accountHolder === false) return no(regime, 'no-account');
      return facts.accountHolder === 'unknown' ? maybe(regime, 'account-unknown') : lives;
    }
    case 'us-dmca': {
      if (facts.madeByPerson === false) return no(regime, 'not-made-by-person');
      if (facts.madeByPerson === 'unknown') return maybe(regime, 'maker-unknown');
      return linked(regime, facts, ['US']);
    }
    case 'uk-osa':
      return residentsFirst(linked(regime, facts, ['GB']));
    case 'in-rules':
      return residentsFirst(linked(regime, facts, ['IN']));
    case 'kr-tba':
      return residentsFirst(linked(regime, facts, ['KR']));
    case 'eu-dsa':
      return linked(regime, facts, EU_MEMBERS);
    case 'au-osa':
    case 'eu-vaw':
    case 'it-garante':
    case 'us-2258a':
    case 'uk-nca':
      return answerWithoutNotice(regime, facts);
    default:
      return regime satisfies never;
  }
}

function covered(link: Applies, service: ServiceFacts): Applies {
  if (link.answer === 'does-not-apply') return link;
  const answer = isCoveredPlatform(service);
  if (answer === false) return no(link.regime, 'service-not-covered');
  return answer === 'unknown' ? maybe(link.regime, 'service-unknown') : link;
}

/** A regime none of whose rules is in force on the day does not apply; one that nobody could date is not known to. */
function inForce(applies: Applies, day: Day): Applies {
  if (applies.answer === 'does-not-apply') return applies;
  const found = rulesOf(applies.regime).map((rule) => versionOn(rule, day).kind);
  if (found.includes('in-force')) return applies;
  return found.includes('unconfirmed')
    ? maybe(applies.regime, 'commencement-unconfirmed')
    : no(applies.regime, 'not-in-force');
}

function isCountry(text: string): boolean {
  return text === 'unknown' || /^[A-Z]{2}$/.test(text);
}

function isPart(text: string): boolean {
  return /^[A-Z]{2}-[A-Z0-9]{1,3}$/.test(text);
}
