/**
 * Records made at random, right ones and wrong ones, each wrong one with the one fault it has.
 * @module
 */

import fc from 'fast-check';
import { CATEGORIES } from './category.ts';
import {
  ACCOUNT_TYPES,
  ACCOUNTS,
  AUTOMATED_DECISIONS,
  CONTENT_LANGUAGES,
  CONTENT_TYPES,
  EEA_COUNTRIES,
  FIELDS,
  type FieldName,
  MONETARIES,
  PROVISIONS,
  RECORD_CATEGORIES,
  RESTRICTION_FIELDS,
  SOURCE_TYPES,
  type StatementRecord,
  VISIBILITIES,
} from './record.ts';
import type { FaultReason } from './record-check.ts';

const WORDS =
  'the picture shows a person in an intimate state and was shared without consent; we compared it with ours, looked, and removed it. Sección 4 de las condiciones – Übermittlung 画像 صورة'.split(
    ' ',
  );

const words = (most: number): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 16 })
    .map((all) => all.join(' ').slice(0, most).trim() || 'words');

const someOf = <T extends string>(values: readonly T[], most = 3): fc.Arbitrary<T[]> =>
  fc.subarray([...values], { minLength: 1, maxLength: Math.min(most, values.length) });

const day = (from: string, to: string): fc.Arbitrary<string> =>
  fc
    .integer({ min: Date.parse(from) / 86_400_000, max: Date.parse(to) / 86_400_000 })
    .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

/** What the parts of a record are drawn as, before they are fitted to each other. */
const parts = fc.record({
  restrictions: fc.subarray([...RESTRICTION_FIELDS], { minLength: 1 }),
  visibility: someOf(VISIBILITIES),
  monetary: fc.constantFrom(...MONETARIES),
  provision: fc.constantFrom(...PROVISIONS),
  account: fc.constantFrom(...ACCOUNTS),
  accountType: maybe(fc.constantFrom(...ACCOUNT_TYPES)),
  illegal: fc.boolean(),
  url: maybe(fc.constantFrom('https://eur-lex.europa.eu/eli/dir/2024/1385/oj', 'https://site.example/terms')),
  alsoIllegal: maybe(fc.constantFrom('Yes' as const, 'No' as const)),
  short: words(500),
  explanation: words(2000),
  facts: words(5000),
  contentType: someOf(CONTENT_TYPES),
  category: fc.constantFrom(...CATEGORIES.filter(({ id }) => RECORD_CATEGORIES.includes(id))),
  specified: maybe(fc.nat()),
  scope: maybe(someOf(EEA_COUNTRIES, 30)),
  language: maybe(fc.constantFrom(...CONTENT_LANGUAGES)),
  contentDay: day('2000-01-01', '2026-11-01'),
  appliedDay: day('2026-11-01', '2027-12-31'),
  ends: fc.tuple(...RESTRICTION_FIELDS.map(() => maybe(day('2028-01-01', '2037-12-31')))),
  source: fc.constantFrom(...SOURCE_TYPES),
  identity: maybe(words(500)),
  detection: fc.constantFrom('Yes' as const, 'No' as const),
  automated: fc.constantFrom(...AUTOMATED_DECISIONS),
  ean: maybe(fc.stringMatching(/^[0-9]{13}$/)),
  puid: fc.stringMatching(/^[A-Za-z0-9_-]{1,60}$/),
});

/** A record without a fault. */
export const rightRecord: fc.Arbitrary<StatementRecord> = parts.map((part): StatementRecord => {
  const has = (name: (typeof RESTRICTION_FIELDS)[number]): boolean => part.restrictions.includes(name);
  const specifications = [
    ...part.category.specifications.map(({ id }) => id),
    ...(part.category.other ? ['KEYWORD_OTHER'] : []),
  ];
  const specification =
    part.specified === undefined || specifications.length === 0
      ? undefined
      : specifications[part.specified % specifications.length];
  const record: { [name in FieldName]?: unknown } = {
    ...(has('decision_visibility') && { decision_visibility: part.visibility }),
    ...(has('decision_visibility') &&
      part.visibility.includes('DECISION_VISIBILITY_OTHER') && { decision_visibility_other: part.short }),
    ...(has('decision_monetary') && { decision_monetary: part.monetary }),
    ...(has('decision_monetary') &&
      part.monetary === 'DECISION_MONETARY_OTHER' && { decision_monetary_other: part.short }),
    ...(has('decision_provision') && { decision_provision: part.provision }),
    ...(has('decision_account') && { decision_account: part.account }),
    account_type: part.accountType,
    decision_ground: part.illegal
      ? 'DECISION_GROUND_ILLEGAL_CONTENT'
      : 'DECISION_GROUND_INCOMPATIBLE_CONTENT',
    decision_ground_reference_url: part.url,
    ...(part.illegal
      ? { illegal_content_legal_ground: part.short, illegal_content_explanation: part.explanation }
      : {
          incompatible_content_ground: part.short,
          incompatible_content_explanation: part.explanation,
          incompatible_content_illegal: part.alsoIllegal,
        }),
    content_type: part.contentType,
    ...(part.contentType.includes('CONTENT_TYPE_OTHER') && { content_type_other: part.short }),
    category: part.category.id,
    ...(specification !== undefined && { category_specification: [specification] }),
    ...(specification === 'KEYWORD_OTHER' && { category_specification_other: part.short }),
    territorial_scope: part.scope,
    content_language: part.language,
    content_date: part.contentDay,
    application_date: part.appliedDay,
    end_date_visibility_restriction: has('decision_visibility') ? part.ends[0] : undefined,
    end_date_monetary_restriction: has('decision_monetary') ? part.ends[1] : undefined,
    end_date_service_restriction: has('decision_provision') ? part.ends[2] : undefined,
    end_date_account_restriction: has('decision_account') ? part.ends[3] : undefined,
    decision_facts: part.facts,
    source_type: part.source,
    source_identity: part.source === 'SOURCE_VOLUNTARY' ? undefined : part.identity,
    automated_detection: part.detection,
    automated_decision: part.automated,
    content_id: part.ean === undefined ? undefined : { 'EAN-13': part.ean },
    puid: part.puid,
  };
  for (const name of Object.keys(record) as FieldName[]) if (record[name] === undefined) delete record[name];
  return record as unknown as StatementRecord;
});

