/**
 * What a language has to say about marked copies; a chunk of its own for each, loaded with those screens.
 * @module
 */

import type { Language } from '../../language.ts';
import type { WordsLike } from '../words.ts';
import type { en } from './en.ts';

/** All words of marked copies in one language. */
export type CopiesWords = WordsLike<typeof en>;

/** Fetches a language's words. */
export async function loadCopiesWords(language: Language): Promise<CopiesWords> {
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
