/**
 * What a person typed, made harmless before it stands in a notice that other people open in mail, forms and ticket systems.
 *
 * Attacks prevented: text that changes the order of what stands around it (embeddings, overrides and isolates of Unicode's
 * bidirectional algorithm, UAX #9), text that cannot be seen (zero width, tags, controls), markup that a reader's program could
 * obey, and lines that pretend to be part of the notice itself. Letters of every script stay, with the joiners that Arabic,
 * Persian, Indic scripts and emoji need.
 * @module
 */

/** Characters of one typed line, at most. */
export const MOST_OF_LINE = 300;

/** Characters of a typed block, at most. */
export const MOST_OF_BLOCK = 4_000;

/** Format characters except zero-width joiner and non-joiner, controls except the line feed, and separators of lines. */
const INVISIBLE = /[\p{Cf}\p{Cc}\u2028\u2029]/gu;

/** One line: breaks become spaces, and no more than `most` UTF-16 units. */
export function harmlessLine(text: string, most = MOST_OF_LINE): string {
  return visible(text.replace(/[\r\n\t\u2028\u2029]+/g, ' '))
    .replace(/ {2,}/g, ' ')
    .trim()
    .slice(0, most)
    .toWellFormed();
}

/**
 * A block of lines, each behind `> `, so that nothing typed can pass for a line of the notice; empty for empty text. More than
 * two empty lines in a row become one.
 */
export function harmlessBlock(text: string, most = MOST_OF_BLOCK): string {
  const lines = text
    .slice(0, most)
    .toWellFormed()
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map((line) => visible(line).trimEnd());
  return lines
    .join('\n')
    .trim()
    .replace(/\n{3,}/g, '\n\n')
    .split('\n')
    .filter((line, at, all) => all.length > 1 || line !== '' || at > 0)
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}

/**
 * An address as it stands in a notice: the text of a link in which no space, bracket or invisible mark is left, so that it
 * ends where it ends.
 */
export function harmlessLink(link: string): string {
  return link
    .replace(INVISIBLE, '')
    .replace(/[\s<>"]/gu, (found) => encodeURIComponent(found))
    .toWellFormed();
}

/** Angle brackets become quotation marks that look alike and mean nothing to a program. */
function visible(text: string): string {
  return text
    .toWellFormed()
    .replace(/\t/g, ' ')
    .replace(INVISIBLE, (found) => (found === '\u200c' || found === '\u200d' ? found : ''))
    .replaceAll('<', '‹')
    .replaceAll('>', '›');
}
