/**
 * The card's first two steps, worked out of the job alone: what this is, and whether it matches. No pixels are needed.
 *
 * `settled` is said only where the door itself would have blocked (rows 2 and 3 of the policy in `casework/policy`): a
 * person confirmed the signal, and either the bytes are equal or a confirmed signal of another family agrees. Then a
 * look adds nothing but another intrusion. Everything weaker says what is missing.
 * @module
 */

import { isLive } from '@reclaim/casework/banked-signal';
import type { PolicyMatch } from '@reclaim/casework/policy';
import { judgeMatch } from '@reclaim/casework/policy';
import type { WireJob, WireMatch } from '@reclaim/casework/wire';

/** Whether the job can be decided without looking, and what speaks for or against it. */
export type Verdictless =
  | { readonly kind: 'settled'; readonly by: 'equal-bytes' | 'two-families' }
  | { readonly kind: 'open'; readonly because: 'unconfirmed' | 'disputed' | 'one-family' | 'possible-only' }
  | { readonly kind: 'no-match' };

const RANK: Readonly<Record<WireMatch['band'], number>> = { exact: 0, confident: 1, possible: 2 };
const STATE_RANK: Readonly<Record<string, number>> = { confirmed: 0, unconfirmed: 1, disputed: 2 };

/** Matches for reading: the nearest and best founded first. */
export function matchesForReading(job: WireJob): readonly WireMatch[] {
  return job.matches.toSorted(
    (a, b) =>
      RANK[a.band] - RANK[b.band] ||
      (STATE_RANK[a.state] ?? 3) - (STATE_RANK[b.state] ?? 3) ||
      a.signalId.localeCompare(b.signalId),
  );
}

/** Whether the job's matches settle it. */
export function withoutLooking(job: WireJob): Verdictless {
  const live = job.matches.filter(({ state }) => isLive(state));
  if (live.length === 0) return { kind: 'no-match' };
  const agreedFor = (match: WireMatch) =>
    live.some(
      (other) => other.kind !== match.kind && other.state === 'confirmed' && other.band !== 'possible',
    );
  for (const match of live) {
    const asked: PolicyMatch = {
      family: match.kind,
      band: match.band,
      state: match.state,
      judged: false,
      windowed: match.window !== 'full',
    };
    const { row } = judgeMatch(asked, agreedFor(match), false);
    if (row === 2) return { kind: 'settled', by: 'equal-bytes' };
  }
  const confirmed = live.filter(({ state }) => state === 'confirmed');
  if (confirmed.some((match) => match.band !== 'possible' && agreedFor(match))) {
    return { kind: 'settled', by: 'two-families' };
  }
  if (confirmed.some(({ band }) => band !== 'possible')) return { kind: 'open', because: 'one-family' };
  if (confirmed.length > 0) return { kind: 'open', because: 'possible-only' };
  return {
    kind: 'open',
    because: live.some(({ state }) => state === 'disputed') ? 'disputed' : 'unconfirmed',
  };
}

/** Signals that a removal could confirm: matched, live, not yet confirmed. Never the same signal twice. */
export function confirmable(job: WireJob): readonly WireMatch[] {
  const seen = new Set<string>();
  return matchesForReading(job).filter((match) => {
    if (seen.has(match.signalId) || match.state === 'confirmed' || !isLive(match.state)) return false;
    seen.add(match.signalId);
    return true;
  });
}

/** Who has the job, as seen by `me` at `now`. A lapsed claim is nobody's. */
export function holderOf(job: WireJob, me: string, now: number): 'mine' | 'another' | 'nobody' {
  if (job.state !== 'claimed' || (job.claimedUntil ?? 0) <= now) return 'nobody';
  return job.claimedBy === me ? 'mine' : 'another';
}

/** Whether a reviewer can take the job up. */
export function isOpenJob({ state }: Pick<WireJob, 'state'>): boolean {
  return state === 'queued' || state === 'claimed' || state === 'incomplete';
}
