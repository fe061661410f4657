import assert from 'node:assert/strict';
import test from 'node:test';
import { landscape } from '@reclaim/raster/landscape.fixture';
import { emptyPlane, lumaPlane } from '@reclaim/raster/plane';
import sharp from 'sharp';
import { benchWatermark, ssim } from './bench-watermark.ts';
import { ATTACKS } from './watermark-attacks.ts';

test('every attack makes a picture of a copy', async () => {
  const names = ATTACKS.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  assert.ok(names.length >= 40);
  const { data, width, height } = landscape(3, 320, 240);
  const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 95 })
    .toBuffer();
  const colluders = Array.from({ length: 20 }, () => landscape(3, 320, 240));
  for (const { name, leak } of ATTACKS) {
    const leaked = await sharp(await leak({ jpeg, width, height, colluders, random: () => 0.4 })).metadata();
    assert.ok(leaked.width >= 30 && leaked.height >= 30, name);
  }
});

test('a run tells what it measured, and an attack that leaves nothing counts as not traced', async () => {
  const attacks = [
    { name: 'none', core: true, leak: async ({ jpeg }: { jpeg: Buffer }) => jpeg },
    {
      name: 'nothing-left',
      core: true,
      leak: async () =>
        sharp({ create: { width: 300, height: 300, channels: 3, background: '#888' } })
          .png()
          .toBuffer(),
    },
  ] as const;
  const figures = await benchWatermark({
    size: 1,
    attacks,
    innocents: 20,
    untimed: true,
    alone: true,
    pictures: ['there is no such folder'],
  });
  const value = (id: string) => figures.find((figure) => figure.id === id)?.value;
  assert.equal(value('watermark.none.traced_pct'), 100);
  assert.equal(value('watermark.nothing-left.traced_pct'), 0);
  assert.equal(value('watermark.traced_pct'), 50);
  assert.equal(value('watermark.false_accusations'), 0);
  assert.equal(value('watermark.innocent_trials'), 20);
  assert.ok(value('watermark.psnr_db')! >= 47.9);
  assert.ok(figures.every(({ kind }) => kind === 'landscapes'));
});

test('structural similarity is 1 for the same picture, and falls with noise', () => {
  const plane = lumaPlane(landscape(5, 160, 120));
  assert.ok(Math.abs(ssim(plane, plane) - 1) < 1e-6);
  const noisy = emptyPlane(160, 120);
  for (let i = 0; i < noisy.data.length; i++) noisy.data[i] = plane.data[i]! + (i % 2 === 0 ? 12 : -12);
  assert.ok(ssim(plane, noisy) < 0.9);
});
