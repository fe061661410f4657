/**
 * Notices as they are kept and read: what a notice says and who says it, sealed apart; what the notifier reads by code;
 * what a reviewer reads on the job.
 * @module
 */

import { complaintUntil } from '@reclaim/casework/complaint';
import type { Decision } from '@reclaim/casework/decision';
import type { JobId, NoticeId } from '@reclaim/casework/id';
import { parseUtcMs } from '@reclaim/casework/instant';
import { type Notice, noticeOutcome } from '@reclaim/casework/notice';
import type { NoticeTerms } from '@reclaim/casework/notice-terms';
import type {
  ComplaintAnswer,
  JobNotices,
  NoticeContent,
  NoticeStatus,
  Notifier,
  Receipt,
  WireComplaint,
  WireNotice,
  WireRegime,
} from '@reclaim/casework/wire-notice';
import type { Kysely, Selectable, Transaction } from 'kysely';
import { notifierTag, standingsOf } from './misuse-standing.ts';
import { type ClockRow, clockRows, wireClocks } from './notice-clocks.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** A row of `notice`. */
export type NoticeRow = Selectable<Tables['notice']>;

type Db = Kysely<Tables> | Transaction<Tables>;

/** The notice as its state machine knows it. */
export function noticeOf(row: NoticeRow): Notice {
  if (row.state === 'open' || row.state === 'withdrawn') return { kind: row.state };
  if (row.decision_id === null) throw new Error('notices: decided without a decision');
  return { kind: row.state, decisionId: row.decision_id };
}

/** HMAC of what follows from the notifier's code. `codeSha256`: 64 hex digits. */
export function codeTag(store: Store, codeSha256: string): Buffer {
  return store.key.tag(Buffer.from(`notice-code:${codeSha256}`));
}

/** What a notice says, sealed for its row. */
export function sealContent(store: Store, id: NoticeId, content: NoticeContent): Buffer {
  return store.key.seal(Buffer.from(JSON.stringify(content)), `notice:${id}`);
}

/** What a notice says; `undefined` once it was erased. */
export function openContent(store: Store, row: NoticeRow): NoticeContent | undefined {
  if (row.sealed === null) return undefined;
  return JSON.parse(store.key.unseal(row.sealed, `notice:${row.id}`).toString()) as NoticeContent;
}

/** Who gives notice, sealed for its row. */
export function sealNotifier(store: Store, id: NoticeId, notifier: Notifier): Buffer {
  return store.key.seal(Buffer.from(JSON.stringify(notifier)), `notifier:${id}`);
}

/** Who gave notice; `undefined` once it was erased. */
export async function openNotifier(store: Store, db: Db, id: NoticeId): Promise<Notifier | undefined> {
  const row = await db.selectFrom('notifier').selectAll().where('notice_id', '=', id).executeTakeFirst();
  if (row === undefined) return undefined;
  return JSON.parse(store.key.unseal(row.sealed, `notifier:${id}`).toString()) as Notifier;
}

/** The notice that a code opens, or `undefined`. */
export async function noticeByCode(db: Db, tag: Buffer): Promise<NoticeRow | undefined> {
  return db.selectFrom('notice').selectAll().where('code_tag', '=', tag).executeTakeFirst();
}

/** The notices on a job that were not taken back, oldest first. */
export async function noticesOfJob(db: Db, jobId: JobId): Promise<readonly NoticeRow[]> {
  return db
    .selectFrom('notice')
    .selectAll()
    .where('job_id', '=', jobId)
    .where('state', '<>', 'withdrawn')
    .orderBy('received_seq')
    .execute();
}

/** Regimes as they are answered. */
export function wireRegimes(terms: NoticeTerms): WireRegime[] {
  return terms.regimes.map(({ regime, answer, complete, lacking, wanting }) => ({
    regime,
    answer,
    complete,
    lacking: [...lacking],
    wanting: [...wanting],
  }));
}

/** The receipt of a notice. */
export function receiptOf(row: NoticeRow, clocks: readonly ClockRow[]): Receipt {
  return {
    number: row.number,
    receivedAt: parseUtcMs(row.received_at),
    lane: row.terms.lane,
    regimes: wireRegimes(row.terms),
    clocks: wireClocks(clocks),
  };
}

