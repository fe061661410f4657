/**
 * A table of rows packed as lines of text, as `packages/web/law-tables.ts` writes it when the pages are built: one row a line,
 * cells between tabs, and a cell left empty where the row has what most rows have. Text compresses better than literals of a
 * program, and a phone on a slow line loads every byte of it before the first plan.
 *
 * Never reads foreign text: what it unpacks was packed by the build from our own rows.
 * @module
 */

/** Stands for an empty text or list, where an empty cell means the usual value. */
const NOTHING = '-';

/** The rows; `names` are the columns in the order of the cells, `usual` what an empty cell holds. */
export function unpackTable(text: string, names: string, usual: readonly unknown[]): readonly object[] {
  const columns = names.split(' ');
  return lines(text).map((cells) =>
    Object.fromEntries(columns.map((name, at) => [name, cellOf(cells[at] ?? '', usual[at])])),
  );
}

/** Rows of which an empty cell repeats the cell above it. */
export function unpackDittos(text: string): readonly (readonly string[])[] {
  let above: readonly string[] = [];
  return lines(text).map((cells) => {
    above = cells.map((cell, at) => cell || (above[at] ?? ''));
    return above;
  });
}

/** Texts in the order of the rows, by the rows' ids. */
export function textsById(
  rows: readonly { readonly id: string }[],
  texts: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(rows.map((row, at) => [row.id, texts[at] ?? '']));
}

function lines(text: string): readonly (readonly string[])[] {
  return text.split('\n').map((line) => line.split('\t'));
}

/** A cell of a column whose usual value is a list is a list of words; one that begins with `'` is the text after it. */
function cellOf(cell: string, usual: unknown): unknown {
  if (cell === '') return usual;
  if (/^([[{]|(true|false|null|\d+)$)/.test(cell)) return JSON.parse(cell);
  const text = cell === NOTHING ? '' : cell.replace(/^'/, '');
  if (!Array.isArray(usual)) return text;
  return text === '' ? [] : text.split(' ');
}
