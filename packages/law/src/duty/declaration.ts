/**
 * Declarations that a notifier ticks, each on its own, with the text that was shown.
 *
 * A notice stores the id and the version of what was ticked, never only "yes": what a person declared is the sentence
 * they saw. A changed sentence is a new version and the old one stays. The sentences are ours, written to the elements of
 * the statutes; where the statute's own wording was not read in full, `reviewed` is false and a lawyer has to look.
 * @module
 */

import { type Day, parseDay } from '../day.ts';

/** What can be declared. */
export type DeclarationId =
  | 'not-consensual'
  | 'intimate-image-content'
  | 'good-faith'
  | 'true-to-knowledge'
  | 'accurate-and-complete'
  | 'standing'
  | 'authority-under-perjury'
  | 'california-resident';

/** One text of a declaration. */
export interface DeclarationText {
  readonly version: string;
  readonly from: Day;
  /** English, the language of the statutes that ask for it. */
  readonly text: string;
  readonly reviewed: boolean;
}

/** A declaration and its texts, oldest first. */
export interface Declaration {
  readonly id: DeclarationId;
  readonly texts: readonly DeclarationText[];
}

/** A tick: which sentence, and when. */
export interface Ticked {
  readonly id: DeclarationId;
  readonly version: string;
  readonly atMs: number;
}

/** Every declaration. */
export const DECLARATIONS: readonly Declaration[] = [
  declaration('not-consensual', 'The person shown did not consent to this publication.'),
  declaration(
    'intimate-image-content',
    'I declare that this is intimate image content: it shows, or appears to show, a person in an intimate state, and was shared without that person’s consent.',
  ),
  declaration(
    'good-faith',
    'I believe in good faith that the content was published without the consent of the person shown.',
  ),
  declaration('true-to-knowledge', 'What I state here is true to the best of my knowledge and belief.'),
  declaration(
    'accurate-and-complete',
    'The information and the allegations in this notice are accurate and complete.',
  ),
  declaration('standing', 'I am the person shown, or I am authorised to act for that person.'),
  declaration(
    'authority-under-perjury',
    'Under penalty of perjury, I state that I am the owner, or am authorised to act for the owner, of an exclusive right that is allegedly infringed.',
  ),
  declaration(
    'california-resident',
    'I hold an account with this service and live in California, and I am the person shown.',
  ),
];

/** The newest text of a declaration in force on the day; undefined before its first. */
export function declarationOn(id: DeclarationId, day: Day): DeclarationText | undefined {
  const texts = DECLARATIONS.find((each) => each.id === id)?.texts ?? [];
  return texts.findLast((each) => each.from <= day);
}

/** Whether the tick names a text that was ever shown. */
export function isKnownTick(ticked: Ticked): boolean {
  const texts = DECLARATIONS.find((each) => each.id === ticked.id)?.texts ?? [];
  return texts.some((each) => each.version === ticked.version);
}

function declaration(id: DeclarationId, text: string): Declaration {
  return { id, texts: [{ version: '1', from: parseDay('2026-11-01'), text, reviewed: false }] };
}
