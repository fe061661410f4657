/**
 * From what an item matched to the policy's verdict on it: the same for an upload and for what is hosted already. The
 * verdict is of all that matched, however many; a job keeps the strongest `MOST_JOB_MATCHES` and one of each bank, of those
 * first that no reviewer has let this content pass for, so that what did not fit comes forward once the others are decided.
 * @module
 */

import { judgeUpload, type Verdict } from '@reclaim/casework/policy';
import { strongestMatches } from '@reclaim/casework/strongest-matches';
import { judgedSignals } from '@reclaim/store/jobs';
import type { Store } from '@reclaim/store/store';
import type { Lookup } from './index-keeper.ts';

/** Matches that a job keeps, at most, but for one of each bank. */
export const MOST_JOB_MATCHES = 1_000;

/** A verdict, and the matches that a job is to keep. */
export type Judgement = { readonly verdict: Verdict; readonly kept: Lookup['matches'] };

/** The verdict on an item whose content has this tag, where its bytes are known. Asks the database what was ruled on it. */
export async function verdictOf(
  store: Store,
  { matches, negative }: Pick<Lookup, 'matches' | 'negative'>,
  contentTag: Buffer | undefined,
): Promise<Judgement> {
  if (matches.length === 0) return { verdict: 'pass', kept: [] };
  const judged =
    contentTag === undefined
      ? new Set<string>()
      : await judgedSignals(
          store,
          contentTag,
          matches.map(({ signalId }) => signalId),
        );
  const verdict = judgeUpload({
    matches: matches.map(({ signalId, kind, band, state, window }) => ({
      family: kind,
      band,
      state,
      judged: judged.has(signalId),
      windowed: window !== 'full',
    })),
    negative,
  });
  if (matches.length <= MOST_JOB_MATCHES) return { verdict, kept: matches };
  // Equal bytes of a confirmed signal count whatever was said of them before.
  const waiting = matches.filter(({ signalId, band }) => band === 'exact' || !judged.has(signalId));
  const kept = strongestMatches(waiting.length === 0 ? matches : waiting, MOST_JOB_MATCHES);
  return { verdict, kept };
}
