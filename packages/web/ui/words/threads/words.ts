/**
 * What a language has to say about helpers and the way back: the shape of the English words. Each language is a chunk of
 * its own, loaded with those screens.
 * @module
 */

import type { Language } from '../../language.ts';
import type { WordsLike } from '../words.ts';
import type { en } from './en.ts';

/** The words of those screens in one language. */
export type ThreadWords = WordsLike<typeof en>;

/** Fetches a language's words. */
export async function loadThreadWords(language: Language): Promise<ThreadWords> {
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
