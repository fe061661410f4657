/**
 * Where a fact comes from and how sure it is. Every row of this room carries both, and the display rule reads them.
 * @module
 */

import type { Day } from './day.ts';

/**
 * How a fact was read, from the surest down: the statute, gazette or other official text; the page of the authority or
 * organisation itself; the files of the project named; a law firm, the press, a guide; or nobody's text yet, only
 * general knowledge. `unknown` means that it was looked for and not found: it is a value, and it is never guessed.
 */
export type Sureness =
  | 'official-text'
  | 'own-page'
  | 'project-files'
  | 'secondary'
  | 'general-knowledge'
  | 'unknown';

/** All values of `Sureness`, the surest first. */
export const SURENESS: readonly Sureness[] = [
  'official-text',
  'own-page',
  'project-files',
  'secondary',
  'general-knowledge',
  'unknown',
];

/** The words that a reader sees beside a fact. */
export const SURENESS_WORDS: Readonly<Record<Sureness, string>> = {
  'official-text': 'read in the official text',
  'own-page': "read on the authority's own page",
  'project-files': 'read in the files of the project named',
  secondary: 'read in a secondary source',
  'general-knowledge': 'not yet read in a text',
  unknown: 'unconfirmed',
};

/** One source of a fact: what was read, of when, and when it was last looked at. */
export interface Source {
  /** The statute, page or publication, as a reader would look it up. */
  readonly cite: string;
  readonly sureness: Sureness;
  /** The last day on which somebody compared the row with the source. */
  readonly lastChecked: Day;
}

/**
 * Whether a cell may be shown to a person as a statement of law: only what was read in an official text or on the
 * authority's own page. `lawyerConfirmed` lifts a secondary reading, never general knowledge.
 */
export function mayShow(sureness: Sureness, lawyerConfirmed = false): boolean {
  if (sureness === 'official-text' || sureness === 'own-page') return true;
  return sureness === 'secondary' && lawyerConfirmed;
}

/** The less sure of two: a row read partly in a statute and partly in the press is as sure as the press. */
export function lessSure(a: Sureness, b: Sureness): Sureness {
  return SURENESS.indexOf(a) >= SURENESS.indexOf(b) ? a : b;
}
