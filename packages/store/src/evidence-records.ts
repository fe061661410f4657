/**
 * Evidence records: ciphertext of a person under a capability of theirs.
 *
 * The row holds an HMAC of the capability under the store's key, the ciphertext sealed once more, a version and the day
 * of the last opening. Nothing ties it to a case, an address or a signal; nothing of it is in the event log. One that
 * nobody opened for two years is erased: who comes back once in that time keeps it.
 * @module
 */

import { coarseDay, DAY_MS } from '@reclaim/casework/instant';
import { noteErasure } from './erasure.ts';
import type { Store } from './store.ts';

/** Days without an opening after which a record is erased. */
export const RECORD_LIFE_DAYS = 730;

/** Why a record was not kept: another tab saved it meanwhile, or there is one where a new one was meant. */
export type RecordRefusal = 'version';

/** The outcome of keeping a record. */
export type KeptRecord =
  | { readonly ok: true; readonly version: number }
  | { readonly ok: false; readonly reason: RecordRefusal };

function tagOf(store: Store, capability: string): Buffer {
  return store.key.tag(Buffer.from(`evidence-record:${capability}`));
}

/**
 * Keeps a record whose version is still the one that was read; 0 for one that is new. Sent again after its answer was
 * lost, it answers the same and does nothing. The old ciphertext is erased like anything else.
 */
export async function keepRecord(
  store: Store,
  capability: string,
  version: number,
  sealed: string,
): Promise<KeptRecord> {
  const tag = tagOf(store, capability);
  const inside = () => store.key.seal(Buffer.from(sealed), `evidence-record:${tag.toString('hex')}`);
  return store.transaction(async (trx): Promise<KeptRecord> => {
    const row = await trx
      .selectFrom('evidence_record')
      .selectAll()
      .where('capability_tag', '=', tag)
      .forUpdate()
      .executeTakeFirst();
    if (row !== undefined && row.version === version + 1 && open(store, tag, row.sealed) === sealed)
      return { ok: true, version: row.version };
    if ((row?.version ?? 0) !== version) return { ok: false, reason: 'version' };
    const day = coarseDay(store.now());
    if (row === undefined) {
      const made = await trx
        .insertInto('evidence_record')
        .values({ capability_tag: tag, sealed: inside(), version: 1, day })
        // Two first savings at once: the second is one of a version that is no longer there.
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return (made.numInsertedOrUpdatedRows ?? 0n) > 0n
        ? { ok: true, version: 1 }
        : { ok: false, reason: 'version' };
    }
    await trx
      .updateTable('evidence_record')
      .set({ sealed: inside(), version: version + 1, day })
      .where('capability_tag', '=', tag)
      .execute();
    await noteErasure(store, trx);
    return { ok: true, version: version + 1 };
  });
}

/** The sealed record of a capability; `undefined` for one that is not there. */
export async function readRecord(
  store: Store,
  capability: string,
): Promise<{ readonly sealed: string; readonly version: number } | undefined> {
  const tag = tagOf(store, capability);
  const row = await store.db
    .selectFrom('evidence_record')
    .selectAll()
    .where('capability_tag', '=', tag)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const today = coarseDay(store.now());
  if (row.day < today)
    await store.db
      .updateTable('evidence_record')
      .set({ day: today })
      .where('capability_tag', '=', tag)
      .execute();
  return { sealed: open(store, tag, row.sealed), version: row.version };
}

/** Erases a record. Nobody outside is told whether there was one. */
export async function deleteRecord(store: Store, capability: string): Promise<void> {
  await store.transaction(async (trx) => {
    const gone = await trx
      .deleteFrom('evidence_record')
      .where('capability_tag', '=', tagOf(store, capability))
      .executeTakeFirst();
    if (gone.numDeletedRows > 0n) await noteErasure(store, trx);
  });
}

/** Erases the records that nobody opened for two years; answers how many. */
export async function expireRecords(store: Store): Promise<number> {
  return store.transaction(async (trx) => {
    const gone = await trx
      .deleteFrom('evidence_record')
      .where('day', '<', coarseDay(store.now()) - RECORD_LIFE_DAYS * DAY_MS)
      .executeTakeFirst();
    if (gone.numDeletedRows > 0n) await noteErasure(store, trx);
    return Number(gone.numDeletedRows);
  });
}

function open(store: Store, tag: Buffer, bytes: Buffer): string {
  return store.key.unseal(bytes, `evidence-record:${tag.toString('hex')}`).toString();
}
