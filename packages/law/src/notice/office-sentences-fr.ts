/**
 * The sentences of a complaint to an office in French. No lawyer and no native reader of legal texts has read them.
 * @module
 */

import type { OfficeSentences } from './office-sentences.ts';

/** French. */
export const OFFICE_FR: OfficeSentences = {
  language: 'fr',
  reviewed: false,
  where: 'Où cela se trouve',
  number: (number) => `Numéro donné par le service : ${number}`,
  complaint: {
    subject: (host) => `Plainte : ${host} n’a pas retiré une image intime`,
    to: 'À l’autorité compétente',
    about: (host) => `Je me plains du service ${host}.`,
    sent: (day, time) => `Je lui ai envoyé une demande de retrait le ${day} à ${time}.`,
    complete: (cite) => `La demande contenait tous les éléments exigés par ${cite}.`,
    breached: (cite, day, time) =>
      `Selon ${cite}, le service devait agir avant le ${day}, ${time}. Il ne l’a pas fait.`,
    noNumber: (cite) => `${cite} exige que le service agisse sans retard. Il n’a pas répondu.`,
    refused: (day) => `Le service a refusé le ${day}.`,
    ask: 'Je vous prie d’examiner les faits et de faire retirer ce contenu là où vous le pouvez.',
    proof: 'Je conserve le texte de la demande et la preuve de son envoi, et je peux vous remettre les deux.',
    quoted: 'Le texte de la demande, telle que je l’ai envoyée :',
  },
};
