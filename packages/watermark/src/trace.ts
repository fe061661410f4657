/**
 * Tracing: which of the marked copies does this picture derive from?
 *
 * Three outcomes, and never a fourth. *match*: one copy or several (pictures can be averaged) score at or above the
 * threshold. *no match*: the picture was laid over the original, a mark of the usual strength would have been seen by far,
 * and no listed copy's is there. *cannot tell*: everything else, with its reason. Below the threshold nobody is named, and
 * nobody is ranked: a list of the least unlikely innocents invites harm.
 *
 * What a match says is which file the picture derives from. It does not say who published it, or how it left anybody's
 * device. What defeats it: drawing the picture anew by a model ("enhance", face swap), a camera pointed at a screen from
 * the side, very small copies. The owner, who holds the secret, could make any recipient's copy herself; the registry's
 * commitment (`registry.ts`) only shows that the codes were not chosen afterwards.
 * @module
 */

import type { Pixels } from '@reclaim/raster/pixels';
import { lumaPlane } from '@reclaim/raster/plane';
import { type Features, featuresOf } from '@reclaim/registration/features';
import type { Homography } from '@reclaim/registration/homography';
import { register } from '@reclaim/registration/register';
import type { Frame } from './canonical.ts';
import { expectedScore, residualOf } from './residual.ts';
import { type CountedRow, countedRow, scorerOf, thresholdFor } from './score.ts';

/** A copy that is asked about: its recipient, its code key, and the overall strength it was made with. */
export type Candidate<Recipient> = {
  readonly recipient: Recipient;
  readonly key: Uint8Array;
  readonly strength: number;
};

/** Why nothing can be told. `too-altered`: it was laid over, and a mark might not have survived. */
export type CannotTell = 'too-small' | 'no-detail' | 'no-fit' | 'too-altered';

/** A copy that was found, and its score in standard deviations. */
export type Named<Recipient> = { readonly recipient: Recipient; readonly score: number };

/** The outcome of one trace. `trials`: candidates × suspects that the threshold and the bound are for. */
export type Trace<Recipient> =
  | {
      readonly kind: 'match';
      /** The highest score first. */
      readonly copies: readonly Named<Recipient>[];
      readonly trials: number;
      readonly threshold: number;
      /** The residual that was counted, for whoever checks the arithmetic. */
      readonly row: CountedRow;
      readonly lay: Lay;
    }
  | { readonly kind: 'no-match'; readonly trials: number; readonly threshold: number; readonly lay: Lay }
  | { readonly kind: 'cannot-tell'; readonly reason: Exclude<CannotTell, 'too-altered'> }
  | {
      readonly kind: 'cannot-tell';
      readonly reason: 'too-altered';
      readonly lay: Lay;
      /** The residual, one value a carrier: what `together.ts` adds up with others'. */
      readonly rest: Float32Array;
    };

/** How the suspect lies over the original. */
export type Lay = {
  /** From the frame's samples to the suspect's. */
  readonly map: Homography;
  readonly mirrored: boolean;
  /** Share of the original that the suspect shows, 0..1. */
  readonly shown: number;
  /** −1..1: how alike the two are there. */
  readonly agreement: number;
};

/** What an original needs once for any number of suspects. */
export type Traced = { readonly frame: Frame; readonly features: Features; readonly order: Uint32Array };

/** Keypoints that are looked for in the original and in a suspect, and the long side they are looked for at. */
export const KEYPOINTS = { side: 1024, most: 1024 } as const;

/**
 * "No match" is said only where the score to be expected of a marked copy is this many thresholds. Strong compression
 * keeps an original better than its mark: the expected score was up to 15 times the real one (bench/, JPEG 30).
 */
const SURELY_SEEN = 20;

/** Keypoints that an original must have: with fewer, no copy could be laid over it again. */
export const FEWEST_KEYPOINTS = 12;

/** The features of an original's frame. */
export function traceFeatures(frame: Frame): Features {
  return featuresOf(frame.luma, { ...KEYPOINTS, mirrored: false });
}

/**
 * Traces one suspect.
 * @param looks how many times in all the candidates are looked at for this question, this one included: `looksFor`
 * @throws {RangeError} where there is no candidate
 */
export function traceSuspect<Recipient>(
  { frame, features, order }: Traced,
  suspect: Pixels,
  candidates: readonly Candidate<Recipient>[],
  looks = 1,
): Trace<Recipient> {
  if (candidates.length === 0) throw new RangeError('trace: expected at least one copy in the registry');
  const luma = lumaPlane(suspect);
  const found = register(features, frame.luma, featuresOf(luma, { ...KEYPOINTS, mirrored: true }), luma);
  if (found.kind === 'none') return { kind: 'cannot-tell', reason: found.reason };
  const residual = residualOf(frame, luma, found.map);
  const lay: Lay = {
    map: found.map,
    mirrored: found.mirrored,
    shown: residual.covered,
    agreement: found.agreement,
  };
  const trials = candidates.length * Math.max(1, looks);
  const threshold = thresholdFor(trials);
  const row = countedRow(residual.values, order);
  const copies = namedBy(row, candidates, threshold);
  if (copies.length > 0) return { kind: 'match', copies, trials, threshold, row, lay };
  const weakest = candidates.reduce(
    (least, { strength }) => Math.min(least, strength),
    Number.POSITIVE_INFINITY,
  );
  return expectedScore(residual, weakest) >= SURELY_SEEN * threshold
    ? { kind: 'no-match', trials, threshold, lay }
    : { kind: 'cannot-tell', reason: 'too-altered', lay, rest: residual.values };
}

/** The candidates that score at the threshold or above, the highest first. Nobody else is ever told of. */
export function namedBy<Recipient>(
  row: CountedRow,
  candidates: readonly Candidate<Recipient>[],
  threshold: number,
): readonly Named<Recipient>[] {
  const score = scorerOf(row);
  return candidates
    .map(({ recipient, key }) => ({ recipient, score: score(key) }))
    .filter(({ score }) => score >= threshold)
    .sort((a, b) => b.score - a.score);
}
