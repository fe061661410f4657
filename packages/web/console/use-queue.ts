/**
 * The queue kept alive: fetches the filter's pages one after another, then refreshes a few of them every ten seconds
 * while somebody looks at the page.
 * @module
 */

import type { WireJob } from '@reclaim/casework/wire';
import { useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { useConsole } from './console-context.ts';
import { EMPTY_QUEUE, type Queue, type QueueEvent, reduceQueue, STATES_OF } from './queue.ts';
import { jobsOf, NO_PAGES, PAGE_JOBS, type Pages, pagesToRefresh, withPage } from './queue-pages.ts';

/** How often the list is refreshed, milliseconds. */
export const REFRESH_MS = 10_000;

/** The queue, its dispatcher, and since when it could not be refreshed (`undefined` while it can). */
export function useQueue(): readonly [Queue, (event: QueueEvent) => void, number | undefined] {
  const { api } = useConsole();
  const [queue, dispatch] = useReducer(reduceQueue, EMPTY_QUEUE);
  const [staleSince, setStaleSince] = useState<number>();
  const marked = useRef<string | undefined>(undefined);
  marked.current = queue.marked;
  const { filter } = queue;

  useEffect(() => {
    let over = false;
    let turn = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let freshAt = Date.now();
    const lists = new Map(STATES_OF[filter].map((state) => [state, NO_PAGES]));
    const came = (complete: boolean) => {
      if (!over) dispatch({ kind: 'came', jobs: together(lists.values()), complete });
    };
    /** Fetches one page and whatever follows it for the first time. */
    const fetchFrom = async (state: WireJob['state'], cursor: string | undefined): Promise<boolean> => {
      let after = cursor;
      for (;;) {
        const answer = await api.jobs({ state, after, limit: PAGE_JOBS });
        if (over) return false;
        if (!answer.ok) {
          setStaleSince((before) => before ?? freshAt);
          return false;
        }
        const pages = withPage(lists.get(state) ?? NO_PAGES, after, answer.value);
        lists.set(state, pages);
        if (pages.next === undefined) return true;
        after = pages.next;
        came(false);
      }
    };
    const refresh = async (): Promise<void> => {
      if (document.visibilityState === 'visible') {
        let all = true;
        for (const [state, pages] of lists) {
          for (const cursor of pagesToRefresh(pages, marked.current, turn)) {
            all = (await fetchFrom(state, cursor)) && all;
            if (over) return;
          }
        }
        turn++;
        if (all) {
          freshAt = Date.now();
          setStaleSince(undefined);
        }
        // Nothing that came is held back: what did not come is said to be stale.
        came(all || [...lists.values()].some((pages) => pages.pages.length > 0));
      }
      timer = setTimeout(refresh, REFRESH_MS);
    };
    void refresh();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [api, filter]);

  return [queue, dispatch, staleSince];
}

/** The lists of several states as one; a job that changed its state between two answers is there once, as it came last. */
function together(lists: Iterable<Pages>): readonly WireJob[] {
  const jobs = new Map<string, WireJob>();
  for (const pages of lists) for (const job of jobsOf(pages)) jobs.set(job.id, job);
  return [...jobs.values()];
}
