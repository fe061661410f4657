/**
 * Reading who a notifier is: only by a member of the staff, only with a reason, and in the chain before it is answered.
 * @module
 */

import type { NoticeId, StaffId } from '@reclaim/casework/id';
import type { Notifier } from '@reclaim/casework/wire-notice';
import { appendEvents, lockChain } from './event-log.ts';
import { openNotifier } from './notice-rows.ts';
import type { Store } from './store.ts';

/** Who gave a notice, written down with the reason first; `undefined` where there is no such notice, or it was erased. */
export async function unsealNotifier(
  store: Store,
  by: StaffId,
  noticeId: NoticeId,
  reason: string,
  mayReadMinors: boolean,
): Promise<Notifier | undefined> {
  return store.transaction(async (trx) => {
    await lockChain(trx);
    const row = await trx.selectFrom('notice').selectAll().where('id', '=', noticeId).executeTakeFirst();
    if (row === undefined || (row.terms.lane === 'child' && !mayReadMinors)) return undefined;
    const notifier = await openNotifier(store, trx, noticeId);
    if (notifier === undefined) return undefined;
    const data = { noticeId, jobId: row.job_id, by };
    await appendEvents(trx, store.now(), by, [
      { type: 'notifier-unsealed', subject: row.job_id, data, values: { reason } },
    ]);
    return notifier;
  });
}
