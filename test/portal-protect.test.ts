/**
 * The person's walk on a real node in a real browser: protect, send, come back by code, withdraw.
 * @module
 */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { landscape } from './portal-landscape.fixture.ts';
import {
  holdsCode,
  type PortalWalk,
  portalWalk,
  press,
  walkToNeeds,
  walkToProtect,
  words,
} from './portal-walk.fixture.ts';

let walk: PortalWalk;
before(async () => {
  walk = await portalWalk();
});
after(() => walk.end());

const heading = (page: import('playwright-core').Page, name: string) =>
  page.getByRole('heading', { level: 1, name, exact: true }).waitFor();

/** The code on the page, once it is drawn. */
async function codeOn(page: import('playwright-core').Page): Promise<string> {
  await page.locator('.code-words .group').first().waitFor();
  return (await page.locator('.code-words .group').allTextContents()).join(' ');
}

test('S22, S24, S53, S67: a picture is protected only after the code was typed back; the case opens by code on another device, and S28: all is taken back in two taps', async () => {
  const { page, asked, complaints } = await walk.open();
  await walkToProtect(page);
  const file = { name: 'IMG_secret_name.jpg', mimeType: 'image/jpeg', buffer: await landscape(3) };
  await page.locator('input[type=file]').setInputFiles([file]);
  await page.getByText(words.protect.done).waitFor();

  const writes = () => asked.filter(({ method }) => method === 'POST');
  await press(page, words.protect.see);
  await heading(page, words.leaves.title);
  // S24: what leaves is drawn, with its reach and where the reach is wider.
  await page.getByRole('img', { name: /Fingerprint of/ }).waitFor();
  assert.ok(await page.getByText(words.leaves.reach).isVisible());
  assert.ok(await page.getByText(words.leaves.not).isVisible());
  assert.equal(await page.getByRole('link', { name: words.leaves.widerLink }).count(), 1);
  await press(page, words.leaves.agree);
  await heading(page, words.code.title);
  const code = await codeOn(page);
  assert.equal(code.split(' ').length, 7);
  // S67: the code is seen but not in what a screen reader reads, until it is asked for.
  assert.equal(await page.locator('.code-words').getAttribute('aria-hidden'), 'true');
  await press(page, words.code.read);
  assert.equal(await page.locator('.code-words').getAttribute('aria-hidden'), null);
  await press(page, words.code.wrote);
  await heading(page, words.typeback.title);
  await page.getByLabel(words.typeback.label).fill(code.split(' ').reverse().join(' '));
  await press(page, words.typeback.send);
  await page.getByRole('alert').filter({ hasText: 'not quite' }).waitFor();
  assert.equal(writes().length, 0, 'nothing was sent before the code was typed back');
  assert.notEqual(
    await page.getByLabel(words.typeback.label).inputValue(),
    '',
    'S27: what was typed is kept',
  );

  // S23: back to the code and forth again: it is the same one.
  await press(page, words.typeback.show);
  assert.equal(await codeOn(page), code);
  await press(page, words.code.wrote);
  await page.getByLabel(words.typeback.label).fill(code);
  await press(page, words.typeback.send);
  await heading(page, words.kept.title);
  assert.ok(await page.getByText(words.frame.notFault).first().isVisible());

  // What crossed: one perceptual hash, nothing of the file.
  const sent = writes()
    .map(({ body }) => body ?? '')
    .join('\n');
  assert.equal(sent.match(/"kind":"pdq"/g)?.length, 1);
  assert.doesNotMatch(sent, /secret_name|sha256"?:"?kind|"kind":"sha256"/);
  for (const word of code.split(' ')) assert.ok(!sent.includes(`"${word}"`));
  assert.ok(asked.every(({ url }) => !holdsCode(url, code)));
  assert.deepEqual(complaints, []);
  await page.context().close();

  const other = await walk.open();
  await press(other.page, words.start.haveCode);
  await other.page.getByLabel(words.open.label).fill(code);
  await press(other.page, words.open.open);
  await heading(other.page, words.status.title);
  await other.page.getByText(words.status.states.unconfirmed, { exact: true }).waitFor();
  // S53: who acts next.
  assert.ok(await other.page.getByText(words.status.next.unconfirmed).isVisible());
  await press(other.page, words.status.withdraw);
  await heading(other.page, words.withdraw.title);
  await press(other.page, words.withdraw.yes);
  await heading(other.page, words.erased.title);
  assert.ok(await other.page.getByText('1 fingerprint was taken back').isVisible());
  // The code opens nothing now, and says no more than that.
  await press(other.page, words.frame.home);
  await press(other.page, words.start.haveCode);
  await other.page.getByLabel(words.open.label).fill(code);
  await press(other.page, words.open.open);
  await other.page.getByText(words.open.wrong).waitFor();
  assert.equal(await other.page.getByLabel(words.open.label).inputValue(), code);
  await other.page.context().close();
});

