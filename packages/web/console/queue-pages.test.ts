import assert from 'node:assert/strict';
import test from 'node:test';
import type { WireJob } from '@reclaim/casework/wire';
import fc from 'fast-check';
import { fixtureJob } from './job.fixture.ts';
import { jobsOf, NO_PAGES, type Pages, pagesToRefresh, withPage } from './queue-pages.ts';

const numbers = (pages: Pages) => jobsOf(pages).map(({ id }) => Number.parseInt(id.slice(4), 16));

/** A node with jobs by number, answering pages of `size` in their order; the cursor is the last number. */
function nodeOf(live: readonly number[], size: number) {
  return (after: string | undefined): { jobs: WireJob[]; next?: string } => {
    const rest = live.filter((n) => n > Number(after ?? -1)).toSorted((a, b) => a - b);
    const page = rest.slice(0, size);
    const jobs = page.map((n) => fixtureJob(n));
    return rest.length > size ? { jobs, next: String(page.at(-1)) } : { jobs };
  };
}

function fetchAll(ask: ReturnType<typeof nodeOf>): Pages {
  let pages = withPage(NO_PAGES, undefined, ask(undefined));
  while (pages.next !== undefined) pages = withPage(pages, pages.next, ask(pages.next));
  return pages;
}

test('pages join in the node’s order, each job once', () => {
  assert.deepEqual(numbers(fetchAll(nodeOf([1, 2, 3, 4, 5, 6, 7], 3))), [1, 2, 3, 4, 5, 6, 7]);
});

test('a page asked again drops the jobs that left, and takes none of its neighbour’s', () => {
  const pages = fetchAll(nodeOf([1, 2, 3, 4, 5, 6, 7], 3));
  const again = withPage(pages, undefined, nodeOf([1, 3, 4, 5, 6, 7], 3)(undefined));
  assert.deepEqual(numbers(again), [1, 3, 4, 5, 6, 7]);
});

test('the last page asked again brings new jobs', () => {
  const pages = fetchAll(nodeOf([1, 2, 3, 4], 3));
  const last = pages.pages.at(-1)!.after;
  assert.deepEqual(numbers(withPage(pages, last, nodeOf([1, 2, 3, 4, 5], 3)(last))), [1, 2, 3, 4, 5]);
});

test('a job that came back in the middle splits its page, and nothing is lost', () => {
  const pages = fetchAll(nodeOf([1, 3, 5, 7, 9], 3));
  const grown = withPage(pages, undefined, nodeOf([1, 2, 3, 5, 7, 9], 3)(undefined));
  assert.deepEqual(numbers(grown), [1, 2, 3, 5, 7, 9]);
});

test('refreshing every page in turn always ends at what the node has, whatever left, came and came back', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(60), { maxLength: 40 }),
      fc.uniqueArray(fc.nat(80), { maxLength: 40 }),
      fc.integer({ min: 1, max: 7 }),
      (before, after, size) => {
        let pages = fetchAll(nodeOf(before, size));
        const ask = nodeOf(after, size);
        for (let round = 0; round < 3; round++) {
          for (let i = 0; i < pages.pages.length; i++) {
            pages = withPage(pages, pages.pages[i]!.after, ask(pages.pages[i]!.after));
            if (i === pages.pages.length - 1 && pages.next !== undefined) {
              pages = withPage(pages, pages.next, ask(pages.next));
            }
          }
        }
        assert.deepEqual(
          numbers(pages),
          after.toSorted((a, b) => a - b),
        );
      },
    ),
  );
});

test('a refresh asks for the page looked at, the last, and one in turn, none twice', () => {
  const pages = fetchAll(nodeOf([1, 2, 3, 4, 5, 6, 7], 2));
  const cursors = pages.pages.map(({ after }) => after);
  const shown = fixtureJob(3).id;
  assert.deepEqual(pagesToRefresh(pages, shown, 0), [cursors[1], cursors[3], cursors[0]]);
  assert.deepEqual(pagesToRefresh(pages, shown, 1), [cursors[1], cursors[3]]);
  assert.deepEqual(pagesToRefresh(NO_PAGES, undefined, 5), [undefined]);
});
