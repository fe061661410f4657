/**
 * What to keep of an item of a kind.
 * @module
 */

import type { LinkKind } from '../link/pattern.ts';
import { KEEP_FIRST, type KeepFirst } from './keep-first.ts';

/** What to keep of an item of the kind, beside `KEEP_ALWAYS`. */
export function keepFirst(kind: LinkKind): readonly KeepFirst[] {
  return KEEP_FIRST.filter((each) => each.kinds.includes(kind));
}