test('S21: from the safety page to the fingerprint it takes four presses and the choice of a file, one question a screen', async () => {
  const { page } = await walk.open();
  await press(page, words.start.now);
  let taps = 0;
  for (const name of [words.safety.goOn, words.age.no, words.needs.protect]) {
    assert.ok((await page.locator('main h1').count()) === 1);
    await press(page, name);
    taps += 1;
  }
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.locator('input[type=file]').click(),
  ]);
  taps += 1;
  await chooser.setFiles([{ name: 'a.jpg', mimeType: 'image/jpeg', buffer: await landscape(5) }]);
  taps += 1;
  await page.getByText(words.protect.done).waitFor();
  assert.ok(taps <= 5, `${taps} taps`);
  await page.context().close();
});

test('S24: several pictures stand in the order in which they were chosen', async () => {
  const { page } = await walk.open();
  await walkToProtect(page);
  const files = await Promise.all(
    [61, 67, 71].map(async (seed) => ({
      name: `${seed}.jpg`,
      mimeType: 'image/jpeg',
      buffer: await landscape(seed),
    })),
  );
  await page.locator('input[type=file]').setInputFiles(files);
  await page.getByText('3 pictures are ready').waitFor();
  await press(page, words.protect.see);
  await heading(page, words.leaves.title);
  assert.deepEqual(await page.locator('main .card strong').allTextContents(), [
    'Picture 1',
    'Picture 2',
    'Picture 3',
  ]);
  await page.context().close();
});

