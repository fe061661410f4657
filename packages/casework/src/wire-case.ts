/**
 * The wire of the person's door: no account, no address, no name. What crosses here is all that ever leaves the device.
 *
 * The device derives three things from the receipt code (`vault`): a lookup id, an authentication key and a case key.
 * The node sees the lookup id and, when the case is opened, the authentication key; it stores the SHA-256 of the
 * latter. The case itself crosses sealed under the case key, which never leaves the device. A signal's withdrawal
 * capability is drawn on the device and stays in the sealed case; the node gets its SHA-256.
 *
 * Every anonymous write carries a proof of work, so that a flood costs its sender and asks nobody who they are.
 * @module
 */

import * as z from 'zod/mini';
import { SIGNAL_STATES } from './banked-signal.ts';
import { hex64, wirePdqSignal, wireSha256Signal } from './wire.ts';

/** Signals that one request may bank, and that one case may hold. */
export const MAX_CASE_SIGNALS = 32;

/** Characters of a sealed case in base64url, at most: 256 KiB of ciphertext, a thousand followed links. */
export const MAX_SEALED = 349_600;

/** 32 bytes in base64url. */
const bytes32 = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));
const digest = z.string().check(z.regex(hex64));

/** A puzzle: find a nonce so that SHA-256(challenge || nonce) begins with `bits` zero bits. Good for ten minutes, once. */
export const wireChallenge = z.object({
  challenge: z.string().check(z.maxLength(300)),
  bits: z.int().check(z.gte(0), z.lte(30)),
});

/** A solved puzzle. `nonce`: 1 to 16 hex digits, appended to the challenge's text as text. */
export const wireProof = z.strictObject({
  challenge: z.string().check(z.maxLength(300)),
  nonce: z.string().check(z.regex(/^[0-9a-f]{1,16}$/)),
});

/**
 * The answer to "was anyone in the pictures under 18 when they were taken?". Anything but `no` is refused by the node
 * too (S41): such pictures go another road, without hashing and without any file of ours.
 */
export const wireUnder18 = z.enum(['no', 'yes', 'not-sure']);

/** A signal with the SHA-256 of its withdrawal capability. */
export const wireOwnedSignal = z.strictObject({
  signal: z.discriminatedUnion('kind', [wirePdqSignal, wireSha256Signal]),
  capabilitySha256: digest,
});

/** A new case: sent only after the code was shown and typed back. */
export const wireNewCase = z.strictObject({
  proof: wireProof,
  under18: wireUnder18,
  lookupId: digest,
  authSha256: digest,
  sealed: z.string().check(z.minLength(1), z.maxLength(MAX_SEALED), z.regex(/^[A-Za-z0-9_-]+$/)),
  signals: z.array(wireOwnedSignal).check(z.maxLength(MAX_CASE_SIGNALS)),
});

/** What a case answers when it was kept: its version, and which signals were banked (by their place) or why not. */
export const wireKept = z.object({
  version: z.int(),
  signals: z.array(z.enum(['banked', 'low-quality', 'unbalanced'])),
});

/** What opens a case. A wrong code, a lost case and a deleted one have one and the same answer. */
export const wireOpenCase = z.strictObject({ proof: wireProof, lookupId: digest, authKey: bytes32 });

/** A case as it was kept. */
export const wireSealedCase = z.object({ sealed: z.string(), version: z.int() });

/** A change of a case. `version` is the one that was read: two tabs cannot overwrite each other. */
export const wireSaveCase = z.strictObject({
  ...wireNewCase.shape,
  authSha256: z.optional(z.never()),
  authKey: bytes32,
  version: z.int().check(z.gte(1)),
});

/**
 * The case under another code: its names and the same content sealed anew. The old names lead to nothing afterwards.
 * `version` is the one that was read.
 */
export const wireMoveCase = z.strictObject({
  proof: wireProof,
  lookupId: digest,
  authKey: bytes32,
  version: z.int().check(z.gte(1)),
  to: z.strictObject({
    lookupId: digest,
    authSha256: digest,
    sealed: z.string().check(z.minLength(1), z.maxLength(MAX_SEALED), z.regex(/^[A-Za-z0-9_-]+$/)),
  }),
});

/** What a moved case answers: its version. */
export const wireMovedCase = z.object({ version: z.int() });

/** The deletion of a case. Its signals are withdrawn apart, each by its capability. */
export const wireDeleteCase = z.strictObject({ lookupId: digest, authKey: bytes32 });

/** A question about one signal. Asked one at a time, so that the node is not told which belong together. */
export const wireSignalQuestion = z.strictObject({ capability: bytes32 });

/**
 * What became of one signal: its state, and how many uploads were held and removed because of it, as counts that are
 * rounded down from 10 on (1, 2, … 9, 10, 20, …).
 */
export const wireSignalReceipt = z.object({
  state: z.enum(SIGNAL_STATES),
  held: z.int(),
  removed: z.int(),
});

/** A question about one signal, parsed. */
export type SignalReceipt = z.infer<typeof wireSignalReceipt>;
/** A new case, parsed. */
export type NewCase = z.infer<typeof wireNewCase>;
/** A change of a case, parsed. */
export type SaveCase = z.infer<typeof wireSaveCase>;
/** A case under another code, parsed. */
export type MoveCase = z.infer<typeof wireMoveCase>;
/** What a kept case answers. */
export type Kept = z.infer<typeof wireKept>;
/** A puzzle. */
export type Challenge = z.infer<typeof wireChallenge>;
/** A solved puzzle. */
export type Proof = z.infer<typeof wireProof>;
