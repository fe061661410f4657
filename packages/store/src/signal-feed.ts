/**
 * What the index keeper reads: every live signal at boot, then what changed after a position.
 *
 * A change names a signal or a bank and holds no value; whoever reads it looks the present state up. So a change that
 * is read twice, or late, leads to the same index.
 * @module
 */

import { isLive, type SignalState } from '@reclaim/casework/banked-signal';
import type { BankId, SignalId } from '@reclaim/casework/id';
import type { SignalKind } from '@reclaim/fingerprint/signal';
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
  let after = 0;
  for (;;) {
    let query = store.db
      .selectFrom('signal')
      .select(indexColumns)
      .where('num', '>', after)
      .where('sealed', 'is not', null);
    if (bankId !== undefined) query = query.where('bank_id', '=', bankId);
    const rows = await query.orderBy('num').limit(pageSize).execute();
    if (rows.length === 0) return;
    after = rows[rows.length - 1]!.num;
    yield rows.map((row) => indexed(store, row));
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
