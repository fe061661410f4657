/**
 * Several pictures of one original, added up: where each by itself is too altered to tell, all of them may.
 *
 * The residuals are added before they are counted (each is a log-likelihood, so their sum is), and the sum is scored like
 * one. The bound of `score.ts` holds for it, because it holds for whatever the residual is: no key touches it.
 *
 * Which pictures are added must not depend on the signs of who is accused, or each choice must be counted. Those are
 * added that were laid over the original, were too altered to tell, and named nobody by themselves. For a recipient of none
 * of the pictures the last condition says "nobody else was named", which their own signs have no part in, unless they were
 * named wrongly before; that is counted already, among the looks at single pictures. "Too altered" has a part of them: it
 * is asked for the copy of the least strength, and how strong a copy could be made follows, a little, from its own
 * signs. A picture is too altered for every strength below some one, so there is but one order in which pictures join:
 * m − 1 sums of two pictures or more, whatever the signs are. So with n candidates and m pictures the chance that anybody
 * innocent is named, by one picture or by several together, is at most n·(2m − 1)·exp(−t²/2).
 *
 * A match says: at least one of these pictures derives from that copy. It does not say which.
 * @module
 */

import { countedRow, thresholdFor } from './score.ts';
import { type Candidate, namedBy, type Trace } from './trace.ts';

/** Pictures that are looked at in one question, at most. */
export const MOST_SUSPECTS = 50;

/** Looks at the candidates that a question with so many pictures takes: one each, and one at each sum that may come of them. */
export function looksFor(suspects: number): number {
  return Math.max(1, 2 * suspects - 1);
}

/** A match that several pictures make together; `suspects` are their places in the question. */
export type Together<Recipient> = Omit<Extract<Trace<Recipient>, { kind: 'match' }>, 'lay'> & {
  readonly suspects: readonly number[];
};

/**
 * Adds up what could not be told of single pictures. `undefined` where fewer than two can be added, or where nobody is
 * named by them: then what was said of each stands.
 * @param order the secret order of the original's carriers
 * @param traces what came of each picture, all with the looks of `looksFor(traces.length)`
 */
export function traceTogether<Recipient>(
  order: Uint32Array,
  traces: readonly Trace<Recipient>[],
  candidates: readonly Candidate<Recipient>[],
): Together<Recipient> | undefined {
  const sum = new Float32Array(order.length);
  const suspects: number[] = [];
  for (const [at, trace] of traces.entries()) {
    if (trace.kind !== 'cannot-tell' || trace.reason !== 'too-altered') continue;
    for (let i = 0; i < sum.length; i++) sum[i]! += trace.rest[i]!;
    suspects.push(at);
  }
  if (suspects.length < 2) return undefined;
  const trials = candidates.length * looksFor(traces.length);
  const threshold = thresholdFor(trials);
  const row = countedRow(sum, order);
  const copies = namedBy(row, candidates, threshold);
  return copies.length === 0 ? undefined : { kind: 'match', copies, trials, threshold, row, suspects };
}