/** What the notifier reads by code. */
export async function statusOf(store: Store, db: Db, row: NoticeRow): Promise<NoticeStatus> {
  const clocks = await clockRows(db, [row.id]);
  const job = await db
    .selectFrom('job')
    .select(['state', 'decision'])
    .where('id', '=', row.job_id)
    .executeTakeFirstOrThrow();
  const complaint = await db
    .selectFrom('complaint')
    .selectAll()
    .where('notice_id', '=', row.id)
    .orderBy('received_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  const content = openContent(store, row);
  const notifier = await openNotifier(store, db, row.id);
  const decided = row.state === 'decided' || row.state === 'complained';
  const decision = decided ? (job.decision as Decision | null) : null;
  const told = row.told_at;
  const standings = await standingsOf(store, db, notifier && notifierTag(store, notifier), row.id);
  return {
    ...receiptOf(row, clocks),
    state: row.state,
    has: {
      facts: (content?.facts ?? '') !== '',
      signature: notifier?.signature !== undefined,
      contact: (notifier?.email ?? '') !== '' || (notifier?.otherContact ?? '') !== '',
      name: (notifier?.name ?? '') !== '',
    },
    ...(decision === null || told === null
      ? {}
      : {
          decision: {
            ...noticeOutcome(decision.ruling),
            at: parseUtcMs(told),
            by: decision.byKey === true ? ('platform' as const) : ('staff' as const),
            automated: decision.automated,
            complaintUntil: complaintUntil(parseUtcMs(told), row.terms.zone),
            complaintOpen:
              row.state === 'decided' &&
              job.state !== 'closed' &&
              store.now() <= complaintUntil(parseUtcMs(told), row.terms.zone),
          },
        }),
    ...(complaint === undefined
      ? {}
      : {
          complaint: {
            at: parseUtcMs(complaint.received_at),
            ...answerOfRow(store, complaint),
          },
        }),
    ...(standings.length === 0 ? {} : { standings: [...standings] }),
  };
}

/** What a complaint was answered with: when, the outcome, and the reason, where it may be told. */
export function answerOfRow(
  store: Store,
  { id, answered_at: at, outcome, answer }: Selectable<Tables['complaint']>,
): ComplaintAnswer {
  return {
    ...(at === null ? {} : { answeredAt: parseUtcMs(at) }),
    ...(outcome === null ? {} : { outcome }),
    ...(answer === null ? {} : { answer: store.key.unseal(answer, `complaint-answer:${id}`).toString() }),
  };
}

function signedOf(notifier: Notifier | undefined): WireNotice['signed'] {
  if (notifier?.signature === undefined) return 'no';
  return notifier.signature.pseudonym ? 'pseudonym' : 'name';
}

/** The notices on a job as a reviewer reads them, and its complaints; who the notifiers are is in none of it. */
export async function jobNotices(store: Store, jobId: JobId): Promise<JobNotices> {
  const rows = await noticesOfJob(store.db, jobId);
  const clocks = await clockRows(
    store.db,
    rows.map(({ id }) => id),
  );
  const notices: WireNotice[] = [];
  for (const row of rows) {
    const content = openContent(store, row);
    if (content === undefined) continue;
    const notifier = await openNotifier(store, store.db, row.id);
    notices.push({
      id: row.id,
      number: row.number,
      receivedAt: parseUtcMs(row.received_at),
      state: row.state,
      lane: row.terms.lane,
      standing: content.standing,
      authorityBasis: content.authorityBasis,
      kind: content.kind,
      facts: content.facts,
      locations: [...content.locations],
      language: content.language,
      declarations: content.declarations.map(({ id, version }) => ({ id, version })),
      signed: signedOf(notifier),
      hasContact: row.terms.hasContact || (notifier?.otherContact ?? '') !== '',
      regimes: wireRegimes(row.terms),
      clocks: wireClocks(clocks.filter((each) => each.notice_id === row.id)),
    });
  }
  return {
    jobId,
    zone: rows[0]?.terms.zone ?? 'UTC',
    notices,
    complaints: await complaintsOf(store, jobId),
  };
}

async function complaintsOf(store: Store, jobId: JobId): Promise<WireComplaint[]> {
  const rows = await store.db
    .selectFrom('complaint')
    .selectAll()
    .where('job_id', '=', jobId)
    .orderBy('received_at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    side: row.side,
    facts: row.sealed === null ? '' : store.key.unseal(row.sealed, `complaint:${row.id}`).toString(),
    at: parseUtcMs(row.received_at),
    ...answerOfRow(store, row),
  }));
}
