/**
 * Ctrl+C during long work: the first is a request, which the work answers at its next step by taking away what it has
 * begun; the second ends the process at once.
 * @module
 */

import { Problem } from './problem.ts';
import type { Terminal } from './terminal.ts';

/** Whether the person has asked to stop. Dispose it when the work is done. */
export type StopRequest = Disposable & {
  /** @throws {Problem} where they have */
  readonly expectNone: () => void;
};

/** Begins to listen. `sentence` is what they are told. */
export function stopRequest(io: Terminal, sentence: string): StopRequest {
  let asked = false;
  const unlisten = io.onStopRequest(() => {
    if (asked) io.abandon();
    asked = true;
  });
  return {
    [Symbol.dispose]: unlisten,
    expectNone: () => {
      if (asked) throw new Problem(sentence);
    },
  };
}
