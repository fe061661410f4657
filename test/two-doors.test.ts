/**
 * The whole walk, in a real browser: a person protects a picture that never leaves the device; an altered copy is
 * uploaded to photo-board and held, and so are a phone's screenshot and a collage that show it; a reviewer decides; the
 * platform hears of it and acts; the person sees it, takes everything back, and the same copies pass.
 * @module
 */

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createClient } from '@reclaim/client/client';
import { type PhotoBoard, startPhotoBoard } from '@reclaim/photo-board/photo-board';
import { landscape } from '@reclaim/raster/landscape.fixture';
import { en as consoleWords } from '@reclaim/web/console/words/en';
import type { Page } from 'playwright-core';
import { ALTERATIONS, jpegOf } from '../tools/altered-copies.ts';
import { plantedWith } from './database-dump.fixture.ts';
import { freePort } from './free-port.fixture.ts';
import {
  PATIENCE_MS,
  type PortalWalk,
  portalWalk,
  press,
  walkToProtect,
  words,
} from './portal-walk.fixture.ts';
import { openConsole } from './virtual-authenticator.fixture.ts';

/** Words that a person and a platform wrote on the way; none of them may be found in the database. */
const PLANTED = { file: 'planted-holiday-name', caption: 'planted caption of an uploader' };

let walk: PortalWalk;
let board: PhotoBoard;
let folder: string;

before(async () => {
  const port = await freePort();
  walk = await portalWalk({ previewHosts: [`localhost:${port}`] });
  folder = await mkdtemp(join(tmpdir(), 'reclaim-board-'));
  const { node, ask, tokenFor } = walk.node;
  const url = `http://localhost:${port}/hooks/reclaim`;
  const hook = await ask('POST', '/v1/webhooks', { token: await tokenFor(['admin']), json: { url } });
  assert.equal(hook.status, 201);
  board = await startPhotoBoard({
    client: createClient({
      url: node.url,
      key: await tokenFor(['check', 'report']),
      timeoutMs: PATIENCE_MS,
    }),
    dataDir: folder,
    port,
    hookSecret: hook.json.secret,
    // So long that whatever the board learns within the walk it was told by the webhook.
    intervalMs: 3_600_000,
  });
});

after(async () => {
  await board?.stop();
  await walk?.end();
  await rm(folder, { recursive: true, force: true });
});

const heading = (page: Page, name: string | RegExp) =>
  page.getByRole('heading', { level: 1, name, exact: true }).waitFor();

/** Protects a file through the portal and answers the code. */
async function protect(file: Buffer): Promise<string> {
  const { page, complaints } = await walk.open();
  await walkToProtect(page);
  const chosen = { name: `${PLANTED.file}.jpg`, mimeType: 'image/jpeg', buffer: file };
  await page.locator('input[type=file]').setInputFiles([chosen]);
  await page.getByText(words.protect.done).waitFor();
  await press(page, words.protect.see);
  await heading(page, words.leaves.title);
  await press(page, words.leaves.agree);
  await heading(page, words.code.title);
  await page.locator('.code-words .group').nth(6).waitFor();
  const code = (await page.locator('.code-words .group').allTextContents()).join(' ');
  await press(page, words.code.wrote);
  await page.getByLabel(words.typeback.label).fill(code);
  await press(page, words.typeback.send);
  await heading(page, words.kept.title);
  assert.deepEqual(complaints, []);
  await page.context().close();
  return code;
}

/** Uploads to photo-board as anybody would, and answers the uploader's own page. */
async function upload(file: Buffer): Promise<Page> {
  const { page } = await walk.open({}, '/help');
  await page.goto(`${board.url}/add`);
  await page
    .locator('input[type=file]')
    .setInputFiles([{ name: 'a.jpg', mimeType: 'image/jpeg', buffer: file }]);
  await page.locator('[name=caption]').fill(PLANTED.caption);
  await page.locator('main button').click();
  await page.waitForURL('**/mine/**');
  return page;
}

