/**
 * What a ruling on a job is to its notices: each is told the outcome, and its clocks read that it was removed and told. An
 * undone ruling takes that back; a complaint's answer tells anew.
 * @module
 */

import { complaintOutcome } from '@reclaim/casework/complaint';
import type { Decision } from '@reclaim/casework/decision';
import type { ActorId, DecisionId, JobId, NoticeId } from '@reclaim/casework/id';
import { effectOf, type Job, type JobEvent } from '@reclaim/casework/job';
import {
  actsOfRuling,
  decideNotice,
  evolveNotice,
  type NoticeAct,
  noticeOutcome,
} from '@reclaim/casework/notice';
import { appliedTerms } from '@reclaim/casework/notice-terms';
import type { Refusal } from '@reclaim/casework/refusal';
import type { RegimeId } from '@reclaim/law/duty/rule';
import type { Transaction } from 'kysely';
import { type Actor, appendEvents, draftOf, lockChain } from './event-log.ts';
import { addFacts, rewriteClocks, voidFacts } from './notice-clocks.ts';
import { type NoticeRow, noticeOf, noticesOfJob } from './notice-rows.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** Carries out what an event of a job is to the notices on it, inside the caller's transaction. */
export async function applyToNotices(
  store: Store,
  trx: Transaction<Tables>,
  actor: Actor,
  jobId: JobId,
  before: Job,
  event: JobEvent,
): Promise<void> {
  switch (event.type) {
    case 'job-decided':
      for (const row of await noticesOfJob(trx, jobId)) {
        await tellNotice(store, trx, actor, row, event.decision);
      }
      return;
    case 'job-undone':
      for (const row of await noticesOfJob(trx, jobId)) {
        await reopenNotice(store, trx, actor, row, event.decisionId);
      }
      return;
    case 'job-complaint-answered': {
      if (!('decision' in before)) throw new Error('notices: answered without a decision');
      await answerComplaints(
        store,
        trx,
        actor,
        jobId,
        before.decision,
        event.upheld ? undefined : event.decision,
        event.values.facts,
      );
      return;
    }
    default:
      return;
  }
}

/** Tells one notice the outcome of a ruling. */
export async function tellNotice(
  store: Store,
  trx: Transaction<Tables>,
  actor: Actor,
  row: NoticeRow,
  decision: Decision,
): Promise<void> {
  const { decisionId, ruling } = decision;
  const { outcome } = noticeOutcome(ruling);
  const decided = decideNotice(noticeOf(row), {
    kind: 'decide',
    noticeId: row.id,
    jobId: row.job_id,
    decisionId,
    outcome,
  });
  if (!decided.ok) throw new Error(`notices: a ruling could not be told (${decided.reason})`);
  const now = store.now();
  const [seq] = await appendEvents(
    trx,
    now,
    actor,
    decided.events.map((event) => draftOf(row.job_id, event)),
  );
  const after = decided.events.reduce(evolveNotice, noticeOf(row));
  await trx
    .updateTable('notice')
    .set({ state: after.kind === 'none' ? 'open' : after.kind, decision_id: decisionId, told_at: now })
    .where('id', '=', row.id)
    .execute();
  await addFacts(
    trx,
    row.id,
    actsOfRuling(ruling).map((kind) => ({ kind, at: now, seq: seq!, decisionId })),
  );
  await rewriteClocks(store, trx, row, { refuses: effectOf(ruling) === 'publish', at: now });
}

async function reopenNotice(
  store: Store,
  trx: Transaction<Tables>,
  actor: Actor,
  row: NoticeRow,
  decisionId: DecisionId,
): Promise<void> {
  const decided = decideNotice(noticeOf(row), {
    kind: 'reopen',
    noticeId: row.id,
    jobId: row.job_id,
    decisionId,
  });
  if (!decided.ok) return;
  await appendEvents(
    trx,
    store.now(),
    actor,
    decided.events.map((event) => draftOf(row.job_id, event)),
  );
  await trx
    .updateTable('notice')
    .set({ state: 'open', decision_id: null, told_at: null })
    .where('id', '=', row.id)
    .execute();
  await voidFacts(trx, row.id, decisionId);
  await rewriteClocks(store, trx, row, { refuses: false, at: null });
}

