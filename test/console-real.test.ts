import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { SCOPES } from '@reclaim/casework/wire';
import { PERMISSIONS } from '@reclaim/casework/wire-staff';
import { type TestNode, testNode } from '@reclaim/service/node.fixture';
import { buildConsole } from '@reclaim/web/console/console-build.fixture';
import { fixtureId } from '@reclaim/web/console/job.fixture';
import type { Browser, Page } from 'playwright-core';
import { axeFindings } from './axe.fixture.ts';
import { listenToPage, startChromium } from './console-browser.fixture.ts';
import { addAuthenticator } from './virtual-authenticator.fixture.ts';

// The console before a real node: its log, its keys, its banks. The browser carries a key in place of a session, and who
// is signed in is said by the test; the last test comes in as a person does, by link and passkey.

let webDir: string;
let browser: Browser;
let node: TestNode;

test.before(async () => {
  webDir = mkdtempSync(path.join(tmpdir(), 'reclaim-console-'));
  await buildConsole(webDir);
  node = await testNode({ webDir });
  browser = await startChromium();
});

test.after(async () => {
  await browser?.close();
  await node?.end();
  rmSync(webDir, { recursive: true, force: true });
});

async function onNode(screen: string, run: (page: Page) => Promise<void>): Promise<void> {
  const token = await node.tokenFor(SCOPES);
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    extraHTTPHeaders: { authorization: `Bearer ${token}` },
  });
  try {
    const page = await context.newPage();
    const said = listenToPage(page);
    await page.route('**/v1/staff/me', (route) =>
      route.fulfill({
        json: { id: fixtureId('stf', 1), pseudonym: 'Rowan', permissions: PERMISSIONS, createdAt: 0 },
      }),
    );
    // The switch of local features is a lead's in person: no key reads it, and what stands in for the session here is a key.
    await page.route('**/v1/local-features', (route) =>
      route.fulfill({ json: { state: 'off', retentionDays: 30, kept: 0 } }),
    );
    await page.goto(`${node.node.url}/console`);
    await page.getByRole('navigation').getByText(screen, { exact: true }).click();
    await run(page);
    // The browser itself says that an answer was a refusal; nothing else may be said there.
    assert.deepEqual(
      said.filter((words) => !/status of 409/.test(words)),
      [],
    );
  } finally {
    await context.close();
  }
}

test('the log of a real node is verified in the browser, record by record', async () => {
  await onNode('Log', async (page) => {
    await page.getByRole('button', { name: 'Verify in this browser' }).click();
    await page.getByText('The chain is whole').waitFor();
    const { json } = await node.ask('GET', '/v1/audit?after=0', { token: node.tokens.audit });
    // The list was read when the screen came: what the log was given since is not in it.
    const shown = (await page.locator('.hash-text').innerText()).replaceAll(' ', '');
    const head = json.records.find(({ hash }: { hash: string }) => hash === shown);
    assert.ok(head?.seq > 0);
    assert.equal(await page.locator('tbody tr').count(), Math.min(50, head.seq));
  });
});

test('a log that was changed on its way is found broken at the record', async () => {
  await onNode('Log', async (page) => {
    await page.route('**/v1/audit?after=0', async (route) => {
      const answer = await route.fetch();
      const said = (await answer.json()) as { records: { seq: number; at: number }[] };
      said.records[2]!.at += 1;
      await route.fulfill({ json: said });
    });
    await page.getByRole('button', { name: 'Verify in this browser' }).click();
    await page.getByText('The chain is broken at record 3: the record was changed.').waitFor();
  });
});

test('a key is made, replaced and ended, and its token is shown once', async () => {
  await onNode('Keys', async (page) => {
    await page.getByRole('button', { name: 'Make a key' }).click();
    const make = page.getByRole('button', { name: 'Make this key' });
    assert.equal(await make.isDisabled(), true);
    await page.getByLabel('Name').fill('Walk');
    // A hand that presses twice makes one key.
    const pressed = Promise.withResolvers<void>();
    await page.route('**/v1/keys', async (route) => {
      if (route.request().method() === 'POST') await pressed.promise;
      await route.continue();
    });
    await make.dblclick();
    pressed.resolve();
    const token = await page.locator('output.secret').innerText();
    const empty = { items: [] };
    const ask = (with_: string) => node.ask('POST', '/v1/check', { token: with_, json: empty });
    assert.notEqual((await ask(token)).status, 401);
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    assert.equal(await page.getByText(token).count(), 0);

    await page.getByRole('button', { name: 'Replace: Walk' }).first().click();
    await page.getByRole('button', { name: 'Make a new token' }).click();
    const second = await page.locator('output.secret').innerText();
    assert.notEqual(second, token);
    await page.getByRole('button', { name: 'Close', exact: true }).click();

    for (const live of [second, token]) assert.notEqual((await ask(live)).status, 401);
    // The list is read again after each: before that the row of a key that was ended still stands there.
    const rows = page.getByRole('button', { name: 'End: Walk' });
    await rows.nth(1).waitFor();
    assert.equal(await rows.count(), 2);
    for (const left of [1, 0]) {
      await rows.last().click();
      await page.getByRole('button', { name: 'End this key' }).click();
      await page.locator('dialog').waitFor({ state: 'detached' });
      await rows.nth(left).waitFor({ state: 'detached' });
    }
    for (const ended of [second, token]) assert.equal((await ask(ended)).status, 401);
  });
});

