/**
 * What one notice has to hold for several regimes at once: the superset of their elements, each once, and whom to name as
 * asking for it. One form asks each thing once; each regime's completeness is told apart (`element.ts`).
 * @module
 */

import type { Applies, ItemFacts } from '../duty/applicable.ts';
import type { DeclarationId } from '../duty/declaration.ts';
import { isComplete, lackingElements } from '../duty/element.ts';
import { ELEMENTS } from '../duty/element-row.ts';
import { EU_MEMBERS } from '../duty/eu-members.ts';
import { isAboutMinor, type NoticeDraft, type Part } from '../duty/notice-draft.ts';
import type { RegimeId } from '../duty/rule.ts';
import { NOTICE_REGIMES, type NoticeRegime } from './sentences.ts';

/** A part of the form, the regimes that ask for it, and whether one of them must have it. */
export interface Asked {
  readonly part: Part;
  readonly by: readonly NoticeRegime[];
  readonly must: boolean;
}

/** How complete a notice is under one regime. */
export interface Completeness {
  readonly regime: NoticeRegime;
  readonly complete: boolean;
  /** Parts without which its clock does not start. */
  readonly lacks: readonly Part[];
  /** Parts that the law makes room for. */
  readonly mayHold: readonly Part[];
}

/** The superset of the regimes' elements for the draft, in the order of the first regime that names each. */
export function askedBy(regimes: readonly NoticeRegime[], draft: NoticeDraft): readonly Asked[] {
  const child = isAboutMinor(draft);
  const found = new Map<string, { part: Part; by: NoticeRegime[]; must: boolean }>();
  for (const regime of regimes) {
    for (const element of ELEMENTS) {
      if (element.regime !== regime || (child && element.exceptChild)) continue;
      const key = typeof element.part === 'string' ? element.part : `declared ${element.part.declared}`;
      const known = found.get(key);
      if (known === undefined)
        found.set(key, { part: element.part, by: [regime], must: element.need === 'must' });
      else {
        if (!known.by.includes(regime)) known.by.push(regime);
        known.must ||= element.need === 'must';
      }
    }
  }
  return [...found.values()];
}

/** The declarations among what is asked. */
export function declarationsAsked(asked: readonly Asked[]): readonly DeclarationId[] {
  return asked.flatMap((each) => (typeof each.part === 'object' ? [each.part.declared] : []));
}

/** The completeness of the draft under each regime, in their order. */
export function completenessOf(
  regimes: readonly NoticeRegime[],
  draft: NoticeDraft,
): readonly Completeness[] {
  return regimes.map((regime) => {
    const lacking = lackingElements(regime, draft);
    return {
      regime,
      complete: isComplete(regime, draft),
      lacks: lacking.filter((each) => each.blocks).map((each) => each.element.part),
      mayHold: lacking.filter((each) => !each.blocks).map((each) => each.element.part),
    };
  });
}

/**
 * The regimes that a notice to a service can rest on: those that apply, and those of the person's own country that may (a duty
 * whose commencement nobody could date, a fact that nobody gave). Copyright is never among them: it is chosen apart. A regime
 * without elements of its own (`kr-tba`) is named in the text and asks for nothing.
 */
export function noticeRegimes(applies: readonly Applies[], facts: ItemFacts): readonly NoticeRegime[] {
  return NOTICE_REGIMES.filter((regime) => {
    if (regime === 'us-dmca') return false;
    const found = applies.find((each) => each.regime === regime);
    if (found === undefined || found.answer === 'does-not-apply') return false;
    return found.answer === 'applies' || livesUnder(regime, facts);
  }).sort((a, b) => Number(livesUnder(b, facts)) - Number(livesUnder(a, facts)));
}

const HOME: Readonly<Partial<Record<RegimeId, string>>> = {
  'us-tida': 'US',
  'us-ut': 'US-UT',
  'us-ca': 'US-CA',
  'us-dmca': 'US',
  'uk-osa': 'GB',
  'in-rules': 'IN',
  'kr-tba': 'KR',
};

/** Whether the regime is one of the place where the person lives. */
export function livesUnder(regime: RegimeId, facts: Pick<ItemFacts, 'country' | 'subdivision'>): boolean {
  if (regime === 'eu-dsa') return EU_MEMBERS.includes(facts.country);
  const home = HOME[regime];
  return home !== undefined && (facts.country === home || facts.subdivision === home);
}
