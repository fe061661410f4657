/**
 * Work that runs once at a time: one runner does it, and whoever asks meanwhile makes it be done once more, so that nobody
 * who asked is told that it is done before all that was there when they asked is dealt with.
 * @module
 */

/** Runs `work`, again as long as somebody asked while it ran. Rejects, for all who wait, when it does. */
export class OneRunner {
  readonly #work: () => Promise<void>;
  #running: Promise<void> | undefined;
  #again = false;

  constructor(work: () => Promise<void>) {
    this.#work = work;
  }

  /** Resolves when everything that was there before this call is dealt with. */
  run(): Promise<void> {
    if (this.#running !== undefined) {
      this.#again = true;
      return this.#running;
    }
    this.#running = this.#repeat().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Resolves when nothing runs, whatever became of it. */
  async settled(): Promise<void> {
    while (this.#running !== undefined) await this.#running.catch(() => undefined);
  }

  async #repeat(): Promise<void> {
    do {
      this.#again = false;
      await this.#work();
    } while (this.#again);
  }
}
