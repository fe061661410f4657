/**
 * Packs tables of the law into columns of text while the pages are built, for `portal/links/packed-table.ts` to read. What the
 * reader would take for something else is refused here, so that no row changes on its way to a phone.
 * @module
 */

/** Where a packed table is read in the page. */
export const READER = `${import.meta.dirname}/portal/links/packed-table.ts`;

/**
 * A table as a module (`portal/links/packed-table.ts` reads it): the usual value of a column is the one that most rows have, and
 * columns in which rows differ most come first, so that the usual ones are at the end and can be left out.
 */
export function packed<Row extends object>(name: string, table: readonly Row[]): string {
  const columns = Object.keys(table[0] ?? {}) as (keyof Row & string)[];
  const order = columns
    .map((column) => {
      const values = table.map((row) => JSON.stringify(row[column]));
      const usual = mostCommon(values);
      return { column, usual, differ: values.filter((each) => each !== usual).length };
    })
    .sort((a, b) => b.differ - a.differ);
  const cells = order.map(({ column, usual }) =>
    table.map((row) =>
      JSON.stringify(row[column]) === usual ? '' : cellOf(row[column], usual.startsWith('[')),
    ),
  );
  const names = order.map((each) => each.column);
  return `import { unpackTable } from ${JSON.stringify(READER)};
export const ${name} = unpackTable(${raw(columnsText(cells))}, ${JSON.stringify(names.join(' '))}, [${order
    .map((each) => each.usual)
    .join(',')}]);`;
}

/** A value as a cell: texts and lists of words as they are, the rest as JSON. Refuses what would be read back as something else. */
function cellOf(value: unknown, list: boolean): string {
  if (list && Array.isArray(value) && value.every((each) => typeof each === 'string' && /^\S+$/.test(each)))
    return value.length === 0 ? '-' : plain(value.join(' '), /^\S+( \S+)*$/);
  if (typeof value !== 'string') return JSON.stringify(value);
  return value === '' ? '-' : plain(value, /./s);
}

/** A text as it is, behind `'` where the reader would take it for something else. */
function plain(text: string, shape: RegExp): string {
  if (!shape.test(text) || /[\t\n\r]/.test(text)) throw new RangeError('table: expected a text of its shape');
  return text === '-' || /^(['[{]|(true|false|null|\d+)$)/.test(text) ? `'${text}` : text;
}

/** Columns one after the other, a tab between two; the first as long as the table, others without the usual values at their end. */
function columnsText(columns: readonly (readonly string[])[]): string {
  return columns.map((cells, at) => cells.join('\n').replace(at === 0 ? /$^/ : /\n+$/, '')).join('\t');
}

/** Columns of which a cell that repeats the one above is left empty. */
export function dittos(table: readonly (readonly string[])[]): string {
  if (table.some((row) => row.includes(''))) throw new RangeError('table: expected no empty cell');
  return (table[0] ?? [])
    .map((_, column) =>
      table.map((row, at) => (row[column] === table[at - 1]?.[column] ? '' : row[column])).join('\n'),
    )
    .join('\t');
}

/** Text as a literal that keeps backslashes, tabs and line ends as they are. */
export function raw(text: string): string {
  if (/[`\r]|\$\{/.test(text)) throw new RangeError('table: expected no backtick in a row');
  return `${text.includes('\\') ? 'String.raw' : ''}\`${text}\``;
}

/**
 * The text of an expression, for one that is made from text: there a slash needs no escape.
 * @throws {RangeError} for one with flags, which the table has no place for
 */
export function sourceOf(expression: RegExp): string {
  if (expression.flags !== '') throw new RangeError('table: expected an expression without flags');
  return expression.source.replaceAll('\\/', '/');
}

function mostCommon(values: readonly (string | undefined)[]): string {
  const counts = new Map<string, number>();
  for (const value of values) {
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const [first] = [...counts].sort((a, b) => b[1] - a[1]);
  // Optional columns: absent is most common, and JSON has no word for it.
  return first === undefined || values.filter((each) => each === undefined).length > first[1]
    ? 'undefined'
    : first[0];
}
