/**
 * The wire: every schema that crosses HTTP, once. Types, server and client validation and the OpenAPI document all
 * come from here (zod/mini, so that a browser pays 6 KB for it and not 24).
 *
 * Requests are strict: an unknown field is refused, because a misspelt `previewURL` that is silently dropped would
 * leave a reviewer without a preview. Every string has a length, every list a limit.
 * @module
 */

import type { Brand } from '@reclaim/fingerprint/brand';
import { ORIENTATIONS } from '@reclaim/fingerprint/pdq';
import type { PdqHash, Pipeline, Sha256 } from '@reclaim/fingerprint/signal';
import { MOST_WINDOWS, WINDOW_KINDS } from '@reclaim/fingerprint/windows';
import * as z from 'zod/mini';
import { DISPUTE_REASONS, SIGNAL_STATES } from './banked-signal.ts';
import { AUTOMATED, FACTS_MAX, FACTS_MIN, KEEP_GROUNDS, REFERRALS, REMOVE_GROUNDS } from './decision.ts';
import {
  type ActorId,
  type BankId,
  type DecisionId,
  type IdKind,
  idPattern,
  type JobId,
  type KeyId,
  type SignalId,
} from './id.ts';
import type { UtcMs } from './instant.ts';
import { JOB_CAUSES, JOB_STATES } from './job.ts';
import { BANDS, POSSIBLE_BITS, VERDICTS } from './policy.ts';

/** Items in one check, at most. */
export const MAX_ITEMS = 64;

/** A text schema whose pattern is that of the brand's own `parse…`: what passes here is what would parse there. */
function branded<T extends Brand<string, string>>(
  pattern: RegExp,
  description: string,
): z.ZodMiniType<T, string> {
  return z.string().check(z.regex(pattern), z.meta({ description })) as unknown as z.ZodMiniType<T, string>;
}

function idSchema<T extends Brand<string, string>>(kind: IdKind): z.ZodMiniType<T, string> {
  return branded<T>(idPattern(kind), `The id of a ${kind}`);
}

/** Ids on the wire. */
export const wireBankId = idSchema<BankId>('bank');
/** A banked signal's id on the wire. */
export const wireSignalId = idSchema<SignalId>('signal');
/** A job's id on the wire. */
export const wireJobId = idSchema<JobId>('job');
/** A decision's id on the wire. */
export const wireDecisionId = idSchema<DecisionId>('decision');
/** Who acted, on the wire: a key or a member of the staff. */
export const wireActorId = branded<ActorId>(
  /^(key|stf)_[0-9a-f]{32}$/,
  'The id of a key or of a member of the staff',
);
/** A key's id on the wire. */
export const wireKeyId = idSchema<KeyId>('key');

const instant = z
  .int()
  .check(z.gte(0), z.lte(8.64e15), z.meta({ description: 'Milliseconds since 1970-01-01T00:00:00Z' }));
/** A point in time on the wire. */
export const wireInstant = instant as unknown as z.ZodMiniType<UtcMs, number>;

/** 64 lower-case hex digits. */
export const hex64 = /^[0-9a-f]{64}$/;
const pdqValue = branded<PdqHash>(hex64, 'A PDQ hash: 64 lower-case hex digits, most significant first');

/** A PDQ signal on the wire. */
export const wirePdqSignal = z.strictObject({
  kind: z.literal('pdq'),
  value: pdqValue,
  quality: z.int().check(z.gte(0), z.lte(100)),
  pipeline: branded<Pipeline>(/^[a-z0-9.+-]{1,40}$/, 'What produced the hash, for example reclaim-pdq-1'),
});

/** A SHA-256 signal on the wire. */
export const wireSha256Signal = z.strictObject({
  kind: z.literal('sha256'),
  value: branded<Sha256>(hex64, 'SHA-256 of the file, 64 lower-case hex digits'),
});

/** A signal on the wire. */
export const wireSignal = z.discriminatedUnion('kind', [wirePdqSignal, wireSha256Signal]);

