/**
 * The texts beside a plan in English: those of the rows.
 * @module
 */

import { KEEP_ALWAYS, KEEP_FIRST } from '../channel/keep-first.ts';
import { REGULATORS } from '../channel/regulator.ts';
import { SITE_STEPS } from '../channel/site-step.ts';
import { TRAPS } from '../channel/trap.ts';
import type { PlanWords } from './plan-words.ts';

/** English. */
export const PLAN_WORDS_EN: PlanWords = {
  language: 'en',
  traps: Object.fromEntries(TRAPS.map((each) => [each.id, each.text])),
  steps: Object.fromEntries(SITE_STEPS.map((each) => [each.id, each.text])),
  keepAlways: KEEP_ALWAYS,
  keep: Object.fromEntries(KEEP_FIRST.map((each) => [each.id, each.text])),
  offices: Object.fromEntries(
    REGULATORS.map((each) => [each.id, `${capital(each.forWhat)}: ${each.does} (${each.when}).`]),
  ),
};

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
