import assert from 'node:assert/strict';
import test from 'node:test';
import { landscape, seededRandom } from '@reclaim/raster/landscape.fixture';
import { TURNS, type Turn, turnPixels } from '@reclaim/raster/orientation';
import { type Pixels, parsePixels } from '@reclaim/raster/pixels';
import fc from 'fast-check';
import { MEDIAN_GAP, ORIENTATIONS, pdq, pdqFaithful, pdqOrientations } from './pdq.ts';
import { pdqDihedral, turnCoefficients } from './pdq-dihedral.ts';
import { hashOf, medianOf } from './pdq-transform.ts';
import { PDQHASH_GOLDENS } from './pdqhash-goldens.fixture.ts';
import { hammingDistance, signalBytes } from './signal.ts';

/** Mere stripes, most of whose coefficients are rounding. */
const STRIPES = parsePixels(
  new Uint8Array(100 * 100).map((_, i) => (Math.floor(i / 700) % 2) * 200),
  100,
  100,
  1,
);

const distance = (a: string, b: string) => hammingDistance(signalBytes(a), signalBytes(b));

for (const { seed, width, height, quality, hashes } of PDQHASH_GOLDENS)
  test(`the landscape ${seed} at ${width}x${height} has the hashes that pdqhash gives it, all eight`, () => {
    const picture = landscape(seed, width, height);
    const found = pdq(picture);
    assert.equal(found.hash, hashes[0]);
    assert.equal(found.quality, quality);
    assert.deepEqual(pdqDihedral(picture).hashes, hashes);
    assert.equal(pdqFaithful(picture).hash, hashes[0]);
  });

test('on 250 random crops of every odd size the fast path is the oracle, bit for bit, quality too', (t) => {
  const random = seededRandom(11);
  const whole = (below: number) => Math.floor(random() * below);
  const scene = landscape(21, 420, 410);
  let faithful = 0;
  for (let i = 0; i < 250; i++) {
    const width = i % 5 === 0 ? 5 + whole(12) : 5 + whole(395);
    const height = i % 7 === 0 ? 5 + whole(12) : 5 + whole(395);
    const picture = crop(
      scene,
      whole(420 - width),
      whole(410 - height),
      width,
      height,
      i % 3 === 0 ? 0.2 : 1,
    );
    const fast = pdq(picture);
    const oracle = pdqFaithful(picture);
    if (fast.path === 'faithful') faithful++;
    assert.equal(fast.hash, oracle.hash, `${width}x${height}`);
    assert.equal(fast.quality, oracle.quality, `${width}x${height}`);
    const turned = pdqDihedral(picture).hashes;
    for (const [k, orientation] of ORIENTATIONS.entries()) {
      const coefficients = turnCoefficients(oracle.coefficients, orientation);
      assert.equal(turned[k], hashOf(coefficients, medianOf(coefficients).median), `${width}x${height}`);
    }
    const turn = ORIENTATIONS[i % 8]!;
    assert.equal(
      pdqOrientations(picture).hashes[i % 8],
      pdqFaithful(turnPixels(picture, turn)).hash,
      `${width}x${height} ${turn}`,
    );
  }
  t.diagnostic(`${faithful} of 250 went to the oracle`);
  assert.ok(faithful < 125, 'the fast path must carry most pictures');
});

test('grey, RGB and opaque RGBA of one picture have one hash', () => {
  const rgb = landscape(31, 211, 157);
  const { width, height } = rgb;
  const grey = rgb.data.filter((_, i) => i % 3 === 1);
  const threefold = new Uint8Array(grey.length * 3).map((_, i) => grey[Math.floor(i / 3)]!);
  assert.equal(
    distance(
      pdq(parsePixels(grey, width, height, 1)).hash,
      pdq(parsePixels(threefold, width, height, 3)).hash,
    ),
    0,
  );
  assert.equal(pdq(withAlpha(rgb, () => 255)).hash, pdq(rgb).hash);
});

test('colours under full transparency do not move the hash', () => {
  const picture = landscape(32, 160, 120);
  const hole = (at: number) => (at % 160 < 60 ? 0 : 255);
  const a = withAlpha(picture, hole);
  const b = withAlpha(picture, hole);
  const repainted = new Uint8Array(b.data);
  for (let at = 0; at < 160 * 120; at++) if (hole(at) === 0) repainted.fill(at % 251, 4 * at, 4 * at + 3);
  const found = pdq(a);
  assert.equal(pdq({ ...b, data: repainted }).hash, found.hash);
  assert.notEqual(found.hash, pdq(picture).hash);
  assert.equal(found.hash, pdqFaithful(a).hash);
});

test('a canvas, which keeps colours multiplied by alpha, ends within four bits of the file', () => {
  const picture = landscape(33, 320, 240);
  const file = withAlpha(picture, (at) => (at * 7) % 256);
  const canvas = new Uint8Array(file.data);
  for (let at = 0; at < canvas.length; at += 4) {
    const alpha = canvas[at + 3]!;
    for (let k = at; k < at + 3; k++)
      canvas[k] =
        alpha === 0 ? 0 : Math.min(255, Math.round((Math.round((canvas[k]! * alpha) / 255) * 255) / alpha));
  }
  assert.ok(distance(pdq(file).hash, pdq({ ...file, data: canvas }).hash) <= 4);
});

