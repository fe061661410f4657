/**
 * What to say when the service or the network did not do what was asked: what happened, what was kept, what to do.
 * @module
 */

import type { Words } from '../ui/words/words.ts';

/** The sentence for a reason; one that is not known here gets the plainest. */
export function troubleWords(words: Words, reason: string): string {
  switch (reason) {
    case 'offline':
      return words.frame.offline;
    case 'busy':
    case 'unavailable':
    case 'limited':
    case 'storage-full':
    case 'proof':
      return words.frame.busy;
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
