/**
 * What the screens of links share, once their part has arrived: the words, the tables of sentences, the list.
 * @module
 */

import type { FollowSentences } from '@reclaim/law/notice/follow-sentences';
import type { NoticeLanguage, Sentences } from '@reclaim/law/notice/sentences';
import type { PlanFacts } from '@reclaim/law/plan/link-plan';
import type { PlanWords } from '@reclaim/law/plan/plan-words';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { LinkWords } from '../../ui/words/links/words.ts';
import type { LinkList } from './link-list.ts';

/** The part, loaded. */
export type LinkPart = {
  readonly say: LinkWords;
  readonly planWords: PlanWords;
  readonly tables: Readonly<Partial<Record<NoticeLanguage, Sentences>>>;
  /** The sentences of what follows a notice, in the same languages. */
  readonly follow: Readonly<Partial<Record<NoticeLanguage, FollowSentences>>>;
};

/** The part with the list of this visit. */
export type LinkVisit = LinkPart & {
  readonly facts: PlanFacts;
  readonly list: LinkList;
  /** Whether the road made for minors is walked: text only, no case. */
  readonly minor: boolean;
};

/** Where it stands in the tree. */
export const LinkContext = createContext<LinkVisit | undefined>(undefined);

/** The part; only below its provider. */
export function useLinks(): LinkVisit {
  const links = useContext(LinkContext);
  if (links === undefined) throw new TypeError('a screen of links stands outside of its part');
  return links;
}
