import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import sharp from 'sharp';
import { countFrames } from './frame-count.ts';
import {
  ENCODERS,
  gifOfTinyFrames,
  pngChunk,
  pngThatClaims,
  testPicture,
  tiffChain,
  webpOfTinyFrames,
} from './hostile-picture.fixture.ts';

test('a still of each format has one frame', async () => {
  for (const format of ENCODERS) {
    assert.equal(countFrames(await testPicture().toFormat(format).toBuffer(), format, 100), 1, format);
  }
});

test('frames are counted as encoders write them', async () => {
  const frames = await Promise.all(
    [10, 120, 240].map((level) =>
      sharp({ create: { width: 8, height: 8, channels: 3, background: { r: level, g: 0, b: 9 } } })
        .png()
        .toBuffer(),
    ),
  );
  const joined = sharp(frames, { join: { animated: true } });
  assert.equal(countFrames(await joined.clone().gif().toBuffer(), 'gif', 100), 3);
  assert.equal(countFrames(await joined.clone().webp().toBuffer(), 'webp', 100), 3);
  assert.equal(countFrames(await joined.clone().tiff().toBuffer(), 'tiff', 100), 3);
  assert.equal(countFrames(await joined.clone().tiff({ bigtiff: true }).toBuffer(), 'tiff', 100), 3);
});

test('counting stops right behind the limit', async () => {
  assert.equal(countFrames(gifOfTinyFrames(1, 1, 50), 'gif', 10), 11);
  assert.equal(countFrames(await webpOfTinyFrames(50), 'webp', 10), 11);
  assert.equal(countFrames(tiffChain(50, false), 'tiff', 10), 11);
  assert.equal(countFrames(tiffChain(3, true), 'tiff', 10), 11, 'a chain that bites its tail');
  assert.equal(countFrames(tiffChain(50, false), 'tiff', 100), 50);
});

test('an animated PNG and an AVIF sequence are more than their still', async () => {
  const png = Buffer.from(pngThatClaims(1, 1, 2));
  const control = Buffer.alloc(8);
  control.writeUInt32BE(7, 0);
  const animated = Buffer.concat([png.subarray(0, 33), pngChunk('acTL', control), png.subarray(33)]);
  assert.equal(countFrames(animated, 'png', 100), 8);
  const avif = await testPicture().avif().toBuffer();
  avif.write('avis', 8, 'latin1');
  assert.equal(countFrames(avif, 'avif', 100), 2);
});

test('any bytes end the walk with a count of at least one', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 8, maxLength: 200 }),
      fc.constantFrom(...ENCODERS),
      (bytes, format) => {
        const frames = countFrames(bytes, format, 20);
        assert.ok(frames >= 1);
        if (format !== 'png') assert.ok(frames <= 21);
      },
    ),
    { numRuns: 400 },
  );
});
