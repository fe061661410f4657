/**
 * All clocks of one notice: the rules of each regime that applies or may apply, with the notice's completeness under that very
 * regime, since one missing element stops one regime and not the others.
 * @module
 */

import type { Applies } from './applicable.ts';
import { type Clock, type ClockInput, readClock } from './clock.ts';
import { isComplete } from './element.ts';
import { hasPart, type NoticeDraft } from './notice-draft.ts';
import { binds, type ObligationProfile } from './obligation-profile.ts';
import { rulesOf } from './rules.ts';

/** A clock, and whether it is sure that its regime applies. */
export interface NoticeClock {
  readonly clock: Clock;
  readonly applies: 'applies' | 'unknown';
}

/**
 * The clocks of the notice, in the order of the regimes. Rules whose actor the profile does not bind are left out.
 * @throws {RangeError} if a moment of the input is no instant
 */
export function clocksOfNotice(
  regimes: readonly Applies[],
  draft: NoticeDraft,
  profile: ObligationProfile,
  input: Omit<ClockInput, 'noticeComplete' | 'hasContact'>,
): readonly NoticeClock[] {
  // An address for mail, not a telephone: the law speaks of electronic contact.
  const hasContact = hasPart({ ...draft, otherContact: '' }, 'contact');
  return regimes.flatMap(({ regime, answer }) => {
    if (answer === 'does-not-apply') return [];
    const noticeComplete = isComplete(regime, draft);
    return rulesOf(regime)
      .filter((rule) => binds(profile, rule))
      .map((rule) => ({ clock: readClock(rule, { ...input, noticeComplete, hasContact }), applies: answer }));
  });
}
