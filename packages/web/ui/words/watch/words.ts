/**
 * What a language has to say about watched addresses; a chunk of its own for each, loaded with those screens.
 * @module
 */

import type { Language } from '../../language.ts';
import type { WordsLike } from '../words.ts';
import type { en } from './en.ts';

/** All words of watched addresses in one language. */
export type WatchWords = WordsLike<typeof en>;

/** Fetches a language's words. */
export async function loadWatchWords(language: Language): Promise<WatchWords> {
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
