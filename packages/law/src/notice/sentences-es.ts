/**
 * The sentences of notices in Spanish: one of the languages of the Digital Services Act, and a translation beside every other
 * regime. No lawyer has read them.
 * @module
 */

import type { NoticeRegime, Sentences, Voice } from './sentences.ts';

const shown = (voice: Voice): string =>
  voice === 'self' ? 'me muestra' : 'muestra a la persona que represento';

function ask(regime: NoticeRegime, hours: number | null): string {
  const within =
    hours === null ? '' : ` y, como máximo, en las ${hours} horas siguientes a recibir este escrito`;
  switch (regime) {
    case 'us-tida':
      return `Esta es una solicitud de retirada según la ley TAKE IT DOWN, 47 U.S.C. 223a(a)(1). Retiren la imagen lo antes posible${within}, y hagan esfuerzos razonables por encontrar y retirar las copias idénticas conocidas (47 U.S.C. 223a(a)(3)).`;
    case 'us-ut':
      return 'Es también una solicitud según Utah Code 13-72b-302, con los mismos elementos.';
    case 'uk-osa':
      return 'Este es un aviso de contenido íntimo según la sección 20A de la Online Safety Act 2023, en la medida en que esa sección esté en vigor. Retiren este contenido, y el que sea igual o sustancialmente igual, lo antes posible (sección 10(3A) y (3B)).';
    case 'in-rules':
      return `Esta es una reclamación según la regla 3(2)(b) de las Information Technology (Intermediary Guidelines and Digital Media Ethics Code) Rules 2021, con sus modificaciones. Tomen todas las medidas razonables y posibles para retirar este contenido o impedir el acceso a él${hours === null ? '' : ` en ${hours} horas`}, y acusen recibo (regla 3(2)(a)(i)).`;
    case 'us-ca':
      return `Este es un aviso según la sección 22671 del California Business and Professions Code. Confirmen la recepción${hours === null ? '' : ` en ${hours} horas`}, bloqueen el contenido mientras lo examinan y comuníquenme el estado por escrito.`;
    case 'kr-tba':
      return 'Esta es una solicitud de borrar o bloquear sin demora contenido sexual grabado ilegalmente o falsificado, según el artículo 22-5 de la Telecommunications Business Act de la República de Corea.';
    case 'eu-dsa':
      return 'Esta es una notificación según el artículo 16 del Reglamento (UE) 2022/2065 (Reglamento de Servicios Digitales). Confirmen su recepción sin dilación indebida, decidan de manera oportuna, diligente, no arbitraria y objetiva, y comuníquenme su decisión y las vías de recurso.';
    case 'us-dmca':
      return 'Esta es una notificación de infracción según 17 U.S.C. 512(c)(3), dirigida a su agente designado. Retiren el material, o impidan el acceso a él, sin demora.';
    default:
      return regime satisfies never;
  }
}

