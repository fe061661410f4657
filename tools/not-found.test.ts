/**
 * Every page that says what is found says what is not: a reader of one page alone must not trust in more than there is.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';

const ROOT = path.join(import.meta.dirname, '..');

/** Copies that neither the whole frame nor a window finds. */
const NOT_FOUND = [/\bcrop|\bcut\b/i, /tilt|turned by some degrees/i, /sticker/i] as const;

for (const page of [
  'README.md',
  'docs/person.md',
  'docs/platform.md',
  'docs/threat-model.md',
  'docs/benchmarks.md',
  'docs/reviewer.md',
]) {
  test(`${page} says that crops, tilted copies and large stickers are not found`, () => {
    const text = readFileSync(path.join(ROOT, page), 'utf8');
    const lines = text.split(/\n(?=[-|#]|\n)/).filter((each) => /\bnot\b|neither/i.test(each));
    assert.ok(
      lines.some((line) => NOT_FOUND.every((word) => word.test(line))),
      'no sentence says it',
    );
  });
}

test('what one hash gives away is said where a person and an operator read', () => {
  for (const page of ['README.md', 'docs/person.md', 'docs/benchmarks.md'])
    assert.match(
      readFileSync(path.join(ROOT, page), 'utf8').replaceAll('\n', ' '),
      /simple attack[^.]*shows|attack[^.]*signs/i,
    );
});
