/**
 * The portal for everybody: axe on every screen in every language and theme, 320 px, the keyboard alone, right to left.
 * @module
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ar } from '@reclaim/web/ui/words/ar';
import { en } from '@reclaim/web/ui/words/en';
import { axeFindings } from './axe.fixture.ts';
import { everyScreen, LOCALES } from './portal-screens.fixture.ts';
import { type PortalWalk, portalWalk, press } from './portal-walk.fixture.ts';

let walk: PortalWalk;
before(async () => {
  walk = await portalWalk();
});
after(() => walk.end());

test('S60: what axe would find is found: a field without a name, and words that cannot be read in the dark', async () => {
  const { page } = await walk.open();
  await page.getByRole('heading', { level: 1, name: en.start.title }).waitFor();
  assert.deepEqual(await axeFindings(page), []);
  await page.evaluate(() => {
    const words = Object.assign(document.createElement('p'), { className: 'planted', textContent: 'words' });
    document.querySelector('main')?.append(document.createElement('input'), words);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('@media (prefers-color-scheme: dark) { .planted { color: #333 } }');
    document.adoptedStyleSheets.push(sheet);
  });
  assert.deepEqual(await axeFindings(page), ['label at input, light', 'color-contrast at .planted, dark']);
  await page.context().close();
});

for (const [locale, w, say] of LOCALES) {
  test(`S60: axe finds nothing on any screen in ${locale}, light and dark; S42: the emergency box stands on each; S61: nothing is wider than 320 px; S31: nothing moves or plays by itself`, async () => {
    const { page, complaints } = await walk.open({
      locale,
      viewport: { width: 320, height: 640 },
      // A colour that is still on its way to the other theme is no colour of either.
      reducedMotion: 'reduce',
    });
    const found: string[] = [];
    await everyScreen(page, w, say, async (screen) => {
      for (const each of await axeFindings(page)) found.push(`${screen}: ${each}`);
      if ((await page.getByRole('heading', { name: w.danger.title }).count()) !== 1)
        found.push(`${screen}: no emergency box`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      const moving = await page.evaluate(() => {
        const lasting = (each: Element, part?: string) => {
          const { transitionDuration, animationDuration } = getComputedStyle(each, part);
          return `${transitionDuration}, ${animationDuration}`
            .split(', ')
            .some((time) => Number.parseFloat(time) > 0);
        };
        const moves = [...document.querySelectorAll('*')].filter(
          (each) => lasting(each) || lasting(each, '::before') || lasting(each, '::after'),
        );
        const plays = document.querySelectorAll('video, audio, [autoplay], marquee').length;
        return moves.length + plays + document.getAnimations().length;
      });
      if (moving > 0) found.push(`${screen}: ${moving} things that move or play`);
      if (wide > 0) found.push(`${screen}: ${wide} px wider than the window`);
    });
    assert.deepEqual(found, []);
    assert.deepEqual(
      // Asking for a case that is not there is answered 404, which the browser notes.
      complaints.filter((each) => !/404/.test(each)),
      [],
    );
    await page.context().close();
  });
}

test('S60: axe finds nothing with forced colours, nor on the pages of help', async () => {
  const { page } = await walk.open({ forcedColors: 'active' });
  await page.getByRole('heading', { level: 1, name: en.start.title }).waitFor();
  assert.deepEqual(await axeFindings(page, { asItIs: true, withoutColours: true }), []);
  await page.context().close();
  for (const help of [
    '/help',
    '/help/es',
    '/help/ar',
    '/help/guides',
    '/help/guides-es',
    '/help/guides-ar',
  ]) {
    const { page } = await walk.open({}, help);
    assert.deepEqual(await axeFindings(page), [], help);
    await page.context().close();
  }
});

test('S62: with the keyboard alone one comes from the first page to the choice of files, and the focus is told each time', async () => {
  const { page } = await walk.open();
  await page.getByRole('heading', { level: 1, name: en.start.title }).waitFor();
  await page.evaluate(() => {
    const late: (string | null)[] = [];
    Object.assign(globalThis, { late });
    new MutationObserver((changes) => {
      const headings = changes.flatMap(({ addedNodes }) =>
        [...addedNodes].flatMap((each) =>
          each instanceof Element
            ? [...each.querySelectorAll('h1'), ...(each.matches('h1') ? [each] : [])]
            : [],
        ),
      );
      for (const each of headings) if (document.activeElement !== each) late.push(each.textContent);
    }).observe(document.body, { subtree: true, childList: true });
  });
  const tabTo = async (name: string) => {
    for (let stops = 0; stops < 40; stops++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate((text) => document.activeElement?.textContent?.startsWith(text), name)) return;
    }
    assert.fail(`no way by Tab to: ${name}`);
  };
  for (const [name, title] of [
    [en.start.now, en.safety.title],
    [en.safety.goOn, en.age.title],
    [en.age.no, en.needs.title],
    [en.needs.protect, en.protect.title],
  ] as const) {
    await tabTo(name);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), title);
  }
  // A heading that takes the focus a frame after it stands takes it out of a field in which somebody types already.
  assert.deepEqual(
    await page.evaluate(() => (globalThis as unknown as { late: readonly string[] }).late),
    [],
  );
  await page.locator('input[type=file]').focus();
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('type')), 'file');
  await page.context().close();
});

test('S63: among Arabic words a phone number still reads from left to right', async () => {
  const { page } = await walk.open({ locale: 'ar' });
  await press(page, ar.start.now);
  await press(page, ar.safety.goOn);
  await press(page, ar.age.notSure);
  await page.getByRole('heading', { level: 1, name: ar.minor.title }).waitFor();
  const numbers = await page.locator('main a[href^="tel:"]').evaluateAll((links) =>
    links.map((link) => {
      const walker = document.createTreeWalker(link, NodeFilter.SHOW_TEXT);
      const text = walker.nextNode()!;
      const digits = [...(text.textContent ?? '').matchAll(/\d/g)].map(({ index }) => {
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + 1);
        return range.getBoundingClientRect().left;
      });
      return digits.every((left, at) => at === 0 || left > digits[at - 1]!);
    }),
  );
  assert.ok(numbers.length > 0);
  assert.deepEqual(
    numbers,
    numbers.map(() => true),
  );
  await page.context().close();
});

test('S63: of two languages chosen one after the other the last one stays, whichever words come first', async () => {
  const { page } = await walk.open();
  await page.getByRole('heading', { level: 1, name: en.start.title }).waitFor();
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  let first: string | undefined;
  await page.route('**/*.js', async (route) => {
    first ??= route.request().url();
    if (route.request().url() === first) await held;
    await route.continue();
  });
  const [asked] = await Promise.all([
    page.waitForRequest('**/*.js'),
    page.getByLabel(en.frame.language).selectOption('es'),
  ]);
  await page.getByLabel(en.frame.language).selectOption('ar');
  await page.getByRole('heading', { level: 1, name: ar.start.title }).waitFor();
  release();
  // The Spanish words are there once the page itself has them, and whoever waited for them before it.
  await page.evaluate((url) => import(url).then(() => undefined), asked.url());
  await page.locator('html[lang="ar"]').waitFor({ state: 'attached' });
  assert.equal(await page.getByRole('heading', { level: 1, name: ar.start.title }).count(), 1);
  await page.context().close();
});

test('S63: Arabic is written from the right from the first screen, and the language can be changed there without losing the step', async () => {
  const { page } = await walk.open({ locale: 'ar-EG' });
  await page.getByRole('heading', { level: 1, name: ar.start.title }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.dir), 'rtl');
  await press(page, ar.start.haveCode);
  await page.getByLabel(ar.open.label).fill('kept');
  await page.getByLabel(ar.frame.language).selectOption('en');
  await page.getByRole('heading', { level: 1, name: en.open.title }).waitFor();
  // Set once the words stand, so a moment after them.
  await page.locator('html[dir="ltr"]').waitFor({ state: 'attached' });
  assert.equal(await page.getByLabel(en.open.label).inputValue(), 'kept');
  await page.context().close();
});