const wireWholePdq = z.strictObject({
  ...wirePdqSignal.shape,
  orientations: z.optional(
    z
      .array(pdqValue)
      .check(
        z.minLength(8),
        z.maxLength(8),
        z.meta({ description: 'All eight orientations of the hash, the upright one first' }),
      ),
  ),
});

/** A signal of a whole picture; of a PDQ signal the orientations are asked too, so that turned copies are found. */
export const wireOwnSignal = z.discriminatedUnion('kind', [wireWholePdq, wireSha256Signal]);

/** A signal of an upload: of the whole, or of a window, a part of it whose finds are only ever reviewed. */
export const wireQuerySignal = z.discriminatedUnion('kind', [
  wireWholePdq,
  wireSha256Signal,
  z.strictObject({
    kind: z.literal('window'),
    window: z.enum(WINDOW_KINDS),
    value: pdqValue,
    mirror: branded<PdqHash>(hex64, 'The PDQ hash of the window mirrored left to right'),
    quality: z.int().check(z.gte(0), z.lte(100)),
  }),
]);

/** Signals of the whole of one item, at most; those of its windows come on top. */
export const MAX_OWN_SIGNALS = 4;

/** A platform's own id of an item: 1 to 128 visible ASCII characters without space. */
export const ITEM_ID = /^[\x21-\x7e]{1,128}$/;

const wirePreviewUrl = z.string().check(
  z.maxLength(2048),
  z.regex(/^https?:\/\/[\x21-\x7e]+$/),
  z.meta({
    description: 'Where a reviewer may see the item; kept until the decision, never followed by the check',
  }),
);

/** An item: a piece of content at one place on a platform. */
export const wireItem = z.strictObject({
  id: z.string().check(z.regex(ITEM_ID), z.meta({ description: "The platform's own id of the item" })),
  previewUrl: z.optional(wirePreviewUrl),
  account: z.optional(
    z.string().check(
      z.regex(ITEM_ID),
      z.meta({
        description:
          "The platform's own id of the account that put the item there; kept as a keyed hash, for the misuse ladder alone",
      }),
    ),
  ),
});

/** Days for which an item may be kept to be searched later, at most. */
export const MAX_KEEP_DAYS = 366;

/** 1 to 366 days. */
export const wireKeepDays = z.int().check(
  z.gte(1),
  z.lte(MAX_KEEP_DAYS),
  z.meta({
    description:
      'Keep the signals of what passes for so many days, to be searched when signals join the bank; nothing is kept without it',
  }),
);

/** An item at the upload door. */
export const wireUploadItem = z.strictObject({ ...wireItem.shape, keepDays: z.optional(wireKeepDays) });

/** The signals of the whole of one item. */
export const wireItemSignals = z.array(wireOwnSignal).check(z.minLength(1), z.maxLength(MAX_OWN_SIGNALS));

/** The signals of one upload: up to four of the whole, and those of its windows. */
export const wireUploadSignals = z.array(wireQuerySignal).check(
  z.minLength(1),
  z.maxLength(MAX_OWN_SIGNALS + MOST_WINDOWS),
  z.refine((signals) => signals.filter(({ kind }) => kind !== 'window').length <= MAX_OWN_SIGNALS, {
    error: 'too many signals of the whole picture',
  }),
);

/** An upload check with ready signals: 1 to 64 items. */
export const wireCheckRequest = z.strictObject({
  items: z
    .array(z.strictObject({ item: wireUploadItem, signals: wireUploadSignals }))
    .check(z.minLength(1), z.maxLength(MAX_ITEMS)),
});

/** By what an upload may have matched: the whole picture, one of its windows, or local features of a confirmed copy. */
export const MATCH_WINDOWS = Object.freeze(['full', ...WINDOW_KINDS, 'local-features'] as const);

/** What matched: shown only to keys that review. Never a distance: it would let a caller climb towards a signal. */
export const wireMatch = z.object({
  bankId: wireBankId,
  signalId: wireSignalId,
  kind: z.enum(['pdq', 'sha256']),
  band: z.enum(BANDS),
  state: z.enum(SIGNAL_STATES),
  orientation: z.enum(ORIENTATIONS),
  window: z
    .enum(MATCH_WINDOWS)
    .check(z.meta({ description: 'The part of the upload that matched; `full` is the whole of it' })),
});

