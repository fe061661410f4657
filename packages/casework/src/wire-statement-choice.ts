/**
 * What a reviewer chooses for a statement of reasons, on the wire of a decision. The rest of the statement follows from the
 * job: what preceded it, how it was found, when (`statement-draft.ts`).
 * @module
 */

import { FINDINGS } from '@reclaim/law/statement/finding';
import * as z from 'zod/mini';

/** Text without a NUL and without half a character. */
const text = (most: number) =>
  z.string().check(z.minLength(1), z.maxLength(most), z.regex(/^[^\0\p{Cs}]*$/u), z.regex(/\S/));

const address = z.string().check(z.maxLength(500), z.regex(/^https?:\/\/[\x21-\x7e]+$/));

/** What a removal rests on: a law by its name, or a point of the terms. */
export const wireStatementGround = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('law'), cite: text(500) }),
  z.strictObject({
    kind: z.literal('terms'),
    clause: text(500),
    alsoIllegal: z._default(z.boolean(), false),
  }),
]);

/** The languages of statements. */
export const wireStatementLanguage = z.enum(['en', 'es']);

/** A calendar day, YYYY-MM-DD. */
export const wireDay = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));

/**
 * The choices. `finding` is never `minor`: such a job is referred, and what is told is for the lane to decide. Whether it
 * is against women a person says; nothing infers it.
 */
export const wireStatementChoice = z.strictObject({
  finding: z.enum(FINDINGS.filter((each) => each !== 'minor')),
  againstWomen: z._default(z.boolean(), false),
  ground: wireStatementGround,
  groundUrl: z.optional(address),
  restriction: z._default(z.enum(['removed', 'disabled']), 'removed'),
  medium: z._default(z.enum(['image', 'video']), 'image'),
  territory: z._default(
    z
      .array(z.string().check(z.regex(/^[A-Z]{2}$/)))
      .check(
        z.maxLength(30),
        z.meta({ description: 'EEA countries; none: wherever the service is offered' }),
      ),
    [],
  ),
  contentDay: z.optional(wireDay),
  language: wireStatementLanguage,
});

/** The choices, parsed. */
export type StatementChoice = z.infer<typeof wireStatementChoice>;
/** The choices as they are sent. */
export type StatementChoiceInput = z.input<typeof wireStatementChoice>;
