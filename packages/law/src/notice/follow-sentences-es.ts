/**
 * The sentences of what follows a notice in Spanish. No lawyer has read them.
 * @module
 */

import type { FollowSentences } from './follow-sentences.ts';

/** Spanish. */
export const FOLLOW_ES: FollowSentences = {
  reminder: {
    subject: 'Recordatorio: solicitud de retirada de una imagen íntima',
    sent: (day, time) => `Les envié una solicitud de retirada el ${day} a las ${time}.`,
    number: (number) => `Su número para ella: ${number}`,
    due: (cite, day, time) => `Según ${cite}, el plazo terminaba el ${day}, ${time}.`,
    waiting: (days) => `De eso hace ${days} días.`,
    still: 'El contenido sigue ahí.',
    ask: 'Retírenlo ya y confírmenmelo, o díganme sus motivos. Sigue el texto de mi solicitud.',
  },
  again: {
    subject: 'La misma imagen íntima ha vuelto',
    back: (day) =>
      `Ustedes retiraron antes este contenido. El ${day} estaba otra vez, en las direcciones de abajo.`,
    ask: 'Retírenlo de nuevo, busquen otras copias e impidan que se suba el mismo archivo.',
  },
  appeal: {
    subject: 'Reclamación sobre su decisión acerca de una imagen íntima',
    refused: (day) => `El ${day} decidieron no retirar el contenido de abajo.`,
    ask: 'Pido que una persona revise esta decisión. Siguen la solicitud y sus declaraciones.',
    dsa: 'Esta es una reclamación según el artículo 20 del Reglamento (UE) 2022/2065, abierta al menos seis meses y que no puede resolverse solo por medios automatizados. Indiquen también los órganos de resolución extrajudicial.',
  },
  complaint: {
    subject: (host) => `Reclamación: ${host} no retiró una imagen íntima`,
    to: 'A la oficina competente',
    about: (host) => `Reclamo por el servicio de ${host}.`,
    sent: (day, time) => `Le envié una solicitud de retirada el ${day} a las ${time}.`,
    complete: (cite) => `La solicitud tenía todos los elementos que pide ${cite}.`,
    breached: (cite, day, time) =>
      `Según ${cite}, el servicio tenía que actuar antes del ${day}, ${time}. No lo hizo.`,
    noNumber: (cite) => `${cite} pide al servicio que actúe sin demora. No ha respondido.`,
    refused: (day) => `El servicio se negó el ${day}.`,
    ask: 'Examinen esto y hagan que se retire el contenido donde puedan.',
    proof: 'Guardo el texto de la solicitud y la prueba de su envío, y puedo entregar ambos.',
    quoted: 'El texto de la solicitud, tal como la envié:',
  },
};
