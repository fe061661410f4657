/**
 * The superset notice: one form that holds what every regime asks for. What is in it is the person's; this room looks
 * only at whether a part is there, and no error or result of this room repeats a word of it.
 * @module
 */

import { type DeclarationId, isKnownTick, type Ticked } from './declaration.ts';

/** A notice as far as it has been filled in. */
export interface NoticeDraft {
  /** Exact addresses, or for a place without links a description that finds the item. Secrets: never logged. */
  readonly locations: readonly string[];
  /** The service itself handed the item over, by its own id: that is an exact place, whether or not links stand beside it. */
  readonly handedOver?: boolean;
  /** By whom; `other` is anyone who is neither shown nor authorised. */
  readonly standing: 'depicted' | 'authorised' | 'parent' | 'other' | 'not-said';
  /** What the authority rests on, for a representative. */
  readonly authorityBasis: string;
  readonly kind: 'authentic' | 'forgery' | 'threatened' | 'not-said';
  readonly facts: string;
  /** The work, for a copyright notice. */
  readonly work: string;
  readonly declarations: readonly Ticked[];
  readonly signature: Signature | null;
  readonly name: string;
  readonly email: string;
  /** Any other way to be reached: telephone, post, a relay address or a receipt code. */
  readonly otherContact: string;
  readonly age: 'adult' | 'under-18-now' | 'under-18-when-taken' | 'not-said';
}

/** A typed or drawn signature. `pseudonym` is what the person says of it. */
export interface Signature {
  readonly kind: 'typed' | 'drawn';
  readonly text: string;
  readonly pseudonym: boolean;
}

/** The parts that a regime can ask for. */
export type Part =
  | 'location'
  | 'exact-link'
  | 'signature'
  | 'facts'
  | 'work'
  | 'standing'
  | 'authority-basis'
  | 'contact'
  | 'name-and-email'
  | { readonly declared: DeclarationId };

/** A draft with nothing in it. */
export const EMPTY_DRAFT: NoticeDraft = {
  locations: [],
  standing: 'not-said',
  authorityBasis: '',
  kind: 'not-said',
  facts: '',
  work: '',
  declarations: [],
  signature: null,
  name: '',
  email: '',
  otherContact: '',
  age: 'not-said',
};

/** Whether the draft holds the part. Text of nothing but spaces, controls and invisible marks is not there. */
export function hasPart(draft: NoticeDraft, part: Part): boolean {
  if (typeof part === 'object') {
    return draft.declarations.some((each) => each.id === part.declared && isKnownTick(each));
  }
  switch (part) {
    case 'location':
      return isLocated(draft) && draft.locations.every(isWritten);
    case 'exact-link':
      return isLocated(draft) && draft.locations.every(isWebLink);
    case 'signature':
      return draft.signature !== null && isWritten(draft.signature.text);
    case 'facts':
      return isWritten(draft.facts);
    case 'work':
      return isWritten(draft.work);
    case 'standing':
      return draft.standing === 'depicted' || draft.standing === 'authorised' || draft.standing === 'parent';
    case 'authority-basis':
      return draft.standing === 'depicted' || isWritten(draft.authorityBasis);
    case 'contact':
      return isWritten(draft.otherContact) || isEmail(draft.email);
    case 'name-and-email':
      return isWritten(draft.name) && isEmail(draft.email);
    default:
      return part satisfies never;
  }
}

/** Whether the notice speaks of somebody who is or was under 18 in the picture. */
export function isAboutMinor(draft: NoticeDraft): boolean {
  return draft.age === 'under-18-now' || draft.age === 'under-18-when-taken';
}

function isLocated(draft: NoticeDraft): boolean {
  return draft.handedOver === true || draft.locations.length > 0;
}

/** At least one letter, digit, mark, punctuation or symbol: zero-width and direction marks alone say nothing. */
function isWritten(text: string): boolean {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(text);
}

/** Something on both sides of one @; whether it can be reached, only a mail tells. */
function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(text.trim());
}

function isWebLink(text: string): boolean {
  return /^https?:\/\/[^\s/]+/i.test(text.trim());
}
