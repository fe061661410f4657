/**
 * The wire of notices: what somebody without an account sends, what they read back by their code, and what a reviewer
 * reads of it.
 *
 * The code is drawn on the notifier's device and never crosses but to ask by it; with the notice goes its SHA-256, so
 * that a notice sent again after its answer was lost is answered again and not received twice. The number names the
 * notice in a telephone call and opens nothing.
 *
 * Who the notifier is (`notifier`) is kept apart from what the notice says, and is in no answer but the one that a member
 * of the staff asks for with a reason. Texts of declarations are those of `law/duty/declaration`, by id and version.
 * @module
 */

import { DECLARATIONS, type DeclarationId } from '@reclaim/law/duty/declaration';
import { EMPTY_DRAFT, type NoticeDraft } from '@reclaim/law/duty/notice-draft';
import * as z from 'zod/mini';
import { COMPLAINT_OUTCOMES, COMPLAINT_SIDES } from './complaint.ts';
import { AUTOMATED, KEEP_GROUNDS, REMOVE_GROUNDS } from './decision.ts';
import type { ComplaintId, NoticeId } from './id.ts';
import { NOTICE_ACTS, NOTICE_OUTCOMES, NOTICE_STATES } from './notice.ts';
import { hex64, ITEM_ID, wireActorId, wireInstant, wireJobId, wireRuling } from './wire.ts';
import { wireProof } from './wire-case.ts';
import { wireStanding } from './wire-misuse.ts';
import { wireStatementChoice } from './wire-statement-choice.ts';

/** Places that one notice may name. */
export const MAX_LOCATIONS = 50;
/** Characters of the facts of a notice. */
export const MAX_NOTICE_FACTS = 5_000;
/** Characters of one location. */
export const MAX_LOCATION = 2_048;

/** A person's own text: any characters but NUL and lone surrogates, which no database takes. */
const text = (most: number) => z.string().check(z.maxLength(most), z.regex(/^[^\0\p{Cs}]*$/u));
const optionalText = (most: number) => z._default(text(most), '');
const regime = z.string().check(z.maxLength(20));
const place = (form: RegExp) => z._default(z.string().check(z.regex(form)), 'unknown');

const declarationIds = DECLARATIONS.map(({ id }) => id) as unknown as readonly [
  DeclarationId,
  ...DeclarationId[],
];

/** A notice's id on the wire. */
export const wireNoticeId = z
  .string()
  .check(
    z.regex(/^ntc_[0-9a-f]{32}$/),
    z.meta({ description: 'The id of a notice' }),
  ) as unknown as z.ZodMiniType<NoticeId, string>;

/** A complaint's id on the wire. */
export const wireComplaintId = z
  .string()
  .check(
    z.regex(/^cpl_[0-9a-f]{32}$/),
    z.meta({ description: 'The id of a complaint' }),
  ) as unknown as z.ZodMiniType<ComplaintId, string>;

/** The code that opens a notice's status: 43 base64url characters, the SHA-256 of which is kept under a key. */
const code = z
  .string()
  .check(
    z.regex(/^[A-Za-z0-9_-]{43}$/),
    z.meta({ description: 'What follows from the code that the notifier holds' }),
  );

/** A tick: which sentence was shown. */
export const wireTick = z.strictObject({
  id: z.enum(declarationIds),
  version: z.string().check(z.regex(/^[0-9a-z.]{1,10}$/)),
});

const standings = ['depicted', 'authorised', 'parent', 'other', 'not-said'] as const;
const kinds = ['authentic', 'forgery', 'threatened', 'not-said'] as const;
const ages = ['adult', 'under-18-now', 'under-18-when-taken', 'not-sure', 'not-said'] as const;

