/**
 * The record of a statement of reasons as the Commission's Transparency Database takes it: every field, value and limit.
 *
 * Source: API v1 of the database, schema 2 (since 2025-07-01), repository digital-services-act/transparency-database, head
 * of 2026-06-24 (`StatementStoreRequest`, `Statement`). Regulation (EU) 2022/2065, Art. 17 and 24(5).
 * @module
 */

import { CATEGORIES, type CategoryId, SPECIFICATIONS, type SpecificationId } from './category.ts';

/** What can be done to the visibility of content. */
export const VISIBILITIES = [
  'DECISION_VISIBILITY_CONTENT_REMOVED',
  'DECISION_VISIBILITY_CONTENT_DISABLED',
  'DECISION_VISIBILITY_CONTENT_DEMOTED',
  'DECISION_VISIBILITY_CONTENT_AGE_RESTRICTED',
  'DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED',
  'DECISION_VISIBILITY_CONTENT_LABELLED',
  'DECISION_VISIBILITY_OTHER',
] as const;
/** What can be done to payments. */
export const MONETARIES = [
  'DECISION_MONETARY_SUSPENSION',
  'DECISION_MONETARY_TERMINATION',
  'DECISION_MONETARY_OTHER',
] as const;
/** What can be done to the service. */
export const PROVISIONS = [
  'DECISION_PROVISION_PARTIAL_SUSPENSION',
  'DECISION_PROVISION_TOTAL_SUSPENSION',
  'DECISION_PROVISION_PARTIAL_TERMINATION',
  'DECISION_PROVISION_TOTAL_TERMINATION',
] as const;
/** What can be done to an account. */
export const ACCOUNTS = ['DECISION_ACCOUNT_SUSPENDED', 'DECISION_ACCOUNT_TERMINATED'] as const;
/** Kinds of account. */
export const ACCOUNT_TYPES = ['ACCOUNT_TYPE_BUSINESS', 'ACCOUNT_TYPE_PRIVATE'] as const;
/** Law or terms. */
export const GROUNDS = ['DECISION_GROUND_ILLEGAL_CONTENT', 'DECISION_GROUND_INCOMPATIBLE_CONTENT'] as const;
/** Kinds of content. */
export const CONTENT_TYPES = [
  'CONTENT_TYPE_APP',
  'CONTENT_TYPE_AUDIO',
  'CONTENT_TYPE_IMAGE',
  'CONTENT_TYPE_PRODUCT',
  'CONTENT_TYPE_SYNTHETIC_MEDIA',
  'CONTENT_TYPE_TEXT',
  'CONTENT_TYPE_VIDEO',
  'CONTENT_TYPE_OTHER',
] as const;
/** What the decision came from. */
export const SOURCE_TYPES = [
  'SOURCE_ARTICLE_16',
  'SOURCE_TRUSTED_FLAGGER',
  'SOURCE_TYPE_OTHER_NOTIFICATION',
  'SOURCE_VOLUNTARY',
] as const;
/** How far the decision was automated. */
export const AUTOMATED_DECISIONS = [
  'AUTOMATED_DECISION_FULLY',
  'AUTOMATED_DECISION_PARTIALLY',
  'AUTOMATED_DECISION_NOT_AUTOMATED',
] as const;
/** Countries a restriction can name: the members of the Union, Iceland, Liechtenstein and Norway. */
export const EEA_COUNTRIES: readonly string[] =
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(' ');
/** Languages of content, ISO 639-1 in capitals. */
export const CONTENT_LANGUAGES: readonly string[] =
  'AA AB AE AF AK AM AN AR AS AV AY AZ BA BE BG BH BI BM BN BO BR BS CA CE CH CO CR CS CU CV CY DA DE DV DZ EE EL EN EO ES ET EU FA FF FI FJ FO FR FY GA GD GL GN GU GV HA HE HI HO HR HT HU HY HZ IA ID IE IG II IK IO IS IT IU JA JV KA KG KI KJ KK KL KM KN KO KR KS KU KV KW KY LA LB LG LI LN LO LT LU LV MG MH MI MK ML MN MR MS MT MY NA NB ND NE NG NL NN NO NR NV NY OC OJ OM OR OS PA PI PL PS PT QU RM RN RO RU RW SA SC SD SE SG SI SK SL SM SN SO SQ SR SS ST SU SV SW TA TE TG TH TI TK TL TN TO TR TS TT TW TY UG UK UR UZ VE VI VO WA WO XH YI YO ZA ZH ZU'.split(
    ' ',
  );

