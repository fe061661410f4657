/**
 * What the index keeper reads: every live signal at boot, then what changed after a position.
 *
 * A change names a signal or a bank and holds no value; whoever reads it looks the present state up. So a change that
 * is read twice, or late, leads to the same index.
 * @module
 */

import { isLive, type SignalState } from '@reclaim/casework/banked-signal';
import { EMPTY_HEAD } from '@reclaim/casework/event-chain';
import type { BankId, SignalId } from '@reclaim/casework/id';
import type { SignalKind } from '@reclaim/fingerprint/signal';
import { sql } from 'kysely';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** A live signal as the index keeper holds it, or the news that this number is live no more. */
export type IndexedSignal =
  | {
      readonly live: true;
      readonly num: number;
      readonly id: SignalId;
      readonly bankId: BankId;
      readonly kind: SignalKind;
      readonly state: SignalState;
      readonly value: Buffer;
    }
  | { readonly live: false; readonly num: number };

type SignalRow = Pick<Tables['signal'], 'id' | 'bank_id' | 'kind' | 'state' | 'sealed'> & {
  readonly num: number;
};

function indexed(store: Store, row: SignalRow): IndexedSignal {
  const { num, id, bank_id: bankId, kind, state, sealed } = row;
  if (sealed === null || !isLive(state)) return { live: false, num };
  return { live: true, num, id, bankId, kind, state, value: store.key.unseal(sealed, id) };
}

const indexColumns = ['num', 'id', 'bank_id', 'kind', 'state', 'sealed'] as const;

/** Live signals by ascending number, `pageSize` at a time, of every bank or of one: what a node reads at boot. */
export async function* liveSignals(
  store: Store,
  pageSize = 10_000,
  bankId?: BankId,
): AsyncGenerator<readonly IndexedSignal[]> {
  const read = (after: number): Promise<SignalRow[]> => {
    let query = store.db
      .selectFrom('signal')
      .select(indexColumns)
      .where('num', '>', after)
      .where('sealed', 'is not', null);
    if (bankId !== undefined) query = query.where('bank_id', '=', bankId);
    const rows = query.orderBy('num').limit(pageSize).execute();
    // Heard of when it is waited for; whoever stops before does not wait.
    rows.catch(() => undefined);
    return rows;
  };
  let next = read(0);
  for (;;) {
    const rows = await next;
    if (rows.length === 0) return;
    // The database reads the next page while this one is unsealed.
    if (rows.length === pageSize) next = read(rows[rows.length - 1]!.num);
    yield rows.map((row) => indexed(store, row));
    if (rows.length < pageSize) return;
  }
}

/** What changed in the bank after `position`: the present state of every signal and bank that a change names. */
export type BankChanges = {
  readonly position: number;
  readonly signals: readonly IndexedSignal[];
  /** The banks that were made or changed. */
  readonly banks: readonly BankId[];
};

/** The last change of the bank, 0 for none. */
export async function bankPosition(store: Store): Promise<number> {
  const row = await store.db
    .selectFrom('bank_change')
    .select('position')
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.position ?? 0;
}

/** Up to `limit` changes after `position`. `position` of the answer is where to go on. */
export async function changesAfter(store: Store, position: number, limit = 5_000): Promise<BankChanges> {
  const changes = await store.db
    .selectFrom('bank_change')
    .selectAll()
    .where('position', '>', position)
    .orderBy('position')
    .limit(limit)
    .execute();
  const nums = [...new Set(changes.flatMap(({ signal_num }) => (signal_num === null ? [] : [signal_num])))];
  const rows =
    nums.length === 0
      ? []
      : await store.db.selectFrom('signal').select(indexColumns).where('num', 'in', nums).execute();
  return {
    position: changes[changes.length - 1]?.position ?? position,
    signals: rows.map((row) => indexed(store, row)),
    banks: [...new Set(changes.flatMap(({ bank_id }) => (bank_id === null ? [] : [bank_id])))],
  };
}

/** The hash of the chain's record of that number; of number 0 the one that the first record follows. */
export async function recordHash(store: Store, seq: number): Promise<string | undefined> {
  if (seq === EMPTY_HEAD.seq) return EMPTY_HEAD.hash;
  const row = await store.db.selectFrom('event').select('hash').where('seq', '=', seq).executeTakeFirst();
  return row?.hash;
}

/**
 * How many live signals of each bank, kind and state there are, with the sum of their numbers, by `bank kind state`, and
 * the last change of the bank at that very moment.
 */
export async function bankSums(store: Store): Promise<{
  readonly position: number;
  readonly sums: ReadonlyMap<string, { readonly count: number; readonly sum: number }>;
}> {
  return store.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const { rows: last } = await sql<{ position: number }>`
        select coalesce(max(position), 0) as position from bank_change`.execute(trx);
      const rows = await trx
        .selectFrom('signal')
        .select(['bank_id', 'kind', 'state'])
        .select([
          sql<number>`count(*)`.as('count'),
          // Below 2^53 as long as there are fewer than four million billion: num has 31 bits.
          sql<number>`sum(num)::bigint`.as('sum'),
        ])
        .where('sealed', 'is not', null)
        .groupBy(['bank_id', 'kind', 'state'])
        .execute();
      return {
        position: last[0]!.position,
        sums: new Map(
          rows.map(({ bank_id, kind, state, count, sum }) => [`${bank_id} ${kind} ${state}`, { count, sum }]),
        ),
      };
    });
}
