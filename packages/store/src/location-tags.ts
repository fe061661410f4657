/**
 * Keyed hashes of places: what two notices on one place have in common, and nobody without the store's key can compare.
 * @module
 */

import { normalLocation } from '@reclaim/casework/location';
import type { Store } from './store.ts';

/** HMACs of the normalised places, each once; what nobody could find (no letter and no digit) is no place. */
export function locationTags(store: Store, locations: readonly string[]): readonly Buffer[] {
  const named = locations.map(normalLocation).filter((each) => /[\p{L}\p{N}]/u.test(each.slice(6)));
  return [...new Set(named)].map((each) => store.key.tag(Buffer.from(`location:${each}`)));
}
