/**
 * Who decided on a notice, in a sentence or two: what is known and no more. Of the staff it is known that a person was signed
 * in; of a key only that it is the platform's, and what the platform declares.
 * @module
 */

import type { NoticeStatus } from '@reclaim/casework/wire-notice';
import type { NoticeWords } from './words/words.ts';

/** The sentences. */
export function whoDecided(
  { status }: Pick<NoticeWords, 'status'>,
  { by, automated }: Pick<NonNullable<NoticeStatus['decision']>, 'by' | 'automated'>,
): string {
  if (by === 'staff') return automated === 'no' ? status.human : status.machine;
  return `${status.platform} ${status.says[automated]}`;
}
