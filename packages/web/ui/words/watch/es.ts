/**
 * The words of watched addresses in Spanish.
 * @module
 */

import type { WatchWords } from './words.ts';

/** Spanish. */
export const es: WatchWords = {
  begin: {
    title: 'Vigilar esta dirección',
    lead: 'Un ordenador de esta organización puede mirar ahí una y otra vez, y decirte si tu imagen está.',
    meansTitle: 'Qué significa esto',
    knows:
      'Conocerá esta dirección y la abrirá. Casi nada de lo que guardas aquí lo puede leer. Esto lo tiene que leer.',
    together: 'Sabrá cuáles de tus huellas tiene que buscar ahí, y que van juntas.',
    often:
      'Mira después de 1 hora y de 6 horas, de 1, 2, 3 y 7 días, luego cada semana y luego cada mes. Tras unos 14 meses termina.',
    seen: 'El sitio ve la red de esta organización y este nombre: {name}. Puede suponer que alguien lo pidió. A ti no te ve.',
    keeps:
      'No se guarda ni se muestra ninguna imagen. Se guarda cuándo miró, qué respondió el sitio y cuánto se parecía.',
    limits:
      'No ve vídeos, ni lo que pide iniciar sesión, ni lo que una página carga después. Un sitio puede mostrarle otra página que a ti.',
    stop: 'Puedes pararlo con dos toques. Entonces la dirección se borra ahí.',
    which: 'Qué imágenes buscar',
    start: 'Empezar a vigilar',
    notNow: 'Ahora no',
    off: 'Esta organización no vigila direcciones. Puedes mirar tú, o pedírselo a alguien de confianza.',
    codeFirst: 'Para vigilar hace falta antes un código, para que puedas pararlo.',
    toCode: 'Guardar esto con un código',
    pictureFirst: 'Busca las huellas de tus imágenes, y aquí aún no tienes ninguna.',
    toPicture: 'Proteger una imagen',
    full: 'Un caso vigila 20 direcciones. Para antes una de ellas.',
    address:
      'Esta dirección no se puede vigilar: es una búsqueda, un enlace corto o no está abierta a todos.',
    noRoom: 'Aquí ya se vigilan tantas direcciones como caben. No se guardó nada.',
  },
  list: {
    title: 'Direcciones vigiladas',
    lead: 'Ves dónde y qué hacer. Lo que se encontró no se muestra nunca aquí.',
    count: {
      one: 'Se vigila {n} dirección',
      many: 'Se vigilan {n} de direcciones',
      other: 'Se vigilan {n} direcciones',
    },
    back: {
      one: 'Ha vuelto en {n} lugar',
      many: 'Ha vuelto en {n} de lugares',
      other: 'Ha vuelto en {n} lugares',
    },
    none: 'No se vigila ninguna dirección',
    noneNote: 'En la página de un enlace puedes pedir que se vigile su dirección.',
    open: 'Ir a este enlace',
  },
  states: {
    waiting: 'Falta la primera mirada',
    unseen: 'No se vio ahí',
    there: 'Sigue ahí',
    away: 'No se vio la última vez',
    removed: 'Ya no está',
    back: 'Ha vuelto',
  },
  todo: {
    waiting: 'Nada que hacer. La primera mirada llega en una hora más o menos.',
    unseen: 'Te toca a ti, o a alguien de confianza: mirad ahí una vez.',
    there: 'Te toca a ti: envía el aviso, si no lo has hecho. Después tiene que actuar el sitio.',
    away: 'Nada que hacer. Mira otra vez al cabo de un día, para estar seguros.',
    removed: 'Nada que hacer. No se vio en dos miradas, con un día o más entre ellas.',
    back: 'Te toca a ti: las palabras del aviso están listas.',
  },
  pages: {
    'not-looked': 'Aún no ha mirado nadie.',
    gone: 'La página ya no está.',
    blocked: 'La página no dejó entrar desde aquí. Otras personas quizá aún la ven.',
    'media-gone': 'La página está. La imagen no.',
    'media-replaced': 'En su lugar hay otra imagen.',
    unseen: 'La página está. Tu imagen no se vio en ella. Quizá carga después, o tras iniciar sesión.',
    unclear: 'La página está. No se pudo comparar todo.',
    unreachable: 'La página no respondió.',
    there: 'Una imagen de ahí se parece a la tuya.',
    back: 'Una imagen de ahí se parece otra vez a la tuya.',
  },
  blocked: {
    law: 'El sitio dice que una ley lo retiene (451). Puede que solo en un país.',
    login: 'Ahí hay que iniciar sesión.',
    refused: 'El sitio no dejó entrar a esta organización.',
    robots: 'El sitio pide a los programas que no miren, y este no mira.',
  },
  found: {
    exact: 'Es el mismo archivo.',
    full: 'La imagen entera se le parece. Una huella puede equivocarse.',
    window: 'Una parte de lo que hay ahí se le parece. Una huella puede equivocarse.',
  },
  looks: {
    one: '{n} mirada hasta ahora',
    many: '{n} de miradas hasta ahora',
    other: '{n} miradas hasta ahora',
  },
  last: 'Última mirada: {when}',
  next: 'Próxima mirada: {when}',
  ended: 'Esta vigilancia terminó. Puedes empezarla otra vez.',
  gone: 'Esta dirección ya no se vigila.',
  again: 'Ha vuelto: escribir el aviso',
  stop: 'Dejar de vigilar',
  stopSure: 'Parar y borrar',
  keep: 'Seguir vigilando',
  stopped: 'Parado. La dirección se borró ahí.',
};
