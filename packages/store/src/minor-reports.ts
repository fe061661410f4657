/**
 * Reports of what may show a minor: that one was made, to whom, and how long what it held is kept from then on.
 *
 * The report itself is made by people at the authority's door; here it is written down with the authority's number (erasable),
 * and the hold of the job runs a year from this day (`casework/minor-lane`, row US-2258A-HOLD), never shorter than it was.
 * The state of the lane is folded from its records in the chain: they are few, and asked for seldom.
 * @module
 */

import type { JobId, StaffId } from '@reclaim/casework/id';
import { parseUtcMs, type UtcMs } from '@reclaim/casework/instant';
import {
  type AUTHORITIES,
  decideLane,
  evolveLane,
  type Finding,
  type LaneEvent,
  type LaneState,
  NO_LANE,
} from '@reclaim/casework/minor-lane';
import type { Refusal } from '@reclaim/casework/refusal';
import type { Zone } from '@reclaim/law/zone';
import { sql, type Transaction } from 'kysely';
import { appendEvents, draftOf, lockChain } from './event-log.ts';
import { isBlackedOut, jobOf } from './job-rows.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** What is written down of a report. */
export type MinorReport = {
  readonly jobId: JobId;
  readonly by: StaffId;
  readonly finding: Finding;
  readonly authority: (typeof AUTHORITIES)[number];
  readonly reference: string;
  readonly zone: Zone;
};

/** Writes a report down. The caller has seen that `by` is of the lane. */
export async function recordMinorReport(
  store: Store,
  report: MinorReport,
): Promise<
  { readonly ok: true; readonly holdUntil: UtcMs } | { readonly ok: false; readonly reason: Refusal }
> {
  return store.transaction(async (trx) => {
    await lockChain(trx);
    const { jobId } = report;
    const row = await trx
      .selectFrom('job')
      .selectAll()
      .where('id', '=', jobId)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) return { ok: false, reason: 'not-found' } as const;
    const job = jobOf(row);
    const hold = await trx
      .selectFrom('legal_hold')
      .selectAll()
      .where('job_id', '=', jobId)
      .executeTakeFirst();
    // Only what is dark and held can have been reported: the ruling comes first, and with it the hold.
    if (!isBlackedOut(job) || hold === undefined || !('by' in job))
      return { ok: false, reason: 'wrong-state' } as const;
    const now = parseUtcMs(store.now());
    let state = await laneState(trx, jobId, { kind: 'locked', by: job.by, at: parseUtcMs(hold.made_at) });
    const by = { id: report.by, inLane: true };
    const events: LaneEvent[] = [];
    for (const command of [
      ...(state.kind === 'locked'
        ? [{ kind: 'find', jobId, by, now, finding: report.finding } as const]
        : []),
      {
        kind: 'report',
        jobId,
        by,
        now,
        authority: report.authority,
        reference: report.reference,
        zone: report.zone,
      } as const,
    ]) {
      const decided = decideLane(state, command);
      if (!decided.ok) return decided;
      events.push(...decided.events);
      state = decided.events.reduce(evolveLane, state);
    }
    if (state.kind !== 'reported') throw new Error('minor reports: a report left no hold');
    await appendEvents(
      trx,
      now,
      report.by,
      events.map((event) => draftOf(jobId, event)),
    );
    const holdUntil = parseUtcMs(Math.max(hold.until, state.holdUntil));
    await trx.updateTable('legal_hold').set({ until: holdUntil }).where('job_id', '=', jobId).execute();
    return { ok: true, holdUntil } as const;
  });
}

/** Where the lane is with a job: the lock, which is the job's own ruling, and the lane's records after it. */
async function laneState(trx: Transaction<Tables>, jobId: JobId, locked: LaneState): Promise<LaneState> {
  const records = await trx
    .selectFrom('event')
    .select(['type', 'data', 'at'])
    .where('type', 'in', ['minor-apparent', 'minor-reported'])
    .where(sql<boolean>`data->>'jobId' = ${jobId}`)
    // A ruling that was taken back and made again begins anew.
    .where('at', '>=', locked.kind === 'locked' ? locked.at : 0)
    .orderBy('seq')
    .execute();
  const begun = evolveLane(NO_LANE, {
    type: 'minor-locked',
    jobId,
    ...(locked as Extract<LaneState, { readonly kind: 'locked' }>),
  } as LaneEvent);
  return records.reduce((state, { type, data }) => evolveLane(state, { type, ...data } as LaneEvent), begun);
}
