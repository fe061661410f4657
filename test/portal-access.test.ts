/**
 * The portal for everybody: axe on every screen in every language and theme, 320 px, the keyboard alone, right to left.
 * @module
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { ar } from '@reclaim/web/ui/words/ar';
import { en } from '@reclaim/web/ui/words/en';
import { es } from '@reclaim/web/ui/words/es';
import { ar as arLinks } from '@reclaim/web/ui/words/links/ar';
import { en as enLinks } from '@reclaim/web/ui/words/links/en';
import { es as esLinks } from '@reclaim/web/ui/words/links/es';
import type { LinkWords } from '@reclaim/web/ui/words/links/words';
import type { Words } from '@reclaim/web/ui/words/words';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { type PortalWalk, portalWalk } from './portal-walk.fixture.ts';

let walk: PortalWalk;
before(async () => {
  walk = await portalWalk();
});
after(() => walk.end());

const LOCALES: readonly (readonly [string, Words, LinkWords])[] = [
  ['en', en, enLinks],
  ['es', es, esLinks],
  ['ar', ar, arLinks],
];

const press = (page: Page, name: string) => page.getByRole('button', { name }).first().click();

/** A picture with enough in it: noise of large grains. */
async function grains(): Promise<Buffer> {
  const data = Buffer.from(
    Array.from({ length: 24 * 24 * 3 }, (_, at) => (at * 7919 + ((at * at) % 251) * 31) % 256),
  );
  return sharp(data, { raw: { width: 24, height: 24, channels: 3 } })
    .resize(600, 600, { kernel: 'cubic' })
    .png()
    .toBuffer();
}

/** Walks through every screen that can be met without a second visit, and says each one's name when it stands. */
async function everyScreen(
  page: Page,
  w: Words,
  say: LinkWords,
  look: (screen: string) => Promise<void>,
): Promise<void> {
  const at = async (screen: string, title: string) => {
    await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
    await look(screen);
  };
  const to = async (button: string, screen: string, title: string) => {
    await press(page, button);
    await at(screen, title);
  };
  const back = () => press(page, w.frame.back);
  await at('start', w.start.title);
  await to(w.start.haveCode, 'open', w.open.title);
  await page.getByLabel(w.open.label).fill('one two');
  await press(page, w.open.open);
  await page.getByRole('alert').waitFor();
  await look('open, with an error');
  await back();
  await to(w.start.blackmail, 'blackmail', w.blackmail.title);
  await back();
  await to(w.start.helping, 'helper', w.helper.title);
  await back();
  await to(w.start.prepare, 'prepare', w.prepare.title);
  await back();
  await to(w.start.now, 'safety', w.safety.title);
  await to(w.safety.goOn, 'age', w.age.title);
  await to(w.age.notSure, 'minor', w.minor.title);
  await press(page, w.minor.change);
  await to(w.age.no, 'needs', w.needs.title);
  await to(w.needs.links, 'links', say.paste.title);
  await page.getByLabel(say.paste.label).fill('https://x.com/a/status/1 https://unlisted.example/b');
  await to(say.paste.plan, 'plan', say.plan.title);
  await to(`${say.plan.write}: unlisted.example`, 'notice, asking', say.ask.kindTitle);
  await press(page, say.ask.authentic);
  await at('notice', `${say.ask.title}: unlisted.example`);
  await back();
  await back();
  await back();
  await to(w.needs.evidence, 'evidence', w.evidence.title);
  await back();
  await to(w.needs.mine, 'mine, empty', w.mine.title);
  for (const label of [w.mine.mine, w.mine.suspect])
    await page
      .getByLabel(label)
      .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: await grains() });
  await press(page, w.mine.compare);
  await page.getByRole('heading', { name: w.mine.same }).waitFor({ timeout: 60_000 });
  await look('mine, answered');
  await back();
  await to(w.needs.copies, 'copies', w.copies.title);
  await back();
  await to(w.needs.talk, 'talk', w.talk.title);
  await back();
  await to(w.needs.protect, 'protect, empty', w.protect.title);
  await page.locator('input[type=file]').setInputFiles([
    { name: 'a.png', mimeType: 'image/png', buffer: await grains() },
    { name: 'b.png', mimeType: 'image/png', buffer: Buffer.from('no picture') },
  ]);
  await page.getByText(w.protect.done).waitFor();
  await page.getByText(w.protect.refusals['not-an-image']).waitFor();
  await look('protect, full');
  await to(w.protect.crop, 'crop', w.crop.title);
  await back();
  await to(w.protect.see, 'leaves', w.leaves.title);
  await press(page, w.leaves.agree);
  await page.locator('.code-words').waitFor();
  const code = (await page.locator('.code-words .group').allTextContents()).join(' ');
  await look('code');
  await to(w.code.wrote, 'typeback', w.typeback.title);
  await page.getByLabel(w.typeback.label).fill(code);
  await to(w.typeback.send, 'kept', w.kept.title);
  await to(w.kept.status, 'status', w.status.title);
  await page.getByText(w.status.states.unconfirmed, { exact: true }).waitFor();
  await look('status, asked');
  await to(w.status.withdraw, 'withdraw', w.withdraw.title);
  await to(w.withdraw.yes, 'erased', w.erased.title);
}

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
      const light = await new AxeBuilder({ page }).analyze();
      // The theme changes colours and nothing else.
      await page.emulateMedia({ colorScheme: 'dark' });
      const dark = await new AxeBuilder({ page }).withRules(['color-contrast']).analyze();
      await page.emulateMedia({ colorScheme: 'light' });
      for (const { id, nodes } of [...light.violations, ...dark.violations])
        found.push(`${screen}: ${id} ${nodes[0]?.target.join(' ')}`);
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
  // The colours are then the person's own, which axe does not see.
  const forced = await new AxeBuilder({ page }).disableRules(['color-contrast']).analyze();
  assert.deepEqual(
    forced.violations.map(({ id }) => id),
    [],
  );
  await page.context().close();
  for (const help of ['/help', '/help/es', '/help/ar']) {
    const { page } = await walk.open({}, help);
    assert.deepEqual(
      (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`),
      [],
      help,
    );
    await page.context().close();
  }
});

test('S62: with the keyboard alone one comes from the first page to the choice of files, and the focus is told each time', async () => {
  const { page } = await walk.open();
  await page.getByRole('heading', { level: 1, name: en.start.title }).waitFor();
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
    // The focus comes with the screen's first effect, which may be a moment after its heading.
    await page.waitForFunction((text) => document.activeElement?.textContent === text, title);
  }
  await page.locator('input[type=file]').focus();
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('type')), 'file');
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
  assert.equal(await page.evaluate(() => document.documentElement.dir), 'ltr');
  assert.equal(await page.getByLabel(en.open.label).inputValue(), 'kept');
  await page.context().close();
});
