/**
 * The index keeper: the whole bank in this process's memory, following the change log.
 *
 * Life: *loading* (from a snapshot, or every live signal; either way with the position before it began) → *following*
 * (applies changes after its position, when told that there are some, every second in any case, and before it answers for
 * a write of this node). Changes name what to read again and carry no value, so applying one twice, or late, leads to the
 * same index. Every lookup says up to which position it saw.
 *
 * A snapshot is taken where the file is whole and sealed by our key (`bank-snapshot.ts`), the record of the chain at its
 * position is that of this database (not another's, nor one set back to a backup), and, once the changes after it are done,
 * there are as many signals of each bank, kind and state, with the same sum of numbers, as in the database: where the log
 * has a gap, there are not. Otherwise the whole bank is read, and a line says why.
 *
 * What is removed is overwritten at once. That something was removed, and roughly what, can still be told from a bucket
 * with a gap, and the snapshot on disk has it: `erase` compacts the one and writes the other anew.
 * @module
 */

import { randomInt } from 'node:crypto';
import type { SignalState } from '@reclaim/casework/banked-signal';
import type { BankId, SignalId } from '@reclaim/casework/id';
import type { Band } from '@reclaim/casework/policy';
import type { WireMatch } from '@reclaim/casework/wire';
import { ORIENTATIONS } from '@reclaim/fingerprint/pdq';
import { SIGNAL_KINDS, type SignalKind } from '@reclaim/fingerprint/signal';
import { WINDOW_DISTANCE_BITS, type WindowKind } from '@reclaim/fingerprint/windows';
import { createExactIndex, isRingIndex, type SealableIndex } from '@reclaim/matching/ring-index';
import { type Bank, listBanks } from '@reclaim/store/banks';
import { removeSealedFile } from '@reclaim/store/sealed-file';
import {
  bankPosition,
  bankSums,
  changesAfter,
  type IndexedSignal,
  liveSignals,
  recordHash,
} from '@reclaim/store/signal-feed';
import type { Store } from '@reclaim/store/store';
import { readBankSnapshot, writeBankSnapshot } from './bank-snapshot.ts';
import type { IndexThreads } from './index-threads.ts';
import { OneRunner } from './one-runner.ts';
import { SignalDirectory } from './signal-directory.ts';
import { SignalLoading } from './signal-loading.ts';

type Orientation = WireMatch['orientation'];

/** One match, before the policy: no distance leaves this room. */
export type KeeperMatch = {
  readonly signalId: SignalId;
  readonly bankId: BankId;
  readonly kind: SignalKind;
  readonly band: Band;
  readonly state: SignalState;
  readonly orientation: Orientation;
  /** The part of the upload that matched. */
  readonly window: WireMatch['window'];
};

/**
 * What a lookup found: all matches of positive banks, whether a negative bank matched, and the position seen. However many
 * there are, none is left out here: the one that decides could be the last.
 */
export type Lookup = {
  readonly position: number;
  readonly matches: readonly KeeperMatch[];
  readonly negative: boolean;
};

/** What is asked: 32-byte values. Each of `pdq` holds the upright hash first, then the other orientations if known. */
export type KeeperQuery = {
  readonly pdq: readonly (readonly Uint8Array[])[];
  readonly sha256: Uint8Array | undefined;
  /** Parts of the upload, each upright and mirrored left to right. */
  readonly windows?: readonly WindowQuery[];
};

/** One window of an upload: 32-byte values. */
export type WindowQuery = {
  readonly window: WindowKind;
  readonly value: Uint8Array;
  readonly mirror: Uint8Array;
};

/** A change that follows our own position cannot be applied twice at once; this many are read a time. */
const PAGE = 5_000;

/** Queries that the index takes at once. */
const QUERIES_AT_ONCE = 64;

/** Where and how a keeper works; without a path it takes no snapshots, without threads it sorts where it answers. */
export type KeeperOptions = {
  readonly threads?: IndexThreads;
  readonly snapshotPath?: string;
  /** From how many signals on reading a snapshot is worth more than reading the bank. */
  readonly snapshotFrom?: number;
  readonly log?: (line: string) => void;
};

