/**
 * What a language of the notice form has to say: the shape of the English words. Each language is its own chunk.
 * @module
 */

import type { Language, Plural } from '../../ui/language.ts';
import type { en } from './en.ts';

type WordsLike<Table> = {
  readonly [Name in keyof Table]: Table[Name] extends string
    ? string
    : Table[Name] extends { readonly one: string; readonly other: string }
      ? Plural
      : WordsLike<Table[Name]>;
};

/** All words of the notice form in one language. */
export type NoticeWords = WordsLike<typeof en>;

/** Fetches a language's words. */
export async function loadNoticeWords(language: Language): Promise<NoticeWords> {
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
