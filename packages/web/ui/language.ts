/**
 * Languages of the interface, and what depends on them: direction, plural forms, filled-in sentences, dates. Tags are
 * BCP 47; plural categories are those of CLDR through `Intl.PluralRules`.
 * @module
 */

/** The languages that have words. */
export const LANGUAGES = Object.freeze(['en', 'es', 'ar'] as const);

/** One of them. */
export type Language = (typeof LANGUAGES)[number];

/** What each calls itself: the only name that its readers are sure to find. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = Object.freeze({
  en: 'English',
  es: 'Español',
  ar: 'العربية',
});

/** Which way a language is written. */
export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr';
}

/** The first of `preferred` (a browser's list of tags) that has words; English when none has. */
export function pickLanguage(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const primary = tag.toLowerCase().split('-')[0];
    const found = LANGUAGES.find((each) => each === primary);
    if (found !== undefined) return found;
  }
  return 'en';
}

/** A sentence for each plural form that a language has; `{n}` is the number. */
export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

/** Puts values into a sentence: `{name}` becomes `values.name`; an unknown name is a programmer's error. */
export function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new RangeError(`sentence names a value that was not given: ${name}`);
    return String(value);
  });
}

/**
 * A number with signs in it (of a telephone, of a notice), for a sentence: it is written from left to right whatever stands
 * around it (UAX #9, LRI and PDI). Without that "1-800" would be read as "800-1" behind an Arabic word.
 */
export function leftToRight(language: Language, number: string): string {
  return directionOf(language) === 'rtl' ? `\u2066${number}\u2069` : number;
}

/** The sentence for `n` things, with the number written as the language does. */
export function plural(language: Language, forms: Plural, n: number): string {
  const form = forms[new Intl.PluralRules(language).select(n)] ?? forms.other;
  return fill(form, { n: new Intl.NumberFormat(language).format(n) });
}

/** A day in words; `instant` in milliseconds UTC or an ISO date. */
export function dayWords(language: Language, instant: number | string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(instant));
}
