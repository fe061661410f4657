import assert from 'node:assert/strict';
import test from 'node:test';
import { exactEdges } from './exact-edges.ts';
import { landscape } from './landscape.fixture.ts';
import { greyPixels } from './luma.ts';
import { type Pixels, parsePixels } from './pixels.ts';
import { shrinkLuma } from './shrink.ts';
import { type Quadrangle, straighten, tiltedFrame } from './tilted-frame.ts';

const scene = (seed: number, width: number, height: number) => greyPixels(landscape(seed, width, height));

/** The picture turned by some degrees on a ground that holds all of it. */
function turned(picture: Pixels, degrees: number, ground: number): Pixels {
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  const { width, height, data } = picture;
  const wide = Math.ceil(width * cos + height * Math.abs(sin));
  const tall = Math.ceil(width * Math.abs(sin) + height * cos);
  const canvas = new Uint8Array(wide * tall).fill(ground);
  for (let y = 0; y < tall; y++)
    for (let x = 0; x < wide; x++) {
      const [dx, dy] = [x + 0.5 - wide / 2, y + 0.5 - tall / 2];
      const u = Math.floor(dx * cos + dy * sin + width / 2);
      const v = Math.floor(-dx * sin + dy * cos + height / 2);
      if (u >= 0 && v >= 0 && u < width && v < height) canvas[y * wide + x] = data[v * width + u]!;
    }
  return parsePixels(canvas, wide, tall, 1);
}

test('a picture turned by some degrees on plain ground is made upright again', () => {
  let found = 0;
  for (const [seed, degrees] of [
    [1, 2],
    [2, -5],
    [3, 10],
    [4, -10],
    [5, 7],
    [6, 3],
  ] as const) {
    const picture = scene(seed, 400, 300);
    const frame = tiltedFrame(turned(picture, degrees, seed % 2 === 0 ? 0 : 255));
    if (frame === undefined) continue;
    found++;
    const upright = straighten(turned(picture, degrees, seed % 2 === 0 ? 0 : 255), frame, 64);
    const expected = shrinkLuma(picture, 64);
    let apart = 0;
    for (let y = 0; y < expected.height; y++)
      for (let x = 0; x < 64; x++)
        apart += Math.abs(
          expected.data[64 * y + x]! - upright.data[64 * Math.floor(((y + 0.5) * 64) / expected.height) + x]!,
        );
    assert.ok(apart / expected.data.length < 12, `seed ${seed}: ${apart / expected.data.length} levels`);
  }
  // Where a sky is as bright as the ground no edge is seen.
  assert.ok(found >= 4, `${found} of 6`);
});

/** The picture drawn into a quadrangle of a plane of its own size, pixel by pixel. */
function drawnInto(picture: Pixels, [a, b, c, d]: Quadrangle, ground: number): Pixels {
  const { width, height, data } = picture;
  const canvas = new Uint8Array(width * height).fill(ground);
  for (let row = 0; row < 2 * height; row++)
    for (let column = 0; column < 2 * width; column++) {
      const [u, v] = [(column + 0.5) / (2 * width), (row + 0.5) / (2 * height)];
      const at = (key: 'x' | 'y') =>
        Math.floor((1 - v) * ((1 - u) * a[key] + u * b[key]) + v * ((1 - u) * d[key] + u * c[key]));
      canvas[at('y') * width + at('x')] = data[(row >> 1) * width + (column >> 1)]!;
    }
  return parsePixels(canvas, width, height, 1);
}

test('a picture seen from the side is found although one of its corners lies in that of the plane', () => {
  const corners: Quadrangle = [
    { x: 0, y: 0 },
    { x: 391, y: 7 },
    { x: 394, y: 292 },
    { x: 8, y: 296 },
  ];
  let found = 0;
  for (const seed of [1, 2, 3, 5, 6]) {
    const frame = tiltedFrame(drawnInto(scene(seed, 400, 300), corners, 0));
    if (frame === undefined) continue;
    const off = frame.map((corner, i) => Math.hypot(corner.x - corners[i]!.x, corner.y - corners[i]!.y));
    if (Math.max(...off) < 3) found++;
  }
  assert.ok(found >= 3, `${found} of 5`);
});

test('what stands upright, fills the plane, or is no picture at all has no tilted frame', () => {
  assert.equal(tiltedFrame(scene(7, 400, 300)), undefined);
  assert.equal(tiltedFrame(parsePixels(new Uint8Array(90_000).fill(3), 300, 300, 1)), undefined);
  assert.equal(tiltedFrame(parsePixels(new Uint8Array(63), 63, 1, 1)), undefined);
  const upright = parsePixels(new Uint8Array(500 * 400).fill(255), 500, 400, 1);
  const picture = scene(8, 400, 300);
  for (let y = 0; y < 300; y++)
    (upright.data as Uint8Array).set(picture.data.subarray(y * 400, (y + 1) * 400), (50 + y) * 500 + 50);
  assert.equal(tiltedFrame(upright), undefined);
});

test('an edge that cuts samples is found to a fifth of one', () => {
  const [width, height, left, top] = [1200, 900, 403, 301];
  const screen = new Uint8Array(width * height).fill(255);
  const picture = scene(9, 600, 500);
  for (let y = 0; y < 500; y++)
    screen.set(picture.data.subarray(y * 600, (y + 1) * 600), (top + y) * width + left);
  const plane = shrinkLuma(parsePixels(screen, width, height, 1), 400);
  const exact = exactEdges(plane, { x: 134, y: 100, width: 200, height: 167 });
  assert.ok(Math.abs(exact.x - left / 3) < 0.2, `${exact.x}`);
  assert.ok(Math.abs(exact.y - top / 3) < 0.35, `${exact.y}`);
  assert.ok(Math.abs(exact.x + exact.width - (left + 600) / 3) < 0.2);
  assert.deepEqual(exactEdges(plane, { x: 0, y: 0, width: 400, height: 300 }), {
    x: 0,
    y: 0,
    width: 400,
    height: 300,
  });
});
