/**
 * What to say when the service or the network did not do what was asked: what happened, what was kept, what to do.
 * @module
 */

import { type Language, plural } from '../ui/language.ts';
import type { Words } from '../ui/words/words.ts';

/** A refusal of any part: its reason, and the wait where the node named one. */
export type Trouble = { readonly reason: string; readonly retryAfterSeconds?: number };

/**
 * The sentence for a refusal; one that is not known here gets the plainest. Where the node asks for a pause it says how
 * long, and nothing of what the pause is about: that would tell whether there is a case.
 */
export function troubleWords(
  { words, language }: { readonly words: Words; readonly language: Language },
  { reason, retryAfterSeconds }: Trouble,
): string {
  switch (reason) {
    case 'offline':
      return words.frame.offline;
    case 'limited':
    case 'busy':
    case 'unavailable':
    case 'storage-full':
    case 'proof':
      return retryAfterSeconds === undefined
        ? words.frame.busy
        : plural(language, words.frame.wait, Math.max(1, Math.ceil(retryAfterSeconds / 60)));
    case 'version':
    case 'newer':
      return words.status.version;
    case 'under-18':
    case 'refused-minor':
      return words.protect.refusals['under-18'];
    case 'too-many':
      return words.protect.refusals['too-many'];
    default:
      return words.frame.refused;
  }
}
