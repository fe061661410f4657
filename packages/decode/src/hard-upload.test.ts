/**
 * Uploads that are made to be hard: what is asked of the index stays bounded by counts, nothing in them is taken for a
 * protected picture, and what was not looked at is said.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { pdq } from '@reclaim/fingerprint/pdq';
import { hammingDistance, signalBytes } from '@reclaim/fingerprint/signal';
import { MOST_WINDOWS } from '@reclaim/fingerprint/windows';
import { landscape, seededRandom } from '@reclaim/raster/landscape.fixture';
import type { Pixels } from '@reclaim/raster/pixels';
import sharp, { type Sharp } from 'sharp';
import { signalsOfFile } from './signals-of-file.ts';

/** Signals of pictures that nobody uploads here. */
const BANKED = Array.from({ length: 40 }, (_, i) => signalBytes(pdq(landscape(900 + i, 160, 120)).hash));

const opened = ({ width, height, channels, data }: Pixels) =>
  sharp(data, { raw: { width, height, channels } });

const oneColour = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#a4b5c6' } });

function noise(width: number, height: number): Sharp {
  const random = seededRandom(7);
  const data = Uint8Array.from({ length: width * height * 3 }, () => Math.floor(256 * random()));
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** Some 10,000 straight edges: 2,500 upright blocks over each other. */
function blocks(side: number): Sharp {
  const random = seededRandom(3);
  const data = new Uint8Array(side * side * 3).fill(128);
  for (let i = 0; i < 2_500; i++) {
    const [x, y] = [Math.floor((side - 40) * random()), Math.floor((side - 40) * random())];
    const [wide, tall, level] = [
      8 + Math.floor(32 * random()),
      8 + Math.floor(32 * random()),
      Math.floor(256 * random()),
    ];
    for (let row = y; row < y + tall; row++)
      data.fill(level, (row * side + x) * 3, (row * side + x + wide) * 3);
  }
  return sharp(data, { raw: { width: side, height: side, channels: 3 } });
}

const HARD: readonly (readonly [string, () => Sharp, 'pdq' | 'no pdq'])[] = [
  ['one colour', () => oneColour(900, 700), 'no pdq'],
  ['noise', () => noise(700, 500), 'pdq'],
  ['1 × 20,000', () => oneColour(1, 20_000), 'no pdq'],
  ['20,000 × 1', () => noise(20_000, 1), 'no pdq'],
  ['8,000 × 20', () => noise(8_000, 20), 'pdq'],
  ['10,000 edges', () => blocks(1_000), 'pdq'],
];

for (const [name, draw, expected] of HARD) {
  test(`${name}: few windows, none of them near a protected picture`, async () => {
    const { decoded, pdq: own, windows } = await signalsOfFile(await draw().png().toBuffer());
    assert.ok(decoded.ok);
    assert.equal(own.ok, expected === 'pdq', own.ok ? 'has a signal' : own.reason);
    // What is looked up is two hashes a window and eight of the whole: this is what bounds the time at the door.
    assert.ok(windows.length <= MOST_WINDOWS);
    const asked = [
      ...(own.ok ? own.orientations : []),
      ...windows.flatMap(({ value, mirror }) => [value, mirror]),
    ];
    for (const hash of asked)
      for (const banked of BANKED) assert.ok(hammingDistance(signalBytes(hash), banked) > 31);
  });
}

test('one colour and slivers are said to have no signal, and have no window', async () => {
  for (const [draw, reason] of [
    [() => oneColour(900, 700), 'blank'],
    [() => oneColour(1, 20_000), 'too-small'],
    [() => noise(20_000, 1), 'too-small'],
  ] as const) {
    const { pdq: own, windows } = await signalsOfFile(await draw().png().toBuffer());
    assert.deepEqual(own.ok || own.reason, reason);
    assert.deepEqual(windows, []);
  }
});

test('of an animated picture the first frame alone is looked at, whatever its frames, and their number is said', async () => {
  const frames = await Promise.all(
    [1, 2, 3, 4, 5, 6].map((seed) =>
      opened(landscape(seed, 160, 120))
        .png()
        .toBuffer(),
    ),
  );
  const still = await signalsOfFile(frames[0]!);
  assert.ok(still.pdq.ok && still.windows.length > 0 && still.windows.length <= MOST_WINDOWS);
  for (const count of [2, 6]) {
    const joined = sharp(frames.slice(0, count), { join: { animated: true } });
    const file = await joined.webp({ lossless: true, effort: 0 }).toBuffer();
    const { decoded, pdq: own, windows } = await signalsOfFile(file);
    assert.ok(decoded.ok);
    assert.deepEqual([decoded.pages, decoded.pixels.height], [count, 120]);
    assert.deepEqual(own, still.pdq);
    assert.deepEqual(windows, still.windows);
  }
});
