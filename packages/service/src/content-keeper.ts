/**
 * The content keeper: the hashes of all content that platforms asked to be told about, in this process's memory.
 *
 * It follows the log of content as the index keeper follows that of the bank: *loading*, when it is first asked to catch up
 * (no start waits for it) → *following*. A change names an
 * item whose present state is read, so reading one twice leads to the same index. Where traces of what was forgotten are
 * gone that it has not read yet (it was away for a week), it begins anew: a number that stays behind would be nobody's.
 * @module
 */

import { randomInt } from 'node:crypto';
import type { SignalKind } from '@reclaim/fingerprint/signal';
import { createExactIndex, type SealableIndex } from '@reclaim/matching/ring-index';
import { contentAfter, contentHead, type IndexedContent, liveContent } from '@reclaim/store/content';
import type { Store } from '@reclaim/store/store';
import type { IndexThreads } from './index-threads.ts';
import { OneRunner } from './one-runner.ts';
import { SignalLoading } from './signal-loading.ts';

const KINDS = ['pdq', 'sha256'] as const satisfies readonly SignalKind[];

/** An item and how near it is, in bits. */
export type NearContent = { readonly num: number; readonly distance: number };

/** Content in memory. */
export class ContentKeeper {
  readonly #store: Store;
  readonly #threads: IndexThreads | undefined;
  readonly #runner = new OneRunner(() => this.#follow());
  #indexes: Record<SignalKind, SealableIndex>;
  /** Undefined before everything was read. */
  #position: number | undefined;

  /** Sorts on `threads` where there are any. Empty until it catches up. */
  constructor(store: Store, threads?: IndexThreads) {
    this.#store = store;
    this.#threads = threads;
    this.#indexes = this.#newIndexes();
  }

  /** Hashes that are searchable: one or two for each item. */
  get size(): number {
    return this.#indexes.pdq.size + this.#indexes.sha256.size;
  }

  /** Applies all changes that were committed before this call. */
  catchUp(): Promise<void> {
    return this.#runner.run();
  }

  /** For each query the items of that kind within `threshold` bits, nearest first. */
  search(
    kind: SignalKind,
    queries: readonly Uint8Array[],
    threshold: number,
  ): readonly (readonly NearContent[])[] {
    return this.#indexes[kind]
      .searchBatch(queries, threshold)
      .map((hits) => hits.map(({ id, distance }) => ({ num: id, distance })));
  }

  /** Seeded anew each time, so that nobody can choose hashes that collide in its tables. */
  #newIndexes(): Record<SignalKind, SealableIndex> {
    const aside = this.#threads?.aside;
    const index = () => createExactIndex({ seed: randomInt(2 ** 32), ...(aside && { aside }) });
    return { pdq: index(), sha256: index() };
  }

  async #load(): Promise<void> {
    const indexes = this.#newIndexes();
    // The position comes first: what changes while we read is read again afterwards.
    const { position } = await contentHead(this.#store);
    const loading = { pdq: new SignalLoading(), sha256: new SignalLoading() };
    for await (const page of liveContent(this.#store)) {
      for (const item of page) {
        for (const kind of KINDS) {
          const value = item.live ? item[kind] : undefined;
          if (value === undefined) continue;
          loading[kind].add(item.num, value);
          value.fill(0);
        }
      }
    }
    for (const kind of KINDS) await loading[kind].into(indexes[kind]);
    this.#indexes = indexes;
    this.#position = position;
  }

  async #follow(): Promise<void> {
    for (;;) {
      const { prunedTo } = await contentHead(this.#store);
      const from = this.#position;
      if (from === undefined || prunedTo > from) await this.#load();
      const { position, items } = await contentAfter(this.#store, this.#position!);
      if (position === this.#position) return;
      for (const item of items) apply(this.#indexes, item);
      this.#position = position;
    }
  }
}

function apply(indexes: Record<SignalKind, SealableIndex>, item: IndexedContent): void {
  for (const kind of KINDS) {
    indexes[kind].remove(item.num);
    const value = item.live ? item[kind] : undefined;
    if (value === undefined) continue;
    indexes[kind].insert(item.num, value);
    value.fill(0);
  }
}
