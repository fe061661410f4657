/**
 * The helpline's part of a recovery: kept sealed to helpers, fetched by one of them with the three words that somebody said
 * to them, gone with its recovery.
 *
 * Every fetching is in the event log before the answer, one that found nothing too: the helper, the cause and whether there
 * was a part. Which part it was is not there, since nothing in the log leads to a case. The case sees how often its own
 * part was fetched and on which day.
 * @module
 */

import { createHash } from 'node:crypto';
import type { StaffId } from '@reclaim/casework/id';
import { DAY_MS, parseUtcMs } from '@reclaim/casework/instant';
import type { NewLinePart, PartCause, WatchedRecovery } from '@reclaim/casework/wire-recovery';
import { appendEvents, lockChain } from './event-log.ts';
import { noteErasure } from './signals.ts';
import type { Store } from './store.ts';

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
    const before = await trx.deleteFrom('recovery_part').where('cancel_tag', '=', tag).executeTakeFirst();
    if (before.numDeletedRows > 0n) await noteErasure(store, trx);
    const taken = await trx
      .selectFrom('recovery_part')
      .select('cancel_tag')
      .where((is) => is.or([is('own_tag', 'in', tags), is('friend_tag', 'in', tags)]))
      .executeTakeFirst();
    if (taken !== undefined || own === friend) return 'already-exists';
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

/** The sealed part that three words call for, to a helper; written down whether there is one or not. */
export async function fetchLinePart(
  store: Store,
  helper: StaffId,
  call: string,
  cause: PartCause,
): Promise<string | undefined> {
  const tag = tagOf(store, 'call', call);
  return store.transaction(async (trx) => {
    await lockChain(trx);
    const row = await trx
      .selectFrom('recovery_part')
      .selectAll()
      .where((is) => is.or([is('own_tag', '=', tag), is('friend_tag', '=', tag)]))
      .forUpdate()
      .executeTakeFirst();
    const data = { staffId: helper, cause, found: row !== undefined };
    await appendEvents(trx, store.now(), helper, [{ type: 'recovery-part-fetched', subject: helper, data }]);
    if (row === undefined) return undefined;
    await trx
      .updateTable('recovery_part')
      .set({ fetched: row.fetched + 1, day: Math.floor(store.now() / DAY_MS) * DAY_MS })
      .where('cancel_tag', '=', row.cancel_tag)
      .execute();
    return store.key.unseal(row.sealed, contextOf(row.cancel_tag)).toString();
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
