/**
 * Clocks of notices as rows beside the job: written anew in the transaction of whatever moves them, and swept for
 * breaches.
 *
 * A clock follows from the terms of its notice and from the facts of `notice_fact` alone (`casework/notice-terms`, over
 * `law/duty/clock`); its row is what the queue is ordered by and what the sweeper finds. A breach is a record of the chain
 * and a mark on the row that a trigger of the database holds: what comes later makes it met late, nothing makes it undone.
 *
 * Two things are decided here, because the law's pure clock does not know them. A ruling to keep the item refuses the
 * duty that only a removal would end. And a clock that was met in time stays met when the ruling is undone after its due
 * moment: the platform acted in time, and putting content back later is another act with reasons of its own.
 * @module
 */

import type { DecisionId, JobId, NoticeId } from '@reclaim/casework/id';
import { parseUtcMs, type UtcMs } from '@reclaim/casework/instant';
import { clocksOfTerms, isRemoval, type NoticeTerms, type TermsClock } from '@reclaim/casework/notice-terms';
import type { WireClock } from '@reclaim/casework/wire-notice';
import type { ClockEvent } from '@reclaim/law/duty/clock';
import type { EventKind } from '@reclaim/law/duty/rule';
import { RULES } from '@reclaim/law/duty/rules';
import type { Kysely, Selectable, Transaction } from 'kysely';
import { appendEvents, lockChain } from './event-log.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** A row of `notice_clock`. */
export type ClockRow = Omit<Selectable<Tables['notice_clock']>, 'warned'>;

/** Breaches that one transaction records. */
const SWEEP_BATCH = 100;

/** A fact that clocks read. */
export type NoticeFact = {
  readonly kind: EventKind;
  readonly at: UtcMs;
  /** The record in the chain that shows it. */
  readonly seq: number;
  readonly decisionId?: DecisionId | undefined;
};