test('S27: a file that is no picture, an empty one and a blank one each say what to do, and keep the others', async () => {
  const { page } = await walk.open();
  await walkToProtect(page);
  const blank = await sharp({ create: { width: 400, height: 400, channels: 3, background: '#777' } })
    .png()
    .toBuffer();
  await page.locator('input[type=file]').setInputFiles([
    { name: 'good.jpg', mimeType: 'image/jpeg', buffer: await landscape(7) },
    { name: 'text.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('this is text, whatever it is called') },
    { name: 'empty.png', mimeType: 'image/png', buffer: Buffer.alloc(0) },
    { name: 'blank.png', mimeType: 'image/png', buffer: blank },
  ]);
  await page.getByText(words.protect.done).waitFor();
  await page.getByText(words.protect.refusals['not-an-image']).waitFor();
  await page.getByText(words.protect.refusals.empty).waitFor();
  await page.getByText(words.protect.refusals.blank).waitFor();
  assert.equal(await page.getByText('1 picture is ready').count(), 1);
  // S23: away and back, nothing is lost.
  await press(page, words.frame.back);
  await press(page, words.needs.protect);
  assert.equal(await page.getByText(words.protect.done).count(), 1);
  await page.context().close();
});

test('S27: without the network a code says so, keeps what was typed, and works when the network is back', async () => {
  const { page } = await walk.open();
  await press(page, words.start.haveCode);
  await page.getByLabel(words.open.label).fill('one two three');
  await page.context().setOffline(true);
  await press(page, words.open.open);
  await page.getByText(words.frame.offline).waitFor();
  assert.equal(await page.getByLabel(words.open.label).inputValue(), 'one two three');
  await page.context().setOffline(false);
  await press(page, words.open.open);
  await page.getByText(words.open.wrong).waitFor();
  await page.context().close();
});

test('S30, S62: the part of a screenshot is set by keys on a covered picture, which shows only while it is held and never on hover', async () => {
  const { page } = await walk.open();
  await walkToProtect(page);
  const photo = await landscape(11, 900, 700);
  const screenshot = await sharp({
    create: { width: 1080, height: 1920, channels: 3, background: '#ffffff' },
  })
    .composite([{ input: photo, left: 90, top: 600 }])
    .png()
    .toBuffer();
  await page
    .locator('input[type=file]')
    .setInputFiles([{ name: 's.png', mimeType: 'image/png', buffer: screenshot }]);
  await page.getByText(words.protect.cropHint).waitFor();
  await press(page, words.protect.crop);
  await heading(page, words.crop.title);
  // The proposal is the photo, give or take its edge.
  const left = page.getByLabel(words.crop.left);
  const proposed = Number(await left.inputValue());
  assert.ok(Math.abs(proposed - 90) <= 12, `left edge ${proposed}`);
  await left.focus();
  await page.keyboard.press('ArrowRight');
  assert.equal(Number(await left.inputValue()), proposed + 1);

  const covered = page.locator('.covered');
  await covered.hover();
  assert.equal(await covered.locator('img').count(), 0);
  await page.mouse.down();
  await covered.locator('img').waitFor();
  await page.mouse.up();
  await covered.locator('img').waitFor({ state: 'detached' });
  await covered.focus();
  await page.keyboard.down('Space');
  await covered.locator('img').waitFor();
  await page.keyboard.up('Space');
  await covered.locator('img').waitFor({ state: 'detached' });

  await press(page, words.crop.use);
  await page.getByText(words.protect.cropped).waitFor();
  await page.context().close();
});

test('S27: the network goes while sending: nothing is lost, and the same press sends once it is back; a reload leaves nothing behind', async () => {
  const { page } = await walk.open();
  await walkToProtect(page);
  await page
    .locator('input[type=file]')
    .setInputFiles([{ name: 'b.jpg', mimeType: 'image/jpeg', buffer: await landscape(23) }]);
  await page.getByText(words.protect.done).waitFor();
  await press(page, words.frame.save);
  const code = await codeOn(page);
  await press(page, words.code.wrote);
  await page.getByLabel(words.typeback.label).fill(code);
  await page.context().setOffline(true);
  await press(page, words.typeback.send);
  await page.getByText(words.frame.offline).waitFor();
  assert.equal(await page.getByLabel(words.typeback.label).inputValue(), code);
  await page.context().setOffline(false);
  await press(page, words.typeback.send);
  await heading(page, words.kept.title);
  await page.reload();
  await heading(page, words.start.title);
  assert.ok(!holdsCode(await page.content(), code));
  await page.context().close();
});

test('S27: the network goes before a screen, or what measures a picture, was fetched: it says so, and the same press goes on once it is back', async () => {
  const { page } = await walk.open();
  await walkToNeeds(page);
  const offline = page.getByText(words.frame.offline).first();
  await page.context().setOffline(true);
  await press(page, words.needs.copies);
  await offline.waitFor();
  await page.context().setOffline(false);
  await press(page, words.frame.goOn);
  await heading(page, words.copies.title);
  await press(page, words.frame.back);
  await press(page, words.needs.protect);
  await page.context().setOffline(true);
  await page
    .locator('input[type=file]')
    .setInputFiles([{ name: 'c.jpg', mimeType: 'image/jpeg', buffer: await landscape(29) }]);
  await offline.waitFor();
  await page.context().setOffline(false);
  await press(page, words.frame.goOn);
  await page.getByText(words.protect.done).waitFor();
  assert.equal(await page.getByText('1 picture is ready').count(), 1);
  await page.context().close();
});

test('S65: a 12-megapixel photo is fingerprinted in a worker, and each step of it is announced', async (t) => {
  const photo = await landscape(51, 4000, 3000);
  const { page } = await walk.open();
  await walkToProtect(page);
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(globalThis, { said });
    new MutationObserver(() => {
      for (const { textContent } of document.querySelectorAll('main [role=status]'))
        if (textContent && said.at(-1) !== textContent) said.push(textContent);
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  // As a file of the disk, like a person's. How long it takes, and the page's thread meanwhile: bench/two-doors.ts.
  const folder = mkdtempSync(path.join(tmpdir(), 'reclaim-walk-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'large.jpg');
  writeFileSync(file, photo);
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByText(words.protect.done).waitFor();
  const said = await page.evaluate(() => (globalThis as unknown as { said: readonly string[] }).said);
  for (const step of [words.protect.reading, words.protect.decoding, words.protect.measuring])
    assert.ok(
      said.some((each) => each.endsWith(step)),
      `${step} in ${said.join(' | ')}`,
    );
  assert.ok(said.at(-1)?.startsWith('1 picture is ready'));
  assert.ok(page.workers().some((worker) => worker.url().includes('fingerprint-worker')));
  await page.context().close();
});
