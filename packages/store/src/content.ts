/**
 * Content: what a platform let through and asked to be told about, so that it can be searched when a signal joins the bank.
 *
 * A row bears the platform's own id of the item, the address where a reviewer may see it, its SHA-256 and the PDQ hashes of
 * its orientations (or the upright one), sealed by the store's key and bound to the item. Nothing says who uploaded it. It goes when its time is over, when the
 * platform says so, and when a ruling takes the item down; what is left until the other nodes know is a number.
 *
 * Changes are ordered by the lock on the one row of `content_head`, so that positions follow commits, as in the event log.
 * The lock is taken after the chain's and before `store_meta`, where one transaction needs several.
 *
 * Nothing is missed between an item and a signal, whichever comes first. An item is kept together with the position of the
 * bank up to which it was looked for (`lookedTo`); where the search of content had set out for later changes by then, the
 * item may have been overlooked by it, and is kept as *pending*: looked for once more (`content-search.ts`).
 * @module
 */

import { parseUtcMs, type UtcMs } from '@reclaim/casework/instant';
import type { Item } from '@reclaim/casework/wire';
import { keptHashes } from '@reclaim/fingerprint/orientation-pack';
import { sql, type Transaction } from 'kysely';
import { noteErasure } from './erasure.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** The hashes of an item, at least one: a pack of PDQ orientations (`fingerprint/orientation-pack.ts`), 32 bytes of SHA-256. */
export type ContentHashes = {
  readonly pdq: Uint8Array | undefined;
  readonly sha256: Uint8Array | undefined;
};

/** An item to be kept. */
export type ContentDraft = ContentHashes & {
  readonly item: Item;
  /** When it is forgotten. */
  readonly expiresAt: UtcMs;
  /** The change of the bank up to which it was looked for; 0 where it was not. */
  readonly lookedTo: number;
};

/** An item as it is kept. */
export type KeptContent = ContentHashes & {
  readonly num: number;
  readonly item: Item;
  /** Of its last change: what was read before is not acted on after. */
  readonly position: number;
};

/** The news of an item for an index: its hashes, or that it is gone. */
export type IndexedContent =
  | (ContentHashes & { readonly live: true; readonly num: number })
  | { readonly live: false; readonly num: number };

/** How long the number of what was forgotten stays, so that nodes that were away learn of it: a week, milliseconds. */
const TRACE_MS = 7 * 24 * 60 * 60_000;

/** Rows that one transaction lets expire. */
const EXPIRE_BATCH = 500;

const columns = ['num', 'item_id', 'preview_url', 'sealed_pdq', 'sealed_sha256', 'position'] as const;

type ContentRow = Omit<Tables['content'], 'num' | 'pdq_hashes' | 'expires_at' | 'pending'> & {
  readonly num: number;
};

function contextOf(kind: 'pdq' | 'sha256', itemId: string): string {
  return `content/${kind}/${itemId}`;
}

function keptOf(store: Store, row: ContentRow): KeptContent | undefined {
  const { num, item_id: id, preview_url: previewUrl, position } = row;
  if (id === null) return undefined;
  const unseal = (kind: 'pdq' | 'sha256', sealed: Buffer | null) =>
    sealed === null ? undefined : store.key.unseal(sealed, contextOf(kind, id));
  return {
    num,
    item: { id, ...(previewUrl === null ? {} : { previewUrl }) },
    position,
    pdq: unseal('pdq', row.sealed_pdq),
    sha256: unseal('sha256', row.sealed_sha256),
  };
}

/** Moves the head on by `changes`, and answers it as it was: what comes now has the positions after it. */
async function lockHead(
  trx: Transaction<Tables>,
  changes: number,
): Promise<{ readonly position: number; readonly searchingTo: number }> {
  const head = await trx
    .updateTable('content_head')
    .set({ position: sql`position + ${changes}` })
    .where('id', '=', 1)
    .returning(['position', 'searching_to'])
    .executeTakeFirstOrThrow();
  return { position: head.position - changes, searchingTo: head.searching_to };
}

