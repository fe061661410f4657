/**
 * Story: a person has only a screenshot of the picture. What the portal proposes to cut out of it has the hash that the
 * picture itself would have.
 * @module
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cutPixels } from '@reclaim/decode/altered-copy.fixture';
import { decodeImage } from '@reclaim/decode/decode-image';
import { phoneScreen } from '@reclaim/decode/drawn-screen.fixture';
import { jpegOf } from '@reclaim/decode/picture-file.fixture';
import { MAX_DISTANCE_BITS, pdq } from '@reclaim/fingerprint/pdq';
import { hammingDistance, signalBytes } from '@reclaim/fingerprint/signal';
import { landscape, seededRandom } from '@reclaim/raster/landscape.fixture';
import { clampRect, proposeCrop, smallLuma } from '@reclaim/web/portal/core/crop';

const SCREENS = 12;

test(`of ${SCREENS} phone screenshots nearly every one ends within 31 bits of the picture, and none is cropped that is none`, async () => {
  let found = 0;
  for (let i = 0; i < SCREENS; i++) {
    const original = landscape(60 + i, 800, 600);
    assert.equal(proposeCrop(smallLuma(original)).kind, 'none', `landscape ${i}`);
    const file = await jpegOf((await phoneScreen(original, seededRandom(i))).pixels, 85);
    const shot = await decodeImage(file);
    assert.ok(shot.ok);
    const proposed = proposeCrop(smallLuma(shot.pixels));
    if (proposed.kind === 'none') continue;
    const { x, y, width, height } = clampRect(proposed.rect, shot.pixels.width, shot.pixels.height);
    const hashes = [original, cutPixels(shot.pixels, x, y, width, height)].map((p) =>
      signalBytes(pdq(p).hash),
    );
    if (hammingDistance(hashes[0]!, hashes[1]!) <= MAX_DISTANCE_BITS) found++;
  }
  assert.ok(found >= 10, `${found} of ${SCREENS}`);
});
