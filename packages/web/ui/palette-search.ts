/**
 * Finds commands by what was typed: every typed word must stand in the command's words, at the start of a word before
 * in the middle of one. Accents and case do not matter.
 * @module
 */

/** A command of a palette. `keys` is how to reach it without the palette. */
export type Command = { readonly id: string; readonly words: string; readonly keys?: string };

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The commands that fit `typed`, the best first; all of them in their order when nothing is typed. */
export function findCommands<Some extends Command>(
  commands: readonly Some[],
  typed: string,
): readonly Some[] {
  const wanted = plain(typed).split(/\s+/).filter(Boolean);
  const ranked = commands.flatMap((command, order) => {
    const words = plain(command.words);
    let rank = 0;
    for (const each of wanted) {
      const at = words.indexOf(each);
      if (at < 0) return [];
      rank += at === 0 ? 0 : ` ${words}`.includes(` ${each}`) ? 1 : 2;
    }
    return [{ command, rank, order }];
  });
  ranked.sort((a, b) => a.rank - b.rank || a.order - b.order);
  return ranked.map(({ command }) => command);
}
