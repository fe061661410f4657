/**
 * The sentences of a complaint to an office in Italian. No lawyer and no native reader of legal texts has read them.
 * @module
 */

import type { OfficeSentences } from './office-sentences.ts';

/** Italian. */
export const OFFICE_IT: OfficeSentences = {
  language: 'it',
  reviewed: false,
  where: 'Dove si trova',
  number: (number) => `Numero dato dal servizio: ${number}`,
  complaint: {
    subject: (host) => `Reclamo: ${host} non ha rimosso un’immagine intima`,
    to: 'All’autorità competente',
    about: (host) => `Presento reclamo contro il servizio ${host}.`,
    sent: (day, time) => `Gli ho inviato una richiesta di rimozione il ${day} alle ${time}.`,
    complete: (cite) => `La richiesta conteneva tutti gli elementi previsti da ${cite}.`,
    breached: (cite, day, time) =>
      `Secondo ${cite} il servizio doveva agire entro il ${day}, ${time}. Non lo ha fatto.`,
    noNumber: (cite) => `${cite} chiede al servizio di agire senza ritardo. Non ha risposto.`,
    refused: (day) => `Il servizio ha rifiutato il ${day}.`,
    ask: 'Chiedo di esaminare i fatti e di far rimuovere il contenuto dove è possibile.',
    proof: 'Conservo il testo della richiesta e la prova dell’invio, e posso consegnare entrambi.',
    quoted: 'Il testo della richiesta come l’ho inviata:',
  },
};