const content = {
  item: z.optional(
    z.strictObject({
      id: z
        .string()
        .check(
          z.regex(ITEM_ID),
          z.meta({ description: "The platform's own id, as its report link handed it over" }),
        ),
    }),
  ),
  locations: z._default(
    z.array(text(MAX_LOCATION).check(z.minLength(1))).check(z.maxLength(MAX_LOCATIONS)),
    [],
  ),
  standing: z._default(z.enum(standings), 'not-said'),
  authorityBasis: optionalText(500),
  kind: z._default(z.enum(kinds), 'not-said'),
  facts: optionalText(MAX_NOTICE_FACTS),
  declarations: z._default(z.array(wireTick).check(z.maxLength(declarationIds.length)), []),
  country: place(/^([A-Z]{2}|unknown)$/),
  subdivision: place(/^([A-Z]{2}-[A-Z0-9]{1,3}|unknown)$/),
  language: z._default(z.string().check(z.regex(/^[a-z]{2}$/)), 'en'),
};

const notifier = {
  name: optionalText(200),
  email: optionalText(320),
  otherContact: optionalText(500),
  signature: z.optional(z.strictObject({ text: text(200), pseudonym: z._default(z.boolean(), false) })),
};

/**
 * Of a sender whose address is suspended: what was counted under it was not theirs. Nobody verifies an address, so this is always
 * believed (`misuse.ts`).
 */
const earlierNotMine = z.optional(z.literal(true));

/**
 * A notice. Nothing in it is required but an answer to the age question and a place: an item, a link or a description;
 * whatever a regime asks for beyond is named in the answer where it is lacking.
 */
export const wireNewNotice = z.strictObject({
  proof: wireProof,
  codeSha256: z.string().check(z.regex(hex64)),
  age: z.enum(ages),
  ...content,
  notifier: z._default(z.strictObject(notifier), { name: '', email: '', otherContact: '' }),
  earlierNotMine,
});

/** What the notifier adds later: only what is named changes, and nothing is taken away. */
export const wireNoticeSupplement = z.strictObject({
  proof: wireProof,
  code,
  locations: z.optional(content.locations),
  standing: z.optional(z.enum(standings)),
  authorityBasis: z.optional(text(500)),
  kind: z.optional(z.enum(kinds)),
  facts: z.optional(text(MAX_NOTICE_FACTS)),
  declarations: z.optional(content.declarations),
  notifier: z.optional(
    z.strictObject({
      name: z.optional(text(200)),
      email: z.optional(text(320)),
      otherContact: z.optional(text(500)),
      signature: notifier.signature,
    }),
  ),
});

/** A question by code. */
export const wireNoticeQuestion = z.strictObject({ code });

/** The notifier takes the notice back. */
export const wireNoticeWithdrawal = z.strictObject({ proof: wireProof, code });

/** A complaint by the notifier. */
export const wireNoticeComplaint = z.strictObject({
  proof: wireProof,
  code,
  facts: text(MAX_NOTICE_FACTS).check(z.minLength(10)),
  earlierNotMine,
});

/** A complaint of an uploader, passed on by the platform. Nothing that says who complains may be in it. */
export const wireUploaderComplaint = z.strictObject({
  item: z.strictObject({ id: z.string().check(z.regex(ITEM_ID)) }),
  facts: text(MAX_NOTICE_FACTS).check(z.minLength(10)),
});

/** The answer to a complaint: a new ruling, or none where the old one is upheld; the reviewer's reason. */
export const wireComplaintAnswer = z.strictObject({
  ruling: z.optional(wireRuling),
  statement: z.optional(wireStatementChoice),
  facts: z.string().check(z.minLength(10), z.maxLength(5_000), z.regex(/^[^\0\p{Cs}]*$/u)),
});

/** What a reviewer says was done that this node cannot see. */
export const wireNoticeAct = z.strictObject({ act: z.enum(NOTICE_ACTS) });

/** A reviewer holds that a law which may apply does, and says what shows it. */
export const wireRegimeApplied = z.strictObject({
  regime: z.string().check(z.regex(/^[a-z]{2}-[a-z0-9]{2,12}$/)),
  reason: z.string().check(z.minLength(10), z.maxLength(1_000), z.regex(/^[^\0\p{Cs}]*$/u)),
});

