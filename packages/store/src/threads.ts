/**
 * Threads: sealed messages between a person and a helper, kept in the order in which they came.
 *
 * Entries are only ever added: a trigger refuses every change of one, and deleting is for erasure alone. An entry takes
 * the place behind the last one or none: of two that arrive together the second is refused (`version`). The same entry
 * again, because its answer was lost, is answered like the first time.
 *
 * Sealed parts are sealed once more by the store's key. A thread bears the HMAC of its secret, its helper and the day of
 * its last entry; no case, no address, no other time. Nothing of it is in the event log.
 * @module
 */

import type { StaffId } from '@reclaim/casework/id';
import { coarseDay, DAY_MS, parseUtcMs } from '@reclaim/casework/instant';
import {
  MAX_SHARE_DAYS,
  MAX_THREAD_ENTRIES,
  MAX_THREAD_SHARES,
  type NewThread,
  THREAD_LIFE_DAYS,
  type WireEntry,
  type WireRings,
  type WireShareFile,
  type WireThread,
} from '@reclaim/casework/wire-thread';
import type { Transaction } from 'kysely';
import { noteErasure } from './erasure.ts';
import { listHelpers } from './helper-keys.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';
import { checkFiles, nameFiles, shownFiles } from './thread-files.ts';
import { findThread, sealed, secretTag, type ThreadSide, unsealed } from './thread-rows.ts';

/** Threads of one helper, at most: beyond it they take no new one. */
export const MAX_HELPER_THREADS = 2_000;

/** Why something was not done. `no-helper`: the helper does not take threads, is gone, or has no key. */
export type ThreadRefusal = 'not-found' | 'already-exists' | 'version' | 'full' | 'no-helper' | 'until';

/** How many entries there are after an append, or why nothing was added. */
export type AppendedEntry =
  | { readonly ok: true; readonly count: number }
  | { readonly ok: false; readonly reason: ThreadRefusal };

/** Keeps a new thread with its first entry, all or nothing. Sent again it answers the same. */
export async function keepThread(store: Store, draft: Omit<NewThread, 'proof'>): Promise<AppendedEntry> {
  const { thread: id, helper, rings, entry } = draft;
  if (entry.seq !== 1 || entry.epoch !== 0) return { ok: false, reason: 'version' };
  const tag = secretTag(store, draft.secretSha256);
  return store.transaction(async (trx): Promise<AppendedEntry> => {
    const there = await trx.selectFrom('thread').selectAll().where('id', '=', id).executeTakeFirst();
    if (there !== undefined) {
      const first = await entryAt(store, trx, id, 1);
      const again = there.secret_tag.equals(tag) && first?.sealed === entry.sealed;
      return again ? { ok: true, count: there.entries } : { ok: false, reason: 'already-exists' };
    }
    if (!(await takesThreads(trx, helper))) return { ok: false, reason: 'no-helper' };
    await trx
      .insertInto('thread')
      .values({
        id,
        secret_tag: tag,
        helper_id: helper,
        person_ring: sealed(store, rings.person, `${id}:person`),
        helper_ring: sealed(store, rings.helper, `${id}:helper`),
        entries: 1,
        day: coarseDay(store.now()),
      })
      .execute();
    await insertEntry(store, trx, id, entry);
    return { ok: true, count: 1 };
  });
}

async function takesThreads(trx: Transaction<Tables>, helper: StaffId): Promise<boolean> {
  const known = (await listHelpers({ db: trx })).find(({ id }) => id === helper);
  if (known?.open !== true) return false;
  const { count } = await trx
    .selectFrom('thread')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('helper_id', '=', helper)
    .executeTakeFirstOrThrow();
  return Number(count) < MAX_HELPER_THREADS;
}

