/**
 * Reading who a notifier is, with four eyes: one lead asks with a reason, another agrees, and then the first may read for an
 * hour. Each step is in the chain before it has an effect (review-console, section 6: unsealing an identity needs two).
 *
 * States of a notice's seal
 *   sealed   nobody asked, or what was asked for ran out
 *   asked    a lead asked with a reason; it stands for a day
 *   agreed   another lead agreed; whoever asked reads for an hour
 *
 * Transitions
 *   sealed, asked, agreed --ask-->   asked    anew, by a lead; an older wish ends with it
 *   asked                 --agree--> agreed   by another lead than who asked
 *   agreed                --read-->  agreed   by who asked, within the hour; each reading is a record
 * @module
 */

import type { NoticeId, StaffId } from '@reclaim/casework/id';
import { DAY_MS, parseUtcMs } from '@reclaim/casework/instant';
import type { Refusal } from '@reclaim/casework/refusal';
import type { Notifier, WireUnsealingState } from '@reclaim/casework/wire-notice';
import type { Selectable, Transaction } from 'kysely';
import { noteErasure } from './erasure.ts';
import { appendEvents, lockChain } from './event-log.ts';
import { type NoticeRow, openNotifier } from './notice-rows.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** How long a wish stands, milliseconds. */
export const ASKED_MS = DAY_MS;
/** How long whoever asked may read once another agreed, milliseconds. */
export const AGREED_MS = 60 * 60_000;

/** A lead: their id, and whether they are of the lane for minors. */
export type Lead = { readonly id: StaffId; readonly inLane: boolean };

type Row = Selectable<Tables['unsealing']>;
type Refused = { readonly ok: false; readonly reason: Refusal };

/** Whether the wish stands at `now`. */
function stands(row: Row, now: number): boolean {
  return row.agreed_at === null ? now < row.asked_at + ASKED_MS : now < row.agreed_at + AGREED_MS;
}

/** A lead asks to read who gave a notice. */
export function askUnsealing(
  store: Store,
  lead: Lead,
  noticeId: NoticeId,
  reason: string,
): Promise<{ readonly ok: true } | Refused> {
  return store.transaction(async (trx) => {
    await lockChain(trx);
    const notice = await readable(trx, lead, noticeId);
    if (notice === undefined || (await openNotifier(store, trx, noticeId)) === undefined)
      return { ok: false, reason: 'not-found' } as const;
    await note(store, trx, lead, notice, 'notifier-unsealing-asked', { reason });
    const row = {
      notice_id: noticeId,
      asked_by: lead.id,
      asked_at: store.now(),
      sealed: store.key.seal(Buffer.from(reason), `unsealing:${noticeId}`),
      agreed_by: null,
      agreed_at: null,
    };
    await trx
      .insertInto('unsealing')
      .values(row)
      .onConflict((conflict) => conflict.column('notice_id').doUpdateSet(row))
      .execute();
    return { ok: true } as const;
  });
}

/** Another lead agrees. */
export function agreeUnsealing(
  store: Store,
  lead: Lead,
  noticeId: NoticeId,
): Promise<{ readonly ok: true } | Refused> {
  return store.transaction(async (trx) => {
    await lockChain(trx);
    const notice = await readable(trx, lead, noticeId);
    if (notice === undefined) return { ok: false, reason: 'not-found' } as const;
    const row = await rowOf(trx, noticeId);
    if (row === undefined || row.agreed_at !== null || !stands(row, store.now()))
      return { ok: false, reason: 'wrong-state' } as const;
    if (row.asked_by === lead.id) return { ok: false, reason: 'same-reviewer' } as const;
    await note(store, trx, lead, notice, 'notifier-unsealing-agreed');
    await trx
      .updateTable('unsealing')
      .set({ agreed_by: lead.id, agreed_at: store.now() })
      .where('notice_id', '=', noticeId)
      .execute();
    return { ok: true } as const;
  });
}

/** Who gave a notice, to who asked and was agreed with; written down before it is answered. */
export function unsealNotifier(
  store: Store,
  lead: Lead,
  noticeId: NoticeId,
): Promise<{ readonly ok: true; readonly notifier: Notifier } | Refused> {
  return store.transaction(async (trx) => {
    await lockChain(trx);
    const notice = await readable(trx, lead, noticeId);
    const notifier = notice === undefined ? undefined : await openNotifier(store, trx, noticeId);
    if (notice === undefined || notifier === undefined) return { ok: false, reason: 'not-found' } as const;
    const row = await rowOf(trx, noticeId);
    const agreed = row !== undefined && row.agreed_at !== null && stands(row, store.now());
    if (!agreed || row.asked_by !== lead.id) return { ok: false, reason: 'wrong-state' } as const;
    await note(store, trx, lead, notice, 'notifier-unsealed');
    return { ok: true, notifier } as const;
  });
}

/** How the seals of notices stand, for leads. */
export async function unsealingsOf(
  store: Store,
  noticeIds: readonly NoticeId[],
): Promise<ReadonlyMap<NoticeId, WireUnsealingState>> {
  if (noticeIds.length === 0) return new Map();
  const rows = await store.db
    .selectFrom('unsealing')
    .selectAll()
    .where('notice_id', 'in', [...noticeIds])
    .execute();
  const now = store.now();
  return new Map(
    rows
      .filter((row) => stands(row, now))
      .map((row) => [
        row.notice_id,
        {
          askedBy: row.asked_by,
          reason: store.key.unseal(row.sealed, `unsealing:${row.notice_id}`).toString(),
          until: parseUtcMs(row.agreed_at === null ? row.asked_at + ASKED_MS : row.agreed_at + AGREED_MS),
          agreed: row.agreed_at !== null,
        },
      ]),
  );
}

/** Forgets wishes that ran out. */
export async function forgetUnsealings(store: Store): Promise<void> {
  const now = store.now();
  const over = (row: Row) => !stands(row, now);
  const rows = (await store.db.selectFrom('unsealing').selectAll().execute()).filter(over);
  if (rows.length === 0) return;
  await store.transaction(async (trx) => {
    for (const { notice_id: id, asked_at: at } of rows)
      await trx.deleteFrom('unsealing').where('notice_id', '=', id).where('asked_at', '=', at).execute();
    await noteErasure(store, trx);
  });
}

async function rowOf(trx: Transaction<Tables>, noticeId: NoticeId): Promise<Row | undefined> {
  return trx.selectFrom('unsealing').selectAll().where('notice_id', '=', noticeId).executeTakeFirst();
}

/** The notice, where this lead may know of it: of what may show a minor only the lane does. */
async function readable(
  trx: Transaction<Tables>,
  lead: Lead,
  noticeId: NoticeId,
): Promise<NoticeRow | undefined> {
  const row = await trx.selectFrom('notice').selectAll().where('id', '=', noticeId).executeTakeFirst();
  return row === undefined || (row.terms.lane === 'child' && !lead.inLane) ? undefined : row;
}

async function note(
  store: Store,
  trx: Transaction<Tables>,
  lead: Lead,
  notice: NoticeRow,
  type: string,
  values?: { readonly reason: string },
): Promise<void> {
  const data = { noticeId: notice.id, jobId: notice.job_id, by: lead.id };
  await appendEvents(trx, store.now(), lead.id, [
    { type, subject: notice.job_id, data, ...(values === undefined ? {} : { values }) },
  ]);
}
