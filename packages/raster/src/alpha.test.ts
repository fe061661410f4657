import assert from 'node:assert/strict';
import test from 'node:test';
import { flattenAlpha, hasTransparency } from './alpha.ts';
import { parsePixels } from './pixels.ts';

test('flattening rounds every colour at every alpha as exact arithmetic does', () => {
  const data = new Uint8Array(256 * 256 * 4);
  for (let colour = 0; colour < 256; colour++)
    for (let alpha = 0; alpha < 256; alpha++)
      data.set([colour, 255 - colour, colour, alpha], 4 * (256 * colour + alpha));
  const background = { red: 255, green: 0, blue: 77 };
  const flat = flattenAlpha(parsePixels(data, 256, 256, 4), background);
  assert.equal(flat.channels, 3);
  for (let colour = 0; colour < 256; colour++)
    for (let alpha = 0; alpha < 256; alpha++) {
      const at = 3 * (256 * colour + alpha);
      // v/255 is never halfway between two integers, since 255 is odd.
      assert.equal(flat.data[at], Math.round((colour * alpha + 255 * (255 - alpha)) / 255));
      assert.equal(flat.data[at + 1], Math.round(((255 - colour) * alpha) / 255));
      assert.equal(flat.data[at + 2], Math.round((colour * alpha + 77 * (255 - alpha)) / 255));
    }
});

test('an opaque picture keeps its colours, and a picture without alpha is itself', () => {
  const opaque = parsePixels(Uint8Array.of(1, 2, 3, 255, 200, 100, 0, 255), 2, 1, 4);
  assert.deepEqual([...flattenAlpha(opaque).data], [1, 2, 3, 200, 100, 0]);
  assert.equal(hasTransparency(opaque), false);
  const rgb = parsePixels(Uint8Array.of(1, 2, 3), 1, 1, 3);
  assert.equal(flattenAlpha(rgb), rgb);
  assert.equal(hasTransparency(rgb), false);
});

test('one sample of 254 is transparency', () => {
  assert.equal(hasTransparency(parsePixels(Uint8Array.of(1, 2, 3, 255, 1, 2, 3, 254), 2, 1, 4)), true);
});
