/**
 * Which matches are told where there are more than anybody reads: the strongest, and of every bank at least one.
 *
 * Strength is what the policy goes by: confirmed before disputed before unconfirmed, equal bytes before confident before
 * possible, the whole of an upload before a part of it; among equals by id. So what is told
 * does not depend on the order in which an index found it. The verdict itself is of all matches, never of these alone.
 * @module
 */

import type { SignalState } from './banked-signal.ts';
import { BANDS, type Band } from './policy.ts';

/** What a match is judged by here. */
export type RankedMatch = {
  readonly signalId: string;
  readonly bankId: string;
  readonly band: Band;
  readonly state: SignalState;
  readonly window: string;
};

const STATES: readonly SignalState[] = ['confirmed', 'disputed', 'unconfirmed'];

function rankOf({ state, band, window }: RankedMatch): number {
  const place = STATES.indexOf(state);
  return 100 * (place < 0 ? STATES.length : place) + 10 * BANDS.indexOf(band) + (window === 'full' ? 0 : 1);
}

/**
 * At most `most` of the matches, or one of each bank where there are more banks than that; the strongest first. All of
 * them, in the order given, where they are no more than `most`.
 */
export function strongestMatches<M extends RankedMatch>(matches: readonly M[], most: number): readonly M[] {
  if (matches.length <= most) return matches;
  const ranked = matches.toSorted((a, b) => rankOf(a) - rankOf(b) || (a.signalId < b.signalId ? -1 : 1));
  const banks = new Set<string>();
  const ofBanks = new Set(
    ranked.filter(({ bankId }) => {
      const first = !banks.has(bankId);
      banks.add(bankId);
      return first;
    }),
  );
  let room = most - ofBanks.size;
  return ranked.filter((match) => ofBanks.has(match) || room-- > 0);
}
