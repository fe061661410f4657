/**
 * Work beside the thread that answers: sorting new segments and asking many queries, on threads that the caller provides.
 * @module
 */

import type { Hit } from './match-index.ts';
import type { SearchJob, SortJob } from './ring-kernel.ts';
import type { RingSegment } from './ring-segment.ts';
import { SIGNAL_BYTES } from './signal-words.ts';

/** How to work beside the thread that answers. Memories are shared then, which a page needs isolation for. */
export type WorkAside = {
  /** How many jobs at once. */
  readonly threads: 1 | 2;
  /** Has `runSortJob` done for each job on other threads; resolves when all are done. */
  readonly sort: (jobs: readonly SortJob[]) => Promise<void>;
  /** Has `runSearchJob` done for each job on other threads, all at once. */
  readonly search: (jobs: readonly SearchJob[]) => Promise<readonly Uint32Array[]>;
  /** Lets whoever waits for this thread have it for a while. */
  readonly pause: () => Promise<void>;
  /** Hears of a merge that failed. The index answers as before. */
  readonly failed?: (error: unknown) => void;
};

/** Yields a segment once it is to be sorted, and nothing to pause. */
export type SegmentSteps<T> = Generator<RingSegment | undefined, T>;

/** Drives steps to their end, and sorts here what they yield to be sorted. */
export function sortedHere<T>(steps: SegmentSteps<T>): T {
  let step = steps.next();
  while (!step.done) {
    step.value?.sort();
    step = steps.next();
  }
  return step.value;
}

/** The same with pauses, and the sorting aside. Ends early, with `undefined`, where `goesOn` says no after a step. */
export async function sortedAside<T>(
  steps: SegmentSteps<T>,
  aside: WorkAside,
  goesOn: () => boolean = () => true,
): Promise<T | undefined> {
  let step = steps.next();
  while (!step.done) {
    if (step.value === undefined) await aside.pause();
    else for (const jobs of step.value.sortRounds(aside.threads)) await aside.sort(jobs);
    if (!goesOn()) return undefined;
    step = steps.next();
  }
  return step.value;
}

/** Ids and distances that were found for a query; most find nothing, and need no map. */
export type FoundIds = Map<Hit['id'], Hit['distance']> | undefined;

/** Adds an id to what was found for query number `query`. */
export function noteFound(found: FoundIds[], query: number, id: Hit['id'], distance: Hit['distance']): void {
  const known = found[query];
  if (known === undefined) found[query] = new Map([[id, distance]]);
  else known.set(id, distance);
}

/** Asks segments aside, each thread with its part of the queries; adds ids and distances to `found`, a place for each query. */
export async function askAside(
  segments: readonly RingSegment[],
  queries: readonly Uint8Array[],
  threshold: number,
  aside: WorkAside,
  found: FoundIds[],
): Promise<void> {
  const each = Math.ceil(queries.length / aside.threads);
  const jobs = Array.from({ length: aside.threads }, (_, thread): SearchJob => {
    const part = queries.slice(thread * each, (thread + 1) * each);
    const joined = new Uint8Array(SIGNAL_BYTES * part.length);
    for (const [i, query] of part.entries()) joined.set(query, SIGNAL_BYTES * i);
    return { segments: segments.map((segment) => segment.handleFor(thread)), queries: joined, threshold };
  });
  const answers = await aside.search(jobs);
  for (const [thread, hits] of answers.entries()) {
    for (let i = 0; i < hits.length; i += 4) {
      const segment = segments[hits[i + 1]!]!;
      // Dead rows are zeros, and nobody's.
      segment.forEachId(hits[i + 2]!, (id) => noteFound(found, thread * each + hits[i]!, id, hits[i + 3]!));
    }
  }
}
