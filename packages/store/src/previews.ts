/**
 * Where the item of an open job can be seen, as its platform says at any time: for a notice, of which the platform knows
 * nothing before it is told, and in place of an address that ended. And where everybody can see it: a notice that names that
 * link and no item is then of the same job.
 * @module
 */

import { noteErasure } from './erasure.ts';
import { lockChain } from './event-log.ts';
import { addLocations } from './jobs.ts';
import { locationTags } from './location-tags.ts';
import { accountTag } from './misuse-standing.ts';
import type { Store } from './store.ts';

/**
 * Keeps the address for every open job on the item. Nothing is kept where there is none, and nothing for a job in the
 * lane for minors, which nobody looks at; the caller is told neither. Of `location`, the public address as the platform
 * says it, a keyed hash is kept. What a notifier says of an item is never taken for it: with a false pair somebody could
 * have a stranger's notice answered by the ruling on another item.
 */
export async function keepPreview(
  store: Store,
  itemId: string,
  previewUrl: string,
  location?: string,
  account?: string,
): Promise<void> {
  const tags = location === undefined ? [] : locationTags(store, [location]);
  await store.transaction(async (trx) => {
    await lockChain(trx);
    const jobs = await trx
      .updateTable('job')
      .set({
        preview_url: previewUrl,
        ...(account === undefined ? {} : { account_tag: accountTag(store, account) }),
      })
      .where('item_id', '=', itemId)
      .where('lane', '=', 'adult')
      .where('state', 'in', ['incomplete', 'queued', 'claimed'])
      .returning('id')
      .execute();
    for (const { id } of jobs) await addLocations(trx, id, tags);
    // The address before this one is a value that was erased.
    if (jobs.length > 0) await noteErasure(store, trx);
  });
}
