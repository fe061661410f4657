/**
 * How long to wait before asking again: what the node said, or doubling steps, with jitter so that a thousand
 * platforms that were sent away together do not come back together ("full jitter" in its half-open form: at least
 * half of the step, so that a pause is never none). Milliseconds throughout.
 * @module
 */

import type { ReclaimErrorCode } from './reclaim-error.ts';

/** The first step, ms. */
const FIRST_MS = 200;

/** The longest step without a word of the node, ms. */
const LONGEST_MS = 60_000;

/** How much later than the node's own `Retry-After` to come, at most, ms. */
const SPREAD_MS = 250;

const PASSING: ReadonlySet<ReclaimErrorCode> = new Set([
  'network',
  'too-many-in-flight',
  'too-many-requests',
  'too-busy',
  'unavailable',
]);

/** Whether the same call may succeed a moment later. A timeout is not among them: the caller's time is used up. */
export function isPassing(code: ReclaimErrorCode): boolean {
  return PASSING.has(code);
}

/**
 * Milliseconds to wait after the `attempt`th failure in a row (from 1). `random` is 0..1 (exclusive), drawn by the
 * caller. Never shorter than `retryAfterSeconds`.
 */
export function retryDelayMs(attempt: number, retryAfterSeconds: number | undefined, random: number): number {
  if (retryAfterSeconds !== undefined) return retryAfterSeconds * 1000 + Math.round(random * SPREAD_MS);
  const step = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 16));
  return Math.round(step * (0.5 + random / 2));
}

/** Resolves after `ms`, or as soon as `signal` aborts: the caller looks at the signal. Leaves no timer behind. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
