/**
 * The public keys of helpers: what a person seals to and who signs. A helper's secret half never comes here.
 *
 * A key that is changed or taken back is gone at once: nothing new is sealed to it. Each change is in the event log under
 * the helper, with a digest of the key, so that a key that somebody else put there can be found.
 * @module
 */

import { createHash } from 'node:crypto';
import type { StaffId } from '@reclaim/casework/id';
import type { WireHelper, WireHelperKey } from '@reclaim/casework/wire-thread';
import type { Kysely } from 'kysely';
import { appendEvents, lockChain } from './event-log.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** A digest of a helper's public halves, 64 hex digits: what the log bears of them. */
export function helperKeyDigest({ party }: Pick<WireHelperKey, 'party'>): string {
  return createHash('sha256').update(`${party.recipient} ${party.verifyKey}`).digest('hex');
}

/** Puts a helper's key in place of the one before. */
export async function putHelperKey(store: Store, helper: StaffId, key: WireHelperKey): Promise<void> {
  await store.transaction(async (trx) => {
    await lockChain(trx);
    const before = await trx
      .selectFrom('helper_key')
      .selectAll()
      .where('staff_id', '=', helper)
      .executeTakeFirst();
    const values = { recipient: key.party.recipient, verify_key: key.party.verifyKey, open: key.open };
    await trx
      .insertInto('helper_key')
      .values({ staff_id: helper, ...values })
      .onConflict((conflict) => conflict.column('staff_id').doUpdateSet(values))
      .execute();
    if (before?.recipient === values.recipient && before.verify_key === values.verify_key) return;
    const data = { staffId: helper, keySha256: helperKeyDigest(key) };
    await appendEvents(trx, store.now(), helper, [{ type: 'helper-key-set', subject: helper, data }]);
  });
}

/** A helper's own key, or `undefined`. */
export async function helperKeyOf(store: Store, helper: StaffId): Promise<WireHelperKey | undefined> {
  const row = await store.db
    .selectFrom('helper_key')
    .selectAll()
    .where('staff_id', '=', helper)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return { party: { recipient: row.recipient, verifyKey: row.verify_key }, open: row.open };
}

/** Takes a helper's key back. Answers whether there was one. */
export async function removeHelperKey(store: Store, helper: StaffId): Promise<boolean> {
  return store.transaction(async (trx) => {
    await lockChain(trx);
    const { numDeletedRows } = await trx
      .deleteFrom('helper_key')
      .where('staff_id', '=', helper)
      .executeTakeFirst();
    if (numDeletedRows === 0n) return false;
    const data = { staffId: helper };
    await appendEvents(trx, store.now(), helper, [{ type: 'helper-key-removed', subject: helper, data }]);
    return true;
  });
}

/** Everybody who may help and has a key, by name. Whoever was disabled or lost the permission is not among them. */
export async function listHelpers({ db }: { readonly db: Kysely<Tables> }): Promise<readonly WireHelper[]> {
  const rows = await db
    .selectFrom('helper_key')
    .innerJoin('staff', 'staff.id', 'helper_key.staff_id')
    .select(['staff.id', 'staff.pseudonym', 'staff.permissions', 'recipient', 'verify_key', 'open'])
    .where('staff.disabled_at', 'is', null)
    .orderBy('staff.pseudonym')
    .limit(200)
    .execute();
  return rows
    .filter(({ permissions }) => permissions.includes('helper'))
    .map(({ id, pseudonym, permissions, recipient, verify_key: verifyKey, open }) => ({
      id,
      name: pseudonym,
      party: { recipient, verifyKey },
      open,
      originals: permissions.includes('originals'),
      recovery: permissions.includes('recovery'),
    }));
}
