/**
 * The ten questions that many ask first (`packages/law/src/right/guidance.ts`), and what the laws that are shown say of the deed that
 * an answer hangs on. Pure.
 * @module
 */

import type { Deed } from '@reclaim/law/right/right';
import type { RightsWords } from '../../ui/words/rights/words.ts';
import type { RightsView, ShownLaw } from './rights-view.ts';

/** A question. */
export type QuestionName = keyof RightsWords['questions']['list'];

/** The questions in their order, each with the deeds that its answer hangs on; none where it hangs on no deed. */
export const QUESTIONS: readonly (readonly [question: QuestionName, deeds: readonly Deed[]])[] = [
  ['threatened', ['threat']],
  ['fake', ['synthetic']],
  ['sent-it-myself', ['share']],
  ['how-long', []],
  ['unknown-poster', []],
  ['my-name', []],
  ['police', []],
  ['fast-order', []],
  ['money', []],
  ['only-kept-or-made', ['possess', 'create']],
];

/** What the laws that are shown say of the deeds: the laws that name one, else those that do in part, else nothing. */
export function coverOf(
  view: RightsView,
  deeds: readonly Deed[],
): { readonly kind: 'yes' | 'part' | 'unknown'; readonly laws: readonly ShownLaw[] } {
  const shown = [...view.offences, ...view.orders, ...view.claims];
  for (const kind of ['yes', 'part'] as const) {
    const laws = shown.filter((law) => law[kind].some((deed) => deeds.includes(deed)));
    if (laws.length > 0) return { kind, laws };
  }
  return { kind: 'unknown', laws: [] };
}
