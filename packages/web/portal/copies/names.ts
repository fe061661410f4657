/**
 * The names that copies are made for: one a line, as a person types them.
 * @module
 */

import { cleanName, nameLikeness } from '@reclaim/watermark/recipient-name';

/** The most copies of one making in a page: each is in memory until it is saved. */
export const MOST_NAMES = 200;

/** The most characters of a name: what a registry takes. */
export const LONGEST_NAME = 120;

/** The names in a text, or what is wrong with it. */
export type Names =
  | { readonly ok: true; readonly names: readonly string[] }
  | { readonly ok: false; readonly reason: 'none' | 'twice' | 'many' | 'long' };

/** Reads the names: empty lines are passed over, spaces around a name are not of it, marks that nobody sees are dropped. */
export function namesIn(text: string): Names {
  const names = text
    .split(/\r\n|\n|\r/)
    .map(cleanName)
    .filter((name) => name !== '');
  if (names.length === 0) return { ok: false, reason: 'none' };
  if (names.length > MOST_NAMES) return { ok: false, reason: 'many' };
  if (names.some((name) => name.length > LONGEST_NAME)) return { ok: false, reason: 'long' };
  // Two copies of one name could not be told apart afterwards, which is all that this is for.
  if (new Set(names.map(nameLikeness)).size < names.length) return { ok: false, reason: 'twice' };
  return { ok: true, names };
}
