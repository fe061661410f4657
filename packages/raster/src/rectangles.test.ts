import assert from 'node:assert/strict';
import test from 'node:test';
import { withoutBorders } from './borders.ts';
import { landscape, seededRandom } from './landscape.fixture.ts';
import { greyPixels } from './luma.ts';
import { type Pixels, parsePixels } from './pixels.ts';
import { findRectangles, overlap, type Rectangle } from './rectangles.ts';

function ground(width: number, height: number, level: number): Pixels & { readonly data: Uint8Array } {
  const data = new Uint8Array(width * height).fill(level);
  return { ...parsePixels(data, width, height, 1), data };
}

function paste(onto: Pixels, picture: Pixels, x: number, y: number): Rectangle {
  for (let row = 0; row < picture.height; row++)
    onto.data.set(
      picture.data.subarray(row * picture.width, (row + 1) * picture.width),
      (y + row) * onto.width + x,
    );
  return { x, y, width: picture.width, height: picture.height };
}

const scene = (seed: number, width: number, height: number) => greyPixels(landscape(seed, width, height));

test('a picture on plain ground is found to the pixel', () => {
  for (let seed = 1; seed <= 12; seed++) {
    const screen = ground(240, 512, seed % 2 === 0 ? 0 : 248);
    const place = paste(screen, scene(seed, 200, 150), 20, 60 + 20 * seed);
    const found = findRectangles(screen, 8);
    assert.ok(
      found.some((each) => overlap(each, place) > 0.98),
      `seed ${seed}`,
    );
  }
});

test('cells of a collage with and without a gap are found', () => {
  for (const gap of [0, 4]) {
    const sheet = ground(2 * 250 + 3 * gap, 2 * 180 + 3 * gap, 255);
    const cells = [0, 1, 2, 3].map((i) =>
      paste(
        sheet,
        scene(40 + i, 250, 180),
        gap + (i % 2) * (250 + gap),
        gap + Math.floor(i / 2) * (180 + gap),
      ),
    );
    const found = findRectangles(sheet, 16);
    for (const cell of cells) assert.ok(found.some((each) => overlap(each, cell) > 0.97));
  }
});

test('plain borders are taken away, one at a time or all round, and a plain plane keeps its middle', () => {
  const sheet = ground(300, 300, 12);
  const place = paste(sheet, scene(3, 300, 200), 0, 50);
  const left = withoutBorders(sheet, 4);
  assert.ok(overlap(left, place) > 0.97, JSON.stringify(left));
  const plain = withoutBorders(ground(300, 300, 12), 4);
  assert.ok(plain.width >= 30 && plain.height >= 30);
});

test('the work is bounded: noise, 10,000 edges, stripes and slivers give few rectangles or none', () => {
  const random = seededRandom(5);
  const noise = ground(512, 512, 0);
  for (let i = 0; i < noise.data.length; i++) noise.data[i] = Math.floor(256 * random());
  const bars = ground(512, 512, 0);
  for (let y = 0; y < 512; y++)
    for (let x = 0; x < 512; x++) bars.data[y * 512 + x] = (x >> 1) % 2 === (y >> 1) % 2 ? 255 : 0;
  const stripes = ground(512, 512, 0);
  for (let y = 0; y < 512; y++) stripes.data.fill(y % 7 === 0 ? 255 : 0, y * 512, (y + 1) * 512);
  const blocks = ground(512, 512, 128);
  for (let i = 0; i < 2_500; i++) {
    const [x, y, level] = [
      Math.floor(500 * random()),
      Math.floor(500 * random()),
      Math.floor(256 * random()),
    ];
    for (let row = y; row < y + 9; row++) blocks.data.fill(level, row * 512 + x, row * 512 + x + 9);
  }
  for (const plane of [noise, bars, stripes, blocks, ground(512, 1, 3), ground(1, 512, 3)])
    assert.ok(findRectangles(plane, 16).length <= 32);
  assert.deepEqual(findRectangles(ground(512, 512, 9), 16), []);
});
