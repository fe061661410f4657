/**
 * The tables of the law as the portal carries them: made from the rows of `packages/law` when the pages are built, with only the
 * rows that a person's link can reach and only the columns that a screen of the portal reads. The law room stays whole; a phone
 * loads a third of it. Runs in Node while building, never in a page.
 *
 * What is left out, and what keeps that honest: the names of sources, notes, duties of others, texts that stand in the words of a
 * language instead, rows without a way in. `portal/law-tables.test.ts` plans every example of the link table with the cut tables
 * and with the whole ones, and wants the same answer.
 * @module
 */

import type { Channel } from '@reclaim/law/channel/channel';
import { CHANNELS } from '@reclaim/law/channel/channels';
import { KEEP_ALWAYS, KEEP_FIRST } from '@reclaim/law/channel/keep-first';
import { REGULATORS, type Regulator } from '@reclaim/law/channel/regulator';
import { SITE_STEPS } from '@reclaim/law/channel/site-step';
import { TRAPS } from '@reclaim/law/channel/trap';
import { ELEMENTS } from '@reclaim/law/duty/element-row';
import type { Rule } from '@reclaim/law/duty/rule';
import { RULES } from '@reclaim/law/duty/rules';
import { PATTERNS } from '@reclaim/law/link/patterns';
import { NOTICE_REGIMES } from '@reclaim/law/notice/sentences';
import type { PlanWords } from '@reclaim/law/plan/plan-words';
import { PLAN_WORDS_AR } from '@reclaim/law/plan/plan-words-ar';
import { PLAN_WORDS_EN } from '@reclaim/law/plan/plan-words-en';
import { PLAN_WORDS_ES } from '@reclaim/law/plan/plan-words-es';

/** Channels that a link can lead to; the others are for people without a link, for partners, or have no way in. */
export function portalChannels(): readonly Channel[] {
  return CHANNELS.filter(
    (each) =>
      each.platforms.length > 0 &&
      each.confidence !== 'K' &&
      !['none', 'unknown', 'partner'].includes(each.effect) &&
      (each.addresses.length > 0 || each.path !== ''),
  ).map((each) => ({
    ...each,
    needs: each.needs.some((need) => need.startsWith('URLs')) ? ['URLs'] : [],
    reach: [],
    reachWords: '',
    publishedTime: '',
    publishedHours: null,
    sources: [],
    sourceDate: '',
    path: pathBeside(each),
  }));
}

/** The way there in words; empty where it only repeats the addresses, which stand beside it. */
function pathBeside({ path, addresses }: Channel): string {
  const rest = addresses.reduce((text, address) => text.replaceAll(address, ''), path);
  return addresses.length === 0 || /\p{L}{4}/u.test(rest) ? path : '';
}

/** Steps of the way to an unlisted site that `links/way-panel.tsx` shows. */
export const SHOWN_STEPS: readonly string[] = [
  'risk',
  'own-route',
  'agent-directory',
  'domain',
  'network',
  'host',
];

/** The texts of a language, of what the portal can come to show. */
function portalWords(words: PlanWords): PlanWords {
  const at = new Set([
    ...portalChannels().flatMap((each) => [each.id, ...each.platforms]),
    ...PATTERNS.map(([platform]) => platform.replace(' ?', '')),
    'all',
  ]);
  const traps = TRAPS.filter((each) => each.at.some((place) => at.has(place))).map((each) => each.id);
  return {
    ...words,
    traps: only(words.traps, traps),
    steps: only(words.steps, SHOWN_STEPS),
    offices: only(
      words.offices,
      portalOffices().map((each) => each.id),
    ),
  };
}

function only(
  table: Readonly<Record<string, string>>,
  ids: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(table).filter(([id]) => ids.includes(id)));
}

function portalOffices(): readonly Regulator[] {
  return REGULATORS.filter((each) => each.addresses.length > 0 && each.confidence !== 'K');
}

/** Rules whose beginning and end a person who sent a notice can see. */
export function portalRules(): readonly Rule[] {
  const regimes: readonly string[] = NOTICE_REGIMES;
  return RULES.filter(
    (each) =>
      regimes.includes(each.regime) &&
      (each.starts === 'notice-received' || (each.sense === 'stays-open' && each.starts === 'decision-told')),
  ).map((each) => ({
    ...each,
    duty: '',
    versions: each.versions.map(({ note: _, ...version }) => version),
  }));
}

