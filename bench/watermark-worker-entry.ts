/**
 * The worker's side of `watermark-in-browser.ts`: runs what it is asked and answers once.
 * @module
 */

import { measure, type WorkerAnswer } from './watermark-worker.ts';

const scope = globalThis as unknown as {
  onmessage: (event: { readonly data: readonly [width: number, height: number, rounds: number] }) => void;
  postMessage: (answer: WorkerAnswer) => void;
};

scope.onmessage = ({ data: [width, height, rounds] }) => {
  void measure(width, height, rounds).then((answer) => scope.postMessage(answer));
};
