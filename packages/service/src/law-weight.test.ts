/**
 * What the law that the portal can load weighs: every byte of the law room in it (rows, functions, sentences, the reader of links,
 * the hints beside a plan, rights of every place, complaints in an office's own language), all screens together, as this service
 * sends it. That no law is anywhere else in the portal is held where the pages are built (`packages/web/law-tables-plugin.ts`).
 * @module
 */

import assert from 'node:assert/strict';
import test from 'node:test';
import { builtWeb, type Encoding, readWeb } from './web-files.ts';

/** Chunks that come whatever the language. */
const COMMON = ['law-base', 'law', 'law-rights'];

/** What browsers that take brotli get, which is every browser that the pages are made for, and what the others get. */
const MOST: readonly (readonly [Encoding, number])[] = [
  ['br', 30_000],
  ['gzip', 36_000],
];

const files = await readWeb(builtWeb() ?? '');

async function sent(name: string, encoding: Encoding): Promise<number> {
  const found = [...(files ?? [])].filter(([at]) => new RegExp(`^assets/${name}-[\\w-]{8}\\.js$`).test(at));
  assert.equal(found.length, 1, `expected one built chunk ${name}: npm run setup -- --tests`);
  return (await found[0]![1].bytes(encoding)).length;
}

for (const language of ['en', 'es', 'ar']) {
  for (const [encoding, most] of MOST) {
    test(`all law that the portal can load in ${language} is sent in less than ${most} bytes by ${encoding}`, async () => {
      const names = [...COMMON, `law-${language}`];
      const bytes = await Promise.all(names.map((name) => sent(name, encoding)));
      for (const [at, each] of bytes.entries()) assert.ok(each > 500, `${names[at]}: ${each}`);
      const sum = bytes.reduce((all, each) => all + each, 0);
      assert.ok(
        sum > 20_000 && sum < most,
        `${names.map((name, at) => `${name} ${bytes[at]}`).join(', ')}: ${sum}`,
      );
    });
  }
}

test('no other chunk of the portal is named as one of the law', () => {
  const names = [...(files ?? new Map()).keys()].flatMap(
    (at) => /^assets\/(law.*)-[\w-]{8}\.js$/.exec(at)?.[1] ?? [],
  );
  assert.deepEqual(names.sort(), ['law', 'law-ar', 'law-base', 'law-en', 'law-es', 'law-rights']);
});
