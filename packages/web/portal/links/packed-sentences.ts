/**
 * A table of sentences packed as lines of text, as `packages/web/law-sentences.ts` writes it when the pages are built: each line is
 * one sentence as the table's own function said it, with `$1`, `$2`, `$3` where an argument goes, or one answer of a function that
 * chooses among sentences.
 *
 * Never reads foreign text: what it unpacks was packed by the build. What is filled in is foreign; it is put in once and not read
 * again, so that a name with `$1` in it stays what it is.
 * @module
 */

type Sentence = string | ((...args: readonly unknown[]) => string);
type Nested = { [name: string]: Sentence | Nested };

/**
 * The table. `shape` names the sentences in the order of the lines: `path` for a text, `path()` for one with arguments,
 * `path:key,key` for a function whose arguments, joined by spaces, choose a line.
 * @throws {RangeError} when a sentence is asked for that was not packed
 */
export function unpackSentences(lines: readonly string[], shape: string): object {
  const table: Nested = {};
  let at = 0;
  const next = () => lines[at++] ?? '';
  for (const slot of shape.split('|')) {
    const [path = '', keys] = slot.replace('()', '').split(':');
    const names = path.split('.');
    const last = names.pop() ?? '';
    const parent = names.reduce<Nested>((inside, name) => {
      inside[name] ??= {};
      return inside[name] as Nested;
    }, table);
    parent[last] = keys === undefined ? sentence(next(), slot.endsWith('()')) : choice(keys.split(','), next);
  }
  return table;
}

function sentence(line: string, filled: boolean): Sentence {
  if (!filled) return line;
  return (...args) => line.replace(/\$([1-3])/g, (_, place: string) => String(args[Number(place) - 1]));
}

function choice(keys: readonly string[], next: () => string): Sentence {
  const lines = new Map(keys.map((key) => [key, next()]));
  return (...args) => {
    const line = lines.get(args.join(' '));
    if (line === undefined) throw new RangeError();
    return line;
  };
}
