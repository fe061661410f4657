/**
 * The sentences of a complaint to an office in the office's own language, one table for each: an office reads what it can act on,
 * and the same in the person's language stands beside it. Which office reads what: `officeLanguage`.
 *
 * English and Spanish stand with the other follow-ups (`follow-sentences.ts`); the tables here are complaints and nothing else,
 * and each is fetched alone, when such a complaint is due.
 * @module
 */

import type { FollowSentences } from './follow-sentences.ts';
import type { NoticeLanguage } from './sentences.ts';

/** Languages of offices in which nothing but a complaint is written. */
export const OFFICE_LANGUAGES = ['de', 'fr', 'it', 'ko'] as const;

/** One of them. */
export type OfficeLanguage = (typeof OFFICE_LANGUAGES)[number];

/** A table of sentences. Days and times come as they are to be written. */
export interface OfficeSentences {
  readonly language: NoticeLanguage | OfficeLanguage;
  /** False until a lawyer who writes the language read the table. */
  readonly reviewed: boolean;
  readonly complaint: FollowSentences['complaint'];
  readonly number: (number: string) => string;
  /** The heading above the addresses. */
  readonly where: string;
}

/** Offices with a language of their own; English where an office has none here. */
const BY_OFFICE: Readonly<Record<string, NoticeLanguage | OfficeLanguage>> = {
  aepd: 'es',
  garante: 'it',
  pharos: 'fr',
  'kr-center': 'ko',
};

/**
 * The language of the coordinator of the Digital Services Act by the person's own country, where the country has one official
 * language for the whole of it and a table stands here. Belgium has three: there the person chooses, so none is chosen for them.
 */
const BY_COUNTRY: Readonly<Record<string, NoticeLanguage | OfficeLanguage>> = {
  AT: 'de',
  DE: 'de',
  ES: 'es',
  FR: 'fr',
  IT: 'it',
};

/** In which language an office is written to, for a person who lives in the country (ISO 3166-1 alpha-2, or `unknown`). */
export function officeLanguage(office: string, country: string): NoticeLanguage | OfficeLanguage {
  return (office === 'dsc' ? BY_COUNTRY[country] : BY_OFFICE[office]) ?? 'en';
}
