/**
 * Statements of reasons: made with the decision in one transaction, taken back with it, kept for the reports.
 *
 * In the chain stands `statement-made` with closed words alone: what the sheets of a transparency report count. The record
 * and the text stand in a row that can be erased. They hold no item, no address and no name (the linter refuses a decision
 * whose facts hold personal data), so they outlive the job: five years, as the reports do (Implementing Regulation (EU)
 * 2024/2835, Annex II, part I, section 5).
 * @module
 */

import type { Decision } from '@reclaim/casework/decision';
import type { JobId } from '@reclaim/casework/id';
import { DAY_MS, parseUtcMs } from '@reclaim/casework/instant';
import type { PlatformFacts } from '@reclaim/casework/notice-terms';
import { isFoundByComparison, statementDraft } from '@reclaim/casework/statement-draft';
import {
  type Accountability,
  NO_ACCOUNTABILITY,
  type WireStatement,
  wireAccountability,
} from '@reclaim/casework/wire-statement';
import type { StatementChoice } from '@reclaim/casework/wire-statement-choice';
import type { CheckedRecord, RecordFault } from '@reclaim/law/statement/record-check';
import { checkRecord } from '@reclaim/law/statement/record-check';
import {
  plainStatement,
  type StatementText,
  statementRecord,
  statementText,
} from '@reclaim/law/statement/statement';
import type { Selectable, Transaction } from 'kysely';
import { noteErasure } from './erasure.ts';
import { type Actor, appendEvents, type EventDraft } from './event-log.ts';
import type { JobRow } from './job-rows.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** How long statements are kept: five years. */
export const STATEMENT_MS = 5 * 366 * DAY_MS;

/** A wish for a statement beside a decision. */
export type StatementRequest = { readonly choice: StatementChoice; readonly platform: PlatformFacts };

/** A statement that may be given. */
export type ReadyStatement = {
  readonly record: CheckedRecord;
  readonly text: StatementText;
  readonly draft: EventDraft;
};

/** Composes and checks the statement of a decision that is about to be made. Writes nothing. */
export async function prepareStatement(
  store: Store,
  trx: Transaction<Tables>,
  row: JobRow,
  decision: Decision,
  facts: string,
  { choice, platform }: StatementRequest,
): Promise<
  | { readonly ok: true; readonly statement: ReadyStatement }
  | { readonly ok: false; readonly faults: readonly RecordFault[] }
> {
  // A statement says how far the decision was automated (Article 17(3)(c)): nothing is put there that nobody said.
  const { automated } = decision;
  if (automated === 'undeclared')
    return { ok: false, faults: [{ field: 'automated_decision', reason: 'missing' }] };
  const notice = await trx
    .selectFrom('notice')
    .select('id')
    .where('job_id', '=', row.id)
    .limit(1)
    .executeTakeFirst();
  let draft: ReturnType<typeof statementDraft>;
  try {
    draft = statementDraft(
      choice,
      {
        decisionId: decision.decisionId,
        facts,
        automated,
        cause: row.cause,
        noticed: notice !== undefined,
        reported: row.reported,
        openedAt: parseUtcMs(row.opened_at),
        now: parseUtcMs(store.now()),
      },
      platform,
    );
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { ok: false, faults: [{ field: 'content_date', reason: 'not-a-day' }] };
  }
  const checked = checkRecord(statementRecord(draft));
  if (!checked.ok) return checked;
  const { record } = checked;
  return {
    ok: true,
    statement: {
      record,
      text: statementText(draft),
      draft: {
        type: 'statement-made',
        subject: row.id,
        data: {
          jobId: row.id,
          decisionId: decision.decisionId,
          ground: draft.ground.kind,
          category: record.category,
          specification: record.category_specification?.[0] ?? 'KEYWORD_OTHER',
          source: draft.source,
          restriction: choice.restriction,
          automatedDetection: isFoundByComparison(row.cause),
          automatedDecision: automated,
        },
      },
    },
  };
}

/** Writes a statement down, in the transaction of its decision. */
export async function keepStatement(
  store: Store,
  trx: Transaction<Tables>,
  actor: Actor,
  jobId: JobId,
  decision: Decision,
  { record, text, draft }: ReadyStatement,
): Promise<void> {
  await appendEvents(trx, store.now(), actor, [draft]);
  await trx
    .insertInto('statement')
    .values({
      decision_id: decision.decisionId,
      job_id: jobId,
      made_at: store.now(),
      record: JSON.stringify(record),
      text: JSON.stringify(text),
      taken_back_at: null,
    })
    .execute();
}

