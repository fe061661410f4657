/**
 * Compaction as a test wants it beside a running node, whose own chore compacts too as soon as its clock has gone on by an hour.
 * @module
 */

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { compactErased, noteErasure } from '@reclaim/store/erasure';
import type { Store } from '@reclaim/store/store';

/**
 * Compacts until one compaction that began after this call has reached every file. Where the node's chore took the note of what is
 * erased first, `compactErased` has nothing to do and answers before the chore has ended; where a table is busy it is refused.
 */
export async function compactedEveryFile(store: Store): Promise<void> {
  let said = 'nothing was pending';
  for (let tries = 0; tries < 100; tries++) {
    await store.transaction((trx) => noteErasure(store, trx));
    const compaction = await compactErased(store);
    if (compaction?.ok && compaction.reach === 'every-file') return;
    if (compaction !== undefined) said = compaction.ok ? compaction.reach : compaction.reason;
    await pause(50);
  }
  assert.fail(`compaction: ${said}`);
}