/** Spanish. */
export const SENTENCES_ES: Sentences = {
  language: 'es',
  reviewed: false,
  subject: (regime) => {
    if (regime === 'us-tida') return 'Solicitud de retirada según la ley TAKE IT DOWN (47 U.S.C. 223a)';
    if (regime === 'uk-osa') return 'Aviso de contenido íntimo (Online Safety Act 2023, sección 20A)';
    if (regime === 'eu-dsa')
      return 'Notificación según el artículo 16 del Reglamento de Servicios Digitales: imagen íntima';
    if (regime === 'in-rules')
      return 'Reclamación según la regla 3(2)(b) de las IT Rules 2021: imagen íntima';
    if (regime === 'us-ca')
      return 'Aviso según California Business and Professions Code 22671: imagen íntima';
    if (regime === 'index') return 'Solicitud de quitar una imagen íntima de los resultados de búsqueda';
    if (regime === 'us-dmca' || regime === 'copyright')
      return 'Notificación de infracción de derechos de autor (17 U.S.C. 512)';
    return 'Solicitud de retirada de una imagen íntima compartida sin consentimiento';
  },
  to: (host) => `A quienes atienden las solicitudes de retirada de ${host}`,
  ask,
  askOwnRules:
    'Retiren esta imagen íntima según sus propias normas sobre imágenes íntimas compartidas sin consentimiento.',
  askIndex:
    'Quiten estas direcciones, y sus imágenes de vista previa, de sus resultados de búsqueda. A la vez lo pido a los propios sitios.',
  askHost: (host) =>
    `Ustedes prestan un servicio a ${host}. Hagan que se retire este contenido y díganme quién más puede retirarlo.`,
  headings: {
    where: 'Dónde está',
    what: 'Qué muestra',
    who: 'Quién lo pide',
    work: 'La obra',
    declared: 'Qué declaro',
    contact: 'Cómo contactarme',
    keep: 'Conserven, por favor',
    answer: 'Su respuesta',
    signed: 'Firma',
  },
  what: (kind, voice) => {
    if (kind === 'forgery')
      return `Es una imagen o un vídeo, hecho o alterado con un programa, que parece que ${shown(voice)} en una situación íntima. Es una falsificación digital.`;
    if (kind === 'threatened')
      return `Alguien amenaza con publicar una imagen o un vídeo íntimo que ${shown(voice)}.`;
    return `Es una imagen o un vídeo que ${shown(voice)} en una situación íntima.`;
  },
  noConsent: (voice) =>
    voice === 'self'
      ? 'No di mi consentimiento para su publicación.'
      : 'La persona que aparece no dio su consentimiento para su publicación.',
  ownWords: 'En mis palabras:',
  suggested: (kind, voice) => {
    const agreed = voice === 'self' ? 'No acepté' : 'La persona que aparece no aceptó';
    if (kind === 'forgery') return `${agreed} que se hiciera ni que se muestre en estas direcciones.`;
    if (kind === 'threatened') return `${agreed} que se muestre a nadie.`;
    return `Es privada. ${agreed} que se muestre en estas direcciones.`;
  },
  who: (standing) => {
    if (standing === 'depicted') return 'Soy la persona que aparece.';
    if (standing === 'authorised') return 'Tengo autorización para actuar por la persona que aparece.';
    if (standing === 'parent') return 'Soy madre, padre o tutor de la persona que aparece.';
    return 'Aviso de esto porque lo he visto.';
  },
  authority: 'Mi autorización se basa en:',
  declared: {
    'not-consensual': 'La persona que aparece no consintió esta publicación.',
    'intimate-image-content':
      'Declaro que es contenido íntimo: muestra, o parece mostrar, a una persona en una situación íntima, y se compartió sin su consentimiento.',
    'good-faith':
      'Creo de buena fe que el contenido se publicó sin el consentimiento de la persona que aparece.',
    'true-to-knowledge': 'Lo que afirmo aquí es cierto según mi leal saber y entender.',
    'accurate-and-complete': 'La información y las alegaciones de esta notificación son exactas y completas.',
    standing: 'Soy la persona que aparece, o tengo autorización para actuar por ella.',
    'authority-under-perjury':
      'Bajo pena de perjurio, declaro que soy titular, o que tengo autorización para actuar por el titular, de un derecho exclusivo presuntamente infringido.',
    'california-resident':
      'Tengo una cuenta en este servicio, vivo en California y soy la persona que aparece.',
  },
  name: (name) => `Nombre: ${name}`,
  email: (email) => `Correo electrónico: ${email}`,
  other: (contact) => `Otra forma de contactarme: ${contact}`,
  contactOnly: 'Úsenlo solo para esta solicitud.',
  preserve:
    'Conserven, para la policía y los tribunales, el contenido, los datos de la cuenta y los registros de subida y de acceso de cada dirección de arriba. La retirada no debe esperar a esto.',
  answer: 'Denme un número para esta solicitud, y comuníquenme el resultado, con sus motivos si se niegan.',
  notTheUploader: 'No digan a quien lo publicó quién envió esto.',
  copies: 'Busquen también copias del mismo archivo e impidan nuevas subidas donde puedan.',
  signed: (name, day) => `Firmado electrónicamente: ${name}, ${day}`,
  pseudonym: 'Es el nombre con el que se me conoce allí; no es mi nombre legal.',
  minor: {
    subject: 'Urgente: imagen íntima de una persona menor de 18 años',
    what: 'Alguien en esta imagen o vídeo es, o puede ser, menor de 18 años, o lo era cuando se tomó.',
    ask: 'Dejen de mostrarla ya, trátenla según su procedimiento de protección de menores, conserven los registros y comuníquenla al organismo que marca su ley. Nadie necesita enviar la imagen a otra persona para eso.',
    nothingAttached:
      'Este escrito es solo texto: no lleva ninguna imagen, ninguna copia y ninguna huella de ella.',
  },
};
