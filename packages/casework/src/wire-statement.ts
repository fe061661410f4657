/**
 * The wire of accountability: statements of reasons, the defaults that a lead sets for them, and transparency reports.
 * @module
 */

import { OBLIGATION_PROFILES } from '@reclaim/law/duty/obligation-profile';
import { QUALITATIVE, QUALITATIVE_MOST } from '@reclaim/law/report/report';
import { RESTRICTIONS } from '@reclaim/law/report/report-event';
import * as z from 'zod/mini';
import { wireDay, wireStatementLanguage } from './wire-statement-choice.ts';

const name = z.string().check(z.maxLength(200), z.regex(/^[^\p{Cc}\p{Cs}]*$/u));
const ground = z.string().check(z.maxLength(500), z.regex(/^[^\0\p{Cs}]*$/u));
const address = z.string().check(z.maxLength(500), z.regex(/^(?:https?:\/\/[\x21-\x7e]+)?$/));

/**
 * What a lead sets once: who provides which service, and the law and the point of the terms that removals usually rest on.
 * Empty where nobody said; a statement asks for the missing one then.
 */
export const wireAccountability = z.strictObject({
  provider: name,
  service: name,
  language: wireStatementLanguage,
  lawCite: ground,
  lawUrl: address,
  termsClause: ground,
  termsUrl: address,
});

/** A statement as it was given. `takenBackAt` is there once its decision was undone or reversed. */
export const wireStatement = z.object({
  decisionId: z.string(),
  jobId: z.string(),
  madeAt: z.int(),
  takenBackAt: z.optional(z.int()),
  language: wireStatementLanguage,
  title: z.string(),
  sections: z.array(z.object({ part: z.string(), heading: z.string(), sentences: z.array(z.string()) })),
  text: z.string(),
  record: z.record(z.string(), z.unknown()),
});

/** Which report: its period, both days included, and the texts of sheet 11. */
export const wireReportRequest = z.strictObject({
  from: wireDay,
  to: wireDay,
  previousOn: z.optional(wireDay),
  texts: z._default(
    z.partialRecord(z.enum(QUALITATIVE.map(([id]) => id)), z.string().check(z.maxLength(QUALITATIVE_MOST))),
    {},
  ),
  possible: z._default(z.array(z.enum(RESTRICTIONS)), ['removed', 'disabled']),
});

/** A report: its files, and what it still lacks. */
export const wireReportFiles = z.object({
  profile: z.enum(OBLIGATION_PROFILES.map(({ id }) => id)),
  position: z.int(),
  files: z.array(z.object({ name: z.string(), text: z.string() })),
  missingTexts: z.array(z.string()),
});

/** The defaults, parsed. */
export type Accountability = z.infer<typeof wireAccountability>;
/** A statement as it is answered. */
export type WireStatement = z.infer<typeof wireStatement>;
/** A report as it is answered. */
export type WireReportFiles = z.infer<typeof wireReportFiles>;

/** Nothing said yet. */
export const NO_ACCOUNTABILITY: Accountability = Object.freeze({
  provider: '',
  service: '',
  language: 'en',
  lawCite: '',
  lawUrl: '',
  termsClause: '',
  termsUrl: '',
});
