/**
 * The statement of reasons: what the person whose item is restricted is told, and the record of it.
 *
 * Regulation (EU) 2022/2065 (Digital Services Act), Art. 17(3): (a) which restriction, where, for how long; (b) the facts,
 * and whether a notice came before; (c) automated means in detection and decision; (d) the law or (e) the terms, and why;
 * (f) the ways of redress. Art. 17(3)(f), 20 and 21 are not yet read in the text (docs/law/eu-dsa.md). Who asked is never
 * named: "only where strictly necessary", and for an intimate image it is not.
 *
 * Composed from closed choices and the reviewer's facts, in the recipient's language; the facts stay as they were written.
 * @module
 */

import { type Day, parseDay } from '../day.ts';
import { ruleById } from '../duty/rules.ts';
import { type Finding, recorded } from './finding.ts';
import type { StatementRecord, VISIBILITIES } from './record.ts';
import { STATEMENT_WORDS_EN } from './statement-words-en.ts';
import { STATEMENT_WORDS_ES } from './statement-words-es.ts';

/** What preceded the decision. `report`: a user's flag without the elements of a notice. */
export type StatementSource = 'notice' | 'trusted-flagger' | 'report' | 'own-initiative';

/** The languages that statements are written in. */
export const STATEMENT_LANGUAGES = ['en', 'es'] as const;

/** One language. */
export type StatementLanguage = (typeof STATEMENT_LANGUAGES)[number];

/** What the decision rests on. `cite` and `clause` name the law or the point of the terms. */
export type StatementGround =
  | { readonly kind: 'law'; readonly cite: string }
  | { readonly kind: 'terms'; readonly clause: string; readonly alsoIllegal: boolean };

/** Everything that a statement is made from. */
export interface StatementDraft {
  readonly finding: Finding;
  readonly againstWomen: boolean;
  readonly ground: StatementGround;
  /** Where the law or the terms can be read; empty for nowhere. */
  readonly groundUrl: string;
  /** The reviewer's facts: 1 to 5,000 characters without personal data. */
  readonly facts: string;
  readonly source: StatementSource;
  readonly automatedDetection: boolean;
  readonly automatedDecision: 'no' | 'partly' | 'fully';
  readonly restriction: (typeof VISIBILITIES)[number];
  readonly medium: 'image' | 'video';
  /** EEA countries, ISO 3166; empty: wherever the service is offered. */
  readonly territory: readonly string[];
  readonly contentDay: Day;
  readonly appliedDay: Day;
  /** Null while it lasts. */
  readonly endDay: Day | null;
  /** Unique for ever at this platform: [A-Za-z0-9-_]. */
  readonly puid: string;
  readonly language: StatementLanguage;
  /** Whether Arts. 20 and 21 bind the service (`duty/obligation-profile.ts`). */
  readonly redress: 'platform' | 'hosting';
}

/** The parts of a statement, by the letters of Art. 17(3). */
export type StatementPart = 'restriction' | 'facts' | 'automation' | 'ground' | 'redress';

/** A part as it is read. */
export interface StatementSection {
  readonly part: StatementPart;
  readonly heading: string;
  readonly sentences: readonly string[];
}

/** A statement as the recipient reads it. */
export interface StatementText {
  readonly language: StatementLanguage;
  readonly title: string;
  readonly sections: readonly StatementSection[];
}

/** The words of one language, filled with what varies. */
export interface StatementWords {
  readonly title: string;
  readonly heading: Readonly<Record<StatementPart, string>>;
  readonly restriction: Readonly<Record<(typeof VISIBILITIES)[number], string>>;
  readonly everywhere: string;
  readonly inCountries: (names: string) => string;
  readonly from: (day: string) => string;
  readonly until: (day: string) => string;
  readonly lasting: string;
  readonly source: Readonly<Record<StatementSource, string>>;
  readonly detection: Readonly<Record<'yes' | 'no', string>>;
  readonly decision: Readonly<Record<StatementDraft['automatedDecision'], string>>;
  readonly law: (cite: string) => string;
  readonly terms: (clause: string) => string;
  readonly alsoIllegal: string;
  readonly readHere: (url: string) => string;
  readonly why: Readonly<Record<Finding, string>>;
  readonly complain: (months: number) => string;
  readonly complainVoluntary: string;
  readonly outOfCourt: string;
  readonly court: string;
}

const WORDS: Readonly<Record<StatementLanguage, StatementWords>> = {
  en: STATEMENT_WORDS_EN,
  es: STATEMENT_WORDS_ES,
};

