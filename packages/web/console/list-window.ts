/**
 * Which rows of a long list are drawn: those in view and some around them. Rows have one height; all numbers in pixels
 * or rows. Ten thousand rows cost as much to draw as forty.
 * @module
 */

/** Height of a row in pixels. The same at every width and zoom, or the arithmetic below would lie. */
export const ROW_PX = 64;

/** Rows drawn beyond each edge, so that a fast scroll shows no hole. */
export const OVERSCAN = 8;

/** The rows to draw: from `first` up to but not including `end`. */
export type RowRange = { readonly first: number; readonly end: number };

/** Which of `count` rows to draw when `top` pixels are scrolled away and `height` pixels are seen. */
export function rowsInView(top: number, height: number, count: number): RowRange {
  const first = Math.max(0, Math.floor(top / ROW_PX) - OVERSCAN);
  const end = Math.min(count, Math.ceil((top + height) / ROW_PX) + OVERSCAN);
  return { first: Math.min(first, end), end };
}

/** Where to scroll so that `row` is wholly seen, moving as little as possible. */
export function scrollTo(row: number, top: number, height: number): number {
  const start = row * ROW_PX;
  if (start < top) return start;
  if (start + ROW_PX > top + height) return Math.max(0, start + ROW_PX - height);
  return top;
}

/** Where to scroll after rows changed, so that the row that was at the top edge stays under the eye. */
export function anchored(before: readonly string[], after: readonly string[], top: number): number {
  const at = Math.floor(top / ROW_PX);
  // The first of the rows in view that is still there; where none is, nothing can be kept still.
  for (let i = at; i < Math.min(before.length, at + 30); i++) {
    const now = after.indexOf(before[i]!);
    if (now !== -1) return Math.max(0, top + (now - i) * ROW_PX);
  }
  return top;
}
