/**
 * Erasing what was withdrawn, expired or forgotten, everywhere that this node keeps it: memory, its snapshot, the database's
 * files.
 * @module
 */

import type { Compaction } from '@reclaim/store/compaction';
import { compactErased } from '@reclaim/store/signals';
import type { Store } from '@reclaim/store/store';
import type { IndexKeeper } from './index-keeper.ts';

/**
 * Erases now, whatever is pending. Memory and snapshot come first, so that the snapshot never outlives the rows.
 * @returns what the database's compaction reached, or `undefined` where nothing was pending there
 */
export async function eraseNow(store: Store, keeper: IndexKeeper): Promise<Compaction | undefined> {
  await keeper.erase();
  return compactErased(store);
}
