/**
 * All deadline rules, and how to find one.
 * @module
 */

import type { RegimeId, Rule } from './rule.ts';
import { RULES_ASIA_PACIFIC } from './rules-asia-pacific.ts';
import { RULES_EU } from './rules-eu.ts';
import { RULES_UK } from './rules-uk.ts';
import { RULES_US } from './rules-us.ts';

/** Every row, by jurisdiction. */
export const RULES: readonly Rule[] = [...RULES_US, ...RULES_UK, ...RULES_EU, ...RULES_ASIA_PACIFIC];

/** The rules of a regime, in the order of the rows. */
export function rulesOf(regime: RegimeId): readonly Rule[] {
  return RULES.filter((each) => each.regime === regime);
}

/** @throws {RangeError} if no row has the id */
export function ruleById(id: string): Rule {
  const found = RULES.find((each) => each.id === id);
  if (found === undefined) throw new RangeError('rule: expected the id of a row');
  return found;
}
