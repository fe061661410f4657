/**
 * Fetches the sentences of a complaint in an office's own language: the one that is due, and only then.
 * @module
 */

import type { OfficeLanguage, OfficeSentences } from '@reclaim/law/notice/office-sentences';

/** The table. Rejects where the network does not bring it. */
export async function loadOffice(language: OfficeLanguage): Promise<OfficeSentences> {
  switch (language) {
    case 'de':
      return (await import('@reclaim/law/notice/office-sentences-de')).OFFICE_DE;
    case 'fr':
      return (await import('@reclaim/law/notice/office-sentences-fr')).OFFICE_FR;
    case 'it':
      return (await import('@reclaim/law/notice/office-sentences-it')).OFFICE_IT;
    case 'ko':
      return (await import('@reclaim/law/notice/office-sentences-ko')).OFFICE_KO;
    default:
      return language satisfies never;
  }
}
