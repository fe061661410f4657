/**
 * Cases: what a person keeps here under their receipt code, sealed on their device before it came.
 *
 * A row is made so that a dump of the database says nothing of anybody without the store's key, not even to who holds
 * a receipt code that was seized: from a code everything that the device sends can be derived, so neither the lookup
 * id, nor the hash of the authentication key, nor the sealed case stands here as it came. The first two are kept as
 * HMAC under the store's key; the third is sealed once more, together with the count of signals that the case banked,
 * which in the open could be laid beside the number of signals that arrived at one moment. In the open stand the
 * version and the day of the last opening.
 *
 * No row of a signal names a case and no row of a case names a signal: only the person's device knows both. Nothing of
 * a case is in the event log.
 * @module
 */

import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import { coarseDay, DAY_MS, parseUtcMs, type UtcMs } from '@reclaim/casework/instant';
import { MAX_CASE_SIGNALS } from '@reclaim/casework/wire-case';
import type { Transaction } from 'kysely';
import { ownersBankIn } from './banks.ts';
import { noteErasure } from './erasure.ts';
import { lockChain } from './event-log.ts';
import { bankSignalsIn, type SignalDraft } from './signals.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/**
 * Days that an unconfirmed signal of a person stays. Long enough that somebody who asks once a year keeps what they
 * protected; without an end, what nobody asks for any more would hold innocent uploads for ever, and be held by us.
 */
export const SIGNAL_LIFE_DAYS = 365;

/** What names a case: 64 lower-case hex digits each, as they came. */
export type CaseNames = { readonly lookupId: string; readonly authSha256: string };

/** What is kept: the sealed case in base64url, and the signals that passed the gate. */
export type CaseContent = { readonly sealed: string; readonly signals: readonly SignalDraft[] };

/** Why a case was not kept. `not-found` for a wrong key too. */
export type CaseRefusal = 'not-found' | 'already-exists' | 'version' | 'case-full';

/** The outcome of keeping a case. */
export type KeptCase =
  | { readonly ok: true; readonly version: number }
  | { readonly ok: false; readonly reason: CaseRefusal };

type Inside = { readonly banked: number; readonly sealed: string };

/** SHA-256 of an authentication key's text (its 43 characters), in hex: what a new case brings and an opening proves. */
export function authHash(authKey: string): string {
  return createHash('sha256').update(authKey).digest('hex');
}

function lookupTag(store: Store, lookupId: string): Buffer {
  return store.key.tag(Buffer.from(`case-lookup:${lookupId}`));
}

function authTag(store: Store, authSha256: string): Buffer {
  return store.key.tag(Buffer.from(`case-auth:${authSha256}`));
}

function sealInside(store: Store, tag: Buffer, { banked, sealed }: Inside): Buffer {
  return store.key.seal(Buffer.from(`${banked}.${sealed}`), `case:${tag.toString('hex')}`);
}

function openInside(store: Store, tag: Buffer, bytes: Buffer): Inside {
  const text = store.key.unseal(bytes, `case:${tag.toString('hex')}`).toString();
  const dot = text.indexOf('.');
  return { banked: Number(text.slice(0, dot)), sealed: text.slice(dot + 1) };
}

/** The end of the day on which a signal of a person has lived `SIGNAL_LIFE_DAYS` from `now`. */
export function ownedUntil(now: UtcMs): UtcMs {
  return parseUtcMs(coarseDay(now) + (SIGNAL_LIFE_DAYS + 1) * DAY_MS);
}

/** Equal in constant time, whether there is a row or none: the same work is done. */
function proves(stored: Buffer | undefined, given: Buffer): boolean {
  const equal = timingSafeEqual(stored ?? Buffer.alloc(given.length), given);
  return stored !== undefined && equal;
}

/**
 * Keeps a new case and banks its signals, all or nothing. Sent again after its answer was lost, it answers the same
 * and does nothing; another case under the same names is refused with `already-exists`.
 */
export async function keepCase(store: Store, names: CaseNames, content: CaseContent): Promise<KeptCase> {
  if (content.signals.length > MAX_CASE_SIGNALS) return { ok: false, reason: 'case-full' };
  const lookup = lookupTag(store, names.lookupId);
  const auth = authTag(store, names.authSha256);
  return store.transaction(async (trx): Promise<KeptCase> => {
    await lockChain(trx);
    const row = await trx
      .selectFrom('sealed_case')
      .selectAll()
      .where('lookup_tag', '=', lookup)
      .executeTakeFirst();
    if (row !== undefined) {
      const again =
        proves(row.auth_tag, auth) && openInside(store, lookup, row.sealed).sealed === content.sealed;
      return again ? { ok: true, version: row.version } : { ok: false, reason: 'already-exists' };
    }
    const banked = await bankOwned(store, trx, content.signals);
    const inside = sealInside(store, lookup, { banked, sealed: content.sealed });
    await trx
      .insertInto('sealed_case')
      .values({
        lookup_tag: lookup,
        auth_tag: auth,
        sealed: inside,
        version: 1,
        day: coarseDay(store.now()),
      })
      .execute();
    return { ok: true, version: 1 };
  });
}

/** The sealed case, when the key is its own; `undefined` for a wrong key, an unknown case and a deleted one alike. */
export async function openCase(
  store: Store,
  names: CaseNames,
): Promise<{ readonly sealed: string; readonly version: number } | undefined> {
  const lookup = lookupTag(store, names.lookupId);
  const row = await store.db
    .selectFrom('sealed_case')
    .selectAll()
    .where('lookup_tag', '=', lookup)
    .executeTakeFirst();
  if (!proves(row?.auth_tag, authTag(store, names.authSha256)) || row === undefined) return undefined;
  const today = coarseDay(store.now());
  if (row.day < today) {
    await store.db
      .updateTable('sealed_case')
      .set({ day: today })
      .where('lookup_tag', '=', lookup)
      .where('day', '<', today)
      .execute();
  }
  return { sealed: openInside(store, lookup, row.sealed).sealed, version: row.version };
}

