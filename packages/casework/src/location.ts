/**
 * A place in the form in which two notices on one place are the same: links without what follows a person around (tracking
 * parameters, wrappers of mail programs), as `law/link` reads them; anything else by its words.
 *
 * The result is as secret as the place itself: it is kept as a keyed hash and never shown.
 * @module
 */

import { parseLink } from '@reclaim/law/link/link';

/** The normalised form of a place that somebody wrote. Never throws. */
export function normalLocation(text: string): string {
  const parsed = parseLink(text);
  const target = parsed.ok ? parsed.targets.at(-1) : undefined;
  if (target !== undefined) return `link ${target.key}`;
  const words = text
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cc}]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .toLowerCase();
  return `words ${words}`;
}
