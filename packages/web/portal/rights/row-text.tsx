/**
 * A text out of a row of the law: in the language in which it was noted, whatever the language of the page, and marked so, for
 * screen readers and for the direction of writing.
 * @module
 */

import type { Day } from '@reclaim/law/day';
import { dayWords, fill } from '../../ui/language.ts';
import type { RightsWords } from '../../ui/words/rights/words.ts';
import { useVisit } from '../visit.ts';

/** The text; `lang` is a BCP 47 tag, English where none is given. */
export function RowText({ text, lang }: { readonly text: string; readonly lang?: string }) {
  return (
    <bdi lang={lang ?? 'en'} dir="ltr">
      {text}
    </bdi>
  );
}

/** Where something was read and when it was last compared with that: the source in its own direction. */
export function SourceLine(props: { readonly say: RightsWords; readonly read: string; readonly day: Day }) {
  const { language } = useVisit();
  const [before = '', after = ''] = props.say.source.split('{source}');
  return (
    <p class="small quiet-text">
      {before}
      <RowText text={props.read} />
      {fill(after, { day: dayWords(language, props.day) })}
    </p>
  );
}

/** Languages of the names of statutes, by jurisdiction; English elsewhere. */
const STATUTE_LANGUAGE: Readonly<Record<string, string>> = {
  AR: 'es',
  BE: 'fr',
  BR: 'pt',
  DE: 'de',
  DK: 'da',
  ES: 'es',
  FR: 'fr',
  IT: 'it',
  MX: 'es',
  NL: 'nl',
  PL: 'pl',
  PT: 'pt',
  SE: 'sv',
};

/** The BCP 47 tag of the name of a statute of a jurisdiction. */
export function statuteLanguage(jurisdiction: string): string {
  return STATUTE_LANGUAGE[jurisdiction] ?? 'en';
}
