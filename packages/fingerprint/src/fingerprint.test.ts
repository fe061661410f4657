import assert from 'node:assert/strict';
import test from 'node:test';
import { landscape } from '@reclaim/raster/landscape.fixture';
import { type Pixels, parsePixels } from '@reclaim/raster/pixels';
import { pdqSignalOf, signalsOf } from './fingerprint.ts';
import { PIPELINE, pdq } from './pdq.ts';
import { sha256 } from './sha256.ts';

const paint = (width: number, height: number, grey: (x: number, y: number) => number): Pixels =>
  parsePixels(
    new Uint8Array(width * height).map((_, i) => grey(i % width, Math.floor(i / width))),
    width,
    height,
    1,
  );

test('a good picture has both signals, and the hash says which pipeline made it', async () => {
  const pixels = landscape(5, 300, 200);
  const signals = await signalsOf({ pixels, bytes: new TextEncoder().encode('abc') });
  assert.deepEqual(signals.sha256, {
    kind: 'sha256',
    // FIPS 180-4, the one-block example
    value: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  });
  assert.deepEqual(signals.pdq, {
    ok: true,
    signal: { kind: 'pdq', value: pdq(pixels).hash, quality: 100, pipeline: PIPELINE },
  });
});

test('a picture under five pixels has its SHA-256 and says that it is too small', async () => {
  const signals = await signalsOf({ pixels: paint(4, 90, (x) => x * 60), bytes: new Uint8Array(3) });
  assert.equal(signals.sha256.value.length, 64);
  assert.deepEqual(signals.pdq, { ok: false, reason: 'too-small', quality: 0 });
});

test('one colour, stripes either way and a slope are blank', () => {
  const blanks = [
    paint(200, 200, () => 128),
    paint(5, 5, () => 0),
    paint(200, 200, (x) => (x % 40 < 20 ? 20 : 230)),
    paint(200, 200, (_, y) => (y % 40 < 20 ? 20 : 230)),
    paint(256, 256, (x) => x),
  ];
  for (const [i, picture] of blanks.entries()) {
    const found = pdqSignalOf(picture);
    assert.equal(found.ok, false, `picture ${i}`);
    if (!found.ok) assert.equal(found.reason, 'blank', `picture ${i}`);
  }
});

test('stripes are blank whatever their quality', () => {
  const found = pdqSignalOf(paint(256, 256, (x) => (x % 16 < 8 ? 0 : 255)));
  assert.ok(!found.ok && found.reason === 'blank' && found.quality >= 50);
});

test('a scene seen through fog is low in quality, not blank', () => {
  const scene = landscape(6, 300, 200);
  const fog = parsePixels(
    new Uint8Array(scene.data.length).map((_, i) => 120 + scene.data[i]! / 9),
    300,
    200,
    3,
  );
  const found = pdqSignalOf(fog);
  assert.ok(!found.ok && found.reason === 'low-quality' && found.quality < 50);
});

test('SHA-256 of nothing is the one of the standard', async () => {
  assert.equal(
    await sha256(new Uint8Array(0)),
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  );
});
