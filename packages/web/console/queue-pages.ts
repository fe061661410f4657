/**
 * The node's list of jobs as the console holds it: pages in the node's order, any of which can be asked for again.
 *
 * Ten thousand open jobs are fifty pages. They are fetched one after another at first; afterwards each refresh asks for
 * the page that is looked at, the last page (where new jobs come) and one more in turn, never for all fifty.
 *
 * The node's cursors are positions that grow; a page covers what lies between its own and the next one's. A page asked
 * again says everything up to the cursor that it answers, which may lie further than before (jobs left the state) or
 * nearer (an undone job came back): the pages behind it are cut or filled accordingly, so that none is lost or doubled.
 * @module
 */

import type { WireJob } from '@reclaim/casework/wire';

/** One page: the cursor that asks for it, and the jobs it had, in the node's order. */
export type Page = { readonly after: string | undefined; readonly jobs: readonly WireJob[] };

/** All pages so far. `next` is the cursor of what was not fetched yet. */
export type Pages = { readonly pages: readonly Page[]; readonly next: string | undefined };

/** Jobs in a page, at most: what the node allows. */
export const PAGE_JOBS = 200;

/** Nothing fetched. */
export const NO_PAGES: Pages = Object.freeze({ pages: [], next: undefined });

function positionOf(cursor: string | undefined): number {
  return cursor === undefined ? -1 : Number(cursor);
}

/** The pages after `answer` came for the page with cursor `after`. */
export function withPage(
  state: Pages,
  after: string | undefined,
  answer: { readonly jobs: readonly WireJob[]; readonly next?: string | undefined },
): Pages {
  const { jobs, next } = answer;
  const known = state.pages.findIndex((page) => page.after === after);
  const at = known === -1 ? state.pages.length : known;
  const pages: Page[] = [...state.pages.slice(0, at), { after, jobs }];
  if (next === undefined) return { pages, next: undefined };
  const reach = positionOf(next);
  // The page that `next` lies in: everything before it is answered, everything behind it stands as it was.
  const within = state.pages.findLastIndex((page) => positionOf(page.after) <= reach);
  const beyond = state.next !== undefined && reach >= positionOf(state.next);
  if (within < at || beyond) return { pages, next };
  const old = state.pages[within]!;
  const behind = state.pages.slice(within + 1);
  if (positionOf(old.after) === reach) return { pages: [...pages, old, ...behind], next: state.next };
  const seen = new Set(jobs.map(({ id }) => id));
  const rest = old.jobs.slice(old.jobs.findLastIndex(({ id }) => seen.has(id)) + 1);
  if (rest.length === 0 && behind.length === 0 && state.next === undefined) return { pages, next };
  return { pages: [...pages, { after: next, jobs: rest }, ...behind], next: state.next };
}

/** All jobs, in the node's order. */
export function jobsOf(state: Pages): readonly WireJob[] {
  return state.pages.flatMap((page) => page.jobs);
}

/** Which pages the next refresh asks: that of `jobId`, the last, and one in turn. No page twice. */
export function pagesToRefresh(
  state: Pages,
  jobId: string | undefined,
  turn: number,
): readonly (string | undefined)[] {
  const { pages } = state;
  if (pages.length === 0) return [undefined];
  const shown = pages.find((page) => page.jobs.some(({ id }) => id === jobId));
  const wanted = [shown ?? pages[0]!, pages.at(-1)!, pages[turn % pages.length]!];
  return [...new Set(wanted.map((page) => page.after))];
}
