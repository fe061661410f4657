/**
 * The end of what was decided: three years after its ruling a job closes, and what it knew of the item is erased, with what
 * its notices and complaints say and who gave them.
 *
 * Three years: the six months of a complaint (Regulation (EU) 2022/2065 Article 20(1)) lie inside, and so do the limitation
 * periods in which somebody may have to show what was done (our choice, reference: retention defaults). What must be kept
 * longer has a legal hold, which closing leaves alone. Statements of reasons outlive the job by a rule of their own.
 *
 * Of a job that lapsed (`job-lapse.ts`) only outcomes are left, for the platform to read; they go after 30 days, for what was
 * withdrawn is not to leave an item's id behind.
 * @module
 */

import { DAY_MS } from '@reclaim/casework/instant';
import { sql } from 'kysely';
import { noteErasure } from './erasure.ts';
import { commandJob } from './jobs.ts';
import type { Store } from './store.ts';

/** How long a ruled job is kept, milliseconds. */
export const JOB_KEPT_MS = 3 * 366 * DAY_MS;

/** How long a platform can read what became of an item whose job lapsed: far beyond the day that a webhook is tried (our choice). */
export const LAPSED_OUTCOMES_KEPT_MS = 30 * DAY_MS;

/** Jobs that one call closes. */
const BATCH = 100;

/** Closes the ruled jobs whose time is over; one with a complaint that waits is left. Answers how many. */
export async function closeDueJobs(store: Store): Promise<number> {
  const due = await store.db
    .selectFrom('job')
    .select('id')
    .where('state', '=', 'decided')
    .where('decided_at', '<', store.now() - JOB_KEPT_MS)
    .limit(BATCH)
    .execute();
  let closed = 0;
  for (const { id } of due) {
    // Refused where something happened to it meanwhile: it is looked at again at the next turn.
    if ((await commandJob(store, 'system', { kind: 'close', jobId: id })).ok) closed++;
  }
  return closed;
}

/** Forgets the outcomes of jobs that lapsed more than 30 days ago, and with them the last that was known of their items. */
export async function forgetLapsedOutcomes(store: Store): Promise<void> {
  await store.transaction(async (trx) => {
    const gone = await trx
      .deleteFrom('outcome')
      .where('job_id', 'in', (each) =>
        each
          .selectFrom('outcome as said')
          .innerJoin('job', 'job.id', 'said.job_id')
          .innerJoin('event', 'event.seq', 'said.position')
          .select('said.job_id')
          .where('job.state', '=', 'closed')
          // Of what was ruled on the closing itself erases, or the end of a legal hold.
          .where('job.decision', 'is', null)
          .where(sql<boolean>`not exists (select 1 from legal_hold h where h.job_id = job.id)`)
          .groupBy('said.job_id')
          .having((of) => of.fn.max('event.at'), '<', store.now() - LAPSED_OUTCOMES_KEPT_MS),
      )
      .executeTakeFirst();
    if (gone.numDeletedRows > 0n) await noteErasure(store, trx);
  });
}
