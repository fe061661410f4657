/**
 * How far long work has come: one line on standard error, rewritten in place, for a person who watches. In a pipe, in
 * a log and in a script there is nothing.
 * @module
 */

import type { Terminal } from './terminal.ts';

/** At most this often, in milliseconds: a terminal over a slow line must not become the slowest part. */
const EVERY_MS = 100;

/** Carriage return and "erase to the end of the line" (ECMA-48, EL). */
const CLEAR = '\r\x1b[K';

/** The line of one piece of work. Dispose it before anything else is written. */
export class Progress {
  readonly #io: Terminal;
  readonly #now: () => number;
  #last = Number.NEGATIVE_INFINITY;
  #shown = false;

  /** `now` in milliseconds, from any beginning. */
  constructor(io: Terminal, now: () => number = () => performance.now()) {
    this.#io = io;
    this.#now = now;
  }

  /** Shows `text` in place of what stood there. */
  show(text: string): void {
    if (!this.#io.isTTY || this.#now() - this.#last < EVERY_MS) return;
    this.#last = this.#now();
    this.#shown = true;
    this.#io.stderr.write(`${CLEAR}${text}`);
  }

  /** Takes the line away, so that other lines can be written. */
  clear(): void {
    if (!this.#shown) return;
    this.#shown = false;
    this.#io.stderr.write(CLEAR);
  }

  [Symbol.dispose](): void {
    this.clear();
  }
}
