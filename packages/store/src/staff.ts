/**
 * The staff: who they are, what they may, and the one-time links by which they come.
 *
 * Rules that hold whatever route asks: nobody gives a permission that they do not have; nobody raises themselves; of
 * those who may manage people one is always left; a link dies with its first use, with its hour, and with the
 * permissions of whoever made it. Changing or disabling somebody ends their sessions in the same transaction.
 * @module
 */

import { createHash, randomBytes } from 'node:crypto';
import { makeId, type StaffId } from '@reclaim/casework/id';
import { parseUtcMs, type UtcMs } from '@reclaim/casework/instant';
import { PERMISSIONS, type Permission, type WireStaff } from '@reclaim/casework/wire-staff';
import type { Transaction } from 'kysely';
import { appendEvents, lockChain } from './event-log.ts';
import { insertPasskey, type NewPasskey, replaceRecoveryCodes } from './staff-credentials.ts';
import { type StaffRow, wireStaffOf } from './staff-rows.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** How long the link for the first administrator is good, milliseconds: it stands on a terminal. */
export const SETUP_MS = 60 * 60_000;

/** How long an invitation is good, milliseconds. */
export const INVITATION_MS = 24 * 60 * 60_000;

/** A one-time link's secret, answered once, and when it ends. */
export type StaffLink = { readonly token: string; readonly expiresAt: UtcMs };

