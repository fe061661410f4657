/**
 * The event log: appends to the hash chain (`casework/event-chain`) and reads it back.
 *
 * Every writer first locks the one row of `chain_head`, so records get their numbers in the order in which their
 * transactions commit: who tails by number never sees 12 before 11 and never misses one.
 * @module
 */

import { randomBytes } from 'node:crypto';
import {
  type ChainBody,
  type ChainHead,
  type ChainJson,
  type ChainRecord,
  chainRecord,
  commitment,
  SALT_BYTES,
} from '@reclaim/casework/event-chain';
import type { ActorId } from '@reclaim/casework/id';
import { coarseDay, type UtcMs } from '@reclaim/casework/instant';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** Who did it: a key, a member of the staff, the service itself, whoever held a signal's capability or a case's code, or who gave notice. */
export type Actor = ActorId | 'system' | 'capability' | 'notifier';

/** An event of `casework` on its way into the log. `values` are erasable; everything else is public in the chain. */
export type EventDraft = {
  readonly type: string;
  /** The id of the aggregate: erasable values are found by it. */
  readonly subject: string;
  readonly data: { readonly [key: string]: ChainJson | undefined };
  readonly values?: { readonly [name: string]: string };
};

/** Splits an event of `casework` into what the chain bears and what can be erased. */
export function draftOf(
  subject: string,
  event: { readonly type: string; readonly values?: { readonly [name: string]: string } },
  more: { readonly [name: string]: string } = {},
): EventDraft {
  const { type, values, ...data } = event;
  return { type, subject, data: data as EventDraft['data'], values: { ...values, ...more } };
}

/**
 * Takes the lock that orders all writers. Every transaction that writes events takes it before any other row, so that
 * no two ever wait for each other.
 */
export async function lockChain(trx: Transaction<Tables>): Promise<ChainHead> {
  return trx
    .selectFrom('chain_head')
    .select(['seq', 'hash'])
    .where('id', '=', 1)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

/**
 * Appends `drafts` in order, inside the caller's transaction.
 * @returns the numbers they got
 */
export async function appendEvents(
  trx: Transaction<Tables>,
  now: UtcMs,
  actor: Actor,
  drafts: readonly EventDraft[],
): Promise<readonly number[]> {
  let { seq, hash } = await lockChain(trx);
  const numbers: number[] = [];
  const records: ChainRecord[] = [];
  const values: { seq: number; name: string; subject: string; salt: Buffer; value: string }[] = [];
  for (const draft of drafts) {
    seq++;
    const commitments: Record<string, string> = {};
    for (const [name, value] of Object.entries(draft.values ?? {})) {
      const salt = randomBytes(SALT_BYTES);
      commitments[name] = await commitment(salt, name, value);
      values.push({ seq, name, subject: draft.subject, salt, value });
    }
    // Of what a person does with a signal only the day is kept, here as in the signal's row.
    const at = draft.type.startsWith('signal-') ? coarseDay(now) : now;
    const body: ChainBody = { seq, at, actor, type: draft.type, data: draft.data, commitments };
    const record = await chainRecord(hash, body);
    hash = record.hash;
    records.push(record);
    numbers.push(seq);
  }
  if (records.length === 0) return numbers;
  await trx
    .insertInto('event')
    .values(
      records.map(({ data, commitments, ...rest }) => ({
        ...rest,
        data: JSON.stringify(data),
        commitments: JSON.stringify(commitments),
      })),
    )
    .execute();
  if (values.length > 0) await trx.insertInto('event_value').values(values).execute();
  await trx.updateTable('chain_head').set({ seq, hash }).where('id', '=', 1).execute();
  return numbers;
}

/** Erases every erasable value of a subject (a job, a signal). The commitments stay and open to nobody. */
export async function eraseValues(
  trx: Transaction<Tables>,
  subject: string,
  names?: readonly string[],
): Promise<void> {
  let query = trx.deleteFrom('event_value').where('subject', '=', subject);
  if (names !== undefined) query = query.where('name', 'in', names);
  await query.execute();
}

/** Where the chain ends. */
export async function chainHead(db: Kysely<Tables>): Promise<ChainHead> {
  const { seq, hash } = await db.selectFrom('chain_head').select(['seq', 'hash']).executeTakeFirstOrThrow();
  return { seq, hash };
}

/** Up to `limit` records after `seq`, in order. */
export async function recordsAfter(
  db: Kysely<Tables>,
  seq: number,
  limit: number,
): Promise<readonly ChainRecord[]> {
  return db.selectFrom('event').selectAll().where('seq', '>', seq).orderBy('seq').limit(limit).execute();
}

/** The erasable values that still stand for the records `from`..`to`, to be checked against their commitments. */
export async function valuesBetween(
  db: Kysely<Tables>,
  from: number,
  to: number,
): Promise<
  readonly { readonly seq: number; readonly name: string; readonly salt: Buffer; readonly value: string }[]
> {
  return db
    .selectFrom('event_value')
    .select(['seq', 'name', 'salt', 'value'])
    .where('seq', '>=', from)
    .where('seq', '<=', to)
    .orderBy('seq')
    .execute();
}

/** Tells every listening node that the bank changed; delivered when the transaction commits. */
export async function notifyBankChange(trx: Transaction<Tables>): Promise<void> {
  await sql`select pg_notify('bank_change', '')`.execute(trx);
}
