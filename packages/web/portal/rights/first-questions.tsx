/**
 * What many ask first, with what can be said of it anywhere, one step to begin with, and, where the answer hangs on what a law
 * names, what the laws that are shown for the place say. What is not shown is "not confirmed", never "no".
 * @module
 */

import type { Deed } from '@reclaim/law/right/right';
import { fill, type Language } from '../../ui/language.ts';
import type { RightsWords } from '../../ui/words/rights/words.ts';
import { useVisit } from '../visit.ts';
import { coverOf, QUESTIONS } from './questions.ts';
import type { RightsView } from './rights-view.ts';

/** The questions, each closed until it is pressed. */
export function FirstQuestions({ say, view }: { readonly say: RightsWords; readonly view: RightsView }) {
  const { language } = useVisit();
  return (
    <section class="stack tight" aria-labelledby="first-questions">
      <h2 id="first-questions">{say.questions.title}</h2>
      {QUESTIONS.map(([name, deeds]) => {
        const { asked, say: answer, next } = say.questions.list[name];
        return (
          <details key={name} class="details">
            <summary>{asked}</summary>
            <div class="stack tight">
              <p>{answer}</p>
              {deeds.length > 0 && view.known && <p>{coverWords(say, language, view, deeds)}</p>}
              <p>
                <strong>{say.questions.next}:</strong> {next}
              </p>
            </div>
          </details>
        );
      })}
    </section>
  );
}

function coverWords(say: RightsWords, language: Language, view: RightsView, deeds: readonly Deed[]): string {
  const { kind, laws } = coverOf(view, deeds);
  // Names of statutes keep their own direction within a sentence of another (Unicode UAX 9, first strong isolate).
  const names = laws.map((law) => `\u2068${law.statute}\u2069`);
  return fill(say.questions[kind], {
    laws: new Intl.ListFormat(language, { type: 'conjunction' }).format(names),
  });
}
