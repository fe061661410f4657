/**
 * Watches: addresses that the node opens on the wish of a person whom it does not know.
 *
 * A row holds the HMAC of the capability that names it, and sealed under the store's key the address, the hashes of the
 * capabilities of the signals that are looked for, and what was last seen. In the open stand when to look next and a day. No case
 * is named, and two watches of one person have nothing in common that a dump could show: how many a signal is named by is held by
 * places, each a keyed hash of its own. Nothing of a watch is in the event log.
 *
 * A watch whose signals are all withdrawn or have expired is erased at its next look: there is nothing left to look for. One that
 * has ended by itself is erased after `ENDED_LIFE_DAYS`.
 * @module
 */

import { coarseDay, DAY_MS, parseUtcMs, type UtcMs } from '@reclaim/casework/instant';
import { beginWatch, nextLookAt, type Watch } from '@reclaim/casework/watch';
import type { SignalKind } from '@reclaim/fingerprint/signal';
import { sql, type Transaction } from 'kysely';
import { noteErasure } from './erasure.ts';
import { lockChain } from './event-log.ts';
import { capabilityHash } from './signals.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** Days that a watch can still be read after its last look. */
export const ENDED_LIFE_DAYS = 90;

/** How long a look may take before another node takes the watch over, milliseconds. */
export const LOOK_LEASE_MS = 15 * 60_000;

/** How many watches there may be. */
export type WatchLimits = {
  /** On this node's database. */
  readonly watches: number;
  /** Of one host. */
  readonly watchesPerHost: number;
  /** That name one signal: what bounds the watches of a case, which the node does not know. */
  readonly watchesPerSignal: number;
};

/** A watch that is begun. */
export type WatchDraft = {
  readonly capability: string;
  readonly address: string;
  /** Capabilities of the signals that are looked for. */
  readonly signals: readonly string[];
};

/** Why a watch was not begun: no live signal has one of these capabilities, or there are as many as there may be. */
export type WatchRefusal = 'not-found' | 'watch-full';

/** A watch as it stands, and when it is looked at next. */
export type StoredWatch = { readonly watch: Watch; readonly nextAt: UtcMs | null };

/** The outcome of beginning one. */
export type BegunWatch =
  | ({ readonly ok: true } & StoredWatch)
  | { readonly ok: false; readonly reason: WatchRefusal };

/** A watch to be looked at now. `sight` is what the service remembers of where it was seen, as it gave it. */
export type DueWatch = {
  readonly tag: Buffer;
  readonly address: string;
  readonly signals: readonly { readonly kind: SignalKind; readonly bytes: Uint8Array }[];
  readonly watch: Watch;
  readonly sight: unknown;
};

type Inside = {
  readonly address: string;
  readonly signals: readonly { readonly sha256: string; readonly place: number }[];
  readonly watch: Watch;
  readonly sight?: unknown;
};

function tagOf(store: Store, capability: string): Buffer {
  return store.key.tag(Buffer.from(`watch:${capability}`));
}

function hostTag(store: Store, address: string): Buffer {
  return store.key.tag(Buffer.from(`watch-host:${new URL(address).hostname}`));
}

function placeTag(store: Store, sha256: string, place: number): Buffer {
  return store.key.tag(Buffer.from(`watch-place:${sha256}:${place}`));
}

function sealInside(store: Store, tag: Buffer, inside: Inside): Buffer {
  return store.key.seal(Buffer.from(JSON.stringify(inside)), `watch:${tag.toString('hex')}`);
}

function openInside(store: Store, tag: Buffer, sealed: Buffer): Inside {
  // Sealed by this key for this row: what comes out is what was put in.
  return JSON.parse(store.key.unseal(sealed, `watch:${tag.toString('hex')}`).toString()) as Inside;
}

/**
 * Begins a watch. Sent again after its answer was lost, it answers how the watch stands and does nothing. `random` (0 to 1) is of
 * the first look's moment.
 */