/** The categories that a record may bear: all but the one that only orders know. */
export const RECORD_CATEGORIES: readonly string[] = CATEGORIES.map((each) => each.id).filter(
  (id) => id !== 'STATEMENT_CATEGORY_NOT_SPECIFIED_ORDER',
);

/** A record. Optional fields that are left out are unknown or not applicable; an end date left out means indefinitely. */
export interface StatementRecord {
  readonly decision_visibility?: readonly (typeof VISIBILITIES)[number][];
  readonly decision_visibility_other?: string;
  readonly decision_monetary?: (typeof MONETARIES)[number];
  readonly decision_monetary_other?: string;
  readonly decision_provision?: (typeof PROVISIONS)[number];
  readonly decision_account?: (typeof ACCOUNTS)[number];
  readonly account_type?: (typeof ACCOUNT_TYPES)[number];
  readonly decision_ground: (typeof GROUNDS)[number];
  readonly decision_ground_reference_url?: string;
  readonly illegal_content_legal_ground?: string;
  readonly illegal_content_explanation?: string;
  readonly incompatible_content_ground?: string;
  readonly incompatible_content_explanation?: string;
  readonly incompatible_content_illegal?: 'Yes' | 'No';
  readonly content_type: readonly (typeof CONTENT_TYPES)[number][];
  readonly content_type_other?: string;
  readonly category: CategoryId;
  readonly category_addition?: readonly CategoryId[];
  readonly category_specification?: readonly SpecificationId[];
  readonly category_specification_other?: string;
  readonly territorial_scope?: readonly string[];
  readonly content_language?: string;
  readonly content_date: string;
  readonly application_date: string;
  readonly end_date_visibility_restriction?: string;
  readonly end_date_monetary_restriction?: string;
  readonly end_date_service_restriction?: string;
  readonly end_date_account_restriction?: string;
  readonly decision_facts: string;
  readonly source_type: (typeof SOURCE_TYPES)[number];
  readonly source_identity?: string;
  readonly automated_detection: 'Yes' | 'No';
  readonly automated_decision: (typeof AUTOMATED_DECISIONS)[number];
  readonly content_id?: { readonly 'EAN-13': string };
  readonly puid: string;
}

/** The name of a field. */
export type FieldName = keyof StatementRecord;

/** What a field takes. Lengths are counted in characters (code points). */
export type FieldForm =
  | { readonly kind: 'one-of'; readonly values: readonly string[] }
  | { readonly kind: 'some-of'; readonly values: readonly string[] }
  | { readonly kind: 'text'; readonly most: number }
  | { readonly kind: 'url'; readonly most: number }
  | { readonly kind: 'day'; readonly first: string; readonly last: string }
  | { readonly kind: 'puid'; readonly most: number }
  | { readonly kind: 'ean' };

/** A condition on another field. */
export type FieldWhen = { readonly field: FieldName; readonly holds: string };

/** A field: what it takes, whether it has to be there, and where it may not be. */
export interface Field {
  readonly name: FieldName;
  readonly form: FieldForm;
  /** `must`: always; `may`: never asked for; a condition: required where it holds, and refused where it does not. */
  readonly need: 'must' | 'may' | FieldWhen;
  /** Allowed only where the condition holds, without being required there. */
  readonly only?: FieldWhen;
  /** Not allowed where the condition holds. */
  readonly never?: FieldWhen;
}

const oneOf = (values: readonly string[]): FieldForm => ({ kind: 'one-of', values });
const someOf = (values: readonly string[]): FieldForm => ({ kind: 'some-of', values });
const text = (most: number): FieldForm => ({ kind: 'text', most });
const day = (first: string): FieldForm => ({ kind: 'day', first, last: '2038-01-01' });
const when = (field: FieldName, holds: string): FieldWhen => ({ field, holds });
const ILLEGAL = when('decision_ground', 'DECISION_GROUND_ILLEGAL_CONTENT');
const INCOMPATIBLE = when('decision_ground', 'DECISION_GROUND_INCOMPATIBLE_CONTENT');

