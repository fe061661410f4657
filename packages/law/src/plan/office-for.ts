/**
 * The office to complain to when a service did not act: by the regime whose clock was broken, and by where the person lives.
 * Rows that rest on general knowledge alone are withheld, as everywhere.
 * @module
 */

import { REGULATORS, type Regulator } from '../channel/regulator.ts';
import { EU_MEMBERS } from '../duty/eu-members.ts';
import type { RegimeId } from '../duty/rule.ts';

const BY_REGIME: Readonly<Partial<Record<RegimeId, readonly string[]>>> = {
  'us-tida': ['ftc'],
  'us-ut': ['ftc'],
  'us-ca': ['ftc'],
  'uk-osa': ['ofcom'],
  'in-rules': ['gac', 'ncrp'],
  'kr-tba': ['kr-center'],
  'eu-dsa': ['dsc'],
  'au-osa': ['esafety'],
};

/** The offices for the regimes and the place, each once: of the person's own place first. */
export function officesFor(
  regimes: readonly RegimeId[],
  place: { readonly country: string; readonly subdivision: string },
): readonly Regulator[] {
  const ids = new Set(regimes.flatMap((regime) => BY_REGIME[regime] ?? []));
  const own = (each: Regulator) => each.place === place.country || each.place === place.subdivision;
  const union = EU_MEMBERS.includes(place.country);
  return (
    REGULATORS.filter((each) => each.addresses.length > 0 && each.confidence !== 'K')
      .filter((each) => own(each) || ids.has(each.id))
      // The coordinator is the one of the person's own country: outside the Union there is none to go to.
      .filter((each) => each.id !== 'dsc' || union)
      .sort((a, b) => Number(own(b)) - Number(own(a)))
  );
}