export async function keepWatch(
  store: Store,
  draft: WatchDraft,
  limits: WatchLimits,
  random: number,
): Promise<BegunWatch> {
  const tag = tagOf(store, draft.capability);
  const hashes = [...new Set(draft.signals)].map((each) => capabilityHash(each));
  return store.transaction(async (trx): Promise<BegunWatch> => {
    // One at a time: what is counted here is not counted by two.
    await lockChain(trx);
    const there = await readIn(store, trx, tag);
    if (there !== undefined) return { ok: true, ...there };
    const live = await trx
      .selectFrom('signal')
      .select('capability_sha256')
      .where('capability_sha256', 'in', hashes)
      .where('state', 'in', ['unconfirmed', 'confirmed'])
      .execute();
    // One that another device withdrew meanwhile is left out; with none there is nothing to look for.
    if (live.length === 0) return { ok: false, reason: 'not-found' };
    const { count } = await trx
      .selectFrom('watch')
      .select(sql<number>`count(*)`.as('count'))
      .where('next_at', 'is not', null)
      .executeTakeFirstOrThrow();
    const host = hostTag(store, draft.address);
    const known = await trx
      .selectFrom('watch_host')
      .select('watches')
      .where('host_tag', '=', host)
      .executeTakeFirst();
    const signals: { sha256: string; place: number }[] = [];
    for (const { capability_sha256: hash } of live) {
      const sha256 = hash!.toString('hex');
      const place = await freePlace(store, trx, sha256, limits.watchesPerSignal);
      if (place === undefined) return { ok: false, reason: 'watch-full' };
      signals.push({ sha256, place });
    }
    if (count >= limits.watches || (known?.watches ?? 0) >= limits.watchesPerHost)
      return { ok: false, reason: 'watch-full' };
    const places = signals.map(({ sha256, place }) => ({ place_tag: placeTag(store, sha256, place) }));
    await trx.insertInto('watch_place').values(places).execute();
    await trx
      .insertInto('watch_host')
      .values({ host_tag: host, watches: 1, not_before: 0 })
      .onConflict((conflict) =>
        conflict.column('host_tag').doUpdateSet({ watches: sql`watch_host.watches + 1` }),
      )
      .execute();
    const now = store.now();
    const watch = beginWatch(now);
    const nextAt = nextLookAt(watch, random);
    const sealed = sealInside(store, tag, { address: draft.address, signals, watch });
    await trx
      .insertInto('watch')
      .values({ capability_tag: tag, sealed, next_at: nextAt, day: coarseDay(now) })
      .execute();
    return { ok: true, watch, nextAt };
  });
}

async function freePlace(
  store: Store,
  trx: Transaction<Tables>,
  sha256: string,
  most: number,
): Promise<number | undefined> {
  const tags = Array.from({ length: most }, (_, place) => placeTag(store, sha256, place));
  const rows = await trx
    .selectFrom('watch_place')
    .select('place_tag')
    .where('place_tag', 'in', tags)
    .execute();
  const taken = new Set(rows.map((row) => row.place_tag.toString('hex')));
  const place = tags.findIndex((each) => !taken.has(each.toString('hex')));
  return place < 0 ? undefined : place;
}

/** The watch of a capability; `undefined` for one that is not there. */
export async function readWatch(store: Store, capability: string): Promise<StoredWatch | undefined> {
  return readIn(store, store.db, tagOf(store, capability));
}

async function readIn(
  store: Store,
  db: Pick<Transaction<Tables>, 'selectFrom'>,
  tag: Buffer,
): Promise<StoredWatch | undefined> {
  const row = await db
    .selectFrom('watch')
    .select(['sealed', 'next_at'])
    .where('capability_tag', '=', tag)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return { watch: openInside(store, tag, row.sealed).watch, nextAt: row.next_at as UtcMs | null };
}

/** Ends a watch and erases it. Nobody outside is told whether there was one. */
export async function deleteWatch(store: Store, capability: string): Promise<void> {
  await store.transaction(async (trx) => eraseIn(store, trx, tagOf(store, capability)));
}

async function eraseIn(store: Store, trx: Transaction<Tables>, tag: Buffer): Promise<void> {
  const row = await trx
    .deleteFrom('watch')
    .where('capability_tag', '=', tag)
    .returning('sealed')
    .executeTakeFirst();
  if (row === undefined) return;
  const { address, signals } = openInside(store, tag, row.sealed);
  await trx
    .deleteFrom('watch_place')
    .where(
      'place_tag',
      'in',
      signals.map(({ sha256, place }) => placeTag(store, sha256, place)),
    )
    .execute();
  const host = hostTag(store, address);
  await trx
    .updateTable('watch_host')
    .set({ watches: sql`watches - 1` })
    .where('host_tag', '=', host)
    .execute();
  await trx.deleteFrom('watch_host').where('host_tag', '=', host).where('watches', '<=', 0).execute();
  await noteErasure(store, trx);
}

/** What there was to do: nothing, a watch that had to wait or had nothing to look for any more, or one to be looked at. */
export type Claim =
  | { readonly kind: 'none' }
  | { readonly kind: 'passed' }
  | { readonly kind: 'due'; readonly due: DueWatch };

/**
 * Takes the watch whose time came first, for `LOOK_LEASE_MS`: what is not settled by then is looked at again. A host is gone to once
 * in `hostDelayMs`; a watch whose host is not to be gone to yet waits for its turn. `random` (0 to 1) is of how long.
 */
