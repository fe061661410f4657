/**
 * The roads beside the main one: pictures of somebody under 18, blackmail, helping; and the weight of the first page.
 * @module
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { builtWeb } from '@reclaim/service/web-files';
import { en as say } from '@reclaim/web/ui/words/links/en';
import { type PortalWalk, portalWalk, press, walkToNeeds, words } from './portal-walk.fixture.ts';

let walk: PortalWalk;
before(async () => {
  walk = await portalWalk();
});
after(() => walk.end());

for (const answer of [words.age.yes, words.age.notSure]) {
  test(`S40: after "${answer}" there is no file control in the page, nothing that hashes is fetched, and the other road stands there`, async () => {
    const { page, asked } = await walk.open();
    const noFile = async () => assert.equal(await page.locator('input[type=file]').count(), 0);
    await press(page, words.start.now);
    await noFile();
    await press(page, words.safety.goOn);
    await noFile();
    await page.getByRole('button', { name: answer, exact: true }).click();
    await page.getByRole('heading', { level: 1, name: words.minor.title }).waitFor();
    await noFile();
    for (const name of ['Take It Down', 'Report Remove', 'CyberTipline', 'Cybertip.ca'])
      assert.ok(await page.getByRole('heading', { name }).first().isVisible(), name);
    assert.ok(await page.getByText(words.frame.notFault).isVisible());
    // Help in words goes on.
    await press(page, words.needs.links);
    await page.getByRole('heading', { level: 1, name: say.paste.title }).waitFor();
    await noFile();
    assert.ok(
      asked.every(({ url, method }) => method === 'GET' && !/fingerprint|vault|worker|heic/.test(url)),
    );
    await page.context().close();
  });
}

test('S40: changing the answer later takes every picture out of the page', async () => {
  const { page } = await walk.open();
  await walkToNeeds(page);
  await press(page, words.needs.protect);
  await page.locator('input[type=file]').waitFor({ state: 'attached' });
  await press(page, words.frame.back);
  await press(page, words.frame.back);
  await press(page, words.age.yes);
  await page.getByRole('heading', { level: 1, name: words.minor.title }).waitFor();
  assert.equal(await page.locator('input[type=file]').count(), 0);
  await page.context().close();
});

test('S42: the emergency number follows the chosen country, and "not sure" has an answer', async () => {
  const { page } = await walk.open();
  await page.getByText('Emergency number: 999').waitFor();
  const country = page.locator('footer').getByLabel(words.danger.country);
  await country.selectOption('AU');
  await page.getByText('Emergency number: 000').waitFor();
  await country.selectOption('world');
  await page.getByText(words.danger.unknown).waitFor();
  await page.context().close();
});

test('S43: blackmail: stop, do not pay, keep the messages, do not delete the account', async () => {
  const { page } = await walk.open();
  await press(page, words.start.blackmail);
  for (const sentence of [
    words.blackmail.stop,
    words.blackmail.pay,
    words.blackmail.keep,
    words.blackmail.account,
  ])
    assert.ok(await page.getByText(sentence).isVisible());
  // Whatever the country, somebody stands there to turn to.
  assert.ok((await page.locator('main li.card h3').count()) > 0);
  await press(page, words.blackmail.goOn);
  await page.getByRole('heading', { level: 1, name: words.safety.title }).waitFor();
  await page.context().close();
});

test('S44: helping: do not look, do not pass on, ask first', async () => {
  const { page } = await walk.open();
  await press(page, words.start.helping);
  for (const sentence of [words.helper.look, words.helper.ask, words.helper.minor])
    assert.ok(await page.getByText(sentence).isVisible());
  await page.context().close();
});

test('S08: before the first sensitive page stands what leaving does not do', async () => {
  const { page } = await walk.open();
  await press(page, words.start.now);
  for (const sentence of [words.safety.history, words.safety.privateWindow, words.safety.spyware])
    assert.ok(await page.getByText(sentence).isVisible());
  await page.context().close();
});

test('S20: after the age question nothing is required: each kind of help opens by itself and can be left', async () => {
  const { page } = await walk.open();
  await walkToNeeds(page);
  for (const name of [
    words.needs.links,
    words.needs.evidence,
    words.needs.copies,
    words.needs.talk,
    words.needs.protect,
  ]) {
    await press(page, name);
    // A screen that is fetched has its way back once it is there.
    await page.getByRole('button', { name: words.frame.back }).waitFor();
    assert.equal(await page.locator('[required], [aria-required=true]').count(), 0);
    await press(page, words.frame.back);
    await page.getByRole('heading', { level: 1, name: words.needs.title }).waitFor();
  }
  await page.context().close();
});

test('the first page of the portal is under 60 KB compressed, whatever the language', async () => {
  const dist = builtWeb()!;
  for (const locale of ['en', 'es', 'ar']) {
    const { page, asked } = await walk.open({ locale });
    await page.locator('.exit .button').waitFor();
    await page.locator('main h1').waitFor();
    await page.waitForLoadState('networkidle');
    let bytes = 0;
    for (const { url } of asked) {
      const { pathname } = new URL(url);
      const file = pathname === '/' ? 'portal/index.html' : pathname.slice(1);
      bytes += gzipSync(readFileSync(path.join(dist, file)), { level: 9 }).length;
    }
    assert.ok(asked.length >= 4, 'page, style, script, words');
    assert.ok(bytes < 60 * 1024, `${locale}: ${bytes} bytes`);
    await page.context().close();
  }
});
