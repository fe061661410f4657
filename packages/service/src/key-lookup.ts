/**
 * Which key a token opens, asked of the database for all who wait together, one query at a time.
 *
 * Tokens can be made up faster than a database answers. With a query each they would take every connection of the node,
 * and whoever has a good key would wait behind them for everything else too. So they share one query, and never more than
 * one connection; and a token that opened nothing is remembered as such. That is no guess: a secret is drawn by the node
 * and shown once it is committed, and a key that was revoked or has expired stays so. What is told apart by how fast the
 * answer comes is whether one asked with this very token before.
 * @module
 */

import type { WireKey } from '@reclaim/casework/wire';
import { findKeys, type KeyToken } from '@reclaim/store/keys';
import type { Store } from '@reclaim/store/store';
import { HttpProblem } from './problem.ts';

/** Tokens that one query asks for. */
const TOGETHER = 1_000;

/** Tokens that wait at most, unless a test narrows it. */
const MOST_WAITING = 10_000;

/** How long a token that opened nothing is remembered, milliseconds: a database that was put back may know it again. */
const REFUSED_MS = 60_000;

/** Tokens remembered to open nothing, at most; beyond it all are forgotten, which costs their part of a query. */
const REMEMBERED = 10_000;

type Waiting = {
  readonly token: KeyToken;
  readonly resolve: (key: WireKey | undefined) => void;
  readonly reject: (error: unknown) => void;
};

/** Looks up the keys of one node. */
export class KeyLookup {
  readonly #store: Store;
  readonly #refused = new Map<string, number>();
  readonly #mostWaiting: number;
  #waiting: Waiting[] = [];
  #asking = false;

  constructor(store: Store, mostWaiting = MOST_WAITING) {
    this.#store = store;
    this.#mostWaiting = mostWaiting;
  }

  /**
   * The key that this token opens now, or `undefined`.
   * @throws {HttpProblem} `too-many-requests` when as many wait as may
   */
  async find(token: KeyToken): Promise<WireKey | undefined> {
    const name = `${token.id} ${token.secretSha256.toString('base64url')}`;
    if ((this.#refused.get(name) ?? 0) > this.#store.now()) return undefined;
    if (this.#waiting.length >= this.#mostWaiting) throw new HttpProblem('too-many-requests');
    const { promise, resolve, reject } = Promise.withResolvers<WireKey | undefined>();
    this.#waiting.push({ token, resolve, reject });
    if (!this.#asking) void this.#ask();
    const key = await promise;
    if (key === undefined) {
      if (this.#refused.size >= REMEMBERED) this.#refused.clear();
      this.#refused.set(name, this.#store.now() + REFUSED_MS);
    }
    return key;
  }

  /** Asks for those who wait until nobody does. Never rejects: who waits is told. */
  async #ask(): Promise<void> {
    this.#asking = true;
    while (this.#waiting.length > 0) {
      const together = this.#waiting.slice(0, TOGETHER);
      this.#waiting = this.#waiting.slice(TOGETHER);
      try {
        const keys = await findKeys(
          this.#store,
          together.map(({ token }) => token),
        );
        for (const [i, { resolve }] of together.entries()) resolve(keys[i]);
      } catch (error) {
        for (const { reject } of together) reject(error);
      }
    }
    this.#asking = false;
  }
}
