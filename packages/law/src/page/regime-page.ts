/**
 * A page for each regime, written from the rows: what must be done, by whom, by when; what a notice must hold; worked
 * examples; what is open. Markdown, for a reader who does not program. `tools/law-pages.ts` writes them to docs/law.
 *
 * What was not read in a text is marked where it stands, never only at the end of the page.
 * @module
 */

import { DECLARATIONS } from '../duty/declaration.ts';
import { limitWords } from '../duty/due.ts';
import { NOTICE_FORMS } from '../duty/element.ts';
import { ELEMENTS } from '../duty/element-row.ts';
import { OBLIGATION_PROFILES } from '../duty/obligation-profile.ts';
import { type Regime, regimeById } from '../duty/regime.ts';
import { REGIMES } from '../duty/regime-order.ts';
import type { RegimeId, Rule, RuleVersion } from '../duty/rule.ts';
import { RULES, rulesOf } from '../duty/rules.ts';
import { SURENESS_WORDS, type Sureness } from '../source.ts';
import { ACTOR_WORDS, EVENT_WORDS, partWords, SENSE_WORDS } from './duty-words.ts';
import { WORKED_EXAMPLES } from './worked-example.ts';

/** A page: the name of its file and its text. */
export interface LawPage {
  readonly name: string;
  readonly text: string;
}

/** Every page: the index first, then one for each regime. */
export function lawPages(): readonly LawPage[] {
  return [
    { name: 'README.md', text: indexPage() },
    ...REGIMES.map((id) => ({ name: `${id}.md`, text: regimePage(regimeById(id)) })),
  ];
}

/** The page of a regime. */
export function regimePage(regime: Regime): string {
  const rules = rulesOf(regime.id);
  return page([
    `# ${regime.title}`,
    paragraph([
      `${regime.cite}. ${regime.authority === '' ? 'Who enforces it was not read.' : `Enforced by: ${regime.authority}.`}`,
      COPIES_WORDS[regime.copies],
      `Rows last compared with their sources: ${regime.lastChecked}. This page is not legal advice; no lawyer has reviewed it.`,
    ]),
    '## What must be done, and by when',
    table(
      ['Duty', 'Who', 'Clock starts when', 'Limit', 'Fulfilled when', 'In force since', 'How it was read'],
      rules.map((rule) => {
        const version = rule.versions.at(-1)!;
        return [
          `${rule.duty} (\`${rule.id}\`)`,
          ACTOR_WORDS[rule.actor],
          startWords(rule),
          limitCell(rule, version),
          rule.ends === null ? 'nothing: the time passes' : EVENT_WORDS[rule.ends],
          sinceWords(version),
          `${marked(version.source.sureness)}: ${version.source.cite}`,
        ];
      }),
    ),
    ...cautions(rules),
    ...earlier(rules),
    ...noticePart(regime.id),
    ...factsPart(regime),
    '## Worked examples',
    'Times are those of the place where the rule counts them.',
    table(
      ['Example', 'What happened', 'Asked at', 'The clock says'],
      WORKED_EXAMPLES.filter((each) => each.regime === regime.id).map((each) => [
        `${each.said} (\`${each.rule}\`)`,
        each.events.map(([kind, at]) => `${EVENT_WORDS[kind]}: ${momentWords(at)}`).join('; '),
        momentWords(each.asked),
        each.answer,
      ]),
    ),
    '## Open points',
    regime.open.length === 0
      ? 'None is noted. That is not a promise that there are none.'
      : regime.open.map((point) => `- **Open:** ${point}`).join('\n'),
  ]);
}

function indexPage(): string {
  const undated = RULES.filter(({ versions }) => versions.at(-1)!.from === 'unknown').length;
  return page([
    '# The law as the system knows it',
    paragraph([
      'One page for each regime, written from the rows that the program computes with (`packages/law`), so that somebody who does not program can check them. A test fails when a page is not what the rows give.',
      'Nothing here is legal advice, and no lawyer has reviewed it.',
    ]),
    table(
      ['Regime', 'Where', 'Duties', 'Shortest limit', 'Open points'],
      REGIMES.map((id) => {
        const regime = regimeById(id);
        const rules = rulesOf(id);
        return [
          `[${regime.title}](${id}.md)`,
          regime.jurisdiction,
          String(rules.length),
          shortest(rules),
          String(regime.open.length),
        ];
      }),
    ),
    '## How to read a row',
    [
      `- **How it was read.** ${Object.values(SURENESS_WORDS).join('; ')}.`,
      `- **Unconfirmed.** A limit or a first day that nobody found is written so, starts no clock, and calls nobody late. ${undated} of ${RULES.length} duties have no first day yet.`,
      '- **No number.** Where the law says "without undue delay" the clock runs, and is never called late by the program.',
      '- **Versions.** A changed law adds a version; the old one stays, and a case keeps the versions that it was opened under.',
      '- **Incomplete notices.** A clock of a regime that asks for a complete notice has not started while an element is missing. Nothing pauses.',
      '- **Not researched.** Duties of services in New York, Texas and other states of the United States, in Canada, Brazil, New Zealand and Ireland have no rows yet.',
    ].join('\n'),
    '## Which duties bind which service',
    table(
      ['Kind of service', 'Articles of the Digital Services Act', 'Transparency report', 'How it was read'],
      OBLIGATION_PROFILES.map((profile) => [
        profile.id,
        profile.dsaArticles.join(', '),
        profile.transparencyReport,
        marked(profile.sureness),
      ]),
    ),
    '## What is declared, word for word',
    'A notice keeps the version of the sentence that was ticked. The sentences are ours, written to the elements of the statutes.',
    table(
      ['Declaration', 'Version', 'Since', 'Text', 'Reviewed by a lawyer'],
      DECLARATIONS.flatMap(({ id, texts }) =>
        texts.map((each) => [id, each.version, each.from, each.text, each.reviewed ? 'yes' : '**no**']),
      ),
    ),
  ]);
}

