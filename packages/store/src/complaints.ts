/**
 * Complaints against a ruling, by the notifier (with the code) or by the uploader (through the platform). What they say is
 * sealed; the answer is a command on the job (`casework/job`), by another reviewer than who ruled, and its effects are
 * in `notice-effects.ts`.
 * @module
 */

import { randomBytes } from 'node:crypto';
import { complaintUntil } from '@reclaim/casework/complaint';
import { type ComplaintId, type DecisionId, makeId, type NoticeId } from '@reclaim/casework/id';
import { parseUtcMs } from '@reclaim/casework/instant';
import { decideJob, type Job } from '@reclaim/casework/job';
import { decideNotice } from '@reclaim/casework/notice';
import type { Refusal } from '@reclaim/casework/refusal';
import type { ComplaintAnswer } from '@reclaim/casework/wire-notice';
import type { Zone } from '@reclaim/law/zone';
import type { Transaction } from 'kysely';
import { type Actor, appendEvents, draftOf, lockChain } from './event-log.ts';
import { type JobRow, jobOf } from './job-rows.ts';
import { turnsAwayNotifier } from './misuse-objection.ts';
import { isSuspended, notifierTag } from './misuse-standing.ts';
import { answerOfRow, codeTag, noticeByCode, noticeOf, openNotifier } from './notice-rows.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** The outcome of sending a complaint. */
export type Complained =
  | { readonly ok: true; readonly complaintId: ComplaintId }
  | { readonly ok: false; readonly reason: Refusal };

/** The notifier complains of the decision that their code reads. */
export async function complainByCode(
  store: Store,
  codeSha256: string,
  facts: string,
  earlierNotMine = false,
): Promise<Complained> {
  return store.transaction(async (trx): Promise<Complained> => {
    await lockChain(trx);
    const notice = await noticeByCode(trx, codeTag(store, codeSha256));
    if (notice === undefined) return { ok: false, reason: 'not-found' };
    const complaintId = makeId('complaint', randomBytes(16));
    const command = { kind: 'complain', noticeId: notice.id, jobId: notice.job_id, complaintId } as const;
    const decided = decideNotice(noticeOf(notice), command);
    if (!decided.ok) return decided;
    if (notice.told_at === null) return { ok: false, reason: 'wrong-state' };
    const notifier = await openNotifier(store, trx, notice.id);
    const sender = notifier && notifierTag(store, notifier);
    const said = { alwaysHeard: false, disowned: earlierNotMine };
    if (await turnsAwayNotifier(store, trx, 'unfounded-complaints', sender, said)) {
      return { ok: false, reason: 'suspended' };
    }
    const row = await trx
      .selectFrom('job')
      .selectAll()
      .where('id', '=', notice.job_id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const sent = await complain(store, trx, 'notifier', row, {
      complaintId,
      side: 'notifier',
      noticeId: notice.id,
      facts,
      toldAt: notice.told_at,
      zone: notice.terms.zone,
    });
    if (sent.ok) {
      await trx.updateTable('notice').set({ state: 'complained' }).where('id', '=', notice.id).execute();
    }
    return sent;
  });
}

/** The uploader of an item complains, passed on by the platform: of the newest ruling on it. */
export async function complainOfItem(
  store: Store,
  actor: Actor,
  itemId: string,
  facts: string,
  zone: Zone,
): Promise<Complained> {
  return store.transaction(async (trx): Promise<Complained> => {
    await lockChain(trx);
    const row = await trx
      .selectFrom('job')
      .selectAll()
      .where('item_id', '=', itemId)
      .where('decision', 'is not', null)
      .orderBy('opened_seq', 'desc')
      .limit(1)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) return { ok: false, reason: 'not-found' };
    if (await isSuspended(store, trx, 'unfounded-complaints', row.account_tag)) {
      return { ok: false, reason: 'suspended' };
    }
    return complain(store, trx, actor, row, {
      complaintId: makeId('complaint', randomBytes(16)),
      side: 'uploader',
      noticeId: undefined,
      facts,
      toldAt: row.decided_at,
      zone,
    });
  });
}

type Draft = {
  readonly complaintId: ComplaintId;
  readonly side: 'uploader' | 'notifier';
  readonly noticeId: NoticeId | undefined;
  readonly facts: string;
  /** Since when the decision could be read; `null` for a ruling from before it was written down. */
  readonly toldAt: number | null;
  readonly zone: Zone;
};

async function complain(
  store: Store,
  trx: Transaction<Tables>,
  actor: Actor,
  row: JobRow,
  draft: Draft,
): Promise<Complained> {
  const now = store.now();
  if (draft.toldAt !== null && now > complaintUntil(parseUtcMs(draft.toldAt), draft.zone)) {
    return { ok: false, reason: 'complaint-window-over' };
  }
  const job = jobOf(row);
  const decisionId = decisionOf(job);
  if (decisionId === undefined) return { ok: false, reason: 'wrong-state' };
  const earlier = await trx
    .selectFrom('complaint')
    .select('id')
    .where('job_id', '=', row.id)
    .where('decision_id', '=', decisionId)
    .where('side', '=', draft.side)
    .where('notice_id', draft.noticeId === undefined ? 'is' : '=', draft.noticeId ?? null)
    .executeTakeFirst();
  // One complaint of each against one ruling: the answer to it is the platform's last word, the next is a body outside.
  if (earlier !== undefined) return { ok: false, reason: 'already-exists' };
  const drafts = [];
  if (job.kind === 'decided') {
    const decided = decideJob(job, { kind: 'complain', jobId: row.id, side: draft.side });
    if (!decided.ok) return decided;
    drafts.push(...decided.events.map((event) => draftOf(row.id, event)));
    await trx.updateTable('job').set({ state: 'complaint-open' }).where('id', '=', row.id).execute();
  } else if (job.kind !== 'complaint-open') return { ok: false, reason: 'wrong-state' };
  const { complaintId, side, noticeId } = draft;
  const data = {
    complaintId,
    jobId: row.id,
    decisionId,
    side,
    ...(noticeId === undefined ? {} : { noticeId }),
  };
  drafts.push({ type: 'complaint-received', subject: row.id, data });
  await appendEvents(trx, now, actor, drafts);
  await trx
    .insertInto('complaint')
    .values({
      id: complaintId,
      job_id: row.id,
      notice_id: noticeId ?? null,
      side,
      decision_id: decisionId,
      sealed: store.key.seal(Buffer.from(draft.facts), `complaint:${complaintId}`),
      received_at: now,
      answered_at: null,
      outcome: null,
      answer: null,
    })
    .execute();
  return { ok: true, complaintId };
}

function decisionOf(job: Job): DecisionId | undefined {
  return 'decision' in job ? job.decision.decisionId : undefined;
}

/** A complaint that a platform passed on, as far as it is answered; `undefined` where there is none of an uploader by that id. */
export async function answerOf(store: Store, id: ComplaintId): Promise<ComplaintAnswer | undefined> {
  const row = await store.db
    .selectFrom('complaint')
    .selectAll()
    .where('id', '=', id)
    .where('side', '=', 'uploader')
    .executeTakeFirst();
  return row === undefined ? undefined : answerOfRow(store, row);
}
