/**
 * Threads of Node that sort and search segments, for tests and benchmarks of work aside. This file is also what they run.
 * @module
 */

import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { runSearchJob, runSortJob, type SearchJob, type SortJob } from './ring-kernel.ts';
import type { WorkAside } from './work-aside.ts';

const ROLE = 'ring-threads';

if (!isMainThread && workerData === ROLE) {
  parentPort!.on('message', (job: SortJob | SearchJob) => {
    if ('queries' in job) {
      const hits = runSearchJob(job);
      parentPort!.postMessage(hits, [hits.buffer]);
    } else {
      runSortJob(job);
      parentPort!.postMessage(new Uint32Array(0));
    }
  });
}

/** Work aside on threads of its own, until they are closed. */
export type RingThreads = WorkAside & { readonly close: () => Promise<void> };

/** Starts `threads` of them. */
export function startRingThreads(threads: 1 | 2): RingThreads {
  const workers = Array.from(
    { length: threads },
    () => new Worker(new URL(import.meta.url), { workerData: ROLE }),
  );
  /** Each worker has one job at a time, and answers in order. */
  const last: Promise<unknown>[] = workers.map(() => Promise.resolve());
  const post = (worker: Worker, job: SortJob | SearchJob) =>
    new Promise<Uint32Array>((resolve, reject) => {
      const onMessage = (hits: Uint32Array) => {
        worker.off('error', reject);
        resolve(hits);
      };
      worker.once('message', onMessage);
      worker.once('error', reject);
      worker.postMessage(job);
    });
  const run = (i: number, job: SortJob | SearchJob): Promise<Uint32Array> => {
    const done = last[i]!.then(() => post(workers[i]!, job));
    last[i] = done.catch(() => {});
    return done;
  };
  return {
    threads,
    sort: async (jobs) => {
      await Promise.all(jobs.map((job, i) => run(i % threads, job)));
    },
    search: (jobs) => Promise.all(jobs.map((job, i) => run(i % threads, job))),
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
