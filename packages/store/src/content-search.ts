/**
 * The search of content for what changed in the bank: how far it is, and the jobs that it opens.
 *
 * Its position is in the database, so that a node that ends in the middle loses nothing: the next one takes the changes up
 * again from the last position that was done. Several nodes may search the same changes, or one twice: a signal that an
 * item matched already opens nothing.
 *
 * Order, which is what makes it complete: *begin* (notes up to which change is being searched; an item that is kept from
 * then on knows that it may come too late) → read what content there is → search → *end*.
 * @module
 */

import { isLive } from '@reclaim/casework/banked-signal';
import type { JobId, SignalId } from '@reclaim/casework/id';
import type { Interim } from '@reclaim/casework/job';
import { sql, type Transaction } from 'kysely';
import type { KeptContent } from './content.ts';
import { appendEvents, lockChain } from './event-log.ts';
import { type JobMatch, openJobIn } from './jobs.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** The last change of the bank that all content has been searched for. */
export async function searchedTo(store: Store): Promise<number> {
  const head = await store.db.selectFrom('content_head').select('searched_to').executeTakeFirstOrThrow();
  return head.searched_to;
}

/** Begins to search for the changes up to `position`. Answers whether there is any content. */
export async function beginSearch(store: Store, position: number): Promise<boolean> {
  return store.transaction(async (trx) => {
    await trx
      .updateTable('content_head')
      .set({ searching_to: sql`greatest(searching_to, ${position})` })
      .where('id', '=', 1)
      .execute();
    const { rows } = await sql<{ any: boolean }>`
      select exists (select from content where item_id is not null) as any`.execute(trx);
    return rows[0]!.any;
  });
}

/** Notes that all content has been searched for the changes up to `position`. */
export async function endSearch(store: Store, position: number): Promise<void> {
  await store.db
    .updateTable('content_head')
    .set({ searched_to: sql`greatest(searched_to, ${position})` })
    .where('id', '=', 1)
    .execute();
}

/** What an item matched. */
export type FoundContent = {
  readonly content: KeptContent;
  readonly matches: readonly JobMatch[];
  readonly interim: Interim;
  /** Jobs that an unconfirmed signal may open. */
  readonly mostJobs: number;
};

/** What became of it: `known` where there is nothing new to ask anybody, `flood` where its signals have opened enough. */
export type FoundOutcome =
  | { readonly kind: 'opened'; readonly jobId: JobId }
  | { readonly kind: 'known' }
  | { readonly kind: 'flood'; readonly signalIds: readonly SignalId[] };

/**
 * Opens a job for an item that matched, or joins the one that is open for it. `known`: the item is gone or was kept anew,
 * its signals are gone, or a job has put every one of them before a reviewer.
 */
export async function openRetroactive(
  store: Store,
  { content, matches, interim, mostJobs }: FoundContent,
): Promise<FoundOutcome> {
  return store.transaction(async (trx): Promise<FoundOutcome> => {
    await lockChain(trx);
    const row = await trx
      .selectFrom('content')
      .select('position')
      .where('num', '=', content.num)
      .where('item_id', 'is not', null)
      .forShare()
      .executeTakeFirst();
    if (row?.position !== content.position) return { kind: 'known' };
    const ids = matches.map(({ signalId }) => signalId);
    const signals = await trx.selectFrom('signal').select(['id', 'state']).where('id', 'in', ids).execute();
    const states = new Map(signals.map(({ id, state }) => [id, state]));
    const shown = await trx
      .selectFrom('job_match')
      .innerJoin('job', 'job.id', 'job_match.job_id')
      .select('signal_id')
      .where('job.item_id', '=', content.item.id)
      .where('signal_id', 'in', ids)
      .execute();
    const known = new Set(shown.map(({ signal_id }) => signal_id));
    const living = matches.filter(({ signalId }) => isLive(states.get(signalId) ?? 'withdrawn'));
    const fresh = living.filter(({ signalId }) => !known.has(signalId));
    if (fresh.length === 0) return { kind: 'known' };
    const spent = await spentSignals(
      trx,
      fresh.map(({ signalId }) => signalId).filter((id) => states.get(id) === 'unconfirmed'),
      mostJobs,
    );
    if (spent.length === fresh.length) return { kind: 'flood', signalIds: spent };
    const { jobId, settled } = await openJobIn(store, trx, 'system', {
      item: content.item,
      cause: 'retroactive',
      interim,
      matches: living,
      contentTag: content.sha256 === undefined ? undefined : store.key.tag(content.sha256),
    });
    return settled === undefined ? { kind: 'opened', jobId } : { kind: 'known' };
  });
}

/** Those of the signals that have opened so many jobs already. */
async function spentSignals(
  trx: Transaction<Tables>,
  signalIds: readonly SignalId[],
  mostJobs: number,
): Promise<readonly SignalId[]> {
  const spent: SignalId[] = [];
  for (const id of signalIds) {
    const beyond = await trx
      .selectFrom('job_match')
      .innerJoin('job', 'job.id', 'job_match.job_id')
      .select('job_id')
      .where('signal_id', '=', id)
      .where('job.cause', '=', 'retroactive')
      .offset(mostJobs - 1)
      .limit(1)
      .executeTakeFirst();
    if (beyond !== undefined) spent.push(id);
  }
  return spent;
}

/** Writes down that an unconfirmed signal matched more items than are put before reviewers: at least `found`. */
export async function noteFlood(store: Store, signalId: SignalId, found: number): Promise<void> {
  await store.transaction(async (trx) => {
    const data = { signalId, found };
    await appendEvents(trx, store.now(), 'system', [{ type: 'retroactive-flood', subject: signalId, data }]);
  });
}
