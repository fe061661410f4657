/**
 * Exchanges: feeds of other organisations, and the signals that were taken from them.
 *
 * A fetch of a feed
 *   due        its time has come; the first node that leases it fetches, the others pass by
 *   fetching   each page is one transaction: new records are banked, records that were taken back are withdrawn and with
 *              them their values. The lease is renewed with each page
 *   whole      all pages were taken: the checkpoint moves, to be asked from the next time. Never before: a fetch that
 *              breaks off begins again where it began, and taking a record twice changes nothing
 *   given up   somebody changed the exchange meanwhile: a new fetch is due at once, and this one's end changes nothing
 *   failing    it broke off: again after a pause that doubles, up to an hour, for as long as the exchange is enabled
 *
 * A fetch that asks for everything (the first, one after thirty days, one that somebody asked for) ends by withdrawing
 * what the feed does not have any more: its word of a withdrawal may have come while nobody listened. Where that is more
 * than half of what it brought (an empty answer is all of it), nothing is withdrawn: the fetch has failed as *shrunk*, with how
 * many are missing, until a later one has them again or an administrator accepts that number.
 *
 * What a reviewer or a capability withdrew here stays withdrawn here, whatever the feed goes on saying, until the feed
 * itself takes it back and brings it again. Of a record nothing is kept but the tag of its value and the id of its signal.
 * @module
 */

import { randomBytes } from 'node:crypto';
import type { BankId, SignalId } from '@reclaim/casework/id';
import { DAY_MS, parseUtcMs } from '@reclaim/casework/instant';
import type {
  ExchangePatch,
  ExchangeRequest,
  FeedFault,
  WireExchange,
} from '@reclaim/casework/wire-exchange';
import type { PdqSignal } from '@reclaim/fingerprint/signal';
import { type Selectable, sql, type Transaction } from 'kysely';
import { noteErasure } from './erasure.ts';
import { type Actor, appendEvents, lockChain } from './event-log.ts';
import { bankSignalsIn, commandSignalIn } from './signals.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** How to reach a feed: what is sealed of an exchange. */
export type ExchangeAccess = Pick<ExchangeRequest, 'baseUrl' | 'functionKey' | 'subscriptionKey'>;

/** A fetch to be made, leased to whoever got this. */
export type ExchangeFetch = {
  readonly id: string;
  readonly bankId: BankId;
  readonly access: ExchangeAccess;
  /** The number of this fetch. */
  readonly fetch: number;
  /** Whether everything is asked for; `from` is then of no meaning. */
  readonly whole: boolean;
  readonly from: number;
};

/** One record: it stands, and is to be looked for; or it was taken back. */
export type ExchangeRecord = { readonly signal: PdqSignal; readonly live: boolean };

/** How long a page may take before another node may take the fetch over. */
const LEASE_MS = 5 * 60_000;

/** How often a feed is asked. */
const EVERY_MS = 5 * 60_000;

const LONGEST_PAUSE_MS = 60 * 60_000;

/** After so long without a whole fetch the feed may have forgotten what it took back meanwhile. */
export const STALE_MS = 30 * DAY_MS;

/** Signals that are withdrawn in one transaction, where they are many: nobody else writes meanwhile. */
const AT_ONCE = 500;

/** Makes an exchange, enabled and due. The caller checked the address. */
export async function makeExchange(
  store: Store,
  actor: Actor,
  draft: ExchangeRequest,
): Promise<
  | { readonly ok: true; readonly exchange: WireExchange }
  | { readonly ok: false; readonly reason: 'not-found' | 'name-taken' }
