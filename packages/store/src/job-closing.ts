/**
 * The end of what was decided: three years after its ruling a job closes, and what it knew of the item is erased, with what
 * its notices and complaints say and who gave them.
 *
 * Three years: the six months of a complaint (Regulation (EU) 2022/2065 Article 20(1)) lie inside, and so do the limitation
 * periods in which somebody may have to show what was done (our choice, reference: retention defaults). What must be kept
 * longer has a legal hold, which closing leaves alone. Statements of reasons outlive the job by a rule of their own.
 * @module
 */

import { DAY_MS } from '@reclaim/casework/instant';
import { commandJob } from './jobs.ts';
import type { Store } from './store.ts';

/** How long a ruled job is kept, milliseconds. */
export const JOB_KEPT_MS = 3 * 366 * DAY_MS;

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
