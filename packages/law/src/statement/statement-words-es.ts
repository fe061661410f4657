/**
 * The words of a statement of reasons in Spanish. Ours, plain, without blame; not reviewed by a lawyer.
 * @module
 */

import type { StatementWords } from './statement.ts';

/** The words. */
export const STATEMENT_WORDS_ES: StatementWords = {
  title: 'Por qué está restringido un contenido suyo',
  heading: {
    restriction: 'Qué hicimos',
    facts: 'Qué encontramos',
    automation: 'Medios automatizados',
    ground: 'En qué se basa la decisión',
    redress: 'Si no está de acuerdo',
  },
  restriction: {
    DECISION_VISIBILITY_CONTENT_REMOVED: 'Retiramos un contenido que usted publicó.',
    DECISION_VISIBILITY_CONTENT_DISABLED: 'Bloqueamos el acceso a un contenido que usted publicó.',
    DECISION_VISIBILITY_CONTENT_DEMOTED: 'Mostramos a menos personas un contenido que usted publicó.',
    DECISION_VISIBILITY_CONTENT_AGE_RESTRICTED:
      'Mostramos solo a personas adultas un contenido que usted publicó.',
    DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED:
      'Limitamos lo que otras personas pueden hacer con un contenido que usted publicó.',
    DECISION_VISIBILITY_CONTENT_LABELLED: 'Pusimos una etiqueta a un contenido que usted publicó.',
    DECISION_VISIBILITY_OTHER: 'Restringimos un contenido que usted publicó.',
  },
  everywhere: 'Se aplica en todos los lugares donde se ofrece el servicio.',
  inCountries: (names) => `Se aplica en ${names}.`,
  from: (day) => `Se aplica desde el ${day}.`,
  until: (day) => `Termina el ${day}.`,
  lasting: 'No tiene fecha de fin.',
  source: {
    notice: 'Actuamos después de una notificación.',
    'trusted-flagger': 'Actuamos después de una notificación de un alertador fiable.',
    report: 'Actuamos después de un aviso.',
    'own-initiative': 'Actuamos por iniciativa propia, no después de una notificación.',
  },
  detection: {
    yes: 'El contenido se encontró por medios automatizados: su huella digital se comparó con huellas de imágenes protegidas.',
    no: 'El contenido no se encontró por medios automatizados.',
  },
  decision: {
    no: 'La decisión la tomó una persona.',
    partly: 'La decisión se tomó en parte por medios automatizados.',
    fully: 'La decisión se tomó solo por medios automatizados.',
  },
  law: (cite) => `Consideramos que el contenido es ilícito según ${cite}.`,
  terms: (clause) => `El contenido no es compatible con nuestras condiciones: ${clause}.`,
  alsoIllegal: 'Además consideramos que es ilícito.',
  readHere: (url) => `El texto se puede leer en ${url}`,
  why: {
    authentic:
      'Muestra a una persona en un estado o acto íntimo, y se compartió sin el consentimiento de esa persona.',
    deepfake:
      'Fue creado o alterado con tecnología para que parezca mostrar a una persona en un estado o acto íntimo, y se compartió sin el consentimiento de esa persona.',
    'with-private-data':
      'Muestra a una persona en un estado o acto íntimo, se compartió sin su consentimiento y se publicó junto con datos privados de esa persona.',
    'with-threat':
      'Muestra a una persona en un estado o acto íntimo, y se usó para amenazar, seguir o presionar a esa persona.',
    'sexual-against-terms': 'Muestra actos sexuales, que las condiciones no permiten aquí.',
    'nudity-against-terms': 'Muestra desnudez, que las condiciones no permiten aquí.',
    minor: 'Puede mostrar a una persona menor de edad en un contexto sexual.',
  },
  complain: (months) =>
    `Puede reclamar ante nosotros, gratis y por vía electrónica, durante ${months} meses desde el día en que se le informó; decide una persona, y no la que tomó esta decisión.`,
  complainVoluntary: 'Puede escribirnos y pedir que lo miremos otra vez.',
  outOfCourt: 'Puede acudir a un órgano certificado de resolución extrajudicial de litigios.',
  court: 'Puede acudir a un tribunal en cualquier momento.',
};