test('a bank is switched off after a word of what that does, and on again', async () => {
  const made = await node.ask('POST', '/v1/banks', { token: node.tokens.bank, json: { name: 'Walk bank' } });
  assert.equal(made.status, 201);
  const enabled = async (): Promise<boolean> => {
    const { json } = await node.ask('GET', '/v1/banks', { token: node.tokens.bank });
    return json.banks.find((bank: { id: string }) => bank.id === made.json.id).enabled;
  };
  await onNode('Bank', async (page) => {
    await page.getByRole('button', { name: 'Switch off: Walk bank' }).click();
    await page.getByText('Uploads are no longer compared with Walk bank.').waitFor();
    assert.equal(await enabled(), true);
    await page.getByRole('dialog').getByRole('button', { name: 'Switch off' }).click();
    await page.getByRole('button', { name: 'Switch on: Walk bank' }).waitFor();
    assert.equal(await enabled(), false);
    await page.getByRole('button', { name: 'Switch on: Walk bank' }).click();
    await page.getByRole('button', { name: 'Switch off: Walk bank' }).waitFor();
    assert.equal(await enabled(), true);
  });
});

test('jobs of a real node are listed by the console, and a job that cannot be claimed says so in words', async () => {
  const report = { item: { id: 'walk-1' }, reason: 'intimate-without-consent' };
  const { json } = await node.ask('POST', '/v1/reports', { token: node.tokens.report, json: report });
  const other = await node.ask('POST', `/v1/jobs/${json.jobId}/claim`, { token: node.tokens.review });
  assert.equal(other.status, 200);
  await onNode('Queue', async (page) => {
    await page.getByText('walk-1').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByText('Another reviewer has this job').waitFor();
    assert.equal(await page.locator('.decide').count(), 0);
  });
});

test('the link of the first start registers a passkey at a real node, and the passkey signs in again', async () => {
  const { setupLink } = node.node;
  assert.ok(setupLink !== undefined);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    const said = listenToPage(page);
    const authenticator = await addAuthenticator(page);
    await page.goto(setupLink);
    await page.getByLabel('Name in the console').fill('Rowan');
    await page.getByRole('button', { name: 'Make a passkey' }).click();
    const code = await page
      .getByText(/^[a-z0-9]{4}(-[a-z0-9]{4}){4}$/)
      .first()
      .innerText();
    await page.getByLabel('I have kept them').check();
    await page.getByRole('button', { name: 'Go to the console' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    assert.deepEqual(await context.cookies(), []);

    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    const [cookie, ...more] = await context.cookies();
    assert.deepEqual(more, []);
    assert.deepEqual([cookie?.httpOnly, cookie?.sameSite, cookie?.path], [true, 'Strict', '/']);
    assert.equal(await page.evaluate('document.cookie'), '');

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Use a recovery code' }).click();
    await page.getByLabel('Recovery code').fill(code);
    await page.getByRole('button', { name: 'Sign in with this code' }).click();
    await page.getByText('You signed in with a recovery code.').waitFor();
    assert.deepEqual(await axeFindings(page), []);
    // Loading the page anew is no way around it.
    await page.reload();
    await page.getByText('You signed in with a recovery code.').waitFor();
    const again = await authenticator.replace();
    await page.getByRole('button', { name: 'Make a passkey' }).click();
    await page.getByRole('navigation').waitFor();
    assert.equal(await again(), 1);

    await page.goto('about:blank');
    await page.goto(setupLink);
    await page.getByLabel('Name in the console').fill('Linden');
    await page.getByRole('button', { name: 'Make a passkey' }).click();
    await page.getByText('This link was used or has run out.').waitFor();
    // The browser itself says that an answer was a refusal: not signed in yet, and the used link.
    assert.deepEqual(
      said.filter((words) => !/status of 4(01|10)/.test(words)),
      [],
    );
  } finally {
    await context.close();
  }
});
