/**
 * The wire of evidence: the sealed record of a person, and the stamps that the node passes on.
 *
 * A record is ciphertext under a capability that follows from the case's key on the device: the node cannot read it, nor
 * tell of which case it is. `version` is the one that was read, 0 for a new one: of two tabs the second is refused.
 *
 * A stamp is asked for by a SHA-256 of a text that holds a digest and 32 random bytes. The node adds nothing of the person
 * and keeps nothing; it asks every authority that its operator named, and hands their answers on as they came.
 * @module
 */

import * as z from 'zod/mini';
import { hex64 } from './wire.ts';
import { wireProof } from './wire-case.ts';

/** Characters of a sealed record in base64url, at most: 1 MiB and its header. */
export const MAX_SEALED_RECORD = 1_402_000;

/** Bytes of a request that saves one. */
export const RECORD_BODY_BYTES = 1_500_000;

/** Authorities that one node asks, at most. */
export const MAX_AUTHORITIES = 6;

const bytes32 = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));
const digest = z.string().check(z.regex(hex64));
const sealed = z.string().check(z.minLength(1), z.maxLength(MAX_SEALED_RECORD), z.regex(/^[A-Za-z0-9_-]+$/));
const base64 = z.string().check(z.maxLength(90_000), z.regex(/^[A-Za-z0-9+/]+=*$/));

/** The id of an authority, as its operator names it. */
export const wireAuthorityId = z.string().check(z.regex(/^[a-z0-9-]{1,40}$/));

/** A record to be kept: new with version 0, changed with the version that was read. */
export const wireSaveRecord = z.strictObject({
  proof: wireProof,
  capability: bytes32,
  version: z.int().check(z.gte(0)),
  sealed,
});

/** What a kept record answers. */
export const wireKeptRecord = z.object({ version: z.int() });

/** What opens a record. An unknown one and a deleted one have one and the same answer: `sealed` is `null`, version 0. */
export const wireOpenRecord = z.strictObject({ proof: wireProof, capability: bytes32 });

/** A record as it was kept. */
export const wireSealedRecord = z.object({ sealed: z.nullable(z.string()), version: z.int() });

/** The deletion of a record. */
export const wireDeleteRecord = z.strictObject({ capability: bytes32 });

/** A question to the authorities. `nonce`: 8 bytes as 16 hex digits. */
export const wireStampQuestion = z.strictObject({
  proof: wireProof,
  imprint: digest,
  nonce: z.string().check(z.regex(/^[0-9a-f]{16}$/)),
});

/** What the authorities said: an answer in DER as base64, or `null` where one could not be reached or said no answer. */
export const wireStampAnswers = z.object({
  answers: z
    .array(z.object({ authority: wireAuthorityId, reply: z.nullable(base64) }))
    .check(z.maxLength(MAX_AUTHORITIES)),
});

/** The authorities that this node asks, with the roots that their answers must lead to, in PEM. */
export const wireAuthorities = z.object({
  authorities: z
    .array(z.object({ id: wireAuthorityId, name: z.string().check(z.maxLength(80)), roots: z.string() }))
    .check(z.maxLength(MAX_AUTHORITIES)),
});

/** A record to be kept, parsed. */
export type SaveRecord = z.infer<typeof wireSaveRecord>;
/** What a kept record answers, parsed. */
export type KeptRecord = z.infer<typeof wireKeptRecord>;
/** A record as it was kept, parsed. */
export type SealedRecord = z.infer<typeof wireSealedRecord>;
/** A question to the authorities, parsed. */
export type StampQuestion = z.infer<typeof wireStampQuestion>;
/** What they said, parsed. */
export type StampAnswers = z.infer<typeof wireStampAnswers>;
/** The authorities, parsed. */
export type Authorities = z.infer<typeof wireAuthorities>;
