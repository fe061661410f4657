/**
 * Recoveries: envelopes that give a lost receipt code back to who holds two of three shares, after seven days.
 *
 * As with cases, a row says nothing without the store's key: lookup id, authentication and cancelling stand as HMAC, the
 * envelope is sealed once more. Nothing joins it to a case: the case's side has a capability of its own. In the open stand
 * when somebody asked, how often, and whether the envelope was given out, which the seven days need. Nothing of it is in
 * the event log.
 * @module
 */

import { createHash, timingSafeEqual } from 'node:crypto';
import { parseUtcMs } from '@reclaim/casework/instant';
import { askRecovery, recoveryStanding } from '@reclaim/casework/recovery';
import type { AskedRecovery, NewRecovery, WatchedRecovery } from '@reclaim/casework/wire-recovery';
import { noteErasure } from './erasure.ts';
import { cancelTag, watchLinePart } from './recovery-parts.ts';
import type { Store } from './store.ts';

/** What a new recovery brings. */
export type RecoveryDraft = Omit<NewRecovery, 'proof'>;

const tagOf = (store: Store, use: string, text: string) =>
  store.key.tag(Buffer.from(`recovery-${use}:${text}`));
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const contextOf = (tag: Buffer) => `recovery:${tag.toString('hex')}`;

/** Equal in constant time, whether there is a row or none: the same work is done. */
function proves(stored: Buffer | undefined, given: Buffer): boolean {
  const equal = timingSafeEqual(stored ?? Buffer.alloc(given.length), given);
  return stored !== undefined && equal;
}

/** Keeps a recovery. The same one again answers the same; another under its names is refused. */
export async function keepRecovery(store: Store, draft: RecoveryDraft): Promise<'kept' | 'already-exists'> {
  const lookup = tagOf(store, 'lookup', draft.lookupId);
  const auth = tagOf(store, 'auth', draft.authSha256);
  const cancel = tagOf(store, 'cancel', draft.cancelSha256);
  const made = await store.db
    .insertInto('recovery')
    .values({
      lookup_tag: lookup,
      auth_tag: auth,
      cancel_tag: cancel,
      sealed: store.key.seal(Buffer.from(draft.sealed), contextOf(lookup)),
      asked_at: null,
      asked: 0,
      given_out: false,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (made.numInsertedOrUpdatedRows === 1n) return 'kept';
  const row = await store.db
    .selectFrom('recovery')
    .selectAll()
    .where('lookup_tag', '=', lookup)
    .executeTakeFirst();
  const same = proves(row?.auth_tag, auth) && proves(row?.cancel_tag, cancel);
  return same ? 'kept' : 'already-exists';
}

/** Somebody with the recovery key asks. `undefined` for a wrong key, an unknown recovery and a deleted one alike. */
export async function askForRecovery(
  store: Store,
  names: { readonly lookupId: string; readonly authKey: string },
): Promise<AskedRecovery | undefined> {
  const lookup = tagOf(store, 'lookup', names.lookupId);
  const auth = tagOf(store, 'auth', sha256(names.authKey));
  return store.transaction(async (trx): Promise<AskedRecovery | undefined> => {
    const row = await trx
      .selectFrom('recovery')
      .selectAll()
      .where('lookup_tag', '=', lookup)
      .forUpdate()
      .executeTakeFirst();
    if (!proves(row?.auth_tag, auth) || row === undefined) return undefined;
    const now = store.now();
    const before = row.asked_at === null ? undefined : parseUtcMs(row.asked_at);
    const askedAt = askRecovery(before, now);
    const standing = recoveryStanding(askedAt, now);
    if (askedAt !== before)
      await trx
        .updateTable('recovery')
        .set({ asked_at: askedAt, asked: row.asked + 1 })
        .where('lookup_tag', '=', lookup)
        .execute();
    if (standing.kind === 'open') {
      await trx.updateTable('recovery').set({ given_out: true }).where('lookup_tag', '=', lookup).execute();
      return { kind: 'open', sealed: store.key.unseal(row.sealed, contextOf(lookup)).toString() };
    }
    // Quiet cannot be: it was just asked for.
    return { kind: 'waiting', dueAt: standing.kind === 'waiting' ? standing.dueAt : now };
  });
}

/** How it stands, for who opens the case. `undefined` where there is none. */
export async function watchRecovery(store: Store, cancel: string): Promise<WatchedRecovery | undefined> {
  const row = await store.db
    .selectFrom('recovery')
    .selectAll()
    .where('cancel_tag', '=', cancelTag(store, cancel))
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const part = await watchLinePart(store, cancel);
  const standing = recoveryStanding(
    row.asked_at === null ? undefined : parseUtcMs(row.asked_at),
    store.now(),
  );
  return {
    standing: standing.kind,
    ...(standing.kind === 'quiet' ? {} : { dueAt: standing.dueAt }),
    asked: row.asked,
    givenOut: row.given_out,
    ...(part === undefined ? {} : { part }),
  };
}

/** Stops a request that stands. Answers whether there is such a recovery; nobody outside is told. */
export async function cancelRecovery(store: Store, cancel: string): Promise<boolean> {
  const { numUpdatedRows } = await store.db
    .updateTable('recovery')
    .set({ asked_at: null })
    .where('cancel_tag', '=', cancelTag(store, cancel))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Takes a recovery back for good: its shares are paper from now on. */
export async function deleteRecovery(store: Store, cancel: string): Promise<boolean> {
  return store.transaction(async (trx) => {
    const { numDeletedRows } = await trx
      .deleteFrom('recovery')
      .where('cancel_tag', '=', cancelTag(store, cancel))
      .executeTakeFirst();
    if (numDeletedRows === 0n) return false;
    await noteErasure(store, trx);
    return true;
  });
}