/** The statement as the recipient reads it, part by part. */
export function statementText(draft: StatementDraft): StatementText {
  const { language, ground } = draft;
  const words = WORDS[language];
  const section = (part: StatementPart, sentences: readonly string[]): StatementSection => {
    return { part, heading: words.heading[part], sentences };
  };
  return {
    language,
    title: words.title,
    sections: [
      section('restriction', [
        words.restriction[draft.restriction],
        draft.territory.length === 0
          ? words.everywhere
          : words.inCountries(countryNames(draft.territory, language)),
        words.from(dayWords(draft.appliedDay, language)),
        draft.endDay === null ? words.lasting : words.until(dayWords(draft.endDay, language)),
      ]),
      section('facts', [words.source[draft.source], draft.facts.trim()]),
      section('automation', [
        words.detection[draft.automatedDetection ? 'yes' : 'no'],
        words.decision[draft.automatedDecision],
      ]),
      section('ground', [
        ground.kind === 'law' ? words.law(ground.cite.trim()) : words.terms(ground.clause.trim()),
        words.why[draft.finding],
        ...(ground.kind === 'terms' && ground.alsoIllegal ? [words.alsoIllegal] : []),
        ...(draft.groundUrl === '' ? [] : [words.readHere(draft.groundUrl)]),
      ]),
      section(
        'redress',
        draft.redress === 'platform'
          ? [words.complain(complaintMonths()), words.outOfCourt, words.court]
          : [words.complainVoluntary, words.court],
      ),
    ],
  };
}

/** The statement as plain text, headings on lines of their own. */
export function plainStatement({ title, sections }: StatementText): string {
  const parts = sections.map(({ heading, sentences }) => `${heading}\n${sentences.join(' ')}`);
  return `${[title, ...parts].join('\n\n')}\n`;
}

/** The record of the statement; `checkRecord` says whether it may be sent. */
export function statementRecord(draft: StatementDraft): StatementRecord {
  const { ground, territory } = draft;
  const { category, specification, contentType } = recorded(draft.finding, draft.againstWomen);
  const why = WORDS[draft.language].why[draft.finding];
  return {
    decision_visibility: [draft.restriction],
    decision_ground:
      ground.kind === 'law' ? 'DECISION_GROUND_ILLEGAL_CONTENT' : 'DECISION_GROUND_INCOMPATIBLE_CONTENT',
    ...(draft.groundUrl === '' ? {} : { decision_ground_reference_url: draft.groundUrl }),
    ...(ground.kind === 'law'
      ? { illegal_content_legal_ground: ground.cite.trim(), illegal_content_explanation: why }
      : {
          incompatible_content_ground: ground.clause.trim(),
          incompatible_content_explanation: why,
          incompatible_content_illegal: ground.alsoIllegal ? 'Yes' : 'No',
        }),
    content_type: [draft.medium === 'image' ? 'CONTENT_TYPE_IMAGE' : 'CONTENT_TYPE_VIDEO', ...contentType],
    category,
    category_specification: [specification],
    ...(territory.length === 0 ? {} : { territorial_scope: territory }),
    content_date: draft.contentDay,
    application_date: draft.appliedDay,
    ...(draft.endDay === null ? {} : { end_date_visibility_restriction: draft.endDay }),
    decision_facts: draft.facts.trim(),
    source_type: SOURCE_TYPE[draft.source],
    automated_detection: draft.automatedDetection ? 'Yes' : 'No',
    automated_decision: AUTOMATED[draft.automatedDecision],
    puid: draft.puid,
  };
}

const SOURCE_TYPE: Readonly<Record<StatementSource, StatementRecord['source_type']>> = {
  notice: 'SOURCE_ARTICLE_16',
  'trusted-flagger': 'SOURCE_TRUSTED_FLAGGER',
  report: 'SOURCE_TYPE_OTHER_NOTIFICATION',
  'own-initiative': 'SOURCE_VOLUNTARY',
};

const AUTOMATED: Readonly<
  Record<StatementDraft['automatedDecision'], StatementRecord['automated_decision']>
> = {
  no: 'AUTOMATED_DECISION_NOT_AUTOMATED',
  partly: 'AUTOMATED_DECISION_PARTIALLY',
  fully: 'AUTOMATED_DECISION_FULLY',
};

/** For how long the complaint channel stays open, as the row says. */
function complaintMonths(): number {
  const [version] = ruleById('EU-DSA-COMPLAINT-OPEN').versions;
  if (version?.limit.kind !== 'months')
    throw new TypeError('statement: expected the complaint window in months');
  return version.limit.count;
}

function countryNames(codes: readonly string[], language: StatementLanguage): string {
  const names = new Intl.DisplayNames([language], { type: 'region' });
  return new Intl.ListFormat(language).format(codes.map((code) => names.of(code) ?? code));
}

function dayWords(day: Day, language: StatementLanguage): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    dateStyle: 'long',
    timeZone: 'UTC',
  }).format(Date.parse(parseDay(day)));
}
