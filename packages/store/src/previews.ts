/**
 * Where the item of an open job can be seen, as its platform says at any time: for a notice, of which the platform knows
 * nothing before it is told, and in place of an address that ended.
 * @module
 */

import { lockChain } from './event-log.ts';
import { noteErasure } from './signals.ts';
import type { Store } from './store.ts';

/**
 * Keeps the address for every open job on the item. Nothing is kept where there is none, and nothing for a job in the
 * lane for minors, which nobody looks at; the caller is told neither.
 */
export async function keepPreview(store: Store, itemId: string, previewUrl: string): Promise<void> {
  await store.transaction(async (trx) => {
    await lockChain(trx);
    const { numUpdatedRows } = await trx
      .updateTable('job')
      .set({ preview_url: previewUrl })
      .where('item_id', '=', itemId)
      .where('lane', '=', 'adult')
      .where('state', 'in', ['incomplete', 'queued', 'claimed'])
      .executeTakeFirst();
    // The address before this one is a value that was erased.
    if (numUpdatedRows > 0n) await noteErasure(store, trx);
  });
}