/** A record with one fault, and the fault. */
export interface WrongRecord {
  readonly record: unknown;
  readonly field: string;
  readonly reason: FaultReason;
}

type Change = (record: Record<string, unknown>, nth: number) => WrongRecord | undefined;

/** A restriction's name by that of its end date. */
const RESTRICTION_OF: Readonly<Record<string, string>> = {
  end_date_visibility_restriction: 'decision_visibility',
  end_date_monetary_restriction: 'decision_monetary',
  end_date_service_restriction: 'decision_provision',
  end_date_account_restriction: 'decision_account',
};

const PERSONAL = [
  'rosa.example@mail.example',
  '+34 600 123 456',
  'https://x.com/rosa_example',
  '@rosa_example',
];
const pick = <T>(all: readonly T[], nth: number): T | undefined =>
  all.length === 0 ? undefined : all[nth % all.length];

/** Changes a record that was right in one way; `undefined` where this record has nothing that could be changed so. */
const CHANGES: readonly Change[] = [
  (record, nth) => {
    const must = FIELDS.filter(({ name, need }) => need === 'must' && record[name] !== undefined);
    const { name } = pick(must, nth)!;
    const { [name]: _, ...rest } = record;
    return {
      record: nth % 2 === 0 ? rest : { ...record, [name]: nth % 3 === 0 ? null : '' },
      field: name,
      reason: 'missing',
    };
  },
  (record, nth) => {
    const due = FIELDS.filter(({ name, need }) => typeof need === 'object' && record[name] !== undefined);
    const found = pick(due, nth);
    if (found === undefined) return undefined;
    const { [found.name]: _, ...rest } = record;
    return { record: rest, field: found.name, reason: 'missing' };
  },
  (record, nth) => {
    const { name } = pick(
      FIELDS.filter((each) => record[each.name] !== undefined && steady(each.name, record)),
      nth,
    )!;
    return { record: { ...record, [name]: 17 }, field: name, reason: 'wrong-type' };
  },
  (record, nth) => {
    const chosen = FIELDS.filter(
      ({ name, form }) =>
        (form.kind === 'one-of' || form.kind === 'some-of') &&
        record[name] !== undefined &&
        steady(name, record),
    );
    const found = pick(chosen, nth);
    if (found === undefined) return undefined;
    const wrong = 'DECISION_MADE_UP';
    return {
      record: {
        ...record,
        [found.name]: found.form.kind === 'some-of' ? [...(record[found.name] as string[]), wrong] : wrong,
      },
      field: found.name,
      reason: 'unknown-value',
    };
  },
  (record, nth) => {
    const found = pick(
      FIELDS.filter(({ name, form }) => form.kind === 'some-of' && record[name] !== undefined),
      nth,
    )!;
    const values = record[found.name] as string[];
    return {
      record: { ...record, [found.name]: [...values, values[0]] },
      field: found.name,
      reason: 'repeated-value',
    };
  },
  (record, nth) => {
    const found = pick(
      FIELDS.filter(({ name, form }) => 'most' in form && record[name] !== undefined),
      nth,
    )!;
    if (!('most' in found.form)) return undefined;
    return {
      record: { ...record, [found.name]: 'a'.repeat(found.form.most + 1) },
      field: found.name,
      reason: 'too-long',
    };
  },
  (record, nth) => {
    const found = pick(
      FIELDS.filter(({ name, form }) => form.kind === 'day' && record[name] !== undefined),
      nth,
    )!;
    return {
      record: { ...record, [found.name]: pick(['2026-02-30', '01/02/2026', '2026-1-2', 'today'], nth) },
      field: found.name,
      reason: 'not-a-day',
    };
  },
  (record, nth) => {
    const found = pick(
      FIELDS.filter(({ name, form }) => form.kind === 'day' && record[name] !== undefined),
      nth,
    )!;
    return {
      record: { ...record, [found.name]: nth % 2 === 0 ? '1999-12-31' : '2038-01-02' },
      field: found.name,
      reason: 'day-out-of-range',
    };
  },
  (record, nth) => {
    const found = pick(
      FIELDS.filter(({ name, form }) => form.kind === 'text' && record[name] !== undefined),
      nth,
    )!;
    return {
      record: { ...record, [found.name]: `The picture of ${pick(PERSONAL, nth)} was removed` },
      field: found.name,
      reason: 'personal-data',
    };
  },
  (record, nth) => ({
    record: { ...record, puid: pick(['a b', 'a/b', 'añb', 'a.b', 'a\n'], nth) },
    field: 'puid',
    reason: 'malformed',
  }),
  (record) => ({
    record: { ...record, decision_ground_reference_url: 'javascript:alert(1)' },
    field: 'decision_ground_reference_url',
    reason: 'malformed',
  }),
  (record) => ({
    record: { ...record, decision_ground_reference_url: 'https://x.com/rosa_example' },
    field: 'decision_ground_reference_url',
    reason: 'personal-data',
  }),
  (record) => {
    const bare = { ...record };
    for (const name of [...RESTRICTION_FIELDS, 'decision_visibility_other', 'decision_monetary_other'])
      delete bare[name];
    for (const name of Object.keys(RESTRICTION_OF)) delete bare[name];
    return { record: bare, field: 'record', reason: 'no-restriction' };
  },
  (record) => ({ record: { ...record, reporter: 'somebody' }, field: 'record', reason: 'unknown-field' }),
  (record) => {
    const barred =
      record['decision_ground'] === 'DECISION_GROUND_ILLEGAL_CONTENT'
        ? 'incompatible_content_ground'
        : 'illegal_content_explanation';
    return { record: { ...record, [barred]: 'words' }, field: barred, reason: 'not-allowed-here' };
  },
  (record) =>
    record['source_type'] !== 'SOURCE_VOLUNTARY'
      ? undefined
      : {
          record: { ...record, source_identity: 'an office' },
          field: 'source_identity',
          reason: 'not-allowed-here',
        },
  (record, nth) => {
    const free = Object.entries(RESTRICTION_OF).filter(
      ([, restriction]) => record[restriction] === undefined,
    );
    const found = pick(free, nth);
    if (found === undefined) return undefined;
    return { record: { ...record, [found[0]]: '2030-01-01' }, field: found[0], reason: 'not-allowed-here' };
  },
  (record, nth) => {
    const set = Object.entries(RESTRICTION_OF).filter(([, restriction]) => record[restriction] !== undefined);
    const found = pick(set, nth)!;
    return {
      record: { ...record, [found[0]]: '2026-10-31' },
      field: found[0],
      reason: 'ends-before-it-begins',
    };
  },
  (record) => {
    const { content_date: _, ...rest } = record;
    for (const name of Object.keys(RESTRICTION_OF)) delete rest[name];
    return {
      record: { ...rest, content_date: '2028-01-01' },
      field: 'application_date',
      reason: 'applied-before-content',
    };
  },
  (record) => ({
    record: {
      ...Object.fromEntries(
        Object.entries(record).filter(([name]) => name !== 'category_specification_other'),
      ),
      category: 'STATEMENT_CATEGORY_CYBER_VIOLENCE',
      category_specification: ['KEYWORD_NUDITY'],
    },
    field: 'category_specification',
    reason: 'other-category',
  }),
  (record, nth) => ({
    record: { ...record, content_id: pick([{ 'EAN-13': '12' }, { 'EAN-13': 'abcdefghijklm' }], nth) },
    field: 'content_id',
    reason: 'malformed',
  }),
  (record, nth) => ({
    record: pick([null, [], 'a record', 3, [record]], nth),
    field: 'record',
    reason: 'not-an-object',
  }),
];

/** Whether changing this field's value leaves no other field without its condition. */
function steady(name: FieldName, record: Readonly<Record<string, unknown>>): boolean {
  if (RESTRICTION_FIELDS.some((each) => each === name)) {
    return (
      !Object.entries(RESTRICTION_OF).some(([end, of]) => of === name && record[end] !== undefined) &&
      !dependents(name, record)
    );
  }
  return !dependents(name, record);
}

function dependents(name: FieldName, record: Readonly<Record<string, unknown>>): boolean {
  return FIELDS.some(
    ({ name: other, need, only }) =>
      record[other] !== undefined &&
      ((typeof need === 'object' && need.field === name) || only?.field === name),
  );
}

/** A record with exactly one fault. */
export const wrongRecord: fc.Arbitrary<WrongRecord> = fc
  .tuple(rightRecord, fc.nat(CHANGES.length - 1), fc.nat(1000))
  .map(([record, change, nth]) => {
    const right = record as unknown as Record<string, unknown>;
    for (let i = 0; ; i++) {
      const wrong = CHANGES[(change + i) % CHANGES.length]!(right, nth);
      if (wrong !== undefined) return wrong;
    }
  });

/** How many ways of being wrong there are. */
export const WAYS = CHANGES.length;
