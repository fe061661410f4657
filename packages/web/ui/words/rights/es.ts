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
  questions: {
    title: 'Lo que muchas personas preguntan primero',
    yes: 'Aquí la ley lo nombra: {laws}.',
    part: 'Aquí la ley lo nombra en parte: {laws}.',
    unknown: 'Para este lugar no está confirmado aquí. No significa «no»: pregunta a quien sabe.',
    next: 'Primero',
    list: {
      threatened: {
        asked: 'Amenazan con compartirlo. ¿Ya es delito?',
        say: 'En algunos países la amenaza sola ya lo es. En otros puede ser extorsión o coacción. No tienes que pagar. No borres los mensajes.',
        next: 'Conserva los mensajes como están y luego denuncia la amenaza.',
      },
      fake: {
        asked: 'Es falso, hecho por ordenador. ¿Lo cubre la ley?',
        say: 'Donde no se sabe, el sitio puede retirarlo igual, y la protección de tus datos sigue valiendo.',
        next: 'Pide la retirada al sitio: su formulario también sirve para lo falso.',
      },
      'sent-it-myself': {
        asked: 'Lo hice y lo envié yo. ¿He perdido mis derechos?',
        say: 'No. Quien acepta que se haga o se envíe una imagen no acepta que se comparta.',
        next: 'Empieza por los enlaces. Allí nadie pregunta quién la hizo.',
      },
      'how-long': {
        asked: '¿Cuánto tiempo tengo?',
        say: 'El plazo más corto va primero, y cuanto antes, mejor. Mira más abajo hasta cuándo denunciar.',
        next: 'Apunta el día en que lo supiste y el día en que supiste quién fue.',
      },
      'unknown-poster': {
        asked: 'No sé quién fue, o la cuenta está en otro país.',
        say: 'Denuncia ya y pide al sitio que conserve sus registros. Algunos plazos empiezan solo cuando se sabe el nombre: apunta ese día.',
        next: 'Pide los registros y la retirada en un mismo aviso.',
      },
      'my-name': {
        asked: '¿Se hará público mi nombre? ¿Se enterarán mi familia o mi trabajo?',
        say: 'En pocos lugares la ley protege tu nombre por sí sola. En otros hay que pedirlo, o no se sabe.',
        next: 'Pide que tu nombre no aparezca en la primera frase de la denuncia.',
      },
      police: {
        asked: '¿Tengo que enseñar las imágenes a la policía?',
        say: 'Guarda pruebas antes de que se retire. Si alguien puede tener menos de 18 años, no hagas copias y pregunta antes a la policía.',
        next: 'Escribe lo que pasó, en orden. Es lo que pide todo agente.',
      },
      'fast-order': {
        asked: '¿Puede un juez o una oficina hacer que lo quiten rápido?',
        say: 'En algunos lugares sí, y en algunos sin abogado. Usa a la vez la vía del sitio.',
        next: 'Envía hoy el aviso al sitio y pregunta también a la oficina.',
      },
      money: {
        asked: '¿Puedo recibir dinero por esto?',
        say: 'Hay un límite y un coste, y hay que encontrar a quien lo hizo.',
        next: 'Guarda cada factura y cuenta cada hora. Pregunta a un abogado o a la asistencia jurídica.',
      },
      'only-kept-or-made': {
        asked: 'No se ha publicado. Solo lo guarda, lo hizo o lo pasó a un amigo.',
        say: 'Algunas leyes lo cubren y otras no. Puedes pedir por escrito que se borre. Un plazo para denunciar puede correr desde ahora.',
        next: 'Apunta qué tiene y desde cuándo lo sabes. Luego pide por escrito que lo borre.',
      },
    },
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