/** Keeps items, in place of what was kept under the same ids. Durable when it resolves. */
export async function keepContent(store: Store, drafts: readonly ContentDraft[]): Promise<void> {
  const last = new Map(drafts.map((draft) => [draft.item.id, draft]));
  if (last.size === 0) return;
  await store.transaction(async (trx) => {
    let { position, searchingTo } = await lockHead(trx, last.size);
    const rows = await trx
      .selectFrom('content')
      .select(columns)
      .where('item_id', 'in', [...last.keys()])
      .execute();
    const known = new Map(rows.map((row) => [row.item_id!, row]));
    let replaced = false;
    const values = [...last.values()].map(({ item, pdq, sha256, expiresAt, lookedTo }) => {
      const before = known.get(item.id);
      const kept = before === undefined ? undefined : keptOf(store, before)!;
      const sealed = (
        kind: 'pdq' | 'sha256',
        value: Uint8Array | undefined,
        old: Buffer | null | undefined,
      ) => {
        const same = kept?.[kind];
        // Not sealed anew where it is the same: else every renewal would leave a copy to be compacted away.
        if (same !== undefined && value !== undefined && Buffer.compare(same, value) === 0)
          return old ?? null;
        replaced ||= same !== undefined;
        return value === undefined ? null : store.key.seal(value, contextOf(kind, item.id));
      };
      return {
        item_id: item.id,
        preview_url: item.previewUrl ?? null,
        sealed_pdq: sealed('pdq', pdq, before?.sealed_pdq),
        sealed_sha256: sealed('sha256', sha256, before?.sealed_sha256),
        pdq_hashes: pdq === undefined ? 0 : keptHashes(pdq).length,
        expires_at: expiresAt,
        position: ++position,
        pending: searchingTo > lookedTo,
      };
    });
    await trx
      .insertInto('content')
      .values(values)
      .onConflict((conflict) =>
        conflict.column('item_id').doUpdateSet((each) => ({
          preview_url: each.ref('excluded.preview_url'),
          sealed_pdq: each.ref('excluded.sealed_pdq'),
          sealed_sha256: each.ref('excluded.sealed_sha256'),
          pdq_hashes: each.ref('excluded.pdq_hashes'),
          expires_at: each.ref('excluded.expires_at'),
          position: each.ref('excluded.position'),
          pending: each.ref('excluded.pending'),
        })),
      )
      .execute();
    if (replaced) await noteErasure(store, trx);
  });
}

/** Forgets these items, those that are there. Answers how many were. */
export async function forgetContent(store: Store, itemIds: readonly string[]): Promise<number> {
  return store.transaction((trx) => forgetContentIn(store, trx, itemIds));
}

/** The same inside the caller's transaction. */
export async function forgetContentIn(
  store: Store,
  trx: Transaction<Tables>,
  itemIds: readonly string[],
): Promise<number> {
  if (itemIds.length === 0) return 0;
  const rows = await trx
    .selectFrom('content')
    .select('num')
    .where('item_id', 'in', [...itemIds])
    .execute();
  await forgetRows(
    store,
    trx,
    rows.map(({ num }) => num),
  );
  return rows.length;
}

async function forgetRows(store: Store, trx: Transaction<Tables>, nums: readonly number[]): Promise<void> {
  if (nums.length === 0) return;
  const { position } = await lockHead(trx, nums.length);
  const goneAt = store.now() + TRACE_MS;
  await sql`update content set item_id = null, preview_url = null, sealed_pdq = null, sealed_sha256 = null,
    pdq_hashes = 0, pending = false, expires_at = ${goneAt}, position = ${position} + gone.place
    from unnest(${nums as number[]}::integer[]) with ordinality as gone (num, place)
    where content.num = gone.num`.execute(trx);
  await noteErasure(store, trx);
}

/** Forgets every item whose time is over, and lets go of the traces of what was forgotten a week ago. Answers how many. */
export async function expireContent(store: Store): Promise<number> {
  let expired = 0;
  for (;;) {
    const batch = await store.transaction(async (trx) => {
      const due = await trx
        .selectFrom('content')
        .select('num')
        .where('item_id', 'is not', null)
        .where('expires_at', '<=', store.now())
        .limit(EXPIRE_BATCH)
        .execute();
      await forgetRows(
        store,
        trx,
        due.map(({ num }) => num),
      );
      return due.length;
    });
    expired += batch;
    if (batch < EXPIRE_BATCH) break;
  }
  await store.transaction(async (trx) => {
    await lockHead(trx, 0);
    await sql`with gone as (
        delete from content where item_id is null and expires_at <= ${store.now()} returning position)
      update content_head set pruned_to = greatest(pruned_to, (select max(position) from gone))
      where id = 1 and exists (select from gone)`.execute(trx);
  });
  return expired;
}

