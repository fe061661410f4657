/**
 * Services of a country below a guide, with the choice of the country above them: without one the list would say nothing to
 * most people.
 * @module
 */

import { SelectField } from '../../ui/field.tsx';
import type { Service } from '../directory.ts';
import { countryOptions } from '../emergency-box.tsx';
import { ServiceList } from '../service-list.tsx';
import { useVisit } from '../visit.ts';

/** Those of the chosen country that fit, then those that work in every country. */
export function Lines(props: { readonly fits: (service: Service) => boolean }) {
  const { words, language, journey, step } = useVisit();
  return (
    <div class="stack">
      <SelectField
        label={words.danger.country}
        value={journey.country}
        options={countryOptions(language, words.danger.notSure)}
        onChange={(country) => step({ kind: 'country', country })}
      />
      <ServiceList fits={props.fits} />
    </div>
  );
}
