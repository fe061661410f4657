/**
 * Two threads of Node that sort segments, for tests and benchmarks of merging aside. This file is also what they run.
 * @module
 */

import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { WorkAside } from './ring-index.ts';
import { runSortJob, type SortJob } from './ring-kernel.ts';

const ROLE = 'sort-threads';

if (!isMainThread && workerData === ROLE) {
  parentPort!.on('message', (job: SortJob) => {
    runSortJob(job);
    parentPort!.postMessage('done');
  });
}

/** Work aside on threads of its own, until they are closed. */
export type SortThreads = WorkAside & { readonly close: () => Promise<void> };

/** Starts `threads` of them. */
export function startSortThreads(threads: 1 | 2): SortThreads {
  const workers = Array.from(
    { length: threads },
    () => new Worker(new URL(import.meta.url), { workerData: ROLE }),
  );
  const run = (worker: Worker, job: SortJob) =>
    new Promise<void>((resolve, reject) => {
      const done = () => {
        worker.off('error', reject);
        resolve();
      };
      worker.once('message', done);
      worker.once('error', reject);
      worker.postMessage(job);
    });
  return {
    threads,
    sort: async (jobs) => {
      await Promise.all(jobs.map((job, i) => run(workers[i % threads]!, job)));
    },
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
