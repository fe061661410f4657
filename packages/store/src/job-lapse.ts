/**
 * Jobs whose ground is gone: every signal that their item matched was withdrawn or expired, nobody reported the item,
 * and nobody ever ruled on it. They lapse (`casework/job`), a held item is published again, and what the job knew of
 * the item is erased, but for the outcome that tells the platform. `job-closing.ts` ends that outcome.
 *
 * A job that was ruled on once and undone waits for a person: somebody asked for another look with a reason.
 * @module
 */

import type { SignalId } from '@reclaim/casework/id';
import { decideJob } from '@reclaim/casework/job';
import { sql, type Transaction } from 'kysely';
import { appendEvents, draftOf, eraseValues } from './event-log.ts';
import { jobOf } from './job-rows.ts';
import { addOutcome } from './outcomes.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** Jobs that one transaction lets lapse. */
export const LAPSE_BATCH = 100;

/**
 * Lets up to 100 jobs lapse, those that `signalId` was matched by or any, inside the caller's transaction, which holds
 * the chain and notes the erasure. A claim that stands is let finish.
 * @returns how many lapsed
 */
export async function lapseJobsIn(
  store: Store,
  trx: Transaction<Tables>,
  signalId?: SignalId,
): Promise<number> {
  const now = store.now();
  let query = trx
    .selectFrom('job')
    .selectAll()
    .where('state', 'in', ['incomplete', 'queued', 'claimed'])
    .where('reported', '=', false)
    .where(sql<boolean>`(claimed_until is null or claimed_until <= ${now})`)
    .where(sql<boolean>`exists (select 1 from job_match m where m.job_id = job.id)`)
    .where(sql<boolean>`not exists (
      select 1 from job_match m join signal s on s.id = m.signal_id
      where m.job_id = job.id and s.state not in ('withdrawn', 'expired'))`)
    // A ruling leaves an outcome of another kind, undone or not; the hold of what was found later is told at its opening.
    .where(sql<boolean>`not exists (select 1 from outcome o where o.job_id = job.id and o.effect <> 'hold')`);
  if (signalId !== undefined) {
    query = query.where('id', 'in', (each) =>
      each.selectFrom('job_match').select('job_id').where('signal_id', '=', signalId),
    );
  }
  let lapsed = 0;
  for (const row of await query.limit(LAPSE_BATCH).forUpdate().execute()) {
    const decided = decideJob(jobOf(row), { kind: 'lapse', jobId: row.id, now });
    if (!decided.ok) continue;
    const drafts = decided.events.map((event) => draftOf(row.id, event));
    const [position] = await appendEvents(trx, now, 'system', drafts);
    if (row.interim === 'held') await addOutcome(trx, row, position!, 'publish');
    await trx
      .updateTable('job')
      .set({
        state: 'closed',
        actor: null,
        claimed_until: null,
        item_id: null,
        preview_url: null,
        content_tag: null,
        account_tag: null,
      })
      .where('id', '=', row.id)
      .execute();
    await eraseValues(trx, row.id);
    lapsed++;
  }
  return lapsed;
}