/** Where the log of content ends, and up to where traces of what was forgotten are gone. */
export async function contentHead(
  store: Store,
): Promise<{ readonly position: number; readonly prunedTo: number }> {
  const { position, pruned_to } = await store.db
    .selectFrom('content_head')
    .select(['position', 'pruned_to'])
    .executeTakeFirstOrThrow();
  return { position, prunedTo: pruned_to };
}

/** Kept items by ascending number, `pageSize` at a time: what a node reads at boot. */
export async function* liveContent(
  store: Store,
  pageSize = 10_000,
): AsyncGenerator<readonly IndexedContent[]> {
  let after = 0;
  for (;;) {
    const rows = await store.db
      .selectFrom('content')
      .select(columns)
      .where('num', '>', after)
      .where('item_id', 'is not', null)
      .orderBy('num')
      .limit(pageSize)
      .execute();
    if (rows.length === 0) return;
    after = rows[rows.length - 1]!.num;
    yield rows.map((row) => indexed(store, row));
  }
}

function indexed(store: Store, row: ContentRow): IndexedContent {
  const kept = keptOf(store, row);
  return kept === undefined
    ? { live: false, num: row.num }
    : { live: true, num: kept.num, pdq: kept.pdq, sha256: kept.sha256 };
}

/** Up to `limit` items that changed after `position`, in order. `position` of the answer is where to go on. */
export async function contentAfter(
  store: Store,
  position: number,
  limit = 5_000,
): Promise<{ readonly position: number; readonly items: readonly IndexedContent[] }> {
  const rows = await store.db
    .selectFrom('content')
    .select(columns)
    .where('position', '>', position)
    .orderBy('position')
    .limit(limit)
    .execute();
  return {
    position: rows[rows.length - 1]?.position ?? position,
    items: rows.map((row) => indexed(store, row)),
  };
}

/** The kept items of these numbers, those that are still there. */
export async function contentOf(store: Store, nums: readonly number[]): Promise<readonly KeptContent[]> {
  if (nums.length === 0) return [];
  const rows = await store.db
    .selectFrom('content')
    .select(columns)
    .where('num', 'in', [...nums])
    .where('item_id', 'is not', null)
    .execute();
  return rows.map((row) => keptOf(store, row)!);
}

/** Up to `limit` items that are pending, oldest first. */
export async function pendingContent(store: Store, limit = 200): Promise<readonly KeptContent[]> {
  const rows = await store.db
    .selectFrom('content')
    .select(columns)
    .where('pending', '=', true)
    .orderBy('num')
    .limit(limit)
    .execute();
  return rows.map((row) => keptOf(store, row)!);
}

/** These items were looked for: they are pending no more, unless they changed meanwhile. */
export async function settleContent(store: Store, items: readonly KeptContent[]): Promise<void> {
  if (items.length === 0) return;
  const nums = items.map(({ num }) => num);
  const positions = items.map(({ position }) => position);
  await sql`update content set pending = false
    from unnest(${nums}::integer[], ${positions}::bigint[]) as seen (num, position)
    where content.num = seen.num and content.position = seen.position`.execute(store.db);
}

/** How many hashes of each kind an index has of what is kept, and the last change of content, at one moment. */
export async function contentSums(
  store: Store,
): Promise<{ readonly position: number; readonly pdq: number; readonly sha256: number }> {
  const { rows } = await sql<{ position: number; pdq: number; sha256: number }>`
    select (select coalesce(max(position), 0) from content) as position,
      (select coalesce(sum(pdq_hashes), 0) from content) as pdq,
      (select count(sealed_sha256) from content) as sha256`.execute(store.db);
  return rows[0]!;
}

/** How many items are kept. */
export async function contentCount(store: Store): Promise<number> {
  const { count } = await store.db
    .selectFrom('content')
    .select(sql<number>`count(*)`.as('count'))
    .where('item_id', 'is not', null)
    .executeTakeFirstOrThrow();
  return count;
}

/** When an item that is kept today for `days` is forgotten. */
export function keptUntil(store: Store, days: number): UtcMs {
  return parseUtcMs(store.now() + days * 24 * 60 * 60_000);
}
