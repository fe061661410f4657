/**
 * Since when erased bytes may lie in the server's files, and getting rid of them (`compaction.ts`).
 *
 * Two notes, both rows of `store_meta`. *pending*: something was erased, since then. *running*: a compaction took that note,
 * with when it began. It takes the note rather than reading it, so that what is erased meanwhile is noted anew and waits for
 * the next round; it drops its own when it succeeded, and gives the time back when it did not. A process that was killed
 * between the two leaves *running* behind: after ten minutes that counts as pending again, with the time that it had.
 * @module
 */

import type { UtcMs } from '@reclaim/casework/instant';
import { sql, type Transaction } from 'kysely';
import type { Compaction } from './compaction.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

const PENDING = 'erasure-pending-since';

/** Its value: since when bytes may lie in files, and when the compaction began, in UTC milliseconds. */
const RUNNING = 'erasure-running';

/** A compaction that has not ended by then was killed: the longest that was measured took a minute, half of it waiting. */
const KILLED_MS = 10 * 60_000;

type Running = { readonly since: UtcMs; readonly began: UtcMs };

/** Notes that erased bytes may still lie in files, from now, unless that is noted already. */
export async function noteErasure(store: Store, trx: Transaction<Tables>): Promise<void> {
  await trx
    .insertInto('store_meta')
    .values({ name: PENDING, value: String(store.now()) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Since when erased bytes may lie in files, or `undefined`. What a compaction that is under way took counts as gone. */
export async function erasurePendingSince(store: Store): Promise<UtcMs | undefined> {
  const { pending, killed } = await readNotes(store.db, store.now());
  return earliest(pending, killed);
}

/**
 * Compacts when an erasure is pending, and notes that none is unless something was erased meanwhile.
 * @returns what compaction reached, or `undefined` when nothing was pending
 */
export async function compactErased(store: Store): Promise<Compaction | undefined> {
  // Not by the store's own transaction, which wants room on the disk: two rows of a few bytes, and then room is made.
  const taken = await store.db.transaction().execute((trx) => takeNote(trx, store.now()));
  if (taken === undefined) return undefined;
  let done = false;
  try {
    const compaction = await store.compact();
    done = compaction.ok;
    return compaction;
  } finally {
    await store.db.transaction().execute(async (trx) => {
      if (!done) await keepPending(trx, taken.since);
      // Another node's, which began meanwhile, stays.
      await trx
        .deleteFrom('store_meta')
        .where('name', '=', RUNNING)
        .where('value', '=', wordsOf(taken))
        .execute();
    });
  }
}

/** Makes *running* of *pending*, and answers it; `undefined` where nothing is pending. */
async function takeNote(trx: Transaction<Tables>, now: UtcMs): Promise<Running | undefined> {
  const { pending, killed, running } = await readNotes(trx, now);
  const since = earliest(pending, killed);
  if (since === undefined) return undefined;
  // Of two nodes that compact at once the second writes over the note of the first, and keeps its time.
  const taken: Running = { since: earliest(since, running?.since) ?? since, began: now };
  await trx
    .insertInto('store_meta')
    .values({ name: RUNNING, value: wordsOf(taken) })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: wordsOf(taken) }))
    .execute();
  await trx.deleteFrom('store_meta').where('name', '=', PENDING).execute();
  return taken;
}

/** Puts the note back with its old time: a compaction that failed must not win a new hour by failing. */
async function keepPending(trx: Transaction<Tables>, since: UtcMs): Promise<void> {
  await trx
    .insertInto('store_meta')
    .values({ name: PENDING, value: String(since) })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ value: sql<string>`least(store_meta.value::bigint, ${since}::bigint)::text` }),
    )
    .execute();
}

type Notes = {
  readonly pending: UtcMs | undefined;
  readonly running: Running | undefined;
  /** The time of a *running* whose process must be gone. */
  readonly killed: UtcMs | undefined;
};

async function readNotes(db: Store['db'] | Transaction<Tables>, now: UtcMs): Promise<Notes> {
  const rows = await db
    .selectFrom('store_meta')
    .selectAll()
    .where('name', 'in', [PENDING, RUNNING])
    .execute();
  const value = (wanted: string) => rows.find(({ name }) => name === wanted)?.value;
  const pending = value(PENDING);
  const [since, began] = (value(RUNNING) ?? '').split(' ').map(Number);
  const running =
    since === undefined || began === undefined ? undefined : { since: since as UtcMs, began: began as UtcMs };
  // A clock that was put back must not make it run for ever.
  const gone = running !== undefined && Math.abs(now - running.began) > KILLED_MS;
  return {
    pending: pending === undefined ? undefined : (Number(pending) as UtcMs),
    running,
    killed: gone ? running.since : undefined,
  };
}

function wordsOf({ since, began }: Running): string {
  return `${since} ${began}`;
}

function earliest(a: UtcMs | undefined, b: UtcMs | undefined): UtcMs | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? a : b;
}
