/**
 * The helpline's part of a recovery: kept sealed to helpers, fetched by one of them with the three words that somebody said
 * to them, gone with its recovery.
 *
 * Every fetching is in the event log before the answer, one that found nothing too: the helper, the cause and whether there
 * was a part. Which part it was is not there, since nothing in the log leads to a case. The case sees how often its own
 * part was fetched and on which day. One helper fetches `PART_FETCHES_A_DAY`; beyond it nothing is looked for, and the log
 * has once a day that somebody came to that end.
 * @module
 */

import { createHash } from 'node:crypto';
import type { StaffId } from '@reclaim/casework/id';
import { coarseDay, parseUtcMs } from '@reclaim/casework/instant';
import { PART_FETCHES_A_DAY } from '@reclaim/casework/recovery';
import type { NewLinePart, PartCause, WatchedRecovery } from '@reclaim/casework/wire-recovery';
import { sql, type Transaction } from 'kysely';
import { noteErasure } from './erasure.ts';
import { appendEvents, lockChain } from './event-log.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

const tagOf = (store: Store, use: string, text: string) =>
  store.key.tag(Buffer.from(`recovery-${use}:${text}`));
const contextOf = (cancel: Buffer) => `recovery-part:${cancel.toString('hex')}`;

/** The name of a recovery to who may stop it. */
export function cancelTag(store: Store, cancel: string): Buffer {
  return tagOf(store, 'cancel', createHash('sha256').update(cancel).digest('hex'));
}

/** Keeps the part of a recovery, in place of the one before. `already-exists`: another recovery is called so. */
export async function keepLinePart(
  store: Store,
  { cancel, calls: [own, friend], sealed }: NewLinePart,
): Promise<'kept' | 'not-found' | 'already-exists'> {
  const tag = cancelTag(store, cancel);
  const tags = [tagOf(store, 'call', own), tagOf(store, 'call', friend)] as const;
  return store.transaction(async (trx) => {
    const recovery = await trx
      .selectFrom('recovery')
      .select('cancel_tag')
      .where('cancel_tag', '=', tag)
      .forUpdate()
      .executeTakeFirst();
    if (recovery === undefined) return 'not-found';
    // Before the old part goes: what is refused must leave it.
    const taken = await trx
      .selectFrom('recovery_part')
      .select('cancel_tag')
      .where('cancel_tag', '!=', tag)
      .where((is) => is.or([is('own_tag', 'in', tags), is('friend_tag', 'in', tags)]))
      .executeTakeFirst();
    if (taken !== undefined || own === friend) return 'already-exists';
    const before = await trx.deleteFrom('recovery_part').where('cancel_tag', '=', tag).executeTakeFirst();
    if (before.numDeletedRows > 0n) await noteErasure(store, trx);
    await trx
      .insertInto('recovery_part')
      .values({
        cancel_tag: tag,
        own_tag: tags[0],
        friend_tag: tags[1],
        sealed: store.key.seal(Buffer.from(sealed), contextOf(tag)),
        fetched: 0,
        day: null,
      })
      .execute();
    return 'kept';
  });
}

/** What a helper gets who fetches a part. `used-up`: as many as there are in a day were fetched. */
export type FetchedPart =
  | { readonly ok: true; readonly sealed: string }
  | { readonly ok: false; readonly reason: 'not-found' | 'used-up' };

const FETCHED = 'recovery-part-fetched';
const USED_UP = 'recovery-parts-used-up';

/** What the log has of a helper's fetching today, by type. The chain's lock is held: nobody adds to it meanwhile. */
async function fetchingsToday(store: Store, trx: Transaction<Tables>, helper: StaffId) {
  const rows = await trx
    .selectFrom('event')
    .select(['type', (of) => of.fn.countAll<string>().as('count')])
    // As the index says it, so that it serves.
    .where(sql<boolean>`type in ('recovery-part-fetched', 'recovery-parts-used-up')`)
    .where('actor', '=', helper)
    .where('at', '>=', coarseDay(store.now()))
    .groupBy('type')
    .execute();
  return (type: string) => Number(rows.find((row) => row.type === type)?.count ?? 0);
}

/** The sealed part that three words call for, to a helper; written down whether there is one or not. */
export async function fetchLinePart(
  store: Store,
  helper: StaffId,
  call: string,
  cause: PartCause,
): Promise<FetchedPart> {
  const tag = tagOf(store, 'call', call);
  return store.transaction(async (trx) => {
    await lockChain(trx);
    const now = store.now();
    const today = await fetchingsToday(store, trx, helper);
    if (today(FETCHED) >= PART_FETCHES_A_DAY) {
      // Once: asking on must not fill the log.
      if (today(USED_UP) === 0) {
        const data = { staffId: helper, cause };
        await appendEvents(trx, now, helper, [{ type: USED_UP, subject: helper, data }]);
      }
      return { ok: false, reason: 'used-up' };
    }
    const row = await trx
      .selectFrom('recovery_part')
      .selectAll()
      .where((is) => is.or([is('own_tag', '=', tag), is('friend_tag', '=', tag)]))
      .forUpdate()
      .executeTakeFirst();
    const data = { staffId: helper, cause, found: row !== undefined };
    await appendEvents(trx, now, helper, [{ type: FETCHED, subject: helper, data }]);
    if (row === undefined) return { ok: false, reason: 'not-found' };
    await trx
      .updateTable('recovery_part')
      .set({ fetched: row.fetched + 1, day: coarseDay(now) })
      .where('cancel_tag', '=', row.cancel_tag)
      .execute();
    return { ok: true, sealed: store.key.unseal(row.sealed, contextOf(row.cancel_tag)).toString() };
  });
}

/** What the case sees of its part, or `undefined` where none is kept. */
export async function watchLinePart(store: Store, cancel: string): Promise<WatchedRecovery['part']> {
  const row = await store.db
    .selectFrom('recovery_part')
    .select(['fetched', 'day'])
    .where('cancel_tag', '=', cancelTag(store, cancel))
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return { fetched: row.fetched, ...(row.day === null ? {} : { day: parseUtcMs(row.day) }) };
}
