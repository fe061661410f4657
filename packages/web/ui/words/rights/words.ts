/**
 * What a language has to say about the page of rights; a chunk of its own for each, loaded with that screen.
 * @module
 */

import type { Language } from '../../language.ts';
import type { WordsLike } from '../words.ts';
import type { en } from './en.ts';

/** All words of the page of rights in one language. */
export type RightsWords = WordsLike<typeof en>;

/** Fetches a language's words. */
export async function loadRightsWords(language: Language): Promise<RightsWords> {
  switch (language) {
    case 'en':
      return (await import('./en.ts')).en;
    case 'es':
      return (await import('./es.ts')).es;
    case 'ar':
      return (await import('./ar.ts')).ar;
    default: {
      const never: never = language;
      return never;
    }
  }
}