/** A thread for one of its sides: its ring, the entries after a place, and what is shared and has not ended. */
export async function readThread(
  store: Store,
  side: ThreadSide,
  after: number,
): Promise<WireThread | undefined> {
  return store.transaction(async (trx): Promise<WireThread | undefined> => {
    const row = await findThread(store, trx, side);
    if (row === undefined) return undefined;
    const { id } = row;
    const entries = await trx
      .selectFrom('thread_entry')
      .selectAll()
      .where('thread_id', '=', id)
      .where('seq', '>', after)
      .orderBy('seq')
      .execute();
    const shares = await trx
      .selectFrom('thread_share')
      .selectAll()
      .where('thread_id', '=', id)
      .where('until', '>', store.now())
      .orderBy('share')
      .execute();
    const files = await shownFiles(store, trx, id, side.kind);
    const ring = side.kind === 'person' ? row.person_ring : row.helper_ring;
    return {
      thread: id,
      ...(row.helper_id === null ? {} : { helper: row.helper_id }),
      ring: ring === null ? '' : unsealed(store, ring, `${id}:${side.kind}`),
      entries: entries.map(({ seq, epoch, sealed: bytes }) => ({
        seq,
        epoch,
        sealed: unsealed(store, bytes, `${id}:${seq}`),
      })),
      count: row.entries,
      shares: shares.map(({ share, sealed: bytes, until }) => ({
        share,
        sealed: unsealed(store, bytes, `${id}:share:${share}`),
        until: parseUtcMs(until),
        files: files.filter((each) => each.share === share).map(({ share: _, ...each }) => each),
      })),
    };
  });
}

/** Adds an entry; with it, where given, another helper and new rings, all or nothing. */
export async function appendEntry(
  store: Store,
  side: ThreadSide,
  draft: {
    readonly entry: WireEntry;
    readonly rings?: WireRings | undefined;
    readonly helper?: StaffId | undefined;
  },
): Promise<AppendedEntry> {
  return store.transaction(async (trx): Promise<AppendedEntry> => {
    const row = await findThread(store, trx, side, true);
    if (row === undefined) return { ok: false, reason: 'not-found' };
    const { id, entries } = row;
    if (entries === draft.entry.seq) {
      // The same again: its answer was lost on the way.
      const last = await entryAt(store, trx, id, entries);
      if (last?.sealed === draft.entry.sealed) return { ok: true, count: entries };
    }
    if (draft.entry.seq !== entries + 1) return { ok: false, reason: 'version' };
    if (entries >= MAX_THREAD_ENTRIES) return { ok: false, reason: 'full' };
    if (draft.helper !== undefined && !(await takesThreads(trx, draft.helper)))
      return { ok: false, reason: 'no-helper' };
    await insertEntry(store, trx, id, draft.entry);
    await trx
      .updateTable('thread')
      .set({
        entries: entries + 1,
        day: coarseDay(store.now()),
        ...(draft.helper === undefined ? {} : { helper_id: draft.helper }),
        ...(draft.rings === undefined
          ? {}
          : {
              person_ring: sealed(store, draft.rings.person, `${id}:person`),
              helper_ring: sealed(store, draft.rings.helper, `${id}:helper`),
            }),
      })
      .where('id', '=', id)
      .execute();
    // The old rings are in the table's files until they are compacted away.
    if (draft.rings !== undefined) await noteErasure(store, trx);
    return { ok: true, count: entries + 1 };
  });
}

/** Keeps a share until its end, in place of one of the same name. Its files are named here; their pieces follow. */
export async function keepShare(
  store: Store,
  secret: string,
  draft: {
    readonly share: string;
    readonly sealed: string;
    readonly until: number;
    readonly files?: readonly WireShareFile[] | undefined;
  },
): Promise<'kept' | Extract<ThreadRefusal, 'not-found' | 'full' | 'until' | 'no-helper'>> {
  const now = store.now();
  if (draft.until <= now || draft.until > now + (MAX_SHARE_DAYS + 1) * DAY_MS) return 'until';
  return store.transaction(async (trx) => {
    const row = await findThread(store, trx, { kind: 'person', secret }, true);
    if (row === undefined) return 'not-found';
    const others = await trx
      .selectFrom('thread_share')
      .select('share')
      .where('thread_id', '=', row.id)
      .where('share', '!=', draft.share)
      .execute();
    if (others.length >= MAX_THREAD_SHARES) return 'full';
    const files = draft.files ?? [];
    const refusal = await checkFiles(trx, row, draft.share, files);
    if (refusal !== undefined) return refusal;
    const values = {
      sealed: sealed(store, draft.sealed, `${row.id}:share:${draft.share}`),
      until: draft.until,
    };
    await trx
      .insertInto('thread_share')
      .values({ thread_id: row.id, share: draft.share, ...values })
      .onConflict((conflict) => conflict.columns(['thread_id', 'share']).doUpdateSet(values))
      .execute();
    await nameFiles(store, trx, row.id, draft.share, files);
    await noteErasure(store, trx);
    return 'kept';
  });
}

