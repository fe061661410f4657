/**
 * The words of watched addresses for a screen: fetched when one of them is shown, and again when the language changes.
 * @module
 */

import { useEffect, useState } from 'preact/hooks';
import { loadWatchWords, type WatchWords } from '../../ui/words/watch/words.ts';
import { useVisit } from '../visit.ts';

/** The words in the language of the visit; `undefined` until they are there. */
export function useWatchWords(): WatchWords | undefined {
  const { language } = useVisit();
  const [say, setSay] = useState<WatchWords>();
  useEffect(() => {
    let here = true;
    loadWatchWords(language).then(
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

/** A moment, as a person reads one. */
export function momentOf(language: string, ms: number): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(ms);
}

/** The site of a link: its host, and nothing of what is asked of it. */
export function siteOf(link: string): string {
  return URL.canParse(link) ? new URL(link).host : '';
}
