/**
 * The policy of the upload check: what is answered at the door, as a truth table over what matched.
 *
 * "A match is not a verdict": `block` only when a person has confirmed the signal *and* the bytes are equal (SHA-256)
 * or a second, independent signal agrees; every other match is `review`; no live match is `pass`. Independent means of
 * another family: two PDQ hashes of one picture fail together, since a picture made to collide with one collides
 * with both (Dolhansky and Canton Ferrer, 2020).
 *
 * | row | live match                                   | judged before | negative bank | verdict |
 * |-----|----------------------------------------------|---------------|---------------|---------|
 * | 1   | none                                         | any           | any           | pass    |
 * | 2   | confirmed, exact (bytes equal)               | any           | any           | block   |
 * | 3   | confirmed, confident, another family agrees  | no            | no            | block   |
 * | 4   | confirmed, confident, alone                  | no            | no            | review  |
 * | 5   | confirmed, possible or by a window           | no            | no            | review  |
 * | 6   | unconfirmed, exact                           | no            | any           | review  |
 * | 7   | unconfirmed, confident, possible, by a window | no           | no            | review  |
 * | 8   | disputed, any band                           | no            | any*          | review  |
 * | 9   | any but row 2                                | yes           | any           | pass    |
 * | 10  | perceptual only, not row 2                   | no            | yes           | pass    |
 *
 * Row 9: a reviewer has said of this very content that it is not this signal's picture; the same upload does not come
 * back to be looked at again. It never outweighs row 2, where the signal is confirmed and the bytes are equal.
 * Row 10: a negative bank (memes, logos, blank frames) silences perceptual matches; it never silences equal bytes
 * (rows 2, 6; for 8 only when the bytes are equal), or a poisoned negative bank would open the door.
 * With several matches the strictest row decides: block, then review, then pass.
 * A match by a window (a part of the upload: fingerprint, `windows.ts`) counts as possible however near it is, and agrees
 * with nothing: a window is less picture and one of dozens of tries, so it may open a review and never more.
 * Only SHA-256 says that bytes are equal: a PDQ match that is labelled exact (distance 0) counts as confident, since
 * different pictures can be made to share a PDQ hash.
 * @module
 */

import type { SignalKind } from '@reclaim/fingerprint/signal';
import type { SignalState } from './banked-signal.ts';

/** How near a match is: `exact` = bytes equal, `confident` = inside the bank's threshold, `possible` = beyond it. */
export const BANDS = Object.freeze(['exact', 'confident', 'possible'] as const);

/** One band. */
export type Band = (typeof BANDS)[number];

/** What the door answers. */
export const VERDICTS = Object.freeze(['pass', 'review', 'block'] as const);

/** One verdict. */
export type Verdict = (typeof VERDICTS)[number];

/** The widest threshold a bank may ask for, bits: beyond it PDQ's false matches explode (Jain et al. 2022). */
export const POSSIBLE_BITS = 45;

/** One match as the policy sees it. */
export type PolicyMatch = {
  readonly family: SignalKind;
  readonly band: Band;
  readonly state: SignalState;
  /** A reviewer decided of this content that it is not this signal's picture. */
  readonly judged: boolean;
  /** Not the whole upload matched but a window of it. */
  readonly windowed: boolean;
};

/** All that matched one upload. */
export type PolicyInput = {
  readonly matches: readonly PolicyMatch[];
  /** The upload matches a signal of a negative bank. */
  readonly negative: boolean;
};

/**
 * The verdict on one match, given whether a signal of another family agrees.
 * @returns the row's number beside the verdict, so that tests and reviewers can see which row spoke
 */
export function judgeMatch(
  match: PolicyMatch,
  agreed: boolean,
  negative: boolean,
): { readonly verdict: Verdict; readonly row: number } {
  const { state } = match;
  const band = bandFor(match);
  if (state === 'withdrawn' || state === 'expired') return { verdict: 'pass', row: 1 };
  if (state === 'confirmed' && band === 'exact') return { verdict: 'block', row: 2 };
  if (match.judged) return { verdict: 'pass', row: 9 };
  if (negative && band !== 'exact') return { verdict: 'pass', row: 10 };
  switch (state) {
    case 'confirmed':
      if (band === 'possible') return { verdict: 'review', row: 5 };
      return agreed ? { verdict: 'block', row: 3 } : { verdict: 'review', row: 4 };
    case 'unconfirmed':
      return { verdict: 'review', row: band === 'exact' ? 6 : 7 };
    case 'disputed':
      return { verdict: 'review', row: 8 };
    default: {
      const never: never = state;
      return never;
    }
  }
}

/** How near the match is as the policy counts it. */
function bandFor({ family, band, windowed }: PolicyMatch): Band {
  if (windowed) return 'possible';
  return family === 'pdq' && band === 'exact' ? 'confident' : band;
}

/** The verdict on an upload: the strictest of its matches' rows. */
export function judgeUpload(input: PolicyInput): Verdict {
  let verdict: Verdict = 'pass';
  // Agreement must itself be a live, confirmed, near match of another family: an unconfirmed submission that anybody can make
  // must not help another signal over the bar, nor one that a reviewer found wrong here.
  const agreeing = new Set(
    input.matches
      .filter((match) => match.state === 'confirmed' && bandFor(match) !== 'possible' && !match.judged)
      .map(({ family }) => family),
  );
  for (const match of input.matches) {
    const agreed = agreeing.size > (agreeing.has(match.family) ? 1 : 0);
    const { verdict: next } = judgeMatch(match, agreed, input.negative);
    if (next === 'block') return 'block';
    if (next === 'review') verdict = 'review';
  }
  return verdict;
}
