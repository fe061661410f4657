/**
 * An address watched, on a real node in a real browser, with a site of the test's own: what is said before it begins, what is told
 * afterwards (never what was there), the way to the notice when it is back, and the end in two taps.
 * @module
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DAY_MS } from '@reclaim/casework/instant';
import { pageOf, type Site, startSite } from '@reclaim/service/watch/site.fixture';
import { runRaw } from '@reclaim/store/store.fixture';
import { ar } from '@reclaim/web/ui/words/ar';
import { en as links } from '@reclaim/web/ui/words/links/en';
import { ar as sayAr } from '@reclaim/web/ui/words/watch/ar';
import { en as say } from '@reclaim/web/ui/words/watch/en';
import type { Page } from 'playwright-core';
import { axeFindings } from './axe.fixture.ts';
import { landscape } from './portal-landscape.fixture.ts';
import { type PortalWalk, portalWalk, press, walkToNeeds, words } from './portal-walk.fixture.ts';

// A colour that is still on its way to another is no colour of either.
const PHONE = { viewport: { width: 360, height: 740 }, locale: 'en-US', reducedMotion: 'reduce' } as const;
const HOUR = DAY_MS / 24;
let clock = Date.now();
let site: Site;
let walk: PortalWalk;
let link: string;

before(async () => {
  site = await startSite();
  // A name that people have links of; it leads to the test's own server, by the allowance of tests alone.
  const host = site.host.replace('127.0.0.1', 'photos.example');
  link = `http://${host}/planted-post`;
  walk = await portalWalk({
    now: () => clock,
    monitor: {
      contact: 'https://node.example/contact',
      looks: false,
      testHosts: [host],
      resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    },
  });
});
after(async () => {
  await walk.end();
  await site.end();
});

const heading = (page: Page, name: string | RegExp) =>
  page.getByRole('heading', { level: 1, name, exact: typeof name === 'string' }).waitFor();

/** Time passes, and the node looks. */
async function later(hours: number): Promise<void> {
  clock += hours * HOUR;
  assert.equal(await walk.node.node.monitor!.lookDue(), 1);
}

async function looksGood(page: Page): Promise<void> {
  assert.deepEqual(await axeFindings(page, { asItIs: true }), []);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wider <= 0, `wider than the page by ${wider} px`);
}

/** A case with one picture and one link, and its code. */
async function makeCase(page: Page, picture: Buffer): Promise<string> {
  await walkToNeeds(page);
  await press(page, words.needs.links);
  await page.getByLabel(links.paste.label).fill(link);
  await press(page, links.paste.plan);
  await heading(page, links.plan.title);
  await press(page, words.frame.back);
  await press(page, words.frame.back);
  await press(page, words.needs.protect);
  await heading(page, words.protect.title);
  const file = { name: 'a.jpg', mimeType: 'image/jpeg', buffer: picture };
  await page.locator('input[type=file]').setInputFiles([file]);
  await page.getByText(words.protect.done).waitFor();
  await press(page, words.protect.see);
  await press(page, words.leaves.agree);
  await page.locator('.code-words .group').first().waitFor();
  const code = (await page.locator('.code-words .group').allTextContents()).join(' ');
  await press(page, words.code.wrote);
  await page.getByLabel(words.typeback.label).fill(code);
  await press(page, words.typeback.send);
  await heading(page, words.kept.title);
  return code;
}

/** From the screen of the case to the page of its one link. */
async function toLink(page: Page): Promise<void> {
  await page.getByRole('button', { name: links.follow.open, exact: true }).click();
  await heading(page, links.plan.title);
  await page.getByText(links.plan.show, { exact: true }).click();
  await page.getByRole('button', { name: `${links.plan.look}: ${link}` }).click();
  await heading(page, /^One link/);
}

async function openCase(page: Page, code: string): Promise<void> {
  await press(page, words.start.haveCode);
  await page.getByLabel(words.open.label).fill(code);
  await press(page, words.open.open);
  await heading(page, words.status.title);
}

