import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { emptyPairs, fitMap, type MapKind, solve } from './fit-map.ts';
import {
  apply,
  compose,
  type Homography,
  identity,
  inverse,
  isMirroring,
  isPlausible,
  mirroring,
  scaleAt,
  scaling,
} from './homography.ts';

const part = fc.double({ min: -1, max: 1, noNaN: true });

/** Maps such as copies show: any turn, scale ½..2, some shear and perspective, over a picture of about 1000. */
const maps = fc
  .tuple(part, part, part, part, part, part, part, fc.boolean())
  .map(([turn, size, shear, x, y, p, q, mirrored]): Homography => {
    const s = 2 ** size;
    const [c, d] = [s * Math.cos(3 * turn), s * Math.sin(3 * turn)];
    const map = Float64Array.of(c, -d + 0.2 * shear, 300 * x, d, c, 300 * y, 1e-4 * p, 1e-4 * q, 1);
    return mirrored ? compose(map, mirroring(1000)) : map;
  });

test('there and back is where one was', () => {
  fc.assert(
    fc.property(maps, fc.nat(1000), fc.nat(1000), (map, x, y) => {
      const [u, v] = apply(map, x, y);
      const [bx, by] = apply(inverse(map)!, u, v);
      assert.ok(Math.abs(bx - x) < 1e-6 && Math.abs(by - y) < 1e-6);
      const [cx, cy] = apply(compose(inverse(map)!, map), x, y);
      assert.ok(Math.abs(cx - x) < 1e-6 && Math.abs(cy - y) < 1e-6);
    }),
    { numRuns: 200 },
  );
});

test('a map is found again from points that it moved', () => {
  const points = [
    [10, 20],
    [900, 40],
    [870, 700],
    [30, 650],
    [400, 300],
  ] as const;
  fc.assert(
    fc.property(maps, (map) => {
      const pairs = emptyPairs(points.length);
      points.forEach(([x, y], at) => {
        const [u, v] = apply(map, x, y);
        pairs.x[at] = x;
        pairs.y[at] = y;
        pairs.u[at] = u;
        pairs.v[at] = v;
      });
      const found = fitMap('homography', pairs)!;
      for (const [x, y] of points) {
        const [u, v] = apply(map, x, y);
        const [fu, fv] = apply(found, x, y);
        assert.ok(Math.abs(u - fu) < 1e-5 && Math.abs(v - fv) < 1e-5);
      }
    }),
    { numRuns: 200 },
  );
});

test('points that fix no map give none', () => {
  const line = emptyPairs(6);
  for (let at = 0; at < 6; at++) {
    line.x[at] = line.u[at] = 10 * at;
    line.y[at] = line.v[at] = 20 * at;
  }
  for (const kind of ['affine', 'homography'] satisfies MapKind[])
    assert.equal(fitMap(kind, line), undefined);
  const spot = emptyPairs(4);
  for (const kind of ['similarity', 'affine', 'homography'] satisfies MapKind[])
    assert.equal(fitMap(kind, spot), undefined);
  assert.equal(solve(Float64Array.of(1, 2, 2, 4), Float64Array.of(1, 1)), undefined);
});

test('mirroring is seen, and scale is that of areas', () => {
  assert.equal(isMirroring(mirroring(50), 3, 4), true);
  assert.equal(isMirroring(identity(), 3, 4), false);
  assert.equal(scaleAt(scaling(4, 9), 1, 1), 6);
});

test('what no copy shows is not plausible: folds, lines, horizons, enormous scales', () => {
  assert.equal(isPlausible(identity(), 640, 480), true);
  assert.equal(isPlausible(compose(scaling(1, 1.5), mirroring(640)), 640, 480), true);
  assert.equal(isPlausible(scaling(1, 0.1), 640, 480), false);
  assert.equal(isPlausible(scaling(100, 100), 640, 480), false);
  assert.equal(isPlausible(Float64Array.of(1, 0, 0, 0, 1, 0, -1 / 300, 0, 1), 640, 480), false);
  assert.equal(isPlausible(new Float64Array(9).fill(Number.NaN), 640, 480), false);
  assert.equal(inverse(scaling(0, 1)), undefined);
});
