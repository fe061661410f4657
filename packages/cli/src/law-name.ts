/**
 * The words by which a person names a regime or a duty at the prompt.
 * @module
 */

import { REGIMES } from '@reclaim/law/duty/regime-order';
import type { RegimeId, Rule } from '@reclaim/law/duty/rule';
import { RULES, rulesOf } from '@reclaim/law/duty/rules';
import { nearestWord } from './nearest-word.ts';
import { Problem } from './problem.ts';

/** @throws {Problem} for a word that names no regime; the word is not repeated */
export function regimeNamed(word: string): RegimeId {
  const found = REGIMES.find((id) => id === word.toLowerCase());
  if (found !== undefined) return found;
  const nearest = nearestWord(word, REGIMES);
  throw new Problem(
    `there is no such regime; ${nearest === undefined ? 'see reclaim law list' : `did you mean ${nearest}?`}`,
  );
}

/** The duties that a word names: all of a regime, or one. @throws {Problem} for a word that names neither */
export function rulesNamed(word: string): readonly Rule[] {
  const one = RULES.find(({ id }) => id === word.toUpperCase());
  if (one !== undefined) return [one];
  if (REGIMES.some((id) => id === word.toLowerCase())) return rulesOf(word.toLowerCase() as RegimeId);
  const nearest = nearestWord(word, [...REGIMES, ...RULES.map(({ id }) => id)]);
  throw new Problem(
    `there is no such regime or duty; ${nearest === undefined ? 'see reclaim law list' : `did you mean ${nearest}?`}`,
  );
}
