/**
 * Reconciliation: the loop in which a platform learns what became of its items.
 *
 * At least once: an outcome is handed over until `onOutcome` has resolved; then, and only then, the cursor moves and
 * `onPosition` is told. A platform keeps the cursor and starts from it again; what it does on an outcome must bear
 * being done twice (setting a state does, sending a mail does not).
 * A node that is away delays the loop and never ends it: held pictures stay held meanwhile.
 * @module
 */

import type { Outcome, ReclaimClient } from './client.ts';
import { ReclaimError } from './reclaim-error.ts';
import { pause, retryDelayMs } from './retry-delay.ts';

/** How to follow. */
export type FollowOptions = {
  /** The cursor to go on from; 0 from the start. */
  readonly after: number;
  /**
   * Acts on one outcome: `withhold` takes the item down, `publish` shows it, `hold` takes it down until a decision
   * (also when one was undone), `unchanged` asks for nothing. A rejection ends the loop.
   */
  readonly onOutcome: (outcome: Outcome) => void | Promise<void>;
  /** Told of the cursor after each outcome and page; what a platform stores. */
  readonly onPosition?: (position: number) => void | Promise<void>;
  /** Told of a call that failed; the loop goes on. */
  readonly onProblem?: (error: ReclaimError) => void;
  /** Ends the loop. */
  readonly signal: AbortSignal;
  /** Between two looks that found nothing new, ms; 5,000 unless said otherwise. */
  readonly intervalMs?: number;
  /** 0..1 (exclusive), for jitter; `Math.random` unless said otherwise. */
  readonly random?: () => number;
};

/** How many outcomes are asked for at once. */
const PAGE = 100;

/**
 * Follows outcomes until `signal` aborts, then resolves with the cursor.
 * @throws whatever `onOutcome` or `onPosition` threw (as a rejection); the cursor stands before that outcome
 */
export async function followOutcomes(
  client: Pick<ReclaimClient, 'outcomes'>,
  options: FollowOptions,
): Promise<number> {
  const { signal, intervalMs = 5_000, random = Math.random } = options;
  let position = options.after;
  let failures = 0;
  while (!signal.aborted) {
    let page: Awaited<ReturnType<typeof client.outcomes>>;
    try {
      page = await client.outcomes(position, { limit: PAGE, signal });
      failures = 0;
    } catch (error) {
      if (signal.aborted) break;
      if (!(error instanceof ReclaimError)) throw error;
      failures += 1;
      options.onProblem?.(error);
      await pause(Math.max(intervalMs, retryDelayMs(failures, error.retryAfterSeconds, random())), signal);
      continue;
    }
    for (const outcome of page.outcomes) {
      if (signal.aborted) return position;
      await options.onOutcome(outcome);
      position = outcome.position;
      await options.onPosition?.(position);
    }
    if (page.position > position) {
      position = page.position;
      await options.onPosition?.(position);
    }
    if (page.outcomes.length < PAGE) await pause(intervalMs, signal);
  }
  return position;
}