/** Marks the statements of a job whose decision was undone or reversed: they are history, and no longer told. */
export async function takeStatementsBack(
  store: Store,
  trx: Transaction<Tables>,
  jobId: JobId,
): Promise<void> {
  await trx
    .updateTable('statement')
    .set({ taken_back_at: store.now() })
    .where('job_id', '=', jobId)
    .where('taken_back_at', 'is', null)
    .execute();
}

/**
 * Erases every statement of a job: it was ruled to perhaps show a minor, and what was once written of it must not stay for
 * five years, nor go to a public database.
 */
export async function eraseStatements(store: Store, trx: Transaction<Tables>, jobId: JobId): Promise<void> {
  const gone = await trx
    .deleteFrom('statement')
    .where('job_id', '=', jobId)
    .returning('decision_id')
    .execute();
  if (gone.length > 0) await noteErasure(store, trx);
}

/** The statement that stands for a job, or `undefined`. */
export async function statementOfJob(store: Store, jobId: JobId): Promise<WireStatement | undefined> {
  const row = await store.db
    .selectFrom('statement')
    .selectAll()
    .where('job_id', '=', jobId)
    .where('taken_back_at', 'is', null)
    .orderBy('made_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : wireOf(row);
}

/** Statements made from `from` up to and without `to`, in order; a page of at most `limit`, after a position in it. */
export async function statementsBetween(
  store: Store,
  from: number,
  to: number,
  after: { readonly madeAt: number; readonly decisionId: string } | undefined,
  limit: number,
): Promise<readonly WireStatement[]> {
  let query = store.db
    .selectFrom('statement')
    .selectAll()
    .where('made_at', '>=', from)
    .where('made_at', '<', to);
  if (after !== undefined) {
    query = query.where((each) =>
      each.or([
        each('made_at', '>', after.madeAt),
        each.and([each('made_at', '=', after.madeAt), each('decision_id', '>', after.decisionId as never)]),
      ]),
    );
  }
  const rows = await query.orderBy('made_at').orderBy('decision_id').limit(limit).execute();
  return rows.map(wireOf);
}

/** Erases statements that are older than reports are kept. Answers how many. */
export async function forgetOldStatements(store: Store): Promise<number> {
  return store.transaction(async (trx) => {
    const gone = await trx
      .deleteFrom('statement')
      .where('made_at', '<', store.now() - STATEMENT_MS)
      .returning('decision_id')
      .execute();
    if (gone.length > 0) await noteErasure(store, trx);
    return gone.length;
  });
}

const SETTINGS = 'accountability';

/** What a lead set for statements and reports. */
export async function readAccountability(store: Store): Promise<Accountability> {
  const row = await store.db
    .selectFrom('store_meta')
    .select('value')
    .where('name', '=', SETTINGS)
    .executeTakeFirst();
  const parsed = row === undefined ? undefined : wireAccountability.safeParse(JSON.parse(row.value));
  return parsed?.success === true ? parsed.data : NO_ACCOUNTABILITY;
}

/** Sets it; the chain says who did, not what. */
export async function writeAccountability(store: Store, actor: Actor, value: Accountability): Promise<void> {
  await store.transaction(async (trx) => {
    await appendEvents(trx, store.now(), actor, [
      { type: 'accountability-set', subject: SETTINGS, data: {} },
    ]);
    await trx
      .insertInto('store_meta')
      .values({ name: SETTINGS, value: JSON.stringify(value) })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: JSON.stringify(value) }))
      .execute();
  });
}

function wireOf(row: Selectable<Tables['statement']>): WireStatement {
  const text = row.text as StatementText;
  return {
    decisionId: row.decision_id,
    jobId: row.job_id,
    madeAt: row.made_at,
    ...(row.taken_back_at === null ? {} : { takenBackAt: row.taken_back_at }),
    language: text.language,
    title: text.title,
    sections: text.sections.map(({ part, heading, sentences }) => ({
      part,
      heading,
      sentences: [...sentences],
    })),
    text: plainStatement(text),
    record: { ...(row.record as object) },
  };
}
