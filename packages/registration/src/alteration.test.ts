import assert from 'node:assert/strict';
import test from 'node:test';
import { alterationOf, isWhole } from './alteration.ts';
import { cropped, mirrored, resized, scene, turned } from './copies.fixture.ts';
import { drawAlignment } from './draw-alignment.ts';
import { findCopy } from './find-copy.ts';
import { compose, identity, mirroring, scaling } from './homography.ts';

const SIZE = { width: 400, height: 300 };

test('a picture at another size is whole, and its scale is told', () => {
  const told = alterationOf(scaling(0.5, 0.5), SIZE, { width: 200, height: 150 });
  assert.deepEqual(told, {
    mirrored: false,
    turnDegrees: 0,
    scale: 0.5,
    aspect: 1,
    shown: 1,
    covers: 1,
    perspective: 0,
  });
  assert.equal(isWhole(told), true);
});

test('each alteration is told by itself and makes the picture other than whole', () => {
  const mirror = alterationOf(mirroring(400), SIZE, SIZE);
  assert.deepEqual([mirror.mirrored, mirror.turnDegrees, mirror.shown], [true, 0, 1]);
  const clockwise = alterationOf(Float64Array.of(0, -1, 300, 1, 0, 0, 0, 0, 1), SIZE, {
    width: 300,
    height: 400,
  });
  assert.deepEqual([clockwise.mirrored, clockwise.turnDegrees, clockwise.shown], [false, 90, 1]);
  const squeezed = alterationOf(scaling(0.8, 1), SIZE, { width: 320, height: 300 });
  assert.equal(squeezed.aspect, 0.8);
  const cut = alterationOf(scaling(1, 1, -100, -75), SIZE, { width: 200, height: 150 });
  assert.deepEqual([cut.shown, cut.covers], [0.25, 1]);
  const page = alterationOf(scaling(0.5, 0.5, 100, 200), SIZE, { width: 400, height: 600 });
  assert.deepEqual([page.shown, page.covers], [1, 0.125]);
  const bent = alterationOf(Float64Array.of(1, 0, 0, 0, 1, 0, 1e-4, 0, 1), SIZE, SIZE);
  assert.ok(bent.perspective > 0.004);
  for (const told of [mirror, clockwise, squeezed, cut, page, bent]) assert.equal(isWhole(told), false);
});

test('laid over each other, the same picture is one drawing, and what the copy does not show is pale', () => {
  const original = scene(8, 320, 240);
  const copy = cropped({ plane: original, map: identity() }, 0.25, 0.25, 0.5);
  const drawing = drawAlignment(original, copy.plane, copy.map);
  assert.deepEqual([drawing.width, drawing.height], [320, 240]);
  for (const [x, y] of [
    [100, 80],
    [160, 120],
    [230, 170],
  ] as const)
    assert.ok(Math.abs(drawing.data[y * 320 + x]! - original.data[y * 320 + x]!) < 0.01);
  for (const value of drawing.data.subarray(0, 320)) assert.ok(value >= 170);
});

test('a copy that was mirrored, then turned, then cut is told so from the pictures alone', () => {
  const original = scene(21, 900, 600);
  const turnedCopy = turned(mirrored({ plane: original, map: identity() }).plane, 20);
  const copy = cropped(resized(turnedCopy, 700, 540), 0.2, 0.2, 0.6);
  const found = findCopy(original, copy.plane);
  assert.equal(found.kind, 'fit');
  const told = alterationOf(found.map, original, copy.plane);
  const truth = alterationOf(compose(copy.map, mirroring(900)), original, copy.plane);
  assert.equal(told.mirrored, true);
  assert.ok(
    Math.abs(told.turnDegrees - truth.turnDegrees) <= 0.3,
    `${told.turnDegrees} for ${truth.turnDegrees}`,
  );
  assert.ok(Math.abs(told.scale / truth.scale - 1) < 0.01);
  assert.ok(Math.abs(told.shown - truth.shown) < 0.01);
});
