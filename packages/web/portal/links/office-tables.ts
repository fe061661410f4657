/**
 * The sentences of a complaint in each office's own language. They come with the rest of the law and not when one is due: a file
 * fetched then would tell that somebody writes to an office, and a complaint would wait for the network.
 * @module
 */

import type { OfficeLanguage, OfficeSentences } from '@reclaim/law/notice/office-sentences';
import { OFFICE_DE } from '@reclaim/law/notice/office-sentences-de';
import { OFFICE_FR } from '@reclaim/law/notice/office-sentences-fr';
import { OFFICE_IT } from '@reclaim/law/notice/office-sentences-it';
import { OFFICE_KO } from '@reclaim/law/notice/office-sentences-ko';

/** The tables by language. */
export const OFFICE_TABLES: Readonly<Record<OfficeLanguage, OfficeSentences>> = {
  de: OFFICE_DE,
  fr: OFFICE_FR,
  it: OFFICE_IT,
  ko: OFFICE_KO,
};
