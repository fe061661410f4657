/**
 * What the build packs is what a page unpacks: any row, with the texts that look like something else among them.
 * @module
 */

import assert from 'node:assert/strict';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { packed, READER } from '../pack-table.ts';

async function unpacked(table: readonly object[]): Promise<unknown> {
  const code = packed('T', table).replace(JSON.stringify(READER), JSON.stringify(pathToFileURL(READER).href));
  return (await import(`data:text/javascript,${encodeURIComponent(code)}`)).T;
}

const text = fc.oneof(
  fc.constantFrom(
    '',
    '-',
    "'",
    "'-",
    '[1]',
    '{"a":1}',
    'true',
    'null',
    '7',
    '"quoted"',
    'صورة',
    'a  b',
    ' ',
    'a ',
    '\u00a0',
    '\u2028',
  ),
  fc.string({ unit: 'grapheme' }).map((each) => each.replace(/[\t\n\r`]|\$\{/g, '')),
);
const word = fc.constantFrom('a', 'b-c', '4chan', 'true', '-', "'x", '7');

test('a table of texts, lists of words, numbers and nothing comes back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          text,
          words: fc.array(word, { maxLength: 3 }),
          pair: fc.tuple(text, word),
          n: fc.oneof(fc.nat(), fc.constant(null)),
          yes: fc.boolean(),
        }),
        { minLength: 1, maxLength: 8 },
      ),
      async (drawn) => {
        const table = drawn.map((row, id) => ({ id, ...row }));
        const without = table.map(({ id: _, ...row }) => row);
        for (const each of [table, without])
          assert.deepEqual(JSON.parse(JSON.stringify(await unpacked(each))), table);
      },
    ),
    { numRuns: 200 },
  );
});

test('a row that text cannot carry is refused while building', () => {
  assert.throws(() => packed('T', [{ a: 'z' }, { a: 'z' }, { a: 'x`y' }]), RangeError);
  assert.throws(() => packed('T', [{ a: 'z' }, { a: 'z' }, { a: 'a\tb' }]), RangeError);
  assert.throws(() => packed('T', [{ a: 'z' }, { a: 'z' }, { a: 'a\nb' }]), RangeError);
});
