/**
 * The words of keeping proof for a screen, in the language of the visit, fetched with it.
 * @module
 */

import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type EvidenceWords, loadEvidenceWords } from '../../ui/words/evidence/words.ts';
import type { EvidenceRefusal } from '../core/evidence-state.ts';
import { troubleWords } from '../trouble.ts';
import { useVisit, type Visit } from '../visit.ts';

/** A screen that is given its words once they are there. */
export function withWords(Screen: FunctionComponent<{ readonly say: EvidenceWords }>): FunctionComponent {
  return function Worded() {
    const { language, words } = useVisit();
    const [say, setSay] = useState<EvidenceWords>();
    useEffect(() => {
      let here = true;
      loadEvidenceWords(language).then(
        (loaded) => {
          if (here) setSay(loaded);
        },
        // Without the network the language stays as it was; nothing is lost by that.
        () => undefined,
      );
      return () => {
        here = false;
      };
    }, [language]);
    return say === undefined ? <p role="status">{words.frame.loading}</p> : <Screen say={say} />;
  };
}

/** The sentence for what was not done. */
export function evidenceTrouble(
  visit: Visit,
  say: EvidenceWords,
  refused: { readonly reason: string; readonly retryAfterSeconds?: number },
): string {
  switch (refused.reason as EvidenceRefusal) {
    case 'empty':
      return say.add.empty;
    case 'bad-field':
      return say.add.badField;
    case 'known-file':
      return say.add.knownFile;
    case 'cannot-read':
      return say.add.cannotRead;
    case 'too-long':
    case 'too-many':
      return say.add.tooLong;
    case 'gone':
      return say.add.gone;
    default:
      return troubleWords(visit, refused);
  }
}
