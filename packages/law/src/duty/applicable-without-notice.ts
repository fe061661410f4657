/**
 * Whether a regime applies under which no notice of a person goes to a service: an office orders removal, or the service reports
 * to one. Apart from the others, since the portal writes notices alone and carries none of this.
 * @module
 */

import type { Applies, ItemFacts } from './applicable.ts';
import { linked, maybe, no, residentsFirst } from './applicable-link.ts';
import { EU_MEMBERS } from './eu-members.ts';
import type { RegimeId } from './rule.ts';

/** Regimes under which no notice of a person goes to a service. */
export type RegimeWithoutNotice = Extract<
  RegimeId,
  'au-osa' | 'eu-vaw' | 'it-garante' | 'us-2258a' | 'uk-nca'
>;

/** The answer for one of them. */
export function answerWithoutNotice(regime: RegimeWithoutNotice, facts: ItemFacts): Applies {
  switch (regime) {
    case 'au-osa':
      return residentsFirst(linked(regime, facts, ['AU']));
    case 'eu-vaw':
      return linked(regime, facts, EU_MEMBERS);
    case 'it-garante':
      return livesIn(regime, facts, 'IT');
    case 'us-2258a':
      return childDuty(regime, facts, ['US']);
    case 'uk-nca':
      return childDuty(regime, facts, ['GB']);
    default:
      return regime satisfies never;
  }
}

function livesIn(regime: RegimeId, facts: ItemFacts, country: string): Applies {
  if (facts.country === country) return { regime, answer: 'applies', because: 'person-lives-there' };
  return facts.country === 'unknown' ? maybe(regime, 'place-unknown') : no(regime, 'not-linked');
}

function childDuty(regime: RegimeId, facts: ItemFacts, places: readonly string[]): Applies {
  if (facts.minor === false) return no(regime, 'not-about-minor');
  const link = linked(regime, facts, places);
  if (link.answer === 'does-not-apply') return link;
  return facts.minor === 'unknown' ? maybe(regime, 'minor') : { ...link, because: 'minor' };
}
