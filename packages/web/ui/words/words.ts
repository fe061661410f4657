/**
 * What a language of the portal has to say: the shape of the English words with every sentence free. Each language is
 * its own chunk and is loaded when it is chosen.
 * @module
 */

import type { Language, Plural } from '../language.ts';
import type { en } from './en.ts';

/** A table of words: sentences by name, plural forms wherever English has them. */
export type WordsLike<Table> = {
  readonly [Name in keyof Table]: Table[Name] extends string
    ? string
    : Table[Name] extends { readonly other: string }
      ? Plural
      : WordsLike<Table[Name]>;
};

/** All words of the portal in one language. */
export type Words = WordsLike<typeof en>;

/** Fetches a language's words. */
export async function loadWords(language: Language): Promise<Words> {
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
