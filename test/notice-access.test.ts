/**
 * The notice form for everybody: axe on every screen in every language and theme, at the width of a small phone and of a
 * desk, where the form has two columns.
 * @module
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { loadNoticeWords } from '@reclaim/web/notice/words/words';
import { axeFindings } from './axe.fixture.ts';
import { everyNoticeScreen } from './notice-screens.fixture.ts';
import { LOCALES } from './portal-screens.fixture.ts';
import { type PortalWalk, portalWalk } from './portal-walk.fixture.ts';

let walk: PortalWalk;
before(async () => {
  walk = await portalWalk();
});
after(() => walk.end());

for (const [locale, shared] of LOCALES) {
  test(`S60, S61: axe finds nothing on any screen of the notice form in ${locale}, light and dark, and nothing is wider than the window`, async () => {
    const words = await loadNoticeWords(locale);
    const { page, complaints } = await walk.open({ locale, reducedMotion: 'reduce' }, '/notice');
    const found: string[] = [];
    await everyNoticeScreen(page, shared, words, walk.node, async (screen) => {
      for (const width of [320, 1440]) {
        await page.setViewportSize({ width, height: 800 });
        for (const each of await axeFindings(page)) found.push(`${screen}, ${width} px: ${each}`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (wide > 0) found.push(`${screen}: ${wide} px wider than ${width}`);
      }
    });
    assert.deepEqual(found, []);
    assert.deepEqual(complaints, []);
    await page.context().close();
  });
}
