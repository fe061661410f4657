/**
 * A notice as the card shows it, worked out of what the node answered and the rows of the law: names of what it lacks, the
 * duty and the source behind a clock, which acts a reviewer may say were done. Pure.
 * @module
 */

import type { NoticeAct } from '@reclaim/casework/notice';
import type { JobNotices, WireClock, WireNotice } from '@reclaim/casework/wire-notice';
import { limitWords } from '@reclaim/law/duty/due';
import { ELEMENTS } from '@reclaim/law/duty/element-row';
import { REGIME_ROWS } from '@reclaim/law/duty/regime';
import type { Limit } from '@reclaim/law/duty/rule';
import { RULES } from '@reclaim/law/duty/rules';
import { SURENESS_WORDS } from '@reclaim/law/source';
import type { WordName } from './words/en.ts';

/** The word of an element that a notice lacks. */
export function elementWord(regime: string, id: string): WordName | undefined {
  const part = ELEMENTS.find((each) => each.regime === regime && each.id === id)?.part;
  if (part === undefined) return undefined;
  if (typeof part === 'string') return `element.${part}`;
  return part.declared === 'standing' ? 'element.standing-declared' : `element.${part.declared}`;
}

/** The regimes that ask for something of a notice: those that apply first. */
export function regimesForReading({ regimes }: Pick<WireNotice, 'regimes'>): WireNotice['regimes'] {
  const asking = regimes.filter(({ regime }) => ELEMENTS.some((each) => each.regime === regime));
  return asking.toSorted((a, b) => Number(b.answer === 'applies') - Number(a.answer === 'applies'));
}

/** A regime's title, as its row has it. */
export function regimeTitle(id: string): string {
  return REGIME_ROWS.find((each) => each.id === id)?.title ?? id;
}

/** Limits that are a number of something. */
const COUNTED: ReadonlySet<Limit['kind']> = new Set(['hours', 'days', 'months', 'business-days', 'same-day']);

/** What a clock is about: the duty, its limit, the text behind it and how that was read; English, as the rows are. */
export function ruleOf(clock: WireClock): {
  readonly duty: string;
  readonly limit: string;
  readonly cite: string;
  readonly read: string;
  /** Whether the limit is one that a moment can be counted from. */
  readonly counted: boolean;
} {
  const rule = RULES.find(({ id }) => id === clock.ruleId);
  const version = rule?.versions.find((each) => each.version === clock.version);
  return {
    duty: rule?.duty ?? clock.ruleId,
    limit: version === undefined ? '' : limitWords(version.limit),
    counted: version !== undefined && COUNTED.has(version.limit.kind),
    cite: version?.source.cite ?? '',
    read: version === undefined ? '' : SURENESS_WORDS[version.source.sureness],
  };
}

/** Clocks over all notices on the job, each duty once: the one that is due first stands for the others. */
export function clocksOfJob({ notices }: Pick<JobNotices, 'notices'>): readonly WireClock[] {
  const all = notices.flatMap(({ clocks }) => clocks).toSorted(dueFirst);
  const seen = new Set<string>();
  return all.filter((clock) => {
    // A breach is a fact of its own: it is never hidden behind another notice's clock.
    if (clock.breachedAt !== undefined) return true;
    if (seen.has(clock.ruleId)) return false;
    seen.add(clock.ruleId);
    return true;
  });
}

function dueFirst(a: WireClock, b: WireClock): number {
  const open = (clock: WireClock) => (clock.state === 'running' || clock.state === 'breached' ? 0 : 1);
  return (
    Number(b.owed) - Number(a.owed) ||
    open(a) - open(b) ||
    (a.dueAt ?? Number.MAX_SAFE_INTEGER) - (b.dueAt ?? Number.MAX_SAFE_INTEGER)
  );
}

/** Acts that would end a clock which is still owed: what a reviewer is offered to say. */
export function actsOffered(clocks: readonly WireClock[]): readonly Exclude<NoticeAct, 'delay-told'>[] {
  const ends = new Set(
    clocks
      .filter(({ owed, state }) => owed && (state === 'running' || state === 'breached'))
      .map(({ ruleId }) => RULES.find(({ id }) => id === ruleId)?.ends),
  );
  return (['copies-removed', 'status-told'] as const).filter((act) => ends.has(act));
}
