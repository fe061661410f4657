/**
 * Looks at pictures: every one is a record in the chain before anything is shown.
 *
 * A look needs the claim on its job, a preview address, and a place in the day's allowance (a lead may go on: the stop
 * is soft, the count is not). A job that may show a minor is blacked out: nobody looks, whatever they may. Days are
 * those of UTC.
 * @module
 */

import type { JobId, StaffId } from '@reclaim/casework/id';
import { parseUtcMs } from '@reclaim/casework/instant';
import type { Look, WireStaff } from '@reclaim/casework/wire-staff';
import type { Kysely, Transaction } from 'kysely';
import { appendEvents, lockChain } from './event-log.ts';
import { jobOf } from './job-rows.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** Looks that a reviewer has in a day before somebody must have a word with them. Not yet tuned on any measurement. */
export const VIEW_ALLOWANCE = 60;

const DAY_MS = 24 * 60 * 60_000;

/** Why nothing is shown. */
export type LookRefusal =
  | 'not-found'
  | 'not-claimed'
  | 'claimed-by-another'
  | 'refused-blackout'
  | 'no-preview'
  | 'views-used-up';

type Sight =
  | { readonly ok: true; readonly previewUrl: string }
  | { readonly ok: false; readonly reason: LookRefusal };

async function sightOf(
  store: Store,
  db: Kysely<Tables> | Transaction<Tables>,
  staffId: StaffId,
  jobId: JobId,
): Promise<Sight> {
  const row = await db.selectFrom('job').selectAll().where('id', '=', jobId).executeTakeFirst();
  if (row === undefined) return { ok: false, reason: 'not-found' };
  const held = await db
    .selectFrom('legal_hold')
    .select('job_id')
    .where('job_id', '=', jobId)
    .executeTakeFirst();
  if (held !== undefined || row.lane === 'child') return { ok: false, reason: 'refused-blackout' };
  const job = jobOf(row);
  if (job.kind !== 'claimed' || store.now() >= job.until) return { ok: false, reason: 'not-claimed' };
  if (job.by !== staffId) return { ok: false, reason: 'claimed-by-another' };
  if (row.preview_url === null) return { ok: false, reason: 'no-preview' };
  return { ok: true, previewUrl: row.preview_url };
}

/** Writes that `staff` looks at a job's picture. Only after this is durable may anything be shown. */
export async function recordView(
  store: Store,
  staff: WireStaff,
  jobId: JobId,
  look: Look,
): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: LookRefusal }> {
  return store.transaction(async (trx) => {
    await lockChain(trx);
    const sight = await sightOf(store, trx, staff.id, jobId);
    if (!sight.ok) return sight;
    const { count } = await viewsOf(store, trx, staff.id);
    if (count >= VIEW_ALLOWANCE && !staff.permissions.includes('lead')) {
      return { ok: false, reason: 'views-used-up' };
    }
    const at = store.now();
    const [seq] = await appendEvents(trx, at, staff.id, [
      { type: 'view', subject: jobId, data: { jobId, by: staff.id, look } },
    ]);
    await trx
      .insertInto('view')
      .values({ seq: seq!, job_id: jobId, staff_id: staff.id, look, at, seconds: null })
      .execute();
    return { ok: true };
  });
}

/** The preview address for a look that was recorded, asked again when it is used: meanwhile the job may be decided. */
export async function previewFor(store: Store, staffId: StaffId, jobId: JobId): Promise<Sight> {
  return sightOf(store, store.db, staffId, jobId);
}

/** Notes how long the last look at a job was, in whole seconds; `false` where none waits for it. */
export async function endView(
  store: Store,
  staffId: StaffId,
  jobId: JobId,
  seconds: number,
): Promise<boolean> {
  return store.transaction(async (trx) => {
    await lockChain(trx);
    const last = await trx
      .selectFrom('view')
      .select('seq')
      .where('staff_id', '=', staffId)
      .where('job_id', '=', jobId)
      .where('seconds', 'is', null)
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (last === undefined) return false;
    await appendEvents(trx, store.now(), staffId, [
      { type: 'view-ended', subject: jobId, data: { jobId, view: last.seq, seconds } },
    ]);
    await trx.updateTable('view').set({ seconds }).where('seq', '=', last.seq).execute();
    return true;
  });
}

/** Today's looks of one member: how many, and seconds in all. */
export async function viewsOf(
  store: Store,
  db: Kysely<Tables> | Transaction<Tables>,
  staffId: StaffId,
): Promise<{ readonly count: number; readonly seconds: number }> {
  const now = store.now();
  const since = parseUtcMs(now - (now % DAY_MS));
  const row = await db
    .selectFrom('view')
    .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.sum<number | null>('seconds').as('seconds')])
    .where('staff_id', '=', staffId)
    .where('at', '>=', since)
    .executeTakeFirstOrThrow();
  return { count: Number(row.count), seconds: Number(row.seconds ?? 0) };
}

/** Today's looks of one member, as `viewsOf`. */
export async function viewsToday(
  store: Store,
  staffId: StaffId,
): Promise<{ readonly count: number; readonly seconds: number }> {
  return viewsOf(store, store.db, staffId);
}

/** How long the ledger of views is kept: a year (our choice). That somebody looked stays in the chain. */
export const VIEWS_KEPT_MS = 366 * DAY_MS;

/** Forgets views of more than a year ago. */
export async function forgetViews(store: Store): Promise<void> {
  await store.db
    .deleteFrom('view')
    .where('at', '<', store.now() - VIEWS_KEPT_MS)
    .execute();
}
