/**
 * Threads on which indexes sort and merge, so that checks are answered meanwhile. This file is also what they run. They are
 * started when there is something to sort: a small bank has none.
 * @module
 */

import { setImmediate as turn } from 'node:timers/promises';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { runSearchJob, runSortJob, type SearchJob, type SortJob } from '@reclaim/matching/ring-kernel';
import type { WorkAside } from '@reclaim/matching/work-aside';

const ROLE = 'reclaim-index-thread';

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

/** A thread with one job at a time. One that dies fails its job and is started anew for the next. */
class IndexThread {
  #worker: Worker | undefined;
  #last: Promise<unknown> = Promise.resolve();

  run(job: SortJob | SearchJob): Promise<Uint32Array> {
    const done = this.#last.then(() => this.#post(job));
    this.#last = done.catch(() => undefined);
    return done;
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #post(job: SortJob | SearchJob): Promise<Uint32Array> {
    const worker = this.#worker ?? new Worker(new URL(import.meta.url), { workerData: ROLE });
    this.#worker = worker;
    // A process that ends need not wait for a thread that waits for jobs.
    worker.unref();
    return new Promise((resolve, reject) => {
      const gone = (cause?: unknown) => {
        if (this.#worker === worker) this.#worker = undefined;
        reject(new Error('index: a thread ended', { cause }));
      };
      worker.once('error', gone);
      worker.once('exit', gone);
      worker.once('message', (hits: Uint32Array) => {
        worker.off('error', gone);
        worker.off('exit', gone);
        resolve(hits);
      });
      worker.postMessage(job);
    });
  }
}

/** Two threads; `close` ends them. Work that is under way then fails. */
export class IndexThreads {
  readonly #threads = [new IndexThread(), new IndexThread()] as const;
  readonly aside: WorkAside;

  /** `failed` hears of merges that failed: the index answers as before, with more segments than it should have. */
  constructor(failed: (error: unknown) => void) {
    const run = (jobs: readonly (SortJob | SearchJob)[]) =>
      Promise.all(jobs.map((job, i) => this.#threads[i % 2]!.run(job)));
    this.aside = {
      threads: 2,
      sort: async (jobs) => {
        await run(jobs);
      },
      search: run,
      pause: () => turn(),
      failed,
    };
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }
}
