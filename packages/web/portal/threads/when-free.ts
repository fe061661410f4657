/**
 * Waits until a visit does nothing else: a screen that loads by itself must not meet another one's loading and call it
 * trouble. A press of the person's is never waited with.
 * @module
 */

import type { PortalSession } from '../core/session.ts';
import type { Refused } from '../core/session-state.ts';

/** The session, once it is free; after a minute as it is. */
export async function whenFree(session: PortalSession): Promise<PortalSession> {
  if (session.view.busy === undefined) return session;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, 60_000);
    const end = session.subscribe((view) => {
      if (view.busy === undefined) done();
    });
    function done(): void {
      clearTimeout(timer);
      end();
      resolve();
    }
  });
  return session;
}

/** What `ask` answers once the visit is free: asked again where something that was pressed came first. */
export async function askedWhenFree<T extends { readonly ok: true }>(
  session: PortalSession,
  ask: (session: PortalSession) => Promise<T | Refused>,
): Promise<T | Refused> {
  for (;;) {
    const answer = await ask(await whenFree(session));
    if (answer.ok || answer.reason !== 'busy' || session.view.busy === undefined) return answer;
  }
}