/** Why somebody wants to know who the notifier is. */
export const wireUnsealing = z.strictObject({
  reason: z.string().check(z.minLength(10), z.maxLength(1_000), z.regex(/^[^\0\p{Cs}]*$/u)),
});

/** Who the notifier is. */
export const wireNotifier = z.object({
  name: z.string(),
  email: z.string(),
  otherContact: z.string(),
  signature: z.optional(z.object({ text: z.string(), pseudonym: z.boolean() })),
});

/** The states of a clock on the wire; `refused`: the platform holds that the duty is not owed. */
export const CLOCK_STATES = Object.freeze([
  'not-started',
  'running',
  'over',
  'met',
  'met-late',
  'breached',
  'cancelled',
  'refused',
] as const);

/** A clock of a notice. `breachedAt` is there once a breach was recorded, whatever came after. */
export const wireClock = z.object({
  ruleId: z.string(),
  version: z.string(),
  regime,
  applies: z.boolean(),
  owed: z.boolean(),
  state: z.enum(CLOCK_STATES),
  reason: z.optional(z.string()),
  startAt: z.optional(wireInstant),
  dueAt: z.optional(wireInstant),
  endAt: z.optional(wireInstant),
  breachedAt: z.optional(wireInstant),
});

/** A regime, and what the notice lacks under it: ids of elements. */
export const wireRegime = z.object({
  regime,
  answer: z.enum(['applies', 'unknown']),
  complete: z.boolean(),
  lacking: z.array(z.string()),
  wanting: z.array(z.string()),
});

/** The receipt: what the node answers when a notice was received. */
export const wireReceipt = z.object({
  number: z.string(),
  receivedAt: wireInstant,
  lane: z.enum(['adult', 'child']),
  regimes: z.array(wireRegime),
  clocks: z.array(wireClock),
});

/**
 * What a complaint was answered with, once it was. `answer`: the reasons (Regulation (EU) 2022/2065 Article 20(5)); left out
 * where the matter was handed on.
 */
export const wireAnswered = z.object({
  answeredAt: z.optional(wireInstant),
  outcome: z.optional(z.enum(COMPLAINT_OUTCOMES)),
  answer: z.optional(z.string()),
});

/** What the notifier reads by code: nothing of anybody else, not who decided, not who else gave notice. */
export const wireNoticeStatus = z.extend(wireReceipt, {
  state: z.enum(NOTICE_STATES),
  /** What was said where: so that the notifier can see what to add, without their own words being sent back. */
  has: z.object({ facts: z.boolean(), signature: z.boolean(), contact: z.boolean(), name: z.boolean() }),
  decision: z.optional(
    z.object({
      outcome: z.enum(NOTICE_OUTCOMES),
      ground: z.optional(z.enum([...REMOVE_GROUNDS, ...KEEP_GROUNDS])),
      at: wireInstant,
      /** `staff`: a person who was signed in. `platform`: a key of the platform, and `automated` is what it declares. */
      by: z.enum(['staff', 'platform']),
      automated: z.enum([...AUTOMATED, 'undeclared']),
      complaintUntil: wireInstant,
      /** Whether a complaint can be sent now: one at a time, and within the window. */
      complaintOpen: z.boolean(),
    }),
  ),
  complaint: z.optional(z.extend(wireAnswered, { at: wireInstant })),
  /** Warnings and suspensions for misuse that concern whoever sent this notice; left out where there is none. */
  standings: z.optional(z.array(wireStanding)),
});

/** A wish to read who the notifier is, while it stands: who asked and what for, and whether another lead agreed. */
export const wireUnsealingState = z.object({
  askedBy: wireActorId,
  reason: z.string(),
  until: wireInstant,
  agreed: z.boolean(),
});

