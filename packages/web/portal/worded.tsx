/**
 * A screen whose words are a chunk of their own, fetched in the language of the visit when the screen is first shown.
 * @module
 */

import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Language } from '../ui/language.ts';
import { useVisit } from './visit.ts';

/** The screen once `load` brought its words; before that, that it is loading. */
export function worded<Say>(
  load: (language: Language) => Promise<Say>,
  Screen: FunctionComponent<{ readonly say: Say }>,
): FunctionComponent {
  return function Worded() {
    const { language, words } = useVisit();
    const [say, setSay] = useState<Say>();
    useEffect(() => {
      let here = true;
      load(language).then(
        (loaded) => {
          if (here) setSay(() => loaded);
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
