/**
 * Two files to the answer whether the one is a copy of the other, in a worker that lives for one question.
 * @module
 */

import type { CompareMessage, CompareOutcome, ComparePhase } from './compare-task.ts';
import workerUrl from './compare-worker.ts?worker&url';
import { startWorker } from './trusted-worker.ts';

/** A question that is being answered. */
export type Comparison = {
  readonly outcome: Promise<CompareOutcome>;
  /** Ends the worker, and with it both files; the outcome is then `stopped`. */
  readonly stop: () => void;
};

/** Asks whether `suspect` is a copy of `mine`. `onPhase` hears how far it is. */
export function compareFiles(mine: Blob, suspect: Blob, onPhase: (phase: ComparePhase) => void): Comparison {
  const { promise, resolve } = Promise.withResolvers<CompareOutcome>();
  const worker = startWorker(workerUrl);
  let at: 'mine' | 'suspect' = 'mine';
  const end = (outcome: CompareOutcome) => {
    worker.terminate();
    resolve(outcome);
  };
  worker.onmessage = (event: MessageEvent<CompareMessage>) => {
    const message = event.data;
    if (message.kind === 'done') return end(message.outcome);
    if (message.phase !== 'comparing') at = message.phase;
    onPhase(message.phase);
  };
  worker.onerror = (event) => {
    // What went wrong is not shown: an error's text may quote the file.
    event.preventDefault();
    end({ kind: 'stopped', file: at, reason: 'no-memory' });
  };
  worker.postMessage({ mine, suspect });
  return { outcome: promise, stop: () => end({ kind: 'stopped', file: at, reason: 'stopped' }) };
}
