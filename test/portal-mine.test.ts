/**
 * "Is this my picture?" in a real browser: a screenshot that holds it, another picture, a file that is none.
 * @module
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { landscape } from '@reclaim/raster/landscape.fixture';
import { lumaPlane } from '@reclaim/raster/plane';
import { alterationOf } from '@reclaim/registration/alteration';
import { findCopy } from '@reclaim/registration/find-copy';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { type PortalWalk, portalWalk, press, walkToNeeds, words } from './portal-walk.fixture.ts';

let walk: PortalWalk;
before(async () => {
  walk = await portalWalk();
});
after(() => walk.end());

const PHOTO = landscape(31, 800, 600);

function jpeg(pixels: typeof PHOTO): Promise<Buffer> {
  const { width, height, data } = pixels;
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer();
}

/** A phone's screen with the picture in it: bars, words, the picture cut on the right. */
async function screenshot(): Promise<Buffer> {
  const inside = await sharp(await jpeg(PHOTO))
    .extract({ left: 0, top: 0, width: 720, height: 600 })
    .resize(540, 450)
    .toBuffer();
  // What stands around it, as light marks on a dark page.
  const mark = (left: number, top: number, width: number) => ({
    input: { create: { width, height: 18, channels: 3, background: '#e0e0e0' } } as const,
    left,
    top,
  });
  const marks = [40, 130, 170, 880, 930].flatMap((top, row) =>
    [30, 110, 210, 330].map((left, at) => mark(left, top, 30 + ((row * 37 + at * 23) % 60))),
  );
  return sharp({ create: { width: 540, height: 1100, channels: 3, background: '#101418' } })
    .composite([...marks, { input: inside, left: 0, top: 260 }])
    .jpeg({ quality: 70 })
    .toBuffer();
}

async function walkToMine(page: Page): Promise<void> {
  await walkToNeeds(page);
  await press(page, words.needs.mine);
  await page.getByRole('heading', { level: 1, name: words.mine.title }).waitFor();
}

async function choose(page: Page, label: string, buffer: Buffer): Promise<void> {
  await page.getByLabel(label).setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer });
}

test('S30: a screenshot that holds the picture is told from the device alone, and both are shown only while held', async () => {
  const { page, asked, complaints } = await walk.open();
  await walkToMine(page);
  const button = page.getByRole('button', { name: words.mine.compare });
  assert.equal(await button.isDisabled(), true);
  await choose(page, words.mine.mine, await jpeg(PHOTO));
  await choose(page, words.mine.suspect, await screenshot());
  await button.click();
  await page.getByRole('heading', { name: words.mine.copy }).waitFor();
  // 720 of 800 columns are shown; the picture takes 450 of 1100 rows.
  await page.getByText(/It shows about (89|90|91) % of your picture\./).waitFor();
  await page.getByText(/About (58|59|60) % of the file is something else/).waitFor();
  const covered = page.getByRole('button', { name: words.mine.drawing });
  assert.equal(await page.locator('main img').count(), 0);
  await covered.focus();
  await page.keyboard.down(' ');
  const shown = page.getByAltText(words.mine.drawingText);
  await shown.waitFor();
  assert.ok((await shown.evaluate((image) => (image as HTMLImageElement).decode().then(() => 1))) === 1);
  await page.keyboard.up(' ');
  assert.equal(await page.locator('main img').count(), 0);
  // Leaving the screen forgets both.
  await press(page, words.frame.back);
  await press(page, words.needs.mine);
  assert.equal(await button.isDisabled(), true);
  // Nothing was sent: only parts of the page were asked for, and the drawing from memory.
  assert.deepEqual(
    asked.filter(({ method, body }) => method !== 'GET' || body !== null),
    [],
  );
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test('the browser and Node answer alike, to the last digit that is told', async () => {
  const { page } = await walk.open();
  await walkToMine(page);
  // PNG decodes to the same samples on both sides; JPEG decoders may differ by a level.
  const lossless = await sharp(await screenshot())
    .png()
    .toBuffer();
  const mine = await sharp(PHOTO.data, { raw: { width: 800, height: 600, channels: 3 } })
    .png()
    .toBuffer();
  await choose(page, words.mine.mine, mine);
  await choose(page, words.mine.suspect, lossless);
  await press(page, words.mine.compare);
  await page.getByRole('heading', { name: words.mine.copy }).waitFor();
  const told = await page.locator('main li').allTextContents();
  const { data, info } = await sharp(lossless).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const suspect = lumaPlane({ width: info.width, height: info.height, channels: 3, data });
  const found = findCopy(lumaPlane(PHOTO), suspect);
  assert.ok(found.kind === 'fit');
  const { shown, covers } = alterationOf(found.map, PHOTO, suspect);
  assert.ok(told.some((line) => line.includes(`${Math.round(100 * shown)} %`)));
  assert.ok(told.some((line) => line.includes(`${Math.round(100 * (1 - covers))} %`)));
  await page.context().close();
});

test('another picture is not found, with what that means; a file that is none stops with its reason', async () => {
  const { page } = await walk.open({ viewport: { width: 360, height: 740 } });
  await walkToMine(page);
  await choose(page, words.mine.mine, await jpeg(PHOTO));
  await choose(page, words.mine.suspect, await jpeg(landscape(32, 640, 480)));
  await press(page, words.mine.compare);
  await page.getByRole('heading', { name: words.mine.none['no-fit'] }).waitFor();
  await page.getByText(words.mine.noneNote).waitFor();
  await choose(page, words.mine.suspect, Buffer.from('no picture'));
  await press(page, words.mine.compare);
  await page.getByText(words.protect.refusals['not-an-image'], { exact: false }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  await page.context().close();
});

test('S30: a screen that is left while what compares is still fetched reads neither picture afterwards', async () => {
  const { page } = await walk.open();
  await walkToMine(page);
  await page.evaluate(() => {
    const started: string[] = [];
    const Started = new Proxy(Worker, {
      construct: (target, given) => {
        started.push(String(given[0]));
        return Reflect.construct(target, given) as Worker;
      },
    });
    Object.assign(globalThis, { started, Worker: Started });
  });
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  await page.route(/\/compare-[\w-]{8}\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  await choose(page, words.mine.mine, await jpeg(PHOTO));
  await choose(page, words.mine.suspect, await jpeg(PHOTO));
  const [asked] = await Promise.all([
    page.waitForRequest(/\/compare-[\w-]{8}\.js$/),
    press(page, words.mine.compare),
  ]);
  await press(page, words.frame.back);
  release();
  // It is there once the page itself has it, and whoever waited for it before.
  await page.evaluate((url) => import(url).then(() => undefined), asked.url());
  const started = await page.evaluate(
    () => (globalThis as unknown as { started: readonly string[] }).started,
  );
  assert.deepEqual(
    started.filter((each) => each.includes('compare')),
    [],
  );
  await page.context().close();
});

test('S40: with another answer about age there is no way to it', async () => {
  const { page } = await walk.open();
  await press(page, words.start.now);
  await press(page, words.safety.goOn);
  await press(page, words.age.notSure);
  await page.getByRole('heading', { level: 1, name: words.minor.title }).waitFor();
  assert.equal(await page.getByRole('button', { name: words.needs.mine }).count(), 0);
  assert.equal(await page.locator('input[type=file]').count(), 0);
  await page.context().close();
});
