/**
 * From what an item matched to the policy's verdict on it: the same for an upload and for what is hosted already.
 * @module
 */

import { judgeUpload, type Verdict } from '@reclaim/casework/policy';
import { judgedSignals } from '@reclaim/store/jobs';
import type { Store } from '@reclaim/store/store';
import type { Lookup } from './index-keeper.ts';

/** The verdict on an item whose content has this tag, where its bytes are known. Asks the database what was ruled on it. */
export async function verdictOf(
  store: Store,
  { matches, negative }: Pick<Lookup, 'matches' | 'negative'>,
  contentTag: Buffer | undefined,
): Promise<Verdict> {
  if (matches.length === 0) return 'pass';
  const judged =
    contentTag === undefined
      ? new Set()
      : await judgedSignals(
          store,
          contentTag,
          matches.map(({ signalId }) => signalId),
        );
  return judgeUpload({
    matches: matches.map(({ signalId, kind, band, state, window }) => ({
      family: kind,
      band,
      state,
      judged: judged.has(signalId),
      windowed: window !== 'full',
    })),
    negative,
  });
}
