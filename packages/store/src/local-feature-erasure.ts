/**
 * Local features go with what they rest on: the ruling that confirmed the copy, and the signals that it matched.
 *
 * Apart from `local-features.ts`, since signals and jobs call it in their own transactions; whoever calls notes the
 * erasure (`signals.ts`), so that compaction rewrites the files.
 * @module
 */

import type { JobId, SignalId } from '@reclaim/casework/id';
import { sql, type Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** Erases the features of a job: its ruling does not stand any more, or nobody may look at its item. */
export async function eraseFeaturesOfJob(trx: Transaction<Tables>, jobId: JobId): Promise<void> {
  await erased(trx, await trx.deleteFrom('local_features').where('job_id', '=', jobId).executeTakeFirst());
}

/** Erases the features of every job that a signal matched: it was withdrawn or expired. */
export async function eraseFeaturesOfSignal(trx: Transaction<Tables>, signalId: SignalId): Promise<void> {
  const jobs = trx.selectFrom('job_match').select('job_id').where('signal_id', '=', signalId);
  await erased(trx, await trx.deleteFrom('local_features').where('job_id', 'in', jobs).executeTakeFirst());
}

async function erased(trx: Transaction<Tables>, gone: { readonly numDeletedRows: bigint }): Promise<void> {
  if (gone.numDeletedRows > 0n) await notifyLocalFeatures(trx);
}

/** Tells every listening node that what it holds in memory changed; delivered when the transaction commits. */
export async function notifyLocalFeatures(trx: Transaction<Tables>): Promise<void> {
  await sql`select pg_notify('local_features', '')`.execute(trx);
}
