import assert from 'node:assert/strict';
import test from 'node:test';
import { landscape, seededRandom } from '@reclaim/raster/landscape.fixture';
import { parsePixels } from '@reclaim/raster/pixels';
import { pdq } from './pdq.ts';
import { bitRows, medianOf } from './pdq-transform.ts';
import { separability } from './separable.ts';

const of = (coefficients: Float64Array) => separability(bitRows(coefficients, medianOf(coefficients).median));

test('a box on plain ground is one pattern of signs, a landscape is not', () => {
  const random = seededRandom(3);
  let told = 0;
  for (let n = 0; n < 20; n++) {
    const data = new Uint8Array(200 * 200).fill(250);
    const [x, y] = [20 + Math.floor(60 * random()), 20 + Math.floor(60 * random())];
    const [right, bottom] = [120 + Math.floor(60 * random()), 120 + Math.floor(60 * random())];
    for (let row = y; row < bottom; row++) data.fill(20, row * 200 + x, row * 200 + right);
    const box = of(pdq(parsePixels(data, 200, 200, 1)).coefficients);
    assert.ok(box > 0.6, `box ${n}: ${box}`);
    if (box > 0.7) told++;
  }
  assert.ok(told >= 14, `${told} of 20 boxes`);
  for (let seed = 1; seed <= 40; seed++) {
    const scene = of(pdq(landscape(seed, 192, 144)).coefficients);
    assert.ok(scene < 0.65, `landscape ${seed}: ${scene}`);
  }
});

test('a product of signs agrees wholly, and one bit less with each that is turned', () => {
  const coefficients = Float64Array.from({ length: 256 }, (_, at) => {
    const [down, across] = [Math.floor(at / 16) % 3 === 0 ? 1 : -1, (at % 16) % 5 === 0 ? 1 : -1];
    return down * across;
  });
  assert.equal(separability(bitRows(coefficients, 0)), 1);
  coefficients[77] = -coefficients[77]!;
  assert.equal(separability(bitRows(coefficients, 0)), 1 - 2 / 256);
});
