/**
 * The answers of the case as the draft of one notice.
 * @module
 */

import { EMPTY_NOTICE, type KeptNotice } from '@reclaim/casework/takedown/takedown-record';
import type { NoticeDraft } from '@reclaim/law/duty/notice-draft';
import type { ListedLink } from './link-list.ts';

/** The draft for the links. About somebody under 18 nothing that was answered stands in it but a way to be reached. */
export function draftOf(
  kept: KeptNotice | undefined,
  links: readonly ListedLink[],
  minor: boolean,
): NoticeDraft {
  const {
    country: _country,
    subdivision: _subdivision,
    madeByPerson: _made,
    factsSuggested: _suggested,
    ...answers
  } = minor ? EMPTY_NOTICE : (kept ?? EMPTY_NOTICE);
  return {
    ...answers,
    locations: links.map((each) => each.target.link),
    age: minor ? 'under-18-when-taken' : 'adult',
  };
}
