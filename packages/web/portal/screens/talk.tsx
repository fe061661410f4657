/**
 * People to talk to, by country.
 * @module
 */

import { SelectField } from '../../ui/field.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import { countryOptions } from '../emergency-box.tsx';
import { ServiceList } from '../service-list.tsx';
import { useHeader, useVisit } from '../visit.ts';

/** The directory. */
export function Talk() {
  const { words, language, journey, step } = useVisit();
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={words.talk.title} lead={words.talk.lead} {...useHeader()} />
        <SelectField
          label={words.danger.country}
          value={journey.country}
          options={countryOptions(language, words.danger.notSure)}
          onChange={(country) => step({ kind: 'country', country })}
        />
      </div>
      <section class="stack" aria-labelledby="people">
        <h2 id="people" class="visually-hidden">
          {words.start.human}
        </h2>
        <ServiceList />
      </section>
    </div>
  );
}
