/**
 * The clock of the idle lock: one timer, to the warning, or from the warning to the lock. A device that slept through
 * both is caught by `isOver` at the first touch.
 * @module
 */

import type { SessionParts } from './session-work.ts';

/** Milliseconds without a key or a touch after which the session locks. */
export const IDLE_MS = 10 * 60_000;

/** Milliseconds before the lock at which `lockWarning` begins. */
export const WARNING_MS = 2 * 60_000;

/** Watches over one session; `rest` ends its timer. */
export class IdleClock {
  readonly #parts: SessionParts;
  readonly #idleMs: number;
  readonly #onWarning: () => void;
  readonly #onOver: () => void;
  #lastTouch: number;
  #callOff: () => void = () => {};

  constructor(parts: SessionParts, onWarning: () => void, onOver: () => void) {
    this.#parts = parts;
    this.#idleMs = parts.idleMs ?? IDLE_MS;
    this.#onWarning = onWarning;
    this.#onOver = onOver;
    this.#lastTouch = parts.now();
  }

  /** The person is here. */
  touch(): void {
    this.#lastTouch = this.#parts.now();
  }

  /** Whether the time without a touch has run out. */
  isOver(): boolean {
    return this.#parts.now() - this.#lastTouch >= this.#idleMs;
  }

  /** Sets the timer anew: to the lock where the person was `warned`, to the warning where not. */
  watch(warned: boolean): void {
    this.rest();
    const idle = this.#parts.now() - this.#lastTouch;
    const warningAt = this.#idleMs - Math.min(WARNING_MS, this.#idleMs / 2);
    const wait = (warned ? this.#idleMs : warningAt) - idle;
    this.#callOff = this.#parts.after(Math.max(0, wait), () => {
      if (this.isOver()) this.#onOver();
      else this.#onWarning();
    });
  }

  /** Takes the timer away. */
  rest(): void {
    this.#callOff();
    this.#callOff = () => {};
  }
}
