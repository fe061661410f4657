/**
 * The one question that is never skipped. There is no file control in the page before it is answered with "no".
 * @module
 */

import { ChoiceList } from '../../ui/choice-list.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import { useHeader, useVisit } from '../visit.ts';

/** Was anyone under 18? */
export function Age() {
  const { words, step, desk } = useVisit();
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={words.age.title} lead={words.age.lead} {...useHeader()} />
      </div>
      <ChoiceList
        label={words.age.title}
        choices={[
          { value: 'no', name: words.age.no },
          { value: 'yes', name: words.age.yes },
          { value: 'not-sure', name: words.age.notSure },
        ]}
        onChoose={(under18) => {
          desk.setUnder18(under18);
          if (under18 === 'no') desk.warmUp();
          else desk.clearPictures();
          step({ kind: 'age', under18 });
        }}
      />
    </div>
  );
}