/** Matches that are told of one upload or job, at most, but for one of each bank. */
export const MOST_TOLD_MATCHES = 64;

const truncated = z.literal(true).check(
  z.meta({
    description:
      'There are more matches than these, the strongest and one of each bank; the verdict is of all of them',
  }),
);

/** How far a check could see: without a usable PDQ hash only equal bytes are found. */
export const COVERAGES = Object.freeze(['full', 'exact-only'] as const);

/** Why there was no usable PDQ hash, or what was odd about the file. */
export const COVERAGE_NOTES = Object.freeze([
  'too-small',
  'blank',
  'low-quality',
  'damaged',
  'first-frame-only',
  'no-pdq',
] as const);

/** The answer to an upload check. */
export const wireCheckResponse = z.object({
  logPosition: z
    .int()
    .check(z.meta({ description: 'The change of the bank up to which this answer looked' })),
  results: z.array(
    z.object({
      itemId: z.string(),
      verdict: z.enum(VERDICTS),
      coverage: z.enum(COVERAGES),
      notes: z.array(z.enum(COVERAGE_NOTES)),
      jobId: z.optional(wireJobId),
      keptUntil: z.optional(
        instant.check(
          z.meta({ description: 'When the item, which passed and was to be kept, is forgotten' }),
        ),
      ),
      matches: z.optional(z.array(wireMatch)),
      truncated: z.optional(truncated),
    }),
  ),
});

/** Names of banks and keys. A lone surrogate has no UTF-8: neither the database nor the chain could take it. */
const name = z.string().check(z.minLength(1), z.maxLength(80), z.regex(/^[^\p{Cc}\p{Cs}]*$/u));

/** A bank to be made. */
export const wireBankRequest = z.strictObject({
  name,
  kind: z._default(z.enum(['positive', 'negative']), 'positive'),
  confidentBits: z._default(
    z
      .int()
      .check(z.gte(0), z.lte(31), z.meta({ description: 'PDQ distance up to which a match is confident' })),
    31,
  ),
  possibleBits: z._default(
    z.int().check(
      z.gte(0),
      z.lte(POSSIBLE_BITS),
      z.meta({
        description: 'PDQ distance up to which a match is possible (review only); 31 switches the band off',
      }),
    ),
    31,
  ),
});

/** A change of a bank: only what is named changes. */
export const wireBankPatch = z.strictObject({
  name: z.optional(name),
  enabled: z.optional(z.boolean()),
  confidentBits: z.optional(z.int().check(z.gte(0), z.lte(31))),
  possibleBits: z.optional(z.int().check(z.gte(0), z.lte(POSSIBLE_BITS))),
});

/** A bank. */
export const wireBank = z.object({
  id: wireBankId,
  name: z.string(),
  kind: z.enum(['positive', 'negative']),
  enabled: z.boolean(),
  confidentBits: z.int(),
  possibleBits: z.int(),
  signals: z.int().check(z.meta({ description: 'Live signals in the bank' })),
});

/** Signals to be banked: 1 to 64. They start unconfirmed. */
export const wireBankSignalsRequest = z.strictObject({
  signals: z.array(wireSignal).check(z.minLength(1), z.maxLength(MAX_ITEMS)),
});

/**
 * Banked signals, in the order of the request. `capability` is the secret that withdraws the signal: it is answered
 * to who banks it, again where they send it again, and never stored (only its SHA-256 is).
 */
export const wireBankSignalsResponse = z.object({
  logPosition: z.int(),
  signals: z.array(z.object({ id: wireSignalId, capability: z.string() })),
});

/** A banked signal without its value: nobody needs the value to decide, and who lists it could leak it. */
export const wireBankedSignal = z.object({
  id: wireSignalId,
  bankId: wireBankId,
  kind: z.enum(['pdq', 'sha256']),
  state: z.enum(SIGNAL_STATES),
  day: wireInstant,
  quality: z.optional(z.int()),
});

