/**
 * The console's words about the misuse ladder, in Spanish.
 * @module
 */

import type { enMisuse } from './en-misuse.ts';

/** Their sentences. */
export const esMisuse = {
  'screen.misuse': 'Abuso',
  'misuse.title': 'Abuso',
  'misuse.lead':
    'Quien manda a menudo lo manifiestamente ilegal o infundado: primero se advierte, después se suspende por un tiempo. Cada paso lo da una persona. Aquí no se nombra a nadie.',
  'misuse.policy':
    'Los actos cuentan {windowDays} días. Una advertencia necesita {leastActs} y vale {warningDays} días. Una suspensión dura como mucho {longestDays} días.',
  'misuse.none': 'No hay nadie en la escala',
  'misuse.noneNext': 'Quien revisa cuenta un acto en un trabajo decidido.',
  'misuse.kind.illegal-content': 'Una cuenta que publica contenido ilegal',
  'misuse.kind.unfounded-notices': 'Alguien que manda avisos infundados',
  'misuse.kind.unfounded-complaints': 'Alguien que manda reclamaciones infundadas',
  'misuse.state.clear': 'nada cuenta',
  'misuse.state.counted': 'contado',
  'misuse.state.warned': 'con advertencia',
  'misuse.state.suspended': 'en suspensión',
  'misuse.until': 'hasta el {day}',
  'misuse.warnedUntil': 'la advertencia vale hasta el {day}',
  'misuse.numbers': '{count} manifiestos de {all} en total, en {days} días',
  'misuse.acts': 'Los actos',
  'misuse.warning': 'La advertencia',
  'misuse.suspension': 'La suspensión',
  'misuse.gravity': 'Gravedad',
  'misuse.gravityHint': 'Lo graves que son los actos y sus efectos. Lo leerán. No nombres a nadie.',
  'misuse.intention': 'Intención',
  'misuse.intentionHint': 'Lo que muestra que no es un error, hasta donde se ve. Lo leerán.',
  'misuse.days': 'Días',
  'misuse.daysWrong': 'Un número entero de 1 a {n}.',
  'misuse.reasonHint': 'Al menos 10 caracteres. Si responde a una objeción, lo leerán.',
  'misuse.objection.waits': 'Objetan. Responde alguien que no suspendió',
  'misuse.objection.answered': 'Su objeción y la respuesta: se mantiene',
  'misuse.disowned':
    'Alguien con esta dirección dice que lo contado no era suyo ({day}). Sus avisos se aceptan. Nadie comprueba una dirección: ¿es justa la suspensión?',
  'misuse.notYours': 'Tú suspendiste: responde otra persona. Puedes levantarla.',
  'misuse.step.warn': 'Advertir',
  'misuse.step.suspend': 'Suspender',
  'misuse.step.uphold': 'Responder: se mantiene',
  'misuse.step.lift': 'Levantar la suspensión',
  'misuse.step.unwarn': 'Retirar la advertencia',
  'misuse.send.warn': 'Mandar la advertencia',
  'misuse.send.suspend': 'Suspender ahora',
  'misuse.send.uphold': 'Mandar la respuesta',
  'misuse.send.lift': 'Retirarla ahora',
  'misuse.effect.warn.sender':
    'Lo leen con el código de cualquiera de sus avisos: los números de arriba y tus palabras. Todavía no se rechaza nada.',
  'misuse.effect.warn.account':
    'Tu plataforma lo lee para la cuenta y se lo dice: los números de arriba y tus palabras. Todavía no se restringe nada.',
  'misuse.effect.suspend.sender':
    'Desde ahora no se toma lo que manden de este tipo. Un aviso de la persona que aparece, en su nombre, o de un menor se toma siempre. Termina solo, y pueden objetar.',
  'misuse.effect.suspend.account':
    'Tu plataforma lo lee para la cuenta, la suspende y se lo dice. Termina solo, y pueden objetar.',
  'misuse.effect.uphold.sender': 'La suspensión sigue hasta su día. Leen tu respuesta.',
  'misuse.effect.uphold.account': 'La suspensión sigue hasta su día. Leen tu respuesta.',
  'misuse.effect.lift.sender': 'Termina al momento. Lo contado sigue contando.',
  'misuse.effect.lift.account': 'Termina al momento. Lo contado sigue contando.',
  'misuse.done': 'Hecho, y escrito en el registro.',
  'misuse.count.illegal-content': 'Contarlo contra la cuenta',
  'misuse.count.unfounded-notices': 'Contar este aviso como infundado',
  'misuse.count.unfounded-complaints': 'Contar esta reclamación como infundada',
  'misuse.countWords':
    'Se cuenta bajo una huella con clave de quien lo mandó; no ves quién es. No se dice a nadie antes de una advertencia. Si la decisión se retira, deja de contar.',
  'misuse.manifest': 'Cualquiera ve enseguida que es así',
  'misuse.manifestHint': 'Sin análisis y sin saber derecho. En la duda, no cuenta.',
  'misuse.countSend': 'Contarlo',
  'misuse.counted': 'Contado.',
} satisfies Readonly<Record<keyof typeof enMisuse, string>>;
