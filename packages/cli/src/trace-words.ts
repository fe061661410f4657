/**
 * The words of a trace. A match is said of a file and never of a person; the bound is a chance of error, never a percentage
 * of guilt; what it does not show stands beside it every time.
 * @module
 */

import type { CannotTell } from '@reclaim/watermark/trace';

/** What a match does not show. */
export const NOT_SHOWN =
  'This does not show who published it, or how it left anybody’s device: phones are lent, lost and broken into.';

/** What a witness's time is to be held against: codes that were fixed after the leak can be made to fit anybody. */
export const COUNTS_AFTER = 'It counts only if the picture first appeared after that time.';

/** Before a name is shown. */
export const BEFORE_A_NAME = `Before you see whose copy it was:
  Is it safe for you to know it now? Are you alone, and is somebody there whom
  you can call? Confronting a person can put you in danger, and warns whoever
  did it. A helpline, a lawyer or the police can take this answer from you
  first: --bundle FILE writes it for them, and shows no name here.
  To see the name, run this again with --names.`;

/** Why nothing can be told, as a sentence. */
export function cannotTellInWords(reason: CannotTell): string {
  switch (reason) {
    case 'too-small':
      return 'the picture is too small to tell anything from it';
    case 'no-detail':
      return 'the picture shows too little to be laid over the original';
    case 'no-fit':
      return 'the picture could not be laid over the original: it may be another picture, or too altered';
    case 'too-altered':
      return 'the picture is of the original, and too altered for a mark to be seen; this clears nobody and points at nobody';
    default:
      return reason satisfies never;
  }
}

/** The bound as words: a power of ten, rounded up so that it is never said to be smaller than it is. */
export function boundInWords(logBound: number): string {
  const tens = Math.ceil(logBound / Math.LN10);
  return tens >= 0 ? '1' : `10^${tens}`;
}
