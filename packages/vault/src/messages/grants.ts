/**
 * Grants: what is open to a helper, and until when. A grant is a share of a thread (`case-thread.ts`): the case keeps which
 * things it is of, the node keeps them sealed to that one helper and to nobody else of their kind.
 *
 * A grant's life:
 *
 *     given ──its day comes──▶ over        (the node deletes what was sealed; the case lets go of the line)
 *     given ──closed──▶ gone               (the same, now)
 *     given ──the helper has a new key──▶ given, its texts sealed anew; files are closed and opened again by the person
 *
 * Every grant is its own sealing, under its own file key, so ending one touches no other, and there is no copy left that
 * somebody who was taken out could still open (docs/decisions/0011). What an ended grant cannot take back is what was
 * opened before; the interface says so before a grant is given.
 * @module
 */

import type { CaseShare } from '../case-thread.ts';

/** Grants of one thread, at most. */
export const MAX_GRANTS = 20;

/** Days that one grant lasts at most. */
export const MAX_GRANT_DAYS = 365;

const DAY_MS = 86_400_000;

/** Why a grant is not given. */
export type GrantRefusal = 'no-items' | 'too-many' | 'too-long' | 'in-the-past';

/** The grants with the new one, or why there is none. */
export type GrantOutcome =
  | { readonly ok: true; readonly grants: readonly CaseShare[] }
  | { readonly ok: false; readonly reason: GrantRefusal };

/** Whether a grant still stands at `now` (milliseconds). */
export function stands({ until }: Pick<CaseShare, 'until'>, now: number): boolean {
  return now < until;
}

/** A new grant beside those that still stand. Things that are named twice are in it once. */
export function giveGrant(grants: readonly CaseShare[], draft: CaseShare, now: number): GrantOutcome {
  const others = grants.filter((each) => stands(each, now) && each.share !== draft.share);
  const items = [...new Set(draft.items)];
  if (items.length === 0) return { ok: false, reason: 'no-items' };
  if (others.length >= MAX_GRANTS) return { ok: false, reason: 'too-many' };
  if (!Number.isSafeInteger(draft.until) || !stands(draft, now)) return { ok: false, reason: 'in-the-past' };
  if (draft.until > now + MAX_GRANT_DAYS * DAY_MS) return { ok: false, reason: 'too-long' };
  return { ok: true, grants: [...others, { ...draft, items }] };
}

/** The grants without one that was closed. */
export function closeGrant(grants: readonly CaseShare[], share: string): readonly CaseShare[] {
  return grants.filter((each) => each.share !== share);
}
