/**
 * Draws the pictures of docs/person.md and docs/reviewer.md anew, from the pages as they are.
 *
 *     node tools/guide-pictures.ts
 *
 * Needs built pages (`npm run setup`) and Chromium. The pictures in them are landscapes made by code.
 * @module
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { landscape } from '@reclaim/raster/landscape.fixture';
import { lookPicture } from '@reclaim/service/look-picture';
import { buildConsole } from '@reclaim/web/console/console-build.fixture';
import { fixtureJob, fixtureMatch } from '@reclaim/web/console/job.fixture';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { startChromium } from '../test/console-browser.fixture.ts';
import { fakeNode } from '../test/console-node.fixture.ts';
import { portalWalk, press, words } from '../test/portal-walk.fixture.ts';
import { jpegOf } from './altered-copies.ts';

const FOLDER = path.join(import.meta.dirname, '../docs/images');

/**
 * The page in few colours and so in few bytes: down to the end of what it says, its foot left out, and to `longest` at
 * most, in pixels of the page; or as it stands in the window.
 */
async function draw(page: Page, name: string, longest: number | 'window'): Promise<void> {
  const main = await page.locator('main').boundingBox();
  if (main === null) throw new Error('expected a page with a main part');
  const { width } = page.viewportSize() ?? { width: 0 };
  const shot = await (longest === 'window'
    ? page.screenshot()
    : page.screenshot({
        fullPage: true,
        clip: { x: 0, y: 0, width, height: Math.min(longest, main.y + main.height) },
      }));
  await sharp(shot)
    .png({ palette: true, colours: 64, effort: 10 })
    .toFile(path.join(FOLDER, `${name}.png`));
}

async function drawPortal(): Promise<void> {
  const walk = await portalWalk();
  try {
    const { page } = await walk.open({ viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 });
    const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
    await heading(words.start.title);
    await draw(page, 'portal-start', 830);
    await press(page, words.start.now);
    await press(page, words.safety.goOn);
    await heading(words.age.title);
    await page.mouse.move(0, 0);
    await draw(page, 'portal-age', 830);
    await press(page, words.age.no);
    await press(page, words.needs.protect);
    const files = await Promise.all(
      [3, 5].map(async (seed) => ({
        name: `${seed}.jpg`,
        mimeType: 'image/jpeg',
        buffer: await jpegOf(landscape(seed, 800, 600), 90),
      })),
    );
    await page.locator('input[type=file]').setInputFiles(files);
    await page.getByText('2 pictures are ready').waitFor();
    await press(page, words.protect.see);
    await heading(words.leaves.title);
    await draw(page, 'portal-leaves', 1_180);
    await press(page, words.leaves.agree);
    await page.locator('.code-words .group').first().waitFor();
    await draw(page, 'portal-code', 1_180);
  } finally {
    await walk.end();
  }
}

async function drawConsole(): Promise<void> {
  const webDir = mkdtempSync(path.join(tmpdir(), 'reclaim-pictures-'));
  const browser = await startChromium();
  try {
    await buildConsole(webDir);
    const job = fixtureJob(4_711, {
      interim: 'held',
      openedAt: Date.now() - 300_000,
      item: { id: 'photo-4711', previewUrl: 'http://localhost:1/x' },
      matches: [fixtureMatch(7, { orientation: 'flipPlus1' })],
    });
    // As the node draws it: the outline, with the mark of whoever looks.
    const outline = await lookPicture(landscape(7, 800, 600), 'outline', 'stf_rowan 2026-11-26 09:00 UTC');
    const fake = await fakeNode(webDir, [job], outline);
    fake.views.count = 0;
    const page = await browser.newPage({ viewport: { width: 1200, height: 750 }, locale: 'en' });
    await page.goto(`${fake.url}/console`);
    await page.locator('#queue-list .queue-row').first().waitFor();
    await page.keyboard.press('Enter');
    await page.locator('#decide-title').waitFor();
    await page.keyboard.down(' ');
    await page.locator('img.shown').waitFor();
    await draw(page, 'reviewer-card', 'window');
    await page.keyboard.up(' ');
    await page.keyboard.press('1');
    // Tall enough for all of it, down to the button that decides.
    await page.setViewportSize({ width: 1200, height: 1_100 });
    await page.getByRole('button', { name: /^Decide:/ }).scrollIntoViewIfNeeded();
    await draw(page, 'reviewer-decide', 'window');
    await page.setViewportSize({ width: 1200, height: 750 });
    await page.keyboard.press('m');
    await page.locator('.minor').waitFor();
    await draw(page, 'reviewer-minor', 'window');
    await fake.end();
  } finally {
    await browser.close();
    rmSync(webDir, { recursive: true, force: true });
  }
}

await drawPortal();
await drawConsole();
process.exit(0);
