/**
 * The other road: for pictures in which somebody may be under 18. No file, no fingerprint, no case; the organisations
 * that may act on such pictures, and everything here that is only text.
 * @module
 */

import { Button } from '../../ui/button.tsx';
import { ChoiceList } from '../../ui/choice-list.tsx';
import { SelectField } from '../../ui/field.tsx';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import { SERVICES } from '../directory.ts';
import { countryOptions } from '../emergency-box.tsx';
import { ServiceList } from '../service-list.tsx';
import { useHeader, useVisit } from '../visit.ts';

/** Hotlines shown wherever one lives: they take reports from anywhere, or are the largest of their kind. */
const ALWAYS = new Set(['take-it-down', 'cybertipline', 'report-remove', 'cybertip-ca']);

/** The road made for minors. */
export function Minor() {
  const { words, language, journey, step, go } = useVisit();
  const elsewhere = SERVICES.filter((each) => ALWAYS.has(each.id) && each.country !== 'world');
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={words.minor.title} lead={words.minor.lead} {...useHeader()} />
        <p class="not-your-fault">{words.frame.notFault}</p>
        <NoticeBox kind="info">
          <p>{words.minor.ours}</p>
        </NoticeBox>
      </div>
      <section class="stack" aria-labelledby="where">
        <h2 id="where">{words.minor.where}</h2>
        <SelectField
          label={words.danger.country}
          value={journey.country}
          options={countryOptions(language, words.danger.notSure)}
          onChange={(country) => step({ kind: 'country', country })}
        />
        <ServiceList
          fits={(each) => each.serves === 'minors' || (each.does === 'report' && each.serves === 'all')}
          also={elsewhere.filter((each) => each.country !== journey.country)}
        />
      </section>
      <section class="stack" aria-labelledby="still">
        <h2 id="still">{words.minor.still}</h2>
        <ChoiceList
          label={words.minor.still}
          choices={[
            { value: 'blackmail', name: words.start.blackmail },
            { value: 'evidence', name: words.needs.evidence, note: words.needs.evidenceNote },
            { value: 'links', name: words.needs.links, note: words.needs.linksNote },
            { value: 'prepare', name: words.start.prepare },
            { value: 'guides', name: words.needs.guides, note: words.needs.guidesNote },
            { value: 'talk', name: words.needs.talk, note: words.needs.talkNote },
          ]}
          onChoose={go}
        />
        <div class="actions">
          <Button kind="plain" onPress={() => go('age')}>
            {words.minor.change}
          </Button>
        </div>
      </section>
    </div>
  );
}
