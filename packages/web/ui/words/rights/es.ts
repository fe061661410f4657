/**
 * The words around the laws, in Spanish. Not read by a native speaker yet.
 * @module
 */

import type { RightsWords } from './words.ts';

/** Spanish. */
export const es: RightsWords = {
  title: 'Tus derechos',
  lead: 'Lo que se leyó de la ley de un país. Una persona de apoyo o una abogada puede decirte qué vale en tu caso.',
  care: 'Ninguna abogada ha leído esta página y no es asesoría legal. Las leyes cambian a menudo. Aquí hay palabras cortas por leyes largas. Cada parte dice dónde se leyó y cuándo.',
  tongue: 'Lo que dicen las leyes está en inglés, como en nuestras notas.',
  country: 'El país de la ley',
  pick: 'Elige un país',
  part: 'Qué parte',
  all: 'Todas las partes que se leyeron',
  parts: {
    'GB-EW': 'Inglaterra y Gales',
    'GB-SCT': 'Escocia',
    'US-CA': 'California',
    'US-NY': 'Nueva York',
    'US-TX': 'Texas',
    'US-FL': 'Florida',
    'CA-BC': 'Columbia Británica',
    'AU-NSW': 'Nueva Gales del Sur',
  },
  unpicked: 'Ningún país elegido',
  unpickedNote: 'Elige uno arriba. Lo que eliges se queda en este aparato.',
  none: 'No se leyó nada de la ley de aquí',
  noneNote:
    'Por eso no se dice nada de ella. No significa que no tengas derechos. Hay personas que lo saben.',
  talk: 'Personas con quien hablar',
  risk: {
    first: 'Lee esto antes de denunciar',
    title: 'Para saber antes de decidir',
    instead: 'Qué puedes hacer',
    secondary: 'Aquí nadie lo ha leído aún en la ley misma. Es una advertencia, y por eso está aquí.',
  },
  offences: 'Cuándo es un delito',
  offencesNone: 'Todavía no se puede mostrar ninguna ley sobre esto.',
  yes: 'La ley nombra',
  partly: 'En parte, o solo en algunos casos',
  unknown: 'No se sabe de',
  deeds: {
    share: 'compartir una imagen',
    threat: 'amenazar con compartirla',
    synthetic: 'una imagen falsa',
    create: 'hacer una imagen',
    possess: 'tener una imagen',
  },
  who: {
    'victim-only': 'Solo tú puedes iniciarlo, con una denuncia.',
    'victim-or-public-interest': 'Tú, con una denuncia. El Estado también, si ve un interés público fuerte.',
    anyone: 'Cualquiera puede denunciarlo.',
  },
  cells: {
    intent: 'Qué intención pide',
    penalty: 'Qué pena prevé',
    whoText: 'Quién puede denunciar',
    limit: 'Hasta cuándo',
    since: 'Desde cuándo',
  },
  unconfirmed: 'Sin confirmar aquí',
  expired: 'Se comprobó hace más de 180 días. Pregunta antes de confiar en ello.',
  source: 'Leído en: {source}. Comprobado por última vez el {day}.',
  withheld: {
    one: 'Se halló {n} ley más y no se muestra. Aquí nadie leyó bastante de ella en un texto oficial.',
    many: 'Se hallaron {n} leyes más y no se muestran. Aquí nadie leyó bastante de ellas en un texto oficial.',
    other:
      'Se hallaron {n} leyes más y no se muestran. Aquí nadie leyó bastante de ellas en un texto oficial.',
  },
  clock: {
    title: 'Hasta cuándo denunciar',
    sooner: 'Algunos plazos cortos no están confirmados aquí. Mejor pronto: pregunta a quien lo sabe.',
    days: 'Si sabes un día, escríbelo. Se queda en esta página y se borra al salir de ella.',
    event: {
      act: 'El día en que se hizo',
      awareness: 'El día en que lo supiste',
      'offender-known': 'El día en que supiste quién fue',
      evidence: 'El día en que hubo pruebas bastantes',
    },
    bad: 'Escribe un día con su año.',
    months: {
      one: '{n} mes, desde el último de estos días:',
      many: '{n} meses, desde el último de estos días:',
      other: '{n} meses, desde el último de estos días:',
    },
    earlier: 'Vale lo que termina antes.',
    later: 'Vale lo que termina después.',
    now: 'Corre ahora.',
    waits: 'Todavía no corre, por lo que escribiste aquí. Falta:',
    before: 'Mejor antes del {day}.',
    passed: 'El plazo habitual pasó. Quedan otros caminos. Pregunta antes de dejarlo.',
    each: 'Cada persona que lo hizo tiene su propio plazo.',
  },
  orders: 'Qué puede ordenar una autoridad',
  claims: 'Qué puedes pedir ante un juzgado',
  ordersNone: 'Todavía no hay nada confirmado sobre esto en este lugar.',
  report: 'Dónde denunciar',
  reportNone:
    'Todavía no hay nada confirmado sobre esto en este lugar. Personas que lo saben pueden decirte adónde ir.',
  anonymity: 'Tu nombre',
  police: 'Qué te pedirá la policía',
  policeNote: 'De páginas de unos pocos países. En otros pueden pedir otras cosas.',
  policeBefore: 'Antes de ir',
};
