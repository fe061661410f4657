import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { fitPart, SMALLEST_PART } from './part.ts';

test('a part always lies inside its picture and is never too small for it', () => {
  const any = fc.double({ min: -1e5, max: 1e5, noNaN: true });
  fc.assert(
    fc.property(
      any,
      any,
      any,
      any,
      fc.integer({ min: 1, max: 9000 }),
      fc.integer({ min: 1, max: 9000 }),
      (x, y, width, height, w, h) => {
        const part = fitPart({ x, y, width, height }, { width: w, height: h });
        assert.ok(part.x >= 0 && part.y >= 0);
        assert.ok(part.x + part.width <= w && part.y + part.height <= h);
        assert.ok(part.width >= Math.min(SMALLEST_PART, w) && part.height >= Math.min(SMALLEST_PART, h));
      },
    ),
  );
});

test('a part that fits is left as it is', () => {
  const part = { x: 10, y: 20, width: 300, height: 200 };
  assert.deepEqual(fitPart(part, { width: 1080, height: 2400 }), part);
});
