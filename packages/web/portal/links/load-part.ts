/**
 * Fetches what the screens of links need in a language: the interface's words, the texts beside a plan, and the sentences of
 * notices, and of what follows them, in English (what is sent) and in the person's language (what is read beside it).
 * @module
 */

import type { FollowSentences } from '@reclaim/law/notice/follow-sentences';
import { FOLLOW_EN } from '@reclaim/law/notice/follow-sentences-en';
import type { Sentences } from '@reclaim/law/notice/sentences';
import { SENTENCES_EN } from '@reclaim/law/notice/sentences-en';
import type { PlanWords } from '@reclaim/law/plan/plan-words';
import type { Language } from '../../ui/language.ts';
import { loadLinkWords } from '../../ui/words/links/words.ts';
import type { LinkPart } from './link-context.ts';

async function loadSentences(language: Exclude<Language, 'en'>): Promise<Sentences> {
  switch (language) {
    case 'es':
      return (await import('@reclaim/law/notice/sentences-es')).SENTENCES_ES;
    case 'ar':
      return (await import('@reclaim/law/notice/sentences-ar')).SENTENCES_AR;
    default:
      return language satisfies never;
  }
}

async function loadPlanWords(language: Language): Promise<PlanWords> {
  switch (language) {
    case 'en':
      return (await import('@reclaim/law/plan/plan-words-en')).PLAN_WORDS_EN;
    case 'es':
      return (await import('@reclaim/law/plan/plan-words-es')).PLAN_WORDS_ES;
    case 'ar':
      return (await import('@reclaim/law/plan/plan-words-ar')).PLAN_WORDS_AR;
    default:
      return language satisfies never;
  }
}

async function loadFollow(language: Exclude<Language, 'en'>): Promise<FollowSentences> {
  switch (language) {
    case 'es':
      return (await import('@reclaim/law/notice/follow-sentences-es')).FOLLOW_ES;
    case 'ar':
      return (await import('@reclaim/law/notice/follow-sentences-ar')).FOLLOW_AR;
    default:
      return language satisfies never;
  }
}

/** The part in a language. Rejects where the network does not bring it. */
export async function loadPart(language: Language): Promise<LinkPart> {
  const [say, planWords, sentences, follow] = await Promise.all([
    loadLinkWords(language),
    loadPlanWords(language),
    language === 'en' ? SENTENCES_EN : loadSentences(language),
    language === 'en' ? FOLLOW_EN : loadFollow(language),
  ]);
  return {
    say,
    planWords,
    tables: { en: SENTENCES_EN, [language]: sentences },
    follow: { en: FOLLOW_EN, [language]: follow },
  };
}
