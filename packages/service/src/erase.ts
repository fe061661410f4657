/**
 * Erasing what was withdrawn, expired or forgotten, everywhere that this node keeps it: memory, its snapshots, the database's
 * files.
 * @module
 */

import type { Compaction } from '@reclaim/store/compaction';
import { compactErased } from '@reclaim/store/erasure';
import type { Store } from '@reclaim/store/store';
import type { ContentKeeper } from './content-keeper.ts';
import type { IndexKeeper } from './index-keeper.ts';

/**
 * Erases now, whatever is pending. Memory and snapshots come first, so that no snapshot outlives the rows.
 * @returns what the database's compaction reached, or `undefined` where nothing was pending there
 */
export async function eraseNow(
  store: Store,
  keeper: IndexKeeper,
  content: ContentKeeper,
): Promise<Compaction | undefined> {
  await keeper.erase();
  await content.erase();
  return compactErased(store);
}
