/**
 * What a keeper reads from the database at its start, on its way into an index.
 * @module
 */

import { isRingIndex, type SealableIndex } from '@reclaim/matching/ring-index';

/** Signals that are collected to be loaded at once: sorting them together is many times faster than one by one. */
export class SignalLoading {
  #ids = new Uint32Array(1024);
  #values = new Uint8Array(1024 * 32);
  #length = 0;

  /** Adds a signal under its number; the 32 bytes are copied. */
  add(num: number, value: Uint8Array): void {
    if (this.#length === this.#ids.length) {
      const ids = new Uint32Array(2 * this.#length);
      ids.set(this.#ids);
      this.#ids = ids;
      const values = new Uint8Array(2 * this.#values.length);
      values.set(this.#values);
      this.#values.fill(0);
      this.#values = values;
    }
    this.#ids[this.#length] = num;
    this.#values.set(value, 32 * this.#length);
    this.#length += 1;
  }

  /** Inserts all into an empty index, and overwrites what was collected. */
  async into(index: SealableIndex): Promise<void> {
    const ids = this.#ids.subarray(0, this.#length);
    const values = this.#values.subarray(0, 32 * this.#length);
    if (isRingIndex(index)) await index.load(ids, values);
    else for (const [i, num] of ids.entries()) index.insert(num, values.subarray(32 * i, 32 * (i + 1)));
    this.#values.fill(0);
  }
}
