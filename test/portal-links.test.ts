/**
 * From pasted links to a complete notice on a real node in a real browser, at the width of a small phone: taps counted, what
 * leaves the device watched, the case brought back by its code, and what is due when time has passed.
 * @module
 */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { en as say } from '@reclaim/web/ui/words/links/en';
import type { Page } from 'playwright-core';
import { axeFindings } from './axe.fixture.ts';
import { type PortalWalk, portalWalk, press, walkToNeeds, words } from './portal-walk.fixture.ts';

let walk: PortalWalk;
before(async () => {
  walk = await portalWalk();
});
after(() => walk.end());

const PHONE = { viewport: { width: 360, height: 740 }, locale: 'en-US' };
const LINK = 'https://x.com/planted_user/status/1000000000000000001';

const heading = (page: Page, name: string | RegExp) =>
  page.getByRole('heading', { level: 1, name, exact: typeof name === 'string' }).waitFor();

async function paste(page: Page, text: string): Promise<void> {
  await page.getByLabel(say.paste.label).fill(text);
  await press(page, say.paste.plan);
  await heading(page, say.plan.title);
}

async function axe(page: Page): Promise<void> {
  assert.deepEqual(await axeFindings(page), []);
}

async function narrow(page: Page): Promise<void> {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wider <= 0, `wider than the page by ${wider} px`);
}

/** Prints the plan, saves it, and saves a calendar: the first two hold the link, the third tells nothing. */
async function takeAlong(page: Page): Promise<void> {
  await page.getByText(say.plan.take.title, { exact: true }).click();
  await page.evaluate(() => {
    window.print = () => {
      document.title = String(document.querySelector('.print-alone')?.textContent?.includes('x.com/planted'));
      dispatchEvent(new Event('afterprint'));
    };
  });
  const title = await page.title();
  await press(page, say.plan.take.print);
  assert.equal(await page.title(), 'true');
  await page.evaluate((before) => {
    document.title = before;
  }, title);
  assert.equal(
    await page.locator('.print-alone').count(),
    0,
    'the sheet is in the page only while it is printed',
  );
  const saved = async (name: string): Promise<readonly [string, string]> => {
    const [file] = await Promise.all([page.waitForEvent('download'), press(page, name)]);
    return [file.suggestedFilename(), await readFile(await file.path(), 'utf8')];
  };
  const [planName, plan] = await saved(say.plan.take.save);
  assert.equal(planName, 'text.txt');
  assert.ok(plan.includes(LINK));
  const [calendarName, calendar] = await saved(say.plan.take.remind);
  assert.equal(calendarName, 'calendar.ics');
  assert.match(calendar, /^BEGIN:VCALENDAR\r\n[\s\S]*SUMMARY:Reminder\r\n/);
  assert.doesNotMatch(calendar, /planted|x\.com|reclaim|http/i);
}

