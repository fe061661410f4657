/**
 * The records that a transparency report is counted from, read from the chain a page at a time.
 * @module
 */

import { type CountedLog, countLog, type LogRecord, REPORT_RECORDS } from '@reclaim/casework/report-log';
import { type Actor, appendEvents } from './event-log.ts';
import type { Store } from './store.ts';

/** Records in one page. */
const PAGE = 5_000;

/** Counts the whole chain up to its present head; answers also where that is. */
export async function countedLog(store: Store): Promise<CountedLog & { readonly position: number }> {
  // One reading of one moment: a decision that comes meanwhile is in the next report, not half in this one.
  const { seq: head } = await store.db.selectFrom('chain_head').select('seq').executeTakeFirstOrThrow();
  const records: LogRecord[] = [];
  for (let after = 0; ; ) {
    const page = await store.db
      .selectFrom('event')
      .select(['seq', 'at', 'type', 'data'])
      .where('seq', '>', after)
      .where('seq', '<=', head)
      .where('type', 'in', [...REPORT_RECORDS])
      .orderBy('seq')
      .limit(PAGE)
      .execute();
    records.push(...page);
    if (page.length < PAGE) break;
    after = page.at(-1)!.seq;
  }
  return { ...countLog(records), position: head };
}

/** Writes down which report was drawn: its period and the SHA-256 of each file, so that a published one can be held to it. */
export async function noteReport(
  store: Store,
  actor: Actor,
  report: { readonly from: string; readonly to: string; readonly files: Readonly<Record<string, string>> },
): Promise<void> {
  await store.transaction(async (trx) => {
    await appendEvents(trx, store.now(), actor, [{ type: 'report-drawn', subject: 'report', data: report }]);
  });
}
