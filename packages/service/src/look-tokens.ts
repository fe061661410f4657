/**
 * Tokens of looks: what stands between the record that somebody looks and the picture itself.
 *
 * A token is 32 random bytes in base64url, for 30 seconds, for one session, and good once: whoever shows it, be it the
 * wrong session, spends it. They live in this process's memory alone; a restart forgets them and costs a look.
 * @module
 */

import { randomBytes } from 'node:crypto';
import type { JobId } from '@reclaim/casework/id';
import { parseUtcMs, type UtcMs } from '@reclaim/casework/instant';
import type { Look } from '@reclaim/casework/wire-staff';

/** How long a token is good, milliseconds. */
export const LOOK_MS = 30_000;

/** Tokens held at most; beyond it the oldest is forgotten. */
export const LOOKS_HELD = 1_000;

/** What a token opens. */
export type LookGrant = { readonly session: string; readonly jobId: JobId; readonly look: Look };

/** The tokens of a node. */
export class LookTokens {
  readonly #held = new Map<string, LookGrant & { readonly until: UtcMs }>();

  /** Makes a token for `grant`. */
  give(grant: LookGrant, now: UtcMs): { readonly token: string; readonly expiresAt: UtcMs } {
    const expiresAt = parseUtcMs(now + LOOK_MS);
    // In order of their making, so those that ended stand first.
    for (const [token, { until }] of this.#held) {
      if (until > now && this.#held.size < LOOKS_HELD) break;
      this.#held.delete(token);
    }
    const token = randomBytes(32).toString('base64url');
    this.#held.set(token, { ...grant, until: expiresAt });
    return { token, expiresAt };
  }

  /** Spends a token; `undefined` unless it was given to `session` and is still good. */
  take(token: string, session: string, now: UtcMs): LookGrant | undefined {
    const grant = this.#held.get(token);
    this.#held.delete(token);
    return grant === undefined || grant.session !== session || grant.until <= now ? undefined : grant;
  }
}