/** Reloads until the page's first heading is `name`. */
async function becomes(page: Page, name: RegExp): Promise<void> {
  const patience = performance.now() + PATIENCE_MS;
  for (;;) {
    await page.reload();
    if (name.test((await page.locator('h1').textContent()) ?? '')) return;
    assert.ok(performance.now() < patience, `the page never said ${name}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Inline, so that a page of nobody's shows it. */
const inline = (file: Buffer) => `data:image/jpeg;base64,${file.toString('base64')}`;

/** What a phone's own screenshot of a picture in an app would be: three device pixels to one of the page's, bars and words. */
async function phoneScreenshot(file: Buffer): Promise<Buffer> {
  const phone = {
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 3,
    isMobile: true,
    hasTouch: true,
  };
  const { page } = await walk.open(phone, 'about:blank');
  await page.setContent(`<!doctype html><body style="margin:0;background:#fff;font:16px sans-serif">
    <header style="height:96px;background:#222;color:#fff;padding:40px 12px 0">Messages</header>
    <p style="margin:16px">somebody, 21:04</p><img alt="" style="width:100%;display:block" src="${inline(file)}">
    <p style="margin:16px">look what I found</p></body>`);
  return shot(page);
}

/** A collage of two pictures as a page lays them out, with a gap. */
async function collage(file: Buffer, other: Buffer): Promise<Buffer> {
  const { page } = await walk.open({ viewport: { width: 1008, height: 384 } }, 'about:blank');
  await page.setContent(`<!doctype html><body style="margin:6px;background:#111;display:flex;gap:6px">
    ${[other, file].map((each) => `<img alt="" style="width:495px;height:372px" src="${inline(each)}">`).join('')}</body>`);
  return shot(page);
}

async function shot(page: Page): Promise<Buffer> {
  await page.waitForFunction(() =>
    [...document.images].every((image) => image.complete && image.naturalWidth > 0),
  );
  const file = await page.screenshot({ type: 'jpeg', quality: 88 });
  await page.context().close();
  return file;
}

test('protect, hold, decide, tell, see, take back, pass again', async () => {
  const original = await jpegOf(landscape(4_711, 1_000, 750), 92);
  const copy = await ALTERATIONS['all of them'](original);
  const code = await protect(original);

  const uploader = await upload(copy);
  assert.match((await uploader.locator('h1').textContent()) ?? '', /waits/);

  const desk = await openConsole(walk);
  const row = desk.locator('#queue-list .queue-row').first();
  await row.waitFor();
  await desk.keyboard.press('j');
  await desk.keyboard.press('Enter');
  await desk.getByRole('heading', { name: consoleWords['decide.title'], exact: true }).waitFor();
  // Covered until a key is held, covered again when it is let go.
  const picture = desk.locator('img.shown');
  assert.equal(await picture.count(), 0);
  await desk.getByText(consoleWords['look.hold']).waitFor();
  await holdUntilShown(desk);
  await desk.keyboard.up(' ');
  await picture.waitFor({ state: 'detached' });
  for (const key of ['1', '1', 'Enter']) await desk.keyboard.press(key);

  await becomes(uploader, /not shown/i);
  const person = await walk.open();
  await press(person.page, words.start.haveCode);
  await person.page.getByLabel(words.open.label).fill(code);
  await press(person.page, words.open.open);
  await heading(person.page, words.status.title);
  await person.page.getByText(words.status.states.confirmed, { exact: true }).waitFor();

  // A screenshot and a collage that hold the picture wait as any copy does; those of another picture are shown.
  const stranger = await jpegOf(landscape(4_712, 1_000, 750), 92);
  const holding = [await phoneScreenshot(original), await collage(original, stranger)];
  for (const file of holding)
    assert.match((await (await upload(file)).locator('h1').textContent()) ?? '', /waits/);
  for (const file of [await phoneScreenshot(stranger), await collage(stranger, stranger)])
    assert.doesNotMatch((await (await upload(file)).locator('h1').textContent()) ?? '', /waits/);

  const codeWords = Object.fromEntries(code.split(' ').map((word, at) => [`word ${at + 1}`, word]));
  assert.deepEqual(await plantedWith(walk.node, { ...PLANTED, ...codeWords, code }), []);

  await press(person.page, words.status.withdraw);
  await press(person.page, words.withdraw.yes);
  await heading(person.page, words.erased.title);
  for (const file of [copy, ...holding])
    assert.doesNotMatch((await (await upload(file)).locator('h1').textContent()) ?? '', /waits/);
});

/** Holds Space as a reviewer does: a press that came before the page could listen is made again. */
async function holdUntilShown(desk: Page): Promise<void> {
  for (let tries = 0; tries < 20; tries++) {
    await desk.keyboard.down(' ');
    const shown = desk.locator('img.shown').waitFor({ timeout: 6_000 });
    if (await shown.then(() => true).catch(() => false)) return;
    await desk.keyboard.up(' ');
  }
  assert.fail('the picture was never shown while the key was held');
}
