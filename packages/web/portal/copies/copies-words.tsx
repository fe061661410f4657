/**
 * The words of marked copies for a screen, in the language of the visit, fetched with it; and what they say of a stop.
 * @module
 */

import type { FunctionComponent } from 'preact';
import { type CopiesWords, loadCopiesWords } from '../../ui/words/copies/words.ts';
import type { Words } from '../../ui/words/words.ts';
import type { CopiesRefusal } from '../core/copies-task.ts';
import { worded } from '../worded.tsx';

/** A screen that is given its words once they are there. */
export function withCopiesWords(Screen: FunctionComponent<{ readonly say: CopiesWords }>): FunctionComponent {
  return worded(loadCopiesWords, Screen);
}

/** Why it stopped, as a sentence. */
export function stoppedWords(words: Words, say: CopiesWords, reason: CopiesRefusal): string {
  const own: Readonly<Record<string, string>> = say.stopped;
  const shared: Readonly<Record<string, string>> = words.protect.refusals;
  return own[reason] ?? shared[reason] ?? words.frame.offline;
}