/** What may be asked of a banked signal by a reviewer. */
export const wireSignalCommand = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('dispute'), reason: z.enum(DISPUTE_REASONS) }),
  z.strictObject({ kind: z.literal('resolve-dispute'), outcome: z.enum(['confirmed', 'unconfirmed']) }),
  z.strictObject({ kind: z.literal('withdraw') }),
]);

/** A withdrawal with the capability alone: no key, no account. 43 base64url characters. */
export const wireWithdrawal = z.strictObject({
  capability: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/)),
});

/** A report on a published item by a platform's user, passed on by the platform. */
export const wireReport = z.strictObject({
  item: wireItem,
  reason: z.enum(['intimate-without-consent', 'minor-suspected', 'threat', 'other']),
});

/**
 * Where a reviewer may see an item that a notice is about, or one whose address ended. `location`: where everybody sees it;
 * notices that name this link and no item join the item's open job.
 */
export const wirePreview = z.strictObject({
  item: z.strictObject({
    ...wireItem.shape,
    previewUrl: wirePreviewUrl,
    location: z.optional(
      z
        .string()
        .check(
          z.maxLength(2048),
          z.regex(/^https?:\/\/[\x21-\x7e]+$/),
          z.meta({ description: 'The public address of the item; kept as a keyed hash' }),
        ),
    ),
  }),
});

/** The ruling a reviewer sends. */
export const wireRuling = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('remove'),
    ground: z.enum(REMOVE_GROUNDS),
    confirms: z._default(z.array(wireSignalId).check(z.maxLength(MAX_ITEMS)), []),
  }),
  z.strictObject({ outcome: z.literal('keep'), ground: z.enum(KEEP_GROUNDS) }),
  z.strictObject({ outcome: z.literal('refer'), ground: z.enum(REFERRALS) }),
  z.strictObject({ outcome: z.literal('duplicate'), of: wireJobId }),
]);

/** A reviewer's reason, on the wire of a decision. */
export const wireFacts = z.string().check(
  z.minLength(FACTS_MIN),
  z.maxLength(FACTS_MAX),
  // PostgreSQL's text takes no NUL, and a lone surrogate has no UTF-8.
  z.regex(/^[^\0\p{Cs}]*$/u),
  z.meta({ description: "The reviewer's reason in words; erasable, never part of the hash chain" }),
);

/** The undoing of a decision. */
export const wireUndoRequest = z.strictObject({ facts: wireFacts });

/** A job as a reviewer sees it. `item` is gone once the job is closed. */
export const wireJob = z.object({
  id: wireJobId,
  state: z.enum(JOB_STATES),
  cause: z.enum(JOB_CAUSES),
  interim: z.enum(['held', 'none']),
  reported: z.optional(z.literal(true)),
  openedAt: wireInstant,
  claimedUntil: z.optional(wireInstant),
  claimedBy: z.optional(wireActorId),
  item: z.optional(z.object({ id: z.string(), previewUrl: z.optional(z.string()) })),
  /** `child`: somebody says that a minor may be shown; for the lane for minors alone. */
  lane: z.optional(z.literal('child')),
  /** Whether the platform named the account behind the item; which one is kept as a keyed hash alone. */
  account: z.optional(z.literal(true)),
  /** How many notices ask about it, and how many breaches of their clocks are on record. */
  notices: z.optional(z.int()),
  breaches: z.optional(z.int()),
  /** The clock that is due first of those that are owed; hours are shown in `zone`. */
  due: z.optional(z.object({ ruleId: z.string(), regime: z.string(), at: wireInstant, zone: z.string() })),
  matches: z.array(wireMatch),
  truncated: z.optional(truncated),
  decision: z.optional(
    z.object({
      id: wireDecisionId,
      ruling: wireRuling,
      by: wireActorId,
      /** `undeclared`: sent by a key, whose platform did not say. */
      automated: z.enum([...AUTOMATED, 'undeclared']),
    }),
  ),
});

/** A page of jobs, oldest first; `next` is the cursor of the following page. */
export const wireJobPage = z.object({ jobs: z.array(wireJob), next: z.optional(z.string()) });

