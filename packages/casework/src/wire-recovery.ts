/**
 * The wire of recovery: an envelope that the node cannot read, asked for by who holds two shares, seen and stopped by who
 * opens the case. The two sides use different secrets, so the node cannot tell which case an envelope is of.
 *
 * `cancel` is a capability of its own, in the sealed case; the node keeps its SHA-256.
 * @module
 */

import * as z from 'zod/mini';
import { hex64, wireInstant } from './wire.ts';
import { wireProof } from './wire-case.ts';

/** Characters of a sealed envelope in base64url, at most. */
export const MAX_SEALED_ENVELOPE = 600;

const bytes32 = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));
const digest = z.string().check(z.regex(hex64));

/** A recovery that is set up. */
export const wireNewRecovery = z.strictObject({
  proof: wireProof,
  lookupId: digest,
  authSha256: digest,
  cancelSha256: digest,
  sealed: z.string().check(z.minLength(1), z.maxLength(MAX_SEALED_ENVELOPE), z.regex(/^[A-Za-z0-9_-]+$/)),
});

/** Somebody holds two shares and asks. Wrong, unknown and deleted have one answer. */
export const wireAskRecovery = z.strictObject({ proof: wireProof, lookupId: digest, authKey: bytes32 });

/** What asking answers: until when it waits, or the envelope. */
export const wireAskedRecovery = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('waiting'), dueAt: wireInstant }),
  z.object({ kind: z.literal('open'), sealed: z.string() }),
]);

/** Who opens the case looks, stops a request, or takes the whole recovery back. */
export const wireRecoveryOwner = z.strictObject({ cancel: bytes32 });

/** What the case sees: how it stands, how often somebody asked, and whether the envelope was ever given out. */
export const wireWatchedRecovery = z.object({
  standing: z.enum(['quiet', 'waiting', 'open']),
  dueAt: z.optional(wireInstant),
  asked: z.int(),
  givenOut: z.boolean(),
});

/** A recovery that is set up, parsed. */
export type NewRecovery = z.infer<typeof wireNewRecovery>;
/** What asking answers, parsed. */
export type AskedRecovery = z.infer<typeof wireAskedRecovery>;
/** What the case sees, parsed. */
export type WatchedRecovery = z.infer<typeof wireWatchedRecovery>;
