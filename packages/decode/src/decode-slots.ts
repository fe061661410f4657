/**
 * A bounded number of decodes at once, and an answer in time whatever happens.
 *
 * The life of one piece of work: *waiting* (all slots taken; first come, first served) → *running* → *settled*. The
 * caller's clock runs from the moment of asking. When it strikes while waiting, the work is dropped and never starts.
 * When it strikes while running, the caller is answered at once but the slot stays taken until the work really ends:
 * a native decoder cannot always be stopped, and giving its slot away would let slow pictures pile up without bound.
 * @module
 */

/** What the caller is told when there was no result in time, or no room to wait. */
export const TOO_SLOW = Symbol('too-slow');

/** Slots that work takes one by one. */
export class DecodeSlots {
  readonly #slots: number;
  readonly #room: number;
  readonly #waiting = new Set<() => void>();
  #running = 0;

  /** `slots` run at once; up to `room` more wait, and each of those holds its file in memory. */
  constructor(slots: number, room: number) {
    this.#slots = slots;
    this.#room = room;
  }

  /** How many run now. */
  get running(): number {
    return this.#running;
  }

  /** How many wait now. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /**
   * Runs `work` in a slot and answers its result, or `TOO_SLOW` after `timeMs` milliseconds from now. `work` is given
   * a function that tells the milliseconds left (0 or less: stop, nobody listens). What `work` throws is passed on.
   */
  run<T>(timeMs: number, work: (leftMs: () => number) => Promise<T>): Promise<T | typeof TOO_SLOW> {
    if (this.#running >= this.#slots && this.#waiting.size >= this.#room) return Promise.resolve(TOO_SLOW);
    const deadline = performance.now() + timeMs;
    return new Promise((resolve, reject) => {
      const start = async () => {
        this.#running += 1;
        try {
          resolve(await work(() => deadline - performance.now()));
        } catch (error) {
          reject(error);
        } finally {
          clearTimeout(timer);
          this.#running -= 1;
          this.#startNext();
        }
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(start);
        resolve(TOO_SLOW);
      }, timeMs);
      if (this.#running < this.#slots) start();
      else this.#waiting.add(start);
    });
  }

  #startNext(): void {
    const [next] = this.#waiting;
    if (next === undefined || this.#running >= this.#slots) return;
    this.#waiting.delete(next);
    next();
  }
}
