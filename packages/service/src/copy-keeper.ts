/**
 * Makes the local features of a copy that a ruling has just confirmed, where the switch is on.
 *
 * The address of the copy is read before the ruling (which erases it), the copy is fetched by the rules of previews after
 * it, decoded, measured and dropped. It happens behind the answer to the reviewer and may come to nothing: a preview that
 * is gone means no features, never a ruling that does not stand.
 * @module
 */

import type { JobId } from '@reclaim/casework/id';
import { decodeImage } from '@reclaim/decode/decode-image';
import type { DecodeLimits } from '@reclaim/decode/decode-limits';
import { featureBytes, keptFeatures, localPlane } from '@reclaim/registration/local-features';
import { copyToKeep, keepLocalFeatures } from '@reclaim/store/local-features';
import type { Store } from '@reclaim/store/store';
import type { FeatureKeeper } from './feature-keeper.ts';
import { fetchPreview } from './preview-fetch.ts';

/** Copies fetched at once. Further ones are let go: features are a help, not a promise. */
const AT_ONCE = 2;

/** What the copies are fetched by. */
export type CopyRules = { readonly hosts: readonly string[]; readonly limits: Partial<DecodeLimits> };

/** Makes and keeps features behind the answers of rulings. */
export class CopyKeeper {
  readonly #store: Store;
  readonly #keeper: FeatureKeeper;
  readonly #rules: CopyRules;
  readonly #running = new Set<Promise<void>>();

  constructor(store: Store, keeper: FeatureKeeper, rules: CopyRules) {
    this.#store = store;
    this.#keeper = keeper;
    this.#rules = rules;
  }

  /** The address of the copy that a ruling on this job would confirm; undefined where nothing may be kept. */
  async before(jobId: JobId): Promise<string | undefined> {
    return this.#keeper.on ? copyToKeep(this.#store, jobId) : undefined;
  }

  /** Begins to keep the copy at `address`, which the job's ruling confirmed. Returns at once. */
  keep(jobId: JobId, address: string): void {
    if (this.#running.size >= AT_ONCE) return;
    const work = this.#keep(jobId, address).catch(() => undefined);
    this.#running.add(work);
    void work.then(() => this.#running.delete(work));
  }

  /** Waits for what is under way. */
  async settle(): Promise<void> {
    await Promise.allSettled([...this.#running]);
  }

  async #keep(jobId: JobId, address: string): Promise<void> {
    const fetched = await fetchPreview(address, { hosts: this.#rules.hosts });
    if (!fetched.ok) return;
    const decoded = await decodeImage(fetched.bytes, { limits: this.#rules.limits });
    if (!decoded.ok || decoded.damaged) return;
    const features = keptFeatures(localPlane(decoded.pixels));
    if (features === undefined) return;
    const bytes = featureBytes(features);
    features.bits.fill(0);
    if (await keepLocalFeatures(this.#store, jobId, bytes)) await this.#keeper.catchUp();
    bytes.fill(0);
  }
}
