/**
 * What a node does without being asked: record breaches of clocks and warn before them, expire signals and content, let go what waits for nothing, compact what was erased,
 * watch the disk and the server, look for changes that no hint announced, search content for what joined the bank, look at watched addresses. Each chore runs alone, never twice at once; one that fails is tried again at
 * its next turn, so a stopped database stops nothing for good.
 * @module
 */

import { expireContent } from '@reclaim/store/content';
import { erasurePendingSince } from '@reclaim/store/erasure';
import { expireRecords } from '@reclaim/store/evidence-records';
import { closeDueJobs, forgetLapsedOutcomes } from '@reclaim/store/job-closing';
import { lapseJobs } from '@reclaim/store/jobs';
import { endDueHolds } from '@reclaim/store/legal-hold';
import { expireLocalFeatures } from '@reclaim/store/local-features';
import { expireMisuse } from '@reclaim/store/misuse-list';
import { sweepBreaches } from '@reclaim/store/notice-clocks';
import { forgetUnsealings } from '@reclaim/store/notifier-unsealing';
import { expireDueSignals } from '@reclaim/store/signals';
import { forgetOldStatements } from '@reclaim/store/statements';
import type { Store } from '@reclaim/store/store';
import { expireThreads } from '@reclaim/store/threads';
import { forgetViews } from '@reclaim/store/views';
import { expireWatches } from '@reclaim/store/watches';
import { type AlertOptions, sendAlerts } from './alert-sender.ts';
import type { ContentKeeper } from './content-keeper.ts';
import { eraseNow } from './erase.ts';
import type { FeatureKeeper } from './feature-keeper.ts';
import type { IndexKeeper } from './index-keeper.ts';
import type { RetroactiveSearch } from './retroactive-search.ts';
import { type Monitor, TURN_MS } from './watch/monitor.ts';

/** How long erased bytes may lie in files before they are compacted away: far inside the 24 hours that we promise. */
export const ERASE_WITHIN_MS = 60 * 60_000;

/** What an operator is told whose own PostgreSQL keeps its log. */
const TABLES_ONLY =
  'erased values are out of the tables; this PostgreSQL keeps its own log or hides it, see docs/operator.md';

/** Intervals of the chores, milliseconds. */
const EVERY = Object.freeze({
  follow: 1_000,
  retroactive: 5_000,
  breach: 5_000,
  alerts: 15_000,
  disk: 10_000,
  expire: 60_000,
  compact: 60_000,
  snapshot: 600_000,
});

/**
 * Lets go of everything whose time is over. Each kind by itself: what fails in one of them must not keep all others beyond
 * the day that people were promised.
 * @throws the first error, once every kind had its turn
 */
export async function expireAll(store: Store, features: Pick<FeatureKeeper, 'catchUp'>): Promise<void> {
  const kinds: readonly (() => Promise<unknown>)[] = [
    () => expireDueSignals(store),
    () => expireThreads(store),
    () => lapseJobs(store),
    () => forgetLapsedOutcomes(store),
    () => endDueHolds(store),
    () => closeDueJobs(store),
    () => expireRecords(store),
    () => expireWatches(store),
    () => forgetOldStatements(store),
    () => expireContent(store),
    () => expireLocalFeatures(store),
    () => expireMisuse(store),
    () => forgetUnsealings(store),
    () => forgetViews(store),
    () => features.catchUp(),
  ];
  const failed: unknown[] = [];
  for (const expire of kinds) await expire().catch((error: unknown) => failed.push(error));
  if (failed.length > 0) throw failed[0];
}

/** Starts the chores; `stop` ends them and waits for those under way. */
export function startChores(
  store: Store,
  keeper: IndexKeeper,
  content: ContentKeeper,
  retroactive: RetroactiveSearch,
  features: FeatureKeeper,
  monitor: Monitor | undefined,
  log: (line: string) => void,
  alerts?: AlertOptions,
): { readonly stop: () => Promise<void> } {
  let stopped = false;
  const ending = new AbortController();
  let full = false;
  const running = new Set<Promise<void>>();
  const timers = new Set<NodeJS.Timeout>();

  const repeat = (name: string, everyMs: number, work: () => Promise<unknown>): void => {
    const turn = async (): Promise<void> => {
      try {
        await work();
      } catch (error) {
        const { name: kind, code } = error as { name?: string; code?: string };
        if (!stopped) log(`chore ${name}: ${kind ?? 'error'} ${code ?? ''}`.trimEnd());
      }
    };
    const schedule = (): void => {
      const timer = setTimeout(async () => {
        timers.delete(timer);
        const done = turn();
        running.add(done);
        await done;
        running.delete(done);
        if (!stopped) schedule();
      }, everyMs);
      timers.add(timer);
    };
    schedule();
  };

  repeat('follow', EVERY.follow, async () => {
    try {
      await keeper.catchUp();
    } catch (error) {
      await store.ensureRunning();
      throw error;
    }
  });
  repeat('breach', EVERY.breach, () => sweepBreaches(store));
  if (alerts !== undefined) repeat('alerts', EVERY.alerts, () => sendAlerts(store, alerts, ending.signal));
  repeat('retroactive', EVERY.retroactive, () => retroactive.run());
  repeat('disk', EVERY.disk, async () => {
    const disk = await store.embedded?.checkDisk();
    if (disk?.kind === 'low' && !full)
      log('the disk is nearly full: make room before nothing can be taken any more');
    full = disk?.kind === 'low';
  });
  repeat('expire', EVERY.expire, () => expireAll(store, features));
  repeat('compact', EVERY.compact, async () => {
    // Memory and snapshot are this node's own; the database's note may be another node's to act on.
    await keeper.erase(store.now() - ERASE_WITHIN_MS);
    await content.erase(store.now() - ERASE_WITHIN_MS);
    const since = await erasurePendingSince(store);
    if (since === undefined || store.now() - since < ERASE_WITHIN_MS) return;
    const compaction = await eraseNow(store, keeper, content);
    if (compaction?.ok === false) log(`compaction waits: ${compaction.reason}`);
    else if (compaction?.reach === 'tables-only') log(TABLES_ONLY);
  });

  if (monitor?.looks === true) repeat('watch', TURN_MS, () => monitor.lookDue());
  repeat('snapshot', EVERY.snapshot, async () => {
    await keeper.save();
    await content.save();
  });

  return {
    stop: async () => {
      stopped = true;
      ending.abort();
      monitor?.stop();
      for (const timer of timers) clearTimeout(timer);
      await Promise.allSettled(running);
    },
  };
}