test('S33: a watch says what it means before it begins, tells gone and back without showing anything, leads to the notice, and stops in two taps', async () => {
  const picture = await landscape(41, 480, 360);
  site.pages.set('/planted.jpg', { type: 'image/jpeg', body: picture });
  site.pages.set('/planted-post', pageOf('/planted.jpg'));
  const { page, asked, complaints } = await walk.open(PHONE);
  const code = await makeCase(page, picture);
  await press(page, words.kept.status);
  await toLink(page);
  await page.getByRole('button', { name: say.begin.title, exact: true }).click();
  await heading(page, new RegExp(`^${say.begin.title}`));
  // What it means stands there, and nothing crossed that names the address, before the button is pressed.
  for (const sentence of [say.begin.knows, say.begin.often, say.begin.keeps, say.begin.limits])
    await page.getByText(sentence).waitFor();
  assert.ok(await page.getByText('ReclaimMonitor/0.1 (+https://node.example/contact)').isVisible());
  await looksGood(page);
  const crossed = () => asked.map(({ url, body }) => `${url} ${body ?? ''}`).join('\n');
  assert.doesNotMatch(crossed(), /planted/);
  await page.getByRole('button', { name: say.begin.start, exact: true }).click();
  await heading(page, say.list.title);
  await page.getByText(say.todo.waiting).waitFor();
  assert.equal(asked.filter(({ url }) => /planted|photos/.test(url)).length, 0, 'no address in a URL');
  await page.context().close();

  await later(1.2);
  site.pages.set('/planted-post', { status: 404 });
  await later(6);
  await later(26);

  const second = await walk.open(PHONE);
  await openCase(second.page, code);
  await second.page.getByRole('button', { name: say.list.title, exact: true }).click();
  await heading(second.page, say.list.title);
  await second.page.getByText(say.todo.removed).waitFor();
  assert.ok(await second.page.getByText(say.states.removed, { exact: true }).isVisible());
  assert.ok(await second.page.getByText('1 address is watched').isVisible());
  await second.page.context().close();

  site.pages.set('/planted-post', pageOf('/planted.jpg'));
  await later(40);
  const third = await walk.open(PHONE);
  await openCase(third.page, code);
  // The screen of the case says so too, and does not call it a day without anything to do.
  await third.page.getByText('It is back in 1 place').waitFor();
  assert.equal(await third.page.getByText(words.status.todayPictures, { exact: true }).count(), 0);
  await third.page.getByRole('button', { name: say.list.title, exact: true }).click();
  await third.page.getByText('It is back in 1 place').waitFor();
  await third.page.getByText(say.pages.back).waitFor();
  await looksGood(third.page);
  // S33: the site's name and no address, no picture, nothing fetched from the site by the page.
  assert.equal(await third.page.getByText('planted').count(), 0);
  assert.equal(await third.page.locator('main img, main canvas, main video').count(), 0);
  const hosts = new Set(third.asked.map(({ url }) => new URL(url).host));
  assert.deepEqual([...hosts], [new URL(walk.url).host]);
  await third.page.getByRole('button', { name: new RegExp(`^${say.list.open}`) }).click();
  await heading(third.page, /^One link/);
  await third.page.getByRole('button', { name: say.again, exact: true }).click();
  // The notice, with its first question.
  await heading(third.page, links.ask.kindTitle);
  await press(third.page, words.frame.back);
  await heading(third.page, /^One link/);
  await press(third.page, words.frame.back);
  await heading(third.page, say.list.title);
  // Two taps, and the node has nothing of it any more.
  await third.page.getByRole('button', { name: new RegExp(`^${say.stop}`) }).click();
  await third.page.getByRole('button', { name: new RegExp(`^${say.stopSure}`) }).click();
  await third.page.getByText(say.list.none).waitFor();
  for (const table of ['watch', 'watch_place', 'watch_host'])
    assert.deepEqual(await runRaw(walk.node.node.store, `select 1 from ${table}`), [], table);
  assert.deepEqual([...complaints, ...second.complaints, ...third.complaints], []);
  await third.page.context().close();
});

test('S63: the words of watching stand in Arabic, from right to left, and a case without a watch says so', async () => {
  const { page, complaints } = await walk.open({ ...PHONE, colorScheme: 'dark' });
  const code = await makeCase(page, await landscape(42, 480, 360));
  await page.context().close();
  const arabic = await walk.open({ ...PHONE, locale: 'ar', colorScheme: 'dark' });
  await press(arabic.page, ar.start.haveCode);
  await arabic.page.getByLabel(ar.open.label).fill(code);
  await press(arabic.page, ar.open.open);
  await heading(arabic.page, ar.status.title);
  const arLinks = (await import('@reclaim/web/ui/words/links/ar')).ar;
  await arabic.page.getByRole('button', { name: arLinks.follow.open, exact: true }).click();
  await arabic.page.getByText(arLinks.plan.show, { exact: true }).click();
  await arabic.page.getByRole('button', { name: `${arLinks.plan.look}: ${link}` }).click();
  await arabic.page.getByRole('button', { name: sayAr.begin.title, exact: true }).click();
  await arabic.page.getByText(sayAr.begin.keeps).waitFor();
  // The name that the site sees has signs in it, which would change places among Arabic words.
  await arabic.page
    .getByText(/\u2066ReclaimMonitor[^\u2066\u2069]+\(\+https:[^\u2066\u2069]+\)\u2069/)
    .waitFor();
  await looksGood(arabic.page);
  await arabic.page.getByRole('button', { name: sayAr.begin.start, exact: true }).click();
  await heading(arabic.page, sayAr.list.title);
  await arabic.page.getByText(sayAr.todo.waiting).waitFor();
  await looksGood(arabic.page);
  await arabic.page.getByRole('button', { name: new RegExp(`^${sayAr.stop}`) }).click();
  await arabic.page.getByRole('button', { name: new RegExp(`^${sayAr.stopSure}`) }).click();
  await arabic.page.getByText(sayAr.list.none).waitFor();
  assert.deepEqual([...complaints, ...arabic.complaints], []);
  await arabic.page.context().close();
});
