import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { landscape } from '@reclaim/raster/landscape.fixture';
import { parsePixels } from '@reclaim/raster/pixels';
import sharp from 'sharp';
import { filesOf, partOf } from './bench-altered-pictures.ts';
import { upperBound } from './bench-altered-strangers.ts';
import { twinsAmong } from './bench-altered-twins.ts';

test('the bound of a rate is that of Clopper and Pearson', () => {
  // None seen: 1 − 0.05^(1/n), the "rule of three".
  assert.ok(Math.abs(upperBound(0, 100) - (1 - 0.05 ** 0.01)) < 1e-9);
  assert.ok(Math.abs(upperBound(0, 10_000) - 2.9953e-4) < 1e-7);
  // 2 of 10: P(X <= 2) = 0.05 at 0.5069.
  assert.ok(Math.abs(upperBound(2, 10) - 0.5069) < 1e-3);
});

test('the parts of a run are disjoint and together the whole', () => {
  const all = Array.from({ length: 23 }, (_, i) => i);
  const parts = [1, 2, 3, 4].map((index) => partOf(all, { index, of: 4 }));
  assert.deepEqual(
    parts.flat().sort((a, b) => a - b),
    all,
  );
  assert.deepEqual(partOf(all, { index: 1, of: 1 }), all);
});

test('a gathered picture that cannot be read is named, with the reason', async () => {
  const root = mkdtempSync(path.join(tmpdir(), 'reclaim-bench-'));
  try {
    const folder = path.join(root, 'photographs');
    mkdirSync(folder);
    writeFileSync(path.join(folder, '00001.jpg'), 'no picture');
    const [load] = filesOf(folder);
    await assert.rejects(load!(), {
      name: 'Problem',
      message: 'the gathered picture photographs/00001.jpg cannot be read (not-an-image)',
    });
    assert.deepEqual(filesOf(path.join(root, 'none')), []);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

test('a gathered picture may take longer than one at a door, since a run may be held', async () => {
  const root = mkdtempSync(path.join(tmpdir(), 'reclaim-bench-'));
  try {
    const { data, width, height } = landscape(5, 400, 300);
    const png = await sharp(data, { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer();
    writeFileSync(path.join(root, '00001.png'), png);
    // The clock of a door strikes while the process is held: here, while it computes.
    const held = async (loading: Promise<unknown>) => {
      for (const until = performance.now() + 60; performance.now() < until; );
      return loading;
    };
    await assert.rejects(held(filesOf(root, { timeMs: 1 })[0]!()), /too-slow/);
    assert.equal(((await held(filesOf(root)[0]!())) as { width: number }).width, width);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

test('two cuts of one picture are twins, and two pictures are not', async () => {
  const whole = landscape(21, 640, 480);
  const cut = parsePixels(
    Uint8Array.from(
      { length: 400 * 420 * 3 },
      (_, at) =>
        whole.data[3 * ((30 + Math.floor(at / 1_200)) * 640 + 90 + (Math.floor(at / 3) % 400)) + (at % 3)]!,
    ),
    400,
    420,
    3,
  );
  let read = 0;
  const originals = [whole, cut, landscape(22, 640, 480)].map((pixels) => async () => {
    read++;
    return pixels;
  });
  const isTwin = twinsAmong(originals);
  assert.equal(await isTwin(1, [2, 0]), true);
  assert.equal(await isTwin(2, [0]), false);
  assert.equal(read, 6);
  assert.equal(await isTwin(0, [2, 1]), true);
  assert.equal(read, 6, 'each pair is looked at once');
});
