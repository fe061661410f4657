import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { buildConsole } from '@reclaim/web/console/console-build.fixture';
import { fixtureJob } from '@reclaim/web/console/job.fixture';
import type { Browser, Page } from 'playwright-core';
import { axeFindings } from './axe.fixture.ts';
import { listenToPage, startChromium } from './console-browser.fixture.ts';
import { FAKE_CODES, type FakeNode, fakeNode } from './console-node.fixture.ts';
import { addAuthenticator } from './virtual-authenticator.fixture.ts';

// The browser's half of signing in, with a virtual authenticator (WebAuthn, CDP); the node's half is tested with the node.

const TOKEN = 'T'.repeat(43);
let webDir: string;
let browser: Browser;

test.before(async () => {
  webDir = mkdtempSync(path.join(tmpdir(), 'reclaim-console-'));
  await buildConsole(webDir);
  browser = await startChromium();
});

test.after(async () => {
  await browser?.close();
  rmSync(webDir, { recursive: true, force: true });
});

async function atTheDoor(run: (page: Page, fake: FakeNode) => Promise<void>): Promise<void> {
  const fake = await fakeNode(webDir, [fixtureJob(1)], new Uint8Array());
  fake.door.open = false;
  fake.door.tokens.add(TOKEN);
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  try {
    const page = await context.newPage();
    const said = listenToPage(page);
    await addAuthenticator(page);
    await run(page, fake);
    assert.deepEqual(
      said.filter((words) => !/40[14]/.test(words)),
      [],
    );
  } finally {
    await context.close();
    await fake.end();
  }
}

test('a one-time link leaves the address at once, makes a passkey, and shows the codes until they are kept', async () => {
  await atTheDoor(async (page, fake) => {
    await page.goto(`${fake.url}/console#setup=${TOKEN}`);
    await page.getByRole('heading', { name: 'Set up your access' }).waitFor();
    assert.equal(page.url(), `${fake.url}/console`);
    assert.equal(await page.evaluate('history.length'), 2);
    assert.deepEqual(await axeFindings(page), []);
    await page.getByLabel('Name in the console').fill('Rowan');
    await page.getByRole('button', { name: 'Make a passkey' }).click();
    for (const code of FAKE_CODES) await page.getByText(code).waitFor();
    assert.deepEqual(await axeFindings(page), []);
    const goOn = page.getByRole('button', { name: 'Go to the console' });
    assert.equal(await goOn.isDisabled(), true);
    await page.getByLabel('I have kept them').check();
    await goOn.click();
    await page.locator('.queue-row').waitFor();
    assert.equal(await page.getByText(FAKE_CODES[0]!).count(), 0);
    assert.equal(fake.door.finished.length, 1);

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    assert.deepEqual(await axeFindings(page), []);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.locator('.queue-row').waitFor();
    assert.equal(fake.door.finished.length, 2);
    // Nothing is kept in the browser beside the node's own cookie.
    assert.equal(await page.evaluate('localStorage.length + sessionStorage.length'), 0);
  });
});

test('a used or broken link says what to do, and nothing of it stays in the address', async () => {
  await atTheDoor(async (page, fake) => {
    fake.door.tokens.clear();
    await page.goto(`${fake.url}/console#setup=${TOKEN}`);
    await page.getByLabel('Name in the console').fill('Rowan');
    await page.getByRole('button', { name: 'Make a passkey' }).click();
    await page.getByText('This link was used or has run out.').waitFor();
    await page.goto('about:blank');
    await page.goto(`${fake.url}/console#setup=cut-off`);
    await page.getByText('This setup link is not complete.').waitFor();
    assert.equal(page.url(), `${fake.url}/console`);
  });
});

test('a recovery code is taken as it was written on paper; a wrong one gives no hint', async () => {
  await atTheDoor(async (page, fake) => {
    await page.goto(`${fake.url}/console`);
    await page.getByRole('button', { name: 'Use a recovery code' }).click();
    const field = page.getByLabel('Recovery code');
    const enter = page.getByRole('button', { name: 'Sign in with this code' });
    await field.fill('too short');
    await enter.click();
    await page.getByText('A recovery code has five groups').waitFor();
    await field.fill('zzzz-zzzz-zzzz-zzzz-zzzz');
    await enter.click();
    await page.getByText('This code signs nobody in.').waitFor();
    await field.fill(FAKE_CODES[0]!.toUpperCase().replaceAll('-', ' '));
    await enter.click();
    await page.getByText('You signed in with a recovery code.').waitFor();
  });
});

test('a session that ends leads back to signing in', async () => {
  await atTheDoor(async (page, fake) => {
    fake.door.open = true;
    await page.goto(`${fake.url}/console`);
    await page.locator('.queue-row').waitFor();
    fake.door.open = false;
    await page.keyboard.press('Enter');
    await page.getByText('Your session ended.').waitFor();
    assert.equal(await page.locator('.queue-row').count(), 0);
  });
});
