/**
 * The wire of recovery: an envelope that the node cannot read, asked for by who holds two shares, seen and stopped by who
 * opens the case. The two sides use different secrets, so the node cannot tell which case an envelope is of.
 *
 * `cancel` is a capability of its own, in the sealed case; the node keeps its SHA-256.
 *
 * The helpline's part may be kept here too, sealed to helpers, and is found by three words (vault/recovery/line-part).
 * @module
 */

import * as z from 'zod/mini';
import { hex64, wireInstant } from './wire.ts';
import { wireProof } from './wire-case.ts';

/** Characters of a sealed envelope in base64url, at most. */
export const MAX_SEALED_ENVELOPE = 600;

/** Characters of a sealed part in base64url, at most. */
export const MAX_SEALED_LINE_PART = 4_000;

/** For what a helper opens a part: how the person asked for it. Goes to the log. */
export const PART_CAUSES = Object.freeze(['on-the-phone', 'face-to-face', 'in-writing'] as const);

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

/** Three words of six letters, as a helper types them and a device computes them. */
const wireCall = z.string().check(z.regex(/^[a-z]{6}(?: [a-z]{6}){2}$/));

/** The helpline's part, put beside a recovery by who opens the case: `calls` of the two other parts, in their order. */
export const wireNewLinePart = z.strictObject({
  cancel: bytes32,
  calls: z.tuple([wireCall, wireCall]),
  sealed: z.string().check(z.minLength(1), z.maxLength(MAX_SEALED_LINE_PART), z.regex(/^[A-Za-z0-9_-]+$/)),
});

/** A helper fetches a part by the three words that somebody said. */
export const wireAskLinePart = z.strictObject({ call: wireCall, cause: z.enum(PART_CAUSES) });

/** The sealed part. */
export const wireLinePart = z.object({ sealed: z.string() });

/** What the case sees: how it stands, how often somebody asked, whether the envelope was ever given out. */
export const wireWatchedRecovery = z.object({
  standing: z.enum(['quiet', 'waiting', 'open']),
  dueAt: z.optional(wireInstant),
  asked: z.int(),
  givenOut: z.boolean(),
  /** Where the helpline's part is kept here: how often a helper fetched it, and on which day (UTC) last. */
  part: z.optional(z.object({ fetched: z.int(), day: z.optional(wireInstant) })),
});

/** A recovery that is set up, parsed. */
export type NewRecovery = z.infer<typeof wireNewRecovery>;
/** The helpline's part, parsed. */
export type NewLinePart = z.infer<typeof wireNewLinePart>;
/** For what a helper opens a part. */
export type PartCause = (typeof PART_CAUSES)[number];
/** What asking answers, parsed. */
export type AskedRecovery = z.infer<typeof wireAskedRecovery>;
/** What the case sees, parsed. */
export type WatchedRecovery = z.infer<typeof wireWatchedRecovery>;
