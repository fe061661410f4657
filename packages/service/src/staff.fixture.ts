/**
 * Members of the staff for tests, made straight in the store, and the headers that a browser of theirs sends.
 * @module
 */

import { randomBytes } from 'node:crypto';
import { PERMISSIONS, type Permission } from '@reclaim/casework/wire-staff';
import {
  drawStaffId,
  invite,
  linkSha256,
  makeSetupLink,
  type Registered,
  registerStaff,
} from '@reclaim/store/staff';
import { beginSession } from '@reclaim/store/staff-credentials';
import type { Store } from '@reclaim/store/store';

/** Headers of a request by a session, from the node's own page. */
export type SessionHeaders = { readonly cookie: string; readonly 'sec-fetch-site': 'same-origin' };

/** Somebody signed in. */
export type Member = Registered & { readonly headers: SessionHeaders };

/** The headers of a session with this secret, on a node under http. */
export function headersOf(secret: string): SessionHeaders {
  return { cookie: `reclaim_staff=${secret}`, 'sec-fetch-site': 'same-origin' };
}

/** The first administrator of a store without staff, with every permission. */
export async function makeFirstMember(store: Store): Promise<Member> {
  const link = await makeSetupLink(store);
  if (link === undefined) throw new TypeError('fixture: expected a store without staff');
  return register(store, link.token);
}

/** A member with these permissions, invited by `first`. */
export async function makeMember(
  store: Store,
  first: Member,
  permissions: readonly Permission[] = PERMISSIONS,
): Promise<Member> {
  const link = await invite(store, first.staff.id, permissions);
  if (link === undefined) throw new TypeError('fixture: expected somebody who may give these permissions');
  return register(store, link.token);
}

async function register(store: Store, token: string): Promise<Member> {
  const name = randomBytes(8).toString('hex');
  const outcome = await registerStaff(store, {
    id: drawStaffId(),
    linkSha256: linkSha256(token),
    pseudonym: name,
    // Nobody can sign in with it: the session is begun without.
    passkey: { credentialId: name, publicKey: randomBytes(8), counter: 0, transports: [] },
  });
  if (!outcome.ok) throw new TypeError('fixture: expected a link that stands');
  const secret = await beginSession(store, outcome.registered.staff.id);
  return { ...outcome.registered, headers: headersOf(secret) };
}
