/**
 * Whether a record is one that the Transparency Database takes, and that we may send: each fault by its field and a closed
 * reason. Nothing of the record is repeated in a fault.
 *
 * Stricter than the database in six places, each because a record cannot be corrected once it is public: a field that the
 * database would drop without a word is refused (`not-allowed-here`), so are unknown fields and values named twice; an end
 * before its beginning, or without its restriction; a sub-category under another category; and personal data in any text.
 * @module
 */

import { parseDay } from '../day.ts';
import { belongsTo } from './category.ts';
import { findPersonalData, type PersonalData } from './personal-data.ts';
import {
  END_DATES,
  FIELDS,
  type Field,
  type FieldForm,
  type FieldName,
  type FieldWhen,
  RESTRICTION_FIELDS,
  type StatementRecord,
} from './record.ts';

/** Why a field is refused. */
export type FaultReason =
  | 'not-an-object'
  | 'unknown-field'
  | 'missing'
  | 'wrong-type'
  | 'unknown-value'
  | 'repeated-value'
  | 'too-long'
  | 'malformed'
  | 'not-a-day'
  | 'day-out-of-range'
  | 'not-allowed-here'
  | 'no-restriction'
  | 'ends-before-it-begins'
  | 'applied-before-content'
  | 'other-category'
  | 'personal-data';

/** One fault. `field` is a name of the schema, or `record` where it is about none alone. */
export interface RecordFault {
  readonly field: FieldName | 'record';
  readonly reason: FaultReason;
  /** What the linter found, for `personal-data`. */
  readonly found?: readonly PersonalData[];
}

/** A record that may be sent; made by `checkRecord` alone. */
export type CheckedRecord = StatementRecord & { readonly __brand: 'CheckedRecord' };

/** The record, or everything that is wrong with it, in the order of the schema. */
export function checkRecord(
  value: unknown,
):
  | { readonly ok: true; readonly record: CheckedRecord }
  | { readonly ok: false; readonly faults: readonly RecordFault[] } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, faults: [{ field: 'record', reason: 'not-an-object' }] };
  }
  const given = value as Readonly<Record<string, unknown>>;
  const faults: RecordFault[] = FIELDS.flatMap((field) => faultsOf(field, given));
  if (Object.keys(given).some((name) => !FIELDS.some((field) => field.name === name))) {
    faults.push({ field: 'record', reason: 'unknown-field' });
  }
  if (RESTRICTION_FIELDS.every((name) => isAbsent(given[name]))) {
    faults.push({ field: 'record', reason: 'no-restriction' });
  }
  // Relations are asked of fields that are right by themselves: one mistake is one fault.
  const sound = (name: FieldName): boolean =>
    !isAbsent(given[name]) && !faults.some(({ field }) => field === name);
  for (const [end, restriction] of END_DATES) {
    if (!sound(end)) continue;
    if (isAbsent(given[restriction])) faults.push({ field: end, reason: 'not-allowed-here' });
    else if (sound('application_date') && (given[end] as string) < (given['application_date'] as string)) {
      faults.push({ field: end, reason: 'ends-before-it-begins' });
    }
  }
  if (
    sound('content_date') &&
    sound('application_date') &&
    (given['application_date'] as string) < (given['content_date'] as string)
  ) {
    faults.push({ field: 'application_date', reason: 'applied-before-content' });
  }
  if (sound('category') && sound('category_specification')) {
    const categories = [
      given['category'] as string,
      ...(sound('category_addition') ? (given['category_addition'] as string[]) : []),
    ];
    const stray = (given['category_specification'] as string[]).some(
      (each) => each !== 'KEYWORD_STALKING' && !categories.some((category) => belongsTo(each, category)),
    );
    if (stray) faults.push({ field: 'category_specification', reason: 'other-category' });
  }
  return faults.length === 0 ? { ok: true, record: value as CheckedRecord } : { ok: false, faults };
}

