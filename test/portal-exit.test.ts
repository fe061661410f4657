/**
 * The way out of the portal, with the back/forward cache on and a neutral page on another host.
 * @module
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { en as rights } from '@reclaim/web/ui/words/rights/en';
import type { CDPSession, Page } from 'playwright-core';
import {
  type PortalWalk,
  portalWalk,
  press,
  walkToNeeds,
  walkToProtect,
  words,
} from './portal-walk.fixture.ts';

let walk: PortalWalk;
before(async () => {
  walk = await portalWalk();
});
after(() => walk.end());

const leaveLink = (page: Page) => page.getByRole('link', { name: words.exit.leave });

/** Whether the middle of the exit control is what a finger there would meet. */
function isUnderThePointer(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const link = document.querySelector('.exit a');
    if (link === null) return false;
    const box = link.getBoundingClientRect();
    const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return hit !== null && link.contains(hit);
  });
}

for (const width of [320, 1280]) {
  test(`S01: at ${width} px the exit is under the finger on every step, scrolled to the bottom too`, async () => {
    const { page } = await walk.open({ viewport: { width, height: 640 } });
    const look = async (where: string) => {
      await page.evaluate(() => scrollTo(0, 0));
      assert.ok(await isUnderThePointer(page), where);
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      assert.ok(await isUnderThePointer(page), `${where}, at the bottom`);
    };
    await leaveLink(page).waitFor();
    await look('start');
    for (const name of [words.start.now, words.safety.goOn, words.age.no, words.needs.protect]) {
      await press(page, name);
      await look(name);
    }
    await page.context().close();
  });
}

test('S02: the exit is the second stop of the Tab key, after the skip link', async () => {
  const { page } = await walk.open();
  await leaveLink(page).waitFor();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.className), 'skip-link');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), words.exit.leave);
  await page.context().close();
});

test('S03: Shift three times leaves from inside a field; capitals do not, and the presses are told', async () => {
  const { page } = await walk.open();
  await press(page, words.start.haveCode);
  await page.getByLabel(words.open.label).click();
  await page.keyboard.press('Shift+A');
  await page.keyboard.press('Shift+A');
  await page.keyboard.press('Shift+A');
  assert.equal(await page.getByLabel(words.open.label).inputValue(), 'AAA');
  await page.keyboard.press('Shift');
  await page.getByRole('status').filter({ hasText: words.exit.two }).waitFor({ state: 'attached' });
  assert.equal(await page.locator('.exit .dot.on').count(), 1);
  await page.keyboard.press('x');
  await page.locator('.exit .dots').waitFor({ state: 'detached' });
  for (let presses = 0; presses < 3; presses++) await page.keyboard.press('Shift');
  await page.waitForURL(walk.neutral.url);
  await page.context().close();
});

test('S02: a screen that comes late leaves the focus on the exit, and Enter leaves', async () => {
  const { page } = await walk.open();
  await walkToNeeds(page);
  let arrive = () => {};
  const late = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await page.route('**/assets/rights-*.js', async (route) => {
    await late;
    await route.continue();
  });
  await press(page, words.needs.rights);
  await leaveLink(page).focus();
  arrive();
  await page.getByRole('heading', { level: 1, name: rights.title }).waitFor();
  // Preact runs the effects of what it drew within a tenth of a second.
  await pause(300);
  await page.keyboard.press('Enter');
  await page.waitForURL(walk.neutral.url);
  await page.context().close();
});

/**
 * Asks the browser about a page. Between two pages there is none that could be asked, and what was asked of a page that was
 * left meanwhile is never answered: then it is asked again, on a session of its own.
 */
async function ask<T>(page: Page, question: (devtools: CDPSession) => Promise<T>): Promise<T> {
  for (;;) {
    try {
      const answered = page.context().newCDPSession(page).then(question);
      const late = pause(5_000, undefined, { ref: false }).then(() => {
        throw new Error('nobody answered');
      });
      late.catch(() => undefined);
      return await Promise.race([answered, late]);
    } catch (error) {
      if (page.isClosed()) throw error;
      await pause(20);
    }
  }
}

/** What stands in the browser's history. Its index is that of the page to which one is on the way, also before it is there. */
const historyOf = (page: Page) => ask(page, (devtools) => devtools.send('Page.getNavigationHistory'));

/** The address of the document that stands there now. */
const addressOf = (page: Page) =>
  ask(page, async (devtools) => {
    const { result } = await devtools.send('Runtime.evaluate', { expression: 'location.href' });
    return result.value as unknown;
  });

/**
 * Goes one step as the browser's own Back and Forward do. Playwright's wait for an event that a page out of the back/forward
 * cache does not have; here it is the document that says when it has happened. A Forward that overtakes its Back would only
 * call it off.
 */
async function step(page: Page, by: -1 | 1): Promise<void> {
  const { currentIndex, entries } = await historyOf(page);
  const entry = entries[currentIndex + by];
  if (entry === undefined) return;
  assert.notEqual(entry.url, entries[currentIndex]?.url, 'which of the two it is could not be told');
  const devtools = await page.context().newCDPSession(page);
  // It may be answered by nobody: whom it was sent to is the page that goes.
  void devtools.send('Page.navigateToHistoryEntry', { entryId: entry.id }).catch(() => undefined);
  while ((await addressOf(page)) !== entry.url) await pause(20);
}

