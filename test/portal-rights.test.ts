/**
 * The page of rights in a real browser, on a small phone's width, in each language: the risk comes first, sources stand beside,
 * a day gives a best-before day, nothing typed leaves the page, and a place without rows says nothing of its law.
 * @module
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ar } from '@reclaim/web/ui/words/ar';
import { en } from '@reclaim/web/ui/words/en';
import { es } from '@reclaim/web/ui/words/es';
import { ar as arRights } from '@reclaim/web/ui/words/rights/ar';
import { en as enRights } from '@reclaim/web/ui/words/rights/en';
import { es as esRights } from '@reclaim/web/ui/words/rights/es';
import type { RightsWords } from '@reclaim/web/ui/words/rights/words';
import type { Words } from '@reclaim/web/ui/words/words';
import type { Page } from 'playwright-core';
import { axeFindings } from './axe.fixture.ts';
import { type PortalWalk, portalWalk, press } from './portal-walk.fixture.ts';

let walk: PortalWalk;
before(async () => {
  walk = await portalWalk();
});
after(() => walk.end());

const LOCALES: readonly (readonly [string, Words, RightsWords])[] = [
  ['en', en, enRights],
  ['es', es, esRights],
  ['ar', ar, arRights],
];

async function faults(page: Page, place: string): Promise<readonly string[]> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return [
    ...(await axeFindings(page)).map((each) => `${place}: ${each}`),
    ...(wide > 0 ? [`${place}: ${wide} px too wide`] : []),
  ];
}

for (const [locale, w, say] of LOCALES) {
  test(`S60, S61: the rights of a place read well at 320 px in ${locale}, with the risk first and every source beside`, async () => {
    const { page, asked, complaints } = await walk.open({
      locale,
      viewport: { width: 320, height: 640 },
      reducedMotion: 'reduce',
    });
    for (const name of [w.start.now, w.safety.goOn, w.age.no]) await press(page, name);
    await page.getByRole('heading', { level: 1, name: w.needs.title }).waitFor();
    const rows = () => asked.filter(({ url }) => /\/rights-[\w-]{8}\.js$/.test(url)).length;
    assert.equal(rows(), 0, 'nothing of the laws is fetched before somebody asks');
    await press(page, w.needs.rights);
    await page.getByRole('heading', { level: 1, name: say.title }).waitFor();
    assert.ok(rows() > 0);
    const found: string[] = [];
    const country = page.getByLabel(say.country, { exact: true });

    await country.selectOption('world');
    await page.getByRole('heading', { name: say.unpicked }).waitFor();
    found.push(...(await faults(page, 'no country')));
    await country.selectOption('HK');
    await page.getByRole('heading', { name: say.none }).waitFor();
    assert.equal(await page.getByRole('heading', { name: say.offences }).count(), 0);

    await country.selectOption('NG');
    await page.getByText(say.risk.first).waitFor();
    const order = await page.evaluate(
      ([risk, law]) => {
        const text = document.querySelector('main')?.textContent ?? '';
        return text.indexOf(risk!) < text.indexOf(law!);
      },
      [say.risk.first, say.offences],
    );
    assert.ok(order, 'the risk stands before the laws');
    found.push(...(await faults(page, 'NG')));

    await country.selectOption('DE');
    const statute = page.getByText('Kunsturhebergesetz §§22, 23, 33', { exact: true });
    await statute.waitFor();
    assert.equal(await statute.getAttribute('lang'), 'de');
    assert.equal(await statute.getAttribute('dir'), 'ltr');
    assert.ok((await page.getByText('bundestag/gesetze, March 2022').count()) >= 3);
    for (const [event, day] of [
      ['act', '2026-10-01'],
      ['awareness', '2026-10-02'],
      ['offender-known', '2199-06-01'],
    ] as const)
      await page.getByLabel(say.clock.event[event], { exact: true }).fill(day);
    const before = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(
      new Date('2199-08-31'),
    );
    await page.getByText(say.clock.before.replace('{day}', before)).waitFor();
    found.push(...(await faults(page, 'DE')));

    await country.selectOption('GB');
    await page.getByLabel(say.part, { exact: true }).selectOption('GB-SCT');
    await page.getByRole('heading', { level: 3, name: /Harm \(Scotland\) Act 2016/ }).waitFor();
    // A question whose answer hangs on a deed names the law that is shown; the others say what holds anywhere.
    await page.getByText(say.questions.list.threatened.asked).click();
    await page.getByText(say.questions.list.threatened.next).waitFor();
    assert.ok(
      await page
        .getByText(/Harm \(Scotland\) Act 2016/)
        .first()
        .isVisible(),
    );
    await page.getByText(say.questions.list.money.asked).click();
    await page.getByText(say.questions.list.money.say).waitFor();
    assert.equal(await page.getByText(/Sexual Offences Act 2003/).count(), 0);
    assert.equal(await page.getByText('5 years on indictment').count(), 0, 'what is withheld stands nowhere');
    found.push(...(await faults(page, 'GB-SCT')));

    assert.deepEqual(found, []);
    assert.deepEqual(complaints, []);
    assert.ok(asked.every(({ url, body }) => !/2026-10|GB-SCT/.test(`${url}${body ?? ''}`)));
    await page.context().close();
  });
}

test('a country that is chosen in the moment in which the page stands stays chosen', async () => {
  const { page } = await walk.open();
  for (const name of [en.start.now, en.safety.goOn, en.age.no]) await press(page, name);
  await page.evaluate((label) => {
    new MutationObserver((_, observer) => {
      const country = [...document.querySelectorAll('label')].find(
        (each) => each.textContent === label,
      )?.control;
      if (!(country instanceof HTMLSelectElement)) return;
      observer.disconnect();
      country.value = 'HK';
      country.dispatchEvent(new Event('change', { bubbles: true }));
    }).observe(document.body, { subtree: true, childList: true });
  }, enRights.country);
  await press(page, en.needs.rights);
  await page.getByRole('heading', { name: enRights.none }).waitFor();
  await page.context().close();
});

test('S40: who may be under 18 comes to the other road, not to the laws', async () => {
  const { page, asked } = await walk.open();
  for (const name of [en.start.now, en.safety.goOn, en.age.notSure]) await press(page, name);
  await page.getByRole('heading', { level: 1, name: en.minor.title }).waitFor();
  assert.equal(await page.getByRole('button', { name: en.needs.rights }).count(), 0);
  assert.ok(asked.every(({ url }) => !/\/rights-/.test(url)));
  await page.context().close();
});
