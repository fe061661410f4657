/**
 * What of helpers and the way back wants the person today. Apart from the screens, so that the case's own screen can ask
 * without loading them.
 * @module
 */

import type { SessionView, ThreadView } from '../core/session-state.ts';

/** A day to look again, and who does. */
export type FollowUp = { readonly day: string; readonly who: 'person' | 'helper' };

/** Days to look again over all threads, the soonest first. */
export function followUpsOf(threads: readonly ThreadView[]): readonly FollowUp[] {
  return threads
    .flatMap(({ known }) => (known.kind === 'read' && known.opened.ok ? known.opened.followUps : []))
    .toSorted((a, b) => (a.day < b.day ? -1 : 1));
}

/** Whether anything here wants the person today (`YYYY-MM-DD`, UTC). */
export function wantsPerson(view: Pick<SessionView, 'threads' | 'recovery'>, today: string): boolean {
  const { recovery, threads } = view;
  const asked =
    recovery.kind === 'watched' && (recovery.watched.standing !== 'quiet' || recovery.watched.givenOut);
  const unread = threads.some((each) => each.unread > 0);
  return asked || unread || followUpsOf(threads).some(({ who, day }) => who === 'person' && day <= today);
}