> {
  const id = `exc_${randomBytes(16).toString('hex')}`;
  const { name, bankId, baseUrl, functionKey, subscriptionKey } = draft;
  const access: ExchangeAccess = { baseUrl, functionKey, subscriptionKey };
  return store.transaction(async (trx) => {
    await lockChain(trx);
    const bank = await trx.selectFrom('bank').select('id').where('id', '=', bankId).executeTakeFirst();
    if (bank === undefined) return { ok: false, reason: 'not-found' } as const;
    const taken = await trx.selectFrom('exchange').select('id').where('name', '=', name).executeTakeFirst();
    if (taken !== undefined) return { ok: false, reason: 'name-taken' } as const;
    await appendEvents(trx, store.now(), actor, [
      { type: 'exchange-made', subject: id, data: { exchangeId: id, bankId } },
    ]);
    const row = await trx
      .insertInto('exchange')
      .values({
        ...{ id, name, bank_id: bankId, host: new URL(baseUrl).host, enabled: true },
        sealed: store.key.seal(Buffer.from(JSON.stringify(access)), `exchange:${id}`),
        ...{ checkpoint: 0, fetch: 0, whole: true, refused: 0, fetched_at: null, failing_since: null },
        ...{ failures: 0, fault: null, next_at: store.now(), leased_until: 0 },
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return { ok: true, exchange: wireOf(row, 0) } as const;
  });
}

/** Every exchange, by name. */
export async function listExchanges(store: Store): Promise<readonly WireExchange[]> {
  const rows = await store.db
    .selectFrom('exchange')
    .selectAll('exchange')
    .select((select) =>
      select
        .selectFrom('exchange_record')
        .innerJoin('signal', 'signal.id', 'exchange_record.signal_id')
        .whereRef('exchange_record.exchange_id', '=', 'exchange.id')
        .where('signal.sealed', 'is not', null)
        .select(sql<number>`count(*)`.as('count'))
        .as('signals'),
    )
    .orderBy('name')
    .execute();
  return rows.map(({ signals, ...row }) => wireOf(row, signals ?? 0));
}

/** Switches an exchange on or off, or makes it ask for everything anew; it is due at once. Answers whether there is one. */
export async function changeExchange(
  store: Store,
  actor: Actor,
  id: string,
  { enabled, again, acceptGone }: ExchangePatch,
): Promise<boolean> {
  return store.transaction(async (trx) => {
    await lockChain(trx);
    const changed = await trx
      .updateTable('exchange')
      .set((row) => ({
        next_at: store.now(),
        // A fetch under way is given up: its end would put away what was asked for just now.
        fetch: sql<number>`${row.ref('fetch')} + 1`,
        leased_until: 0,
        ...(enabled === undefined ? {} : { enabled }),
        ...(again === undefined ? {} : { whole: true }),
        // Never more than somebody was told of; by the next fetch there may be more.
        ...(acceptGone === undefined
          ? {}
          : { gone_accepted: sql<number>`least(${acceptGone}::integer, coalesce(${row.ref('gone')}, 0))` }),
      }))
      .where('id', '=', id)
      .returning(['enabled', 'gone_accepted'])
      .executeTakeFirst();
    if (changed === undefined) return false;
    const data = {
      ...{ exchangeId: id, enabled: changed.enabled, again: again === true },
      ...(acceptGone === undefined ? {} : { acceptGone: changed.gone_accepted }),
    };
    await appendEvents(trx, store.now(), actor, [{ type: 'exchange-changed', subject: id, data }]);
    return true;
  });
}

/** Deletes an exchange with its keys, and withdraws all that it brought. Answers whether there was one. */
export async function deleteExchange(store: Store, actor: Actor, id: string): Promise<boolean> {
  // Off first: a fetch under way would bank anew what is being withdrawn.
  if (!(await changeExchange(store, actor, id, { enabled: false }))) return false;
  while ((await withdrawSome(store, actor, id, Number.MAX_SAFE_INTEGER)) > 0);
  return store.transaction(async (trx) => {
    await lockChain(trx);
    const deleted = await trx.deleteFrom('exchange').where('id', '=', id).returning('id').execute();
    if (deleted.length === 0) return false;
    await appendEvents(trx, store.now(), actor, [
      { type: 'exchange-deleted', subject: id, data: { exchangeId: id } },
    ]);
    await noteErasure(store, trx);
    return true;
  });
}

/** Leases a fetch that is due, or `undefined`. */
export async function leaseFetch(store: Store): Promise<ExchangeFetch | undefined> {
  const now = store.now();
  return store.transaction(async (trx) => {
    const row = await trx
      .selectFrom('exchange')
      .selectAll()
      .where('enabled', '=', true)
      .where('next_at', '<=', now)
      .where('leased_until', '<=', now)
      .orderBy('next_at')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const whole = row.whole || row.fetched_at === null || now - row.fetched_at > STALE_MS;
    const fetch = row.fetch + 1;
    await trx
      .updateTable('exchange')
      .set({ fetch, whole, leased_until: now + LEASE_MS })
      .where('id', '=', row.id)
      .execute();
    const access = JSON.parse(
      store.key.unseal(row.sealed, `exchange:${row.id}`).toString(),
    ) as ExchangeAccess;
    return { id: row.id, bankId: row.bank_id, access, fetch, whole, from: row.checkpoint };
  });
}

/**
 * Takes a page of records. Answers whether the fetch is still this node's: it is not once another took it over, or the
 * exchange was switched off or deleted.
 */
export async function takeRecords(
  store: Store,
  { id, bankId, fetch }: ExchangeFetch,
  records: readonly ExchangeRecord[],
): Promise<boolean> {
  return store.transaction(async (trx) => {
    await lockChain(trx);
    const held = await trx
      .updateTable('exchange')
      .set({ leased_until: store.now() + LEASE_MS })
      .where('id', '=', id)
      .where('fetch', '=', fetch)
      .where('enabled', '=', true)
      .returning('id')
      .executeTakeFirst();
    if (held === undefined) return false;
    const tagged = records.map((record) => ({
      ...record,
      tag: store.key.tag(Buffer.from(`exchange:${id}:${record.signal.value}`)),
    }));
    const known = await knownRecords(trx, id, tagged);
    const fresh = tagged.filter(({ live, tag }) => live && !known.get(tag.toString('hex'))?.signalId);
    const drafts = fresh.map(({ signal }) => ({ signal, capabilitySha256: randomBytes(32) }));
    const { ids } =
      drafts.length === 0 ? { ids: [] } : await bankSignalsIn(store, trx, 'system', bankId, drafts);
    const banked = new Map(fresh.map(({ tag }, i) => [tag.toString('hex'), ids[i]!]));
    for (const { live, tag } of tagged) {
      const signalId = known.get(tag.toString('hex'))?.signalId;
      if (!live && signalId) await withdrawOne(store, trx, 'system', signalId);
    }
    if (tagged.length > 0) {
      await trx
        .insertInto('exchange_record')
        .values(
          tagged.map(({ tag, live }) => {
            const name = tag.toString('hex');
            const signalId = live ? (banked.get(name) ?? known.get(name)?.signalId ?? null) : null;
            return { exchange_id: id, value_tag: tag, signal_id: signalId, seen: fetch };
          }),
        )
        .onConflict((conflict) =>
          conflict.columns(['exchange_id', 'value_tag']).doUpdateSet((row) => ({
            signal_id: row.ref('excluded.signal_id'),
            seen: row.ref('excluded.seen'),
          })),
        )
        .execute();
    }
    return true;
  });
}

async function knownRecords(
  trx: Transaction<Tables>,
  id: string,
  tagged: readonly { readonly tag: Buffer }[],
): Promise<ReadonlyMap<string, { readonly signalId: SignalId | null }>> {
  if (tagged.length === 0) return new Map();
  const rows = await trx
    .selectFrom('exchange_record')
    .select(['value_tag', 'signal_id as signalId'])
    .where('exchange_id', '=', id)
    .where(
      'value_tag',
      'in',
      tagged.map(({ tag }) => tag),
    )
    .execute();
  return new Map(rows.map(({ value_tag, signalId }) => [value_tag.toString('hex'), { signalId }]));
}

/** One that was withdrawn here already is let be. */
async function withdrawOne(
  store: Store,
  trx: Transaction<Tables>,
  actor: Actor,
  signalId: SignalId,
): Promise<void> {
  await commandSignalIn(store, trx, actor, { kind: 'withdraw', signalId });
}

/**
 * Ends a fetch whose last page was taken; `next` is where to begin the next time. Answers `shrunk` where it did not end: the
 * feed has too little left.
 */
export async function endFetch(
  store: Store,
  { id, fetch, whole }: ExchangeFetch,
  next: number,
  refused: number,
): Promise<'shrunk' | undefined> {
  const held = await store.db
    .selectFrom('exchange')
    .select('gone_accepted')
    .where('id', '=', id)
    .where('fetch', '=', fetch)
    .executeTakeFirst();
  if (held === undefined) return undefined;
  if (whole) {
    const { gone, brought } = await missingFrom(store, id, fetch);
    if (2 * gone > brought && gone > held.gone_accepted) {
      await store.db
        .updateTable('exchange')
        .set({ gone, gone_accepted: 0 })
        .where('id', '=', id)
        .where('fetch', '=', fetch)
        .execute();
      return 'shrunk';
    }
  }
  if (whole) while ((await withdrawSome(store, 'system', id, fetch)) > 0);
  await store.db
    .updateTable('exchange')
    .set((row) => ({
      // Never back, whatever the feed says: it would bring everything again at each turn.
      checkpoint: sql<number>`greatest(${row.ref('checkpoint')}, ${next})`,
      ...{ whole: false, refused, fetched_at: store.now(), failing_since: null, failures: 0, fault: null },
      ...{ next_at: store.now() + EVERY_MS, leased_until: 0, gone: null, gone_accepted: 0 },
    }))
    .where('id', '=', id)
    .where('fetch', '=', fetch)
    .execute();
  return undefined;
}

/** How many live signals an exchange brought, and how many of them no fetch from `fetch` on has seen. */
async function missingFrom(
  store: Store,
  id: string,
  fetch: number,
): Promise<{ readonly gone: number; readonly brought: number }> {
  return store.db
    .selectFrom('exchange_record')
    .innerJoin('signal', 'signal.id', 'exchange_record.signal_id')
    .select([
      sql<number>`count(*)`.as('brought'),
      sql<number>`count(*) filter (where exchange_record.seen < ${fetch})`.as('gone'),
    ])
    .where('exchange_id', '=', id)
    .where('signal.sealed', 'is not', null)
    .executeTakeFirstOrThrow();
}

/** Notes that a fetch broke off, and when to try again. */
export async function failFetch(store: Store, { id, fetch }: ExchangeFetch, fault: FeedFault): Promise<void> {
  const now = store.now();
  await store.db
    .updateTable('exchange')
    .set((row) => ({
      fault,
      failing_since: sql<number>`coalesce(${row.ref('failing_since')}, ${now})`,
      failures: sql<number>`${row.ref('failures')} + 1`,
      // A minute, two, four, … up to an hour.
      next_at: sql<number>`${now} + least(${LONGEST_PAUSE_MS}::bigint, 60000 * (1::bigint << least(${row.ref('failures')}, 10)))`,
      leased_until: 0,
    }))
    .where('id', '=', id)
    .where('fetch', '=', fetch)
    .execute();
}

/** Withdraws some of what no fetch from `fetch` on has seen, and forgets their records. Answers how many. */
async function withdrawSome(store: Store, actor: Actor, id: string, fetch: number): Promise<number> {
  return store.transaction(async (trx) => {
    await lockChain(trx);
    const before = Math.min(fetch, 2 ** 31 - 1);
    const rows = await trx
      .selectFrom('exchange_record')
      .select(['value_tag', 'signal_id as signalId'])
      .where('exchange_id', '=', id)
      .where('seen', '<', before)
      .limit(AT_ONCE)
      .execute();
    if (rows.length === 0) return 0;
    for (const { signalId } of rows) if (signalId !== null) await withdrawOne(store, trx, actor, signalId);
    await trx
      .deleteFrom('exchange_record')
      .where('exchange_id', '=', id)
      .where(
        'value_tag',
        'in',
        rows.map(({ value_tag }) => value_tag),
      )
      .execute();
    return rows.length;
  });
}

function wireOf(row: Selectable<Tables['exchange']>, signals: number): WireExchange {
  const { id, name, bank_id: bankId, host, enabled, refused, fetched_at, failing_since, fault, gone } = row;
  return {
    ...{ id, name, format: 'stopncii', bankId, host, enabled, signals, refused },
    ...(fetched_at === null ? {} : { fetchedAt: parseUtcMs(fetched_at) }),
    ...(failing_since === null ? {} : { failingSince: parseUtcMs(failing_since) }),
    ...(fault === null ? {} : { fault }),
    ...(gone === null ? {} : { gone }),
  };
}