/**
 * What happened to a platform's items, in order: what a platform acts on. `position` is the cursor to ask for what
 * follows. `effect` is `unchanged` where the platform need not act, and `noticed` where somebody gave notice of an item:
 * it stays as it is, and a reviewer may want to see it, so the platform sends where (`wirePreview`). `ground` is there for a removal alone, in the closed
 * words of a statement of reasons; why something is referred or let stand is not the uploader's to read.
 */
export const wireOutcomePage = z.object({
  outcomes: z.array(
    z.object({
      position: z.int(),
      jobId: wireJobId,
      itemId: z.string(),
      effect: z.enum(['withhold', 'publish', 'unchanged', 'hold', 'noticed']),
      ground: z.optional(z.enum(REMOVE_GROUNDS)),
    }),
  ),
  position: z.int(),
});

/** What a key may do. */
export const SCOPES = Object.freeze(['check', 'report', 'bank', 'review', 'audit', 'admin'] as const);

/** One scope. */
export type Scope = (typeof SCOPES)[number];

/** A key to be made. */
export const wireKeyRequest = z.strictObject({
  name,
  scopes: z.array(z.enum(SCOPES)).check(z.minLength(1), z.maxLength(SCOPES.length)),
  expiresAt: z.optional(wireInstant),
});

/** A rotation: the old key goes on for `overlapMinutes` (0 to 7 days), so that a platform can change over. */
export const wireRotateRequest = z.strictObject({
  overlapMinutes: z._default(z.int().check(z.gte(0), z.lte(10_080)), 1440),
});

/** A key without its secret. */
export const wireKey = z.object({
  id: wireKeyId,
  name: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  createdAt: wireInstant,
  expiresAt: z.optional(wireInstant),
  revokedAt: z.optional(wireInstant),
});

/** A new key with its secret, answered once. */
export const wireNewKey = z.object({ key: wireKey, token: z.string() });

/** The hash chain, a page at a time. */
export const wireAuditPage = z.object({
  records: z.array(
    z.object({
      seq: z.int(),
      at: z.int(),
      actor: z.string(),
      type: z.string(),
      data: z.record(z.string(), z.unknown()),
      commitments: z.record(z.string(), z.string()),
      prev: z.string(),
      hash: z.string(),
    }),
  ),
  head: z.object({ seq: z.int(), hash: z.string() }),
});

/** A problem (RFC 9457). `type` is a path below `/problems/`; nothing of the request is echoed. */
export const wireProblem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  invalid: z.optional(z.array(z.object({ pointer: z.string(), rule: z.string() }))),
  retryAfterSeconds: z.optional(z.int()),
});

/** An upload check with ready signals, parsed. */
export type CheckRequest = z.infer<typeof wireCheckRequest>;
/** The answer to an upload check. */
export type CheckResponse = z.infer<typeof wireCheckResponse>;
/** A signal of a whole picture, parsed. */
export type OwnSignal = z.infer<typeof wireOwnSignal>;
/** A query signal, parsed. */
export type QuerySignal = z.infer<typeof wireQuerySignal>;
/** An item, parsed. */
export type Item = z.infer<typeof wireItem>;
/** An item at the upload door, parsed. */
export type UploadItem = z.infer<typeof wireUploadItem>;
/** A match as it is answered to a key that reviews. */
export type WireMatch = z.infer<typeof wireMatch>;
/** A bank as it is answered. */
export type WireBank = z.infer<typeof wireBank>;
/** A job as it is answered. */
export type WireJob = z.infer<typeof wireJob>;
/** A key as it is answered. */
export type WireKey = z.infer<typeof wireKey>;
/** A banked signal as it is answered. */
export type WireBankedSignal = z.infer<typeof wireBankedSignal>;
/** A page of outcomes. */
export type OutcomePage = z.infer<typeof wireOutcomePage>;
/** A problem. */
export type Problem = z.infer<typeof wireProblem>;
/** A reason of a report. */
export type ReportReason = z.infer<typeof wireReport>['reason'];
