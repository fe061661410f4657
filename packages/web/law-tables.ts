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
import { KEEP_FIRST } from '@reclaim/law/channel/keep-first';
import { REGULATORS, type Regulator } from '@reclaim/law/channel/regulator';
import { RELAY_LIMITS } from '@reclaim/law/channel/relay-report';
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
import { linesInPage, sentenceTables } from './law-sentences.ts';
import { dittos, packed, READER, raw, sourceOf } from './pack-table.ts';

/** Whether no title was seen yet at any address: then `law-fixed.ts` takes out what would read it. */
export const NONE_SEEN: boolean = CHANNELS.every((each) => each.seenTitle === null);

/** Channels that a link can lead to; the others are for people without a link, for partners, or have no way in. */
export function portalChannels(): readonly PortalChannel[] {
  return CHANNELS.filter(
    (each) =>
      each.platforms.length > 0 &&
      each.confidence !== 'K' &&
      !['none', 'unknown', 'partner'].includes(each.effect) &&
      (each.addresses.length > 0 || each.path !== ''),
  ).map((each) => ({
    id: each.id,
    platforms: each.platforms,
    // Of the kinds, only whether one writes a mail decides anything here; of what it needs, only whether it takes many addresses.
    kinds: each.kinds.includes('mail') ? ['mail'] : [],
    effect: each.effect,
    addresses: each.addresses,
    path: pathBeside(each),
    choose: each.choose,
    needs: each.needs.some((need) => need.startsWith('URLs')) ? ['URLs'] : [],
    account: each.account,
    representative: each.representative,
    nameSeenBy: each.nameSeenBy,
    onlyFor: each.onlyFor,
    confidence: each.confidence,
    lastChecked: each.lastChecked,
    ...(NONE_SEEN ? {} : { seenTitle: each.seenTitle }),
  }));
}

/** What the portal reads of a channel. */
export type PortalChannel = Pick<
  Channel,
  | 'id'
  | 'platforms'
  | 'effect'
  | 'addresses'
  | 'path'
  | 'choose'
  | 'needs'
  | 'account'
  | 'representative'
  | 'nameSeenBy'
  | 'onlyFor'
  | 'confidence'
  | 'lastChecked'
> & { readonly kinds: readonly string[]; readonly seenTitle?: string | null };

