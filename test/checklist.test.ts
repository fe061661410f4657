/**
 * The table of docs/checklist.md against the tests: it may claim nothing that no test bears the name of.
 * @module
 */

import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';

const ROOT = path.join(import.meta.dirname, '..');

/** Every id of the list, by its sections; the numbers between were never given. */
const IDS = [
  ...ids(1, 16),
  ...ids(20, 28),
  ...ids(30, 33),
  ...ids(40, 44),
  ...ids(50, 53),
  ...ids(60, 67),
  ...ids(70, 73),
];

function ids(first: number, last: number): readonly string[] {
  return Array.from({ length: last - first + 1 }, (_, at) => `S${String(first + at).padStart(2, '0')}`);
}

type Row = {
  readonly id: string;
  readonly state: string;
  readonly tests: readonly string[];
  readonly note: string;
};

const rows: readonly Row[] = readFileSync(path.join(ROOT, 'docs/checklist.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| S\d\d \|/.test(line))
  .map((line) => {
    const [, id = '', , state = '', tests = '', note = ''] = line.split('|').map((cell) => cell.trim());
    return { id, state, tests: [...tests.matchAll(/`([^`]+)`/g)].map((found) => found[1] ?? ''), note };
  });

/** The ids in the names of the tests of a file. */
function idsOf(file: string): ReadonlySet<string> {
  const names = readFileSync(path.join(ROOT, file), 'utf8').matchAll(/\btest\(\s*(['"`])(.*?)\1/g);
  return new Set([...names].flatMap((found) => found[2]?.match(/\bS\d\d\b/g) ?? []));
}

test('every id of the checklist has one row, in order', () => {
  assert.deepEqual(
    rows.map(({ id }) => id),
    IDS,
  );
});

test('every test file that a row names holds a test with its id in its name', () => {
  for (const { id, tests } of rows)
    for (const file of tests) assert.ok(idsOf(file).has(id), `${file} has no test named ${id}`);
});

test('a row says proved or partly with a test, and waits or open with what is missing', () => {
  for (const { id, state, tests, note } of rows) {
    const tested = state === 'proved' || state === 'partly';
    assert.ok(tested || state === 'waits' || state === 'open', `${id}: ${state}`);
    assert.equal(tests.length > 0, tested, `${id} is ${state}`);
    if (state !== 'proved') assert.notEqual(note, '', `${id} does not say what is missing`);
    if (state === 'waits') assert.match(note, /part [3-7] of 7/, id);
  }
});

test('no test bears an id that the checklist does not have, and none that its row leaves out', () => {
  const exclude = (entry: string) => entry.split(path.sep).includes('node_modules');
  const files = globSync(['packages/**/*.test.ts', 'test/*.test.ts'], { cwd: ROOT, exclude });
  assert.ok(files.length > 0);
  for (const file of files)
    for (const id of idsOf(file)) {
      const row = rows.find((each) => each.id === id);
      assert.ok(row?.tests.includes(file), `${file} bears ${id}, and its row does not name it`);
    }
});
