/**
 * The sentences of a complaint to an office in German. No lawyer and no native reader of legal texts has read them.
 * @module
 */

import type { OfficeSentences } from './office-sentences.ts';

/** German. */
export const OFFICE_DE: OfficeSentences = {
  language: 'de',
  reviewed: false,
  where: 'Wo es ist',
  number: (number) => `Nummer des Dienstes Nummer dafür: ${number}`,
  complaint: {
    subject: (host) => `Beschwerde: ${host} hat eine intime Aufnahme nicht entfernt`,
    to: 'An die zuständige Stelle',
    about: (host) => `Ich beschwere mich über den Dienst unter ${host}.`,
    sent: (day, time) => `Am ${day} um ${time} habe ich ihn aufgefordert, den Inhalt zu entfernen.`,
    complete: (cite) => `Die Meldung enthielt alles, was ${cite} verlangt.`,
    breached: (cite, day, time) =>
      `Nach ${cite} musste der Dienst bis ${day}, ${time}, handeln. Er hat es nicht getan.`,
    noNumber: (cite) => `${cite} verlangt, dass der Dienst unverzüglich handelt. Er hat nicht geantwortet.`,
    refused: (day) => `Der Dienst hat am ${day} abgelehnt.`,
    ask: 'Bitte prüfen Sie das, und veranlassen Sie die Entfernung, soweit Sie es können.',
    proof:
      'Ich bewahre den Wortlaut der Meldung und den Nachweis, dass sie abgeschickt wurde, auf und kann Ihnen beides geben.',
    quoted: 'Der Wortlaut der Meldung, wie ich sie abgeschickt habe:',
  },
};