/** The modules of the law that are replaced, by the end of their path, as source text. */
export function lawTables(): ReadonlyMap<string, string> {
  const regimes: readonly string[] = NOTICE_REGIMES;
  return new Map([
    ['channel/channels.ts', rows('CHANNELS', portalChannels())],
    [
      'channel/regulator.ts',
      rows(
        'REGULATORS',
        portalOffices().map((each) => ({
          ...each,
          forWhat: '',
          when: '',
          does: '',
          sources: [],
        })),
      ),
    ],
    [
      'channel/trap.ts',
      rows(
        'TRAPS',
        TRAPS.map((each) => ({ ...each, text: '', sources: [] })),
      ),
    ],
    [
      'channel/site-step.ts',
      rows(
        'SITE_STEPS',
        SITE_STEPS.map((each) => ({ ...each, text: '' })),
      ),
    ],
    [
      'channel/keep-first.ts',
      `export const KEEP_ALWAYS = ${JSON.stringify(KEEP_ALWAYS.map(() => ''))};\n${rows(
        'KEEP_FIRST',
        KEEP_FIRST.map((each) => ({ ...each, text: '' })),
      )}`,
    ],
    [
      'duty/rules.ts',
      `${rows('RULES', portalRules())}
export function rulesOf(regime) {
  return RULES.filter((each) => each.regime === regime);
}`,
    ],
    [
      'link/patterns.ts',
      `export const PATTERNS = [${PATTERNS.map(
        ([platform, hosts, expression, kind]) =>
          `[${JSON.stringify(platform)},${JSON.stringify(hosts)},${expression},${JSON.stringify(kind)}]`,
      ).join(',')}];`,
    ],
    ['plan/plan-words-en.ts', `export const PLAN_WORDS_EN = ${JSON.stringify(portalWords(PLAN_WORDS_EN))};`],
    ['plan/plan-words-es.ts', `export const PLAN_WORDS_ES = ${JSON.stringify(portalWords(PLAN_WORDS_ES))};`],
    ['plan/plan-words-ar.ts', `export const PLAN_WORDS_AR = ${JSON.stringify(portalWords(PLAN_WORDS_AR))};`],
    [
      'duty/element-row.ts',
      rows(
        'ELEMENTS',
        ELEMENTS.filter((each) => regimes.includes(each.regime)).map((each) => ({ ...each, cite: '' })),
      ),
    ],
    // No rule of the portal counts business days: `law-tables.test.ts` holds the rows to that.
    [
      'holidays.ts',
      "export function addBusinessDays() {\n  throw new RangeError('business days: not in the tables of the portal');\n}",
    ],
  ]);
}

/**
 * A table as a module: the values of each row in the order of the columns, without those at the end that are the usual ones,
 * and a line that puts the names back. The usual value of a column is the one that most rows have.
 */
function rows<Row extends object>(name: string, table: readonly Row[]): string {
  const columns = Object.keys(table[0] ?? {}) as (keyof Row & string)[];
  const usual = columns.map((column) => mostCommon(table.map((row) => JSON.stringify(row[column]))));
  // Columns in which rows differ most come first, so that the usual ones are at the end and can be left out.
  const order = columns
    .map((column, at) => ({
      column,
      usual: usual[at] ?? 'null',
      differ: table.filter((row) => JSON.stringify(row[column]) !== usual[at]).length,
    }))
    .sort((a, b) => b.differ - a.differ);
  const values = table.map((row) => {
    const cells = order.map(({ column, usual: most }) => {
      const cell = JSON.stringify(row[column]);
      return cell === undefined || cell === most ? '' : cell;
    });
    while (cells.at(-1) === '') cells.pop();
    // A hole of an array literal is the usual value.
    return `[${cells.join(',')}${cells.at(-1) === '' ? ',' : ''}]`;
  });
  const names = JSON.stringify(order.map((each) => each.column));
  const rest = `[${order.map((each) => each.usual).join(',')}]`;
  return `const U = ${rest};
export const ${name} = [${values.join(',')}].map((v) =>
  Object.fromEntries(${names}.map((n, i) => [n, i in v ? v[i] : U[i]])),
);`;
}

function mostCommon(values: readonly (string | undefined)[]): string {
  const counts = new Map<string, number>();
  for (const value of values) {
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const [first] = [...counts].sort((a, b) => b[1] - a[1]);
  // Optional columns: absent is most common, and JSON has no word for it.
  return first === undefined || values.filter((each) => each === undefined).length > first[1]
    ? 'undefined'
    : first[0];
}
