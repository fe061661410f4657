/**
 * The console for everybody who works in it: axe on every screen in both languages and themes, at the width of a phone and
 * of a desk.
 * @module
 */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { buildConsole } from '@reclaim/web/console/console-build.fixture';
import { fixtureJob } from '@reclaim/web/console/job.fixture';
import { en } from '@reclaim/web/console/words/en';
import { es } from '@reclaim/web/console/words/es';
import type { Browser } from 'playwright-core';
import { axeFindings } from './axe.fixture.ts';
import { landscapeFile, listenToPage, startChromium } from './console-browser.fixture.ts';
import { fakeNode } from './console-node.fixture.ts';
import { everyConsoleScreen } from './console-screens.fixture.ts';
import { addAuthenticator } from './virtual-authenticator.fixture.ts';

let webDir: string;
let browser: Browser;
before(async () => {
  webDir = mkdtempSync(path.join(tmpdir(), 'reclaim-console-'));
  await buildConsole(webDir);
  browser = await startChromium();
});
after(async () => {
  await browser?.close();
  rmSync(webDir, { recursive: true, force: true });
});

for (const [locale, words] of [
  ['en', en],
  ['es', es],
] as const) {
  test(`S60, S61: axe finds nothing on any screen of the console in ${locale}, light and dark, at 360 and 1440 px, and nothing is wider than the window`, async () => {
    const jobs = Array.from({ length: 12 }, (_, n) =>
      fixtureJob(n, { interim: 'held', item: { id: `photo-${n}`, previewUrl: 'http://localhost:1/x' } }),
    );
    const fake = await fakeNode(webDir, jobs, await landscapeFile(2));
    const context = await browser.newContext({ locale, reducedMotion: 'reduce' });
    try {
      const page = await context.newPage();
      const said = listenToPage(page);
      await addAuthenticator(page);
      const found: string[] = [];
      await everyConsoleScreen(page, fake, words, async (screen) => {
        for (const width of [360, 1440]) {
          await page.setViewportSize({ width, height: 800 });
          for (const each of await axeFindings(page)) found.push(`${screen}, ${width} px: ${each}`);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          if (wide > 0) found.push(`${screen}: ${wide} px wider than ${width}`);
        }
      });
      assert.deepEqual(found, []);
      // That nobody is signed in yet is an answer that the browser notes.
      assert.deepEqual(
        said.filter((each) => !/status of 401/.test(each)),
        [],
      );
    } finally {
      await context.close();
      await fake.end();
    }
  });
}
