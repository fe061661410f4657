/**
 * How the staff prove who they are: passkeys, recovery codes, and the sessions that both begin.
 *
 * A session's secret is 32 random bytes; the database has its SHA-256. It ends 12 hours after it began, after an hour
 * without a request, when its bearer signs out, and when what they may is changed. A recovery code is 20 characters of
 * Crockford's base 32 (100 random bits), good once; the session that it begins can only add a passkey.
 * @module
 */

import { createHash, randomBytes } from 'node:crypto';
import type { StaffId } from '@reclaim/casework/id';
import type { UtcMs } from '@reclaim/casework/instant';
import type { WireStaff } from '@reclaim/casework/wire-staff';
import type { Transaction } from 'kysely';
import { appendEvents, lockChain } from './event-log.ts';
import { wireStaffOf } from './staff-rows.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** How long a session lasts at most, milliseconds. */
export const SESSION_MS = 12 * 60 * 60_000;

/** How long a session lasts without a request, milliseconds. */
export const IDLE_MS = 60 * 60_000;

/** How exactly the last request of a session is noted, milliseconds: not every request needs a write. */
const SEEN_EVERY_MS = 60_000;

/** How many recovery codes a member has. */
export const RECOVERY_CODES = 10;

/** Passkeys that one member may have. */
export const MAX_PASSKEYS = 20;

/** Digits of Crockford's base 32: none that could be taken for another. */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';

/** A passkey that has just been verified. `credentialId` is base64url, `publicKey` a COSE_Key (RFC 9052). */
export type NewPasskey = {
  readonly credentialId: string;
  readonly publicKey: Uint8Array;
  readonly counter: number;
  readonly transports: readonly string[];
};

/** A session that stands, and whose it is. `recovered`: it may only add a passkey. */
export type Session = {
  readonly staff: WireStaff;
  readonly recovered: boolean;
  readonly secretSha256: Buffer;
};

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Stores a passkey inside the caller's transaction. */
export async function insertPasskey(
  trx: Transaction<Tables>,
  staffId: StaffId,
  passkey: NewPasskey,
  now: UtcMs,
): Promise<void> {
  await trx
    .insertInto('passkey')
    .values({
      credential_id: passkey.credentialId,
      staff_id: staffId,
      public_key: Buffer.from(passkey.publicKey),
      counter: passkey.counter,
      transports: [...passkey.transports],
      created_at: now,
    })
    .execute();
}

/** Adds a passkey to a member; whoever had to recover may do everything again. Refuses one that is known. */
export async function addPasskey(store: Store, session: Session, passkey: NewPasskey): Promise<boolean> {
  const { id } = session.staff;
  return store.transaction(async (trx) => {
    await lockChain(trx);
    const known = await trx
      .selectFrom('passkey')
      .select('credential_id')
      .where((eb) => eb.or([eb('credential_id', '=', passkey.credentialId), eb('staff_id', '=', id)]))
      .execute();
    const taken = known.some((row) => row.credential_id === passkey.credentialId);
    if (taken || known.length >= MAX_PASSKEYS) return false;
    await appendEvents(trx, store.now(), id, [{ type: 'passkey-added', subject: id, data: { staffId: id } }]);
    await insertPasskey(trx, id, passkey, store.now());
    await trx
      .updateTable('staff_session')
      .set({ recovered: false })
      .where('secret_sha256', '=', session.secretSha256)
      .execute();
    return true;
  });
}

/** The ids of a member's passkeys, so that a device does not register twice. */
export async function passkeysOf(
  store: Store,
  staffId: StaffId,
): Promise<readonly { readonly credentialId: string; readonly transports: readonly string[] }[]> {
  const rows = await store.db
    .selectFrom('passkey')
    .select(['credential_id', 'transports'])
    .where('staff_id', '=', staffId)
    .execute();
  return rows.map((row) => ({ credentialId: row.credential_id, transports: row.transports }));
}

/** A passkey and whose it is, if that member may come in. */
export async function findPasskey(
  store: Store,
  credentialId: string,
): Promise<(NewPasskey & { readonly staff: WireStaff }) | undefined> {
  const row = await store.db
    .selectFrom('passkey')
    .innerJoin('staff', 'staff.id', 'passkey.staff_id')
    .selectAll('staff')
    .select(['credential_id', 'public_key', 'counter', 'transports'])
    .where('credential_id', '=', credentialId)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    credentialId: row.credential_id,
    publicKey: row.public_key,
    counter: row.counter,
    transports: row.transports,
    staff: wireStaffOf(row),
  };
}

/** Ten new recovery codes in place of whatever was there; their only showing. */
export async function replaceRecoveryCodes(
  trx: Transaction<Tables>,
  staffId: StaffId,
): Promise<readonly string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, drawCode);
  await trx.deleteFrom('recovery_code').where('staff_id', '=', staffId).execute();
  await trx
    .insertInto('recovery_code')
    .values(codes.map((code) => ({ code_sha256: sha256(code), staff_id: staffId })))
    .execute();
  return codes;
}

