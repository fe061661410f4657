/**
 * The gate before a bank: which signals may be banked at all (reference: review-console section 6, poisoning).
 *
 * A flat or nearly flat picture has a PDQ hash that sits near thousands of others; banked once it would hold every
 * blank frame of a platform. PDQ's own rule refuses quality 49 and less (Meta, "PDQ & TMK + PDQF"). By construction
 * a PDQ hash has 128 ones (bits above the median of 256 distinct values) and fewer only where values tie, which flat
 * pictures do; so a count outside 112..144 is no hash of a photograph.
 * @module
 */

import { MIN_QUALITY } from '@reclaim/fingerprint/pdq';
import { type Signal, signalBytes } from '@reclaim/fingerprint/signal';

/** The bounds of a bankable hash's count of ones, inclusive. */
export const ONES_WINDOW = Object.freeze({ least: 112, most: 144 });

/** Why a signal may not be banked. */
export type NotBankable = 'low-quality' | 'unbalanced';

/** Answers why `signal` may not be banked, or `undefined` when it may. A SHA-256 always may. */
export function whyNotBankable(signal: Signal): NotBankable | undefined {
  if (signal.kind === 'sha256') return undefined;
  if (signal.quality < MIN_QUALITY) return 'low-quality';
  let ones = 0;
  for (const byte of signalBytes(signal.value)) for (let x = byte; x !== 0; x &= x - 1) ones++;
  return ones < ONES_WINDOW.least || ones > ONES_WINDOW.most ? 'unbalanced' : undefined;
}
