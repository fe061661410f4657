/**
 * A reporter for `node --test` that answers the one line CI reads: `N passed, N failed`, and after it, for each file in which
 * tests failed, `N in FILE`.
 *
 * It takes the event `test:summary` that has no `file` (the run's total). A cancelled test, one that timed out or
 * whose parent ended first, counts as failed; skipped and todo count as neither.
 *
 * Give it a destination of its own (a file): with `--test-force-exit` the process ends as soon as a destination is
 * done, and of two reporters on stdout the second loses its last words (seen with Node 24.21.0).
 * @module
 */

type Event = {
  readonly type: string;
  readonly data:
    | {
        readonly file?: string;
        readonly details?: { readonly type?: string };
        readonly counts?: { readonly passed: number; readonly failed: number; readonly cancelled?: number };
      }
    | undefined;
};

/** Yields the lines once the run's total is known. A default export because `node --test-reporter` takes only that. */
export default async function* totals(source: AsyncIterable<Event>): AsyncGenerator<string> {
  const failures = new Map<string, number>();
  for await (const event of source) {
    const { counts, file, details } = event.data ?? {};
    if (event.type === 'test:fail' && file !== undefined && details?.type !== 'suite')
      failures.set(file, (failures.get(file) ?? 0) + 1);
    if (event.type !== 'test:summary' || file !== undefined || counts === undefined) continue;
    yield `${counts.passed} passed, ${counts.failed + (counts.cancelled ?? 0)} failed\n`;
    for (const [name, count] of failures) yield `${count} in ${name}\n`;
  }
}
