/**
 * Decisions: the reasoned outcome of a job, in closed codes beside a reviewer's own words.
 *
 * The words (`facts`) are a person's free text: they travel as an erasable value of the event, never in the chain.
 * Vocabulary: Regulation (EU) 2022/2065 (DSA) Article 17(3): facts, whether automated means were used, the ground.
 * @module
 */

import type { DecisionId, JobId, SignalId } from './id.ts';

/** What a reviewer can decide. */
export const OUTCOMES = Object.freeze(['remove', 'keep', 'refer', 'duplicate'] as const);

/** One outcome: take the item down; let it stand; hand it to another authority; it is the same as another job. */
export type Outcome = (typeof OUTCOMES)[number];

/** Why an item comes down. */
export const REMOVE_GROUNDS = Object.freeze([
  'intimate-image-law',
  'terms-intimate-image',
  'other-law',
] as const);

/** Why an item stands. `not-a-match`: another picture. The rest are the carve-outs of review-console section 6. */
export const KEEP_GROUNDS = Object.freeze([
  'not-a-match',
  'not-intimate',
  'shared-with-consent',
  'public-concern',
  'notice-invalid',
] as const);

/** To whom a job is handed. `minor-suspected` locks the job: no further preview, no export. */
export const REFERRALS = Object.freeze(['minor-suspected', 'law-enforcement', 'legal-counsel'] as const);

/** A ground for removal. */
export type RemoveGround = (typeof REMOVE_GROUNDS)[number];
/** A ground for letting stand. */
export type KeepGround = (typeof KEEP_GROUNDS)[number];
/** A referral. */
export type Referral = (typeof REFERRALS)[number];

/** What was decided, with exactly the fields that each outcome needs. */
export type Ruling =
  | {
      readonly outcome: 'remove';
      readonly ground: RemoveGround;
      /** The signals whose match the reviewer found right: they become confirmed. */
      readonly confirms: readonly SignalId[];
    }
  | { readonly outcome: 'keep'; readonly ground: KeepGround }
  | { readonly outcome: 'refer'; readonly ground: Referral }
  | { readonly outcome: 'duplicate'; readonly of: JobId };

/** How far a decision was automated, as somebody can say it. */
export const AUTOMATED = Object.freeze(['no', 'partly', 'fully'] as const);

/**
 * A decision as the job's log bears it. `automated` is recorded honestly (DSA Article 17(3)(c)): `no` of a session of the
 * staff, which a person began with a passkey. A key may be a program: then `byKey` is there, `automated` is what its
 * platform declares, and `undeclared` where it declares nothing.
 */
export type Decision = {
  readonly decisionId: DecisionId;
  readonly ruling: Ruling;
  readonly automated: (typeof AUTOMATED)[number] | 'undeclared';
  readonly byKey?: true;
};

/** Characters a reviewer's facts must have: enough that a statement of reasons can be written from them. */
export const FACTS_MIN = 10;
/** Characters a reviewer's facts may have (DSA transparency database: 5,000). */
export const FACTS_MAX = 5000;

/** Whether a ruling blacks its job out: no preview to anybody, the rest to the lane for minors alone. */
export function isBlackout(ruling: Ruling): boolean {
  return ruling.outcome === 'refer' && ruling.ground === 'minor-suspected';
}
