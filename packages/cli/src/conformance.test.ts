import assert from 'node:assert/strict';
import test from 'node:test';
import { pdq } from '@reclaim/fingerprint/pdq';
import { pngOf } from '@reclaim/raster/png-file.fixture';
import { parseExpected } from './conformance.ts';
import { scene } from './picture.fixture.ts';
import { Problem } from './problem.ts';
import { documentOf, World } from './terminal.fixture.ts';

async function twoPictures(): Promise<{ world: World; hashes: readonly [string, string] }> {
  const world = await World.make();
  await world.put('a.png', pngOf(scene(21)));
  await world.put('b.png', pngOf(scene(22)));
  return { world, hashes: [pdq(scene(21)).hash, pdq(scene(22)).hash] };
}

test('equal hashes are counted and give status 0', async () => {
  const { world, hashes } = await twoPictures();
  await using _ = world;
  await world.put('expected.csv', `file,pdq\r\na.png,${hashes[0]}\r\nb.png,${hashes[1].toUpperCase()}\r\n`);
  const ran = await world.run(['conformance', 'pdq', '.', 'expected.csv']);
  assert.equal(ran.status, 0);
  assert.match(ran.stdout, /^a\.png +0 +\d+$/m);
  assert.match(ran.stdout, /^2 of 2 equal$/m);
});

test('one wrong bit is seen and gives status 1', async () => {
  const { world, hashes } = await twoPictures();
  await using _ = world;
  const last = Number.parseInt(hashes[1].at(-1)!, 16) ^ 1;
  await world.put(
    'expected.csv',
    `file,pdq\na.png,${hashes[0]}\nb.png,${hashes[1].slice(0, -1)}${last.toString(16)}\n`,
  );
  const ran = await world.run(['conformance', 'pdq', '.', 'expected.csv', '--json']);
  assert.equal(ran.status, 1);
  const { equal, total, files } = documentOf(ran);
  assert.deepEqual([equal, total], [1, 2]);
  assert.deepEqual(
    (files as Record<string, unknown>[]).map((file) => [
      file['equal'],
      file['distanceBits'],
      file['problem'],
    ]),
    [
      [true, 0, null],
      [false, 1, null],
    ],
  );
});

test('a missing or broken file gives status 2, whatever the others are', async () => {
  const { world, hashes } = await twoPictures();
  await using _ = world;
  await world.put('no-picture.png', 'words');
  await world.put(
    'expected.csv',
    `file,pdq\na.png,${hashes[0]}\ngone.png,${hashes[0]}\nno-picture.png,${hashes[0]}\n`,
  );
  const ran = await world.run(['conformance', 'pdq', '.', 'expected.csv']);
  assert.equal(ran.status, 2);
  assert.match(ran.stdout, /^gone\.png +there is no such file$/m);
  assert.match(ran.stdout, /^no-picture\.png +this is not an image$/m);
  assert.match(ran.stdout, /^1 of 3 equal$/m);
  assert.match(ran.stderr, /2 files could not be compared/);
});

test('a list with another header, a broken line, no lines or a way out of the folder is refused', () => {
  const hash = 'ab'.repeat(32);
  for (const text of [
    '',
    'file;pdq\n',
    'file,pdq\n',
    'file,pdq\na.png\n',
    `file,pdq\n,${hash}\n`,
    `file,pdq\na.png,${hash}0\n`,
    `file,pdq\n../a.png,${hash}\n`,
    `file,pdq\nx/../../a.png,${hash}\n`,
    `file,pdq\n/etc/hostname,${hash}\n`,
  ]) {
    assert.throws(() => parseExpected(text), Problem);
  }
  assert.deepEqual(parseExpected(`file,pdq\na, b.png,${hash}\n\n`), [{ file: 'a, b.png', pdq: hash }]);
});

test('a list that is not there or not text, another kind, and missing arguments are bad use', async () => {
  await using world = await World.make();
  await world.put('bytes.csv', new Uint8Array([0xff, 0xfe, 0x80]));
  assert.match(
    (await world.run(['conformance', 'pdq', '.', 'none.csv'])).stderr,
    /none\.csv: there is no such/,
  );
  assert.match((await world.run(['conformance', 'pdq', '.', 'bytes.csv'])).stderr, /not text in UTF-8/);
  assert.match((await world.run(['conformance', 'pqd', '.', 'x.csv'])).stderr, /knows only pdq so far/);
  for (const argv of [['conformance'], ['conformance', 'pdq', '.'], ['conformance', 'pdq', '.', 'a', 'b']]) {
    assert.equal((await world.run(argv)).status, 2);
  }
});
