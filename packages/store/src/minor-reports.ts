/**
 * Reports of what may show a minor: that one was made, to whom, and how long what it held is kept from then on.
 *
 * The report itself is made by people at the authority's door; here it is written down with the authority's number (erasable),
 * and the hold of the job runs a year from this day (`casework/minor-lane`, row US-2258A-HOLD), never shorter than it was.
 * The state of the lane is folded from its records in the chain: they are few, and asked for seldom.
 * @module
 */

import type { ActorId, JobId, StaffId } from '@reclaim/casework/id';
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
import { isBlackedOut, type JobRow, jobOf } from './job-rows.ts';
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
    // Only what is dark and held can have been reported: the ruling comes first, and with it the hold.
    const found = await lockedLane(trx, row);
    if (found === undefined) return { ok: false, reason: 'wrong-state' } as const;
    const { hold } = found;
    let { state } = found;
    const now = parseUtcMs(store.now());
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

/** What the lane reads of a job that is locked. */
export type LaneView = {
  readonly state: Exclude<LaneState['kind'], 'none' | 'cleared' | 'erased'>;
  readonly lockedAt: UtcMs;
  readonly lockedBy: ActorId;
  readonly holdUntil: UtcMs;
  readonly holdBasis: string;
  readonly finding: Finding | undefined;
  readonly reports: readonly { readonly authority: MinorReport['authority']; readonly at: UtcMs }[];
  /** Looks at the item before the lock, by anybody: whether a person of the provider viewed the file. */
  readonly views: number;
};

/** Where the lane is with a job; `undefined` where the job is not locked. */
export async function laneOfJob(store: Store, jobId: JobId): Promise<LaneView | undefined> {
  return store.transaction(async (trx) => {
    const row = await trx.selectFrom('job').selectAll().where('id', '=', jobId).executeTakeFirst();
    const found = row === undefined ? undefined : await lockedLane(trx, row);
    if (found === undefined) return undefined;
    const { state, hold, by } = found;
    if (state.kind === 'none' || state.kind === 'cleared' || state.kind === 'erased') return undefined;
    const { count } = await trx
      .selectFrom('view')
      .select((each) => each.fn.countAll<number>().as('count'))
      .where('job_id', '=', jobId)
      .executeTakeFirstOrThrow();
    const reports = await laneRecords(trx, jobId, hold.made_at);
    return {
      state: state.kind,
      lockedAt: parseUtcMs(hold.made_at),
      lockedBy: by,
      holdUntil: parseUtcMs(hold.until),
      holdBasis: hold.basis,
      finding: 'finding' in state ? state.finding : undefined,
      reports: reports
        .filter(({ type }) => type === 'minor-reported')
        .map(({ data, at }) => ({
          authority: data['authority'] as MinorReport['authority'],
          at: parseUtcMs(at),
        })),
      views: Number(count),
    };
  });
}

/**
 * Why a lock is not taken back: never by who made it (else a key would be a way to look again), and not once something was
 * found or reported (what was reported is kept). The caller has seen that whoever asks is of the lane.
 */
export async function refuseClearing(
  trx: Transaction<Tables>,
  row: JobRow,
  by: ActorId,
  reason: string,
): Promise<Refusal | undefined> {
  const found = await lockedLane(trx, row);
  if (found === undefined) return undefined;
  const now = parseUtcMs(found.hold.made_at);
  const command = { kind: 'clear', jobId: row.id, by: { id: by, inLane: true }, now, reason } as const;
  const decided = decideLane(found.state, command);
  return decided.ok ? undefined : decided.reason;
}

/** The state of the lane of a job that is dark and held; `undefined` where it is not. */
async function lockedLane(trx: Transaction<Tables>, row: JobRow) {
  const job = jobOf(row);
  const hold = await trx.selectFrom('legal_hold').selectAll().where('job_id', '=', row.id).executeTakeFirst();
  if (!isBlackedOut(job) || hold === undefined || !('by' in job)) return undefined;
  const locked = { kind: 'locked', by: job.by, at: parseUtcMs(hold.made_at) } as const;
  return { state: await laneState(trx, row.id, locked), hold, by: job.by };
}

/** Where the lane is with a job: the lock, which is the job's own ruling, and the lane's records after it. */
async function laneState(trx: Transaction<Tables>, jobId: JobId, locked: LaneState): Promise<LaneState> {
  const records = await laneRecords(trx, jobId, locked.kind === 'locked' ? locked.at : 0);
  const begun = evolveLane(NO_LANE, {
    type: 'minor-locked',
    jobId,
    ...(locked as Extract<LaneState, { readonly kind: 'locked' }>),
  } as LaneEvent);
  return records.reduce((state, { type, data }) => evolveLane(state, { type, ...data } as LaneEvent), begun);
}

/** The lane's records of a job since its lock: a ruling that was taken back and made again begins anew. */
async function laneRecords(trx: Transaction<Tables>, jobId: JobId, since: number) {
  return trx
    .selectFrom('event')
    .select(['type', 'data', 'at'])
    .where('type', 'in', ['minor-apparent', 'minor-reported'])
    .where(sql<boolean>`data->>'jobId' = ${jobId}`)
    .where('at', '>=', since)
    .orderBy('seq')
    .execute();
}
