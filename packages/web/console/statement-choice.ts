/**
 * The statement of reasons beside a removal: what the reviewer chooses, and the statement as it will be given. Pure.
 *
 * It is composed here with the very functions that the node composes with (`casework/statement-draft`,
 * `law/statement`), so what is read before deciding is what is told after; the node checks it again and has the last word.
 * Where a lead set no law and no point of the terms, none is guessed: the reviewer names one, or writes no statement.
 * @module
 */

import { parseUtcMs } from '@reclaim/casework/instant';
import type { PlatformFacts } from '@reclaim/casework/notice-terms';
import { statementDraft } from '@reclaim/casework/statement-draft';
import type { WireJob } from '@reclaim/casework/wire';
import type { Accountability } from '@reclaim/casework/wire-statement';
import { type StatementChoiceInput, wireStatementChoice } from '@reclaim/casework/wire-statement-choice';
import { checkRecord, type RecordFault } from '@reclaim/law/statement/record-check';
import {
  STATEMENT_LANGUAGES,
  type StatementLanguage,
  type StatementText,
  statementRecord,
  statementText,
} from '@reclaim/law/statement/statement';
import { type Choice, outcomeOf } from './decision-draft.ts';

/** What a reviewer can say was found. */
export type ReasonsFinding = StatementChoiceInput['finding'];

/** The choices as they stand. */
export type Reasons = {
  /** Whether a statement is written at all. */
  readonly on: boolean;
  readonly ground: 'law' | 'terms';
  readonly finding: ReasonsFinding;
  readonly againstWomen: boolean;
  readonly cite: string;
  readonly clause: string;
  readonly alsoIllegal: boolean;
  readonly groundUrl: string;
  /** YYYY-MM-DD, or empty: the day on which the job came. */
  readonly contentDay: string;
  readonly language: StatementLanguage;
};

/** Findings that go with a law, and those that go with the terms. */
export const FINDINGS_OF: Readonly<Record<Reasons['ground'], readonly ReasonsFinding[]>> = {
  law: ['authentic', 'deepfake', 'with-private-data', 'with-threat'],
  terms: [
    'authentic',
    'deepfake',
    'with-private-data',
    'with-threat',
    'sexual-against-terms',
    'nudity-against-terms',
  ],
};

/** The choices that a removal begins with; `undefined` for whatever restricts nothing. */
export function reasonsFor(choice: Choice, defaults: Accountability): Reasons | undefined {
  if (outcomeOf(choice) !== 'remove') return undefined;
  const ground = choice === 'terms-intimate-image' ? 'terms' : 'law';
  // Another law is another one than the usual: it has to be named.
  const cite = choice === 'intimate-image-law' ? defaults.lawCite : '';
  const named = ground === 'terms' ? defaults.termsClause : cite;
  return {
    on: named !== '',
    ground,
    finding: 'authentic',
    againstWomen: false,
    cite,
    clause: defaults.termsClause,
    alsoIllegal: false,
    groundUrl: ground === 'terms' ? defaults.termsUrl : cite === '' ? '' : defaults.lawUrl,
    contentDay: '',
    language: defaults.language,
  };
}

/** The choices as they are sent. */
export function statementOf(reasons: Reasons): StatementChoiceInput {
  const { ground, cite, clause, alsoIllegal, groundUrl, contentDay } = reasons;
  return {
    finding: reasons.finding,
    againstWomen: reasons.againstWomen,
    ground:
      ground === 'law'
        ? { kind: 'law', cite: cite.trim() }
        : { kind: 'terms', clause: clause.trim(), alsoIllegal },
    ...(groundUrl.trim() === '' ? {} : { groundUrl: groundUrl.trim() }),
    ...(contentDay === '' ? {} : { contentDay }),
    language: reasons.language,
  };
}

/** The statement as far as it is made. */
export type StatementPreview =
  /** Something has to be filled in first. */
  | { readonly kind: 'lacking'; readonly what: 'ground' | 'facts' | 'day' | 'address' }
  /** It could not be given as it is. */
  | { readonly kind: 'faulty'; readonly text: StatementText; readonly faults: readonly RecordFault[] }
  | { readonly kind: 'ready'; readonly text: StatementText };

/** The statement that would be given for the job now. */
export function previewOf(
  reasons: Reasons,
  job: WireJob,
  facts: string,
  platform: PlatformFacts,
  nowMs: number,
): StatementPreview {
  if ((reasons.ground === 'law' ? reasons.cite : reasons.clause).trim() === '') {
    return { kind: 'lacking', what: 'ground' };
  }
  if (facts.trim() === '') return { kind: 'lacking', what: 'facts' };
  const parsed = wireStatementChoice.safeParse(statementOf(reasons));
  if (!parsed.success) return { kind: 'lacking', what: 'address' };
  let draft: ReturnType<typeof statementDraft>;
  try {
    draft = statementDraft(
      parsed.data,
      {
        decisionId: 'preview',
        facts: facts.trim(),
        automated: 'no',
        cause: job.cause,
        noticed: (job.notices ?? 0) > 0,
        reported: job.reported === true,
        openedAt: job.openedAt,
        now: parseUtcMs(nowMs),
      },
      platform,
    );
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { kind: 'lacking', what: 'day' };
  }
  const text = statementText(draft);
  const checked = checkRecord(statementRecord(draft));
  return checked.ok ? { kind: 'ready', text } : { kind: 'faulty', text, faults: checked.faults };
}

/** Whether a decision may go out with these choices: without a statement, or with one that may be given. */
export function mayGive(reasons: Reasons | undefined, preview: StatementPreview | undefined): boolean {
  return reasons === undefined || !reasons.on || preview?.kind === 'ready';
}

/** The languages that a statement can be read in, each by its own name. */
export const LANGUAGE_NAMES: readonly (readonly [StatementLanguage, string])[] = STATEMENT_LANGUAGES.map(
  (each) => [each, { en: 'English', es: 'Español' }[each]],
);
