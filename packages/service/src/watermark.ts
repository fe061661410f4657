/**
 * The mark on every look: who looks and when, aslant over the whole picture, faint enough to see past and hard enough to
 * cut off. Whoever photographs the screen photographs their own name.
 *
 * Letters are 5 by 7 dots of a type that is here as numbers: nothing depends on which fonts a machine has.
 * @module
 */

import type { UtcMs } from '@reclaim/casework/instant';
import type { WireStaff } from '@reclaim/casework/wire-staff';

/** Five columns of seven dots, two hex digits each; the lowest bit is the topmost dot. */
const DOTS: Readonly<Record<string, string>> = Object.freeze({
  ' ': '0000000000',
  '-': '0808080808',
  '.': '0060600000',
  ':': '0036360000',
  '?': '0201510906',
  _: '4040404040',
  0: '3e5149453e',
  1: '00427f4000',
  2: '4261514946',
  3: '2141454b31',
  4: '1814127f10',
  5: '2745454539',
  6: '3c4a494930',
  7: '0171090503',
  8: '3649494936',
  9: '064949291e',
  A: '7e1111117e',
  B: '7f49494936',
  C: '3e41414122',
  D: '7f4141221c',
  E: '7f49494941',
  F: '7f09090901',
  G: '3e4149497a',
  H: '7f0808087f',
  I: '00417f4100',
  J: '2040413f01',
  K: '7f08142241',
  L: '7f40404040',
  M: '7f020c027f',
  N: '7f0408107f',
  O: '3e4141413e',
  P: '7f09090906',
  Q: '3e4151215e',
  R: '7f09192946',
  S: '4649494931',
  T: '01017f0101',
  U: '3f4040403f',
  V: '1f2040201f',
  W: '3f4038403f',
  X: '6314081463',
  Y: '0708700807',
  Z: '6151494543',
});

/** Dots from one letter to the next, and from one line to the next. */
const LETTER = 6;
const LINE = 22;
/** Empty letters between two marks of a line. */
const GAP = 3;
/** How far a dot of the mark is from what it covers, of 255. */
const STRENGTH = 44;

/**
 * The words of the mark: pseudonym, the beginning of the id (a pseudonym may be in letters that the type does not have)
 * and the time to the minute, UTC.
 */
export function markOf({ id, pseudonym }: WireStaff, now: UtcMs): string {
  const time = new Date(now).toISOString().slice(0, 16).replace('T', ' ');
  return `${pseudonym} ${id.slice(4, 10)} ${time} UTC`;
}

/** The endless pattern of `text`: whether the dot in column `u` and row `v` is set. Accents fall away. */
export function markPattern(text: string): (u: number, v: number) => boolean {
  const letters = [...text.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase()];
  const columns = [...letters, ...Array<string>(GAP).fill(' ')].flatMap((letter) => {
    const dots = DOTS[letter] ?? DOTS['?']!;
    return [...[0, 2, 4, 6, 8].map((at) => Number.parseInt(dots.slice(at, at + 2), 16)), 0];
  });
  const shift = Math.floor(columns.length / 2);
  return (u, v) => {
    const row = v % LINE;
    if (row >= 7) return false;
    // Every other line begins half a mark later, so that no empty column runs down the picture.
    const start = Math.floor(v / LINE) % 2 === 0 ? 0 : shift;
    return ((columns[(u + start) % columns.length]! >> row) & 1) === 1;
  };
}

/** Draws the mark of `text` into a grey picture, in place. Each letter stands two dots higher than the last. */
export function drawMark(grey: Uint8Array, width: number, height: number, text: string): void {
  const marked = markPattern(text);
  const scale = Math.max(1, Math.round(Math.max(width, height) / 600));
  for (let x = 0; x < width; x++) {
    const u = Math.floor(x / scale);
    const fall = Math.floor(u / LETTER) * 2;
    for (let y = 0; y < height; y++) {
      if (!marked(u, Math.floor(y / scale) + fall)) continue;
      const at = y * width + x;
      grey[at] = grey[at]! + (grey[at]! < 128 ? STRENGTH : -STRENGTH);
    }
  }
}
