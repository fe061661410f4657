/**
 * The words of what comes and what happened, in Spanish. Not read by a native speaker yet.
 * @module
 */

import type { HistoryWords } from './words.ts';

/** Spanish. */
export const es: HistoryWords = {
  title: 'Lo que viene y lo que pasó',
  lead: 'Todo tu caso en un lugar: imágenes, enlaces, mensajes, pruebas.',
  nothing: 'Hoy no hay nada que hacer',
  todo: {
    one: '{n} cosa te espera',
    many: '{n} cosas te esperan',
    other: '{n} cosas te esperan',
  },
  coming: 'Lo que viene',
  nothingComes: 'No se espera nada.',
  who: {
    person: 'Te toca a ti',
    helper: 'Le toca a quien ayuda',
    service: 'Le toca al sitio',
    office: 'Le toca a la oficina',
    nobody: 'Ahora no le toca a nadie',
  },
  look: 'Volver a mirar el {day}.',
  unread: {
    one: '{n} mensaje nuevo por leer.',
    many: '{n} mensajes nuevos por leer.',
    other: '{n} mensajes nuevos por leer.',
  },
  asked: 'Alguien pidió tu código. Lo recibe el {day} si no lo paras.',
  shareEnds: 'Lo que está abierto a quien ayuda se cierra solo el {day}.',
  happened: 'Lo que pasó',
  nothingYet: 'Nada todavía',
  nothingYetNote: 'Aquí aparece lo que haces.',
  picture: 'Se protegió una imagen',
  recovery: 'Se hicieron tres partes en papel',
  wroteYou: 'Escribiste un mensaje',
  wroteHelper: 'Quien ayuda escribió un mensaje',
  link: {
    added: 'Se puso un enlace en la lista',
    sent: 'Se envió un aviso',
    acknowledged: 'Dijeron que lo tienen',
    removed: 'Ya no está',
    refused: 'Dijeron que no',
    silent: 'No llegó respuesta',
    reappeared: 'Ha vuelto',
    'seen-gone': 'Se buscó y no está',
    reminded: 'Se envió un recordatorio',
    appealed: 'Se les pidió mirar otra vez',
    dropped: 'El enlace ya no se sigue',
    'taken-back': 'Se retiró una marca',
    escalated: 'Se envió una queja a una oficina',
  },
  message: {
    begin: 'Empezaste a escribir con alguien que ayuda',
    share: 'Abriste algo a quien ayuda',
    unshare: 'Cerraste lo que estaba abierto',
    looked: 'Quien ayuda abrió algo tuyo',
    'follow-up': 'Se puso un día para volver a mirar',
    done: 'Un día para volver a mirar está hecho',
    contact: 'Dijiste dónde se te encuentra',
    'hand-over': 'Sigue ayudando otra persona',
    rekey: 'Cambió la llave',
    close: 'Se cerró la conversación',
  },
  proof: {
    created: 'Empezaron tus pruebas',
    captured: 'Se añadió una prueba',
    imported: 'Se trajo una prueba',
    sealed: 'Se selló una prueba',
    stamped: 'Llegó un sello de tiempo',
    'viewed-shielded': 'Se miró una copia cubierta',
    'viewed-original': 'Se miró una imagen tal cual',
    exported: 'Se hizo un paquete',
    'shared-with': 'Se entregó o abrió una prueba',
    verified: 'Se comprobó una prueba',
    superseded: 'Otra mejor la sustituyó',
    'deletion-scheduled': 'Se fijó su final',
    erased: 'Se borró una prueba',
  },
};
