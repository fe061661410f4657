/**
 * A notifier takes a notice back, by its code, before it is decided: what it says and who gave it are erased at once, and its
 * clocks are no longer owed. A breach that is on record stays there.
 *
 * The job goes on where something else speaks for it: another notice, a match, a report of the platform, a reviewer who has it
 * claimed, a ruling that was undone. Where nothing does it lapses, and what it knew of the item is erased as well. What may
 * show a minor is never taken back.
 * @module
 */

import { decideJob } from '@reclaim/casework/job';
import { decideNotice } from '@reclaim/casework/notice';
import type { Refusal } from '@reclaim/casework/refusal';
import type { NoticeStatus } from '@reclaim/casework/wire-notice';
import { sql, type Transaction } from 'kysely';
import { noteErasure } from './erasure.ts';
import { appendEvents, draftOf, lockChain } from './event-log.ts';
import { jobOf } from './job-rows.ts';
import { eraseJob } from './legal-hold.ts';
import { codeTag, type NoticeRow, noticeByCode, noticeOf, statusOf } from './notice-rows.ts';
import { addOutcome } from './outcomes.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** Takes a notice back. */
export async function withdrawNotice(
  store: Store,
  codeSha256: string,
): Promise<
  { readonly ok: true; readonly status: NoticeStatus } | { readonly ok: false; readonly reason: Refusal }
> {
  return store.transaction(async (trx) => {
    await lockChain(trx);
    const row = await noticeByCode(trx, codeTag(store, codeSha256));
    if (row === undefined) return { ok: false, reason: 'not-found' } as const;
    const { id, job_id: jobId } = row;
    // The job may have come into the lane by another notice or report: then it is no matter of this one alone.
    const { lane } = await trx
      .selectFrom('job')
      .select('lane')
      .where('id', '=', jobId)
      .executeTakeFirstOrThrow();
    const child = row.terms.lane === 'child' || lane === 'child';
    const decided = decideNotice(noticeOf(row), {
      kind: 'withdraw',
      noticeId: id,
      jobId,
      lane: child ? 'child' : 'adult',
    });
    if (!decided.ok) return decided;
    const now = store.now();
    await appendEvents(
      trx,
      now,
      'notifier',
      decided.events.map((event) => draftOf(jobId, event)),
    );
    await trx.updateTable('notice').set({ state: 'withdrawn', sealed: null }).where('id', '=', id).execute();
    await trx.deleteFrom('unsealing').where('notice_id', '=', id).execute();
    await trx.deleteFrom('notifier').where('notice_id', '=', id).execute();
    await eraseWords(trx, row);
    await trx
      .updateTable('notice_clock')
      .set({ state: 'cancelled', reason: null, end_at: now })
      .where('notice_id', '=', id)
      .where('breached_seq', 'is', null)
      .where('state', 'in', ['running', 'not-started'])
      .execute();
    await noteErasure(store, trx);
    await lapseIfAlone(store, trx, row);
    const fresh = await trx.selectFrom('notice').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    return { ok: true, status: await statusOf(store, trx, fresh) } as const;
  });
}

/** The keyed hashes of what was written, whose commitments stand in the chain. Those of the job's other notices stay. */
async function eraseWords(trx: Transaction<Tables>, row: NoticeRow): Promise<void> {
  await trx
    .deleteFrom('event_value')
    .where('subject', '=', row.job_id)
    .where('name', '=', 'words')
    .where('seq', 'in', (each) =>
      each
        .selectFrom('event_value as value')
        .innerJoin('event', 'event.seq', 'value.seq')
        .select('value.seq')
        .where('value.subject', '=', row.job_id)
        .where(sql<boolean>`event.data->>'noticeId' = ${row.id}`),
    )
    .execute();
}

/** Lets the job lapse where this notice was all that it rested on. */
async function lapseIfAlone(
  store: Store,
  trx: Transaction<Tables>,
  { job_id: jobId }: NoticeRow,
): Promise<void> {
  const job = await trx
    .selectFrom('job')
    .selectAll()
    .where('id', '=', jobId)
    .where('cause', '=', 'notice')
    .where('lane', '=', 'adult')
    .where(
      sql<boolean>`not exists (select 1 from notice n where n.job_id = job.id and n.state <> 'withdrawn')`,
    )
    .where(sql<boolean>`not exists (select 1 from job_match m where m.job_id = job.id)`)
    .where(
      sql<boolean>`not exists (select 1 from event e where e.seq > job.opened_seq
        and e.type in ('report-received', 'job-cause-added', 'job-decided') and e.data->>'jobId' = job.id)`,
    )
    .forUpdate()
    .executeTakeFirst();
  if (job === undefined) return;
  const now = store.now();
  // Refused where a reviewer has it claimed: who is looking may have seen what must not be let go.
  const decided = decideJob(jobOf(job), { kind: 'lapse', jobId, now });
  if (!decided.ok) return;
  const [position] = await appendEvents(
    trx,
    now,
    'system',
    decided.events.map((event) => draftOf(jobId, event)),
  );
  await trx
    .updateTable('job')
    .set({ state: 'closed', actor: null, claimed_until: null })
    .where('id', '=', jobId)
    .execute();
  await eraseJob(store, trx, jobId);
  // What was held for it comes back: the outcome is all that is left of the item.
  if (job.interim === 'held') await addOutcome(trx, job, position!, 'publish');
}
