/**
 * The index keeper: the whole bank in this process's memory, following the change log.
 *
 * Life: *loading* (reads every live signal and the position before it began) → *following* (applies changes after its
 * position, when told that there are some, every second in any case, and before it answers for a write of this node).
 * Changes name what to read again and carry no value, so applying one twice, or late, leads to the same index. Every
 * lookup says up to which position it saw.
 * @module
 */

import { randomInt } from 'node:crypto';
import type { SignalState } from '@reclaim/casework/banked-signal';
import type { BankId, SignalId } from '@reclaim/casework/id';
import type { Band } from '@reclaim/casework/policy';
import type { WireMatch } from '@reclaim/casework/wire';
import { ORIENTATIONS } from '@reclaim/fingerprint/pdq';
import type { SignalKind } from '@reclaim/fingerprint/signal';
import { WINDOW_DISTANCE_BITS, type WindowKind } from '@reclaim/fingerprint/windows';
import { createExactIndex, type SealableIndex } from '@reclaim/matching/ring-index';
import { type Bank, listBanks } from '@reclaim/store/banks';
import { bankPosition, changesAfter, type IndexedSignal, liveSignals } from '@reclaim/store/signal-feed';
import type { Store } from '@reclaim/store/store';
import { OneRunner } from './one-runner.ts';

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

/** What a lookup found: matches of positive banks, whether a negative bank matched, and the position seen. */
export type Lookup = {
  readonly position: number;
  readonly matches: readonly KeeperMatch[];
  readonly negative: boolean;
};

/** What is asked: 32-byte values. `pdq` holds the upright hash first, then the other orientations if known. */
export type KeeperQuery = {
  readonly pdq: readonly Uint8Array[];
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

type Entry = {
  readonly id: SignalId;
  readonly bankId: BankId;
  readonly kind: SignalKind;
  readonly state: SignalState;
};

/** A change that follows our own position cannot be applied twice at once; this many are read a time. */
const PAGE = 5_000;

/** Matches answered for one upload, at most: the nearest. More than these tell a reviewer nothing. */
const MAX_MATCHES = 64;

/** Queries that the index takes at once. */
const QUERIES_AT_ONCE = 64;

/** Seeded anew in each process, so that nobody can choose signals that collide in its tables. */
function newIndex(): SealableIndex {
  return createExactIndex({ seed: randomInt(2 ** 32) });
}

/** The bank in memory. */
export class IndexKeeper {
  readonly #store: Store;
  readonly #indexes: Record<SignalKind, SealableIndex> = { pdq: newIndex(), sha256: newIndex() };
  readonly #entries = new Map<number, Entry>();
  #banks = new Map<BankId, Bank>();
  #position = 0;
  readonly #runner = new OneRunner(() => this.#follow());

  private constructor(store: Store) {
    this.#store = store;
  }

  /** Reads the whole bank. */
  static async load(store: Store): Promise<IndexKeeper> {
    const keeper = new IndexKeeper(store);
    // The position comes first: what changes while we read is read again afterwards.
    keeper.#position = await bankPosition(store);
    await keeper.#loadBanks();
    for await (const page of liveSignals(store)) for (const signal of page) keeper.#apply(signal);
    await keeper.catchUp();
    // Sorting a large bank takes a while: better now than in the first check.
    for (const index of Object.values(keeper.#indexes)) index.seal();
    return keeper;
  }

  /** The last change that lookups reflect. */
  get position(): number {
    return this.#position;
  }

  /** How many signals are searchable. */
  get size(): number {
    return this.#entries.size;
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
  }

  #apply(signal: IndexedSignal): void {
    const known = this.#entries.get(signal.num);
    if (!signal.live) {
      if (known === undefined) return;
      this.#indexes[known.kind].remove(signal.num);
      this.#entries.delete(signal.num);
      return;
    }
    const { num, id, bankId, kind, state, value } = signal;
    if (known === undefined) this.#indexes[kind].insert(num, value);
    value.fill(0);
    this.#entries.set(num, { id, bankId, kind, state });
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
      const { id, bankId, kind, state } = this.#entries.get(num)!;
      const bank = this.#banks.get(bankId);
      if (bank === undefined || !bank.enabled) return;
      if (bank.kind === 'negative') negative = true;
      else if (matches.length < MAX_MATCHES)
        matches.push({ signalId: id, bankId, kind, band, state, orientation, window });
    };
    if (query.sha256 !== undefined) {
      for (const { id } of this.#indexes.sha256.search(query.sha256, 0)) found(id, 'exact', 'original');
    }
    if (query.pdq.length > 0) {
      const widest = Math.max(0, ...[...this.#banks.values()].map((bank) => bank.possibleBits));
      for (const { id, distance, query: which } of this.#indexes.pdq.searchAny(query.pdq, widest)) {
        const bank = this.#banks.get(this.#entries.get(id)!.bankId);
        if (bank === undefined || distance > Math.max(bank.confidentBits, bank.possibleBits)) continue;
        found(id, distance <= bank.confidentBits ? 'confident' : 'possible', ORIENTATIONS[which]!);
      }
    }
    const whole = new Set(matches.map(({ signalId }) => signalId));
    for (const { id, window, orientation } of this.#lookUpWindows(query.windows ?? [])) {
      if (!whole.has(this.#entries.get(id)!.id)) found(id, 'possible', orientation, window);
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
    const bankOf = (id: number) => this.#banks.get(this.#entries.get(id)!.bankId);
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
