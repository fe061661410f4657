/**
 * What a language has to say on the way from links to notices: the shape of the English words. Each language is a chunk of its
 * own, loaded with that way.
 * @module
 */

import type { Language } from '../../language.ts';
import type { WordsLike } from '../words.ts';
import type { en } from './en.ts';

/** The words of that way in one language. */
export type LinkWords = WordsLike<typeof en>;

/** Fetches a language's words. */
export async function loadLinkWords(language: Language): Promise<LinkWords> {
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
