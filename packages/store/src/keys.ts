/**
 * API keys: `rk_` + 32 hex digits of the key's id + `_` + 43 characters of base64url (256 random bits).
 *
 * Only the SHA-256 of the secret is stored; it has too much entropy for a dictionary, so a slow hash would only help
 * a flood. Comparing hashes takes the same time wherever they differ. Every way in which a token can be wrong has
 * the same answer.
 * @module
 */

import { createHash, hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type KeyId, makeId, parseId } from '@reclaim/casework/id';
import { parseUtcMs, type UtcMs } from '@reclaim/casework/instant';
import type { Scope, WireKey } from '@reclaim/casework/wire';
import type { Transaction } from 'kysely';
import { type Actor, appendEvents, lockChain } from './event-log.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** A new key and its token, which is shown once and cannot be had again. */
export type NewKey = { readonly key: WireKey; readonly token: string };

/** What a token of the right form says. */
export type KeyToken = { readonly id: KeyId; readonly secretSha256: Buffer };

const TOKEN = /^rk_([0-9a-f]{32})_([A-Za-z0-9_-]{43})$/;

/** Reads a token, or answers `undefined` when it has not the form of one. */
export function readToken(text: string): KeyToken | undefined {
  const match = TOKEN.exec(text);
  if (match === null) return undefined;
  return {
    id: parseId('key', `key_${match[1]}`),
    // In one call: this is done for every request.
    secretSha256: hash('sha256', match[2]!, 'buffer'),
  };
}

function drawKey(): { readonly id: KeyId; readonly token: string; readonly secretSha256: Buffer } {
  const id = makeId('key', randomBytes(16));
  const secret = randomBytes(32).toString('base64url');
  const secretSha256 = createHash('sha256').update(secret).digest();
  return { id, token: `rk_${id.slice('key_'.length)}_${secret}`, secretSha256 };
}

function wireKey(row: Tables['api_key']): WireKey {
  return {
    id: row.id,
    name: row.name,
    scopes: row.scopes,
    createdAt: parseUtcMs(row.created_at),
    ...(row.expires_at === null ? {} : { expiresAt: parseUtcMs(row.expires_at) }),
    ...(row.revoked_at === null ? {} : { revokedAt: parseUtcMs(row.revoked_at) }),
  };
}

type KeyDraft = {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt?: UtcMs | undefined;
};

async function insertKey(
  store: Store,
  trx: Transaction<Tables>,
  actor: Actor,
  draft: KeyDraft,
): Promise<NewKey> {
  const { id, token, secretSha256 } = drawKey();
  const now = store.now();
  const row: Tables['api_key'] = {
    id,
    name: draft.name,
    scopes: [...new Set(draft.scopes)],
    secret_sha256: secretSha256,
    created_at: now,
    expires_at: draft.expiresAt ?? null,
    revoked_at: null,
  };
  await appendEvents(trx, now, actor, [
    { type: 'key-made', subject: id, data: { keyId: id, scopes: row.scopes, expiresAt: draft.expiresAt } },
  ]);
  await trx.insertInto('api_key').values(row).execute();
  return { key: wireKey(row), token };
}

/** Makes a key. */
export async function makeKey(store: Store, actor: Actor, draft: KeyDraft): Promise<NewKey> {
  return store.transaction((trx) => insertKey(store, trx, actor, draft));
}

/** Makes the first key, with every scope, when there is none yet. Two processes that start at once make one. */
export async function makeFirstKey(store: Store, scopes: readonly Scope[]): Promise<NewKey | undefined> {
  return store.transaction(async (trx) => {
    await lockChain(trx);
    const any = await trx.selectFrom('api_key').select('id').limit(1).executeTakeFirst();
    return any === undefined ? insertKey(store, trx, 'system', { name: 'first key', scopes }) : undefined;
  });
}

/**
 * The keys that these tokens open, in their order, if they stand now: known, right secret, not revoked, not expired. One
 * answer for every way in which one can be wrong, so that nobody learns which key ids exist.
 */
export async function findKeys(
  store: Store,
  tokens: readonly KeyToken[],
): Promise<readonly (WireKey | undefined)[]> {
  const ids = [...new Set(tokens.map(({ id }) => id))];
  const rows = await store.db.selectFrom('api_key').selectAll().where('id', 'in', ids).execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  const now = store.now();
  return tokens.map(({ id, secretSha256 }) => {
    const row = byId.get(id);
    const right = timingSafeEqual(row?.secret_sha256 ?? Buffer.alloc(32), secretSha256);
    if (row === undefined || !right) return undefined;
    if (row.revoked_at !== null || (row.expires_at !== null && row.expires_at <= now)) return undefined;
    return wireKey(row);
  });
}

/** All keys, without secrets, oldest first. */
export async function listKeys(store: Store): Promise<readonly WireKey[]> {
  const rows = await store.db.selectFrom('api_key').selectAll().orderBy('created_at').orderBy('id').execute();
  return rows.map(wireKey);
}

/** A new key with the old one's name, scopes and end; the old one ends at `oldEndsAt`, or before if it would anyway. */
export async function rotateKey(
  store: Store,
  actor: Actor,
  id: KeyId,
  oldEndsAt: UtcMs,
): Promise<NewKey | undefined> {
  return store.transaction(async (trx) => {
    await lockChain(trx);
    const old = await trx
      .selectFrom('api_key')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    const now = store.now();
    if (old === undefined || old.revoked_at !== null || (old.expires_at !== null && old.expires_at <= now)) {
      return undefined;
    }
    const made = await insertKey(store, trx, actor, {
      ...{ name: old.name, scopes: old.scopes },
      // A key that was given for a month is not made to last by being replaced.
      ...(old.expires_at === null ? {} : { expiresAt: parseUtcMs(old.expires_at) }),
    });
    const ends = Math.min(oldEndsAt, old.expires_at ?? oldEndsAt);
    await appendEvents(trx, now, actor, [
      { type: 'key-rotated', subject: id, data: { keyId: id, by: made.key.id, oldEndsAt: ends } },
    ]);
    await trx.updateTable('api_key').set({ expires_at: ends }).where('id', '=', id).execute();
    return made;
  });
}

/** Why a key was not revoked. `last-admin`: nobody could ever make a key again. */
export type RevokeRefusal = 'not-found' | 'last-admin';

/** Revokes a key, at once and for good. Revoking again changes nothing. */
export async function revokeKey(
  store: Store,
  actor: Actor,
  id: KeyId,
): Promise<
  { readonly ok: true; readonly key: WireKey } | { readonly ok: false; readonly reason: RevokeRefusal }
> {
  return store.transaction(async (trx) => {
    const now = store.now();
    await lockChain(trx);
    const all = await trx.selectFrom('api_key').selectAll().execute();
    const row = all.find((key) => key.id === id);
    if (row === undefined) return { ok: false, reason: 'not-found' };
    if (row.revoked_at !== null) return { ok: true, key: wireKey(row) };
    const admins = all.filter(
      (key) =>
        key.scopes.includes('admin') && key.revoked_at === null && key.expires_at === null && key.id !== id,
    );
    if (row.scopes.includes('admin') && admins.length === 0) return { ok: false, reason: 'last-admin' };
    await appendEvents(trx, now, actor, [{ type: 'key-revoked', subject: id, data: { keyId: id } }]);
    await trx.updateTable('api_key').set({ revoked_at: now }).where('id', '=', id).execute();
    return { ok: true, key: wireKey({ ...row, revoked_at: now }) };
  });
}
