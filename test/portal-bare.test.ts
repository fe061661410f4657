/**
 * The person's way in a hardened browser. Tor Browser's "Safer" takes WebAssembly and the compiler of JavaScript away;
 * Chromium with V8's --jitless does the same two things, so what works here stands on neither.
 * @module
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { landscape } from './portal-landscape.fixture.ts';
import { type PortalWalk, portalWalk, press, walkToProtect, words } from './portal-walk.fixture.ts';

let walk: PortalWalk;
before(async () => {
  walk = await portalWalk({}, ['--js-flags=--jitless']);
});
after(() => walk.end());

/** Argon2id over 64 MiB, interpreted, on a machine that does other work too. */
const PATIENCE = { timeout: 400_000 };

test('S64: without WebAssembly and without a compiler a picture is protected, and the person is told that it takes long', async () => {
  const { page, complaints } = await walk.open();
  assert.equal(await page.evaluate(() => typeof WebAssembly), 'undefined');
  await walkToProtect(page);
  const file = { name: 'a.jpg', mimeType: 'image/jpeg', buffer: await landscape(5, 640, 480) };
  await page.locator('input[type=file]').setInputFiles([file]);
  await page.getByText(words.protect.done).waitFor(PATIENCE);
  await press(page, words.protect.see);
  await press(page, words.leaves.agree);
  await page.locator('.code-words .group').first().waitFor(PATIENCE);
  const code = (await page.locator('.code-words .group').allTextContents()).join(' ');
  await press(page, words.code.wrote);
  await page.getByLabel(words.typeback.label).fill(code);
  // Looked for before the press: it stands there only as long as it takes.
  await Promise.all([page.getByText(words.code.slow).waitFor(), press(page, words.typeback.send)]);
  await page.getByRole('heading', { level: 1, name: words.kept.title, exact: true }).waitFor(PATIENCE);
  assert.deepEqual(complaints, []);
});