function faultsOf(field: Field, given: Readonly<Record<string, unknown>>): readonly RecordFault[] {
  const { name, need, only, never } = field;
  const value = given[name];
  const fault = (reason: FaultReason): readonly RecordFault[] => [{ field: name, reason }];
  const conditional = typeof need === 'object';
  const required = need === 'must' || (conditional && holds(need, given));
  if (isAbsent(value)) return required ? fault('missing') : [];
  const barred =
    (conditional && !required && isAnswered(need.field, given)) ||
    (only !== undefined && !holds(only, given) && isAnswered(only.field, given)) ||
    (never !== undefined && holds(never, given));
  if (barred) return fault('not-allowed-here');
  const reason = misfit(field.form, value);
  if (reason !== undefined) return fault(reason);
  if (field.form.kind !== 'text' && field.form.kind !== 'url') return [];
  const found = findPersonalData(value as string).filter(
    // The address of a law or of the terms is a link; that of an account is a person.
    ({ kind }) => field.form.kind === 'text' || kind !== 'link',
  );
  return found.length === 0 ? [] : [{ field: name, reason: 'personal-data', found }];
}

/** Absent as the database sees it: null and the empty list and text are no answer. */
function isAbsent(value: unknown): boolean {
  return (
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

function holds({ field, holds: wanted }: FieldWhen, given: Readonly<Record<string, unknown>>): boolean {
  const value = given[field];
  return Array.isArray(value) ? value.includes(wanted) : value === wanted;
}

/** Whether a field on which another depends is as it should be: its own fault is named once, not at every field behind it. */
function isAnswered(name: FieldName, given: Readonly<Record<string, unknown>>): boolean {
  const { form, need } = FIELDS.find((field) => field.name === name)!;
  const value = given[name];
  return isAbsent(value) ? need !== 'must' : misfit(form, value) === undefined;
}

function misfit(form: FieldForm, value: unknown): FaultReason | undefined {
  switch (form.kind) {
    case 'one-of':
      if (typeof value !== 'string') return 'wrong-type';
      return form.values.includes(value) ? undefined : 'unknown-value';
    case 'some-of':
      if (!Array.isArray(value) || !value.every((each) => typeof each === 'string')) return 'wrong-type';
      if (!value.every((each) => form.values.includes(each))) return 'unknown-value';
      return new Set(value).size === value.length ? undefined : 'repeated-value';
    case 'text':
      if (typeof value !== 'string') return 'wrong-type';
      if (!value.isWellFormed() || value.trim() === '') return 'malformed';
      return lengthOf(value) > form.most ? 'too-long' : undefined;
    case 'url':
      if (typeof value !== 'string') return 'wrong-type';
      if (lengthOf(value) > form.most) return 'too-long';
      return /^https?:\/\/[\x21-\x7e]+\.[\x21-\x7e]+$/.test(value) ? undefined : 'malformed';
    case 'day':
      if (typeof value !== 'string') return 'wrong-type';
      if (!isDay(value)) return 'not-a-day';
      return value < form.first || value > form.last ? 'day-out-of-range' : undefined;
    case 'puid':
      if (typeof value !== 'string') return 'wrong-type';
      if (lengthOf(value) > form.most) return 'too-long';
      return /^[a-zA-Z0-9_-]+$/.test(value) ? undefined : 'malformed';
    case 'ean': {
      if (typeof value !== 'object' || Array.isArray(value)) return 'wrong-type';
      const [key, ...more] = Object.keys(value!);
      if (key !== 'EAN-13' || more.length > 0) return 'unknown-value';
      const code: unknown = (value as Readonly<Record<string, unknown>>)['EAN-13'];
      return typeof code === 'string' && /^[0-9]{13}$/.test(code) ? undefined : 'malformed';
    }
    default:
      return form satisfies never;
  }
}

function lengthOf(value: string): number {
  let count = 0;
  for (const _ of value) count += 1;
  return count;
}

function isDay(value: string): boolean {
  try {
    parseDay(value);
    return true;
  } catch {
    return false;
  }
}