test('S26, S32: at 360 px a new person comes from the first page to a complete notice in at most 12 taps beside pasting, and no link leaves the device', async () => {
  const { page, asked, complaints } = await walk.open(PHONE);
  let taps = 0;
  const tap = async (name: string) => {
    await press(page, name);
    taps += 1;
  };
  await tap(words.start.now);
  await tap(words.safety.goOn);
  await tap(words.age.no);
  await tap(words.needs.links);
  await heading(page, say.paste.title);
  await axe(page);
  await page
    .getByLabel(say.paste.label)
    .fill(`look: ${LINK}?s=20\n${LINK} twitter.com/planted_user/status/7 nonsense`);
  await tap(say.paste.plan);
  await heading(page, say.plan.title);
  // S32: the addresses are hidden until somebody presses, and a sentence says so before them.
  assert.ok(await page.getByText(say.plan.note).isVisible());
  assert.equal(await page.getByText('planted_user').first().isVisible(), false);
  await page.getByText('They have 48 hours from when it arrives.').first().waitFor();
  await axe(page);
  await narrow(page);
  await tap(say.plan.write);
  await tap(say.ask.authentic);
  await heading(page, `${say.ask.title}: x.com`);
  // Who sees the name stands above where one would be typed.
  assert.ok(await page.getByText(say.ask.nameSeen).isVisible());
  const tida = page.getByText(
    new RegExp(`^Not complete under ${'the Take It Down Act'.replace(/[()]/g, '.')}`),
  );
  assert.ok(await tida.isVisible());
  for (const sentence of [/The person shown did not consent/, /I believe in good faith/]) {
    await page.getByLabel(sentence).check();
    taps += 1;
  }
  // A tap into each field, then the keyboard.
  await page.getByLabel(say.ask.contact).fill('planted@mail.example');
  await page.getByLabel(say.ask.signature).fill('A. Planted');
  taps += 2;
  await page.getByText('Complete under the Take It Down Act (United States)').waitFor();
  assert.ok(taps <= 12, `${taps} taps`);
  const letter = await page.locator('pre.letter').first().innerText();
  assert.match(letter, /TAKE IT DOWN Act, 47 U\.S\.C\. 223a\(a\)\(1\)/);
  assert.match(letter, /not later than 48 hours/);
  assert.ok(letter.includes(LINK));
  assert.match(letter, /preserve/i);
  await axe(page);
  await narrow(page);
  // Sent, it is kept as it was, and can be put with the proof.
  await page.getByRole('button', { name: say.ask.sent, exact: true }).click();
  await press(page, say.ask.mark);
  await page.getByText(say.ask.sentTitle, { exact: true }).waitFor();
  await press(page, say.plan.title);
  await page
    .getByRole('button', { name: `${say.plan.look}: x.com, ${say.follow.states.sent}` })
    .first()
    .click();
  await page.getByText(say.follow.sentTexts.show, { exact: true }).click();
  await press(page, say.follow.sentTexts.toProof);
  await page.getByText(say.follow.sentTexts.isPut).waitFor();
  await axe(page);
  // Nothing of it crossed, in no address either.
  const crossed = asked.map(({ url, body }) => `${url} ${body ?? ''}`).join('\n');
  assert.doesNotMatch(crossed, /planted|status\/1000|x\.com/);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test('the list is kept by code, comes back on another device with what is due, and the node sees none of it', async () => {
  const { page, asked } = await walk.open(PHONE);
  await walkToNeeds(page);
  await press(page, words.needs.links);
  await paste(page, LINK);
  await press(page, say.plan.write);
  await press(page, say.ask.authentic);
  for (const sentence of [/The person shown did not consent/, /I believe in good faith/])
    await page.getByLabel(sentence).check();
  await page.getByLabel(say.ask.contact).fill('planted@mail.example');
  await page.getByLabel(say.ask.signature).fill('A. Planted');
  await page.getByText('Complete under the Take It Down Act (United States)').waitFor();
  await page.getByRole('button', { name: say.ask.sent, exact: true }).click();
  // A moment in the future is refused and stays typed; three days ago is taken.
  const local = (ms: number) =>
    new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  await page.getByLabel(say.ask.when).fill(local(Date.now() + 86_400_000));
  await press(page, say.ask.mark);
  await page.getByText(say.ask.whenFuture).waitFor();
  await page.getByLabel(say.ask.when).fill(local(Date.now() - 3 * 86_400_000));
  await page.getByLabel(say.ask.number).fill('PLANTED-1');
  await press(page, say.ask.mark);
  await page.getByText(say.ask.sentTitle, { exact: true }).waitFor();
  assert.ok(await page.getByText(say.ask.textKept).isVisible());
  await press(page, say.plan.keep);
  await heading(page, words.code.title);
  await page.locator('.code-words .group').first().waitFor();
  const code = (await page.locator('.code-words .group').allTextContents()).join(' ');
  await press(page, words.code.wrote);
  await page.getByLabel(words.typeback.label).fill(code);
  await press(page, words.typeback.sendCase);
  await heading(page, words.kept.title);
  const crossed = asked.map(({ url, body }) => `${url} ${body ?? ''}`).join('\n');
  assert.doesNotMatch(crossed, /planted|PLANTED|status\/1000/);
  await page.context().close();

  const other = await walk.open(PHONE);
  await press(other.page, words.start.haveCode);
  await other.page.getByLabel(words.open.label).fill(code);
  await press(other.page, words.open.open);
  await heading(other.page, words.status.title);
  // Three days ago, 48 hours of the law: the reminder is due, and the screen does not say that nothing is.
  await other.page.getByText(say.follow.next['remind-late']).waitFor();
  assert.equal(await other.page.getByText(words.status.today, { exact: true }).count(), 0);
  await press(other.page, say.follow.open);
  await heading(other.page, say.plan.title);
  await other.page
    .getByRole('button', { name: `${say.plan.look}: x.com, ${say.follow.states.sent}` })
    .click();
  await heading(other.page, /^One link/);
  await axe(other.page);
  await narrow(other.page);
  const reminder = other.page.locator('pre.letter').first();
  await reminder.waitFor();
  assert.match(
    await reminder.innerText(),
    /Under 47 U\.S\.C\. 223a\(a\)\(3\)[\s\S]*PLANTED-1|PLANTED-1[\s\S]*223a\(a\)\(3\)/,
  );
  await press(other.page, say.follow.marks.remind);
  // Then the office: the complaint is ready, and says breach.
  await other.page.getByText(say.follow.next['complain-late']).waitFor();
  const complaint = await other.page.locator('pre.letter').first().innerText();
  assert.match(complaint, /had to act by .*It did not\./);
  // It quotes the request as it was sent, signature and all.
  assert.match(complaint, /The text of the request, as I sent it:[\s\S]*Signed electronically: A\. Planted/);
  assert.ok((await other.page.locator('a[href="https://takeitdown.ftc.gov/get-started"]').count()) === 1);
  // Host and search engine apart: gone there, still listed here.
  await other.page.getByRole('button', { name: `${say.follow.marks.remove}: ${say.follow.host}` }).click();
  await other.page
    .getByRole('button', { name: `${say.follow.marks['look-there']}: Search engine: Google` })
    .click();
  await other.page.getByText(say.follow.states.removed, { exact: true }).first().waitFor();
  const google = other.page.getByRole('region', { name: 'Search engine: Google' });
  await google.getByText(say.follow.states.open, { exact: true }).waitFor();
  // One step back.
  await other.page
    .getByRole('button', { name: `${say.follow.marks['take-back']}: ${say.follow.host}` })
    .click();
  await other.page
    .getByRole('region', { name: say.follow.host, exact: true })
    .getByText(say.follow.states.sent, { exact: true })
    .waitFor();
  // What was sent can be read again.
  await other.page.getByText(say.follow.sentTexts.show, { exact: true }).click();
  assert.match(
    await other.page.locator('pre.letter').last().innerText(),
    /Signed electronically: A\. Planted/,
  );
  await axe(other.page);
  // It went, and it is back: a notice of its own says so, and its sending starts a new clock.
  await other.page.getByRole('button', { name: `${say.follow.marks.remove}: ${say.follow.host}` }).click();
  await other.page
    .getByRole('button', { name: `${say.follow.marks['look-back']}: ${say.follow.host}` })
    .click();
  await other.page.getByRole('button', { name: `${say.follow.write}: ${say.follow.host}` }).click();
  await other.page.getByText(say.ask.back).waitFor();
  const again = await other.page.locator('pre.letter').first().innerText();
  assert.match(again, /You removed this content before[\s\S]*not later than 48 hours/);
  assert.match(again, /known identical copies/);
  await other.page.getByRole('button', { name: say.ask.sent, exact: true }).click();
  await press(other.page, say.ask.mark);
  await other.page.getByText(say.ask.sentTitle, { exact: true }).waitFor();
  // The page still shows the notice that was sent.
  assert.match(await other.page.locator('pre.letter').first().innerText(), /You removed this content before/);
  await press(other.page, say.plan.title);
  await heading(other.page, say.plan.title);
  await takeAlong(other.page);
  await other.page
    .getByRole('button', { name: `${say.plan.look}: x.com, ${say.follow.states.sent}` })
    .click();
  await other.page.getByText(/The place has to act by/).waitFor();
  await axe(other.page);
  await narrow(other.page);
  await other.page.getByRole('button', { name: say.plan.save, exact: true }).click();
  await other.page.getByText(say.plan.saved, { exact: true }).waitFor();
  await other.page.context().close();
});

test('S40: with somebody under 18 there is a text-only notice, no form, no case, and no search for more', async () => {
  const { page } = await walk.open(PHONE);
  await press(page, words.start.now);
  await press(page, words.safety.goOn);
  await press(page, words.age.notSure);
  await press(page, words.needs.links);
  await page.getByText(say.paste.minor).waitFor();
  await paste(page, LINK);
  await press(page, say.plan.write);
  await heading(page, `${say.ask.title}: x.com`);
  const letter = await page.locator('pre.letter').first().innerText();
  assert.match(letter, /under 18/);
  assert.match(letter, /no image, no copy and no fingerprint/);
  assert.equal(await page.getByLabel(say.ask.signature).count(), 0);
  assert.equal(await page.getByRole('button', { name: say.ask.sent, exact: true }).count(), 0);
  assert.equal(await page.locator('input[type=file]').count(), 0);
  assert.equal(await page.getByText('Google', { exact: true }).count(), 0);
  await page.context().close();
});

test('S62, S63: by keyboard alone, and from right to left, the notice and its translation are reached; hostile pastes stay text', async () => {
  const { page, complaints } = await walk.open({ ...PHONE, locale: 'ar' });
  const ar = (await import('@reclaim/web/ui/words/ar')).ar;
  const arSay = (await import('@reclaim/web/ui/words/links/ar')).ar;
  const key = async (name: string) => {
    // Focus and key in one: a heading takes the focus a moment after its screen stands.
    await page.getByRole('button', { name, exact: false }).first().press('Enter');
  };
  await key(ar.start.now);
  await key(ar.safety.goOn);
  await key(ar.age.no);
  await key(ar.needs.links);
  await page
    .getByLabel(arSay.paste.label)
    .fill(
      `${LINK} https://пример.example/<img/src=x> javascript:alert(1) https://evil.example/\u202egnp.exe <script>document.title='x'</script>`,
    );
  await page.keyboard.press('Tab');
  await key(arSay.paste.plan);
  await heading(page, arSay.plan.title);
  await page.getByText('xn--e1afmkfd.example').first().waitFor();
  await axe(page);
  await narrow(page);
  await key(arSay.plan.write);
  await key(arSay.ask.forgery);
  await page.locator('pre.letter').first().waitFor();
  await page.getByText(arSay.ask.translation, { exact: true }).click();
  const letters = await page.locator('pre.letter').allInnerTexts();
  assert.match(letters[0] ?? '', /digital forgery/);
  assert.match(letters[1] ?? '', /تزييف رقمي/);
  await axe(page);
  assert.equal(await page.title(), ar.frame.title);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

const TEN_THOUSAND = Array.from(
  { length: 10_000 },
  (_, at) => `https://site${at % 60}.example/item/${at % 9_000}`,
).join('\n');

/** As a real paste does: one event with all of it, not key by key. */
function pasteAll(page: Page): Promise<void> {
  return page.getByLabel(say.paste.label).evaluate((field, text) => {
    (field as HTMLTextAreaElement).value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }, TEN_THOUSAND);
}

test('ten thousand links with doubles become a plan without holding the page up', async () => {
  const { page } = await walk.open(PHONE);
  await walkToNeeds(page);
  await press(page, words.needs.links);
  await pasteAll(page);
  await press(page, say.paste.plan);
  await heading(page, say.plan.title);
  await page.getByText('1,000 links were there more than once.').waitFor();
  assert.equal((await page.locator('section .card').count()) <= 40, true, 'the rest waits behind a button');
  await press(page, say.plan.morePlaces);
  await page.getByText('site59.example').first().waitFor();
  assert.ok(await page.getByText(say.plan.full).isVisible());
  await page.context().close();
});

test('S01: while ten thousand links are read the exit answers', async () => {
  const { page } = await walk.open(PHONE);
  await walkToNeeds(page);
  await press(page, words.needs.links);
  await pasteAll(page);
  // Pressed by the page itself in the middle of the reading, and by nobody else: a press from outside might come after it.
  await page.evaluate(
    ({ exit, reading }) => {
      const link = [...document.querySelectorAll('a')].find((each) => each.textContent === exit);
      new MutationObserver((_, observer) => {
        const told = [...document.querySelectorAll('[role=status]')].map((each) => each.textContent ?? '');
        if (link === undefined || !told.some((each) => each.includes(reading))) return;
        observer.disconnect();
        link.click();
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    },
    { exit: words.exit.leave, reading: say.paste.reading.split('{n}')[0]! },
  );
  // The answer to the press may be cut off by the page's end.
  void press(page, say.paste.plan).catch(() => undefined);
  await page.waitForURL(walk.neutral.url);
  await page.context().close();
});