/** Writes facts of a notice down. */
export async function addFacts(
  trx: Transaction<Tables>,
  noticeId: NoticeId,
  facts: readonly NoticeFact[],
): Promise<void> {
  if (facts.length === 0) return;
  await trx
    .insertInto('notice_fact')
    .values(
      facts.map(({ kind, at, seq, decisionId }) => ({
        seq,
        notice_id: noticeId,
        kind,
        at,
        decision_id: decisionId ?? null,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Takes back what a ruling told: it is kept and no clock reads it any more. */
export async function voidFacts(
  trx: Transaction<Tables>,
  noticeId: NoticeId,
  decisionId: DecisionId,
): Promise<void> {
  await trx
    .updateTable('notice_fact')
    .set({ void: true })
    .where('notice_id', '=', noticeId)
    .where('decision_id', '=', decisionId)
    .execute();
}

/** Computes the clocks of a notice and writes their rows, with a record of each breach that is new. */
export async function rewriteClocks(
  store: Store,
  trx: Transaction<Tables>,
  notice: { readonly id: NoticeId; readonly job_id: JobId; readonly terms: NoticeTerms },
  ruling: { readonly refuses: boolean; readonly at: number | null },
): Promise<void> {
  const now = store.now();
  const facts = await trx
    .selectFrom('notice_fact')
    .selectAll()
    .where('notice_id', '=', notice.id)
    .where('void', '=', false)
    .orderBy('at')
    .execute();
  const events = facts.map(
    ({ kind, at, seq }): ClockEvent => ({ kind, atMs: at, proof: { kind: 'ledger', record: String(seq) } }),
  );
  const old = await clockRows(trx, [notice.id]);
  for (const each of clocksOfTerms(notice.terms, events, now)) {
    const before = old.find(({ rule_id }) => rule_id === each.clock.rule.id);
    const row = rowOf(notice, each, before, ruling, now);
    const late = row.state === 'breached' || row.state === 'met-late';
    const fresh = late && row.owed && row.breached_seq === null;
    const breach = fresh ? await recordBreach(trx, row, now) : {};
    await trx
      .insertInto('notice_clock')
      .values({ ...row, ...breach })
      .onConflict((conflict) => conflict.columns(['notice_id', 'rule_id']).doUpdateSet({ ...row, ...breach }))
      .execute();
  }
}

function rowOf(
  notice: { readonly id: NoticeId; readonly job_id: JobId },
  { clock, regime, applies, owed }: TermsClock,
  before: ClockRow | undefined,
  ruling: { readonly refuses: boolean; readonly at: number | null },
  now: number,
): ClockRow {
  const started = clock.kind === 'not-started' ? undefined : clock;
  const row: ClockRow = {
    notice_id: notice.id,
    rule_id: clock.rule.id,
    version: clock.version.version,
    job_id: notice.job_id,
    regime,
    applies,
    owed,
    state: clock.kind,
    reason: clock.kind === 'not-started' ? clock.reason : null,
    start_at: started?.startMs ?? null,
    due_at: started?.dueMs ?? null,
    end_at: started !== undefined && 'endMs' in started ? started.endMs : null,
    breached_seq: before?.breached_seq ?? null,
    breached_at: before?.breached_at ?? null,
  };
  if (before === undefined) return refusedIf(row, clock, ruling);
  // Met in time and undone after its due moment: it stays met, as the head says.
  const wasMet = before.state === 'met' && before.due_at !== null && before.due_at <= now;
  if (wasMet && row.state === 'breached') return before;
  if (before.breached_seq === null) return refusedIf(row, clock, ruling);
  // A breach on record: it is met late or goes on being breached, and was due when it was due.
  const { due_at, version, start_at } = before;
  const state = row.state === 'met' || row.state === 'met-late' ? 'met-late' : 'breached';
  return { ...row, state, due_at, version, start_at, reason: null };
}

function refusedIf(
  row: ClockRow,
  clock: TermsClock['clock'],
  ruling: { readonly refuses: boolean; readonly at: number | null },
): ClockRow {
  const open = row.state === 'running' || row.state === 'breached';
  if (!ruling.refuses || !open || !isRemoval(clock.rule.ends)) return row;
  const inTime = row.due_at === null || ruling.at === null || ruling.at <= row.due_at;
  return inTime ? { ...row, state: 'refused', end_at: ruling.at } : row;
}

async function recordBreach(
  trx: Transaction<Tables>,
  row: ClockRow,
  now: UtcMs,
): Promise<{ readonly breached_seq: number; readonly breached_at: number }> {
  const data = {
    noticeId: row.notice_id,
    jobId: row.job_id,
    ruleId: row.rule_id,
    version: row.version,
    dueAt: row.due_at ?? now,
  };
  const [seq] = await appendEvents(trx, now, 'system', [
    { type: 'clock-breached', subject: row.job_id, data },
  ]);
  return { breached_seq: seq!, breached_at: now };
}

/**
 * Records every breach that came about: clocks that run, are owed, and whose due moment has passed. Answers how many.
 * Nodes that sweep at the same time take different rows.
 */
export async function sweepBreaches(store: Store): Promise<number> {
  let all = 0;
  for (;;) {
    const due = () =>
      store.db
        .selectFrom('notice_clock')
        .select('notice_id')
        .where('state', '=', 'running')
        .where('owed', '=', true)
        .where('due_at', '<', store.now());
    // Without the lock first: nearly always there is nothing, and a sweep must not hold up writers every few seconds.
    if ((await due().limit(1).executeTakeFirst()) === undefined) return all;
    const swept = await store.transaction(async (trx) => {
      await lockChain(trx);
      const now = store.now();
      const rows = await trx
        .selectFrom('notice_clock')
        .selectAll()
        .where('state', '=', 'running')
        .where('owed', '=', true)
        .where('due_at', '<', now)
        .orderBy('due_at')
        .limit(SWEEP_BATCH)
        .forUpdate()
        .skipLocked()
        .execute();
      for (const row of rows) {
        const breach = await recordBreach(trx, row, now);
        await trx
          .updateTable('notice_clock')
          .set({ state: 'breached', ...breach })
          .where('notice_id', '=', row.notice_id)
          .where('rule_id', '=', row.rule_id)
          .execute();
      }
      return rows.length;
    });
    all += swept;
    if (swept < SWEEP_BATCH) return all;
  }
}

/** The clocks of notices. */
export async function clockRows(
  db: Kysely<Tables> | Transaction<Tables>,
  noticeIds: readonly NoticeId[],
): Promise<readonly ClockRow[]> {
  if (noticeIds.length === 0) return [];
  return db
    .selectFrom('notice_clock')
    .selectAll()
    .where('notice_id', 'in', [...noticeIds])
    .execute();
}

/** The place of a rule among all, so that clocks due at one moment stand as the law names them. */
function placeOf(row: ClockRow): number {
  return RULES.findIndex(({ id }) => id === row.rule_id);
}

/** Clocks as they are answered: those due first come first, then those that run without a number, then the rest. */
export function wireClocks(rows: readonly ClockRow[]): WireClock[] {
  const rank = (row: ClockRow) => (row.state === 'breached' || row.state === 'running' ? 0 : 1);
  return rows
    .toSorted(
      (a, b) =>
        rank(a) - rank(b) ||
        Number(b.owed) - Number(a.owed) ||
        (a.due_at ?? Number.MAX_SAFE_INTEGER) - (b.due_at ?? Number.MAX_SAFE_INTEGER) ||
        placeOf(a) - placeOf(b),
    )
    .map((row) => ({
      ruleId: row.rule_id,
      version: row.version,
      regime: row.regime,
      applies: row.applies,
      owed: row.owed,
      state: row.state,
      ...(row.reason === null ? {} : { reason: row.reason }),
      ...(row.start_at === null ? {} : { startAt: parseUtcMs(row.start_at) }),
      ...(row.due_at === null ? {} : { dueAt: parseUtcMs(row.due_at) }),
      ...(row.end_at === null ? {} : { endAt: parseUtcMs(row.end_at) }),
      ...(row.breached_at === null ? {} : { breachedAt: parseUtcMs(row.breached_at) }),
    }));
}
