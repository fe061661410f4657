/**
 * Banks: named sets of signals with their thresholds. A negative bank silences perceptual matches.
 * @module
 */

import { randomBytes } from 'node:crypto';
import { type BankId, makeId, parseId } from '@reclaim/casework/id';
import type { WireBank } from '@reclaim/casework/wire';
import { sql, type Transaction } from 'kysely';
import { type Actor, appendEvents, lockChain, notifyBankChange } from './event-log.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** A bank without its count. */
export type Bank = Omit<WireBank, 'signals'>;

/** What of a bank can be changed. */
export type BankPatch = {
  readonly name?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly confidentBits?: number | undefined;
  readonly possibleBits?: number | undefined;
};

/** Why a bank was not made or changed. */
export type BankRefusal = 'not-found' | 'name-taken';

type Outcome =
  | { readonly ok: true; readonly bank: Bank }
  | { readonly ok: false; readonly reason: BankRefusal };

const UNIQUE_VIOLATION = '23505';

function isNameTaken(error: unknown): boolean {
  return (error as { code?: unknown }).code === UNIQUE_VIOLATION;
}

const columns = [
  'id',
  'name',
  'kind',
  'enabled',
  'confident_bits as confidentBits',
  'possible_bits as possibleBits',
] as const;

/** Makes a bank, enabled. */
export async function makeBank(
  store: Store,
  actor: Actor,
  draft: Omit<Bank, 'id' | 'enabled'>,
): Promise<Outcome> {
  try {
    return { ok: true, bank: await store.transaction((trx) => makeBankIn(store, trx, actor, draft)) };
  } catch (error) {
    if (isNameTaken(error)) return { ok: false, reason: 'name-taken' };
    throw error;
  }
}

async function makeBankIn(
  store: Store,
  trx: Transaction<Tables>,
  actor: Actor,
  draft: Omit<Bank, 'id' | 'enabled'>,
): Promise<Bank> {
  const bank: Bank = { ...draft, id: makeId('bank', randomBytes(16)), enabled: true };
  const { id: bankId, kind, confidentBits, possibleBits } = bank;
  // The name is somebody's words: it stays out of the chain.
  const data = { bankId, kind, confidentBits, possibleBits };
  const [position] = await appendEvents(trx, store.now(), actor, [
    { type: 'bank-made', subject: bankId, data },
  ]);
  await trx
    .insertInto('bank')
    .values({
      id: bank.id,
      name: bank.name,
      kind: bank.kind,
      enabled: true,
      confident_bits: bank.confidentBits,
      possible_bits: bank.possibleBits,
    })
    .execute();
  await trx
    .insertInto('bank_change')
    .values({ position: position!, bank_id: bank.id, signal_num: null })
    .execute();
  await notifyBankChange(trx);
  return bank;
}

/** The name of the bank that holds what people protected themselves. */
export const OWNERS_BANK_NAME = 'Protected by their owners';

/** The bank of what people protected themselves, made on first use. The caller's transaction holds the chain. */
export async function ownersBankIn(store: Store, trx: Transaction<Tables>): Promise<BankId> {
  const known = await trx
    .selectFrom('store_meta')
    .select('value')
    .where('name', '=', 'owners-bank')
    .executeTakeFirst();
  if (known !== undefined) return parseId('bank', known.value);
  // Somebody may have given the name to a bank of theirs: that one is not ours to fill.
  const taken = await trx.selectFrom('bank').select('name').execute();
  let name = OWNERS_BANK_NAME;
  for (let n = 2; taken.some((each) => each.name === name); n++) name = `${OWNERS_BANK_NAME} (${n})`;
  const draft = { name, kind: 'positive', confidentBits: 31, possibleBits: 31 } as const;
  const { id } = await makeBankIn(store, trx, 'system', draft);
  await trx.insertInto('store_meta').values({ name: 'owners-bank', value: id }).execute();
  return id;
}

/** Changes what `patch` names. */
export async function changeBank(store: Store, actor: Actor, id: BankId, patch: BankPatch): Promise<Outcome> {
  try {
    return await store.transaction(async (trx): Promise<Outcome> => {
      await lockChain(trx);
      const before = await trx
        .selectFrom('bank')
        .select(columns)
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      if (before === undefined) return { ok: false, reason: 'not-found' };
      const bank: Bank = {
        ...before,
        name: patch.name ?? before.name,
        enabled: patch.enabled ?? before.enabled,
        confidentBits: patch.confidentBits ?? before.confidentBits,
        possibleBits: patch.possibleBits ?? before.possibleBits,
      };
      const { enabled, confidentBits, possibleBits } = bank;
      const data = { bankId: id, enabled, confidentBits, possibleBits, renamed: bank.name !== before.name };
      const [position] = await appendEvents(trx, store.now(), actor, [
        { type: 'bank-changed', subject: id, data },
      ]);
      await trx
        .updateTable('bank')
        .set({ name: bank.name, enabled, confident_bits: confidentBits, possible_bits: possibleBits })
        .where('id', '=', id)
        .execute();
      await trx
        .insertInto('bank_change')
        .values({ position: position!, bank_id: id, signal_num: null })
        .execute();
      await notifyBankChange(trx);
      return { ok: true, bank };
    });
  } catch (error) {
    if (isNameTaken(error)) return { ok: false, reason: 'name-taken' };
    throw error;
  }
}

/** All banks with their counts of live signals, by name. */
export async function listBanks(store: Store): Promise<readonly WireBank[]> {
  return store.db
    .selectFrom('bank')
    .leftJoin('signal', (join) =>
      join.onRef('signal.bank_id', '=', 'bank.id').on('signal.sealed', 'is not', null),
    )
    .select(columns.map((column) => `bank.${column}` as const))
    .select(sql<number>`count(signal.num)`.as('signals'))
    .groupBy('bank.id')
    .orderBy('bank.name')
    .execute();
}

/** One bank, or `undefined`. */
export async function findBank(store: Store, id: BankId): Promise<Bank | undefined> {
  return store.db.selectFrom('bank').select(columns).where('id', '=', id).executeTakeFirst();
}
