/**
 * What the parts of threads share: whose row it is, and how what is sealed is sealed once more.
 * @module
 */

import { createHash } from 'node:crypto';
import type { StaffId } from '@reclaim/casework/id';
import type { Transaction } from 'kysely';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** Who asks: the person by the thread's secret, or a helper by the thread's name. */
export type ThreadSide =
  | { readonly kind: 'person'; readonly secret: string }
  | { readonly kind: 'helper'; readonly helper: StaffId; readonly thread: string };

/** A thread as a row. */
export type ThreadRow = Tables['thread'];

/** Under what a secret's SHA-256 is found. */
export function secretTag(store: Store, secretSha256: string): Buffer {
  return store.key.tag(Buffer.from(`thread-secret:${secretSha256}`));
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
/** Seals a text of a thread with the store's key. */
export const sealed = (store: Store, text: string, context: string) =>
  store.key.seal(Buffer.from(text), `thread:${context}`);
/** The text that was sealed. */
export const unsealed = (store: Store, bytes: Uint8Array, context: string) =>
  store.key.unseal(bytes, `thread:${context}`).toString();

/** The row of a thread that a side may see. */
export async function findThread(
  store: Store,
  trx: Transaction<Tables>,
  side: ThreadSide,
  forUpdate = false,
): Promise<ThreadRow | undefined> {
  const query = trx.selectFrom('thread').selectAll();
  const found =
    side.kind === 'person'
      ? query.where('secret_tag', '=', secretTag(store, sha256(side.secret)))
      : query.where('id', '=', side.thread).where('helper_id', '=', side.helper);
  return (forUpdate ? found.forUpdate() : found).executeTakeFirst();
}
