/**
 * What a language has to say about keeping proof; a chunk of its own for each, loaded with those screens.
 * @module
 */

import type { Language } from '../../language.ts';
import type { WordsLike } from '../words.ts';
import type { en } from './en.ts';

/** All words of keeping proof in one language. */
export type EvidenceWords = WordsLike<typeof en>;

/** Fetches a language's words. */
export async function loadEvidenceWords(language: Language): Promise<EvidenceWords> {
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
