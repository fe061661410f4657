/**
 * The mutable end of a ring index: signals that came since the last sealing, looked at one by one in every search.
 *
 * The rows are those of `SignalRows`, which folds equal signals and knows the ids; the kernel's memory has a copy of their
 * words, brought up to date when a search needs it.
 * @module
 */

import { type OnHit, RingKernel, ROWS_AT } from './ring-kernel.ts';
import { SignalRows } from './signal-rows.ts';
import { SIGNAL_BYTES, WORDS } from './signal-words.ts';

/** Signals that are not sealed yet. */
export class RingTail {
  readonly #seed: number;
  readonly #kernel = RingKernel.make(0);
  #rows: SignalRows;
  #copied = 0;

  /** Empty. `seed`: any 32-bit number. */
  constructor(seed: number) {
    this.#seed = seed;
    this.#rows = new SignalRows(seed);
  }

  /** The rows and their ids. Add here; remove with `remove`. */
  get rows(): SignalRows {
    return this.#rows;
  }

  /** The memories that hold rows, as they are now. */
  get memories(): readonly ArrayBufferLike[] {
    return [this.#kernel.buffer, this.#rows.words.buffer];
  }

  /** Takes `id` off; a row that no id bears any more is overwritten, here and in the kernel's memory. */
  remove(id: number): boolean {
    return this.#rows.remove(id, (row) => {
      if (row < this.#copied) this.#copyOfRows().fill(0, row * WORDS, (row + 1) * WORDS);
    });
  }

  /** Reports each living row within `threshold` bits of each query, once per query. */
  search(queries: readonly Uint8Array[], threshold: number, onHit: OnHit): void {
    const { length } = this.#rows;
    if (length === 0) return;
    if (this.#copied < length) {
      this.#kernel.reserve(2 * SIGNAL_BYTES * length);
      const from = this.#copied * WORDS;
      this.#copyOfRows().set(this.#rows.words.subarray(from, length * WORDS), from);
      this.#copied = length;
    }
    this.#kernel.look(queries, threshold, 0, length, (query, row, distance) => {
      if (this.#rows.isAlive(row)) onHit(query, row, distance);
    });
  }

  #copyOfRows(): Uint32Array {
    return new Uint32Array(this.#kernel.buffer, ROWS_AT);
  }

  /** Overwrites all rows and begins anew. */
  clear(): void {
    this.#rows.words.fill(0);
    this.#rows = new SignalRows(this.#seed);
    this.#copyOfRows().fill(0);
    this.#copied = 0;
  }
}
