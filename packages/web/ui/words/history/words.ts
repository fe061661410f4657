/**
 * What a language has to say about what comes and what happened: the shape of the English words. Each language is a chunk of
 * its own, loaded with that screen.
 * @module
 */

import type { Language } from '../../language.ts';
import type { WordsLike } from '../words.ts';
import type { en } from './en.ts';

/** The words of that screen in one language. */
export type HistoryWords = WordsLike<typeof en>;

/** Fetches a language's words. */
export async function loadHistoryWords(language: Language): Promise<HistoryWords> {
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
