/**
 * The texts beside a plan in Spanish, translated from the rows and reviewed by nobody.
 * @module
 */

import type { PlanWords } from './plan-words.ts';

/** Spanish. */
export const PLAN_WORDS_ES: PlanWords = {
  language: 'es',
  traps: {
    'message-inside':
      'Un enlace a un mensaje no se abre para quien está fuera: avisa dentro del chat. Pueden mirar hasta los 30 mensajes más nuevos, y también los borrados si avisas de todo el chat.',
    'whatsapp-last-five':
      'Un aviso envía los últimos cinco mensajes de la otra parte. Si borras antes el chat, borras lo que se puede denunciar. Nada alcanza las copias que otros guardaron.',
    'snap-ip-form':
      'No uses el formulario de propiedad intelectual para un Snap en el que sales: se dice que esos avisos no se atienden.',
    'reddit-moderators':
      'Quienes moderan una comunidad son voluntarios y pueden ser los que lo permiten: usa el formulario de todo el sitio, no un mensaje a ellos.',
    'youtube-tells-first':
      'En su texto antiguo esta vía avisa primero a quien lo subió. Para contenido íntimo usa la solicitud hecha para eso.',
    'telegram-private':
      'Los enlaces de grupos privados se abren solo para sus miembros: añade el enlace de invitación y el nombre del canal.',
    'remote-copy': 'Una copia en otro servidor necesita su propia solicitud allí.',
    'discord-link-expires':
      'Los enlaces a archivos caducan: guarda el enlace del mensaje, que lleva los números de servidor, canal y mensaje.',
    'discord-legal-name':
      'Un aviso por cada imagen o vídeo, y piden el nombre legal de la persona que aparece.',
    'shared-device':
      'Un aviso desde la cuenta con la que se te conoce puede verse en las notificaciones de aparatos compartidos.',
    'google-only-submitted':
      'Solo se revisan las direcciones enviadas: la del resultado y la de la página. Quien cobra por el contenido queda fuera.',
    'yandex-turkish':
      'La página turca limita la retirada a búsquedas con el nombre de la persona, y pide que se aclare en otro lugar que el contenido es ilegal.',
    'thumb-is-engine': 'Una vista previa es la copia del buscador: pídelo al buscador, no al sitio.',
    'index-not-page':
      'Quitarlo de los resultados nunca quita la página, y lo quitado puede volver con otra dirección: míralo de nuevo de vez en cuando.',
    'bing-first': 'Pide primero a Bing; varios buscadores usan sus resultados, y hay que mirar cada uno.',
    'pastebin-english': 'Atienden primero los avisos de quienes pagan. Escribe en inglés.',
    'archive-no-promise':
      'No se promete nada de antemano; piden direcciones exactas y el periodo, y documentos de identidad en casos difíciles.',
    'github-private-route':
      'La vía de información privada es para contraseñas y pregunta primero a quien lo subió: usa el formulario de abuso. Las copias derivadas no siguen.',
    'made-with-wordpress': 'Hecho con WordPress no es alojado por WordPress.com: compruébalo antes de pedir.',
    'mega-key':
      'El enlace lleva la clave tras la almohadilla: sin ella el servicio no ve el archivo, y con ella lo ve cualquiera.',
    'withdraw-consent':
      'Quien aparece en contenido hecho con otros puede retirar su consentimiento en cualquier momento; para eso no hace falta probar un robo.',
    'identity-paper':
      'Los sitios para adultos suelen pedir una foto de un documento: ofrece primero una con datos tapados, y nunca envíes el archivo íntimo. Cita el plazo que promete el propio sitio, a menudo 7 días laborables.',
    'embedded-twice': 'Un vídeo incrustado en otro lugar son dos lugares: pide en ambos.',
    'no-item-link':
      'Los servicios de citas casi nunca tienen enlace: apunta el nombre, la edad, la distancia y la hora, y guarda una captura del perfil.',
    'korea-public-only':
      'El deber coreano de borrar cubre lo abierto al público, no las conversaciones privadas.',
    'thread-expires': 'Los hilos desaparecen en horas o días; las copias siguen en archivos ajenos.',
    reblogs: 'Cada republicación es una copia aparte: apunta cada una.',
    'stay-anonymous':
      'Elige ser anónimo ante el alojamiento y el dueño del sitio. Aun así el aviso puede ir a un archivo público.',
    'registrar-terms':
      'El deber de los registradores nombra programas dañinos, redes de bots, engaños y correo basura, no imágenes íntimas: actúan según sus propias normas.',
    'mail-passed-on':
      'Un correo de abuso se suele pasar al cliente: escribe sin nombre personal y sin archivo, desde una dirección que no diga quién eres.',
    'marker-address':
      'Algunos registros regionales dan una misma dirección de marca para todas las redes: no la uses.',
    'pay-to-remove':
      'Una página que pide dinero por retirar: no pagues ni escribas desde una dirección personal. Guárdalo como prueba de extorsión.',
    'repost-mockery':
      'Los sitios que republican contenido filtrado suelen responder con burla o con otra publicación: ve por buscadores, alojamiento y policía.',
    'software-maker': 'Quien hace el programa de un foro no puede quitar nada de él.',
  },
  steps: {
    'read-link': 'Lee el enlace, abre redirecciones y archivos; ambos son destinos mientras ambos existan.',
    age: 'Pregunta por la edad. Si hay alguien menor de 18: para aquí y ve a la línea de ayuda; no se guarda nada.',
    keep: 'Guarda lo que desaparece. Nunca guardes la página en un archivo público: eso crea otra copia pública.',
    risk: '¿El sitio es hostil o extorsiona? Entonces no se le escribe.',
    'own-route':
      'La vía del propio sitio, en este orden: el enlace de aviso junto a la imagen; las palabras del pie (content removal, complaint, report, abuse, NCII, TIDA, 2257, DMCA, contact, imprint, Impressum, notice and action, grievance); /.well-known/security.txt al final; las condiciones para saber quién lo gestiona. En Estados Unidos busca el aviso que la ley exige en la página principal.',
    'agent-directory':
      'El directorio de agentes de la oficina de derechos de autor (copyright.gov/dmca-directory), por gestor o dominio: da un nombre al que se puede llegar, aunque no se envíe nada sobre derechos de autor.',
    domain:
      'El registro del dominio (RDAP): registrador, su contacto de abuso, servidores de nombres, fechas. Que falte el dueño es normal.',
    network:
      'La red de la dirección (RDAP): su contacto de abuso. Si es de una red de distribución, no es el alojamiento: avisa allí y pregunta quién aloja.',
    host: 'Correo al contacto de abuso del alojamiento: la ley de su país en una línea, las direcciones, sin adjuntos. Después, a la red de encima.',
    search: 'Buscadores, el mismo día que la vía del sitio.',
    registrar: 'El registrador, solo para sitios hechos para el abuso; espera poco.',
    money:
      'Pagos, anuncios, tienda de aplicaciones, acortador de enlaces. Aquí casi no se conocen direcciones.',
    authority: 'Autoridad o policía. Mira de nuevo según el calendario.',
  },
  keepAlways: [
    'la dirección tal como se copió',
    'la hora, con la zona horaria',
    'una captura con la imagen tapada y la barra de direcciones',
    'el nombre de la cuenta, y su número fijo si se ve',
    'el texto y los comentarios que te nombran',
    'cuántas veces se vio',
    'cómo lo encontraste',
  ],
  keep: {
    vanishing: 'Lo primero de todo: desaparece en 24 horas o menos.',
    chat: 'Toda la conversación, lo de antes y lo de después. No salgas todavía del grupo y no borres nada.',
    group: 'El enlace de invitación, el número del canal, quién lo administra, cuántos miembros.',
    'image-address': 'La página que la muestra: la dirección del archivo caduca.',
    'file-share': 'El enlace completo con su clave, cifrado; los nombres de los archivos y de su dueño.',
    imageboard:
      'En un tablón de imágenes: números de hilo y mensaje, tablón, nombre del archivo, identificador de quien publicó, sitios que lo archivan.',
    dating: 'En un servicio de citas: nombre, edad, lugar, orden de las fotos, hora. No hay enlace.',
    search: 'Las palabras buscadas, el buscador, la región, las direcciones del resultado y de la página.',
    report: 'De cada aviso enviado: número, hora, texto, destinatario. Inicia el plazo y lo prueba.',
  },
  offices: {
    ftc: 'Una plataforma que no atendió una solicitud válida: lo reúne para actuar y no retira nada; por ti, por un hijo o por alguien con su permiso (tras 48 horas).',
    esafety: 'Algo con relación con Australia: puede ordenar la retirada (en seguida).',
    ofcom:
      'El sistema de un servicio, no una imagen concreta: no atiende quejas sobre una imagen; primero la Revenge Porn Helpline, después Report Harmful Content (tras una negativa o una semana).',
    dsc: 'Una plataforma que no cumplió su deber de tratar avisos: reclamación ante el coordinador de tu propio país, Reglamento de Servicios Digitales art. 53 (tras la decisión o el silencio).',
    aepd: 'Personas en España: órdenes urgentes (en seguida; otros pueden avisar por ti).',
    garante: 'Personas en Italia: puede ordenar; pide el propio archivo (en seguida).',
    cnil: 'Resultados de búsqueda: queja sobre la desindexación (después del buscador).',
    pharos: 'Personas en Francia: aviso a la policía (antes, 3018).',
    'kr-center': 'Personas en Corea: lo pide por ti y vigila (en seguida; teléfono 1366).',
    kcsc: 'Delito sexual digital: órdenes de bloqueo (en seguida).',
    gac: 'Un responsable de reclamaciones que no actuó: recurso (tras su plazo).',
    'bc-crt': 'Personas en Columbia Británica: un tribunal puede ordenar la retirada (en seguida).',
    ncrp: 'Personas en India: aviso a la policía (junto con el aviso a la plataforma; teléfono 1930).',
    safernet: 'Personas en Brasil: consejo (en seguida).',
    'cn-12377': 'Personas en China: avisos de contenido ilegal (al final).',
  },
};
