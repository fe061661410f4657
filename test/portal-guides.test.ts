/**
 * The guides: accounts, consent, having been sent a picture, getting through the day. Nothing of them is sent or kept, and
 * what is dangerous for who is watched is said before any step.
 * @module
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ar as guidesAr } from '@reclaim/web/ui/words/guides/ar';
import { en as guides } from '@reclaim/web/ui/words/guides/en';
import { es as guidesEs } from '@reclaim/web/ui/words/guides/es';
import type { GuideWords } from '@reclaim/web/ui/words/guides/words';
import { axeFindings } from './axe.fixture.ts';
import { LOCALES } from './portal-screens.fixture.ts';
import { type PortalWalk, portalWalk, press, words } from './portal-walk.fixture.ts';

let walk: PortalWalk;
before(async () => {
  walk = await portalWalk();
});
after(() => walk.end());

const GUIDES: Readonly<Record<string, GuideWords>> = { en: guides, es: guidesEs, ar: guidesAr };

test('who may be watched reads first that a change can be seen, and finds a line; what is ticked is forgotten', async () => {
  const { page, asked, complaints } = await walk.open();
  await press(page, words.start.prepare);
  await press(page, words.needs.guides);
  await press(page, guides.accounts.title);
  await page.getByRole('button', { name: guides.accounts.notSure }).waitFor();
  assert.equal(await page.getByText(guides.accounts.steps.mail.text).count(), 0, 'the question comes first');
  await press(page, guides.accounts.notSure);
  await page.getByText(guides.accounts.slowly).waitFor();
  assert.ok((await page.locator('main li.card h3').count()) > 0, 'somebody to call');
  const mail = page.getByLabel(`${guides.done}: ${guides.accounts.steps.mail.title}`);
  await mail.check();
  await page.getByText('Done: 1 of 10.').waitFor();
  await press(page, words.frame.back);
  await press(page, guides.accounts.title);
  await page.getByRole('button', { name: guides.accounts.no, exact: true }).click();
  await page.getByText('Done: 0 of 10.').waitFor();
  assert.equal(await page.getByText(guides.accounts.slowly).count(), 0);
  assert.ok(asked.every(({ method }) => method === 'GET'));
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test('words to send are copied as they stand, and where nothing can be copied it says what to do', async () => {
  const { page } = await walk.open({ permissions: ['clipboard-read', 'clipboard-write'] });
  await press(page, words.start.helping);
  await press(page, words.needs.guides);
  await press(page, guides.sharing.title);
  const card = page.locator('.card', { hasText: guides.sharing.backText });
  await card.getByRole('button', { name: guides.copy }).click();
  await card.getByText(guides.copied).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), guides.sharing.backText);
  await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  await card.getByRole('button', { name: guides.copy }).click();
  await card.getByText(guides.notCopied).waitFor();
  await page.context().close();
});

test('S40: after "yes" the guides are open, and the way from them to a picture leads to the other road', async () => {
  const { page } = await walk.open();
  await press(page, words.start.now);
  await press(page, words.safety.goOn);
  await page.getByRole('button', { name: words.age.yes, exact: true }).click();
  await press(page, words.needs.guides);
  await press(page, guides.sharing.title);
  await press(page, guides.sharing.protect);
  await page.getByRole('heading', { level: 1, name: words.minor.title }).waitFor();
  assert.equal(await page.locator('input[type=file]').count(), 0);
  await page.context().close();
});

for (const [locale, w] of LOCALES)
  test(`S60, S61: axe finds nothing in the guides in ${locale}, light and dark, and nothing is wider than 320 px`, async () => {
    const say = GUIDES[locale]!;
    const { page } = await walk.open({
      locale,
      viewport: { width: 320, height: 640 },
      reducedMotion: 'reduce',
    });
    const look = async (screen: string) => {
      assert.deepEqual(await axeFindings(page), [], screen);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0, screen);
    };
    await press(page, w.start.prepare);
    await press(page, w.needs.guides);
    for (const guide of ['accounts', 'sharing', 'received', 'calm'] as const) {
      await page.getByRole('heading', { level: 1, name: say.title, exact: true }).waitFor();
      if (guide === 'accounts') await look('guides');
      await press(page, say[guide].title);
      await page.getByRole('heading', { level: 1, name: say[guide].title, exact: true }).waitFor();
      if (guide === 'accounts') await press(page, say.accounts.yes);
      await look(guide);
      await press(page, w.frame.back);
    }
    await page.context().close();
  });
