/**
 * Legal holds: what must be kept of a job although it closes.
 *
 * A job in which a minor may be shown is held for one year: 18 U.S.C. 2258A(h)(1) obliges a provider to preserve the
 * contents of a report for that long. The hold begins with the decision, so that nothing is lost before the report; a
 * report that is written down (`minor-reports.ts`) makes it run a year from the report. Once it is over the job closes by
 * itself and is erased, unless somebody complains of it just then.
 * Held are the item's id, its content tag, and what was written about it; the preview address is not, since nobody may
 * look again. No route answers a hold or what it keeps to an export.
 * @module
 */

import { isBlackout, type Ruling } from '@reclaim/casework/decision';
import type { JobId } from '@reclaim/casework/id';
import { decideJob } from '@reclaim/casework/job';
import type { Transaction } from 'kysely';
import { noteErasure } from './erasure.ts';
import { appendEvents, draftOf, eraseValues, lockChain } from './event-log.ts';
import { jobOf } from './job-rows.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** One year, milliseconds: 18 U.S.C. 2258A(h)(1). A leap day more harms nobody. */
export const HOLD_MS = 366 * 24 * 60 * 60_000;

/** The legal basis of the only kind of hold there is. */
export const HOLD_BASIS = '18 U.S.C. 2258A(h)';

/** Makes the hold that a ruling asks for, in the transaction of the ruling. */
export async function holdFor(
  store: Store,
  trx: Transaction<Tables>,
  jobId: JobId,
  ruling: Ruling,
): Promise<void> {
  if (!isBlackout(ruling)) return;
  const now = store.now();
  await trx
    .insertInto('legal_hold')
    .values({ job_id: jobId, basis: HOLD_BASIS, made_at: now, until: now + HOLD_MS })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Ends the hold of a ruling that was taken back. */
export async function unhold(trx: Transaction<Tables>, jobId: JobId): Promise<void> {
  await trx.deleteFrom('legal_hold').where('job_id', '=', jobId).execute();
}

/** Whether something of this job must be kept. */
export async function isHeld(trx: Transaction<Tables>, jobId: JobId): Promise<boolean> {
  const row = await trx
    .selectFrom('legal_hold')
    .select('job_id')
    .where('job_id', '=', jobId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Erases what the job knew of its item, what its notices and complaints say, and who gave notice: what closing does at once, and the end of a hold does later. */
export async function eraseJob(store: Store, trx: Transaction<Tables>, jobId: JobId): Promise<void> {
  await trx
    .updateTable('job')
    .set({ item_id: null, preview_url: null, content_tag: null, account_tag: null })
    .where('id', '=', jobId)
    .execute();
  await trx.deleteFrom('outcome').where('job_id', '=', jobId).execute();
  await trx.deleteFrom('job_location').where('job_id', '=', jobId).execute();
  await trx
    .deleteFrom('unsealing')
    .where('notice_id', 'in', (each) => each.selectFrom('notice').select('id').where('job_id', '=', jobId))
    .execute();
  await trx
    .deleteFrom('notifier')
    .where('notice_id', 'in', (each) => each.selectFrom('notice').select('id').where('job_id', '=', jobId))
    .execute();
  await trx.updateTable('notice').set({ sealed: null }).where('job_id', '=', jobId).execute();
  await trx
    .updateTable('complaint')
    .set({ sealed: null, answer: null })
    .where('job_id', '=', jobId)
    .execute();
  await eraseValues(trx, jobId);
  await noteErasure(store, trx);
}

/** Closes and erases jobs whose hold is over. Their hold goes with it. */
export async function endDueHolds(store: Store): Promise<void> {
  await store.transaction(async (trx) => {
    await lockChain(trx);
    const due = await trx
      .selectFrom('legal_hold')
      .innerJoin('job', 'job.id', 'legal_hold.job_id')
      .selectAll('job')
      .where('until', '<=', store.now())
      .where('job.state', 'in', ['closed', 'decided'])
      .execute();
    for (const row of due) {
      if (row.state === 'decided') {
        const closed = decideJob(jobOf(row), { kind: 'close', jobId: row.id });
        if (!closed.ok) continue;
        const drafts = closed.events.map((event) => draftOf(row.id, event));
        await appendEvents(trx, store.now(), 'system', drafts);
        await trx.updateTable('job').set({ state: 'closed' }).where('id', '=', row.id).execute();
      }
      await unhold(trx, row.id);
      await eraseJob(store, trx, row.id);
    }
  });
}
