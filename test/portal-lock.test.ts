/**
 * The page that locks itself, two windows on one case, and a node that asks for a pause.
 * @module
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { drawReceiptCode, receiptWords } from '@reclaim/vault/receipt-code';
import { en as proof } from '@reclaim/web/ui/words/evidence/en';
import type { Page } from 'playwright-core';
import { landscape } from './portal-landscape.fixture.ts';
import {
  holdsCode,
  type PortalWalk,
  portalWalk,
  press,
  walkToProtect,
  words,
} from './portal-walk.fixture.ts';

let walk: PortalWalk;
before(async () => {
  walk = await portalWalk();
});
after(() => walk.end());

const heading = (page: Page, name: string) =>
  page.getByRole('heading', { level: 1, name, exact: true }).waitFor();

async function choose(page: Page, seed: number): Promise<void> {
  await page
    .locator('input[type=file]')
    .setInputFiles([{ name: 'a.jpg', mimeType: 'image/jpeg', buffer: await landscape(seed) }]);
  await page.getByText(words.protect.done).waitFor();
}

async function codeOn(page: Page): Promise<string> {
  await page.locator('.code-words .group').first().waitFor();
  return (await page.locator('.code-words .group').allTextContents()).join(' ');
}

async function typeIn(page: Page, code: string): Promise<void> {
  await page.getByLabel(words.open.label).fill(code);
  await press(page, words.open.open);
}

/** A case with one picture, made in a window of its own that is closed; its code. */
async function madeCase(seed: number): Promise<string> {
  const { page } = await walk.open();
  await walkToProtect(page);
  await choose(page, seed);
  await press(page, words.frame.save);
  const code = await codeOn(page);
  await press(page, words.code.wrote);
  await page.getByLabel(words.typeback.label).fill(code);
  await press(page, words.typeback.send);
  await heading(page, words.kept.title);
  await page.context().close();
  return code;
}

/** A window of its own on the case of a code. */
async function openCase(code: string): Promise<Page> {
  const { page } = await walk.open();
  await press(page, words.start.haveCode);
  await typeIn(page, code);
  await heading(page, words.status.title);
  await page.getByText(words.status.states.unconfirmed, { exact: true }).waitFor();
  return page;
}

/** Everything that the page holds in its tree, the values of its fields too. */
const everything = (page: Page) =>
  page.evaluate(() =>
    [
      document.documentElement.outerHTML,
      ...[...document.querySelectorAll<HTMLInputElement>('input, textarea')].map(({ value }) => value),
    ].join('\n'),
  );

test('S14, S66: an open case warns before it locks, a key puts that off, and the code brings back what was not saved', async () => {
  const code = await madeCase(31);
  const page = await openCase(code);
  await page.clock.install();
  const planted = 'a planted note that was not saved';
  await page.getByLabel(words.status.notes).fill(planted);
  // From here the minutes count: what came before may have taken some of its own.
  await page.keyboard.press('Control');
  await page.clock.fastForward('08:30');
  await page.getByText(words.frame.lockSoon).waitFor();
  // S66: as often as the person wants.
  await page.keyboard.press('Control');
  await page.getByText(words.frame.lockSoon).waitFor({ state: 'detached' });
  await page.clock.fastForward('08:30');
  await page.getByText(words.frame.lockSoon).waitFor();
  await page.clock.fastForward('02:00');
  await heading(page, words.open.title);
  await page.getByText(words.frame.locked).waitFor();
  const held = await everything(page);
  assert.ok(!held.includes(planted));
  assert.ok(!holdsCode(held, code));
  assert.equal(
    await page.getByRole('button', { name: words.frame.back }).count(),
    0,
    'there is nothing behind it',
  );
  await typeIn(page, code);
  await heading(page, words.status.title);
  assert.equal(await page.getByLabel(words.status.notes).inputValue(), planted);
  await page.context().close();
});

test('S14: a code that was shown is gone from the locked page, and typing it brings the pictures back to be sent', async () => {
  const { page } = await walk.open();
  await walkToProtect(page);
  await choose(page, 37);
  await press(page, words.frame.save);
  const code = await codeOn(page);
  await page.clock.install();
  await page.keyboard.press('Control');
  await page.clock.fastForward('08:30');
  await page.getByText(words.frame.lockSoon).waitFor();
  await page.clock.fastForward('02:00');
  await heading(page, words.open.title);
  assert.ok(!holdsCode(await everything(page), code));
  assert.equal(await page.locator('.code-words').count(), 0);
  await typeIn(page, code);
  await heading(page, words.leaves.title);
  await page.getByRole('img', { name: /Fingerprint of/ }).waitFor();
  await press(page, words.typeback.send);
  await heading(page, words.kept.title);
  await page.context().close();
});

test('S14: without a code the warning says that work would be gone, and after the lock the page says that it is', async () => {
  const { page, asked } = await walk.open();
  await walkToProtect(page);
  await page.clock.install();
  await choose(page, 41);
  await page.keyboard.press('Control');
  await page.clock.fastForward('08:30');
  await page.getByText(words.frame.lockLoses).waitFor();
  await page.clock.fastForward('02:00');
  await heading(page, words.start.title);
  await page.getByText(words.frame.lost).waitFor();
  // The truth of "nothing was sent", and no picture waits behind the next walk to it.
  assert.deepEqual(
    asked.filter(({ method }) => method === 'POST'),
    [],
  );
  await press(page, words.start.now);
  await press(page, words.safety.goOn);
  await press(page, words.age.no);
  await press(page, words.needs.protect);
  await page.getByText(words.protect.none).waitFor();
  await page.context().close();
});

