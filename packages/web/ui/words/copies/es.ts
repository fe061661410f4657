/**
 * The words of marked copies, in Spanish. Not read by a native speaker yet.
 * @module
 */

import type { CopiesWords } from './words.ts';

/** Spanish. */
export const es: CopiesWords = {
  hub: {
    make: 'Preparar copias antes de mandar una foto',
    makeNote: 'Cada persona recibe una copia con su propia marca oculta.',
    trace: 'Salió una foto: qué copia es',
    traceNote: 'Necesitas la foto como la tenías y la lista que se hizo entonces.',
    limits:
      'No se puede poner una marca en una foto que ya se mandó. Una foto que un programa dibujó de nuevo, o muy pequeña, puede no mostrar ya su marca.',
  },
  make: {
    title: 'Preparar copias',
    lead: 'Todo pasa en este aparato. No se manda nada y ningún nombre sale de él.',
    original: 'Elige la foto',
    originalHint: 'Una foto. Se queda aquí.',
    chosen: 'Hay una foto elegida.',
    names: 'Quién recibe una copia',
    namesHint: 'Un nombre en cada línea. Usa palabras que solo tú tengas que entender.',
    namesNone: 'Escribe al menos un nombre.',
    namesTwice: 'El mismo nombre está dos veces. Cambia uno.',
    namesMany: 'Hasta 200 nombres cada vez.',
    namesLong: 'Los nombres pueden tener hasta 120 letras.',
    earlier: 'Añadir a una lista anterior',
    earlierHint: 'Solo si ya hiciste copias de una foto y quieres una sola lista.',
    earlierInCase: 'Se sigue con la lista de tu caso, si no eliges otra.',
    earlierChosen: 'Hay una lista anterior elegida.',
    go: 'Hacer las copias',
    working: { original: 'Leyendo la foto', copies: 'Haciendo las copias', suspect: 'Mirando' },
    done: 'Tus copias',
    doneLead: 'Se ven iguales. Da a cada persona solo la suya.',
    list: 'Guardar la lista',
    listNote:
      'Guarda esto primero. Sin la lista y sin la foto como la elegiste, nadie puede distinguir las copias, ni siquiera tú. Guarda las dos en dos lugares seguros, lejos de las copias.',
    keep: 'Guardar la lista con tu código',
    keepNote:
      'Solo si quieres: la lista, con sus nombres, se sella en este aparato y se guarda con tu caso. Nadie aquí puede leerla. Tu código la trae de vuelta en otro aparato.',
    keepWaits: 'Espera tu código. Guarda primero las copias y después tu caso.',
    kept: 'La lista está en tu caso, sellada.',
    listTooLong: 'La lista es demasiado larga para guardarla con tu código. Guárdala como archivo.',
    all: 'Guardar todas las copias en un archivo',
    save: 'Guardar {file}',
    for: 'para {name}',
    witnessing: 'Pidiendo un sello de tiempo',
    witnessed:
      'Un sello de tiempo de fuera muestra que las marcas ya estaban. Para eso no se mandó ningún nombre ni foto.',
    notWitnessed:
      'No se pudo obtener un sello de tiempo de fuera. Las copias sirven; más tarde no se podrá dar un número de lo segura que es una respuesta.',
    care: 'Quien tenga tu lista y tu foto puede hacer la copia de cualquier nombre. Guárdalas solo para ti.',
  },
  trace: {
    title: 'Qué copia es',
    lead: 'Todo pasa en este aparato. No se manda nada.',
    original: 'La foto como la tenías',
    originalHint: 'El mismo archivo que elegiste al hacer las copias.',
    list: 'La lista que se hizo entonces',
    listHint: 'El archivo que guardaste con las copias.',
    listInCase: 'Se usa la lista de tu caso, si no eliges otra.',
    suspect: 'Las fotos que salieron',
    suspectHint: 'Archivos o capturas de esa misma foto, hasta 8. No hace falta que las mires.',
    chosenMany: {
      one: '{n} foto está elegida.',
      many: '{n} de fotos están elegidas.',
      other: '{n} fotos están elegidas.',
    },
    tooMany: 'Solo {n} a la vez: están elegidas las primeras.',
    picture: 'Foto {i} de {n}',
    chosen: 'Está elegido.',
    go: 'Averiguar',
    match: 'Viene de una de tus copias',
    matchMany: 'Es una mezcla de {n} de tus copias',
    before: 'Antes de ver de quién era la copia',
    beforeSafe: '¿Es seguro para ti saberlo ahora? ¿Hay alguien contigo, o alguien a quien llamar?',
    beforeTalk: 'Encarar a alguien puede ponerte en peligro, y le avisa.',
    beforeSeal:
      'Una línea de ayuda, una abogada o la policía pueden leerlo primero. Puedes guardarlo para ellas sin mirar.',
    forOthers: 'Guardarlo para una abogada o la policía',
    show: 'Mostrar de quién era la copia',
    derives: 'La foto viene de la copia que hiciste para {name} el {day}.',
    notShown:
      'Esto no muestra quién la publicó ni cómo salió de un aparato. Los teléfonos se prestan, se pierden y se abren.',
    chance:
      'La posibilidad de que otra foto cualquiera se tome por una de tus copias es menor que 1 entre 10^{n}. Cuenta las {m} comparaciones con las copias de tu lista. Un sello de tiempo muestra que las marcas ya estaban el {day}. El número vale solo si la foto salió después.',
    noChance:
      'No se puede dar un número de lo seguro que es: nadie más que tú vio cuándo se hicieron las marcas.',
    proof: 'Guardarlo con tus pruebas',
    proofKept: 'Ya está con tus pruebas.',
    together: 'Juntas vienen de una de tus copias',
    togetherOf: 'Las fotos {list}, sumadas. Ninguna dice nada por sí sola.',
    derivesMany: 'Al menos una de estas fotos viene de la copia que hiciste para {name} el {day}.',
    proofNoteMany:
      'Qué copia salió: al menos una de las fotos con SHA-256 {sha} viene de la copia preparada para {name} el {day}. Esto no muestra quién la publicó ni cómo salió de un aparato. {chance}',
    proofNote:
      'Qué copia salió: la foto con SHA-256 {sha} viene de la copia preparada para {name} el {day}. Esto no muestra quién la publicó ni cómo salió de un aparato. {chance}',
    noMatch: 'Es tu foto, y no se encontró en ella ninguna de tus copias',
    noMatchNote: 'Puede ser de antes de las copias, de otra lista o de la foto misma.',
    cannot: 'No podemos saberlo',
    cannotNote: 'Esto no descarta a nadie ni señala a nadie.',
    reasons: {
      'too-small': 'La foto es demasiado pequeña.',
      'no-detail': 'La foto muestra muy poco para ponerla sobre la tuya.',
      'no-fit': 'No se pudo poner sobre tu foto. Puede ser otra foto, o se cambió demasiado.',
      'too-altered': 'Es tu foto, y se cambió tanto que una marca puede haber desaparecido.',
    },
    drawing: 'Las dos fotos una sobre otra',
    drawingHint: 'Mantén para ver, suelta para tapar',
    drawingText: 'Cuadros de tu foto y de la otra, una sobre otra, en gris',
    support: 'Personas con quien hablar',
  },
  stopped: {
    'too-small': 'La foto tiene menos de 160 puntos en un lado. No se podrían distinguir sus copias.',
    'too-plain': 'La foto muestra muy poco para reconocer una copia.',
    'not-a-registry': 'Este archivo no es una lista hecha aquí.',
    'registry-changed': 'La lista se cambió después de hacerla. No se busca nada en ella.',
    'not-registered': 'La lista no conoce esta foto. Tiene que ser el mismo archivo de entonces.',
  },
};
