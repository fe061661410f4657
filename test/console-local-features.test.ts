/**
 * The switch of the sealed path in a real browser, before a real node: one lead proposes and cannot confirm, another
 * confirms, and it is switched off again.
 * @module
 */

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { testNode } from '@reclaim/service/node.fixture';
import { type Member, makeFirstMember, makeMember } from '@reclaim/service/staff.fixture';
import { en } from '@reclaim/web/console/words/en';
import { es } from '@reclaim/web/console/words/es';
import type { Page } from 'playwright-core';
import { axeFindings } from './axe.fixture.ts';
import { listenToPage, startChromium } from './console-browser.fixture.ts';

const { node, end } = await testNode();
const first = await makeFirstMember(node.store);
const rowan = await makeMember(node.store, first, ['review', 'lead', 'bank']);
const sorrel = await makeMember(node.store, first, ['review', 'lead', 'bank']);
const browser = await startChromium();
after(async () => {
  await browser.close();
  await end();
});

/** The screen with the banks, as somebody sees it. */
async function bankScreenOf(who: Member, words: typeof en | typeof es, locale: string, width = 1100) {
  const context = await browser.newContext({ locale, viewport: { width, height: 900 } });
  const [name, value] = who.headers.cookie.split('=') as [string, string];
  await context.addCookies([{ name, value, url: node.url, sameSite: 'Strict', httpOnly: true }]);
  const page = await context.newPage();
  const said = listenToPage(page);
  await page.goto(`${node.url}/console`);
  await page.getByRole('navigation').getByText(words['screen.bank'], { exact: true }).click();
  await page.getByRole('heading', { name: words['local.title'] }).waitFor();
  return { page, said };
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('one lead proposes, another confirms, either switches it off; axe finds nothing at 360 px', async () => {
  const one = await bankScreenOf(rowan, en, 'en-GB');
  await one.page.getByLabel(en['local.days']).fill('0');
  await one.page.getByText(en['local.daysWrong']).waitFor();
  assert.equal(await button(one.page, en['local.propose']).isDisabled(), true);
  await one.page.getByLabel(en['local.days']).fill('30');
  await button(one.page, en['local.propose']).click();
  await one.page.getByText(en['local.waits']).waitFor();
  assert.equal(await button(one.page, en['local.confirm']).count(), 0);

  const two = await bankScreenOf(sorrel, es, 'es-ES', 360);
  await button(two.page, es['local.confirm']).waitFor();
  assert.deepEqual(await axeFindings(two.page), []);
  const over = Number(await two.page.evaluate('document.documentElement.scrollWidth - innerWidth'));
  assert.ok(over <= 0, `${over} px too wide`);
  await button(two.page, es['local.confirm']).click();
  await two.page.getByText(es['local.on'], { exact: true }).waitFor();
  await two.page.getByText('0 guardados ahora, cada uno 30 días.').waitFor();
  await button(two.page, es['local.switchOff']).click();
  await two.page.getByText(es['local.off'], { exact: true }).waitFor();
  assert.deepEqual([...one.said, ...two.said], []);
});
