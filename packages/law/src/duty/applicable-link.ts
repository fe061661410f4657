/**
 * What links an item to the place of a regime: where the person lives, and where the service is offered. A fact that nobody gave
 * never turns into "does not".
 * @module
 */

import type { Applies, Because, ItemFacts } from './applicable.ts';
import type { RegimeId } from './rule.ts';

/** A regime binds where the person lives or where the service is offered. */
export function linked(regime: RegimeId, facts: ItemFacts, places: readonly string[]): Applies {
  if (places.includes(facts.country)) return { regime, answer: 'applies', because: 'person-lives-there' };
  if (facts.offeredIn === 'world') return { regime, answer: 'applies', because: 'service-offered-there' };
  if (facts.offeredIn === 'unknown') return maybe(regime, 'place-unknown');
  if (facts.offeredIn.some((place) => places.includes(place))) {
    return { regime, answer: 'applies', because: 'service-offered-there' };
  }
  return facts.country === 'unknown' ? maybe(regime, 'place-unknown') : no(regime, 'not-linked');
}

/**
 * Regimes of which nobody read that somebody living elsewhere may call on them (Australia asks that the person or the
 * poster live there): a service that is merely offered there leaves it open.
 */
export function residentsFirst(link: Applies): Applies {
  return link.because === 'service-offered-there' ? maybe(link.regime, 'service-offered-there') : link;
}

/** A regime of one part of a country binds for who lives there. */
export function resident(regime: RegimeId, facts: ItemFacts, subdivision: string): Applies {
  if (facts.subdivision === subdivision) return { regime, answer: 'applies', because: 'person-lives-there' };
  const could = facts.country === 'unknown' || facts.country === subdivision.slice(0, 2);
  return facts.subdivision === 'unknown' && could ? maybe(regime, 'place-unknown') : no(regime, 'not-linked');
}

/** It does not apply. */
export function no(regime: RegimeId, because: Because): Applies {
  return { regime, answer: 'does-not-apply', because };
}

/** It is not known. */
export function maybe(regime: RegimeId, because: Because): Applies {
  return { regime, answer: 'unknown', because };
}
