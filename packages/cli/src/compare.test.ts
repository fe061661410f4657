import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { pdq } from '@reclaim/fingerprint/pdq';
import { landscape } from '@reclaim/raster/landscape.fixture';
import { parsePixels } from '@reclaim/raster/pixels';
import { pngOf } from '@reclaim/raster/png-file.fixture';
import { blank, mirrored, scene } from './picture.fixture.ts';
import { documentOf, World } from './terminal.fixture.ts';

test('the same picture in other bytes is the same picture, at distance 0', async () => {
  await using world = await World.make();
  await world.put('a.png', pngOf(scene(11)));
  await world.put('b.png', pngOf(scene(11), 'copied'));
  const ran = await world.run(['compare', '--json', 'a.png', 'b.png']);
  assert.equal(ran.status, 0);
  const { agreement, votes, ...told } = documentOf(ran);
  assert.ok(Number(agreement) > 0.99 && Number(votes) >= 16);
  assert.deepEqual(told, {
    kind: 'same-picture',
    match: true,
    alteration: { mirrored: false, turnDegrees: 0, scale: 1, aspect: 1, shown: 1, covers: 1, perspective: 0 },
    distanceBits: 0,
    thresholdBits: 31,
    orientation: 'original',
    sameBytes: false,
  });
});

test('a hash that is the SHA-256 of the file is the same file, and no distance is made up; part of a hash is not repeated', async () => {
  await using world = await World.make();
  const file = pngOf(scene(14));
  await world.put('a.png', file);
  const sha256 = createHash('sha256').update(file).digest('hex');
  const same = await world.run(['compare', 'a.png', sha256]);
  assert.equal(same.status, 0);
  assert.match(same.stdout, /^the same file\n {2}distance {5}not asked/);
  const short = await world.run(['compare', 'a.png', sha256.slice(0, 60)]);
  assert.equal(short.status, 2);
  assert.match(short.stderr, /neither a file here nor a hash/);
  assert.ok(!short.stderr.includes(sha256.slice(0, 60)));
});

test('a mirrored copy is found, and its orientation named', async () => {
  await using world = await World.make();
  await world.put('a.png', pngOf(scene(12)));
  await world.put('mirror.png', pngOf(mirrored(scene(12))));
  const ran = await world.run(['compare', 'a.png', 'mirror.png']);
  assert.equal(ran.status, 0);
  assert.match(
    ran.stdout,
    /^an altered copy\n {2}mirrored .*\n {2}distance {5}\d{1,2} bits of 256.*\n {2}orientation {2}flipY$/m,
  );
});

test('a crop that no fingerprint finds is an altered copy, and how much it shows is told', async () => {
  await using world = await World.make();
  const { data, width, channels } = landscape(11, 480, 360);
  const half = new Uint8Array(240 * 200 * channels);
  for (let row = 0; row < 200; row++) {
    const from = ((row + 90) * width + 150) * channels;
    half.set(data.subarray(from, from + 240 * channels), row * 240 * channels);
  }
  await world.put('a.png', pngOf(landscape(11, 480, 360)));
  await world.put('crop.png', pngOf(parsePixels(half, 240, 200, channels)));
  const ran = await world.run(['compare', '--json', 'a.png', 'crop.png']);
  assert.equal(ran.status, 0);
  const told = documentOf(ran);
  assert.equal(told['kind'], 'altered-copy');
  assert.ok(Number(told['distanceBits']) > 31);
  const { shown, covers, scale, turnDegrees } = told['alteration'] as Record<string, number>;
  assert.ok(Math.abs(shown! - (240 * 200) / (480 * 360)) < 0.01, `shown ${shown}`);
  assert.deepEqual([covers, scale, turnDegrees], [1, 1, 0]);
});

test('a picture with a sticker on it is an altered copy, and that it differs is said', async () => {
  await using world = await World.make();
  const { data, width, height, channels } = landscape(11, 480, 360);
  const stuck = data.map((value, at) => {
    const pixel = Math.floor(at / channels);
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    return x > 100 && x < 320 && y > 80 && y < 280 ? 220 : value;
  });
  await world.put('a.png', pngOf(landscape(11, 480, 360)));
  await world.put('stuck.png', pngOf(parsePixels(stuck, width, height, channels)));
  const ran = await world.run(['compare', 'a.png', 'stuck.png']);
  assert.equal(ran.status, 0);
  assert.match(ran.stdout, /^an altered copy\n {2}differs {6}part of it is covered/);
});

test('two pictures are unrelated', async () => {
  await using world = await World.make();
  await world.put('a.png', pngOf(scene(13)));
  await world.put('b.png', pngOf(scene(14)));
  const ran = await world.run(['compare', 'a.png', 'b.png']);
  assert.equal(ran.status, 1);
  assert.match(ran.stdout, /^unrelated/);
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
    kind: 'same-bytes',
    match: true,
    alteration: null,
    agreement: null,
    votes: null,
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
