/**
 * The words of keeping proof for a screen, in the language of the visit, fetched with it.
 * @module
 */

import type { FunctionComponent } from 'preact';
import { type EvidenceWords, loadEvidenceWords } from '../../ui/words/evidence/words.ts';
import type { EvidenceRefusal } from '../core/evidence-state.ts';
import { troubleWords } from '../trouble.ts';
import type { Visit } from '../visit.ts';
import { worded } from '../worded.tsx';

/** A screen that is given its words once they are there. */
export function withWords(Screen: FunctionComponent<{ readonly say: EvidenceWords }>): FunctionComponent {
  return worded(loadEvidenceWords, Screen);
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
