import assert from 'node:assert/strict';
import test from 'node:test';
import { landscape, seededRandom } from '@reclaim/raster/landscape.fixture';
import { greyPixels } from '@reclaim/raster/luma';
import { turnPixels } from '@reclaim/raster/orientation';
import { type Pixels, parsePixels } from '@reclaim/raster/pixels';
import { pdq } from './pdq.ts';
import { hammingDistance, signalBytes } from './signal.ts';
import {
  MIN_WINDOW_QUALITY,
  MOST_WINDOWS,
  WINDOW_DISTANCE_BITS,
  WINDOW_KINDS,
  windowPlaces,
  windowPlane,
  windowsOf,
} from './windows.ts';

function sheet(width: number, height: number, level: number): Pixels & { readonly data: Uint8Array } {
  const data = new Uint8Array(width * height * 3).fill(level);
  return { ...parsePixels(data, width, height, 3), data };
}

function paste(onto: Pixels, picture: Pixels, x: number, y: number): void {
  for (let row = 0; row < picture.height; row++)
    onto.data.set(
      picture.data.subarray(row * picture.width * 3, (row + 1) * picture.width * 3),
      ((y + row) * onto.width + x) * 3,
    );
}

/** Distance of the nearest window, and of the nearest mirror, from the hash of `original`. */
function nearest(upload: Pixels, original: Pixels) {
  const banked = signalBytes(pdq(original).hash);
  let [window, mirror] = [256, 256];
  for (const each of windowsOf(upload)) {
    window = Math.min(window, hammingDistance(banked, signalBytes(each.value)));
    mirror = Math.min(mirror, hammingDistance(banked, signalBytes(each.mirror)));
  }
  return { window, mirror };
}

const SEEDS = [1, 2, 3, 4, 5, 6];

test('a picture in a tall screen with bars is found by a window, and its mirror by the mirror', () => {
  for (const seed of SEEDS) {
    const original = landscape(seed, 720, 540);
    for (const mirrored of [false, true]) {
      const screen = sheet(720, 1560, seed % 2 === 0 ? 0 : 244);
      paste(screen, mirrored ? turnPixels(original, 'flipY') : original, 0, 300 + 70 * seed);
      const { window, mirror } = nearest(screen, original);
      const bits = mirrored ? mirror : window;
      assert.ok(bits <= WINDOW_DISTANCE_BITS, `seed ${seed}, mirrored ${mirrored}: ${bits}`);
    }
  }
});

test("a picture in the middle of a page is found where one of its upright sides has the page's brightness", () => {
  let found = 0;
  for (const seed of SEEDS) {
    const original = landscape(seed, 480, 360);
    const page = sheet(540, 1100, 250);
    paste(page, original, 30, 200 + 60 * seed);
    // The last columns fade into the page: no edge stands there, and no line that ends beside it.
    for (let y = 0; y < 360; y++)
      for (let x = 450; x < 480; x++) {
        const at = ((200 + 60 * seed + y) * 540 + 30 + x) * 3;
        for (let c = at; c < at + 3; c++)
          page.data[c] = Math.round(page.data[c]! + ((250 - page.data[c]!) * (x - 449)) / 30);
      }
    if (nearest(page, original).window <= WINDOW_DISTANCE_BITS) found++;
  }
  assert.ok(found >= 5, `${found} of ${SEEDS.length}`);
});

test('each of four pictures side by side without a gap is found by a part', () => {
  const pictures = [11, 12, 13, 14].map((seed) => landscape(seed, 400, 300));
  const collage = sheet(800, 600, 0);
  for (const [i, each] of pictures.entries()) paste(collage, each, (i % 2) * 400, Math.floor(i / 2) * 300);
  for (const each of pictures) assert.ok(nearest(collage, each).window <= WINDOW_DISTANCE_BITS);
});

test('landscapes that nobody protected are found by no window', () => {
  const banked = Array.from({ length: 30 }, (_, i) => signalBytes(pdq(landscape(100 + i, 320, 240)).hash));
  for (let i = 0; i < 12; i++)
    for (const { value, mirror } of windowsOf(landscape(300 + i, 320, 240)))
      for (const hash of [value, mirror])
        for (const each of banked) assert.ok(hammingDistance(each, signalBytes(hash)) > 31);
});

test('a copy of which a strip was cut off is found with its own reflection in place', () => {
  let found = 0;
  for (const seed of SEEDS) {
    const original = landscape(seed, 640, 480);
    const copy = sheet(624, 468, 0);
    for (let y = 0; y < 468; y++)
      copy.data.set(
        original.data.subarray(((y + 12) * 640 + 16) * 3, ((y + 12) * 640 + 640) * 3),
        y * 624 * 3,
      );
    if (nearest(copy, original).window <= WINDOW_DISTANCE_BITS) found++;
  }
  assert.ok(found >= 5, `${found} of ${SEEDS.length}`);
});

test('windows are of a known kind and a fair quality, and never the whole, one twice, or too many', () => {
  const crowded = sheet(900, 900, 255);
  const random = seededRandom(9);
  for (let i = 0; i < 10_000; i++) {
    const [x, y] = [Math.floor(random() * 890), Math.floor(random() * 890)];
    const level = Math.floor(random() * 256);
    for (let row = y; row < y + 10; row++)
      crowded.data.fill(level, (row * 900 + x) * 3, (row * 900 + x + 10) * 3);
  }
  for (const picture of [crowded, landscape(5, 1200, 300), landscape(6, 200, 200)]) {
    const plane = windowPlane(picture);
    const places = windowPlaces(plane);
    assert.ok(places.length <= MOST_WINDOWS);
    assert.equal(new Set(places.map((p) => `${p.x} ${p.y} ${p.width} ${p.height}`)).size, places.length);
    assert.ok(places.every(({ width, height }) => width < plane.width || height < plane.height));
    assert.ok(windowsOf(picture).length <= MOST_WINDOWS);
    for (const { window, quality } of windowsOf(picture)) {
      assert.ok(WINDOW_KINDS.includes(window));
      assert.ok(quality >= MIN_WINDOW_QUALITY && quality <= 100);
    }
  }
});

test('one colour, slivers and the smallest picture have no window', () => {
  for (const [width, height] of [
    [400, 300],
    [1, 20_000],
    [20_000, 1],
    [1, 1],
    [31, 31],
  ] as const)
    assert.deepEqual(windowsOf(sheet(width, height, 130)), []);
});

test('grey and coloured pixels of the same luma have the same windows', () => {
  const picture = landscape(8, 500, 400);
  const values = (pixels: Pixels) => windowsOf(pixels).map(({ value }) => value);
  assert.deepEqual(values(greyPixels(picture)), values(picture));
});
