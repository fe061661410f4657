/**
 * The list of guides. All of them are open to everybody, whatever was answered about age: none reads a file.
 * @module
 */

import { ChoiceList } from '../../ui/choice-list.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import { useHeader, useVisit } from '../visit.ts';
import { GUIDES, useGuideWords } from './guide-words.ts';

/** The screen. */
export function Guides() {
  const { words, step } = useVisit();
  const header = useHeader();
  const say = useGuideWords();
  if (say === undefined) return <p role="status">{words.frame.loading}</p>;
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
