/**
 * Grants: who may open which items, and until when. Plain data in the case; nothing here seals anything, it says what
 * must be sealed anew.
 *
 * A grant's life:
 *
 *     given ──its end comes──▶ expired
 *     given ──revoke──▶ revoked
 *     given ──extend──▶ given        (the end is later; an ended grant is not woken up, a new one is given)
 *
 * An item is sealed to a list of recipients, and keeps that list. `resealPlan` compares it with whom the grants name
 * now: every difference, somebody more or somebody gone, is an item to be sealed anew (`reseal.ts`). So an expired grant
 * and a revoked one end in the same work, and work that was broken off is found again the next time.
 *
 * What an ended grant cannot take back is what was opened before; the interface says so before a grant is given.
 * @module
 */

import { type AgeRecipient, parseAgeRecipient, type Recipient } from './age-key.ts';

/** Grants in a case, at most, and the longest that one lasts without being extended. */
export const MAX_GRANTS = 64;
/** Days that one grant lasts at most; it can be extended. */
export const MAX_GRANT_DAYS = 365;

const DAY_MS = 86_400_000;

/** One helper's way to some items. `from` and `until` in milliseconds; `until` is the first moment without it. */
export type Grant = {
  /** 1 to 40 of `a-z 0-9 -`, random. */
  readonly id: string;
  /** What the person calls the helper. */
  readonly helper: string;
  readonly recipient: AgeRecipient;
  /** The items' ids, in the order they were chosen. */
  readonly items: readonly string[];
  /** What of them: the copy with the picture covered, or also the original. */
  readonly reach: 'shielded' | 'original';
  readonly from: number;
  readonly until: number;
  readonly revokedAt?: number;
};

/** How a grant stands. */
export type GrantState = 'given' | 'expired' | 'revoked';

/** An item as the plan sees it: its id and whom its two sealed files are sealed to beside the case itself. */
export type SealedItem = {
  readonly id: string;
  readonly shieldedTo: readonly AgeRecipient[];
  readonly originalTo: readonly AgeRecipient[];
};

/** What must be sealed anew: which file of which item, to whom, beside the case itself. */
export type Resealing = {
  readonly item: string;
  readonly part: 'shielded' | 'original';
  readonly to: readonly AgeRecipient[];
};

/** Why a grant is not given or changed. */
export type GrantRefusal = 'no-items' | 'too-many' | 'too-long' | 'in-the-past' | 'ended';

/** A grant, or why there is none. */
export type GrantOutcome =
  | { readonly ok: true; readonly grant: Grant }
  | { readonly ok: false; readonly reason: GrantRefusal };

/** How a grant stands at `now`. */
export function grantState(grant: Grant, now: number): GrantState {
  if (grant.revokedAt !== undefined) return 'revoked';
  return now >= grant.until ? 'expired' : 'given';
}

/** A new grant beside those that there are. `recipient` is checked. */
export function giveGrant(
  grants: readonly Grant[],
  draft: Omit<Grant, 'revokedAt' | 'from'>,
  now: number,
): GrantOutcome {
  if (draft.items.length === 0) return { ok: false, reason: 'no-items' };
  if (grants.length >= MAX_GRANTS) return { ok: false, reason: 'too-many' };
  const refusal = whyNotUntil(draft.until, now);
  if (refusal !== undefined) return { ok: false, reason: refusal };
  const recipient = parseAgeRecipient(draft.recipient);
  return { ok: true, grant: { ...draft, recipient, items: [...new Set(draft.items)], from: now } };
}

/** The grant with a later end. */
export function extendGrant(grant: Grant, until: number, now: number): GrantOutcome {
  if (grantState(grant, now) !== 'given') return { ok: false, reason: 'ended' };
  const refusal = whyNotUntil(until, now);
  return refusal === undefined ? { ok: true, grant: { ...grant, until } } : { ok: false, reason: refusal };
}

/** The grant ended now; one that had ended stays as it ended. */
export function revokeGrant(grant: Grant, now: number): Grant {
  return grantState(grant, now) === 'given' ? { ...grant, revokedAt: now } : grant;
}

/** Whom one file of an item is sealed to now, beside the case itself; in a fixed order, nobody twice. */
export function recipientsOf(
  item: string,
  part: Grant['reach'],
  grants: readonly Grant[],
  now: number,
): readonly AgeRecipient[] {
  const wanted = grants.filter(
    (grant) =>
      grantState(grant, now) === 'given' &&
      grant.items.includes(item) &&
      (part === 'shielded' || grant.reach === 'original'),
  );
  return [...new Set(wanted.map(({ recipient }) => recipient))].sort();
}

/** What must be sealed anew so that the items are open to those whom the grants name at `now`, and to nobody else. */
export function resealPlan(
  items: readonly SealedItem[],
  grants: readonly Grant[],
  now: number,
): readonly Resealing[] {
  return items.flatMap(({ id, shieldedTo, originalTo }) =>
    (['shielded', 'original'] as const).flatMap((part) => {
      const to = recipientsOf(id, part, grants, now);
      const has = [...(part === 'shielded' ? shieldedTo : originalTo)].sort();
      return has.length === to.length && has.every((each, at) => each === to[at])
        ? []
        : [{ item: id, part, to }];
    }),
  );
}

/** The grants with a helper's new key in place of the old: what is sealed to the old one shows up in the plan. */
export function changeRecipient(
  grants: readonly Grant[],
  from: AgeRecipient,
  to: AgeRecipient,
): readonly Grant[] {
  const checked = parseAgeRecipient(to);
  return grants.map((grant) =>
    grant.recipient === from && grant.revokedAt === undefined ? { ...grant, recipient: checked } : grant,
  );
}

/** Whom a file is sealed to, the case first. */
export function withCase(own: Recipient, others: readonly AgeRecipient[]): readonly Recipient[] {
  return [own, ...others.filter((each) => String(each) !== String(own))];
}

function whyNotUntil(until: number, now: number): GrantRefusal | undefined {
  if (!Number.isSafeInteger(until) || until <= now) return 'in-the-past';
  return until > now + MAX_GRANT_DAYS * DAY_MS ? 'too-long' : undefined;
}