/**
 * Changes a case whose version is still the one that was read, and banks its new signals, all or nothing. Signals
 * whose capability is banked already are left as they are. The old ciphertext is erased like anything else.
 */
export async function saveCase(
  store: Store,
  names: CaseNames,
  version: number,
  content: CaseContent,
): Promise<KeptCase> {
  const lookup = lookupTag(store, names.lookupId);
  const auth = authTag(store, names.authSha256);
  return store.transaction(async (trx): Promise<KeptCase> => {
    await lockChain(trx);
    const row = await trx
      .selectFrom('sealed_case')
      .selectAll()
      .where('lookup_tag', '=', lookup)
      .forUpdate()
      .executeTakeFirst();
    if (!proves(row?.auth_tag, auth) || row === undefined) return { ok: false, reason: 'not-found' };
    const before = openInside(store, lookup, row.sealed);
    // The same again: its answer was lost on the way.
    if (row.version === version + 1 && before.sealed === content.sealed)
      return { ok: true, version: row.version };
    if (row.version !== version) return { ok: false, reason: 'version' };
    // Counted before it is known which are new: a device sends only new ones, and a case stays below its limit.
    if (before.banked + content.signals.length > MAX_CASE_SIGNALS) return { ok: false, reason: 'case-full' };
    const banked = before.banked + (await bankOwned(store, trx, content.signals));
    await trx
      .updateTable('sealed_case')
      .set({
        sealed: sealInside(store, lookup, { banked, sealed: content.sealed }),
        version: version + 1,
        day: coarseDay(store.now()),
      })
      .where('lookup_tag', '=', lookup)
      .execute();
    await noteErasure(store, trx);
    return { ok: true, version: version + 1 };
  });
}

/**
 * Puts a case whose version is still the one that was read under other names, sealed anew; the old names lead to nothing
 * from then on, all or nothing. What is not there under the old names is `not-found`, also where it was moved before.
 */
export async function moveCase(
  store: Store,
  names: CaseNames,
  version: number,
  to: CaseNames & { readonly sealed: string },
): Promise<KeptCase> {
  const lookup = lookupTag(store, names.lookupId);
  const next = lookupTag(store, to.lookupId);
  return store.transaction(async (trx): Promise<KeptCase> => {
    const row = await trx
      .selectFrom('sealed_case')
      .selectAll()
      .where('lookup_tag', '=', lookup)
      .forUpdate()
      .executeTakeFirst();
    const auth = authTag(store, names.authSha256);
    if (!proves(row?.auth_tag, auth) || row === undefined) return { ok: false, reason: 'not-found' };
    if (row.version !== version) return { ok: false, reason: 'version' };
    const taken = await trx
      .selectFrom('sealed_case')
      .select('lookup_tag')
      .where('lookup_tag', '=', next)
      .executeTakeFirst();
    if (taken !== undefined) return { ok: false, reason: 'already-exists' };
    const { banked } = openInside(store, lookup, row.sealed);
    await trx
      .updateTable('sealed_case')
      .set({
        lookup_tag: next,
        auth_tag: authTag(store, to.authSha256),
        sealed: sealInside(store, next, { banked, sealed: to.sealed }),
        version: version + 1,
        day: coarseDay(store.now()),
      })
      .where('lookup_tag', '=', lookup)
      .execute();
    await noteErasure(store, trx);
    return { ok: true, version: version + 1 };
  });
}

/** Deletes a case. Answers whether there was one with this key; nobody outside is told. */
export async function deleteCase(store: Store, names: CaseNames): Promise<boolean> {
  return store.transaction(async (trx) => {
    const lookup = lookupTag(store, names.lookupId);
    const row = await trx
      .selectFrom('sealed_case')
      .select('auth_tag')
      .where('lookup_tag', '=', lookup)
      .forUpdate()
      .executeTakeFirst();
    if (!proves(row?.auth_tag, authTag(store, names.authSha256))) return false;
    await trx.deleteFrom('sealed_case').where('lookup_tag', '=', lookup).execute();
    await noteErasure(store, trx);
    return true;
  });
}

/**
 * Banks signals of a person, in an order of its own: the order of the pictures, or which hash goes with which bytes,
 * must not be read from the rows. What they tell is the moment of arrival. Answers how many were new.
 */
async function bankOwned(
  store: Store,
  trx: Transaction<Tables>,
  signals: readonly SignalDraft[],
): Promise<number> {
  if (signals.length === 0) return 0;
  const hashes = signals.map(({ capabilitySha256 }) => Buffer.from(capabilitySha256));
  const rows = await trx
    .selectFrom('signal')
    .select('capability_sha256')
    .where('capability_sha256', 'in', hashes)
    .execute();
  const known = new Set(rows.map((row) => row.capability_sha256?.toString('hex')));
  const fresh = signals.filter(({ capabilitySha256 }) => {
    const name = Buffer.from(capabilitySha256).toString('hex');
    if (known.has(name)) return false;
    known.add(name);
    return true;
  });
  if (fresh.length === 0) return 0;
  for (let i = fresh.length - 1; i > 0; i--) {
    const j = randomInt(i + 1);
    [fresh[i], fresh[j]] = [fresh[j]!, fresh[i]!];
  }
  const bankId = await ownersBankIn(store, trx);
  await bankSignalsIn(store, trx, 'capability', bankId, fresh, ownedUntil(store.now()));
  return fresh.length;
}
