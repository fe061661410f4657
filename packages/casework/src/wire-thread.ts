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

/** Bytes of a piece of a sealed file before base64url; the last one is shorter. */
export const FILE_PIECE_BYTES = 393_216;

/** Pieces of one sealed file, at most: 60 MiB of content with its header and tags. */
export const MAX_FILE_PIECES = 162;

/** Files of one share, at most. */
export const MAX_SHARE_FILES = 10;

/** Pieces of all files of a thread, at most: twice the largest file. */
export const MAX_THREAD_PIECES = 2 * MAX_FILE_PIECES;

/** Bytes of a body that carries a piece. */
export const PIECE_BODY_BYTES = 600_000;

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
const sealedHalf = sealedUpTo(3_200);
const sealedPiece = sealedUpTo(524_288);
const pieceNumber = z.int().check(z.gte(0), z.lt(MAX_FILE_PIECES));

/** The public halves of a helper: what can be sealed to, and who signs. */
export const wireParty = z.strictObject({
  recipient: z.string().check(z.regex(/^age1[02-9ac-hj-np-z]{58}$/)),
  verifyKey: z.string().check(z.regex(hex64)),
});

/**
 * A helper who can be written to. `open`: whether they take new threads; `originals`: whether they may be one of the two
 * who open an original; `recovery`: whether they may open the helpline's part of a recovery.
 */
export const wireHelper = z.object({
  id: staffId,
  name: z.string(),
  party: wireParty,
  open: z.boolean(),
  originals: z.boolean(),
  recovery: z.boolean(),
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
/** A file of a share: how many pieces follow. Of an original also the second person, and their half of its key. */
export const wireShareFile = z.strictObject({
  file: name,
  pieces: z.int().check(z.gte(1), z.lte(MAX_FILE_PIECES)),
  second: z.optional(z.strictObject({ id: staffId, half: sealedHalf })),
});
/** Something opened to the helper until `until`, sealed to both. Sent again under its name it replaces what was there. */
export const wireThreadShare = z.strictObject({
  secret: bytes32,
  share: name,
  sealed: sealedShare,
  until: wireInstant,
  files: z.optional(z.array(wireShareFile).check(z.maxLength(MAX_SHARE_FILES))),
});
/** One piece of a file of a share; the same again is answered alike, another in its place is refused. */
export const wireThreadPiece = z.strictObject({
  secret: bytes32,
  share: name,
  file: name,
  piece: pieceNumber,
  sealed: sealedPiece,
});
/** A share that ends now. */
export const wireThreadUnshare = z.strictObject({ secret: bytes32, share: name });

/** How a file of a share stands: `open` needs nobody else; the others are of an original and its second person. */
export const FILE_STATES = Object.freeze(['open', 'sealed', 'asked', 'agreed', 'refused'] as const);

/**
 * A file of a share as it is answered: whether all its pieces are there, how it stands, who is asked; to the helper also
 * the half that the second person gave.
 */
export const wireShownFile = z.object({
  file: z.string(),
  pieces: z.int(),
  whole: z.boolean(),
  state: z.enum(FILE_STATES),
  second: z.optional(staffId),
  answer: z.optional(z.string()),
});

/** A share as it is answered. */
export const wireShare = z.object({
  share: z.string(),
  sealed: z.string(),
  until: wireInstant,
  files: z.array(wireShownFile),
});

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
/** A piece of a file that is open to the helper. */
export const wireHelperPiece = z.strictObject({
  thread: threadId,
  share: name,
  file: name,
  piece: pieceNumber,
});
/** That piece. */
export const wirePiece = z.object({ sealed: z.string() });
/** The helper asks the second person for their half; `ask` is sealed to them and says for what. */
export const wireOriginalAsk = z.strictObject({
  thread: threadId,
  share: name,
  file: name,
  ask: sealedHalf,
});
/** What somebody is asked as the second person: their half, the question, and who asks. */
export const wireOriginalAsks = z.object({
  asks: z.array(
    z.object({
      thread: z.string(),
      share: z.string(),
      file: z.string(),
      half: z.string(),
      ask: z.string(),
      by: z.object({ id: staffId, name: z.string() }),
    }),
  ),
});
/** The second person's answer: their half sealed to the helper, or, absent, no. */
export const wireOriginalAnswer = z.strictObject({
  thread: threadId,
  share: name,
  file: name,
  answer: z.optional(sealedHalf),
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
/** A file of a share, parsed. */
export type WireShareFile = z.infer<typeof wireShareFile>;
/** A file of a share as it is answered, parsed. */
export type WireShownFile = z.infer<typeof wireShownFile>;
/** How a file of a share stands. */
export type FileState = WireShownFile['state'];
/** What somebody is asked as the second person, parsed. */
export type WireOriginalAsks = z.infer<typeof wireOriginalAsks>;
/** A helper's inbox, parsed. */
export type WireInbox = z.infer<typeof wireInbox>;
/** A helper's own key, parsed. */
export type WireHelperKey = z.infer<typeof wireHelperKey>;
