/**
 * The console's words: one flat table a language, each its own chunk, loaded when it is chosen. Arabic is not written yet
 * and reads English from left to right.
 * @module
 */

import { en, type WordName } from './en.ts';

/** A language's sentences. */
export type ConsoleWords = Readonly<Record<WordName, string>>;

/** The languages that the console speaks. */
export const CONSOLE_LANGUAGES = Object.freeze(['en', 'es'] as const);

/** One of them. */
export type ConsoleLanguage = (typeof CONSOLE_LANGUAGES)[number];

/** English is always there: it is what is shown until another language has come. */
export const FIRST_WORDS: ConsoleWords = en;

/** Fetches a language's words. */
export async function loadConsoleWords(language: ConsoleLanguage): Promise<ConsoleWords> {
  return language === 'es' ? (await import('./es.ts')).es : en;
}

/** The browser's first language that the console speaks, or English. */
export function pickConsoleLanguage(preferred: readonly string[]): ConsoleLanguage {
  for (const tag of preferred) {
    const primary = tag.toLowerCase().split('-')[0];
    const found = CONSOLE_LANGUAGES.find((each) => each === primary);
    if (found !== undefined) return found;
  }
  return 'en';
}
