import assert from 'node:assert/strict';
import test from 'node:test';
import { landscape, seededRandom } from './landscape.fixture.ts';
import { greyPixels } from './luma.ts';
import { turnPixels } from './orientation.ts';
import { type Pixels, parsePixels } from './pixels.ts';
import type { Rectangle } from './rectangles.ts';
import { reduceToGrid } from './reduce.ts';
import { MOST_PLANE_SIDE, WindowPlanes } from './window-planes.ts';

const PLANE = greyPixels(landscape(3, 512, 400));

function cut({ width, data }: Pixels, place: Rectangle): Pixels {
  const part = new Uint8Array(place.width * place.height);
  for (let y = 0; y < place.height; y++) {
    const from = (place.y + y) * width + place.x;
    part.set(data.subarray(from, from + place.width), y * place.width);
  }
  return parsePixels(part, place.width, place.height, 1);
}

function apart(a: Float64Array, b: Float64Array): number {
  return a.reduce((most, value, at) => Math.max(most, Math.abs(value - b[at]!)), 0);
}

test('the plane of a window and of its mirror are those of the cut pixels', () => {
  const planes = new WindowPlanes(PLANE);
  const random = seededRandom(1);
  const whole = (most: number) => Math.floor(random() * (most + 1));
  for (let i = 0; i < 120; i++) {
    const [width, height] = [5 + whole(507), 5 + whole(395)];
    const place = { x: whole(512 - width), y: whole(400 - height), width, height };
    const pixels = cut(PLANE, place);
    assert.ok(apart(planes.grid(place), reduceToGrid(pixels)) < 1e-9, `${width}x${height}`);
    const mirror = reduceToGrid(turnPixels(pixels, 'flipY'));
    assert.ok(apart(planes.grid(place, true), mirror) < 1e-9, `mirror of ${width}x${height}`);
  }
});

test('a window may reach one pixel over the border, where the nearest pixel stands again', () => {
  const planes = new WindowPlanes(PLANE);
  const over = planes.grid({ x: -1, y: -1, width: 200, height: 200 });
  const near = planes.grid({ x: 0, y: 0, width: 200, height: 200 });
  assert.ok(over.every(Number.isFinite));
  assert.ok(apart(over, near) < 128);
});

test('a plane of colours or of a longer side is refused', () => {
  assert.throws(() => new WindowPlanes(landscape(1, 64, 64)), /one channel/);
  const long = parsePixels(new Uint8Array(MOST_PLANE_SIDE + 1), MOST_PLANE_SIDE + 1, 1, 1);
  assert.throws(() => new WindowPlanes(long), /at most 512/);
});
