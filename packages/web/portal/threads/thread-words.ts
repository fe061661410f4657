/**
 * Where the words of this part stand in the tree, and what its screens say of a day.
 * @module
 */

import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ThreadWords } from '../../ui/words/threads/words.ts';

/** The words of this part. */
export const ThreadWordsContext = createContext<ThreadWords | undefined>(undefined);

/** The words; only below their provider. */
export function useThreadWords(): ThreadWords {
  const say = useContext(ThreadWordsContext);
  if (say === undefined) throw new TypeError('a screen of helpers stands outside of its part');
  return say;
}
