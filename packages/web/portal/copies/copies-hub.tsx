/**
 * Marked copies: before a picture is sent, or after one got out.
 * @module
 */

import { ChoiceList } from '../../ui/choice-list.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import type { CopiesWords } from '../../ui/words/copies/words.ts';
import { useHeader, useVisit } from '../visit.ts';
import { withCopiesWords } from './copies-words.tsx';

/** The choice, with what marks cannot do. */
export const CopiesHub = withCopiesWords(Hub);

function Hub({ say }: { readonly say: CopiesWords }) {
  const { words, go } = useVisit();
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={words.copies.title} lead={words.copies.lead} {...useHeader()} />
      </div>
      <ChoiceList
        label={words.copies.title}
        choices={[
          { value: 'marking', name: say.hub.make, note: say.hub.makeNote },
          { value: 'tracing', name: say.hub.trace, note: say.hub.traceNote },
        ]}
        onChoose={go}
      />
      <p class="quiet-text">{say.hub.limits}</p>
      <p class="quiet-text">{words.copies.help}</p>
    </div>
  );
}
