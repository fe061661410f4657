/**
 * A reporter for `node --test` that ends the run with the one line CI reads: `N passed, N failed`.
 *
 * It sums the event `test:summary` that has no `file` (the run's total).
 * @module
 */

type Event = {
  readonly type: string;
  readonly data: { readonly file?: string; readonly counts?: { readonly passed: number; readonly failed: number } };
};

/** Yields the closing line once the run's total is known. A default export because `node --test-reporter` takes only that. */
export default async function* totals(source: AsyncIterable<Event>): AsyncGenerator<string> {
  for await (const event of source) {
    const { counts, file } = event.data ?? {};
    if (event.type === 'test:summary' && file === undefined && counts !== undefined) {
      const { passed, failed, cancelled = 0 } = counts as { passed: number; failed: number; cancelled?: number };
      yield `${passed} passed, ${failed + cancelled} failed\n`;
    }
  }
}
