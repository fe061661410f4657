/**
 * Tables as CSV: RFC 4180, UTF-8 without a byte order mark, CRLF after every line, the first line is the header.
 *
 * An empty cell means "not applicable" in the reports of Implementing Regulation (EU) 2024/2835, and `0` "possible, but
 * none": the difference is a cell's value here, `null` against `0`, and never a matter of formatting.
 * @module
 */

/** A cell: a text, a whole number or a share, or `null` for what does not apply. */
export type Cell = string | number | null;

/** A table: its header and its rows, all of one width. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** The table as CSV. @throws {RangeError} for a row of another width, or a number that is not finite */
export function csvText({ header, rows }: Table): string {
  return [header, ...rows]
    .map((row) => {
      if (row.length !== header.length) throw new RangeError('csv: expected as many cells as the header has');
      return `${row.map(field).join(',')}\r\n`;
    })
    .join('');
}

function field(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') {
    if (!Number.isFinite(cell)) throw new RangeError('csv: expected a finite number');
    return String(cell);
  }
  // What no UTF-8 can hold and no reader of CSV expects: a NUL, a lone surrogate.
  const text = cell.toWellFormed().replaceAll('\0', '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