/** What the picture turned by `turn` is turned back by. */
const back = (turn: Turn): Turn => (turn === 'rot90' ? 'rot270' : turn === 'rot270' ? 'rot90' : turn);

test('a turned copy asks with the very hash of the picture, at every size that a copy comes in', () => {
  const sizes = [
    [512, 512],
    [320, 240],
    [640, 480],
    [256, 256],
    [64, 64],
    [40, 23],
    [333, 500],
    [720, 1280],
    [1600, 1004],
  ] as const;
  for (const [k, [width, height]] of sizes.entries()) {
    const picture = landscape(40 + k, width, height);
    const { hash, quality } = pdq(picture);
    for (const turn of TURNS) {
      const copy = pdqOrientations(turnPixels(picture, turn));
      assert.equal(copy.hashes[ORIENTATIONS.indexOf(back(turn))], hash, `${width}x${height} ${turn}`);
      assert.ok(Math.abs(copy.quality - quality) <= 2);
    }
  }
});

test('random pictures of random size, grey, colour or see-through, are found by their own hash when turned', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 5, max: 300 }),
      fc.integer({ min: 5, max: 300 }),
      fc.constantFrom(1, 3, 4),
      fc.constantFrom(...TURNS),
      fc.integer(),
      (width, height, channels, turn, seed) => {
        const random = seededRandom(seed);
        const data = new Uint8Array(width * height * channels).map(() => 256 * random());
        const picture = parsePixels(data, width, height, channels);
        assert.ok(pdqOrientations(turnPixels(picture, turn)).hashes.includes(pdq(picture).hash));
      },
    ),
    { numRuns: 150 },
  );
});

test('the first of the eight is the picture’s own, whoever decided it', () => {
  for (const picture of [landscape(34, 640, 480), landscape(36, 1500, 1100), STRIPES]) {
    const own = pdq(picture);
    const eight = pdqOrientations(picture);
    assert.equal(eight.hashes[0], own.hash);
    assert.equal(eight.quality, own.quality);
    assert.equal(new Set(eight.hashes).size > 1, true);
  }
});

test('beyond the size where turns are judged, they are within two bits of the reference’s', () => {
  // The second has few grey levels, so that gaps are narrow.
  const scene = landscape(37, 500, 400);
  const flat = parsePixels(
    scene.data.map((value) => 100 + value / 16),
    500,
    400,
    3,
  );
  for (const picture of [scene, flat]) {
    const { hashes } = pdqOrientations(picture);
    for (const [i, turn] of TURNS.entries())
      assert.ok(distance(hashes[i]!, pdqFaithful(turnPixels(picture, turn)).hash) <= 2, turn);
  }
});

test('a picture under five pixels has the zero hash and no quality', () => {
  for (const [width, height] of [
    [1, 1],
    [4, 400],
    [400, 4],
    [1, 100_000],
  ] as const) {
    const found = pdq(parsePixels(new Uint8Array(width * height).fill(9), width, height, 1));
    assert.equal(found.hash, '0'.repeat(64));
    assert.equal(found.quality, 0);
    const nothing = parsePixels(new Uint8Array(width * height), width, height, 1);
    for (const { hashes } of [pdqOrientations(nothing), pdqDihedral(nothing)])
      assert.deepEqual(hashes, Array(8).fill('0'.repeat(64)));
  }
});

test('sides far beyond any photograph are hashed as the oracle hashes them', () => {
  for (const [width, height] of [
    [24_001, 6],
    [5, 33_000],
    [5, 4000],
  ] as const) {
    const random = seededRandom(width);
    const data = new Uint8Array(width * height).map((_, i) => (i % 97) * 2 + 50 * random());
    const picture = parsePixels(data, width, height, 1);
    assert.equal(pdq(picture).hash, pdqFaithful(picture).hash);
    assert.equal(pdq(picture).quality, pdqFaithful(picture).quality);
  }
});

test('a median gap within reach of rounding calls the oracle', () => {
  const found = pdq(STRIPES);
  assert.equal(found.path, 'faithful');
  assert.ok(medianOf(found.coefficients).gap < MEDIAN_GAP);
});

function crop(
  scene: Pixels,
  x0: number,
  y0: number,
  width: number,
  height: number,
  contrast: number,
): Pixels {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y++)
    for (let k = 0; k < 3 * width; k++)
      data[to++] = 90 + contrast * (scene.data[((y0 + y) * scene.width + x0) * 3 + k]! - 90);
  return parsePixels(data, width, height, 3);
}

function withAlpha({ width, height, data }: Pixels, alpha: (at: number) => number): Pixels {
  const rgba = new Uint8Array(width * height * 4);
  for (let at = 0; at < width * height; at++) {
    rgba.set(data.subarray(3 * at, 3 * at + 3), 4 * at);
    rgba[4 * at + 3] = alpha(at);
  }
  return parsePixels(rgba, width, height, 4);
}
