/**
 * What the queue shows: which jobs, in which order, which one is marked. Pure; the screen only draws it.
 *
 * Order: first what the law's clocks order, the first due first (a breached one is the first of all); then what bears no
 * clock: an item that is held at a platform's door keeps somebody's upload from the world until it is decided, so held
 * items come before published ones; within each, the oldest first. What is incomplete under every law comes last.
 *
 * Live refresh: the mark stays on its job, wherever that moves; a job that left the list while it was marked is kept
 * where it was and shown as gone, so that nothing jumps under a reviewer's hand.
 * @module
 */

import type { WireJob } from '@reclaim/casework/wire';
import { readClock } from '../ui/clock-state.ts';

/** What the list is limited to. `open`: what waits for a decision, queued and claimed alike. */
export const FILTERS = Object.freeze(['open', 'claimed', 'complaint-open', 'decided'] as const);

/** One filter. */
export type Filter = (typeof FILTERS)[number];

/** The node's states behind a filter, in the order in which they are asked. */
export const STATES_OF: Readonly<Record<Filter, readonly WireJob['state'][]>> = Object.freeze({
  open: ['queued', 'claimed', 'incomplete'],
  claimed: ['claimed'],
  'complaint-open': ['complaint-open'],
  decided: ['decided'],
});

/** The queue. `rows` is what is listed, in order; `gone` the marked job after it left the list. */
export type Queue = {
  readonly filter: Filter;
  readonly search: string;
  readonly jobs: readonly WireJob[];
  readonly rows: readonly WireJob[];
  readonly marked: string | undefined;
  readonly gone: boolean;
  readonly loading: boolean;
};

/** What can happen to the queue. */
export type QueueEvent =
  | { readonly kind: 'came'; readonly jobs: readonly WireJob[]; readonly complete: boolean }
  | { readonly kind: 'changed'; readonly job: WireJob }
  | { readonly kind: 'filter'; readonly filter: Filter }
  | { readonly kind: 'search'; readonly text: string }
  | { readonly kind: 'mark'; readonly id: string }
  | { readonly kind: 'move'; readonly by: number };

/** Before anything came. */
export const EMPTY_QUEUE: Queue = Object.freeze({
  filter: 'open',
  search: '',
  jobs: [],
  rows: [],
  marked: undefined,
  gone: false,
  loading: true,
});

/** The first due, then held, then the oldest; the id makes the order total, so that two refreshes never swap neighbours. */
export function dueOrder(a: WireJob, b: WireJob): number {
  const due = (a.due?.at ?? Number.MAX_SAFE_INTEGER) - (b.due?.at ?? Number.MAX_SAFE_INTEGER);
  if (due !== 0) return due;
  if ((a.state === 'incomplete') !== (b.state === 'incomplete')) return a.state === 'incomplete' ? 1 : -1;
  if (a.interim !== b.interim) return a.interim === 'held' ? -1 : 1;
  if (a.openedAt !== b.openedAt) return a.openedAt - b.openedAt;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Says of a job whether `text` finds it: in the platform's id of the item, in any case, or in the job's own. */
export function finder(text: string): (job: WireJob) => boolean {
  // Once for all rows: a letter typed is asked of ten thousand jobs.
  const wanted = text.trim().toLowerCase();
  return (job) =>
    wanted === '' || job.id.includes(wanted) || (job.item?.id.toLowerCase().includes(wanted) ?? false);
}

/** The queue after `event`. */
export function reduceQueue(queue: Queue, event: QueueEvent): Queue {
  switch (event.kind) {
    case 'came':
      return listed({ ...queue, jobs: event.jobs.toSorted(dueOrder), loading: !event.complete });
    case 'changed': {
      const fits = STATES_OF[queue.filter].includes(event.job.state);
      const others = queue.jobs.filter(({ id }) => id !== event.job.id);
      return listed({ ...queue, jobs: (fits ? [...others, event.job] : others).toSorted(dueOrder) });
    }
    case 'filter':
      // Pressed again it changes nothing: nobody would fetch anew what an empty list waited for.
      if (event.filter === queue.filter) return queue;
      return {
        ...EMPTY_QUEUE,
        filter: event.filter,
        search: queue.search,
      };
    case 'search':
      return listed({ ...queue, search: event.text });
    case 'mark':
      return { ...queue, marked: event.id, gone: !queue.rows.some(({ id }) => id === event.id) };
    case 'move':
      return moved(queue, event.by);
    default: {
      const never: never = event;
      return never;
    }
  }
}

function listed(queue: Queue): Queue {
  const rows = queue.search === '' ? queue.jobs : queue.jobs.filter(finder(queue.search));
  const at = rows.findIndex(({ id }) => id === queue.marked);
  if (queue.marked === undefined) return { ...queue, rows, marked: rows[0]?.id, gone: false };
  if (at !== -1) return { ...queue, rows, gone: false };
  // The marked job left: it keeps its place among the rows until the reviewer moves on.
  const before = queue.rows.findIndex(({ id }) => id === queue.marked);
  const last = queue.rows[before];
  if (last === undefined || (queue.search !== '' && !finder(queue.search)(last))) {
    return { ...queue, rows, marked: rows[0]?.id, gone: false };
  }
  return { ...queue, rows: rows.toSpliced(before, 0, last), gone: true };
}

function moved(queue: Queue, by: number): Queue {
  const at = queue.rows.findIndex(({ id }) => id === queue.marked);
  const rows = queue.gone ? queue.rows.filter(({ id }) => id !== queue.marked) : queue.rows;
  if (rows.length === 0) return { ...queue, rows, marked: undefined, gone: false };
  // With the gone row taken out, what follows it already stands in its place.
  const from = queue.gone && by > 0 ? at - 1 : at;
  const to = Math.min(Math.max(from + by, 0), rows.length - 1);
  return { ...queue, rows, marked: rows[to]!.id, gone: false };
}

/** The next job that somebody may take, after `id` in the list and then from its beginning. */
export function nextToTake(queue: Queue, id: string | undefined, now: number): WireJob | undefined {
  const at = queue.rows.findIndex((job) => job.id === id);
  const turned = [...queue.rows.slice(at + 1), ...queue.rows.slice(0, Math.max(at, 0))];
  return turned.find(
    (job) =>
      job.state === 'queued' ||
      job.state === 'incomplete' ||
      (job.state === 'claimed' && (job.claimedUntil ?? 0) <= now),
  );
}

/** How many of the jobs that are listed have a clock that is late, and one that is due within a shift. */
export function pressing(
  jobs: readonly WireJob[],
  now: number,
): { readonly late: number; readonly soon: number } {
  let late = 0;
  let soon = 0;
  for (const { due } of jobs) {
    if (due === undefined) continue;
    const { state } = readClock(due.at, now);
    if (state === 'past') late++;
    else if (state === 'soon') soon++;
  }
  return { late, soon };
}