/** The way there in words, without an address at its beginning, which stands beside it; empty where nothing else is said. */
function pathBeside({ path, addresses }: Channel): string {
  const first = addresses.find((each) => path.startsWith(each));
  const whole = first === undefined ? path : path.slice(first.length).replace(/^\s*[;,→]?\s*/u, '');
  // Calls of an interface for programs are no way for a person, and what is not known is none either.
  const rest = whole
    .split('; ')
    .filter((each) => !/\b(?:GET|POST) |\bunknown$/.test(each))
    .join('; ');
  // All in brackets and nothing quoted: a remark for whoever checks the row, and no way there.
  if (/^\([^"]*\)$/.test(rest)) return '';
  const words = addresses.reduce((text, address) => text.replaceAll(address, ''), rest);
  return addresses.length === 0 || /\p{L}{4}/u.test(words) ? rest : '';
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

/** Traps that a link can lead to. */
function portalTraps(): typeof TRAPS {
  const at = new Set([
    ...portalChannels().flatMap((each) => [each.id, ...each.platforms]),
    ...PATTERNS.map(([platform]) => platform.replace(' ?', '')),
    'all',
  ]);
  return TRAPS.filter((each) => each.at.some((place) => at.has(place)));
}

/** The texts of a language, of what the portal can come to show: in the order of the rows, whose ids stand in the tables once. */
function portalWords(name: string, words: PlanWords): string {
  const of = (table: Readonly<Record<string, string>>, rows: readonly { readonly id: string }[]) =>
    rows.map((each) => table[each.id] ?? '');
  const parts = [
    ['traps', 'TRAPS', of(words.traps, portalTraps())],
    ['steps', 'SITE_STEPS', SITE_STEPS.map(({ id }) => (SHOWN_STEPS.includes(id) ? words.steps[id]! : ''))],
    ['keep', 'KEEP_FIRST', of(words.keep, KEEP_FIRST)],
    ['offices', 'REGULATORS', of(words.offices, portalOffices())],
  ] as const;
  let from = words.keepAlways.length;
  const tables = parts.map(([part, rows, texts]) => {
    const at = from;
    from += texts.length;
    return `  ${part}: textsById(${rows}, LINES.slice(${at}, ${from})),`;
  });
  return `import { textsById } from ${JSON.stringify(READER)};
import { TRAPS } from '../channel/trap.ts';
import { SITE_STEPS } from '../channel/site-step.ts';
import { KEEP_FIRST } from '../channel/keep-first.ts';
import { REGULATORS } from '../channel/regulator.ts';
const LINES = ${linesInPage([...words.keepAlways, ...parts.flatMap(([, , texts]) => texts)])};
export const ${name} = {
  language: ${JSON.stringify(words.language)},
  keepAlways: LINES.slice(0, ${words.keepAlways.length}),
${tables.join('\n')}
};`;
}

function portalOffices(): readonly Regulator[] {
  return REGULATORS.filter((each) => each.addresses.length > 0 && each.confidence !== 'K');
}

/** Rules whose beginning and end a person who sent a notice can see. */
export function portalRules(): readonly PortalRule[] {
  const regimes: readonly string[] = NOTICE_REGIMES;
  return RULES.filter(
    (each) =>
      regimes.includes(each.regime) &&
      (each.starts === 'notice-received' || (each.sense === 'stays-open' && each.starts === 'decision-told')),
  ).map(({ duty: _, actor: __, jurisdiction: ___, asSoonAsPossible: ____, ...rule }) => ({
    ...rule,
    versions: rule.versions.map(({ version, limit, from, to, source }) => ({
      version,
      limit,
      from,
      to,
      source: { cite: source.cite },
    })),
  }));
}

/** What the portal reads of a rule. */
export type PortalRule = Omit<Rule, 'duty' | 'actor' | 'jurisdiction' | 'asSoonAsPossible' | 'versions'> & {
  readonly versions: readonly (Pick<Rule['versions'][number], 'version' | 'limit' | 'from' | 'to'> & {
    readonly source: { readonly cite: string };
  })[];
};

/** The modules of the law that are replaced, by the end of their path, as source text. */
export function lawTables(): ReadonlyMap<string, string> {
  const regimes: readonly string[] = NOTICE_REGIMES;
  return new Map([
    ['channel/channels.ts', packed('CHANNELS', portalChannels())],
    [
      'channel/regulator.ts',
      packed(
        'REGULATORS',
        portalOffices().map(({ id, place, addresses }) => ({ id, place, addresses })),
      ),
    ],
    [
      'channel/trap.ts',
      packed(
        'TRAPS',
        // The id finds a text, and nothing else: its place among the rows will do.
        portalTraps().map(({ at }) => ({ at })),
      ),
    ],
    [
      'channel/site-step.ts',
      packed(
        'SITE_STEPS',
        SITE_STEPS.map(({ id, afterHours }) => ({ id, afterHours })),
      ),
    ],
    [
      'channel/keep-first.ts',
      `export const KEEP_ALWAYS = [];\n${packed(
        'KEEP_FIRST',
        KEEP_FIRST.map(({ kinds, first }) => ({ kinds, first })),
      )}`,
    ],
    [
      'duty/rules.ts',
      `${packed(
        'CUT',
        portalRules().map(({ versions, ...rule }) => ({
          ...rule,
          versions: versions.map(({ limit, from, to, source }) => [from, to, limit, source.cite]),
        })),
      ).replace('export const CUT', 'const CUT')}
export const RULES = CUT.map((rule) => ({
  ...rule,
  versions: rule.versions.map(([from, to, limit, cite]) => ({
    version: from === 'unknown' ? 'undated' : from,
    from,
    to,
    limit,
    source: { cite },
  })),
}));
export function rulesOf(regime) {
  return RULES.filter((each) => each.regime === regime);
}`,
    ],
    [
      'link/patterns.ts',
      `import { unpackDittos } from ${JSON.stringify(READER)};
export const PATTERNS = unpackDittos(${raw(
        dittos(
          PATTERNS.map(([platform, hosts, expression, kind]) => [
            platform,
            hosts,
            sourceOf(expression),
            kind,
          ]),
        ),
      )}).map(([platform, hosts, expression, kind]) => [platform, hosts, new RegExp(expression), kind]);`,
    ],
    ...sentenceTables(),
    ['plan/plan-words-en.ts', portalWords('PLAN_WORDS_EN', PLAN_WORDS_EN)],
    ['plan/plan-words-es.ts', portalWords('PLAN_WORDS_ES', PLAN_WORDS_ES)],
    ['plan/plan-words-ar.ts', portalWords('PLAN_WORDS_AR', PLAN_WORDS_AR)],
    [
      'duty/element-row.ts',
      packed(
        'ELEMENTS',
        ELEMENTS.filter((each) => regimes.includes(each.regime)).map(
          ({ regime, part, need, exceptChild }) => ({
            regime,
            part,
            need,
            exceptChild,
          }),
        ),
      ),
    ],
    // Only regimes under which a notice goes to a service: nothing in the portal asks for the others.
    ['duty/regime-order.ts', "export { NOTICE_REGIMES as REGIMES } from '../notice/sentences.ts';"],
    ['channel/relay-report.ts', `export const RELAY_LIMITS = { links: ${RELAY_LIMITS.links} };`],
  ]);
}
