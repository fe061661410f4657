/**
 * "In danger right now?", at the foot of every page: the emergency number of the country where a source names it, and
 * a sentence that holds anywhere. It never depends on what was typed: nothing is read out of anybody's words.
 * @module
 */

import { Button } from '../ui/button.tsx';
import { SelectField } from '../ui/field.tsx';
import { fill, type Language, leftToRight } from '../ui/language.ts';
import { COUNTRIES, type Country, EMERGENCY } from './directory.ts';
import { useVisit } from './visit.ts';

/** The countries by name in a language, with "another, or not sure" first. */
export function countryOptions(language: Language, notSure: string): readonly (readonly [Country, string])[] {
  const names = new Intl.DisplayNames(language, { type: 'region' });
  const named = COUNTRIES.map((each) => [each, names.of(each) ?? each] as const);
  return [['world', notSure] as const, ...named.sort((a, b) => a[1].localeCompare(b[1], language))];
}

/** The box. */
export function EmergencyBox() {
  const { words, language, journey, step, go } = useVisit();
  const known = EMERGENCY[journey.country];
  return (
    <section class="stack" aria-labelledby="danger">
      <h2 id="danger">{words.danger.title}</h2>
      <SelectField
        label={words.danger.country}
        value={journey.country}
        options={countryOptions(language, words.danger.notSure)}
        onChange={(country) => step({ kind: 'country', country })}
      />
      {known === undefined ? (
        <p>{words.danger.unknown}</p>
      ) : (
        <div class="actions">
          <a class="button danger" href={`tel:${known.number}`}>
            {fill(words.danger.call, { number: leftToRight(language, known.number) })}
          </a>
          <span class="small quiet-text">{fill(words.danger.source, { source: known.source })}</span>
        </div>
      )}
      <p class="quiet-text">{words.danger.selfHarm}</p>
      <div class="actions">
        <Button kind="plain" onPress={() => go('talk')}>
          {words.start.all}
        </Button>
      </div>
    </section>
  );
}
