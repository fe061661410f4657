/**
 * Property tests draw the same examples in each run, unless others are asked for.
 * @module
 */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import { seedOf } from './seed-of.ts';

/** What ten draws are in a process that loads the seed first, as the runner's do. */
function drawn(asked: string): string {
  const code =
    "import fc from 'fast-check'; const all = []; fc.assert(fc.property(fc.integer(), (n) => { all.push(n); }), { numRuns: 10 }); console.log(all.join());";
  const seed = pathToFileURL(path.join(import.meta.dirname, 'seed.ts')).href;
  return execFileSync(process.execPath, ['--import', seed, '--input-type=module', '-e', code], {
    cwd: import.meta.dirname,
    env: { ...process.env, RECLAIM_SEED: asked },
    encoding: 'utf8',
  });
}

test('two runs draw the same, another seed draws something else', () => {
  const usual = drawn('');
  assert.equal(drawn(''), usual);
  assert.equal(usual.trim().split(',').length, 10);
  assert.notEqual(drawn('7'), usual);
});

test('a seed is a whole number, or made of this moment, or refused', () => {
  assert.equal(seedOf(undefined, 5), seedOf('', 9));
  assert.equal(seedOf('7', 0), 7);
  assert.equal(seedOf('anew', 2 ** 31 + 12), 12);
  for (const wrong of ['-1', '1.5', 'new', '2147483648', ' 7', '1e3'])
    assert.throws(() => seedOf(wrong, 0), RangeError);
});
