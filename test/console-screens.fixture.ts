/**
 * Every screen of the console on a node in memory, one after another, in a language: for looks at all of them, by axe or by a
 * person. What needs more of a node is looked at where it is walked: the reasons, a notice's card, a thread.
 * @module
 */

import type { ConsoleWords } from '@reclaim/web/console/words/words';
import type { Page, Request } from 'playwright-core';
import { FAKE_CODES, type FakeNode } from './console-node.fixture.ts';

/** A one-time token that the fake takes once it was told of it. */
const TOKEN = 'T'.repeat(43);

/**
 * A way to wait until a page has drawn what it asked for. (What Playwright calls network idle is over once for each document:
 * asked about later screens of the same one it answers at once.)
 */
function answersTo(page: Page): () => Promise<void> {
  const open = new Set<Request>();
  const ended = (request: Request) => open.delete(request);
  page.on('request', (request) => open.add(request));
  page.on('requestfinished', ended).on('requestfailed', ended);
  return async () => {
    // What was just drawn asks after its next frame, and what came is drawn before it.
    do
      await page.evaluate(
        () => new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done, 40))),
      );
    while (open.size > 0);
  };
}

/** Walks from the queue through every screen and out by the door, and says each screen's name when it stands. */
export async function everyConsoleScreen(
  page: Page,
  fake: FakeNode,
  words: ConsoleWords,
  look: (screen: string) => Promise<void>,
): Promise<void> {
  const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click();
  const dialog = async (screen: string, open: () => Promise<void>) => {
    await open();
    await page.locator('dialog[open]').waitFor();
    await look(screen);
    await page.keyboard.press('Escape');
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
  };
  const drawn = answersTo(page);
  await page.goto(`${fake.url}/console`);
  await page.locator('#queue-list .queue-row').first().waitFor();
  await look('queue');
  await page.keyboard.press('Enter');
  await page.locator('.claim').waitFor();
  await look('card');
  await page.locator('#decide-title').waitFor();
  await page.keyboard.press('1');
  await look('draft');
  await page.keyboard.press('m');
  await page.locator('.minor').waitFor();
  await look('minor suspected');
  await page.keyboard.press('Escape');
  await page.locator('.minor').waitFor({ state: 'detached' });
  await dialog('help sheet', () => page.keyboard.press('?'));
  await dialog('palette', () => page.keyboard.press('Control+k'));
  for (const screen of ['inbox', 'misuse', 'people', 'keys', 'bank', 'log', 'reports', 'settings'] as const) {
    const name = words[`screen.${screen}`];
    await page.getByRole('navigation').getByText(name, { exact: true }).click();
    await page.getByRole('heading', { level: 1, name: words[`${screen}.title`], exact: true }).waitFor();
    await drawn();
    await look(screen);
    if (screen === 'people') await dialog('people, invite', () => press(words['people.invite']));
    if (screen === 'keys') await dialog('keys, make', () => press(words['keys.make']));
  }
  await press(words.signOut);
  await page.getByRole('heading', { name: words['signIn.title'] }).waitFor();
  await look('sign in');
  await press(words['signIn.recover']);
  await page.getByLabel(words['signIn.code']).fill('too short');
  await press(words['signIn.useCode']);
  await page.getByText(words['signIn.codeShape']).waitFor();
  await look('sign in by code, with an error');
  fake.door.tokens.add(TOKEN);
  await page.goto('about:blank');
  await page.goto(`${fake.url}/console#setup=${TOKEN}`);
  await page.getByRole('heading', { name: words['setup.title'] }).waitFor();
  await look('setup');
  await page.getByLabel(words['setup.pseudonym']).fill('Rowan');
  await press(words['setup.make']);
  await page.getByText(FAKE_CODES[0]!).waitFor();
  await look('recovery codes');
}