const COPIES_WORDS: Readonly<Record<Regime['copies'], string>> = {
  identical: 'It reaches known identical copies, and no others.',
  'substantially-the-same': 'It reaches copies that are the same or substantially the same.',
  'none-named': 'It names no copies beside the item.',
};

function startWords(rule: Rule): string {
  const conditions = [
    ...(rule.needsCompleteNotice ? ['with every element'] : []),
    ...(rule.needsContact ? ['from somebody who left an electronic contact'] : []),
  ];
  return [EVENT_WORDS[rule.starts], ...conditions].join(', ');
}

function limitCell(rule: Rule, { limit }: RuleVersion): string {
  if (limit.kind === 'unknown') return '**unconfirmed**';
  const number =
    limit.kind === 'hours' ||
    limit.kind === 'days' ||
    limit.kind === 'months' ||
    limit.kind === 'business-days';
  const words = number ? `${SENSE_WORDS[rule.sense]} ${limitWords(limit)}` : limitWords(limit);
  const soon = rule.asSoonAsPossible && number ? `as soon as possible, ${words} at the latest` : words;
  if (rule.outer === undefined) return soon;
  const bound = `never later than ${limitWords(rule.outer.limit)} after ${EVENT_WORDS[rule.outer.from]}`;
  return rule.extendedBy === undefined
    ? `${soon}; ${bound}`
    : `${soon}; if ${EVENT_WORDS[rule.extendedBy]}: ${bound}`;
}

function sinceWords({ from, fromSureness, source }: RuleVersion): string {
  if (from === 'unknown') return '**unconfirmed**';
  return fromSureness === source.sureness ? from : `${from} (${marked(fromSureness)})`;
}

/** Doubtful readings in bold, so that they are seen in a table. */
function marked(sureness: Sureness): string {
  const words = SURENESS_WORDS[sureness];
  return sureness === 'official-text' || sureness === 'own-page' ? words : `**${words}**`;
}

function cautions(rules: readonly Rule[]): readonly string[] {
  const lines = rules.flatMap(({ id, versions }) => {
    const { note } = versions.at(-1)!;
    return note === undefined ? [] : [`- \`${id}\`: ${note}`];
  });
  return lines.length === 0 ? [] : ['### Cautions', lines.join('\n')];
}

function earlier(rules: readonly Rule[]): readonly string[] {
  const old = rules.flatMap((rule) => rule.versions.slice(0, -1).map((version) => ({ rule, version })));
  if (old.length === 0) return [];
  return [
    '### What held before',
    table(
      ['Duty', 'Limit', 'From', 'Until', 'How it was read'],
      old.map(({ rule, version }) => [
        `\`${rule.id}\``,
        limitCell(rule, version),
        sinceWords(version),
        version.to ?? '',
        `${marked(version.source.sureness)}: ${version.source.cite}`,
      ]),
    ),
  ];
}

function noticePart(regime: RegimeId): readonly string[] {
  const elements = ELEMENTS.filter((each) => each.regime === regime);
  const form = NOTICE_FORMS.find((each) => each.regime === regime);
  if (form === undefined) return ['## What a notice must hold', 'The regime has no notice of its own.'];
  return [
    '## What a notice must hold',
    paragraph([
      `How: ${form.form}. Who: ${form.who}. Written in: ${form.language}.`,
      form.falseNotice === ''
        ? 'The law names nothing that follows a false notice.'
        : `A false notice: ${form.falseNotice}.`,
    ]),
    table(
      ['Element', 'Needed', 'How it was read'],
      elements.map((element) => [
        `${partWords(element.part)} (\`${element.id}\`)`,
        `${element.need === 'must' ? 'yes' : 'asked for, not required'}${element.exceptChild ? '; not for offences against children' : ''}`,
        `${marked(element.sureness)}: ${element.cite}`,
      ]),
    ),
  ];
}

function factsPart({ facts }: Regime): readonly string[] {
  if (facts.length === 0) return [];
  return [
    '## What else was read',
    facts.map(({ text, sureness }) => `- ${text} (${marked(sureness)})`).join('\n'),
  ];
}

function shortest(rules: readonly Rule[]): string {
  const dated = rules.flatMap(({ versions }) => {
    const { from, limit } = versions.at(-1)!;
    return limit.kind === 'hours' ? [{ from, hours: limit.count }] : [];
  });
  const known = dated.filter(({ from }) => from !== 'unknown').map(({ hours }) => hours);
  if (known.length > 0) return `${Math.min(...known)} hours`;
  return dated.length > 0
    ? `${Math.min(...dated.map(({ hours }) => hours))} hours, **unconfirmed**`
    : 'no number of hours';
}

/** `2026-11-20T10:00-05:00` as `2026-11-20 10:00 (UTC-05:00)`. */
function momentWords(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} (UTC${at.slice(16)})`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

function paragraph(sentences: readonly string[]): string {
  return sentences.join(' ');
}

function page(parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`;
}
