/**
 * The whole plan as plain text, to be printed or saved: every place with its links, its ways in order, by when it has to act, where
 * each link stands and what comes next; then the search engines and the offices. Pure. It holds the links, so it is made only when
 * somebody asks for it, and goes nowhere but to the printer or a file.
 * @module
 */

import type { PlanWords } from '@reclaim/law/plan/plan-words';
import type { Zone } from '@reclaim/law/zone';
import { fill, type Language, plural } from '../../ui/language.ts';
import type { LinkWords } from '../../ui/words/links/words.ts';
import { type ListedGroup, linkStep } from './link-list.ts';
import { stateTag, stepWords } from './step-words.ts';

/** What the text is made of. */
export interface PlanTextParts {
  readonly say: LinkWords;
  readonly planWords: PlanWords;
  readonly language: Language;
  readonly groups: readonly ListedGroup[];
  readonly minor: boolean;
  readonly nowMs: number;
  readonly zone: Zone;
  readonly engineName: (engine: string) => string;
}

/** The text; lines end with a line feed. */
export function planText(parts: PlanTextParts): string {
  const { say, planWords, language, groups, engineName } = parts;
  const plans = groups.map((each) => each.group.plan);
  const engines = plans.find((each) => each.engines.length > 0)?.engines ?? [];
  const offices = plans[0]?.offices ?? [];
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: parts.zone }).format(
    parts.nowMs,
  );
  return [
    `${say.plan.title} · ${day}`,
    ...groups.map((each) => groupText(each, parts)),
    engines.length === 0
      ? ''
      : [
          say.plan.engines,
          ...engines.map(
            ({ engine, way }) => `- ${engineName(engine)}: ${way.channel?.addresses.join(', ') ?? ''}`,
          ),
        ].join('\n'),
    offices.length === 0
      ? ''
      : [
          say.plan.offices,
          ...offices.map((each) => `- ${planWords.offices[each.id] ?? ''} ${each.addresses[0] ?? ''}`),
        ].join('\n'),
  ]
    .filter((each) => each !== '')
    .join('\n\n')
    .concat('\n');
}

function groupText({ group, links }: ListedGroup, parts: PlanTextParts): string {
  const { say, language, minor, nowMs, zone } = parts;
  const { plan, host } = group;
  const way = plan.ways[0];
  const within =
    way === undefined
      ? plan.first.length === 0
        ? say.plan.nothing
        : ''
      : minor
        ? say.ask.minorForms
        : way.hours !== null
          ? fill(say.plan.within, { n: way.hours })
          : way.regimes.length > 0
            ? say.plan.noHours
            : say.plan.ownRules;
  return [
    `${host} · ${plural(language, say.plan.links, links.length)} · ${say.kinds[plan.kind]}`,
    ...plan.first.map((each) => say.first[each]),
    within,
    ...plan.ways.map(({ channel }, at) => {
      const where = channel === null ? say.ask.whereOwn : channel.addresses.join(', ') || say.ask.appOnly;
      return `${at + 1}. ${where}`;
    }),
    ...links.flatMap((each) => {
      const host_ = each.tracks.find(({ name }) => name === 'host');
      const asked = host_ === undefined || host_.state === 'open' ? '' : ` · ${stateTag(say, host_)}`;
      const next = asked === '' ? '' : `\n    ${stepWords(say, language, linkStep(each, nowMs, zone), zone)}`;
      return [`  - ${each.target.link}${asked}${next}`];
    }),
  ]
    .filter((each) => each !== '')
    .join('\n');
}
