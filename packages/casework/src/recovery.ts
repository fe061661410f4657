/**
 * Recovery of a case by two of three shares, as the node sees it: an envelope that it cannot read, and the seven days.
 *
 *     quiet ──ask──▶ waiting            (whoever holds the recovery key; the case shows it from now on)
 *     waiting ──seven days──▶ open      (asking again gives the envelope)
 *     waiting, open ──cancel──▶ quiet   (whoever opens the case; no reason is asked for)
 *     open ──thirty days──▶ quiet       (nobody fetched it any more)
 *
 * Asking while it waits changes nothing: the seven days are counted from the first time, and neither shortened nor begun
 * anew by asking often. A cancelled request can be made again, and waits seven days again; the case counts how often.
 *
 * Why seven days and not one: whoever has lost a code and is not safe at home may not see their case every day. Why a
 * delay at all: two people who each hold a share, a partner and a flatmate, could otherwise open the case in silence.
 * @module
 */

import { DAY_MS, parseUtcMs, type UtcMs } from './instant.ts';

/** From the asking to the giving out. */
export const RECOVERY_DELAY_MS = 7 * DAY_MS;

/** How long the envelope is given out after that. */
export const RECOVERY_OPEN_MS = 30 * DAY_MS;

/** Helpers to whom the helpline's part of one recovery is sealed, at most. */
export const MAX_PART_HELPERS = 12;

/**
 * Parts that one helper fetches on one day (UTC), found or not, at most: more than a day of calls brings, and few for whoever
 * tries words or empties the list with a helper's session. Not tuned on any measurement.
 */
export const PART_FETCHES_A_DAY = 20;

/** Where a recovery stands. `dueAt`: from when the envelope is given out. */
export type RecoveryStanding =
  | { readonly kind: 'quiet' }
  | { readonly kind: 'waiting'; readonly dueAt: UtcMs }
  | { readonly kind: 'open'; readonly dueAt: UtcMs };

/** How it stands at `now`, asked for at `askedAt` (`undefined`: nobody asks). */
export function recoveryStanding(askedAt: UtcMs | undefined, now: UtcMs): RecoveryStanding {
  if (askedAt === undefined) return { kind: 'quiet' };
  const dueAt = parseUtcMs(askedAt + RECOVERY_DELAY_MS);
  if (now < dueAt) return { kind: 'waiting', dueAt };
  return now < dueAt + RECOVERY_OPEN_MS ? { kind: 'open', dueAt } : { kind: 'quiet' };
}

/** When it was asked for, after somebody asks at `now`: an asking that stands is kept as it is. */
export function askRecovery(askedAt: UtcMs | undefined, now: UtcMs): UtcMs {
  return askedAt === undefined || recoveryStanding(askedAt, now).kind === 'quiet' ? now : askedAt;
}
