/**
 * A decision on its way: chosen by a digit, reasoned by a template or own words, sent by Enter. Pure.
 *
 * States
 *   none       nothing chosen
 *   drafting   a choice stands; the reason may be missing yet
 *   sending    on its way to the node; no key changes it
 *
 * Transitions
 *   none      --choose-->    drafting
 *   drafting  --choose-->    drafting   another choice; a reason that came from a template goes with its choice
 *   drafting  --template-->  drafting   the template's words are the reason
 *   drafting  --write-->     drafting   own words
 *   drafting  --confirm-->   drafting   a signal is, or is no longer, to be confirmed by this removal
 *   drafting  --send-->      sending    only with a reason that the node would take
 *   sending   --refused-->   drafting   nothing is lost
 *   any       --drop-->      none
 *
 * A removal confirms no unconfirmed signal of itself: confirming says that a person found the match right, so it is
 * preselected only for who has looked at this job. Without that rule a poisoned bank would confirm itself at the pace of
 * three keystrokes.
 * @module
 */

import {
  FACTS_MAX,
  FACTS_MIN,
  KEEP_GROUNDS,
  REFERRALS,
  REMOVE_GROUNDS,
  type Ruling,
} from '@reclaim/casework/decision';
import type { SignalId } from '@reclaim/casework/id';
import type { WireJob } from '@reclaim/casework/wire';
import { confirmable } from './job-card.ts';

/** A ground of any outcome that the console offers: the ground says the outcome, since no two share one. */
export type Choice =
  | (typeof REMOVE_GROUNDS)[number]
  | (typeof KEEP_GROUNDS)[number]
  | (typeof REFERRALS)[number];

/** Digits and what they decide; `1` is the usual one. `m` is apart: a hand that slips must not find it. */
export const CHOICE_KEYS: Readonly<Record<string, Choice>> = Object.freeze({
  1: 'intimate-image-law',
  2: 'terms-intimate-image',
  3: 'not-a-match',
  4: 'not-intimate',
  5: 'shared-with-consent',
  6: 'public-concern',
  7: 'notice-invalid',
  8: 'law-enforcement',
  9: 'legal-counsel',
  0: 'other-law',
});

/** Reasons offered for each choice. */
export const TEMPLATES = 3;

/** The draft. `facts` is the reason; `template` which one it came from (0-based), `undefined` for own words. */
export type Draft =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'drafting' | 'sending';
      readonly choice: Choice;
      readonly template: number | undefined;
      readonly facts: string;
      readonly confirms: readonly SignalId[];
    };

/** What can happen to a draft. */
export type DraftEvent =
  | { readonly kind: 'choose'; readonly choice: Choice; readonly job: WireJob; readonly looked: boolean }
  | { readonly kind: 'template'; readonly index: number; readonly text: string }
  | { readonly kind: 'write'; readonly text: string }
  | { readonly kind: 'confirm'; readonly signalId: SignalId; readonly on: boolean }
  | { readonly kind: 'send' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'drop' };

/** Nothing chosen. */
export const NO_DRAFT: Draft = Object.freeze({ kind: 'none' });

/** What a choice does to the item. */
export function outcomeOf(choice: Choice): 'remove' | 'keep' | 'refer' {
  if ((REMOVE_GROUNDS as readonly string[]).includes(choice)) return 'remove';
  return (KEEP_GROUNDS as readonly string[]).includes(choice) ? 'keep' : 'refer';
}

/** Whether the node would take this as a reason: 10 to 5,000 characters after trimming. */
export function isReason(facts: string): boolean {
  const { length } = facts.trim();
  return length >= FACTS_MIN && length <= FACTS_MAX;
}

/** The draft after `event`. */
export function reduceDraft(draft: Draft, event: DraftEvent): Draft {
  if (event.kind === 'drop') return NO_DRAFT;
  if (event.kind === 'choose') {
    if (draft.kind === 'sending') return draft;
    const own = draft.kind === 'drafting' && draft.template === undefined ? draft.facts : '';
    const { choice, job, looked } = event;
    const confirms =
      outcomeOf(choice) === 'remove' && looked
        ? confirmable(job)
            .filter(({ band, state }) => band !== 'possible' && state === 'unconfirmed')
            .map(({ signalId }) => signalId)
        : [];
    return { kind: 'drafting', choice, template: undefined, facts: own, confirms };
  }
  if (draft.kind === 'none') return draft;
  if (draft.kind === 'sending') return event.kind === 'refused' ? { ...draft, kind: 'drafting' } : draft;
  switch (event.kind) {
    case 'template':
      return { ...draft, template: event.index, facts: event.text };
    case 'write':
      return { ...draft, template: undefined, facts: event.text };
    case 'confirm': {
      const others = draft.confirms.filter((id) => id !== event.signalId);
      return { ...draft, confirms: event.on ? [...others, event.signalId] : others };
    }
    case 'send':
      return isReason(draft.facts) ? { ...draft, kind: 'sending' } : draft;
    case 'refused':
      return draft;
    default: {
      const never: never = event;
      return never;
    }
  }
}

/** The ruling that a draft asks for. */
export function rulingOf(choice: Choice, confirms: readonly SignalId[]): Ruling {
  const remove = REMOVE_GROUNDS.find((each) => each === choice);
  if (remove !== undefined) return { outcome: 'remove', ground: remove, confirms };
  const keep = KEEP_GROUNDS.find((each) => each === choice);
  if (keep !== undefined) return { outcome: 'keep', ground: keep };
  const refer = REFERRALS.find((each) => each === choice);
  if (refer === undefined) throw new TypeError('ruling: expected a known ground');
  return { outcome: 'refer', ground: refer };
}
