import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { orientPixels, TURNS, turnOfExif, turnPixels } from './orientation.ts';
import { type Pixels, parsePixels } from './pixels.ts';

/** Two rows of three, numbered. */
const SMALL = parsePixels(Uint8Array.of(1, 2, 3, 4, 5, 6), 3, 2, 1);

const rows = ({ width, data }: Pixels) => {
  const out: number[][] = [];
  for (let at = 0; at < data.length; at += width) out.push([...data.subarray(at, at + width)]);
  return out;
};

test('each turn moves six numbered pixels where its name says', () => {
  const expected = {
    original: [
      [1, 2, 3],
      [4, 5, 6],
    ],
    rot90: [
      [3, 6],
      [2, 5],
      [1, 4],
    ],
    rot180: [
      [6, 5, 4],
      [3, 2, 1],
    ],
    rot270: [
      [4, 1],
      [5, 2],
      [6, 3],
    ],
    flipX: [
      [4, 5, 6],
      [1, 2, 3],
    ],
    flipY: [
      [3, 2, 1],
      [6, 5, 4],
    ],
    flipPlus1: [
      [1, 4],
      [2, 5],
      [3, 6],
    ],
    flipMinus1: [
      [6, 3],
      [5, 2],
      [4, 1],
    ],
  };
  for (const turn of TURNS) assert.deepEqual(rows(turnPixels(SMALL, turn)), expected[turn], turn);
});

test('an EXIF orientation undoes how the camera lay: the eight examples of the standard', () => {
  // What the stored picture looks like when the scene is SMALL and the camera lay as the value says.
  const stored = [
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
    [
      [3, 2, 1],
      [6, 5, 4],
    ],
    [
      [6, 5, 4],
      [3, 2, 1],
    ],
    [
      [4, 5, 6],
      [1, 2, 3],
    ],
    [
      [1, 4],
      [2, 5],
      [3, 6],
    ],
    [
      [3, 6],
      [2, 5],
      [1, 4],
    ],
    [
      [6, 3],
      [5, 2],
      [4, 1],
    ],
    [
      [4, 1],
      [5, 2],
      [6, 3],
    ],
  ];
  for (const [i, lines] of stored.entries()) {
    const picture = parsePixels(Uint8Array.from(lines.flat()), lines[0]!.length, lines.length, 1);
    assert.deepEqual(rows(orientPixels(picture, i + 1)), rows(SMALL), `orientation ${i + 1}`);
  }
});

test('an orientation that does not exist leaves the picture alone', () => {
  for (const orientation of [0, 9, -1, 1.5, Number.NaN]) {
    assert.equal(turnOfExif(orientation), 'original');
    assert.equal(orientPixels(SMALL, orientation), SMALL);
  }
});

test('every turn keeps the pixels whole, and a mirror twice is nothing', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom(1, 3, 4),
      fc.constantFrom(...TURNS),
      (width, height, channels, turn) => {
        const data = new Uint8Array(width * height * channels).map((_, i) => i);
        const picture = parsePixels(data, width, height, channels);
        const turned = turnPixels(picture, turn);
        assert.equal(turned.width * turned.height, width * height);
        const pixel = ({ data }: Pixels, at: number) =>
          data.subarray(at * channels, (at + 1) * channels).join();
        const all = (p: Pixels) => Array.from({ length: width * height }, (_, at) => pixel(p, at)).sort();
        assert.deepEqual(all(turned), all(picture));
        if (turn.startsWith('flip') || turn === 'rot180')
          assert.deepEqual(turnPixels(turned, turn).data, picture.data);
      },
    ),
    { numRuns: 60 },
  );
});
