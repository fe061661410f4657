/**
 * What would help: one choice, and all others stay one step away.
 * @module
 */

import { ChoiceList } from '../../ui/choice-list.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import { useHeader, useVisit } from '../visit.ts';

/** The kinds of help. */
export function Needs() {
  const { words, go } = useVisit();
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={words.needs.title} lead={words.needs.lead} {...useHeader()} />
      </div>
      <ChoiceList
        label={words.needs.title}
        choices={[
          { value: 'protect', name: words.needs.protect, note: words.needs.protectNote },
          { value: 'links', name: words.needs.links, note: words.needs.linksNote },
          { value: 'evidence', name: words.needs.evidence, note: words.needs.evidenceNote },
          { value: 'mine', name: words.needs.mine, note: words.needs.mineNote },
          { value: 'copies', name: words.needs.copies, note: words.needs.copiesNote },
          { value: 'rights', name: words.needs.rights, note: words.needs.rightsNote },
          { value: 'guides', name: words.needs.guides, note: words.needs.guidesNote },
          { value: 'talk', name: words.needs.talk, note: words.needs.talkNote },
        ]}
        onChoose={go}
      />
    </div>
  );
}
