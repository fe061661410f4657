/**
 * A table of rows packed as columns of text, as `packages/web/law-tables.ts` writes it when the pages are built: one column after
 * the other, a tab between two, one cell a line, and a cell left empty where the row has what most rows have. Text compresses better
 * than literals of a program, and a column better than rows; a phone on a slow line loads every byte of it before the first plan.
 *
 * Never reads foreign text: what it unpacks was packed by the build from our own rows.
 * @module
 */

/** Stands for an empty text or list, where an empty cell means the usual value. */
const NOTHING = '-';

/** The rows; `names` are the columns in the order of the text, `usual` what an empty cell holds. A row without an id has its place. */
export function unpackTable(text: string, names: string, usual: readonly unknown[]): readonly object[] {
  const columns = columnsOf(text);
  return columns[0]!.map((_, row) =>
    Object.fromEntries([
      ['id', row],
      ...names.split(' ').map((name, at) => [name, cellOf(columns[at]?.[row] ?? '', usual[at])]),
    ]),
  );
}

/** Rows of which an empty cell repeats the cell above it. */
export function unpackDittos(text: string): readonly (readonly string[])[] {
  const columns = columnsOf(text).map((cells) => {
    let above = '';
    return cells.map((cell) => {
      above = cell || above;
      return above;
    });
  });
  return columns[0]!.map((_, row) => columns.map((cells) => cells[row] ?? ''));
}

/** Texts in the order of the rows, by the rows' ids. */
export function textsById(
  rows: readonly { readonly id: string }[],
  texts: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(rows.map((row, at) => [row.id, texts[at] ?? '']));
}

function columnsOf(text: string): readonly (readonly string[])[] {
  return text.split('\t').map((column) => column.split('\n'));
}

/** A cell of a column whose usual value is a list is a list of words; one that begins with `'` is the text after it. */
function cellOf(cell: string, usual: unknown): unknown {
  if (cell === '') return usual;
  if (/^([[{]|(true|false|null|\d+)$)/.test(cell)) return JSON.parse(cell);
  const text = cell === NOTHING ? '' : cell.replace(/^'/, '');
  if (!Array.isArray(usual)) return text;
  return text === '' ? [] : text.split(' ');
}
