import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseUtcMs } from '@reclaim/casework/instant';
import { LOOKS } from '@reclaim/casework/wire-staff';
import { decodeImage } from '@reclaim/decode/decode-image';
import { landscape } from '@reclaim/raster/landscape.fixture';
import { parsePixels } from '@reclaim/raster/pixels';
import sharp from 'sharp';
import { LOOK_SIDES, lookPicture } from './look-picture.ts';
import { drawMark, markOf, markPattern } from './watermark.ts';

const wide = landscape(7, 1800, 900);

async function pixelsOf(file: Uint8Array) {
  const decoded = await decodeImage(file);
  assert.ok(decoded.ok);
  return decoded.pixels;
}

test('each rung is a grey JPEG no larger than it may be, without metadata', async () => {
  for (const look of LOOKS) {
    const file = await lookPicture(wide, look, 'MARK');
    const header = await sharp(file).metadata();
    assert.equal(header.format, 'jpeg');
    assert.equal(header.channels, 1);
    assert.deepEqual([header.width, header.height], [LOOK_SIDES[look], LOOK_SIDES[look] / 2], look);
    assert.deepEqual([header.exif, header.icc, header.xmp, header.iptc], Array(4).fill(undefined));
  }
});

test('a small picture is not enlarged, a thread of a picture does not break it', async () => {
  for (const [width, height] of [
    [1, 1],
    [24, 16],
    [3000, 1],
    [1, 3000],
  ] as const) {
    for (const look of LOOKS) {
      const picture = parsePixels(new Uint8Array(width * height * 3).fill(90), width, height, 3);
      const shown = await pixelsOf(await lookPicture(picture, look, 'MARK'));
      assert.ok(shown.width <= Math.min(width, LOOK_SIDES[look]));
      assert.ok(shown.height <= Math.min(height, LOOK_SIDES[look]));
    }
  }
});

test('an outline shows where something ends and not what it is; a blur keeps no edge', async () => {
  const half = new Uint8Array(300 * 300 * 3);
  for (let i = 0; i < half.length; i += 3) half.fill((i / 3) % 300 < 150 ? 40 : 200, i, i + 3);
  const picture = parsePixels(half, 300, 300, 3);
  const row = async (look: (typeof LOOKS)[number]) => {
    const { data } = await pixelsOf(await lookPicture(picture, look, ' '));
    return Array.from({ length: 300 }, (_, x) => data[(150 * 300 + x) * 3]!);
  };
  const outline = await row('outline');
  assert.ok(outline[149]! < 80, 'the edge is dark');
  assert.ok(outline[20]! > 230 && outline[280]! > 230, 'dark and bright faces look alike');
  const steps = (await row('blurred')).map((value, x, all) => Math.abs(value - (all[x - 1] ?? value)));
  assert.ok(Math.max(...steps) < 20, `the step of 160 is spread: ${Math.max(...steps)}`);
  const full = await row('full');
  assert.ok(Math.abs(full[20]! - 40) < 4 && Math.abs(full[280]! - 200) < 4);
});

test('who looks is drawn over everything, and another one otherwise', async () => {
  const picture = parsePixels(new Uint8Array(640 * 480 * 3).fill(255), 640, 480, 3);
  const [rowan, linden] = await Promise.all(
    ['ROWAN', 'LINDEN'].map(async (mark) => pixelsOf(await lookPicture(picture, 'full', mark))),
  );
  assert.notDeepEqual(rowan!.data, linden!.data);
  // However a quarter is cut out, it bears marks.
  for (const [left, top] of [
    [0, 0],
    [480, 0],
    [0, 360],
    [480, 360],
  ] as const) {
    let dark = 0;
    for (let y = top; y < top + 120; y++)
      for (let x = left; x < left + 160; x++) if (rowan!.data[(y * 640 + x) * 3]! < 235) dark++;
    assert.ok(dark > 300, `${dark} dots from ${left}, ${top}`);
  }
});

test('the mark says pseudonym, id and minute, in a type of its own', () => {
  const staff = {
    id: `stf_abc123${'0'.repeat(26)}`,
    pseudonym: 'Rowan',
    permissions: [],
    createdAt: parseUtcMs(0),
  } as never;
  assert.equal(markOf(staff, parseUtcMs(1_800_000_000_000)), 'Rowan abc123 2027-01-15 08:00 UTC');
  const dots = markPattern('T');
  const letter = Array.from({ length: 7 }, (_, v) =>
    Array.from({ length: 5 }, (__, u) => (dots(u, v) ? '#' : '.')).join(''),
  );
  assert.deepEqual(letter, ['#####', ...Array<string>(6).fill('..#..')]);
});

test('a pseudonym of any letters leaves a mark: accents fall away, strange letters become signs', () => {
  const drawn = (text: string) => {
    const grey = new Uint8Array(200 * 60).fill(200);
    drawMark(grey, 200, 60, text);
    return Buffer.from(grey).toString('hex');
  };
  assert.equal(drawn('Élodie'), drawn('ELODIE'));
  assert.equal(drawn('سلمى'), drawn('????'));
  assert.notEqual(drawn('ELODIE'), drawn('MELODIE'));
});
