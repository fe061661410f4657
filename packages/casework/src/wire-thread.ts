/**
 * The wire of threads: two-way messages between a person and a helper of this organisation, sealed on both devices. The
 * node sees how many entries there are, their sizes in three steps, when they come, and which helper they are for.
 *
 * The person's side proves itself by the thread's secret (32 bytes, in the sealed case), the helper's by a session with
 * the permission `helper`. A thread names no case, and a case names no thread outside its sealed part.
 *
 * Entries only grow. An entry says which place it takes; of two that take the same place the second is refused with
 * `refused-version`, so that its writer reads again and signs anew behind the first.
 * @module
 */

import * as z from 'zod/mini';
import type { StaffId } from './id.ts';
import { hex64, wireInstant } from './wire.ts';
import { wireProof } from './wire-case.ts';

/** Entries of a thread, at most. */
export const MAX_THREAD_ENTRIES = 500;

/** Shares of a thread, at most, those that ended not counted. */
export const MAX_THREAD_SHARES = 20;

/** Days without an entry after which a thread is erased. */
export const THREAD_LIFE_DAYS = 365;

/** Days that a share lasts, at most. */
export const MAX_SHARE_DAYS = 365;

const sealedUpTo = (most: number) =>
  z.string().check(z.minLength(1), z.maxLength(most), z.regex(/^[A-Za-z0-9_-]+$/));
const bytes32 = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));
const threadId = z.string().check(z.regex(hex64));
const name = z.string().check(z.regex(/^[a-z0-9-]{1,40}$/));
const staffId = z.string().check(z.regex(/^stf_[0-9a-f]{32}$/)) as unknown as z.ZodMiniType<StaffId, string>;
const sealedEntry = sealedUpTo(22_800);
const sealedRing = sealedUpTo(6_000);
const sealedShare = sealedUpTo(87_400);

/** The public halves of a helper: what can be sealed to, and who signs. */
export const wireParty = z.strictObject({
  recipient: z.string().check(z.regex(/^age1[02-9ac-hj-np-z]{58}$/)),
  verifyKey: z.string().check(z.regex(hex64)),
});

/** A helper who can be written to. `open`: whether they take new threads. */
export const wireHelper = z.object({
  id: staffId,
  name: z.string(),
  party: wireParty,
  open: z.boolean(),
});

/** The helpers of this organisation. */
export const wireHelpers = z.object({ helpers: z.array(wireHelper) });

/** An entry: its place, which key of the thread it is sealed to, and the sealed bytes. */
export const wireEntry = z.strictObject({
  seq: z.int().check(z.gte(1), z.lte(MAX_THREAD_ENTRIES)),
  epoch: z.int().check(z.gte(0), z.lte(MAX_THREAD_ENTRIES)),
  sealed: sealedEntry,
});

/** The thread's keys, sealed to each side. */
export const wireRings = z.strictObject({ person: sealedRing, helper: sealedRing });

/** A new thread with its first entry. */
export const wireNewThread = z.strictObject({
  proof: wireProof,
  thread: threadId,
  secretSha256: z.string().check(z.regex(hex64)),
  helper: staffId,
  rings: wireRings,
  entry: wireEntry,
});

/** One more entry; with it, where the thread changes hands or its key, the next helper and the rings. */
const appended = {
  entry: wireEntry,
  rings: z.optional(wireRings),
  helper: z.optional(staffId),
};

/** The person's side: the secret, and what is wanted. */
export const wireThreadSecret = z.strictObject({ secret: bytes32 });
/** Entries after a place, for the person. */
export const wireThreadRead = z.strictObject({ secret: bytes32, after: z.int().check(z.gte(0), z.lte(500)) });
/** One more entry by the person. */
export const wireThreadAppend = z.strictObject({ secret: bytes32, ...appended });
/** Something opened to the helper until `until`, sealed to both. Sent again under its name it replaces what was there. */
export const wireThreadShare = z.strictObject({
  secret: bytes32,
  share: name,
  sealed: sealedShare,
  until: wireInstant,
});
/** A share that ends now. */
export const wireThreadUnshare = z.strictObject({ secret: bytes32, share: name });

/** A share as it is answered. */
export const wireShare = z.object({ share: z.string(), sealed: z.string(), until: wireInstant });

/** A thread as it is answered to one of its sides: `ring` is that side's. `helper` is empty once nobody is there. */
export const wireThread = z.object({
  thread: z.string(),
  helper: z.optional(staffId),
  ring: z.string(),
  entries: z.array(z.object({ seq: z.int(), epoch: z.int(), sealed: z.string() })),
  count: z.int(),
  shares: z.array(wireShare),
});

/** What an append answers: how many entries there are now. */
export const wireAppended = z.object({ count: z.int() });

/** A helper's own key and whether they take new threads. */
export const wireHelperKey = z.strictObject({ party: wireParty, open: z.boolean() });

/** A helper's inbox: the threads that are theirs, the latest first, each with the day of its last entry. */
export const wireInbox = z.object({
  key: z.optional(wireHelperKey),
  threads: z.array(z.object({ thread: z.string(), count: z.int(), day: wireInstant })),
});

/** Entries after a place, for the helper. */
export const wireHelperRead = z.strictObject({
  thread: threadId,
  after: z.int().check(z.gte(0), z.lte(500)),
});
/** One more entry by the helper. */
export const wireHelperAppend = z.strictObject({ thread: threadId, ...appended });

/** A helper, parsed. */
export type WireHelper = z.infer<typeof wireHelper>;
/** The public halves of a helper, parsed. */
export type WireParty = z.infer<typeof wireParty>;
/** An entry, parsed. */
export type WireEntry = z.infer<typeof wireEntry>;
/** The rings, parsed. */
export type WireRings = z.infer<typeof wireRings>;
/** A new thread, parsed. */
export type NewThread = z.infer<typeof wireNewThread>;
/** One more entry by the person, parsed. */
export type ThreadAppend = z.infer<typeof wireThreadAppend>;
/** A thread as it is answered, parsed. */
export type WireThread = z.infer<typeof wireThread>;
/** A helper's inbox, parsed. */
export type WireInbox = z.infer<typeof wireInbox>;
/** A helper's own key, parsed. */
export type WireHelperKey = z.infer<typeof wireHelperKey>;
