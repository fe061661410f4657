/**
 * A file to its fingerprint, without the page ever holding a pixel: everything happens in a worker, which is ended with
 * the visit.
 *
 * The page hands the worker a reference to the file. One file at a time: two decoded pictures at once are more than a
 * phone has. A worker that dies (for want of memory) answers `no-memory` and is replaced for the next file.
 * @module
 */

import type { Rect } from './crop.ts';
import type {
  FingerprintMessage,
  FingerprintOutcome,
  FingerprintPhase,
  FingerprintTask,
} from './fingerprint-task.ts';
import workerUrl from './fingerprint-worker.ts?worker&url';
import { startWorker } from './trusted-worker.ts';

/** How one file is fingerprinted. */
export type FingerprintOptions = {
  /** Whether the SHA-256 of the file is made too: only where the person agreed. */
  readonly exact: boolean;
  /** The part of the upright picture to be fingerprinted, in its pixels; the whole without it. */
  readonly crop?: Rect;
  readonly onPhase?: (phase: FingerprintPhase) => void;
  /** Ends the work and the worker; the answer is `stopped`. */
  readonly signal?: AbortSignal;
};

/** Fingerprints files, one after the other in the order they came. */
export type Fingerprinter = {
  readonly fingerprint: (file: Blob, options: FingerprintOptions) => Promise<FingerprintOutcome>;
  /** Ends the worker and forgets every file; whatever still waits is answered `stopped`. */
  readonly dispose: () => void;
};

const STOPPED: FingerprintOutcome = Object.freeze({ ok: false, reason: 'stopped' });

/** A fingerprinter; its worker starts with the first file. */
export function createFingerprinter(): Fingerprinter {
  let worker: Worker | undefined;
  let stop: (() => void) | undefined;
  let tail: Promise<unknown> = Promise.resolve();
  let count = 0;
  let disposed = false;

  const end = () => {
    worker?.terminate();
    worker = undefined;
    stop?.();
  };

  const run = (file: Blob, options: FingerprintOptions): Promise<FingerprintOutcome> => {
    if (disposed || options.signal?.aborted) return Promise.resolve(STOPPED);
    const { promise, resolve } = Promise.withResolvers<FingerprintOutcome>();
    worker ??= startWorker(workerUrl);
    const running = worker;
    count += 1;
    const task: FingerprintTask = {
      id: count,
      file,
      exact: options.exact,
      ...(options.crop === undefined ? {} : { crop: options.crop }),
    };
    stop = () => resolve(STOPPED);
    options.signal?.addEventListener('abort', end);
    running.onmessage = (event: MessageEvent<FingerprintMessage>) => {
      const message = event.data;
      if (message.id !== task.id) return;
      if (message.kind === 'phase') options.onPhase?.(message.phase);
      else resolve(message.outcome);
    };
    running.onerror = (event) => {
      // What went wrong is not shown: an error's text may quote the file.
      event.preventDefault();
      resolve({ ok: false, reason: 'no-memory' });
      end();
    };
    running.postMessage(task);
    return promise.finally(() => {
      stop = undefined;
      options.signal?.removeEventListener('abort', end);
    });
  };

  return Object.freeze<Fingerprinter>({
    fingerprint: (file, options) => {
      const outcome = tail.then(() => run(file, options));
      tail = outcome;
      return outcome;
    },
    dispose: () => {
      disposed = true;
      end();
    },
  });
}
