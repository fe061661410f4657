/**
 * The list of guides. All of them are open to everybody, whatever was answered about age: none reads a file.
 * @module
 */

import { ChoiceList } from '../../ui/choice-list.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import { type GuideWords, loadGuideWords } from '../../ui/words/guides/words.ts';
import { useHeader, useVisit } from '../visit.ts';
import { worded } from '../worded.tsx';
import { GUIDES } from './guide-names.ts';

/** The screen. */
export const Guides = worded(loadGuideWords, Screen);

function Screen({ say }: { readonly say: GuideWords }) {
  const { step } = useVisit();
  const header = useHeader();
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={say.title} lead={say.lead} {...header} />
      </div>
      <ChoiceList
        label={say.all}
        choices={GUIDES.map((guide) => ({ value: guide, name: say[guide].title, note: say[guide].note }))}
        onChoose={(guide) => step({ kind: 'go', to: 'guide', picked: guide })}
      />
    </div>
  );
}
