/**
 * The content keeper: the hashes of all content that platforms asked to be told about, in this process's memory.
 *
 * It follows the log of content as the index keeper follows that of the bank: *loading*, when it is first asked to catch up
 * (no start waits for it) → *following*. A change names an
 * item whose present state is read, so reading one twice leads to the same index. Where traces of what was forgotten are
 * gone that it has not read yet (it was away for a week), it begins anew: a number that stays behind would be nobody's.
 *
 * It loads from a snapshot (`content-snapshot.ts`) where there is one that is whole, sealed by our key and of this database,
 * not older than what traces tell of, and where, with the changes since, there are as many hashes of each kind as in the
 * database. Otherwise every item is read, and a line says why. What was forgotten is overwritten in memory at once; `erase`
 * compacts the rest and writes the file anew.
 * @module
 */

import { randomInt } from 'node:crypto';
import { keptHashes, MOST_KEPT_HASHES } from '@reclaim/fingerprint/orientation-pack';
import type { SignalKind } from '@reclaim/fingerprint/signal';
import { createExactIndex, type SealableIndex } from '@reclaim/matching/ring-index';
import {
  contentAfter,
  contentHead,
  contentSums,
  type IndexedContent,
  liveContent,
} from '@reclaim/store/content';
import { chainHead } from '@reclaim/store/event-log';
import { removeSealedFile } from '@reclaim/store/sealed-file';
import { recordHash } from '@reclaim/store/signal-feed';
import type { Store } from '@reclaim/store/store';
import { readContentSnapshot, writeContentSnapshot } from './content-snapshot.ts';
import type { IndexThreads } from './index-threads.ts';
import { ItemIndex, ItemLoading, type NearItem } from './item-index.ts';
import { OneRunner } from './one-runner.ts';

const KINDS = ['pdq', 'sha256'] as const satisfies readonly SignalKind[];

/** Where and how a keeper works; without a path it takes no snapshots, without threads it sorts where it answers. */
export type ContentKeeperOptions = {
  readonly threads?: IndexThreads;
  readonly snapshotPath?: string;
  /** From how many hashes on reading a snapshot is worth more than reading the items. */
  readonly snapshotFrom?: number;
  readonly log?: (line: string) => void;
};

/** Items are read from the database faster than this many hashes would be from a file. */
const SNAPSHOT_FROM = 20_000;

/** Content in memory. */
export class ContentKeeper {
  readonly #store: Store;
  readonly #options: ContentKeeperOptions;
  readonly #runner = new OneRunner(() => this.#follow());
  #indexes: Readonly<Record<SignalKind, ItemIndex>>;
  /** Undefined before everything was read. */
  #position: number | undefined;
  /** The position of the snapshot on disk, where there is one that we wrote or read. */
  #savedAt: number | undefined;
  /** Since when something was taken out that the snapshot on disk, or a bucket in memory, may still tell of. */
  #removedSince: number | undefined;
  /** Files are written, and memory compacted, one after the other. */
  #housework: Promise<unknown> = Promise.resolve();

  /** Empty until it catches up. */
  constructor(store: Store, options: ContentKeeperOptions = {}) {
    this.#store = store;
    this.#options = options;
    this.#indexes = this.#newIndexes();
    // A file that an earlier run left may hold what was forgotten since: the first `erase` sees to it.
    if (options.snapshotPath !== undefined) this.#removedSince = store.now();
  }

  /** Hashes that are searchable: of each item its SHA-256, and up to four of PDQ. */
  get size(): number {
    return this.#indexes.pdq.size + this.#indexes.sha256.size;
  }

  /** The memories that hold hashes, as they are now, for who wants to see what is in them. */
  get memories(): readonly ArrayBufferLike[] {
    return KINDS.flatMap((kind) => this.#indexes[kind].memories);
  }

  /** Applies all changes that were committed before this call. */
  catchUp(): Promise<void> {
    return this.#runner.run();
  }

  /**
   * For each query the items of that kind within `threshold` bits, nearest first. Of PDQ hashes those are looked at that were
   * kept: who asks for any orientation asks with the eight turns of the hash.
   */
  search(
    kind: SignalKind,
    queries: readonly Uint8Array[],
    threshold: number,
  ): readonly (readonly NearItem[])[] {
    return this.#indexes[kind].searchBatch(queries, threshold);
  }

  /** Seeded anew each time, so that nobody can choose hashes that collide in its tables. */
  #newPlaces(): Record<SignalKind, readonly SealableIndex[]> {
    const aside = this.#options.threads?.aside;
    const index = () => createExactIndex({ seed: randomInt(2 ** 32), ...(aside && { aside }) });
    return { pdq: Array.from({ length: MOST_KEPT_HASHES }, index), sha256: [index()] };
  }