/** A notice as a reviewer reads it: without who the notifier is. */
export const wireNotice = z.object({
  id: wireNoticeId,
  number: z.string(),
  receivedAt: wireInstant,
  state: z.enum(NOTICE_STATES),
  lane: z.enum(['adult', 'child']),
  standing: z.enum(standings),
  authorityBasis: z.string(),
  kind: z.enum(kinds),
  facts: z.string(),
  locations: z.array(z.string()),
  language: z.string(),
  declarations: z.array(wireTick),
  signed: z.enum(['no', 'name', 'pseudonym']),
  hasContact: z.boolean(),
  regimes: z.array(wireRegime),
  clocks: z.array(wireClock),
  /** For leads alone. */
  unsealing: z.optional(wireUnsealingState),
});

/** A complaint as a reviewer reads it. */
export const wireComplaint = z.extend(wireAnswered, {
  id: wireComplaintId,
  side: z.enum(COMPLAINT_SIDES),
  facts: z.string(),
  at: wireInstant,
});

/** The notices on a job, oldest first, with the complaints against its ruling. Hours are shown in `zone`. */
export const wireJobNotices = z.object({
  jobId: wireJobId,
  zone: z.string(),
  notices: z.array(wireNotice),
  complaints: z.array(wireComplaint),
});

/** What the form has to know of the platform, so that what is lacking can be said while somebody types. */
export const wireNoticeForm = z.object({
  zone: z.string(),
  service: z.object({
    kind: z.enum(['user-content', 'search', 'hosting', 'preselected', 'broadband', 'mail', 'unknown']),
    smallEnterprise: z.union([z.boolean(), z.literal('unknown')]),
    veryLarge: z.boolean(),
  }),
  offeredIn: z.union([z.array(z.string()), z.literal('world')]),
});

/** A notice, parsed. */
export type NewNotice = z.infer<typeof wireNewNotice>;
/** What is added, parsed. */
export type NoticeSupplement = z.infer<typeof wireNoticeSupplement>;
/** A receipt. */
export type Receipt = z.infer<typeof wireReceipt>;
/** A status. */
export type NoticeStatus = z.infer<typeof wireNoticeStatus>;
/** A notice as a reviewer reads it. */
export type WireNotice = z.infer<typeof wireNotice>;
/** A clock as it is answered. */
export type WireClock = z.infer<typeof wireClock>;
/** A regime as it is answered. */
export type WireRegime = z.infer<typeof wireRegime>;
/** What a complaint was answered with. */
export type ComplaintAnswer = z.infer<typeof wireAnswered>;
/** A complaint as a reviewer reads it. */
export type WireComplaint = z.infer<typeof wireComplaint>;
/** The notices on a job. */
export type JobNotices = z.infer<typeof wireJobNotices>;
/** A wish to read who the notifier is. */
export type WireUnsealingState = z.infer<typeof wireUnsealingState>;
/** Who the notifier is. */
export type Notifier = z.infer<typeof wireNotifier>;
/** What the form has to know. */
export type NoticeForm = z.infer<typeof wireNoticeForm>;

/** What a notice says beside who says it: the part of it that is sealed by itself. */
export type NoticeContent = Omit<NewNotice, 'proof' | 'codeSha256' | 'notifier' | 'earlierNotMine'>;

/** Whether a notice leaves it open that a minor is shown. */
export function isAgeInDoubt(age: NewNotice['age']): boolean {
  return age === 'not-sure';
}

/** The notice as the law reads it; `atMs` is when its sentences were ticked. */
export function draftOfNotice(notice: NoticeContent, notifier: Notifier, atMs: number): NoticeDraft {
  return {
    ...EMPTY_DRAFT,
    locations: notice.locations,
    handedOver: notice.item !== undefined,
    standing: notice.standing,
    authorityBasis: notice.authorityBasis,
    kind: notice.kind,
    facts: notice.facts,
    declarations: notice.declarations.map((tick) => ({ ...tick, atMs })),
    signature:
      notifier.signature === undefined
        ? null
        : { kind: 'typed', text: notifier.signature.text, pseudonym: notifier.signature.pseudonym },
    name: notifier.name,
    email: notifier.email,
    otherContact: notifier.otherContact,
    age: notice.age === 'not-sure' ? 'not-said' : notice.age,
  };
}
