/**
 * Match receipts: what the holder of a signal's capability may know of it. Counts only, rounded, and never a time: a
 * count that a person sees rise says that a platform held something, and where and when would lead to who.
 * @module
 */

import type { SignalReceipt } from '@reclaim/casework/wire-case';
import { sql } from 'kysely';
import { ownedUntil } from './cases.ts';
import { capabilityHash } from './signals.ts';
import type { Store } from './store.ts';

/** `count` with its leading digit alone: 1, 2, … 9, 10, 20, … 90, 100, 200, … */
export function roundedCount(count: number): number {
  let unit = 1;
  while (count >= unit * 10) unit *= 10;
  return Math.floor(count / unit) * unit;
}

/**
 * The state and counts of the signal that this capability belongs to, or `undefined`. Asking shows that somebody still
 * wants the signal: where it has an end, the end moves on to a whole life from today, to the day, never back. No event
 * is written, since the log would keep the hour in which a person looked.
 */
export async function signalReceipt(store: Store, capability: string): Promise<SignalReceipt | undefined> {
  const row = await store.db
    .selectFrom('signal')
    .select(['num', 'id', 'state', 'expires_at'])
    .where('capability_sha256', '=', capabilityHash(capability))
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const until = ownedUntil(store.now());
  if (row.expires_at !== null && row.expires_at < until) {
    await store.db
      .updateTable('signal')
      .set({ expires_at: until })
      .where('num', '=', row.num)
      // Between our reading and this it may have been withdrawn, or have been moved on.
      .where('expires_at', '<', until)
      .execute();
  }
  const { held, removed } = await store.db
    .selectFrom('job_match')
    .innerJoin('job', 'job.id', 'job_match.job_id')
    .where('signal_id', '=', row.id)
    .select([
      sql<number>`count(*) filter (where interim = 'held')`.as('held'),
      sql<number>`count(*) filter (where decision->'ruling'->>'outcome' = 'remove')`.as('removed'),
    ])
    .executeTakeFirstOrThrow();
  return { state: row.state, held: roundedCount(held), removed: roundedCount(removed) };
}