  #newIndexes(): Record<SignalKind, ItemIndex> {
    const { pdq, sha256 } = this.#newPlaces();
    return { pdq: new ItemIndex(pdq), sha256: new ItemIndex(sha256) };
  }

  async #load(): Promise<void> {
    const places = this.#newPlaces();
    // The position comes first: what changes while we read is read again afterwards.
    const { position } = await contentHead(this.#store);
    const loading = { pdq: new ItemLoading(), sha256: new ItemLoading() };
    for await (const page of liveContent(this.#store)) {
      for (const item of page) {
        for (const kind of KINDS) {
          const value = item.live ? item[kind] : undefined;
          if (value === undefined) continue;
          loading[kind].add(item.num, hashesOf(kind, value));
          value.fill(0);
        }
      }
    }
    this.#indexes = {
      pdq: await loading.pdq.into(places.pdq),
      sha256: await loading.sha256.into(places.sha256),
    };
    this.#position = position;
  }

  async #follow(): Promise<void> {
    for (;;) {
      const { prunedTo } = await contentHead(this.#store);
      const from = this.#position;
      if (from === undefined) await this.#begin(prunedTo);
      else if (prunedTo > from) await this.#load();
      const { position, items } = await contentAfter(this.#store, this.#position!);
      if (position === this.#position) return;
      for (const item of items) this.#apply(item);
      this.#position = position;
    }
  }

  #apply(item: IndexedContent): void {
    for (const kind of KINDS) {
      if (this.#indexes[kind].remove(item.num)) this.#removedSince ??= this.#store.now();
      const value = item.live ? item[kind] : undefined;
      if (value === undefined) continue;
      this.#indexes[kind].insert(item.num, hashesOf(kind, value));
      value.fill(0);
    }
  }

  async #begin(prunedTo: number): Promise<void> {
    if (!(await this.#loadSnapshot(prunedTo))) await this.#load();
  }

  async #loadSnapshot(prunedTo: number): Promise<boolean> {
    const { snapshotPath: path, threads } = this.#options;
    if (path === undefined || this.#indexes.pdq.rings === undefined) return false;
    const refuse = (reason: string) => {
      this.#options.log?.(`snapshot of content refused (${reason}): reading all items`);
      this.#indexes = this.#newIndexes();
      this.#position = undefined;
      this.#savedAt = undefined;
      this.#removedSince ??= this.#store.now();
      return false;
    };
    try {
      const read = await readContentSnapshot(path, this.#store.key, threads?.aside);
      if (!read.ok) return read.reason === 'missing' ? false : refuse(read.reason);
      const { seq, hash } = read.record;
      if ((await recordHash(this.#store, seq)) !== hash) return refuse('another log');
      const head = await contentHead(this.#store);
      if (read.position > head.position) return refuse('another log');
      if (read.position < prunedTo) return refuse('too old');
      this.#indexes = {
        pdq: new ItemIndex(read.indexes.pdq),
        sha256: new ItemIndex(read.indexes.sha256),
      };
      this.#position = read.position;
      // What is taken out by the changes since is still in the file, and sets this anew.
      this.#removedSince = undefined;
      this.#savedAt = read.position;
    } catch (error) {
      // No memory for it, or a file that cannot be read: the items themselves decide.
      return refuse(error instanceof Error ? error.name : 'error');
    }
    return (await this.#agrees()) || refuse('a gap in the log');
  }

  /** Whether, with all changes done, there are as many hashes of each kind in memory as in the database at one moment. */
  async #agrees(): Promise<boolean> {
    for (;;) {
      const { position, items } = await contentAfter(this.#store, this.#position!);
      for (const item of items) this.#apply(item);
      this.#position = position;
      const sums = await contentSums(this.#store);
      if (sums.position > position) continue;
      return KINDS.every((kind) => this.#indexes[kind].size === sums[kind]);
    }
  }

  /** Writes a snapshot, unless nothing was loaded yet or the one on disk is of this very position. */
  save(): Promise<void> {
    return this.#doHousework(() => this.#save());
  }

  async #save(): Promise<void> {
    const { snapshotPath: path, snapshotFrom = SNAPSHOT_FROM } = this.#options;
    const [pdq, sha256] = [this.#indexes.pdq.rings, this.#indexes.sha256.rings];
    if (path === undefined || this.#position === undefined || pdq === undefined || sha256 === undefined)
      return;
    if (this.size < snapshotFrom) {
      await removeSealedFile(path);
      this.#savedAt = undefined;
      this.#removedSince = undefined;
      return;
    }
    if (this.#savedAt === this.#position) return;
    const since = this.#removedSince;
    // What is taken out from here on may still be in the file, and sets this anew.
    this.#removedSince = undefined;
    try {
      const position = this.#position;
      const { seq, hash } = await chainHead(this.#store.db);
      const indexes = { pdq, sha256 };
      await writeContentSnapshot(path, this.#store.key, { position, record: { seq, hash }, indexes });
      this.#savedAt = position;
    } catch (error) {
      this.#removedSince ??= since;
      throw error;
    }
  }

  /**
   * Makes nothing in memory and no file tell any more what was forgotten before this call. `unlessSince`: only where
   * something was taken out by then, milliseconds. Before anything was loaded, a file of an earlier run is just removed.
   */
  erase(unlessSince = Number.POSITIVE_INFINITY): Promise<void> {
    return this.#doHousework(async () => {
      if (this.#position !== undefined) await this.catchUp();
      if (this.#removedSince === undefined || this.#removedSince > unlessSince) return;
      for (const kind of KINDS) await this.#indexes[kind].erase();
      // The old file goes first: should writing fail, there is none, and the next start reads the items.
      const { snapshotPath: path } = this.#options;
      if (path !== undefined) await removeSealedFile(path);
      this.#savedAt = undefined;
      this.#removedSince = undefined;
      await this.#save();
    });
  }

  #doHousework(work: () => Promise<void>): Promise<void> {
    const done = this.#housework.then(work);
    this.#housework = done.catch(() => undefined);
    return done;
  }
}

/** What an index has of an item's value: views of its bytes. */
function hashesOf(kind: SignalKind, value: Uint8Array): readonly Uint8Array[] {
  return kind === 'pdq' ? keptHashes(value) : [value];
}
