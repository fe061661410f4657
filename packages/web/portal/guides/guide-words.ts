/**
 * The words of the guides for a screen: fetched when one of them is shown, and again when the language changes.
 * @module
 */

import { useEffect, useState } from 'preact/hooks';
import { type GuideWords, loadGuideWords } from '../../ui/words/guides/words.ts';
import { useVisit } from '../visit.ts';

/** The guides, in the order in which they are listed. */
export const GUIDES = Object.freeze(['accounts', 'sharing', 'received', 'calm'] as const);

/** One of them. */
export type Guide = (typeof GUIDES)[number];

/** The guide that a screen is about; the first where something else was picked. */
export function guideOf(picked: string | undefined): Guide {
  return GUIDES.find((each) => each === picked) ?? 'accounts';
}

/** The words in the language of the visit; `undefined` until they are there. */
export function useGuideWords(): GuideWords | undefined {
  const { language } = useVisit();
  const [say, setSay] = useState<GuideWords>();
  useEffect(() => {
    let here = true;
    loadGuideWords(language).then(
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
  return say;
}
