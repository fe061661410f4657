/**
 * The wire of the console: who the staff are, what they may, and how a reviewer looks.
 *
 * A session travels in a cookie (HttpOnly, SameSite=Strict) and opens the same routes as a key whose scopes its
 * permissions are. Outwards a member of the staff is a pseudonym.
 * @module
 */

import * as z from 'zod/mini';
import type { StaffId } from './id.ts';
import { SCOPES, type Scope, wireInstant } from './wire.ts';

/** What a member of the staff may: bits, combined freely. */
export const PERMISSIONS = Object.freeze([
  'review',
  'lead',
  'minor-lane',
  'bank',
  'helper',
  // One of the two who open an original that a person sealed to a helper (S72).
  'originals',
  // Opens the helpline's part of a recovery, for who calls with its three words.
  'recovery',
  'people',
  'keys',
  'audit',
] as const);

/** One permission. */
export type Permission = (typeof PERMISSIONS)[number];

/** The roles that the console offers, as sets of permissions. */
export const ROLES = Object.freeze({
  reviewer: ['review'],
  lead: ['review', 'lead', 'bank'],
  helper: ['helper'],
  // Runs a helpline: answers people, is one of the two for an original, reads out the part of a lost code. Without
  // 'people': who could invite a second person for an original would be both of the two (S72).
  coordinator: ['helper', 'originals', 'recovery'],
  administrator: ['people', 'keys', 'bank', 'audit'],
  auditor: ['audit'],
} as const satisfies Record<string, readonly Permission[]>);

/** The scopes of the API that a permission opens. */
export const SCOPES_OF: Readonly<Record<Permission, readonly Scope[]>> = Object.freeze({
  review: ['review'],
  lead: ['review'],
  'minor-lane': ['review'],
  bank: ['bank'],
  // Threads are for persons: no key opens them.
  helper: [],
  originals: [],
  recovery: [],
  people: [],
  keys: ['admin'],
  audit: ['audit'],
});

const staffId = z.string().check(z.regex(/^stf_[0-9a-f]{32}$/)) as unknown as z.ZodMiniType<StaffId, string>;
const permission = z.enum(PERMISSIONS);
const pseudonym = z.string().check(z.minLength(2), z.maxLength(40), z.regex(/^[\p{L}\p{N} _.-]+$/u));

/** A one-time link's secret: 43 characters of base64url, in the fragment of the link and in bodies, never in a path. */
export const wireInvitationToken = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));

/** Who is signed in. */
export const wireStaff = z.object({
  id: staffId,
  pseudonym: z.string(),
  permissions: z.array(permission),
  createdAt: wireInstant,
  disabledAt: z.optional(wireInstant),
});

/** Who asks. `recovered`: the session was begun by a recovery code and can only add a passkey. */
export const wireMe = z.extend(wireStaff, { recovered: z.optional(z.literal(true)) });

/** An invitation: what its holder will be allowed. Nobody gives what they do not have. */
export const wireInvitationRequest = z.strictObject({
  permissions: z.array(permission).check(z.minLength(1), z.maxLength(PERMISSIONS.length)),
});

/** An invitation, answered once. */
export const wireInvitation = z.object({ token: z.string(), expiresAt: wireInstant });

/** The beginning of a registration by one-time link. */
export const wireRegistrationStart = z.strictObject({ token: wireInvitationToken, pseudonym });

/** WebAuthn's own structures pass through unread: its library checks them (W3C Web Authentication Level 3). */
const webauthn = z.record(z.string(), z.unknown());

/** Options for the browser's authenticator. `ceremony` names the server's half. */
export const wireCeremony = z.object({ ceremony: z.string(), options: webauthn });

/** The authenticator's answer. */
export const wireCeremonyAnswer = z.strictObject({
  ceremony: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/)),
  response: webauthn,
});

/** A registration done: who one is, and ten recovery codes, shown once. */
export const wireRegistered = z.object({ staff: wireStaff, recoveryCodes: z.array(z.string()) });

/** Signing in without the passkey: a recovery code, good once. */
export const wireRecovery = z.strictObject({
  code: z.string().check(z.regex(/^[a-z0-9]{4}(-[a-z0-9]{4}){4}$/)),
});

/** A change of a member's permissions. Nobody raises themselves. */
export const wireStaffPatch = z.strictObject({
  permissions: z.optional(z.array(permission)),
  disabled: z.optional(z.boolean()),
});

/** How a preview is shown: the ladder of looking, least first. */
export const LOOKS = Object.freeze(['outline', 'blurred', 'full'] as const);

/** One step of the ladder. */
export type Look = (typeof LOOKS)[number];

/** A wish to look at a job's item. It is written to the log as a view before anything is shown. */
export const wireLookRequest = z.strictObject({ look: z.enum(LOOKS) });

/** Where the picture can be fetched for the next seconds, by this session alone. */
export const wireLook = z.object({ url: z.string(), expiresAt: wireInstant });

/** Views of the signed-in reviewer today: how many, and how long in seconds. */
export const wireViews = z.object({ count: z.int(), seconds: z.int(), allowance: z.int() });

/** How long a picture was uncovered. */
export const wireLookEnd = z.strictObject({ seconds: z.int().check(z.gte(0), z.lte(3600)) });

/** Which webhook: where outcomes are sent, signed with a secret that is answered once. */
export const wireWebhookRequest = z.strictObject({
  url: z.string().check(z.maxLength(2048), z.regex(/^https?:\/\/[\x21-\x7e]+$/)),
});

/** A webhook without its secret. `failingSince` is there while deliveries fail. */
export const wireWebhook = z.object({
  id: z.string(),
  host: z.string(),
  position: z.int(),
  failingSince: z.optional(wireInstant),
  disabledAt: z.optional(wireInstant),
});

/** A new webhook with its secret. */
export const wireNewWebhook = z.object({ webhook: wireWebhook, secret: z.string() });

/** The scopes of a set of permissions. */
export function scopesOf(permissions: readonly Permission[]): readonly Scope[] {
  return SCOPES.filter((scope) => permissions.some((each) => SCOPES_OF[each].includes(scope)));
}

/** Who is signed in, parsed. */
export type WireStaff = z.infer<typeof wireStaff>;
/** A webhook as it is answered. */
export type WireWebhook = z.infer<typeof wireWebhook>;
