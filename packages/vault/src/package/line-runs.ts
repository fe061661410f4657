/**
 * A line of text as the runs that are drawn, from left to right: the Unicode Bidirectional Algorithm (UAX #9) by `bidi-js`,
 * for a renderer that lays one run of one direction at a time.
 *
 * Signs that mirror are exchanged in runs from right to left (rule L4). A run without letters of its own, such as the space
 * between a word and a date, is turned here: the renderer takes its direction from the letters and finds none.
 * @module
 */

import bidiFactory from 'bidi-js';

const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** The two functions of the library that are used; its own types say them only under one of the ways modules are resolved. */
type Bidi = {
  readonly getEmbeddingLevels: (text: string, base: 'ltr' | 'rtl') => { readonly levels: Uint8Array };
  readonly getMirroredCharactersMap: (text: string, levels: Uint8Array) => ReadonlyMap<number, string>;
};

const bidi = (bidiFactory as unknown as () => Bidi)();

/** Whether the first letter of a text is of a script that is written from right to left. */
export function beginsRightToLeft(text: string): boolean {
  const first = /\p{L}/u.exec(text)?.[0] ?? '';
  return RTL.test(first);
}

/** The runs of a line, in the order in which they stand on paper; joined they hold every sign of it once. */
export function lineRuns(text: string): readonly string[] {
  if (text === '') return [];
  if (!RTL.test(text)) return [text];
  const { levels } = bidi.getEmbeddingLevels(text, beginsRightToLeft(text) ? 'rtl' : 'ltr');
  const mirrored = bidi.getMirroredCharactersMap(text, levels);
  const runs: { readonly level: number; text: string }[] = [];
  let at = 0;
  for (const sign of text) {
    const level = levels[at] ?? 0;
    const shown = mirrored.get(at) ?? sign;
    const last = runs.at(-1);
    if (last !== undefined && last.level === level) last.text += shown;
    else runs.push({ level, text: shown });
    at += sign.length;
  }
  // Rule L2: from the highest level down, every stretch of that level or more is turned.
  const highest = Math.max(...runs.map(({ level }) => level));
  let ordered = runs;
  for (let level = highest; level >= 1; level--) ordered = turned(ordered, level);
  return ordered.map((run) =>
    run.level % 2 === 1 && !RTL.test(run.text) ? [...run.text].reverse().join('') : run.text,
  );
}

function turned<Run extends { readonly level: number }>(runs: Run[], level: number): Run[] {
  const result: Run[] = [];
  let stretch: Run[] = [];
  for (const run of runs) {
    if (run.level >= level) {
      stretch.unshift(run);
      continue;
    }
    result.push(...stretch, run);
    stretch = [];
  }
  return [...result, ...stretch];
}