/** The SHA-256 of a link's secret. */
export function linkSha256(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** The permissions in their own order, each once. */
function ordered(permissions: readonly Permission[]): Permission[] {
  return PERMISSIONS.filter((each) => permissions.includes(each));
}

/** Whether all of `wanted` are among `held`. */
function within(wanted: readonly Permission[], held: readonly Permission[]): boolean {
  return wanted.every((each) => held.includes(each));
}

async function insertLink(
  trx: Transaction<Tables>,
  permissions: readonly Permission[],
  expiresAt: UtcMs,
  invitedBy: StaffId | null,
): Promise<StaffLink> {
  const token = randomBytes(32).toString('base64url');
  await trx
    .insertInto('staff_link')
    .values({
      token_sha256: linkSha256(token),
      permissions: ordered(permissions),
      expires_at: expiresAt,
      invited_by: invitedBy,
    })
    .execute();
  return { token, expiresAt };
}

/**
 * The link for the first administrator while there is no staff; an earlier one dies. They get every permission, since
 * nobody could give them one later.
 */
export async function makeSetupLink(store: Store): Promise<StaffLink | undefined> {
  return store.transaction(async (trx) => {
    await lockChain(trx);
    const any = await trx.selectFrom('staff').select('id').limit(1).executeTakeFirst();
    if (any !== undefined) return undefined;
    await trx.deleteFrom('staff_link').where('invited_by', 'is', null).execute();
    return insertLink(trx, PERMISSIONS, parseUtcMs(store.now() + SETUP_MS), null);
  });
}

/** An invitation, or `undefined` where `by` would give what they do not have. */
export async function invite(
  store: Store,
  by: StaffId,
  permissions: readonly Permission[],
): Promise<StaffLink | undefined> {
  return store.transaction(async (trx) => {
    await lockChain(trx);
    const inviter = await findRow(trx, by);
    if (!mayInvite(inviter, permissions)) return undefined;
    const now = store.now();
    await trx.deleteFrom('staff_link').where('expires_at', '<=', now).execute();
    await appendEvents(trx, now, by, [
      { type: 'staff-invited', subject: by, data: { permissions: ordered(permissions) } },
    ]);
    return insertLink(trx, permissions, parseUtcMs(now + INVITATION_MS), by);
  });
}

function mayInvite(inviter: StaffRow | undefined, permissions: readonly Permission[]): boolean {
  return (
    inviter !== undefined &&
    inviter.disabled_at === null &&
    inviter.permissions.includes('people') &&
    within(permissions, inviter.permissions)
  );
}

/** Whether a link stands and the pseudonym is free. It is not used up by asking. */
export async function checkLink(
  store: Store,
  token: string,
  pseudonym: string,
): Promise<'good' | 'link-expired' | 'pseudonym-taken'> {
  return store.transaction(async (trx) => {
    const link = await standingLink(store, trx, linkSha256(token));
    if (link === undefined) return 'link-expired';
    return (await isTaken(trx, pseudonym)) ? 'pseudonym-taken' : 'good';
  });
}

async function isTaken(trx: Transaction<Tables>, pseudonym: string): Promise<boolean> {
  const taken = await trx
    .selectFrom('staff')
    .select('id')
    .where('pseudonym', '=', pseudonym)
    .executeTakeFirst();
  return taken !== undefined;
}

/** One answer for a link that is unknown, used, too old, or whose maker could not make it any more. */
async function standingLink(store: Store, trx: Transaction<Tables>, sha256: Buffer) {
  const link = await trx
    .selectFrom('staff_link')
    .selectAll()
    .where('token_sha256', '=', sha256)
    .where('expires_at', '>', store.now())
    .executeTakeFirst();
  if (link === undefined || link.invited_by === null) return link;
  return mayInvite(await findRow(trx, link.invited_by), link.permissions) ? link : undefined;
}

/** A member who has just come, with their recovery codes in clear. */
export type Registered = { readonly staff: WireStaff; readonly recoveryCodes: readonly string[] };

/** Uses the link up and makes the member with their first passkey and recovery codes, all or nothing. */
export async function registerStaff(
  store: Store,
  draft: {
    readonly id: StaffId;
    readonly linkSha256: Buffer;
    readonly pseudonym: string;
    readonly passkey: NewPasskey;
  },
): Promise<
  | { readonly ok: true; readonly registered: Registered }
  | { readonly ok: false; readonly reason: 'link-expired' | 'pseudonym-taken' }
> {
  return store.transaction(async (trx) => {
    await lockChain(trx);
    const link = await standingLink(store, trx, draft.linkSha256);
    if (link === undefined) return { ok: false, reason: 'link-expired' };
    if (await isTaken(trx, draft.pseudonym)) return { ok: false, reason: 'pseudonym-taken' };
    const now = store.now();
    const row: Tables['staff'] = {
      id: draft.id,
      pseudonym: draft.pseudonym,
      permissions: link.permissions,
      created_at: now,
      disabled_at: null,
    };
    await appendEvents(trx, now, draft.id, [
      {
        type: 'staff-registered',
        subject: draft.id,
        data: {
          staffId: draft.id,
          permissions: link.permissions,
          invitedBy: link.invited_by ?? undefined,
        },
      },
    ]);
    await trx.deleteFrom('staff_link').where('token_sha256', '=', draft.linkSha256).execute();
    await trx.insertInto('staff').values(row).execute();
    await insertPasskey(trx, draft.id, draft.passkey, now);
    const recoveryCodes = await replaceRecoveryCodes(trx, draft.id);
    return { ok: true, registered: { staff: wireStaffOf(row), recoveryCodes } };
  });
}

/** A new id for somebody who registers. */
export function drawStaffId(): StaffId {
  return makeId('staff', randomBytes(16));
}

async function findRow(trx: Transaction<Tables>, id: StaffId): Promise<StaffRow | undefined> {
  return trx.selectFrom('staff').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Everybody, oldest first. */
export async function listStaff(store: Store): Promise<WireStaff[]> {
  const rows = await store.db.selectFrom('staff').selectAll().orderBy('created_at').orderBy('id').execute();
  return rows.map(wireStaffOf);
}

/** Why a member was not changed. `forbidden`: `by` would give what they lack, or raise themselves. */
export type PatchRefusal = 'not-found' | 'forbidden' | 'last-people';

/** Changes what somebody may, or whether they may come in at all. */
export async function patchStaff(
  store: Store,
  by: StaffId,
  id: StaffId,
  patch: {
    readonly permissions?: readonly Permission[] | undefined;
    readonly disabled?: boolean | undefined;
  },
): Promise<
  { readonly ok: true; readonly staff: WireStaff } | { readonly ok: false; readonly reason: PatchRefusal }
> {
  return store.transaction(async (trx) => {
    await lockChain(trx);
    const actor = await findRow(trx, by);
    const before = await findRow(trx, id);
    if (actor === undefined || actor.disabled_at !== null || !actor.permissions.includes('people')) {
      return { ok: false, reason: 'forbidden' };
    }
    if (before === undefined) return { ok: false, reason: 'not-found' };
    const now = store.now();
    const permissions = ordered(patch.permissions ?? before.permissions);
    const disabled = patch.disabled ?? before.disabled_at !== null;
    const wakes = before.disabled_at !== null && !disabled;
    // Waking somebody gives them all that they had.
    const given = wakes ? permissions : permissions.filter((each) => !before.permissions.includes(each));
    if (id === by ? given.length > 0 : !within(given, actor.permissions)) {
      return { ok: false, reason: 'forbidden' };
    }
    if (disabled || !permissions.includes('people')) {
      const others = await trx
        .selectFrom('staff')
        .select(['id', 'permissions'])
        .where('disabled_at', 'is', null)
        .where('id', '!=', id)
        .execute();
      if (!others.some((other) => other.permissions.includes('people'))) {
        return { ok: false, reason: 'last-people' };
      }
    }
    const after: StaffRow = {
      ...before,
      permissions,
      disabled_at: disabled ? (before.disabled_at ?? now) : null,
    };
    await appendEvents(trx, now, by, [
      { type: 'staff-changed', subject: id, data: { staffId: id, permissions, disabled } },
    ]);
    await trx
      .updateTable('staff')
      .set({ permissions, disabled_at: after.disabled_at })
      .where('id', '=', id)
      .execute();
    await trx.deleteFrom('staff_session').where('staff_id', '=', id).execute();
    return { ok: true, staff: wireStaffOf(after) };
  });
}