/** Every field of the schema, in the order of the database's documents. */
export const FIELDS: readonly Field[] = [
  { name: 'decision_visibility', form: someOf(VISIBILITIES), need: 'may' },
  {
    name: 'decision_visibility_other',
    form: text(500),
    need: when('decision_visibility', 'DECISION_VISIBILITY_OTHER'),
  },
  { name: 'decision_monetary', form: oneOf(MONETARIES), need: 'may' },
  {
    name: 'decision_monetary_other',
    form: text(500),
    need: when('decision_monetary', 'DECISION_MONETARY_OTHER'),
  },
  { name: 'decision_provision', form: oneOf(PROVISIONS), need: 'may' },
  { name: 'decision_account', form: oneOf(ACCOUNTS), need: 'may' },
  { name: 'account_type', form: oneOf(ACCOUNT_TYPES), need: 'may' },
  { name: 'decision_ground', form: oneOf(GROUNDS), need: 'must' },
  { name: 'decision_ground_reference_url', form: { kind: 'url', most: 500 }, need: 'may' },
  { name: 'illegal_content_legal_ground', form: text(500), need: ILLEGAL },
  { name: 'illegal_content_explanation', form: text(2000), need: ILLEGAL },
  { name: 'incompatible_content_ground', form: text(500), need: INCOMPATIBLE },
  { name: 'incompatible_content_explanation', form: text(2000), need: INCOMPATIBLE },
  { name: 'incompatible_content_illegal', form: oneOf(['Yes', 'No']), need: 'may', only: INCOMPATIBLE },
  { name: 'content_type', form: someOf(CONTENT_TYPES), need: 'must' },
  { name: 'content_type_other', form: text(500), need: when('content_type', 'CONTENT_TYPE_OTHER') },
  { name: 'category', form: oneOf(RECORD_CATEGORIES), need: 'must' },
  { name: 'category_addition', form: someOf(RECORD_CATEGORIES), need: 'may' },
  { name: 'category_specification', form: someOf(SPECIFICATIONS), need: 'may' },
  {
    name: 'category_specification_other',
    form: text(500),
    need: 'may',
    only: when('category_specification', 'KEYWORD_OTHER'),
  },
  { name: 'territorial_scope', form: someOf(EEA_COUNTRIES), need: 'may' },
  { name: 'content_language', form: oneOf(CONTENT_LANGUAGES), need: 'may' },
  { name: 'content_date', form: day('2000-01-01'), need: 'must' },
  { name: 'application_date', form: day('2020-01-01'), need: 'must' },
  { name: 'end_date_visibility_restriction', form: day('2020-01-01'), need: 'may' },
  { name: 'end_date_monetary_restriction', form: day('2020-01-01'), need: 'may' },
  { name: 'end_date_service_restriction', form: day('2020-01-01'), need: 'may' },
  { name: 'end_date_account_restriction', form: day('2020-01-01'), need: 'may' },
  { name: 'decision_facts', form: text(5000), need: 'must' },
  { name: 'source_type', form: oneOf(SOURCE_TYPES), need: 'must' },
  { name: 'source_identity', form: text(500), need: 'may', never: when('source_type', 'SOURCE_VOLUNTARY') },
  { name: 'automated_detection', form: oneOf(['Yes', 'No']), need: 'must' },
  { name: 'automated_decision', form: oneOf(AUTOMATED_DECISIONS), need: 'must' },
  { name: 'content_id', form: { kind: 'ean' }, need: 'may' },
  { name: 'puid', form: { kind: 'puid', most: 500 }, need: 'must' },
];

/** The four groups of restrictions; a record bears at least one. */
export const RESTRICTION_FIELDS = [
  'decision_visibility',
  'decision_monetary',
  'decision_provision',
  'decision_account',
] as const;

/** Which end date belongs to which restriction. */
export const END_DATES = [
  ['end_date_visibility_restriction', 'decision_visibility'],
  ['end_date_monetary_restriction', 'decision_monetary'],
  ['end_date_service_restriction', 'decision_provision'],
  ['end_date_account_restriction', 'decision_account'],
] as const;

/** Statements in one request to the database, at most. */
export const RECORDS_PER_REQUEST = 100;
