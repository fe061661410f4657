/**
 * What a platform's report link hands over: the item's id, in the fragment of the address (`#item=…`), which a browser
 * never sends to a server. Anything that is no id is nothing; no words of anybody can come this way.
 * @module
 */

import { ITEM_ID } from '@reclaim/casework/wire';

/** The id in a fragment, or `undefined`. */
export function itemOfFragment(hash: string): string | undefined {
  const found = /^#item=([^&]{1,400})$/.exec(hash)?.[1];
  if (found === undefined) return undefined;
  try {
    const id = decodeURIComponent(found);
    return ITEM_ID.test(id) ? id : undefined;
  } catch {
    return undefined;
  }
}
