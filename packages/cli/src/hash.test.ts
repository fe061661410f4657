import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { pdq } from '@reclaim/fingerprint/pdq';
import { pngOf } from '@reclaim/raster/png-file.fixture';
import { blank, poor, scene, stripes } from './picture.fixture.ts';
import { documentOf, World } from './terminal.fixture.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

test('a picture has a PDQ hash with its quality and a SHA-256', async () => {
  await using world = await World.make();
  const bytes = pngOf(scene(1));
  await world.put('one.png', bytes);
  const { hash, quality } = pdq(scene(1));
  const ran = await world.run(['hash', 'one.png']);
  assert.equal(ran.status, 0);
  assert.equal(ran.stderr, '');
  assert.equal(ran.stdout, `one.png\n  pdq     ${hash}  quality ${quality}\n  sha256  ${sha256(bytes)}\n`);
});

test('--json is one document, with the pipeline beside the hash', async () => {
  await using world = await World.make();
  const bytes = pngOf(scene(2));
  await world.put('two.png', bytes);
  const { hash, quality } = pdq(scene(2));
  const ran = await world.run(['hash', '--json', 'two.png']);
  assert.equal(ran.status, 0);
  assert.deepEqual(documentOf(ran), {
    files: [
      {
        file: 'two.png',
        ok: true,
        sha256: sha256(bytes),
        pdq: { kind: 'hash', value: hash, quality, pipeline: 'reclaim-pdq-1' },
        oddities: [],
      },
    ],
  });
});

test('too small, blank and poor pictures say why they have no PDQ hash, and are no error', async () => {
  await using world = await World.make();
  await world.put('small.png', pngOf(blank(4, 90)));
  await world.put('blank.png', pngOf(blank(90, 90)));
  await world.put('poor.png', pngOf(poor()));
  await world.put('stripes.png', pngOf(stripes()));
  const names = ['small.png', 'blank.png', 'poor.png', 'stripes.png'];
  const ran = await world.run(['hash', ...names]);
  assert.equal(ran.status, 0);
  const lines = ran.stdout.split('\n').filter((line) => line.startsWith('  pdq'));
  assert.match(lines[0]!, /none: the picture is smaller than 5 by 5 pixels/);
  assert.match(lines[1]!, /none: the picture is blank/);
  assert.match(lines[2]!, /none: .*\(quality under 50\), here [1-4]?\d$/);
  assert.match(lines[3]!, /none: the picture is blank, or mere stripes/);
  const json = await world.run(['hash', '--json', ...names]);
  const files = documentOf(json)['files'] as { pdq: { kind: string; reason: string } }[];
  assert.deepEqual(
    files.map(({ pdq: found }) => found.reason),
    ['too-small', 'blank', 'low-quality', 'blank'],
  );
});

test('--reference shows the hash whatever its quality, as what it is', async () => {
  await using world = await World.make();
  await world.put('poor.png', pngOf(poor()));
  const ran = await world.run(['hash', '--reference', '--json', 'poor.png']);
  assert.equal(ran.status, 0);
  const [file] = documentOf(ran)['files'] as { pdq: Record<string, unknown> }[];
  const { hash, quality } = pdq(poor());
  assert.deepEqual(file!.pdq, { kind: 'hash', value: hash, quality, pipeline: 'reclaim-pdq-1-reference' });
});

test('one bad file does not stop the rest', async () => {
  await using world = await World.make();
  await mkdir(join(world.cwd, 'folder'));
  await world.put('good.png', pngOf(scene(3)));
  await world.put('text.png', 'not a picture at all');
  await world.put('empty.png', '');
  const ran = await world.run(['hash', 'missing.png', 'folder', 'text.png', 'empty.png', 'good.png']);
  assert.equal(ran.status, 2);
  assert.match(ran.stderr, /^reclaim: missing\.png: there is no such file$/m);
  assert.match(ran.stderr, /^reclaim: folder: this is a directory/m);
  assert.match(ran.stderr, /^reclaim: text\.png: this is not an image$/m);
  assert.match(ran.stderr, /^reclaim: empty\.png: the file is empty$/m);
  assert.ok(!ran.stdout.includes(sha256(new Uint8Array(0))));
  assert.match(ran.stdout, /good\.png\n {2}pdq {5}[0-9a-f]{64}/);
  const json = await world.run(['hash', '--json', 'missing.png', 'text.png', 'good.png']);
  assert.equal(json.status, 2);
  assert.equal(json.stderr, '');
  const files = documentOf(json)['files'] as Record<string, unknown>[];
  assert.deepEqual(
    files.map(({ ok, reason }) => [ok, reason]),
    [
      [false, 'not-read'],
      [false, 'not-an-image'],
      [true, undefined],
    ],
  );
  assert.equal(files[1]!['sha256'], sha256(Buffer.from('not a picture at all')));
});

test('a broken picture is hashed and marked as damaged', async () => {
  await using world = await World.make();
  const whole = pngOf(scene(4));
  await world.put('broken.png', whole.subarray(0, Math.floor(whole.length * 0.8)));
  const ran = await world.run(['hash', 'broken.png']);
  assert.equal(ran.status, 0);
  assert.match(ran.stdout, /note {4}the file is damaged/);
});

test('standard input is read once', async () => {
  await using world = await World.make();
  const stdin = pngOf(scene(5));
  const ran = await world.run(['hash', '-'], { stdin });
  assert.equal(ran.status, 0);
  assert.match(ran.stdout, /^standard input$/m);
  assert.ok(ran.stdout.includes(sha256(stdin)));
  const twice = await world.run(['hash', '-', '-'], { stdin });
  assert.equal(twice.status, 2);
});

test('progress is for a terminal, and is taken away again', async () => {
  await using world = await World.make();
  await world.put('a.png', pngOf(scene(6)));
  await world.put('b.png', pngOf(scene(7)));
  const watched = await world.run(['hash', 'a.png', 'b.png'], { isTTY: true });
  assert.match(watched.stderr, /hashing 1 of 2 files/);
  assert.ok(watched.stderr.endsWith('\r\x1b[K'));
  const piped = await world.run(['hash', 'a.png', 'b.png']);
  assert.equal(piped.stderr, '');
  assert.equal(piped.stdout, watched.stdout);
});

test('a name with an escape sequence is shown without it', async () => {
  await using world = await World.make();
  const ran = await world.run(['hash', 'x\x1b[2J.png']);
  assert.equal(ran.status, 2);
  assert.ok(!ran.stderr.includes('\x1b'));
});

test('no file is bad use', async () => {
  await using world = await World.make();
  const ran = await world.run(['hash']);
  assert.equal(ran.status, 2);
  assert.match(ran.stderr, /expects at least one file/);
});
