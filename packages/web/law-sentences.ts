/**
 * The sentences of notices and of what follows them as the portal carries them: while the pages are built every function of a
 * table is asked for all that it can say, and the answers stand as lines of text (`portal/links/packed-sentences.ts` reads them).
 * So the skeleton of a table stands in the page once, and a language brings its words alone.
 * @module
 */

import { DECLARATIONS } from '@reclaim/law/duty/declaration';
import type { NoticeDraft } from '@reclaim/law/duty/notice-draft';
import { RULES } from '@reclaim/law/duty/rules';
import type { FollowSentences } from '@reclaim/law/notice/follow-sentences';
import { FOLLOW_AR } from '@reclaim/law/notice/follow-sentences-ar';
import { FOLLOW_EN } from '@reclaim/law/notice/follow-sentences-en';
import { FOLLOW_ES } from '@reclaim/law/notice/follow-sentences-es';
import { HOURS_RULE } from '@reclaim/law/notice/notice-text';
import type { OfficeSentences } from '@reclaim/law/notice/office-sentences';
import { OFFICE_DE } from '@reclaim/law/notice/office-sentences-de';
import { OFFICE_FR } from '@reclaim/law/notice/office-sentences-fr';
import { OFFICE_IT } from '@reclaim/law/notice/office-sentences-it';
import { OFFICE_KO } from '@reclaim/law/notice/office-sentences-ko';
import { NOTICE_REGIMES, type Sentences, type Voice } from '@reclaim/law/notice/sentences';
import { SENTENCES_AR } from '@reclaim/law/notice/sentences-ar';
import { SENTENCES_EN } from '@reclaim/law/notice/sentences-en';
import { SENTENCES_ES } from '@reclaim/law/notice/sentences-es';
import { raw } from './pack-table.ts';

/** Where packed sentences are read in the page. */
export const SENTENCE_READER = `${import.meta.dirname}/portal/links/packed-sentences.ts`;

/** A sentence of a table: its place, and for a function that chooses, all arguments that it can be asked with. */
type Slot = readonly [path: string, choices?: readonly (readonly unknown[])[]];

const KINDS = allOf<NoticeDraft['kind']>({ authentic: 0, forgery: 0, threatened: 0, 'not-said': 0 });
const VOICES = allOf<Voice>({ self: 0, 'for-another': 0 });
const STANDINGS = allOf<NoticeDraft['standing']>({
  depicted: 0,
  authorised: 0,
  parent: 0,
  other: 0,
  'not-said': 0,
});
const EACH_KIND_AND_VOICE = KINDS.flatMap((kind) => VOICES.map((voice) => [kind, voice]));

/** The numbers of hours that a notice can name under a regime: those of every version of the rule that it names, and none. */
const HOURS: readonly (readonly [string, number | null])[] = [
  ...NOTICE_REGIMES.map((regime) => [regime, null] as const),
  ...NOTICE_REGIMES.flatMap((regime) =>
    RULES.filter((each) => each.id === HOURS_RULE[regime])
      .flatMap((each) => each.versions)
      .flatMap(({ limit }) => (limit.kind === 'hours' ? [[regime, limit.count] as const] : [])),
  ),
];

const SENTENCE_SLOTS: readonly Slot[] = [
  ['subject', [...NOTICE_REGIMES, 'none', 'index', 'copyright'].map((each) => [each])],
  ['to()'],
  ['ask', HOURS],
  ['askOwnRules'],
  ['askIndex'],
  ['askHost()'],
  ...['where', 'what', 'who', 'work', 'declared', 'contact', 'keep', 'answer', 'signed'].map(
    (each): Slot => [`headings.${each}`],
  ),
  ['what', EACH_KIND_AND_VOICE],
  ['noConsent', VOICES.map((each) => [each])],
  ['ownWords'],
  ['suggested', EACH_KIND_AND_VOICE],
  ['who', STANDINGS.map((each) => [each])],
  ['authority'],
  ['name()'],
  ['email()'],
  ['other()'],
  ['contactOnly'],
  ['preserve'],
  ['answer'],
  ['notTheUploader'],
  ['copies'],
  ['signed()'],
  ['pseudonym'],
  ...['subject', 'what', 'ask', 'nothingAttached'].map((each): Slot => [`minor.${each}`]),
];

const COMPLAINT_SLOTS: readonly Slot[] = [
  'subject()',
  'to',
  'about()',
  'sent()',
  'complete()',
  'breached()',
  'noNumber()',
  'refused()',
  'ask',
  'proof',
  'quoted',
].map((each): Slot => [`complaint.${each}`]);

const FOLLOW_SLOTS: readonly Slot[] = [
  ...[
    'reminder.subject',
    'reminder.sent()',
    'reminder.number()',
    'reminder.due()',
    'reminder.waiting()',
    'reminder.still',
    'reminder.ask',
    'again.subject',
    'again.back()',
    'again.ask',
    'appeal.subject',
    'appeal.refused()',
    'appeal.ask',
    'appeal.dsa',
  ].map((each): Slot => [each]),
  ...COMPLAINT_SLOTS,
];

const OFFICE_SLOTS: readonly Slot[] = [['number()'], ['where'], ...COMPLAINT_SLOTS];

/** The arguments that stand for what is filled in. */
const PLACES = ['$1', '$2', '$3'];

/** All words of a type: the type checker refuses one that is missing. */
function allOf<Word extends string>(words: Readonly<Record<Word, 0>>): readonly Word[] {
  return Object.keys(words) as Word[];
}

