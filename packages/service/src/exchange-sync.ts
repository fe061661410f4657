/**
 * Follows the feeds of other organisations: leases a fetch that is due (`store/exchanges`), asks page after page, and has
 * each taken before the next is asked. The index hears of it as of any change of the bank.
 *
 * Life: *following* (a look every five seconds) → *stopping* (a fetch under way is broken off; it begins again, here or on
 * another node, once its lease has ended) → gone.
 * @module
 */

import type { FeedFault } from '@reclaim/casework/wire-exchange';
import { readFeedPage, STOPNCII_PIPELINE } from '@reclaim/exchange/stopncii-page';
import { FROM_THE_START, feedQuestion } from '@reclaim/exchange/stopncii-question';
import { type ExchangeFetch, endFetch, failFetch, leaseFetch, takeRecords } from '@reclaim/store/exchanges';
import type { Store } from '@reclaim/store/store';
import { askFeed } from './feed-fetch.ts';

/** Pages of one fetch at most: a feed that never ends is a fault of the feed. 16 million records. */
const MOST_PAGES = 20_000;

/** Records that are taken in one transaction: a database takes no more than 65,535 values at once. */
const AT_ONCE = 1_000;

/** What following needs. */
export type SyncOptions = {
  readonly log: (line: string) => void;
  /** `host:port` of private addresses that may be asked all the same. */
  readonly hosts: readonly string[];
  readonly everyMs?: number;
};

/** Starts following; `stop` ends it and waits for what is under way. */
export function startExchangeSync(
  store: Store,
  options: SyncOptions,
): { readonly stop: () => Promise<void> } {
  const { log, hosts, everyMs = 5_000 } = options;
  const end = new AbortController();

  const follow = async (): Promise<void> => {
    while (!end.signal.aborted) {
      const fetch = await leaseFetch(store);
      if (fetch === undefined) return;
      const fault = await fetchAll(store, fetch, hosts, end.signal);
      if (fault === undefined) continue;
      await failFetch(store, fetch, fault);
      log(`exchange ${fetch.id}: ${fault}`);
    }
  };

  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  const schedule = (): void => {
    timer = setTimeout(() => {
      running = follow()
        .catch((error: unknown) => {
          if (!end.signal.aborted) log(`exchanges: ${(error as { code?: string }).code ?? 'error'}`);
        })
        .then(() => {
          if (!end.signal.aborted) schedule();
        });
    }, everyMs);
  };
  schedule();

  return {
    stop: async () => {
      end.abort();
      clearTimeout(timer);
      await running;
    },
  };
}

/** One fetch to its end; answers why it broke off, or `undefined`. */
async function fetchAll(
  store: Store,
  fetch: ExchangeFetch,
  hosts: readonly string[],
  stop: AbortSignal,
): Promise<FeedFault | undefined> {
  const from = fetch.whole ? FROM_THE_START : fetch.from;
  const tokens = new Set<string>();
  let token: string | undefined;
  let refused = 0;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const answer = await askFeed(feedQuestion(fetch.access, from, token), hosts, stop);
    if (!answer.ok) return answer.fault;
    const read = readFeedPage(answer.text);
    if (!read.ok) return read.reason;
    const { page } = read;
    for (let at = 0; at === 0 || at < page.records.length; at += AT_ONCE) {
      const records = page.records.slice(at, at + AT_ONCE).map(({ value, live }) => ({
        signal: { kind: 'pdq', value, quality: 100, pipeline: STOPNCII_PIPELINE } as const,
        live,
      }));
      // Switched off, deleted, or another node's by now: there is nothing left to do here, and nothing failed.
      if (!(await takeRecords(store, fetch, records))) return undefined;
    }
    for (const count of Object.values(page.refused)) refused += count;
    if (page.token === undefined) {
      return endFetch(store, fetch, page.next, refused);
    }
    // A page that leads back to one that was read would be read for ever.
    if (tokens.has(page.token)) return 'no-progress';
    tokens.add(page.token);
    token = page.token;
  }
  return 'no-progress';
}
