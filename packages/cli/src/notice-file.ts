/**
 * A notice as a file: JSON with the fields of the superset notice (`law/duty/notice-draft`), each of them optional. An
 * unknown field is an error, since a misspelt one would be a missing element that nobody sees.
 * @module
 */

import { DECLARATIONS, type DeclarationId, type Ticked } from '@reclaim/law/duty/declaration';
import { EMPTY_DRAFT, type NoticeDraft, type Signature } from '@reclaim/law/duty/notice-draft';
import { Problem } from './problem.ts';

const MOST_LOCATIONS = 10_000;
const MOST_TEXT = 100_000;

const CHOICES = {
  standing: ['depicted', 'authorised', 'parent', 'other', 'not-said'],
  kind: ['authentic', 'forgery', 'threatened', 'not-said'],
  age: ['adult', 'under-18-now', 'under-18-when-taken', 'not-said'],
} as const satisfies { readonly [Name in keyof NoticeDraft]?: readonly NoticeDraft[Name][] };

/** @throws {Problem} for what is no notice, naming the field and what it expects; nothing of the text is repeated */
export function parseNotice(text: string): NoticeDraft {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw new Problem('this is not JSON');
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new Problem('a notice is a JSON object');
  }
  const fields = given as Readonly<Record<string, unknown>>;
  const known = Object.keys(EMPTY_DRAFT);
  if (Object.keys(fields).some((name) => !known.includes(name))) {
    throw new Problem(`a notice has the fields ${known.join(', ')} and no others`);
  }
  const draft: { -readonly [Name in keyof NoticeDraft]: NoticeDraft[Name] } = { ...EMPTY_DRAFT };
  for (const name of ['authorityBasis', 'facts', 'work', 'name', 'email', 'otherContact'] as const) {
    if (fields[name] !== undefined) draft[name] = textOf(fields[name], name);
  }
  if (fields['standing'] !== undefined) draft.standing = choiceOf(fields['standing'], 'standing');
  if (fields['kind'] !== undefined) draft.kind = choiceOf(fields['kind'], 'kind');
  if (fields['age'] !== undefined) draft.age = choiceOf(fields['age'], 'age');
  if (fields['locations'] !== undefined) draft.locations = locationsOf(fields['locations']);
  if (fields['declarations'] !== undefined) draft.declarations = declarationsOf(fields['declarations']);
  if (fields['signature'] !== undefined) draft.signature = signatureOf(fields['signature']);
  return draft;
}

function textOf(value: unknown, name: string): string {
  if (typeof value !== 'string' || value.length > MOST_TEXT) {
    throw new Problem(`${name} expects a text of at most ${MOST_TEXT} characters`);
  }
  return value;
}

function choiceOf<Name extends keyof typeof CHOICES>(
  value: unknown,
  name: Name,
): (typeof CHOICES)[Name][number] {
  const choices: readonly (typeof CHOICES)[Name][number][] = CHOICES[name];
  const found = choices.find((each) => each === value);
  if (found === undefined) throw new Problem(`${name} expects one of ${choices.join(', ')}`);
  return found;
}

function locationsOf(value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.length > MOST_LOCATIONS) {
    throw new Problem(`locations expects a list of at most ${MOST_LOCATIONS} texts`);
  }
  return value.map((each) => textOf(each, 'each location'));
}

function declarationsOf(value: unknown): readonly Ticked[] {
  const ids: readonly DeclarationId[] = DECLARATIONS.map(({ id }) => id);
  const expected = `declarations expects a list of { id, version, atMs }, with an id of ${ids.join(', ')}`;
  if (!Array.isArray(value) || value.length > 100) throw new Problem(expected);
  return value.map((each: unknown): Ticked => {
    const { id, version, atMs } = (typeof each === 'object' && each !== null ? each : {}) as Partial<Ticked>;
    const found = ids.find((known) => known === id);
    if (found === undefined || typeof version !== 'string' || !Number.isSafeInteger(atMs))
      throw new Problem(expected);
    return { id: found, version, atMs: atMs! };
  });
}

function signatureOf(value: unknown): Signature | null {
  if (value === null) return null;
  const { kind, text, pseudonym } = (typeof value === 'object' ? value : {}) as Partial<Signature>;
  if ((kind !== 'typed' && kind !== 'drawn') || typeof pseudonym !== 'boolean') {
    throw new Problem('signature expects { kind: typed or drawn, text, pseudonym: true or false }');
  }
  return { kind, text: textOf(text, 'signature.text'), pseudonym };
}
