/**
 * What every piece of work of a session shares: the parts of the world it needs, proofs of work, the random order and
 * the pauses of asking.
 * @module
 */

import type { Proof } from '@reclaim/casework/wire-case';
import type { ApiResult, NodeApi } from './node-api.ts';
import type { SessionMemory } from './session-memory.ts';
import type { Vault } from './vault-client.ts';

/** What a session needs of the world; `browserParts` in `browser-session.ts` has the real ones. */
export type SessionParts = {
  readonly api: NodeApi;
  readonly startVault: () => Vault;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Calls back after so many milliseconds; answers what calls it off. */
  readonly after: (ms: number, then: () => void) => () => void;
  /** A number from 0 to 1, for the order and the pauses of asking. */
  readonly random: () => number;
  readonly idleMs?: number;
  /** Longest pause between two questions, in milliseconds. */
  readonly askGapMs?: number;
};

/** One piece of work while it goes on. */
export type Work = {
  readonly parts: SessionParts;
  readonly vault: Vault;
  /** Of the visit in which the work began: after a wipe it is empty and nobody looks at it any more. */
  readonly memory: SessionMemory;
  /** To be called after each wait: throws `VaultGone` where everything was forgotten meanwhile. */
  readonly alive: () => void;
  /** Says how far the work is; listeners hear of it, and of whatever else changed. */
  readonly progress: (done: number, of: number) => void;
  /** Whether a person waits for this work, which goes on by itself, to give way. */
  readonly isInTheWay: () => boolean;
};

/** A request with a fresh proof of work; a proof that the node finds too old is made once more. */
export async function proved<T>(
  { parts, vault, alive }: Work,
  request: (proof: Proof) => Promise<ApiResult<T>>,
): Promise<ApiResult<T>> {
  for (let again = true; ; again = false) {
    const puzzle = await parts.api.challenge();
    alive();
    if (!puzzle.ok) return puzzle;
    const { challenge, bits } = puzzle.value;
    const nonce = await vault.solve(challenge, bits);
    alive();
    const answer = await request({ challenge, nonce });
    alive();
    if (answer.ok || answer.reason !== 'proof' || !again) return answer;
  }
}

/** A short wait of random length, so that two questions do not tell by their closeness that they belong together. */
export function pause({ after, random, askGapMs = 400 }: SessionParts): Promise<void> {
  return new Promise((resolve) => {
    after(Math.round(random() * askGapMs), resolve);
  });
}

/** The same items in a random order; `random` answers from 0 to 1. */
export function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  const order = [...items];
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  return order;
}
