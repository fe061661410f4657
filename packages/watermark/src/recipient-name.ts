/**
 * The name of a recipient, as a person types it: what is kept of it, and which two are alike.
 *
 * A name is all that tells one copy from another afterwards. Two that a person cannot tell apart on a screen (the same
 * letter in two encodings, a mark that nobody sees, a wider space, other capitals) would put somebody else's copy on
 * them; they are refused before any copy is made. Letters of other alphabets that look the same are not found out.
 * @module
 */

/** The name in a line, NFC, without what nobody sees, with single spaces and none around it; empty where there is none. */
export function cleanName(line: string): string {
  return line
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .normalize('NFC')
    .trim();
}

/**
 * What two names that look alike have in common: compatible forms (Unicode's NFKC), capitals and spaces are made one,
 * and what is drawn as nothing is left out (Unicode's Default_Ignorable_Code_Point, and the blank pattern U+2800).
 */
export function nameLikeness(name: string): string {
  return name
    .replace(/\p{DI}/gu, '')
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[\s\p{Z}\u2800]+/gu, ' ')
    .trim();
}
