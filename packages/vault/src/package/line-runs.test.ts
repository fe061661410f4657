import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { beginsRightToLeft, lineRuns } from './line-runs.ts';

test('a line of one direction is one run, as it is', () => {
  for (const text of ['SHA-256 0d13', 'línea (con signos)', '3 Jan, 14:02'])
    assert.deepEqual(lineRuns(text), [text]);
  assert.deepEqual(lineRuns(''), []);
});

test('a link, a time or a name inside of an Arabic line stands where it is read, in its own direction', () => {
  // From the left: the end of the sentence, then the link, then its beginning. Brackets face what they hold.
  assert.deepEqual(lineRuns('أنشئت (UTC)'), ['(', 'UTC', 'أنشئت )']);
  const [last, link, begin] = lineRuns('رابط https://photos.example/p/77 هنا');
  assert.equal(link, 'https://photos.example/p/77');
  assert.deepEqual([begin, last], ['رابط ', ' هنا']);
  // The other way round: a name in Arabic inside of a line from left to right.
  assert.deepEqual(lineRuns('account: صاحب, 12 views'), ['account: ', '12', 'صاحب, ', ' views']);
  assert.ok(beginsRightToLeft('12. رابط') && !beginsRightToLeft('12. link رابط'));
});

test('no sign is lost or doubled, whatever the text is', () => {
  const signs = fc.constantFrom('a', 'B', '1', ' ', '(', ')', '.', 'ب', 'ة', 'א', '٣', 'é', '🙂');
  const mirrored: Record<string, string> = { '(': ')', ')': '(' };
  fc.assert(
    fc.property(fc.array(signs, { maxLength: 40 }), (given) => {
      const count = (text: string) => [...text].map((sign) => (mirrored[sign] ? '()' : sign)).sort();
      assert.deepEqual(count(lineRuns(given.join('')).join('')), count(given.join('')));
    }),
    { numRuns: 300 },
  );
});