/** Ends a share now. Answers whether the thread is there. */
export async function endShare(store: Store, secret: string, share: string): Promise<boolean> {
  return store.transaction(async (trx) => {
    const row = await findThread(store, trx, { kind: 'person', secret }, true);
    if (row === undefined) return false;
    await trx.deleteFrom('thread_share').where('thread_id', '=', row.id).where('share', '=', share).execute();
    await noteErasure(store, trx);
    return true;
  });
}

/** Erases a thread with everything in it. Answers whether it was there. */
export async function deleteThread(store: Store, secret: string): Promise<boolean> {
  return store.transaction(async (trx) => {
    const row = await findThread(store, trx, { kind: 'person', secret }, true);
    if (row === undefined) return false;
    await eraseThreads(store, trx, [row.id]);
    return true;
  });
}

/** Erases what has ended: shares past their day, and threads in which nobody wrote for a year. Answers how many. */
export async function expireThreads(
  store: Store,
): Promise<{ readonly shares: number; readonly threads: number }> {
  return store.transaction(async (trx) => {
    const now = store.now();
    const { numDeletedRows } = await trx
      .deleteFrom('thread_share')
      .where('until', '<=', now)
      .executeTakeFirst();
    const old = await trx
      .selectFrom('thread')
      .select('id')
      .where('day', '<', coarseDay(now) - THREAD_LIFE_DAYS * DAY_MS)
      .limit(100)
      .execute();
    if (old.length > 0)
      await eraseThreads(
        store,
        trx,
        old.map(({ id }) => id),
      );
    else if (numDeletedRows > 0n) await noteErasure(store, trx);
    return { shares: Number(numDeletedRows), threads: old.length };
  });
}

/** A helper's threads, the latest first. */
export async function threadsOfHelper(
  store: Store,
  helper: StaffId,
): Promise<readonly { readonly thread: string; readonly count: number; readonly day: number }[]> {
  const rows = await store.db
    .selectFrom('thread')
    .select(['id', 'entries', 'day'])
    .where('helper_id', '=', helper)
    .orderBy('day', 'desc')
    .orderBy('id')
    .limit(MAX_HELPER_THREADS)
    .execute();
  return rows.map(({ id, entries, day }) => ({ thread: id, count: entries, day }));
}

async function entryAt(store: Store, trx: Transaction<Tables>, id: string, seq: number) {
  const row = await trx
    .selectFrom('thread_entry')
    .select('sealed')
    .where('thread_id', '=', id)
    .where('seq', '=', seq)
    .executeTakeFirst();
  return row === undefined ? undefined : { sealed: unsealed(store, row.sealed, `${id}:${seq}`) };
}

async function insertEntry(
  store: Store,
  trx: Transaction<Tables>,
  id: string,
  entry: WireEntry,
): Promise<void> {
  await trx
    .insertInto('thread_entry')
    .values({
      thread_id: id,
      seq: entry.seq,
      epoch: entry.epoch,
      sealed: sealed(store, entry.sealed, `${id}:${entry.seq}`),
    })
    .execute();
}

async function eraseThreads(store: Store, trx: Transaction<Tables>, ids: readonly string[]): Promise<void> {
  await trx.deleteFrom('thread_share').where('thread_id', 'in', ids).execute();
  await trx.deleteFrom('thread_entry').where('thread_id', 'in', ids).execute();
  await trx.deleteFrom('thread').where('id', 'in', ids).execute();
  await noteErasure(store, trx);
}
