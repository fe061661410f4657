/**
 * Retroactive search: when signals join the bank, what platforms host already is searched for them, in batches; what
 * matches becomes a job with cause `retroactive`.
 *
 * Two directions, so that nothing is missed whichever came first (`store/content.ts` says why that is complete):
 * - changes of the bank after the last position that was done: the content index is asked for everything near the signals
 *   that joined or changed; where a bank changed (switched on, wider thresholds), for all of its signals;
 * - items that are pending: looked for in the bank, one by one.
 * Either way a candidate is then judged as an upload would be, by the whole bank and the same policy (`verdict.ts`). What
 * is hosted stays as it is until somebody decides; where an upload would be blocked (confirmed, and the bytes are equal or
 * another family agrees), the platform is told to hold it meanwhile.
 *
 * Content is kept with its hash in all orientations that the platform sent (`fingerprint/orientation-pack.ts`), and found by any
 * of them as it would be at the door. Of an item that came with its upright hash alone, and of those kept before orientations
 * were, turned copies are found by turning bits, with less reach in small pictures.
 *
 * An unconfirmed signal, which anybody can bring, opens at most `retroactiveJobs` (`limits.ts`), the nearest: else one blank or
 * popular picture would bury everybody else's. That there were more is in the log; once the signal is confirmed, which is
 * a change of the bank, all are opened.
 * @module
 */

import { setImmediate as turn } from 'node:timers/promises';
import type { SignalId } from '@reclaim/casework/id';
import { unpackOrientations } from '@reclaim/fingerprint/orientation-pack';
import { turnedHashBytes } from '@reclaim/fingerprint/pdq-dihedral';
import type { SignalKind } from '@reclaim/fingerprint/signal';
import { contentOf, type KeptContent, pendingContent, settleContent } from '@reclaim/store/content';
import {
  beginSearch,
  endSearch,
  noteFlood,
  openRetroactive,
  searchedTo,
} from '@reclaim/store/content-search';
import { bankPosition, changesAfter, type IndexedSignal, liveSignals } from '@reclaim/store/signal-feed';
import type { Store } from '@reclaim/store/store';
import type { ContentKeeper } from './content-keeper.ts';
import type { IndexKeeper } from './index-keeper.ts';
import type { NearItem } from './item-index.ts';
import type { NodeLimits } from './limits.ts';
import { OneRunner } from './one-runner.ts';
import { verdictOf } from './verdict.ts';

/** Changes of the bank that are searched before the position moves on. */
const PAGE = 1_000;

/** Signals that are searched before others have their turn: eight queries each, some milliseconds among ten million. */
const TOGETHER = 32;

/** Items that are read from the database at once. */
const ITEMS = 200;

type LiveSignal = Extract<IndexedSignal, { readonly live: true }>;

/** Searches content for what changes in the bank. */
export class RetroactiveSearch {
  readonly #store: Store;
  readonly #keeper: IndexKeeper;
  readonly #content: ContentKeeper;
  readonly #mostJobs: number;
  readonly #log: (line: string) => void;
  readonly #runner = new OneRunner(() => this.#search());
  readonly #flooding = new Set<SignalId>();
  #stopped = false;

  constructor(
    store: Store,
    keeper: IndexKeeper,
    content: ContentKeeper,
    { retroactiveJobs }: Pick<NodeLimits, 'retroactiveJobs'>,
    log: (line: string) => void,
  ) {
    this.#store = store;
    this.#mostJobs = retroactiveJobs;
    this.#keeper = keeper;
    this.#content = content;
    this.#log = log;
  }

