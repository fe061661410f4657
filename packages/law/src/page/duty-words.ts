/**
 * The closed words of the rows, for a reader who does not program: who is bound, what happens, what a notice holds.
 * @module
 */

import type { Part } from '../duty/notice-draft.ts';
import type { Actor, EventKind, Sense } from '../duty/rule.ts';

/** Who is bound. */
export const ACTOR_WORDS: Readonly<Record<Actor, string>> = {
  platform: 'the service',
  'online-platform': 'the online platform',
  'search-service': 'the search service',
  poster: 'whoever posted it',
  'hosting-provider': 'the hosting provider',
  authority: 'the authority',
};

/** What happens, as the beginning or the end of a clock. */
export const EVENT_WORDS: Readonly<Record<EventKind, string>> = {
  'notice-received': 'a notice arrives',
  'trusted-flagger-notice-received': 'a notice of a trusted flagger arrives',
  'order-received': 'an order arrives',
  'authority-notice-received': "the authority's removal notice arrives",
  'authority-complaint-received': 'a complaint reaches the authority',
  'receipt-confirmed': 'receipt is confirmed',
  'status-told': 'the status is told',
  'delay-told': 'a delay is told',
  blocked: 'the content is blocked',
  removed: 'the content is removed',
  'copies-removed': 'the copies are removed',
  'decision-told': 'the decision is told',
  'restriction-imposed': 'a restriction is imposed',
  'reasons-given': 'the statement of reasons is given',
  'reasons-recorded': 'the statement is in the database',
  'counter-notice-received': 'a counter-notice arrives',
  restored: 'the content is put back',
  'court-action-told': 'court action is told',
  'child-abuse-known': 'child sexual abuse material becomes known',
  'child-abuse-reported': 'it is reported',
  'crime-suspected': 'a crime is suspected',
  'crime-reported': 'the crime is reported',
  'order-carried-out': 'the order is carried out',
  'authority-ordered': 'the authority orders removal',
};

/** What the limit is. */
export const SENSE_WORDS: Readonly<Record<Sense, string>> = {
  'act-by': 'within',
  'stays-open': 'open for at least',
  keep: 'kept for at least',
};

/** A part of a notice. */
export function partWords(part: Part): string {
  if (typeof part === 'object') return DECLARED_WORDS[part.declared];
  switch (part) {
    case 'location':
      return 'where the content is, so that it can be found';
    case 'exact-link':
      return 'the exact address of the content';
    case 'signature':
      return 'a signature, on paper or electronic';
    case 'facts':
      return 'what happened, in words';
    case 'work':
      return 'which work the right is in';
    case 'standing':
      return 'who sends it: the person shown, or someone who may act for them';
    case 'authority-basis':
      return 'what the authority to act rests on';
    case 'contact':
      return 'a way to be reached';
    case 'name-and-email':
      return 'a name and an e-mail address';
    default:
      return part satisfies never;
  }
}

const DECLARED_WORDS: Readonly<Record<Extract<Part, object>['declared'], string>> = {
  'not-consensual': 'declared: the publication is without consent',
  'intimate-image-content': 'declared: it is intimate image content',
  'good-faith': 'declared: in good faith',
  'true-to-knowledge': 'declared: true to the best of knowledge and belief',
  'accurate-and-complete': 'declared: accurate and complete',
  standing: 'declared: the person shown, or authorised',
  'authority-under-perjury': 'declared under penalty of perjury: authority of the right holder',
  'california-resident': 'declared: account holder, living in California, and shown',
};
