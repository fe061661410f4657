/**
 * Long work of a page in short pieces: after each few milliseconds the page gets its turn, so that no press waits. A worker would
 * need the tables of the law a second time in memory; slices need nothing.
 * @module
 */

/** Longest piece, milliseconds: half of a frame. */
const PIECE_MS = 8;

/**
 * Runs it to its end and answers what it came to; `undefined` where `stopped` said so meanwhile. `onStep` is told what was yielded
 * last before each turn of the page.
 */
export async function inSlices<Step, Result>(
  work: Generator<Step, Result, void>,
  stopped: () => boolean,
  onStep: (step: Step) => void = () => undefined,
): Promise<Result | undefined> {
  let began = performance.now();
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (performance.now() - began < PIECE_MS) continue;
    onStep(step.value);
    await new Promise((resolve) => setTimeout(resolve));
    if (stopped()) return undefined;
    began = performance.now();
  }
}