/** From the status of a case to the list of its proof, past what is asked once. */
async function toProof(page: Page): Promise<void> {
  await press(page, words.needs.evidence);
  await page.getByRole('heading', { level: 1 }).filter({ hasNotText: words.status.title }).waitFor();
  if ((await page.getByRole('heading', { level: 1, name: words.safety.title }).count()) > 0)
    await press(page, words.safety.goOn);
  if ((await page.getByRole('heading', { level: 1, name: words.age.title }).count()) > 0) {
    await press(page, words.age.no);
    await press(page, words.needs.evidence);
    await press(page, words.evidence.begin);
  }
  await heading(page, proof.list.title);
}

test('S14: a capture in the making is nowhere after the lock, and goes on where it was with the code', async () => {
  const code = await madeCase(47);
  const page = await openCase(code);
  await toProof(page);
  await page.clock.install();
  await press(page, proof.list.add);
  await press(page, proof.kinds['message-export']);
  await heading(page, proof.kinds['message-export']);
  const planted = {
    text: 'planted message of a capture',
    handle: '@planted.capture',
    file: 'planted-chat.txt',
  };
  const file = { name: planted.file, mimeType: 'text/plain', buffer: Buffer.from('planted bytes') };
  await page.locator('input[type=file]').setInputFiles([file]);
  await page.getByText(planted.file).waitFor();
  await page.getByLabel(proof.add.text).fill(planted.text);
  await page.getByText(proof.add.more).click();
  await page.getByLabel(proof.add.handle).fill(planted.handle);
  await page.keyboard.press('Control');
  await page.clock.fastForward('08:30');
  await page.getByText(words.frame.lockSoon).waitFor();
  await page.clock.fastForward('02:00');
  await heading(page, words.open.title);
  const held = await everything(page);
  const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  for (const each of Object.values(planted)) assert.ok(!held.includes(each) && !stored.includes(each));
  await typeIn(page, code);
  await heading(page, words.status.title);
  await toProof(page);
  await press(page, proof.list.add);
  await heading(page, proof.kinds['message-export']);
  await page.getByText(proof.add.resumed).waitFor();
  assert.equal(await page.getByLabel(proof.add.text).inputValue(), planted.text);
  // Of the file the name alone: its bytes were never kept, and it is asked for.
  await page.getByText(proof.add.fileAgain.replace('{name}', planted.file)).waitFor();
  await page.locator('input[type=file]').setInputFiles([file]);
  await page.getByText(proof.add.fileAgain.replace('{name}', planted.file)).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: proof.add.keep, exact: true }).click();
  await heading(page, proof.list.title);
  await page.getByText(planted.handle).waitFor();
  await page.getByText(proof.list.kept).waitFor();
  // Added, and so begun no more.
  await press(page, proof.list.add);
  await heading(page, proof.add.choose);
  await page.context().close();
});

test('what is pressed while the fingerprints are asked for is not lost: the notes are saved', async () => {
  const code = await madeCase(53);
  const { page } = await walk.open();
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  await page.route('**/v1/signal-receipts', async (route) => {
    await held;
    await route.continue();
  });
  await press(page, words.start.haveCode);
  await typeIn(page, code);
  await heading(page, words.status.title);
  await page.getByText(words.status.asking).waitFor();
  await page.getByLabel(words.status.notes).fill('written while it was asked');
  await press(page, words.status.saveNotes);
  release();
  await page.getByText(words.status.saved, { exact: true }).waitFor();
  // The asking gave way, and goes on afterwards.
  await page.getByText(words.status.states.unconfirmed, { exact: true }).waitFor();
  await page.context().close();
});

test('two windows change one case and save one after the other: both changes are kept', async () => {
  const code = await madeCase(43);
  const first = await openCase(code);
  const second = await openCase(code);
  for (const [page, note] of [
    [first, 'written in the first window'],
    [second, 'written in the second window'],
  ] as const) {
    await page.getByLabel(words.status.notes).fill(note);
    await press(page, words.status.saveNotes);
    await page.getByText(words.status.saved, { exact: true }).waitFor();
  }
  const third = await openCase(code);
  assert.equal(
    await third.getByLabel(words.status.notes).inputValue(),
    'written in the first window\n\nwritten in the second window',
  );
  for (const page of [first, second, third]) await page.context().close();
});

test('S27: after many tries the page says when to try again, alike for a case that is there and for none', async () => {
  const code = await madeCase(47);
  const { page } = await walk.open();
  await press(page, words.start.haveCode);
  // The node's own answer to one code too many; whether it is the same for any code is the node's own test.
  await page.route('**/v1/cases/open', (route) =>
    route.fulfill({
      status: 429,
      contentType: 'application/problem+json',
      headers: { 'retry-after': '1500' },
      body: JSON.stringify({
        type: '/problems/limited',
        title: 'Too many requests',
        status: 429,
        retryAfterSeconds: 1500,
      }),
    }),
  );
  const said: (string | null)[] = [];
  const nobodys = receiptWords(drawReceiptCode(crypto.getRandomValues(new Uint8Array(12)))).join(' ');
  for (const typed of [code, nobodys]) {
    await typeIn(page, typed);
    const sentence = page.getByText('try again in 25 minutes');
    await sentence.waitFor();
    said.push(await sentence.textContent());
    assert.equal(await page.getByLabel(words.open.label).inputValue(), typed);
  }
  assert.equal(said[0], said[1]);
  await page.context().close();
});
