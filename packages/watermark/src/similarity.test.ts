import assert from 'node:assert/strict';
import test from 'node:test';
import { landscape, seededRandom } from '@reclaim/raster/landscape.fixture';
import { parsePixels } from '@reclaim/raster/pixels';
import { emptyPlane } from '@reclaim/raster/plane';
import { LEAST_SIMILARITY, similarityWith } from './similarity.ts';

const grain = (width: number, height: number) => {
  const random = seededRandom(5);
  const plane = emptyPlane(width, height);
  for (let i = 0; i < plane.data.length; i++) plane.data[i] = random() < 0.5 ? -1 : 1;
  return plane;
};

test('similarity is 1 for the same picture, and falls as what is added grows', () => {
  const similarity = similarityWith(landscape(3, 200, 150), grain(200, 150));
  assert.equal(similarity(0), 1);
  const found = [1, 2, 3, 4].map(similarity);
  assert.deepEqual(
    found,
    found.toSorted((a, b) => b - a),
  );
  assert.ok(found.every((value) => value > 0 && value < 1));
});

test('on one grey all over it is what the formula says by hand', () => {
  const grey = parsePixels(new Uint8Array(140 * 140).fill(100), 140, 140, 1);
  const chequered = emptyPlane(140, 140);
  for (let i = 0; i < chequered.data.length; i++)
    chequered.data[i] = ((i % 140) + Math.floor(i / 140)) % 2 === 0 ? 2 : -2;
  // 25 of one sign and 24 of the other in each window: mean ±2/49, variance 4 − (2/49)², covariance 0.
  const shift = 2 / 49;
  const c1 = 2.55 ** 2;
  const c2 = 7.65 ** 2;
  const by = (mean: number) =>
    ((2 * 100 * mean + c1) * c2) / ((100 * 100 + mean * mean + c1) * (4 - shift * shift + c2));
  const expected = (by(100 + shift) + by(100 - shift)) / 2;
  assert.ok(Math.abs(similarityWith(grey, chequered)(1) - expected) < 1e-4);
  assert.ok(expected < LEAST_SIMILARITY, 'a plain wall shows a grain of two grey levels');
});
