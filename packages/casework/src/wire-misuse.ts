/**
 * The wire of the misuse ladder (`misuse.ts`): what a reviewer counts, what a lead reads and does, and what the one concerned
 * reads of it and says against it.
 *
 * Who is concerned is in none of it. A sender of notices is counted under a keyed hash of the e-mail address that they gave,
 * an account under one of the id that the platform gave; nobody can list either.
 * @module
 */

import * as z from 'zod/mini';
import { FACTS_MAX, FACTS_MIN } from './decision.ts';
import { type ComplaintId, type IdOf, idPattern, type MisuseId, type NoticeId } from './id.ts';
import { MISUSES } from './misuse.ts';
import { ITEM_ID, wireActorId, wireDecisionId, wireInstant, wireJobId } from './wire.ts';
import { wireProof } from './wire-case.ts';

function id<K extends 'misuse' | 'notice' | 'complaint'>(kind: K): z.ZodMiniType<IdOf[K], string> {
  return z
    .string()
    .check(
      z.regex(idPattern(kind)),
      z.meta({ description: `The id of a ${kind}` }),
    ) as unknown as z.ZodMiniType<IdOf[K], string>;
}

const words = z.string().check(z.minLength(FACTS_MIN), z.maxLength(FACTS_MAX), z.regex(/^[^\0\p{Cs}]*$/u));
const misuse = z.enum(MISUSES);
/** Said by a person each time: it is evident to a layperson without analysis (recital 63). */
const manifest = z.literal(true);

/** The id under which misuse is counted, on the wire. */
export const wireMisuseId: z.ZodMiniType<MisuseId, string> = id('misuse');

/** An act that a reviewer counts: of the account behind a job's item, of who gave a notice, of who complained. */
export const wireMisuseAct = z.discriminatedUnion('misuse', [
  z.strictObject({ misuse: z.literal('illegal-content'), manifest }),
  z.strictObject({
    misuse: z.literal('unfounded-notices'),
    noticeId: id('notice') as z.ZodMiniType<NoticeId, string>,
    manifest,
  }),
  z.strictObject({
    misuse: z.literal('unfounded-complaints'),
    complaintId: id('complaint') as z.ZodMiniType<ComplaintId, string>,
    manifest,
  }),
]);

/** A warning: gravity and intention in words; number and proportion are counted here. */
export const wireMisuseWarning = z.strictObject({ gravity: words, intention: words });

/** A suspension. */
export const wireMisuseSuspension = z.strictObject({
  gravity: words,
  intention: words,
  days: z.int().check(z.gte(1), z.lte(366)),
});

/** The reason of an answer to an objection, or of a lifting. */
export const wireMisuseReason = z.strictObject({ reason: words });

const facts = z.object({ count: z.int(), all: z.int(), gravity: z.string(), intention: z.string() });

/** One on the ladder, as a lead reads it. `all`: everything of the kind in the window, manifest or not. */
export const wireMisuse = z.object({
  id: wireMisuseId,
  misuse,
  state: z.enum(['clear', 'counted', 'warned', 'suspended']),
  acts: z.array(z.object({ decisionId: wireDecisionId, jobId: wireJobId, at: wireInstant })),
  all: z.int(),
  warnedAt: z.optional(wireInstant),
  warnedUntil: z.optional(wireInstant),
  warning: z.optional(facts),
  suspendedAt: z.optional(wireInstant),
  suspendedUntil: z.optional(wireInstant),
  suspendedBy: z.optional(wireActorId),
  suspension: z.optional(facts),
  /** When somebody said that what was counted under the address was another's, against the present suspension. */
  disownedAt: z.optional(wireInstant),
  objection: z.optional(
    z.object({ state: z.enum(['waits', 'answered']), words: z.string(), answer: z.optional(z.string()) }),
  ),
});

/** Everybody on the ladder, who needs an answer first; with the operator's numbers. */
export const wireMisuseList = z.object({
  ladder: z.array(wireMisuse),
  policy: z.object({
    windowDays: z.int(),
    leastActs: z.int(),
    warningDays: z.int(),
    longestDays: z.int(),
  }),
});

/** What the one concerned reads: the measure, what it is judged on, until when, and whether they can object. */
export const wireStanding = z.extend(facts, {
  misuse,
  measure: z.enum(['warning', 'suspension']),
  since: wireInstant,
  until: wireInstant,
  /** Of a suspension: `open` where an objection can be sent. */
  objection: z.optional(z.enum(['open', 'waits', 'answered'])),
  answer: z.optional(z.string()),
});

const account = z.string().check(z.regex(ITEM_ID));

/** A platform asks how an account of its own stands. */
export const wireAccountQuestion = z.strictObject({ account });

/** How it stands: nothing where nothing is held against it. */
export const wireStandings = z.object({ standings: z.array(wireStanding) });

/** An objection that a platform passes on for an account. Nothing that says who objects may be in it. */
export const wireAccountObjection = z.strictObject({
  account,
  misuse: z.enum(['illegal-content', 'unfounded-complaints']),
  words,
});

/** An objection by who gave notice, with the code of one of their notices. */
export const wireNoticeObjection = z.strictObject({
  proof: wireProof,
  code: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/)),
  misuse: z.enum(['unfounded-notices', 'unfounded-complaints']),
  words,
});

/** An act as it is counted. */
export type MisuseActRequest = z.infer<typeof wireMisuseAct>;
/** One on the ladder, as it is answered. */
export type WireMisuse = z.infer<typeof wireMisuse>;
/** What the one concerned reads. */
export type WireStanding = z.infer<typeof wireStanding>;
