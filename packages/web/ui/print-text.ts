/**
 * Prints a text alone: it stands in the page only while it is printed, is never seen on the screen, and everything else of the
 * page is left out of the paper (`.print-alone` in the stylesheet).
 * @module
 */

/** Longest time that the text stays in the page where the browser never says that printing ended, milliseconds. */
const LONGEST_MS = 60_000;

/** Prints it. `language` is a BCP 47 tag. */
export function printText(text: string, language: string): void {
  const sheet = document.createElement('pre');
  sheet.className = 'print-alone';
  sheet.lang = language;
  sheet.dir = 'auto';
  sheet.textContent = text;
  const end = () => {
    clearTimeout(timer);
    removeEventListener('afterprint', end);
    sheet.remove();
  };
  const timer = setTimeout(end, LONGEST_MS);
  addEventListener('afterprint', end);
  document.body.append(sheet);
  globalThis.print();
}
