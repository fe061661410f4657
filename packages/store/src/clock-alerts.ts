/**
 * Warnings before a clock ends: which of the clocks that are owed went past half of their time, past four fifths, into their
 * last hour, or were breached, since it was said last.
 *
 * A warning is taken down before it is sent, so that two nodes never send one twice; one that is lost on its way is followed
 * by the next stage. It holds a job, a rule and a moment: nothing of a notice, an item or a person. A breach is a fact of
 * the chain whether anybody was warned or not (`notice-clocks.ts`).
 * @module
 */

import type { JobId } from '@reclaim/casework/id';
import { parseUtcMs, type UtcMs } from '@reclaim/casework/instant';
import type { RegimeId } from '@reclaim/law/duty/rule';
import { sql } from 'kysely';
import type { Store } from './store.ts';

/** The stages, in their order. */
export const ALERT_STAGES = Object.freeze(['half', 'most', 'hour', 'breached'] as const);

/** One stage: half of the time is gone, four fifths, an hour is left, the moment passed. */
export type AlertStage = (typeof ALERT_STAGES)[number];

/** A warning. */
export type ClockAlert = {
  readonly jobId: JobId;
  readonly ruleId: string;
  readonly regime: RegimeId;
  readonly dueAt: UtcMs;
  readonly stage: AlertStage;
};

/** Clocks looked at in one turn. */
const BATCH = 200;

/** The stage of a clock at `now`, as a number from 0 (nothing to say). */
const STAGE = (now: number) => sql<number>`case
  when breached_seq is not null then 4
  when due_at - ${now}::bigint <= 3600000 then 3
  when (${now}::bigint - start_at) * 5 >= (due_at - start_at) * 4 then 2
  when (${now}::bigint - start_at) * 2 >= due_at - start_at then 1
  else 0 end`;

/**
 * Takes down the warnings that are due, the first due first. Of a clock that skipped a stage only the last is said; of
 * several notices on one job the same rule at the same moment is said once.
 */
export async function takeClockAlerts(store: Store): Promise<readonly ClockAlert[]> {
  const now = store.now();
  const rows = await store.db
    .updateTable('notice_clock')
    .set({ warned: STAGE(now) })
    .where(sql<boolean>`(notice_id, rule_id) in (
      select notice_id, rule_id from notice_clock
      where owed and due_at is not null and start_at is not null and state in ('running', 'breached')
        and warned < ${STAGE(now)}
      order by due_at limit ${BATCH} for update skip locked)`)
    .returning(['job_id', 'rule_id', 'regime', 'due_at', 'warned'])
    .execute();
  const alerts = new Map<string, ClockAlert>();
  for (const row of rows.toSorted((a, b) => a.due_at! - b.due_at!)) {
    const stage = ALERT_STAGES[row.warned - 1]!;
    alerts.set(`${row.job_id} ${row.rule_id} ${row.due_at} ${stage}`, {
      jobId: row.job_id,
      ruleId: row.rule_id,
      regime: row.regime,
      dueAt: parseUtcMs(row.due_at!),
      stage,
    });
  }
  return [...alerts.values()];
}
