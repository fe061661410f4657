import assert from 'node:assert/strict';
import test from 'node:test';
import { landscape, seededRandom } from '@reclaim/raster/landscape.fixture';
import type { Pixels } from '@reclaim/raster/pixels';
import fc from 'fast-check';
import { clampRect, proposeCrop, type Rect, smallLuma } from './crop.ts';

type Screen = { readonly width: number; readonly height: number; readonly data: Uint8Array };

function screen(width: number, height: number, level: number): Screen {
  return { width, height, data: new Uint8Array(width * height * 3).fill(level) };
}

function fill({ width, data }: Screen, rect: Rect, level: number): void {
  for (let y = rect.y; y < rect.y + rect.height; y++)
    data.fill(level, (y * width + rect.x) * 3, (y * width + rect.x + rect.width) * 3);
}

/** Lines of something like text: short strokes with gaps. */
function text(onto: Screen, rect: Rect, level: number, seed: number): void {
  const random = seededRandom(seed);
  for (let y = rect.y; y + 14 <= rect.y + rect.height; y += 24)
    for (let x = rect.x; x + 8 < rect.x + rect.width; x += 6 + Math.floor(random() * 14))
      fill(onto, { x, y, width: 3, height: 8 + Math.floor(random() * 6) }, level);
}

function paste(onto: Screen, picture: Pixels, x: number, y: number): Rect {
  for (let row = 0; row < picture.height; row++)
    onto.data.set(
      picture.data.subarray(row * picture.width * 3, (row + 1) * picture.width * 3),
      ((y + row) * onto.width + x) * 3,
    );
  return { x, y, width: picture.width, height: picture.height };
}

function proposal(shot: Screen) {
  return proposeCrop(smallLuma({ ...shot, channels: 3 }));
}

function assertNear(shot: Screen, rect: Rect, pixels: number): void {
  const found = proposal(shot);
  assert.equal(found.kind, 'screenshot');
  if (found.kind !== 'screenshot') return;
  for (const name of ['x', 'y', 'width', 'height'] as const)
    assert.ok(
      Math.abs(found.rect[name] - rect[name]) <= pixels,
      `${name}: ${found.rect[name]} for ${rect[name]}`,
    );
}

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

test('a photo between two bars is found to the pixel', () => {
  for (const seed of SEEDS) {
    for (const level of [0, 255]) {
      const shot = screen(720, 1560, level);
      assertNear(shot, paste(shot, landscape(seed, 720, 540), 0, 480), 2);
    }
  }
});

test('a photo in a viewer with a status bar and buttons is found', () => {
  for (const seed of SEEDS) {
    const shot = screen(720, 1560, 0);
    text(shot, { x: 30, y: 20, width: 110, height: 30 }, 255, seed);
    text(shot, { x: 560, y: 20, width: 130, height: 30 }, 255, seed + 50);
    text(shot, { x: 60, y: 1440, width: 600, height: 40 }, 220, seed + 90);
    assertNear(shot, paste(shot, landscape(seed, 720, 900), 0, 300), 2);
  }
});

test('a photo in a chat is found among messages', () => {
  let found = 0;
  for (const seed of SEEDS) {
    const shot = screen(1080, 2340, 236);
    fill(shot, { x: 0, y: 0, width: 1080, height: 230 }, 40);
    text(shot, { x: 60, y: 120, width: 500, height: 60 }, 250, seed);
    fill(shot, { x: 40, y: 300, width: 620, height: 200 }, 255);
    text(shot, { x: 70, y: 330, width: 540, height: 140 }, 30, seed + 20);
    const rect = paste(shot, landscape(seed, 700, 930), 330, 620);
    fill(shot, { x: 40, y: 1700, width: 560, height: 160 }, 255);
    text(shot, { x: 70, y: 1730, width: 480, height: 100 }, 30, seed + 40);
    fill(shot, { x: 0, y: 2180, width: 1080, height: 160 }, 250);
    const answer = proposal(shot);
    if (answer.kind === 'none') continue;
    found++;
    for (const name of ['x', 'y', 'width', 'height'] as const)
      assert.ok(
        Math.abs(answer.rect[name] - rect[name]) <= 60,
        `${name}: ${answer.rect[name]} for ${rect[name]}`,
      );
  }
  // A sky of the ground's own brightness has no edge; then nothing is proposed, and that is the honest answer.
  assert.ok(found >= 6, `${found} of ${SEEDS.length}`);
});

test('an ordinary photo is left alone', () => {
  for (const seed of SEEDS) {
    assert.deepEqual(proposal(landscape(seed, 800, 600) as Screen), { kind: 'none' });
    assert.deepEqual(proposal(landscape(seed, 600, 900) as Screen), { kind: 'none' });
  }
});

test('a photo under a blank sky with a ragged ridge is left alone', () => {
  for (const seed of SEEDS) {
    const shot = screen(800, 1000, 250);
    const ground = landscape(seed, 800, 800);
    const random = seededRandom(seed);
    let ridge = 300;
    paste(shot, ground, 0, 200);
    for (let x = 0; x < 800; x++) {
      ridge = Math.max(210, Math.min(420, ridge + (random() - 0.5) * 14));
      for (let y = 0; y < ridge; y++) shot.data.fill(250, (y * 800 + x) * 3, (y * 800 + x) * 3 + 3);
    }
    assert.deepEqual(proposal(shot), { kind: 'none' });
  }
});

test('a blank screen, noise and tiny pictures are left alone', () => {
  assert.deepEqual(proposal(screen(600, 900, 128)), { kind: 'none' });
  assert.deepEqual(proposal(screen(20, 20, 3)), { kind: 'none' });
  const random = seededRandom(9);
  const noise = screen(400, 500, 0);
  for (let i = 0; i < noise.data.length; i++) noise.data[i] = Math.floor(random() * 256);
  assert.deepEqual(proposal(noise), { kind: 'none' });
});

test('any rectangle becomes one of whole pixels inside the picture', () => {
  const number = fc.oneof(fc.integer({ min: -5_000, max: 5_000 }), fc.double());
  fc.assert(
    fc.property(
      fc.record({ x: number, y: number, width: number, height: number }),
      fc.integer({ min: 1, max: 4_000 }),
      fc.integer({ min: 1, max: 4_000 }),
      (rect, width, height) => {
        const inside = clampRect(rect, width, height);
        for (const value of Object.values(inside)) assert.ok(Number.isInteger(value));
        assert.ok(inside.x >= 0 && inside.y >= 0);
        assert.ok(inside.x + inside.width <= width && inside.y + inside.height <= height);
        assert.ok(inside.width >= Math.min(16, width) && inside.height >= Math.min(16, height));
      },
    ),
  );
});