/** The shape of notices' sentences as an expression of the page, in which the regimes stand by their name. */
function sentencesShape(): string {
  const [plain, asked] = [`${NOTICE_REGIMES}`, `${NOTICE_REGIMES.map((each) => `${each} `)}`];
  return `\`${shapeOf(SENTENCE_SLOTS)
    .replace(asked, `\${NOTICE_REGIMES.map((each) => each + ' ')}`)
    .replace(plain, `\${NOTICE_REGIMES}`)}\``;
}

function shapeOf(slots: readonly Slot[]): string {
  return slots
    .map(([path, choices]) =>
      choices === undefined ? path : `${path}:${choices.map((each) => each.join(' ')).join(',')}`,
    )
    .join('|');
}

/** What a table says, in the order of the slots. Refuses a table that says more than the slots name. */
function linesOf(table: object, slots: readonly Slot[], besides: readonly string[]): readonly string[] {
  const missed = pathsOf(table).filter(
    (path) =>
      !besides.includes(path.split('.')[0] ?? '') && !slots.some(([at]) => at.replace('()', '') === path),
  );
  if (missed.length > 0) throw new RangeError(`sentences: expected a slot for ${missed.join(', ')}`);
  return slots.flatMap(([path, choices]) => {
    const said = path
      .replace('()', '')
      .split('.')
      .reduce((inside: unknown, name) => (inside as Record<string, unknown>)[name], table);
    if (choices !== undefined)
      return choices.map((args) => line((said as (...all: unknown[]) => string)(...args), false));
    if (typeof said === 'string') return [line(said, false)];
    return [line((said as (...all: unknown[]) => string)(...PLACES), true)];
  });
}

function pathsOf(table: object, under = ''): readonly string[] {
  return Object.entries(table).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null ? pathsOf(value, `${under}${name}.`) : [`${under}${name}`],
  );
}

/** A text as a line; refuses what would be read back as something else. */
function line(text: string, filled: boolean): string {
  if (/[\n~]/.test(text) || (filled ? /\$(?![1-3])/ : /\$/).test(text))
    throw new RangeError('sentences: expected one line without $ or ~');
  return text;
}

/** Lines of text as an expression of the page. */
export function linesInPage(lines: readonly string[]): string {
  return `${raw(lines.join('\n'))}.split('\\n')`;
}

const IMPORT = `import { unpackSentences } from ${JSON.stringify(SENTENCE_READER)};`;

/** A language's sentences of notices. What is declared has its words in the rows; a translation brings its own beside them. */
function sentencesModule(name: string, table: Sentences): string {
  const english = table.language === 'en';
  const own = linesOf(table, SENTENCE_SLOTS, ['language', 'reviewed', 'declared']);
  const declared = english ? [] : DECLARATIONS.map((each) => line(table.declared[each.id], false));
  return `${IMPORT}
import { DECLARATIONS } from '../duty/declaration.ts';
${english ? `import { NOTICE_REGIMES } from './sentences.ts';\nexport const SHAPE = ${sentencesShape()};` : `import { SHAPE } from './sentences-en.ts';`}
const LINES = ${linesInPage([...declared, ...own])};
export const ${name} = {
  language: ${JSON.stringify(table.language)},
  reviewed: ${table.reviewed},
  declared: Object.fromEntries(DECLARATIONS.map((each${english ? '' : ', at'}) => [each.id, ${english ? 'each.texts.at(-1).text' : 'LINES[at]'}])),
  ...unpackSentences(${english ? 'LINES' : `LINES.slice(${declared.length})`}, SHAPE),
};`;
}

function followModule(name: string, table: FollowSentences, language: 'en' | 'es' | 'ar'): string {
  const english = language === 'en';
  return `${IMPORT}
${english ? `export const SHAPE = ${JSON.stringify(shapeOf(FOLLOW_SLOTS))};` : `import { SHAPE } from './follow-sentences-en.ts';`}
export const ${name} = unpackSentences(${linesInPage(linesOf(table, FOLLOW_SLOTS, []))}, SHAPE);`;
}

function officeModule(table: OfficeSentences): string {
  const first = table.language === 'de';
  return `${IMPORT}
${first ? `export const SHAPE = ${JSON.stringify(shapeOf(OFFICE_SLOTS))};` : `import { SHAPE } from './office-sentences-de.ts';`}
export const OFFICE_${table.language.toUpperCase()} = {
  language: ${JSON.stringify(table.language)},
  reviewed: ${table.reviewed},
  ...unpackSentences(${linesInPage(linesOf(table, OFFICE_SLOTS, ['language', 'reviewed']))}, SHAPE),
};`;
}

/** The modules of sentences that are replaced, by the end of their path, as source text. */
export function sentenceTables(): ReadonlyMap<string, string> {
  return new Map([
    ['notice/sentences-en.ts', sentencesModule('SENTENCES_EN', SENTENCES_EN)],
    ['notice/sentences-es.ts', sentencesModule('SENTENCES_ES', SENTENCES_ES)],
    ['notice/sentences-ar.ts', sentencesModule('SENTENCES_AR', SENTENCES_AR)],
    ['notice/follow-sentences-en.ts', followModule('FOLLOW_EN', FOLLOW_EN, 'en')],
    ['notice/follow-sentences-es.ts', followModule('FOLLOW_ES', FOLLOW_ES, 'es')],
    ['notice/follow-sentences-ar.ts', followModule('FOLLOW_AR', FOLLOW_AR, 'ar')],
    ...[OFFICE_DE, OFFICE_FR, OFFICE_IT, OFFICE_KO].map((each): [string, string] => [
      `notice/office-sentences-${each.language}.ts`,
      officeModule(each),
    ]),
  ]);
}
