/**
 * What the one concerned says against a suspension: an objection, or that what was counted under their address was another's.
 *
 * An address is what somebody typed. So an objection needs the code of a notice that was counted; and whoever says that it was not
 * theirs is heard at once (`casework/misuse`), which is written down for a lead to read.
 * @module
 */

import type { NoticeId } from '@reclaim/casework/id';
import { decideMisuse, type Misuse } from '@reclaim/casework/misuse';
import { type Refusal, refuse } from '@reclaim/casework/refusal';
import type { Transaction } from 'kysely';
import { type Actor, lockChain } from './event-log.ts';
import { carryOut, loadState, rowFor } from './misuse-rows.ts';
import { accountTag, isSuspended, notifierTag, restsOn } from './misuse-standing.ts';
import { codeTag, noticeByCode, openNotifier } from './notice-rows.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

type Refused = { readonly ok: false; readonly reason: Refusal };

/** An objection for an account, passed on by its platform. */
export function objectForAccount(
  store: Store,
  by: Actor,
  account: string,
  misuse: Misuse,
  words: string,
): Promise<{ readonly ok: true } | Refused> {
  return store.transaction(async (trx) => {
    await lockChain(trx);
    return objectIn(store, trx, by, accountTag(store, account), misuse, words);
  });
}

/** An objection by who gave notice, with the code of a notice that was counted. */
export function objectByCode(
  store: Store,
  codeSha256: string,
  misuse: Misuse,
  words: string,
): Promise<{ readonly ok: true } | Refused> {
  return store.transaction(async (trx) => {
    await lockChain(trx);
    const notice = await noticeByCode(trx, codeTag(store, codeSha256));
    const notifier = notice === undefined ? undefined : await openNotifier(store, trx, notice.id);
    if (notice === undefined || notifier === undefined) return refuse('not-found') as Refused;
    return objectIn(store, trx, 'notifier', notifierTag(store, notifier), misuse, words, notice.id);
  });
}

async function objectIn(
  store: Store,
  trx: Transaction<Tables>,
  by: Actor,
  tag: Buffer | undefined,
  misuse: Misuse,
  words: string,
  noticeId?: NoticeId,
): Promise<{ readonly ok: true } | Refused> {
  const row = tag === undefined ? undefined : await rowFor(trx, misuse, tag);
  if (row === undefined) return { ok: false, reason: 'wrong-state' };
  // Whoever types somebody's address into a notice of their own must not use up the one objection.
  if (noticeId !== undefined && !(await restsOn(trx, row.id, noticeId)))
    return { ok: false, reason: 'wrong-state' };
  const state = await loadState(trx, row);
  const common = { misuseId: row.id, misuse, now: store.now() };
  const decided = decideMisuse(state, { ...common, kind: 'object', words });
  if (!decided.ok) return decided;
  await carryOut(store, trx, by, row, state, decided.events);
  return { ok: true };
}

/**
 * Whether what a notifier sends is turned away: their address is suspended, what they send is none that is always heard, and they do
 * not say that what was counted was another's. Where they say so it is written down, once against one suspension.
 */
export async function turnsAwayNotifier(
  store: Store,
  trx: Transaction<Tables>,
  misuse: 'unfounded-notices' | 'unfounded-complaints',
  tag: Buffer | undefined,
  { alwaysHeard, disowned }: { readonly alwaysHeard: boolean; readonly disowned: boolean },
): Promise<boolean> {
  if (!(await isSuspended(store, trx, misuse, tag, alwaysHeard)) || tag === undefined) return false;
  if (!disowned) return true;
  const row = await rowFor(trx, misuse, tag);
  if (row === undefined) return false;
  const state = await loadState(trx, row);
  const decided = decideMisuse(state, { kind: 'disown', misuseId: row.id, misuse, now: store.now() });
  if (decided.ok) await carryOut(store, trx, 'notifier', row, state, decided.events);
  return false;
}