  /** Searches for everything that was committed before this call. What fails is taken up again by the next call. */
  async run(): Promise<void> {
    if (!this.#stopped) await this.#runner.run();
  }

  /** The same, for who does not wait for it. */
  wake(): void {
    this.run().catch((error: unknown) => {
      // The next turn of the chore finds it again; a lost database is said by the chores themselves.
      if (!this.#stopped) this.#log(`retroactive search: ${error instanceof Error ? error.name : 'error'}`);
    });
  }

  /** Ends at the next pause and waits for it. What was not done is done by the next start. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#runner.settled();
  }

  async #search(): Promise<void> {
    for (;;) {
      await this.#lookForPending();
      const from = await searchedTo(this.#store);
      const last = await bankPosition(this.#store);
      if (last <= from || this.#stopped) return;
      if (!(await beginSearch(this.#store, last))) {
        // Nothing is kept: a bank of millions is not read for it.
        await endSearch(this.#store, last);
        continue;
      }
      const changes = await changesAfter(this.#store, from, PAGE);
      await this.#content.catchUp();
      // Candidates are judged by the whole bank, which must know what is searched for.
      await this.#keeper.catchUp();
      await this.#searchFor(changes.signals);
      for (const bankId of changes.banks) {
        for await (const page of liveSignals(this.#store, PAGE, bankId)) await this.#searchFor(page);
      }
      if (this.#stopped) return;
      await endSearch(this.#store, Math.min(changes.position, last));
    }
  }

  async #lookForPending(): Promise<void> {
    for (;;) {
      const items = await pendingContent(this.#store, ITEMS);
      if (items.length === 0 || this.#stopped) return;
      await this.#keeper.catchUp();
      for (const item of items) await this.#judge(item);
      await settleContent(this.#store, items);
    }
  }

  async #searchFor(changed: readonly IndexedSignal[]): Promise<void> {
    const signals = changed.filter(
      (signal): signal is LiveSignal => signal.live && this.#keeper.bank(signal.bankId)?.kind === 'positive',
    );
    for (const kind of ['pdq', 'sha256'] as const) {
      const ofKind = signals.filter((signal) => signal.kind === kind);
      for (let from = 0; from < ofKind.length && !this.#stopped; from += TOGETHER) {
        const some = ofKind.slice(from, from + TOGETHER);
        const near = this.#nearTo(kind, some);
        for (const [i, found] of near.entries()) {
          const { id, state } = some[i]!;
          // Those beyond the most would each be judged and refused.
          const flood = state === 'unconfirmed' && found.length > this.#mostJobs;
          if (flood) await this.#noteFlood(id, found.length);
          await this.#judgeAll((flood ? found.slice(0, this.#mostJobs) : found).map(({ num }) => num));
        }
        await turn();
      }
    }
    for (const { value } of signals) value.fill(0);
  }

  /** For each signal what is within its bank's reach in any orientation, each item once, nearest first. */
  #nearTo(kind: SignalKind, signals: readonly LiveSignal[]): readonly (readonly NearItem[])[] {
    const reach = signals.map(({ bankId }) => {
      const bank = this.#keeper.bank(bankId);
      return bank === undefined || kind === 'sha256' ? 0 : Math.max(bank.confidentBits, bank.possibleBits);
    });
    const queries = signals.map(({ value }) => (kind === 'pdq' ? turnedHashBytes(value) : [value]));
    const each = kind === 'pdq' ? 8 : 1;
    const hits = this.#content.search(kind, queries.flat(), Math.max(...reach));
    return signals.map((_, i) => {
      const nearest = new Map<number, number>();
      for (const { num, distance } of hits.slice(i * each, (i + 1) * each).flat()) {
        if (distance <= reach[i]!) nearest.set(num, Math.min(distance, nearest.get(num) ?? distance));
      }
      return [...nearest]
        .map(([num, distance]) => ({ num, distance }))
        .sort((a, b) => a.distance - b.distance || a.num - b.num);
    });
  }

  async #judgeAll(nums: readonly number[]): Promise<void> {
    for (let from = 0; from < nums.length && !this.#stopped; from += ITEMS) {
      for (const item of await contentOf(this.#store, nums.slice(from, from + ITEMS)))
        await this.#judge(item);
    }
  }

  async #judge(content: KeptContent): Promise<void> {
    const { pdq, sha256 } = content;
    const lookup = this.#keeper.lookup({ pdq: pdq === undefined ? [] : [unpackOrientations(pdq)], sha256 });
    if (lookup.matches.length === 0) return;
    const tag = sha256 === undefined ? undefined : this.#store.key.tag(sha256);
    const { verdict, kept: matches } = await verdictOf(this.#store, lookup, tag);
    if (verdict === 'pass') return;
    const interim = verdict === 'block' ? 'held' : 'none';
    const mostJobs = this.#mostJobs;
    const outcome = await openRetroactive(this.#store, { content, matches, interim, mostJobs });
    if (outcome.kind !== 'flood') return;
    for (const id of outcome.signalIds) await this.#noteFlood(id, mostJobs + 1);
  }

  /** Writes it down once for each signal, as long as this process lives. */
  async #noteFlood(id: SignalId, found: number): Promise<void> {
    if (this.#flooding.has(id)) return;
    this.#flooding.add(id);
    await noteFlood(this.#store, id, found);
  }
}
