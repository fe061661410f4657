/**
 * What a language has to say about the guides to read; a chunk of its own for each, loaded with those screens.
 * @module
 */

import type { Language } from '../../language.ts';
import type { WordsLike } from '../words.ts';
import type { en } from './en.ts';

/** All words of the guides in one language. */
export type GuideWords = WordsLike<typeof en>;

/** Fetches a language's words. */
export async function loadGuideWords(language: Language): Promise<GuideWords> {
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
