/**
 * The periods that a transparency report is usually drawn for, and the names of its files. Pure.
 *
 * Implementing Regulation (EU) 2024/2835, Art. 2: calendar years, half-years for very large services; published within two
 * months after the end.
 * @module
 */

/** A period of days, both included, YYYY-MM-DD. */
export type Period = { readonly from: string; readonly to: string };

/** The period that is offered first: the year so far, or, in January and February, the year that has to be reported. */
export function usualPeriod(nowMs: number): Period {
  const now = new Date(nowMs);
  const year = now.getUTCFullYear();
  if (now.getUTCMonth() < 2) return { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` };
  return { from: `${year}-01-01`, to: now.toISOString().slice(0, 10) };
}

/** Whether the days are days and in order. */
export function isPeriod({ from, to }: Period): boolean {
  return isDay(from) && isDay(to) && from <= to;
}

/** The name under which a file of a report is kept: its period first, so that a folder sorts by it. */
export function downloadName({ from, to }: Period, name: string): string {
  return `${from}_${to}_${name}`;
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text;
}
