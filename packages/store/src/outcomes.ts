/**
 * The outcome log: what a platform is told of its items, in the order in which it happened. A platform reads it by a
 * cursor, webhooks follow it by one each.
 *
 * Of the ruling it bears the effect, and of a removal its ground: the short statement of reasons. A ground of a referral
 * or of what was let stand would tell an uploader what somebody suspects, or that there was something to match.
 * @module
 */

import type { Ruling } from '@reclaim/casework/decision';
import type { OutcomePage } from '@reclaim/casework/wire';
import type { Selectable, Transaction } from 'kysely';
import type { JobRow } from './job-rows.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** One outcome as it is answered. */
export type Outcome = OutcomePage['outcomes'][number];

/** Appends an outcome at `position` (its event's number); nothing where the item is forgotten already. */
export async function addOutcome(
  trx: Transaction<Tables>,
  row: Pick<JobRow, 'id' | 'item_id'>,
  position: number,
  effect: Outcome['effect'],
  ruling?: Ruling,
): Promise<void> {
  if (row.item_id === null) return;
  const ground = ruling?.outcome === 'remove' ? ruling.ground : null;
  await trx
    .insertInto('outcome')
    .values({ position, job_id: row.id, item_id: row.item_id, effect, ground })
    .execute();
}

/** A row as it is answered. */
export function outcomeOf(row: Selectable<Tables['outcome']>): Outcome {
  return {
    position: row.position,
    jobId: row.job_id,
    itemId: row.item_id,
    effect: row.effect as Outcome['effect'],
    ...(row.ground === null ? {} : { ground: row.ground }),
  };
}

/** What became of items after `position`, in order. */
export async function outcomesAfter(store: Store, position: number, limit: number): Promise<OutcomePage> {
  const rows = await store.db
    .selectFrom('outcome')
    .selectAll()
    .where('position', '>', position)
    .orderBy('position')
    .limit(limit)
    .execute();
  return { outcomes: rows.map(outcomeOf), position: rows[rows.length - 1]?.position ?? position };
}