/** Signals are read from the database faster than this many would be from a file. */
const SNAPSHOT_FROM = 20_000;

/** The bank in memory. */
export class IndexKeeper {
  readonly #store: Store;
  readonly #options: KeeperOptions;
  readonly #runner = new OneRunner(() => this.#follow());
  #indexes: Readonly<Record<SignalKind, SealableIndex>>;
  #directory = new SignalDirectory();
  #banks = new Map<BankId, Bank>();
  /** The widest threshold of all banks. */
  #widestBits = 0;
  #position = 0;
  /** The position of the snapshot on disk, where there is one that we wrote or read. */
  #savedAt: number | undefined;
  /** Since when something was removed that the snapshot on disk, or a bucket in memory, may still tell of. */
  #removedSince: number | undefined;
  /** Files are written, and memory compacted, one after the other. */
  #housework: Promise<unknown> = Promise.resolve();

  private constructor(store: Store, options: KeeperOptions) {
    this.#store = store;
    this.#options = options;
    this.#indexes = this.#newIndexes();
  }

  /** Takes the whole bank into memory. */
  static async load(store: Store, options: KeeperOptions = {}): Promise<IndexKeeper> {
    const keeper = new IndexKeeper(store, options);
    await keeper.#loadBanks();
    if (!(await keeper.#loadSnapshot())) await keeper.#loadAll();
    // Sorting a large bank takes a while: better now than in the first check.
    for (const index of Object.values(keeper.#indexes)) index.seal();
    return keeper;
  }

  /** Seeded anew each time, so that nobody can choose signals that collide in its tables. */
  #newIndexes(): Record<SignalKind, SealableIndex> {
    const aside = this.#options.threads?.aside;
    const index = () => createExactIndex({ seed: randomInt(2 ** 32), ...(aside && { aside }) });
    return { pdq: index(), sha256: index() };
  }

  async #loadAll(): Promise<void> {
    this.#directory = new SignalDirectory();
    this.#indexes = this.#newIndexes();
    this.#savedAt = undefined;
    // The position comes first: what changes while we read is read again afterwards.
    this.#position = await bankPosition(this.#store);
    const loading = { pdq: new SignalLoading(), sha256: new SignalLoading() };
    for await (const page of liveSignals(this.#store)) {
      for (const signal of page) {
        if (!signal.live) continue;
        this.#directory.set(signal.num, signal);
        loading[signal.kind].add(signal.num, signal.value);
        signal.value.fill(0);
      }
    }
    for (const kind of SIGNAL_KINDS) await loading[kind].into(this.#indexes[kind]);
    await this.catchUp();
  }

  async #loadSnapshot(): Promise<boolean> {
    const { snapshotPath: path, threads } = this.#options;
    if (path === undefined || !isRingIndex(this.#indexes.pdq)) return false;
    const refuse = (reason: string) => {
      this.#log(`snapshot of the bank refused (${reason}): reading the whole bank`);
      return false;
    };
    try {
      const read = await readBankSnapshot(path, this.#store.key, threads?.aside);
      if (!read.ok) return read.reason === 'missing' ? false : refuse(read.reason);
      if ((await recordHash(this.#store, read.position)) !== read.hash) return refuse('another log');
      this.#directory = read.directory;
      this.#indexes = read.indexes;
      this.#position = read.position;
    } catch (error) {
      // No memory for it, or a file that cannot be read: the bank itself decides whether there is a start.
      return refuse(error instanceof Error ? error.name : 'error');
    }
    await this.catchUp();
    if (!(await this.#agrees())) return refuse('a gap in the log');
    this.#savedAt = this.#position;
    return true;
  }

  /** Whether what is in memory is what is in the database, by counts and sums at one position. */
  async #agrees(): Promise<boolean> {
    for (;;) {
      const theirs = await bankSums(this.#store);
      if (theirs.position !== this.#position) {
        await this.catchUp();
        continue;
      }
      const ours = this.#directory.sums();
      const sizes = SIGNAL_KINDS.reduce((sum, kind) => sum + this.#indexes[kind].size, 0);
      return (
        sizes === this.#directory.size &&
        ours.size === theirs.sums.size &&
        [...theirs.sums].every(([name, { count, sum }]) => {
          const own = ours.get(name);
          return own?.count === count && own.sum === sum;
        })
      );
    }
  }

  #log(line: string): void {
    this.#options.log?.(line);
  }

  /** Writes a snapshot, unless the one on disk is of this very position. Checks are answered meanwhile. */
  save(): Promise<void> {
    return this.#doHousework(() => this.#save());
  }

  async #save(): Promise<void> {
    const { snapshotPath: path, snapshotFrom = SNAPSHOT_FROM } = this.#options;
    const { pdq, sha256 } = this.#indexes;
    if (path === undefined || !isRingIndex(pdq) || !isRingIndex(sha256)) return;
    if (this.size < snapshotFrom) {
      await removeSealedFile(path);
      this.#savedAt = undefined;
      this.#removedSince = undefined;
      return;
    }
    if (this.#savedAt === this.#position) return;
    const since = this.#removedSince;
    // What is removed from here on may still be in the file, and sets this anew.
    this.#removedSince = undefined;
    try {
      const position = this.#position;
      const hash = await recordHash(this.#store, position);
      if (hash === undefined) throw new Error('keeper: a position without a record');
      const bank = { position, hash, directory: this.#directory, indexes: { pdq, sha256 } };
      await writeBankSnapshot(path, this.#store.key, bank);
      this.#savedAt = position;
    } catch (error) {
      this.#removedSince ??= since;
      throw error;
    }
  }

  /**
   * Makes nothing in memory and no file tell any more what was removed before this call. `unlessSince`: only where
   * something was removed by then, milliseconds.
   */
  erase(unlessSince = Number.POSITIVE_INFINITY): Promise<void> {
    return this.#doHousework(async () => {
      await this.catchUp();
      if (this.#removedSince === undefined || this.#removedSince > unlessSince) return;
      for (const index of Object.values(this.#indexes)) if (isRingIndex(index)) await index.compactAside();
      // The old file goes first: should writing fail, there is none, and the next start reads the bank.
      const { snapshotPath: path } = this.#options;
      if (path !== undefined) await removeSealedFile(path);
      this.#savedAt = undefined;
      await this.#save();
      if (path === undefined) this.#removedSince = undefined;
    });
  }

  #doHousework(work: () => Promise<void>): Promise<void> {
    const done = this.#housework.then(work);
    this.#housework = done.catch(() => undefined);
    return done;
  }

  /** The memories that hold signals, as they are now, for who wants to see what is in them. */
  get memories(): readonly ArrayBufferLike[] {
    return Object.values(this.#indexes).flatMap((index) => (isRingIndex(index) ? index.memories : []));
  }

  /** The last change that lookups reflect. */
  get position(): number {
    return this.#position;
  }

  /** How many signals are searchable. */
  get size(): number {
    return this.#directory.size;
  }

  /**
   * Applies all changes that were committed before this call. One runner reads; callers that come meanwhile make it
   * look once more, so that none of them returns before its own write is seen.
   */
  catchUp(): Promise<void> {
    return this.#runner.run();
  }

  async #follow(): Promise<void> {
    for (;;) {
      const changes = await changesAfter(this.#store, this.#position, PAGE);
      if (changes.position === this.#position) return;
      if (changes.banks.length > 0) await this.#loadBanks();
      for (const signal of changes.signals) this.#apply(signal);
      this.#position = changes.position;
    }
  }

  async #loadBanks(): Promise<void> {
    this.#banks = new Map((await listBanks(this.#store)).map((bank) => [bank.id, bank]));
    this.#widestBits = Math.max(0, ...[...this.#banks.values()].map((bank) => bank.possibleBits));
  }

  #apply(signal: IndexedSignal): void {
    const { num } = signal;
    if (!signal.live) {
      // In both: after a snapshot, an index may have what the directory has not yet, or no more.
      const removed = SIGNAL_KINDS.filter((kind) => this.#indexes[kind].remove(num));
      this.#directory.delete(num);
      if (removed.length > 0) this.#removedSince ??= this.#store.now();
      return;
    }
    const { kind, value } = signal;
    if (!this.#indexes[kind].has(num)) this.#indexes[kind].insert(num, value);
    value.fill(0);
    this.#directory.set(num, signal);
  }

  /** A bank, if it is there. */
  bank(id: BankId): Bank | undefined {
    return this.#banks.get(id);
  }

  /** Everything that matches within the banks' thresholds. Never waits for the database. */
  lookup(query: KeeperQuery): Lookup {
    const matches: KeeperMatch[] = [];
    let negative = false;
    const found = (
      num: number,
      band: Band,
      orientation: Orientation,
      window: WireMatch['window'] = 'full',
    ) => {
      const { id, bankId, kind, state } = this.#directory.get(num)!;
      const bank = this.#banks.get(bankId);
      if (bank === undefined || !bank.enabled) return;
      if (bank.kind === 'negative') negative = true;
      else matches.push({ signalId: id, bankId, kind, band, state, orientation, window });
    };
    if (query.sha256 !== undefined) {
      for (const { id } of this.#indexes.sha256.search(query.sha256, 0)) found(id, 'exact', 'original');
    }
    if (query.pdq.length > 0) {
      // All in one call: while one waits for memory, the next is on its way.
      const asked = query.pdq.length === 1 ? query.pdq[0]! : query.pdq.flat();
      for (const { id, distance, query: which } of this.#indexes.pdq.searchAny(asked, this.#widestBits)) {
        const bank = this.#banks.get(this.#directory.bankOf(id));
        if (bank === undefined || distance > Math.max(bank.confidentBits, bank.possibleBits)) continue;
        const orientation = orientationOf(query.pdq, which);
        found(id, distance <= bank.confidentBits ? 'confident' : 'possible', orientation);
      }
    }
    if (query.windows === undefined || query.windows.length === 0)
      return { position: this.#position, matches, negative };
    const whole = new Set(matches.map(({ signalId }) => signalId));
    for (const { id, window, orientation } of this.#lookUpWindows(query.windows)) {
      if (!whole.has(this.#directory.get(id)!.id)) found(id, 'possible', orientation, window);
    }
    return { position: this.#position, matches, negative };
  }

  /**
   * What windows find in positive banks, the nearest first. A window that a negative bank knows finds nothing, and
   * silences nothing else: or a well-known meme beside a picture would get the picture past the door.
   */
  #lookUpWindows(windows: readonly WindowQuery[]) {
    const queries = windows.flatMap(({ value, mirror }) => [value, mirror]);
    const nearest = new Map<number, { readonly distance: number; readonly query: number }>();
    for (let from = 0; from < queries.length; from += QUERIES_AT_ONCE) {
      const some = queries.slice(from, from + QUERIES_AT_ONCE);
      for (const { id, distance, query } of this.#indexes.pdq.searchAny(some, WINDOW_DISTANCE_BITS)) {
        if (distance < (nearest.get(id)?.distance ?? Number.POSITIVE_INFINITY))
          nearest.set(id, { distance, query: from + query });
      }
    }
    const bankOf = (id: number) => this.#banks.get(this.#directory.bankOf(id));
    const near = [...nearest]
      .map(([id, hit]) => ({ id, bank: bankOf(id), ...hit }))
      .filter(({ bank, distance }) => bank?.enabled === true && distance <= bank.confidentBits)
      .sort((a, b) => a.distance - b.distance || a.id - b.id);
    const silent = new Set(
      near.filter(({ bank }) => bank?.kind === 'negative').map(({ query }) => Math.floor(query / 2)),
    );
    return near
      .filter(({ bank, query }) => bank?.kind === 'positive' && !silent.has(Math.floor(query / 2)))
      .map(({ id, query }) => ({
        id,
        window: windows[Math.floor(query / 2)]!.window,
        orientation: query % 2 === 0 ? ('original' as const) : ('flipY' as const),
      }));
  }
}

/** The orientation of the hash that stands at `place` when all are put in one list. */
function orientationOf(hashes: KeeperQuery['pdq'], place: number): Orientation {
  let turn = place;
  for (const { length } of hashes) {
    if (turn < length) break;
    turn -= length;
  }
  return ORIENTATIONS[turn]!;
}
