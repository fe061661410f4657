/**
 * What somebody answered in the form, and what it is: to the law, while they type; to the node, when they send it. Pure;
 * nothing of it leaves this page before it is sent, and nothing of it is written to the browser.
 * @module
 */

import {
  asksForElements,
  laneOf,
  type PlatformFacts,
  type RegimeTerms,
  regimeTerms,
} from '@reclaim/casework/notice-terms';
import {
  draftOfNotice,
  isAgeInDoubt,
  MAX_LOCATIONS,
  type NewNotice,
  type NoticeContent,
  type NoticeSupplement,
  type Notifier,
} from '@reclaim/casework/wire-notice';
import { type DeclarationId, declarationOn } from '@reclaim/law/duty/declaration';
import { ELEMENTS } from '@reclaim/law/duty/element-row';
import { hasPart } from '@reclaim/law/duty/notice-draft';
import { dayAt, UTC } from '@reclaim/law/zone';

/** Sentences that this form lets somebody confirm. */
export type Tick = Exclude<DeclarationId, 'authority-under-perjury'>;

/** All of them, in the order of the form. */
export const TICKS: readonly Tick[] = [
  'not-consensual',
  'good-faith',
  'accurate-and-complete',
  'true-to-knowledge',
  'intimate-image-content',
  'standing',
  'california-resident',
];

/** The answers so far. */
export type Answers = {
  readonly age: Extract<NewNotice['age'], 'adult' | 'under-18-when-taken' | 'not-sure'>;
  readonly itemId: string | undefined;
  readonly places: string;
  readonly standing: NewNotice['standing'];
  readonly authority: string;
  readonly kind: NewNotice['kind'];
  readonly facts: string;
  readonly ticks: readonly Tick[];
  readonly name: string;
  readonly email: string;
  readonly other: string;
  readonly signature: string;
  readonly pseudonym: boolean;
  /** ISO 3166-1 alpha-2, or `unknown`. */
  readonly country: string;
  readonly part: string;
  /** Of a suspended address: that what was counted under it was another's. */
  readonly earlierNotMine: boolean;
};

/** Nothing answered yet but where one came from. */
export function noAnswers(itemId: string | undefined): Answers {
  return {
    age: 'not-sure',
    itemId,
    places: '',
    standing: 'not-said',
    authority: '',
    kind: 'not-said',
    facts: '',
    ticks: [],
    name: '',
    email: '',
    other: '',
    signature: '',
    pseudonym: false,
    country: 'unknown',
    part: 'unknown',
    earlierNotMine: false,
  };
}

/** The places, one a line, without empty lines and repetitions. */
export function placesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ''))].slice(0, MAX_LOCATIONS);
}

/** Whether there is a place at all: without one nobody could find what the notice is about. */
export function hasPlace(answers: Answers): boolean {
  return answers.itemId !== undefined || placesOf(answers.places).length > 0;
}

/** The sentences to be asked: all that some law of the list asks for; the Californian one to Californians. */
export function ticksFor(answers: Answers): readonly Tick[] {
  return TICKS.filter((id) => id !== 'california-resident' || answers.part === 'US-CA');
}

/** What the notice says. `language` is that of the form, so that the answer can be given in it. */
export function contentOf(answers: Answers, language: string, nowMs: number): NoticeContent {
  const asked = ticksFor(answers);
  return {
    age: answers.age,
    ...(answers.itemId === undefined ? {} : { item: { id: answers.itemId } }),
    locations: [...placesOf(answers.places)],
    standing: answers.standing,
    authorityBasis: answers.standing === 'authorised' ? answers.authority : '',
    kind: answers.kind,
    facts: answers.facts,
    declarations: answers.ticks
      .filter((id) => asked.includes(id))
      .map((id) => ({ id, version: declarationOn(id, dayAt(nowMs, UTC))?.version ?? '1' })),
    country: answers.country,
    subdivision: answers.country === 'US' ? answers.part : 'unknown',
    language,
  };
}

/** Who gives it. */
export function notifierOf(answers: Answers): Notifier {
  const { name, email, other, signature, pseudonym } = answers;
  return {
    name,
    email,
    otherContact: other,
    ...(signature.trim() === '' ? {} : { signature: { text: signature, pseudonym } }),
  };
}

/** What each law that applies, or may, still asks for; laws that ask for nothing are left out. */
export function lacksOf(answers: Answers, platform: PlatformFacts, nowMs: number): readonly RegimeTerms[] {
  const draft = draftOfNotice(contentOf(answers, 'en', nowMs), notifierOf(answers), nowMs);
  const place = {
    country: answers.country,
    subdivision: answers.country === 'US' ? answers.part : 'unknown',
  };
  const lane = laneOf(draft, isAgeInDoubt(answers.age));
  const found = regimeTerms(draft, place, platform, lane, nowMs) ?? [];
  return found.filter(({ regime }) => asksForElements(regime));
}

/** What is still lacking of a notice that was sent, with what is typed beside it now. */
export function stillLacking<T extends Pick<RegimeTerms, 'regime' | 'lacking' | 'wanting' | 'complete'>>(
  regimes: readonly T[],
  answers: Answers,
  nowMs: number,
): readonly T[] {
  const draft = draftOfNotice(contentOf(answers, 'en', nowMs), notifierOf(answers), nowMs);
  const open = (regime: string) => (id: string) => {
    const element = ELEMENTS.find((each) => each.regime === regime && each.id === id);
    return element === undefined || !hasPart(draft, element.part);
  };
  return regimes.map((each) => {
    const lacking = each.lacking.filter(open(each.regime));
    return {
      ...each,
      lacking,
      wanting: each.wanting.filter(open(each.regime)),
      complete: lacking.length === 0,
    };
  });
}

/** The answers of which nothing is sent back with what is added: a field that is left as it was changes nothing. */
export const NOTHING_ADDED: Partial<Answers> = {
  places: '',
  standing: 'not-said',
  authority: '',
  kind: 'not-said',
  facts: '',
  ticks: [],
  name: '',
  email: '',
  other: '',
  signature: '',
  pseudonym: false,
};

/** What is added to a notice that was sent: only what was answered; `undefined` where nothing was. */
export function supplementOf(
  answers: Answers,
  nowMs: number,
): Omit<NoticeSupplement, 'proof' | 'code'> | undefined {
  const content = contentOf(answers, 'en', nowMs);
  const who = notifierOf(answers);
  const notifier = {
    ...(who.name === '' ? {} : { name: who.name }),
    ...(who.email === '' ? {} : { email: who.email }),
    ...(who.otherContact === '' ? {} : { otherContact: who.otherContact }),
    ...(who.signature === undefined ? {} : { signature: who.signature }),
  };
  const more = {
    ...(content.locations.length === 0 ? {} : { locations: content.locations }),
    ...(content.standing === 'not-said' ? {} : { standing: content.standing }),
    ...(content.authorityBasis === '' ? {} : { authorityBasis: content.authorityBasis }),
    ...(content.kind === 'not-said' ? {} : { kind: content.kind }),
    ...(content.facts === '' ? {} : { facts: content.facts }),
    ...(content.declarations.length === 0 ? {} : { declarations: content.declarations }),
    ...(Object.keys(notifier).length === 0 ? {} : { notifier }),
  };
  return Object.keys(more).length === 0 ? undefined : more;
}
