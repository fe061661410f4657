/**
 * The session with its real parts: the node of this origin, the vault's worker, the clock and randomness of the browser.
 * @module
 */

import { createNodeApi } from './node-api.ts';
import { createSession, type PortalSession } from './session.ts';
import type { SessionParts } from './session-work.ts';
import { startWorker } from './trusted-worker.ts';
import { vaultOf } from './vault-client.ts';
import vaultUrl from './vault-worker.ts?worker&url';

/** What the browser gives a session. */
export function browserParts(): SessionParts {
  return {
    api: createNodeApi(),
    startVault: () => vaultOf(startWorker(vaultUrl)),
    now: () => Date.now(),
    after: (ms, then) => {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
    random: () => crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32,
  };
}

/** A visit in this browser. */
export function createBrowserSession(): PortalSession {
  return createSession(browserParts());
}
