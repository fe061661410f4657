/**
 * A bank with very many signals, made at once and without events: for benchmarks of what is in memory afterwards.
 * @module
 */

import { randomBytes } from 'node:crypto';
import { type BankId, makeId } from '@reclaim/casework/id';
import { sql } from 'kysely';
import type { Store } from './store.ts';

/** Signals that are inserted by one statement. */
const BATCH = 10_000;

/** Fills a bank with PDQ signals of 32 bytes each, as many as there are in `values`. No node may be running. */
export async function fillBank(store: Store, bankId: BankId, values: Uint8Array): Promise<void> {
  let inserted: Promise<unknown> = Promise.resolve();
  for (let from = 0; from < values.length; from += BATCH * 32) {
    const ids: string[] = [];
    const sealed: Buffer[] = [];
    for (let at = from; at < Math.min(values.length, from + BATCH * 32); at += 32) {
      const id = makeId('signal', randomBytes(16));
      ids.push(id);
      sealed.push(store.key.seal(values.subarray(at, at + 32), id));
    }
    // Sealed while the database takes those before.
    await inserted;
    inserted = sql`insert into signal (id, bank_id, kind, state, sealed, quality, pipeline, day)
      select made.id, ${bankId}, 'pdq', 'unconfirmed', made.sealed, 100, 'bench-1', 0
      from unnest(${ids}::text[], ${sealed}::bytea[]) as made (id, sealed)`.execute(store.db);
  }
  await inserted;
}