/** Answers every complaint that waits on the job; where there is a new ruling, all its notices are told it. */
async function answerComplaints(
  store: Store,
  trx: Transaction<Tables>,
  actor: Actor,
  jobId: JobId,
  before: Decision,
  after: Decision | undefined,
  facts: string,
): Promise<void> {
  const now = store.now();
  const stands = after ?? before;
  const outcome = complaintOutcome(before.ruling, after?.ruling);
  const { lane } = await trx
    .selectFrom('job')
    .select('lane')
    .where('id', '=', jobId)
    .executeTakeFirstOrThrow();
  const waiting = await trx
    .selectFrom('complaint')
    .selectAll()
    .where('job_id', '=', jobId)
    .where('answered_at', 'is', null)
    .execute();
  for (const { id, notice_id, side } of waiting) {
    const data = {
      complaintId: id,
      jobId,
      decisionId: stands.decisionId,
      side,
      outcome,
      ...(notice_id === null ? {} : { noticeId: notice_id }),
    };
    await appendEvents(trx, now, actor, [{ type: 'complaint-answered', subject: jobId, data }]);
    // To whom something was referred, and why, is nobody's to read who is outside.
    const told = stands.ruling.outcome !== 'refer' && lane === 'adult';
    const answer = told ? store.key.seal(Buffer.from(facts), `complaint-answer:${id}`) : null;
    await trx
      .updateTable('complaint')
      .set({ answered_at: now, outcome, answer })
      .where('id', '=', id)
      .execute();
    if (notice_id !== null) {
      await trx.updateTable('notice').set({ state: 'decided' }).where('id', '=', notice_id).execute();
    }
  }
  if (after === undefined) return;
  for (const row of await noticesOfJob(trx, jobId)) {
    await voidFacts(trx, row.id, before.decisionId);
    await tellNotice(store, trx, actor, row, after);
  }
}

/** Writes down that something was done which this node cannot see, for every notice on the job. */
export async function recordAct(
  store: Store,
  actor: Exclude<Actor, 'system' | 'capability' | 'notifier'>,
  jobId: JobId,
  act: NoticeAct,
): Promise<boolean> {
  return store.transaction(async (trx) => {
    await lockChain(trx);
    const rows = await noticesOfJob(trx, jobId);
    if (rows.length === 0) return false;
    const now = store.now();
    const [seq] = await appendEvents(trx, now, actor, [
      { type: 'notice-act', subject: jobId, data: { jobId, by: actor, act } },
    ]);
    const ruling = await standingRuling(trx, jobId);
    for (const row of rows) {
      await addFacts(trx, row.id, [{ kind: act, at: now, seq: seq! }]);
      await rewriteClocks(store, trx, row, ruling);
    }
    return true;
  });
}

/**
 * Writes down that a reviewer holds a law to apply which only may have: its clocks are owed from then on, and run from the
 * event that started them, so that one whose moment passed is breached at once.
 */
export async function applyRegime(
  store: Store,
  by: ActorId,
  jobId: JobId,
  noticeId: NoticeId,
  regime: string,
  reason: string,
): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: Refusal }> {
  return store.transaction(async (trx) => {
    await lockChain(trx);
    const row = (await noticesOfJob(trx, jobId)).find(({ id }) => id === noticeId);
    if (row === undefined) return { ok: false, reason: 'not-found' } as const;
    const terms = appliedTerms(row.terms, regime as RegimeId);
    if (terms === undefined) return { ok: false, reason: 'wrong-state' } as const;
    await appendEvents(trx, store.now(), by, [
      { type: 'regime-applied', subject: jobId, data: { noticeId, jobId, by, regime }, values: { reason } },
    ]);
    await trx
      .updateTable('notice')
      .set({ terms: JSON.stringify(terms) })
      .where('id', '=', noticeId)
      .execute();
    await rewriteClocks(store, trx, { ...row, terms }, await standingRuling(trx, jobId));
    return { ok: true } as const;
  });
}

/** What the ruling that stands, if any, is to a duty to remove. */
async function standingRuling(trx: Transaction<Tables>, jobId: JobId) {
  const job = await trx
    .selectFrom('job')
    .select(['decision', 'decided_at'])
    .where('id', '=', jobId)
    .executeTakeFirstOrThrow();
  const ruling = (job.decision as Decision | null)?.ruling;
  return { refuses: ruling !== undefined && effectOf(ruling) === 'publish', at: job.decided_at };
}