export async function claimDueWatch(store: Store, hostDelayMs: number, random: number): Promise<Claim> {
  return store.transaction(async (trx): Promise<Claim> => {
    const now = store.now();
    const row = await trx
      .selectFrom('watch')
      .select(['capability_tag', 'sealed'])
      .where('next_at', '<=', now)
      .orderBy('next_at')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (row === undefined) return { kind: 'none' };
    const { capability_tag: tag } = row;
    const { address, signals: named, watch, sight } = openInside(store, tag, row.sealed);
    const hashes = named.map(({ sha256 }) => Buffer.from(sha256, 'hex'));
    const signals = await liveSignals(store, trx, hashes);
    if (signals.length === 0) {
      await eraseIn(store, trx, tag);
      return { kind: 'passed' };
    }
    const waitUntil = await takeHost(store, trx, hostTag(store, address), hostDelayMs);
    await trx
      .updateTable('watch')
      .set({
        // Those that wait for one host do not all come back at one moment.
        next_at:
          waitUntil === undefined ? now + LOOK_LEASE_MS : waitUntil + Math.round(random * 10 * hostDelayMs),
      })
      .where('capability_tag', '=', tag)
      .execute();
    if (waitUntil !== undefined) return { kind: 'passed' };
    return { kind: 'due', due: { tag, address, signals, watch, sight } };
  });
}

async function liveSignals(
  store: Store,
  trx: Transaction<Tables>,
  hashes: readonly Buffer[],
): Promise<DueWatch['signals']> {
  const rows = await trx
    .selectFrom('signal')
    .select(['id', 'kind', 'sealed'])
    .where('capability_sha256', 'in', [...hashes])
    .where('state', 'in', ['unconfirmed', 'confirmed'])
    .execute();
  return rows.flatMap(({ id, kind, sealed }) =>
    sealed === null ? [] : [{ kind, bytes: store.key.unseal(sealed, id) }],
  );
}

/** Takes the host's turn; answers from when it may be taken where somebody was just there. */
async function takeHost(
  store: Store,
  trx: Transaction<Tables>,
  host: Buffer,
  delayMs: number,
): Promise<number | undefined> {
  const now = store.now();
  const row = await trx
    .selectFrom('watch_host')
    .select('not_before')
    .where('host_tag', '=', host)
    .forUpdate()
    .executeTakeFirst();
  if (row !== undefined && row.not_before > now) return row.not_before;
  await trx
    .updateTable('watch_host')
    .set({ not_before: now + delayMs })
    .where('host_tag', '=', host)
    .execute();
  return undefined;
}

/**
 * Keeps what a look saw. A watch that was ended meanwhile stays ended: nothing is written. `waitMs` is how long the host asked to
 * be left alone.
 */
export async function settleLook(
  store: Store,
  { tag }: DueWatch,
  seen: { readonly watch: Watch; readonly sight: unknown; readonly waitMs: number },
  random: number,
): Promise<void> {
  await store.transaction(async (trx) => {
    const row = await trx
      .selectFrom('watch')
      .select('sealed')
      .where('capability_tag', '=', tag)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) return;
    const { address, signals } = openInside(store, tag, row.sealed);
    const now = store.now();
    const { watch, sight, waitMs } = seen;
    const due = nextLookAt(watch, random);
    const nextAt = due === null ? null : Math.max(due, waitMs > 0 ? now + waitMs : 0);
    await trx
      .updateTable('watch')
      .set({
        sealed: sealInside(store, tag, {
          address,
          signals,
          watch,
          ...(sight === undefined ? {} : { sight }),
        }),
        next_at: nextAt,
        day: coarseDay(now),
      })
      .where('capability_tag', '=', tag)
      .execute();
    if (waitMs > 0)
      await trx
        .updateTable('watch_host')
        .set({ not_before: sql`greatest(not_before, ${now + waitMs})` })
        .where('host_tag', '=', hostTag(store, address))
        .execute();
    await noteErasure(store, trx);
  });
}

/** Erases the watches that ended by themselves `ENDED_LIFE_DAYS` ago; answers how many. */
export async function expireWatches(store: Store): Promise<number> {
  return store.transaction(async (trx) => {
    const before = parseUtcMs(Math.max(0, coarseDay(store.now()) - ENDED_LIFE_DAYS * DAY_MS));
    const rows = await trx
      .selectFrom('watch')
      .select('capability_tag')
      .where('next_at', 'is', null)
      .where('day', '<', before)
      .limit(100)
      .execute();
    for (const { capability_tag: tag } of rows) await eraseIn(store, trx, tag);
    return rows.length;
  });
}