/** Ten new recovery codes for somebody who is signed in. */
export async function renewRecoveryCodes(store: Store, staffId: StaffId): Promise<readonly string[]> {
  return store.transaction(async (trx) => {
    await appendEvents(trx, store.now(), staffId, [
      { type: 'recovery-codes-renewed', subject: staffId, data: { staffId } },
    ]);
    return replaceRecoveryCodes(trx, staffId);
  });
}

function drawCode(): string {
  // 32 divides 256: taking five bits of each byte prefers no digit.
  const text = Array.from(randomBytes(20), (byte) => DIGITS[byte & 31]).join('');
  return text.match(/.{4}/g)!.join('-');
}

/** Uses a recovery code up and begins a session that can only add a passkey; `undefined` for any code that is not good. */
export async function recover(
  store: Store,
  code: string,
): Promise<{ readonly staff: WireStaff; readonly secret: string } | undefined> {
  return store.transaction(async (trx) => {
    await lockChain(trx);
    const used = await trx
      .deleteFrom('recovery_code')
      .where('code_sha256', '=', sha256(code))
      .where('staff_id', 'in', trx.selectFrom('staff').select('id').where('disabled_at', 'is', null))
      .returning('staff_id')
      .executeTakeFirst();
    if (used === undefined) return undefined;
    const row = await trx
      .selectFrom('staff')
      .selectAll()
      .where('id', '=', used.staff_id)
      .executeTakeFirstOrThrow();
    await appendEvents(trx, store.now(), row.id, [
      { type: 'staff-recovered', subject: row.id, data: { staffId: row.id } },
    ]);
    return { staff: wireStaffOf(row), secret: await insertSession(store, trx, row.id, true) };
  });
}

/**
 * Begins a session by passkey and notes its authenticator's counter. Answers `undefined` where the member was disabled
 * meanwhile, or where another sign-in with the same counter was quicker (a copied authenticator shows itself so).
 */
export async function signIn(
  store: Store,
  passkey: NewPasskey,
  counter: number,
): Promise<string | undefined> {
  return store.transaction(async (trx) => {
    await lockChain(trx);
    const noted = await trx
      .updateTable('passkey')
      .set({ counter })
      .where('credential_id', '=', passkey.credentialId)
      .where('counter', '=', passkey.counter)
      .where('staff_id', 'in', trx.selectFrom('staff').select('id').where('disabled_at', 'is', null))
      .returning('staff_id')
      .executeTakeFirst();
    if (noted === undefined) return undefined;
    const { staff_id: staffId } = noted;
    await appendEvents(trx, store.now(), staffId, [
      { type: 'staff-signed-in', subject: staffId, data: { staffId } },
    ]);
    return insertSession(store, trx, staffId, false);
  });
}

/** Begins a session for somebody who has just registered. */
export async function beginSession(store: Store, staffId: StaffId): Promise<string> {
  return store.transaction((trx) => insertSession(store, trx, staffId, false));
}

async function insertSession(
  store: Store,
  trx: Transaction<Tables>,
  staffId: StaffId,
  recovered: boolean,
): Promise<string> {
  const secret = randomBytes(32).toString('base64url');
  const now = store.now();
  await trx
    .deleteFrom('staff_session')
    .where((eb) => eb.or([eb('created_at', '<=', now - SESSION_MS), eb('seen_at', '<=', now - IDLE_MS)]))
    .execute();
  await trx
    .insertInto('staff_session')
    .values({ secret_sha256: sha256(secret), staff_id: staffId, created_at: now, seen_at: now, recovered })
    .execute();
  return secret;
}

/** The session of a secret, if it stands now. */
export async function findSession(store: Store, secret: string): Promise<Session | undefined> {
  const now = store.now();
  const secretSha256 = sha256(secret);
  const row = await store.db
    .selectFrom('staff_session')
    .innerJoin('staff', 'staff.id', 'staff_session.staff_id')
    .selectAll('staff')
    .select(['recovered', 'seen_at'])
    .where('secret_sha256', '=', secretSha256)
    .where('staff_session.created_at', '>', now - SESSION_MS)
    .where('seen_at', '>', now - IDLE_MS)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  if (now - row.seen_at >= SEEN_EVERY_MS) {
    await store.db
      .updateTable('staff_session')
      .set({ seen_at: now })
      .where('secret_sha256', '=', secretSha256)
      .execute();
  }
  return { staff: wireStaffOf(row), recovered: row.recovered, secretSha256 };
}

/** Ends a session, for good. */
export async function endSession(store: Store, secret: string): Promise<void> {
  await store.db.deleteFrom('staff_session').where('secret_sha256', '=', sha256(secret)).execute();
}