const WAYS: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  button: (page) => leaveLink(page).click(),
  keyboard: async (page) => {
    await leaveLink(page).focus();
    await page.keyboard.press('Enter');
  },
  Shift: async (page) => {
    for (let presses = 0; presses < 3; presses++) await page.keyboard.press('Shift');
  },
};

for (const [way, leave] of Object.entries(WAYS)) {
  test(`S04, S07: after leaving by ${way}, Back three times shows no page of ours and no text, and no referrer was told`, async () => {
    const { page } = await walk.open({}, '/favicon.ico');
    await page.goto(`${walk.url}/`);
    await walkToProtect(page);
    await page.evaluate(() => scrollTo(0, 0));
    await press(page, words.frame.back);
    await press(page, words.needs.evidence);
    const told = walk.neutral.referrers.length;
    await leave(page);
    await page.waitForURL(walk.neutral.url);
    assert.deepEqual(walk.neutral.referrers.slice(told), [undefined]);
    const { entries } = await historyOf(page);
    // None of ours stands there at all, neither by its address nor by a name.
    assert.deepEqual(
      entries.map(({ url }) => url),
      ['about:blank', `${walk.url}/favicon.ico`, walk.neutral.url],
    );
    for (const { title } of entries) assert.doesNotMatch(title, /picture|reclaim|code/i);
    for (const behind of [`${walk.url}/favicon.ico`, 'about:blank', 'about:blank']) {
      await step(page, -1);
      await page.waitForURL(behind, { waitUntil: 'commit' });
      assert.equal(await page.locator('main').count(), 0);
      assert.doesNotMatch(await page.title(), /picture|reclaim|code/i);
    }
    await page.context().close();
  });
}

test('S04: going Back out of the portal by the browser empties it, and coming forward begins anew', async () => {
  const { page } = await walk.open({}, '/favicon.ico');
  await page.goto(`${walk.url}/`);
  await press(page, words.start.haveCode);
  await page.getByLabel(words.open.label).fill('private words');
  await step(page, -1);
  await step(page, 1);
  await page.getByRole('heading', { level: 1, name: words.start.title }).waitFor();
  assert.ok(!(await page.content()).includes('private words'));
  await page.context().close();
});

test('S05: with no answer from the exit the page is white and empty at once', async () => {
  const { page } = await walk.open();
  await leaveLink(page).waitFor();
  await page.route('**/exit', () => undefined);
  const passed = await page.evaluate(() => {
    const link = document.querySelector<HTMLAnchorElement>('.exit a');
    link?.click();
    return {
      text: document.body.textContent,
      title: document.title,
      background: getComputedStyle(document.body).backgroundColor,
    };
  });
  assert.deepEqual(passed, { text: '', title: '', background: 'rgb(255, 255, 255)' });
  await page.context().close();
});

test('S05: without any network the page ends up blank', async () => {
  const { page } = await walk.open();
  await leaveLink(page).waitFor();
  await page.context().setOffline(true);
  await leaveLink(page).click();
  await page.waitForURL('about:blank');
  await page.context().close();
});

test('S06: with scripts off the exit is a plain link, and the page says where to read on', async () => {
  const { page } = await walk.open({ javaScriptEnabled: false });
  assert.ok(await page.getByText(words.frame.notFault).isVisible());
  for (const help of ['/help', '/help/es', '/help/ar']) {
    await page.goto(walk.url + help);
    assert.equal(await page.locator('h1').count(), 1);
    assert.equal(await page.locator('.exit a').getAttribute('href'), '/exit');
  }
  await page.locator('.exit a').click();
  await page.waitForURL(walk.neutral.url);
  await page.context().close();
});

test('S09, S10, S11, S12, S13: neutral title, one address, nothing stored, one host, strict headers, on every step', async () => {
  const { page, asked, complaints } = await walk.open();
  const answer = await page.request.get(`${walk.url}/`);
  assert.match(answer.headers()['cache-control'] ?? '', /no-store/);
  assert.equal(answer.headers()['referrer-policy'], 'no-referrer');
  assert.equal(answer.headers()['cross-origin-opener-policy'], 'same-origin');
  assert.equal(answer.headers()['cross-origin-embedder-policy'], 'require-corp');
  assert.match(answer.headers()['permissions-policy'] ?? '', /camera=\(\)/);
  assert.doesNotMatch(await answer.text(), /og:|manifest|Reclaim/);
  const look = async () => {
    assert.equal(await page.title(), words.frame.title);
    assert.equal(page.url(), `${walk.url}/`);
    assert.equal(await page.evaluate(() => history.length), 2);
    assert.equal(
      await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length),
      0,
    );
    assert.equal(
      await page.locator('input:not([autocomplete=off]), textarea:not([autocomplete=off])').count(),
      0,
    );
  };
  await leaveLink(page).waitFor();
  for (const name of [words.start.now, words.safety.goOn, words.age.no, words.needs.protect]) {
    await press(page, name);
    await look();
  }
  assert.deepEqual(await page.context().cookies(), []);
  for (const { url } of asked) assert.equal(new URL(url).host, new URL(walk.url).host);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test('S09, S16: what is printed bears a neutral name and no page part but its own', async () => {
  const { page } = await walk.open();
  await press(page, words.start.now);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.title(), words.frame.title);
  assert.ok(await page.locator('.top').isHidden());
  assert.ok(await page.locator('.foot').isHidden());
  assert.equal(await page.locator('a[download]').count(), 0);
  await page.context().close();
});
