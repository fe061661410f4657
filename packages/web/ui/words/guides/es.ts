/**
 * What the guides say, in Spanish. Not yet read by a native speaker.
 * @module
 */

import type { GuideWords } from './words.ts';

/** Spanish. */
export const es = {
  title: 'Cuidarte',
  lead: 'Guías cortas. Nada se envía, y lo que marques se olvida al salir.',
  note: 'Cuentas, consentimiento, y pasar el día.',
  all: 'Todas las guías',
  done: 'Hecho',
  progress: 'Hecho: {n} de {all}.',
  seen: 'Lo que otras personas pueden notar',
  source: 'Según {source}.',
  copy: 'Copiar estas palabras',
  copied: 'Copiado.',
  notCopied: 'No se pudo copiar. Mantén el dedo sobre las palabras para elegirlas.',
  accounts: {
    title: 'Asegura tus cuentas',
    note: 'Correo, imágenes, teléfono: paso a paso, lo más importante primero.',
    lead: 'Casi siempre, quien entra en una cuenta conoce la contraseña, el teléfono o las respuestas. Estos pasos le cierran la puerta.',
    close: '¿Podría alguien cercano estar mirando tus cuentas o tu teléfono?',
    yes: 'Sí',
    no: 'No',
    notSure: 'No lo sé con seguridad',
    slowly:
      'Entonces ve despacio. Un cambio se nota, y puede enfadar a esa persona. Habla antes con una línea para personas en peligro. Usa un teléfono o un ordenador que nunca haya tocado.',
    first:
      'Antes de cerrarle la puerta a alguien, apunta lo que ves: aparatos, lugares, horas. Es una prueba, y después ya no está.',
    source: 'NNEDV Safety Net, NCSC (Reino Unido), NIST SP 800-63B-4',
    steps: {
      mail: {
        title: 'Primero, tu correo',
        text: 'Quien lee tu correo puede cambiar las demás contraseñas. Dale una propia: tres o cuatro palabras que no tengan que ver contigo.',
        seen: 'Otros aparatos pueden quedar fuera. Puede llegar un aviso a una segunda dirección.',
      },
      twoSteps: {
        title: 'Dos pasos para entrar',
        text: 'Una llave de acceso o una aplicación es más fuerte que un mensaje de texto. Un mensaje es mejor que nada. Imprime los códigos de reserva y guárdalos donde nadie más mire.',
        seen: 'Los aparatos que están dentro pueden mostrar un aviso.',
      },
      wayBack: {
        title: 'Las formas de volver a entrar',
        text: 'Mira la segunda dirección, el número de teléfono y las preguntas. Quita lo que no sea tuyo. Responde a las preguntas con palabras inventadas: quien te conoce sabe las verdaderas.',
        seen: 'Una dirección que se quita puede recibir un aviso.',
      },
      devices: {
        title: 'Quién está dentro',
        text: 'Cada cuenta tiene una lista de aparatos y aplicaciones. Apunta los que no conoces y después ciérrales la sesión.',
        seen: 'Un aparato con la sesión cerrada lo muestra enseguida.',
      },
      forward: {
        title: 'Correo que le llega a otra persona',
        text: 'Busca en los ajustes de tu correo el reenvío, los filtros y el acceso compartido. Quita lo que no pusiste.',
        seen: 'Allí deja de llegar correo.',
      },
      pictures: {
        title: 'Dónde están tus imágenes',
        text: 'Mira los álbumes compartidos, los grupos de familia, las copias automáticas y la papelera. Los chats tienen una lista de ordenadores unidos: mira también ahí.',
        seen: 'Se ve quién deja un álbum o un grupo.',
      },
      phone: {
        title: 'Tu teléfono',
        text: 'Pon un código nuevo de seis cifras o más que nadie haya visto. Quita dedos y caras que no sean tuyos. Oculta lo que dicen los mensajes con la pantalla cerrada. Instala las mejoras.',
        seen: 'Quien sabía el código viejo ve que ya no sirve.',
      },
      place: {
        title: 'Dónde estás',
        text: 'Mira quién ve tu lugar: mapas, aplicaciones de familia, chats, imágenes que publicas. Busca en el bolso y en el coche rastreadores pequeños.',
        seen: 'Muchas aplicaciones avisan cuando dejas de compartirlo.',
      },
      spies: {
        title: 'Programas que miran',
        text: 'Busca aplicaciones que no conoces, las que mandan en todo el aparato y los perfiles de una empresa. Si ves una, déjala por ahora y pregunta a una línea que sepa de esto.',
        seen: 'Quien la puso ve cuándo se para, y lo que buscas en ese teléfono.',
      },
      others: {
        title: 'Las demás cuentas',
        text: 'Redes, chats, tiendas, juegos, el banco. Un gestor de contraseñas guarda una nueva para cada una. Mira quién te encuentra por el número y quién puede etiquetarte.',
        seen: 'Quien usaba la cuenta contigo queda fuera.',
      },
    },
  },
  sharing: {
    title: 'Imágenes y consentimiento',
    note: 'Qué es un sí, cómo decir que no, cómo retirar un sí.',
    lead: 'Tú decides sobre tus imágenes: antes, durante y después.',
    yes: 'Qué es un sí',
    free: 'Es libre. Presionar, amenazar o pedirlo una y otra vez no da un sí.',
    one: 'Es para una cosa. Un sí a hacer una imagen no es un sí a mostrarla. Un sí a una persona no es un sí a otras.',
    end: 'Puede acabar. Puedes retirarlo cuando quieras, sin dar motivos.',
    each: 'Lo da cada persona que sale en la imagen, por sí misma.',
    young:
      'Con menos de 18 años ningún sí cuenta. Hacer, guardar o pasar una imagen así puede ser delito, y la ley está para cuidar a la persona joven que sale.',
    no: 'Si alguien te pide una',
    noNote: 'No le debes una imagen a nadie. Puedes decirlo así, o no decir nada.',
    noShort: 'No. No envío imágenes así.',
    noAgain: 'Dije que no. Pedirlo otra vez no lo cambia.',
    share: 'Si quieres compartir una',
    face: 'Deja fuera lo que dice que eres tú: la cara, marcas de la piel, la habitación.',
    marked: 'Da a cada persona su propia copia. Después se puede saber qué copia salió.',
    vanish: 'Una imagen que desaparece también la puede guardar quien la ve.',
    makeCopies: 'Hacer copias para personas',
    back: 'Retirar un sí',
    backNote: 'Envía esto solo si es seguro para ti.',
    backText:
      'Tenías mi sí para imágenes mías. Lo retiro. Por favor, bórralas de tu teléfono, tus chats, tu nube y los demás lugares, y dime cuando esté hecho. No se las muestres ni se las envíes a nadie.',
    after:
      'Desde aquí nadie puede ver que se hizo. Una huella ayuda a que los servicios que comprueban retengan una copia, si aparece.',
    protect: 'Proteger la imagen',
    source: '47 U.S.C. 223(h) (EE. UU.) para qué es el consentimiento; otras leyes cambian',
  },
  received: {
    title: 'Te enviaron una imagen así',
    note: 'O la viste en un grupo. Lo que haces ahora puede pararla.',
    lead: 'No la pediste. La cadena puede parar en ti.',
    pass: 'No la pases, y no se la muestres a nadie. En muchos países pasarla es delito.',
    keep: 'No guardes copia. Para poder contar después qué pasó, apunta quién la envió, cuándo y dónde. La imagen no.',
    say: 'Díselo a quien la envió. Puedes decirlo así.',
    sayText: 'Esto no era para nuestros ojos. Por favor, bórralo y no se lo envíes a nadie.',
    report:
      'Avisa donde la viste. El motivo que hay que elegir: imagen íntima, compartida sin consentimiento.',
    tell: 'Si conoces a la persona y es seguro, cuéntaselo en un momento tranquilo, sin mostrarla. Deja que elija qué se hace. Puedes darle esta página.',
    youngTitle: '¿Puede que alguien en ella tenga menos de 18 años?',
    young: 'No hagas copia, ni como prueba. Avisa de dónde está. Estos servicios reciben avisos.',
    passed: '¿Ya la pasaste?',
    passedText:
      'Para aquí. Bórrala. Pide lo mismo a cada persona a quien se la enviaste. Escribe a la persona que sale solo si quiere saber de ti. Nunca es tarde para parar.',
  },
  calm: {
    title: 'Cuando es demasiado',
    note: 'Qué ayuda ahora, y cuándo buscar más ayuda.',
    lead: 'Lo que sientes es una respuesta normal a lo que te hicieron.',
    feet: 'Pon los dos pies en el suelo y aprieta. Suelta el aire más despacio de lo que lo tomas, cinco veces.',
    room: 'Di cinco cosas que ves y tres que oyes. Estás aquí, en este lugar, ahora.',
    look: 'No hace falta que busques tú las imágenes. Un servicio, alguien que ayuda o alguien de confianza puede mirar por ti.',
    time: 'Dale una hora del día: media hora para enlaces y respuestas. Luego cierra la página.',
    day: 'Come, duerme, muévete. Haz cada día una cosa que no tenga que ver con esto.',
    one: 'Elige a una persona. Puedes empezar así.',
    oneText:
      'Me hicieron algo malo y necesito a alguien a mi lado. No tienes que arreglarlo. ¿Tienes tiempo para escucharme?',
    more: 'Ve a una consulta médica o de psicología si duermes mal dos semanas, no puedes con el día, o bebes o tomas cosas para aguantarlo.',
    lines: 'Personas con quien hablar ahora',
    source: 'OMS, En tiempos de estrés, haz lo que importa (2020)',
  },
} satisfies GuideWords;
