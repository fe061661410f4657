/**
 * The words of marked copies for a screen, in the language of the visit, fetched with it; and what they say of a stop.
 * @module
 */

import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type CopiesWords, loadCopiesWords } from '../../ui/words/copies/words.ts';
import type { Words } from '../../ui/words/words.ts';
import type { CopiesRefusal } from '../core/copies-task.ts';
import { useVisit } from '../visit.ts';

/** A screen that is given its words once they are there. */
export function withCopiesWords(Screen: FunctionComponent<{ readonly say: CopiesWords }>): FunctionComponent {
  return function Worded() {
    const { language, words } = useVisit();
    const [say, setSay] = useState<CopiesWords>();
    useEffect(() => {
      let here = true;
      loadCopiesWords(language).then(
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

/** Why it stopped, as a sentence. */
export function stoppedWords(words: Words, say: CopiesWords, reason: CopiesRefusal): string {
  const own: Readonly<Record<string, string>> = say.stopped;
  const shared: Readonly<Record<string, string>> = words.protect.refusals;
  return own[reason] ?? shared[reason] ?? words.frame.offline;
}
