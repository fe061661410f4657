/**
 * The feature keeper: local features of confirmed copies in this process's memory, and what an upload finds among them
 * (`copy-index.ts`).
 *
 * It follows the rows whenever the database says that they changed, on this node or another, and every minute in case the
 * word was lost. What was erased is overwritten in memory then; and it finds nothing from the moment of its erasure on,
 * since every find is asked of the database before it counts.
 * @module
 */

import { randomInt } from 'node:crypto';
import type { Pixels } from '@reclaim/raster/pixels';
import { localPlane, parseFeatures } from '@reclaim/registration/local-features';
import { loadLocalFeatures, signalsOfFeatures } from '@reclaim/store/local-features';
import type { Store } from '@reclaim/store/store';
import { CopyIndex } from './copy-index.ts';
import type { KeeperMatch } from './index-keeper.ts';
import { OneRunner } from './one-runner.ts';

/** Local features in memory. */
export class FeatureKeeper {
  readonly #store: Store;
  readonly #copies = new CopyIndex(randomInt(2 ** 32));
  readonly #runner = new OneRunner(() => this.#follow());
  #last = 0;
  #on = false;

  private constructor(store: Store) {
    this.#store = store;
  }

  /** Reads what is kept. */
  static async load(store: Store): Promise<FeatureKeeper> {
    const keeper = new FeatureKeeper(store);
    await keeper.catchUp();
    return keeper;
  }

  /** Whether the switch is on, as last read. */
  get on(): boolean {
    return this.#on;
  }

  /** How many copies are in memory. */
  get size(): number {
    return this.#copies.size;
  }

  /** Every memory that holds features, as it is now: for whoever wants to see what is in it. */
  get memories(): readonly ArrayBufferLike[] {
    return this.#copies.memories;
  }

  /** Reads what changed. */
  catchUp(): Promise<void> {
    return this.#runner.run();
  }

  /**
   * The confirmed signals whose copy the picture holds, by local features; none while the switch is off. The picture, or
   * the small grey plane of it that its windows were read from.
   */
  async lookup(picture: Pixels): Promise<readonly KeeperMatch[]> {
    if (!this.#on || this.#copies.size === 0) return [];
    const matches: KeeperMatch[] = [];
    for (const { num, mirrored } of this.#copies.find(localPlane(picture))) {
      for (const signal of await signalsOfFeatures(this.#store, num)) {
        if (matches.some(({ signalId }) => signalId === signal.signalId)) continue;
        matches.push({
          ...signal,
          state: 'confirmed',
          band: 'possible',
          orientation: mirrored ? 'flipY' : 'original',
          window: 'local-features',
        });
      }
    }
    return matches;
  }

  async #follow(): Promise<void> {
    const { on, live, fresh } = await loadLocalFeatures(this.#store, this.#last);
    this.#on = on;
    for (const num of this.#copies.nums) if (!live.has(num)) this.#copies.drop(num);
    for (const { num, features } of fresh) {
      const parsed = parseFeatures(features);
      features.fill(0);
      this.#last = Math.max(this.#last, num);
      // Kept by another version: its time will end it.
      if (parsed !== undefined) this.#copies.add(num, parsed);
    }
    this.#copies.seal();
  }
}
