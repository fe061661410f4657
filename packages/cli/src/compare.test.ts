import assert from 'node:assert/strict';
import test from 'node:test';
import { pdq } from '@reclaim/fingerprint/pdq';
import { pngOf } from '@reclaim/raster/png-file.fixture';
import { blank, mirrored, scene } from './picture.fixture.ts';
import { documentOf, World } from './terminal.fixture.ts';

test('the same picture in other bytes is a match at distance 0', async () => {
  await using world = await World.make();
  await world.put('a.png', pngOf(scene(11)));
  await world.put('b.png', pngOf(scene(11), 'copied'));
  const ran = await world.run(['compare', '--json', 'a.png', 'b.png']);
  assert.equal(ran.status, 0);
  assert.deepEqual(documentOf(ran), {
    match: true,
    distanceBits: 0,
    thresholdBits: 31,
    orientation: 'original',
    sameBytes: false,
  });
});

test('a mirrored copy is found, and its orientation named', async () => {
  await using world = await World.make();
  await world.put('a.png', pngOf(scene(12)));
  await world.put('mirror.png', pngOf(mirrored(scene(12))));
  const ran = await world.run(['compare', 'a.png', 'mirror.png']);
  assert.equal(ran.status, 0);
  assert.match(ran.stdout, /^match\n {2}distance {5}\d{1,2} bits of 256.*\n {2}orientation {2}flipY$/m);
});

test('two pictures are no match', async () => {
  await using world = await World.make();
  await world.put('a.png', pngOf(scene(13)));
  await world.put('b.png', pngOf(scene(14)));
  const ran = await world.run(['compare', 'a.png', 'b.png']);
  assert.equal(ran.status, 1);
  assert.match(ran.stdout, /^no match/);
});

test('hashes compare with hashes and with files, at the threshold and beyond it', async () => {
  await using world = await World.make();
  await world.put('a.png', pngOf(scene(15)));
  const { hash } = pdq(scene(15));
  assert.equal((await world.run(['compare', 'a.png', hash.toUpperCase()])).status, 0);
  assert.equal((await world.run(['compare', hash, 'a.png'])).status, 0);
  const zero = '0'.repeat(64);
  // 7 + 6·4 = 31 bits, then 32.
  const near = `7${'f'.repeat(7)}${'0'.repeat(56)}`;
  const far = `${'f'.repeat(8)}${'0'.repeat(56)}`;
  const at31 = await world.run(['compare', '--json', zero, near]);
  assert.equal(at31.status, 0);
  assert.equal(documentOf(at31)['distanceBits'], 31);
  assert.equal(documentOf(at31)['sameBytes'], null);
  const at32 = await world.run(['compare', '--json', zero, far]);
  assert.equal(at32.status, 1);
  assert.equal(documentOf(at32)['distanceBits'], 32);
});

test('a picture without a PDQ hash matches only by its bytes; else there is no answer', async () => {
  await using world = await World.make();
  await world.put('blank.png', pngOf(blank(60, 60)));
  await world.put('again.png', pngOf(blank(60, 60)));
  await world.put('other.png', pngOf(blank(61, 60)));
  const same = await world.run(['compare', '--json', 'blank.png', 'again.png']);
  assert.equal(same.status, 0);
  assert.deepEqual(documentOf(same), {
    match: true,
    distanceBits: null,
    thresholdBits: 31,
    orientation: null,
    sameBytes: true,
  });
  const unknown = await world.run(['compare', 'blank.png', 'other.png']);
  assert.equal(unknown.status, 2);
  assert.match(unknown.stderr, /blank\.png has no PDQ hash to compare: the picture is blank/);
});

test('two empty files are not the same picture', async () => {
  await using world = await World.make();
  await world.put('a.png', '');
  await world.put('b.png', '');
  const ran = await world.run(['compare', 'a.png', 'b.png']);
  assert.equal(ran.status, 2);
  assert.match(ran.stderr, /a\.png: the file is empty/);
});

test('a hash that was typed is never repeated in a sentence', async () => {
  await using world = await World.make();
  await world.put('blank.png', pngOf(blank(60, 60)));
  const typed = 'ab'.repeat(32);
  const ran = await world.run(['compare', 'blank.png', typed]);
  assert.equal(ran.status, 2);
  assert.ok(!ran.stderr.includes(typed));
});

test('a missing file and a wrong number of inputs are bad use', async () => {
  await using world = await World.make();
  const missing = await world.run(['compare', 'nowhere.png', '0'.repeat(64)]);
  assert.equal(missing.status, 2);
  assert.match(missing.stderr, /nowhere\.png: there is no such file/);
  for (const argv of [['compare'], ['compare', 'a'], ['compare', 'a', 'b', 'c'], ['compare', '-', '-']]) {
    assert.equal((await world.run(argv)).status, 2);
  }
});
