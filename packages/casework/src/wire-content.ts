/**
 * The wire of the content index: what a platform hosts already and asks to be told about, renews, or takes back.
 *
 * An answer never says whether an item matched: what did becomes a job, and the platform hears what becomes of it as of any
 * other (`wireOutcomePage`).
 * @module
 */

import * as z from 'zod/mini';
import { ITEM_ID, MAX_ITEMS, wireInstant, wireItem, wireItemSignals, wireKeepDays } from './wire.ts';

/** Items that are hosted, to be kept: 1 to 64. An item that is kept already is kept anew. */
export const wireKeepRequest = z.strictObject({
  items: z
    .array(
      z.strictObject({
        item: z.strictObject({ ...wireItem.shape, keepDays: wireKeepDays }),
        signals: wireItemSignals,
      }),
    )
    .check(z.minLength(1), z.maxLength(MAX_ITEMS)),
});

/** Until when each is kept, in the order of the request. An item without a usable signal is not, and has no `until`. */
export const wireKeepResponse = z.object({
  kept: z.array(z.object({ itemId: z.string(), until: z.optional(wireInstant) })),
});

/** Items that are hosted no more, or are to be searched no more: 1 to 64 ids. */
export const wireForgetRequest = z.strictObject({
  items: z.array(z.string().check(z.regex(ITEM_ID))).check(z.minLength(1), z.maxLength(MAX_ITEMS)),
});

/** How the search of content stands: `searchedTo` and `logPosition` are changes of the bank. */
export const wireContentState = z.object({
  items: z.int().check(z.meta({ description: 'Items that are kept' })),
  searchedTo: z
    .int()
    .check(z.meta({ description: 'The change of the bank that all of them were searched for' })),
  logPosition: z.int().check(z.meta({ description: 'The last change of the bank' })),
});

/** Items to be kept, parsed. */
export type KeepRequest = z.infer<typeof wireKeepRequest>;
/** How the search of content stands. */
export type ContentState = z.infer<typeof wireContentState>;
