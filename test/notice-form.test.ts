/**
 * The notice form, in a real browser at 360 pixels: from a picture on photo-board, without an account, to a job whose clock
 * shows in the console, a decision, and the answer by code. Then what a thief of the database would read.
 * @module
 */

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createClient } from '@reclaim/client/client';
import { type PhotoBoard, startPhotoBoard } from '@reclaim/photo-board/photo-board';
import { landscape } from '@reclaim/raster/landscape.fixture';
import { notifierTag } from '@reclaim/store/misuse-standing';
import { en as consoleWords } from '@reclaim/web/console/words/en';
import { ar } from '@reclaim/web/notice/words/ar';
import { en as noticeWords } from '@reclaim/web/notice/words/en';
import type { Page } from 'playwright-core';
import { jpegOf } from '../tools/altered-copies.ts';
import { axeFindings } from './axe.fixture.ts';
import { plantedWith } from './database-dump.fixture.ts';
import { freePort } from './free-port.fixture.ts';
import {
  PATIENCE_MS,
  type PortalWalk,
  portalWalk,
  words as portalWords,
  press,
} from './portal-walk.fixture.ts';
import { openConsole } from './virtual-authenticator.fixture.ts';

const PHONE = { viewport: { width: 360, height: 740 } } as const;

/** Words that the notifier writes on the way; none of them may be found in the database or in an address. */
const PLANTED = {
  facts: 'Planted facts of a notice: it was taken at home and never to be shared.',
  email: 'planted.contact@example.org',
  signature: 'Planted Signature',
  complaint: 'Planted complaint: it is me, and I never agreed.',
};

let walk: PortalWalk;
let board: PhotoBoard;
let folder: string;
/** The console of the only member of the staff: a node gives one link to make the first. */
let desk: Page;

before(async () => {
  const port = await freePort();
  walk = await portalWalk({ previewHosts: [`localhost:${port}`] });
  folder = await mkdtemp(join(tmpdir(), 'reclaim-noticed-'));
  const { ask, tokenFor, node } = walk.node;
  const url = `http://localhost:${port}/hooks/reclaim`;
  const hook = await ask('POST', '/v1/webhooks', { token: await tokenFor(['admin']), json: { url } });
  assert.equal(hook.status, 201);
  board = await startPhotoBoard({
    client: createClient({
      url: node.url,
      key: await tokenFor(['check', 'report']),
      timeoutMs: PATIENCE_MS,
    }),
    dataDir: folder,
    port,
    hookSecret: hook.json.secret,
    noticeUrl: `${walk.url}/notice`,
    // So long that whatever the board learns within the walk it was told by the webhook.
    intervalMs: 3_600_000,
  });
});

after(async () => {
  await board?.stop();
  await walk?.end();
  await rm(folder, { recursive: true, force: true });
});

const heading = (page: Page, name: string) =>
  page.getByRole('heading', { level: 1, name, exact: true }).waitFor();

/** Puts a picture on the board, where it is published, and answers the address of its page. */
async function publish(seed: number): Promise<string> {
  const { page } = await walk.open({}, '/help');
  await page.goto(`${board.url}/add`);
  const file = { name: 'a.jpg', mimeType: 'image/jpeg', buffer: await jpegOf(landscape(seed, 800, 600), 90) };
  await page.locator('input[type=file]').setInputFiles([file]);
  await page.locator('main button').click();
  await page.waitForURL('**/mine/**');
  const address = await page.locator('main a').first().getAttribute('href');
  await page.context().close();
  return `${board.url}${address}`;
}

/** Waits until `holds` does, asking again and again: the machine may be slow. */
async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  for (let tries = 0; tries < 1_200; tries++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(`it never came to be: ${what}`);
}

/** What the panel says of the law of the United States. */
const tida = (page: Page) =>
  page.locator('.regimes > li', { hasText: noticeWords.has.regimes['us-tida'] }).first();

test('S10: from a picture to a job with clocks, a decision, and the answer by code', async () => {
  const address = await publish(5_001);
  const itemId = address.split('/').at(-1)!;
  const { page, asked, complaints } = await walk.open(PHONE, '/help');
  await page.goto(address);
  await page.locator('#take-down a').click();
  await heading(page, noticeWords.age.title);
  await page.getByText(noticeWords.age.item).waitFor();
  assert.equal(page.url(), `${walk.url}/notice`, 'the item left the address at once');
  assert.deepEqual(await axeFindings(page), []);

  // By keyboard alone: the choice is reached and pressed.
  await page.getByRole('button', { name: noticeWords.age.no }).focus();
  await page.keyboard.press('Enter');
  await heading(page, noticeWords.form.title);
  assert.equal(await page.locator('input[type=file]').count(), 0, 'there is no way to send a picture');
  await assertFits(page);

  // What is lacking grows shorter while it is typed.
  assert.match((await tida(page).textContent()) ?? '', /signature/);
  await page.getByLabel(noticeWords.form.standing, { exact: true }).selectOption('depicted');
  await page.getByLabel(noticeWords.form.facts).fill(PLANTED.facts);
  for (const box of await page.locator('.ticks input').all()) await box.check();
  await page.getByLabel(noticeWords.form.email).fill(PLANTED.email);
  assert.match((await tida(page).textContent()) ?? '', /still lacks: a signature\./);
  await page.getByLabel(noticeWords.form.signature).fill(PLANTED.signature);
  assert.match((await tida(page).textContent()) ?? '', new RegExp(noticeWords.has.complete));
  assert.deepEqual(await axeFindings(page), []);
  await press(page, noticeWords.form.send);

  await heading(page, noticeWords.receipt.title);
  const number = (await page.locator('.notice-number').textContent()) ?? '';
  assert.match(number, /^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/);
  const code = (await page.locator('.code-words .group').allTextContents()).join(' ');
  assert.equal(code.split(' ').length, 7);
  await assertFits(page);
  assert.deepEqual(await axeFindings(page), []);

  desk = await openConsole(walk);
  const row = desk.locator('#queue-list .queue-row').first();
  await row.locator('time.clock').waitFor();
  assert.match((await row.textContent()) ?? '', new RegExp(`${itemId}.*in 4[78] hours`));
  await desk.keyboard.press('j');
  await desk.keyboard.press('Enter');
  await desk.getByText(consoleWords['clocks.title']).waitFor();
  await desk.getByText(PLANTED.facts).waitFor();
  await desk.getByText(`Notice ${number}`).waitFor();
  for (const planted of [PLANTED.email, PLANTED.signature]) {
    assert.equal((await desk.content()).includes(planted), false, 'who gives notice is not on the card');
  }
  assert.deepEqual(await axeFindings(desk), []);
  // Covered as ever, and the board has said meanwhile where the picture is.
  assert.equal(await desk.locator('img.shown').count(), 0);
  await until(async () => {
    const { rows } = await previews();
    return rows.some(({ preview_url }) => preview_url?.startsWith(`${board.url}/preview/`) === true);
  }, 'the board told where the picture can be seen');
  for (const key of ['1', '1', 'Enter']) await desk.keyboard.press(key);
  await desk.getByText(consoleWords['decided.title']).first().waitFor();

  await until(async () => (await fetch(address)).status === 404, 'the board took the picture down');
  await page.context().close();

  const later = await walk.open(PHONE, '/notice');
  await press(later.page, noticeWords.age.haveCode);
  await later.page.getByLabel(noticeWords.code.label).fill(`  ${code.toUpperCase()} `);
  await press(later.page, noticeWords.code.open);
  await later.page.getByText(noticeWords.status.removed).waitFor();
  await later.page.getByText(noticeWords.status.grounds['intimate-image-law']).waitFor();
  assert.match((await later.page.locator('main').textContent()) ?? '', new RegExp(number));
  assert.deepEqual(await axeFindings(later.page), []);
  await later.page.getByLabel(noticeWords.status.complaint).fill(PLANTED.complaint);
  await press(later.page, noticeWords.status.send);
  await later.page.getByText(/Somebody else than before will answer/).waitFor();

  // Whoever decided does not answer it; the lead of the story has the only account, so it waits.
  await press(desk, consoleWords['filter.complaint-open']);
  await desk.locator('#queue-list .queue-row').first().click();
  await desk.getByText(consoleWords['complaint.notYours']).waitFor();
  await desk.getByText(PLANTED.complaint).waitFor();

  for (const { url } of [...asked, ...later.asked]) {
    const path = decodeURIComponent(url);
    for (const planted of [...Object.values(PLANTED), code]) assert.equal(path.includes(planted), false);
    assert.equal(new URL(url).search, '', 'no query is ever sent');
  }
  assert.deepEqual([...complaints, ...later.complaints], []);
  assert.deepEqual(await plantedWith(walk.node, { ...PLANTED, code }), []);
  // A word of the code may stand in another one by chance, as "famili" in "families"; two of them in one column do not.
  const codeWords = Object.fromEntries(code.split(' ').map((word) => [word, word]));
  const places = Map.groupBy(await plantedWith(walk.node, codeWords), ({ where }) => where);
  for (const [where, found] of places)
    assert.equal(new Set(found.map(({ what }) => what)).size, 1, `words of the code lie in ${where}`);
});

test('a second notice on the item is the same job; nothing typed adds nothing; a warning is read, objected to and answered', async () => {
  const { store } = walk.node.node;
  const { page, complaints } = await walk.open(PHONE, '/notice#item=photo-twice');
  const email = 'planted.warned@example.org';
  await press(page, noticeWords.age.no);
  await page.getByLabel(noticeWords.form.standing, { exact: true }).selectOption('other');
  await page.getByLabel(noticeWords.form.kind, { exact: true }).selectOption('authentic');
  await page.getByLabel(noticeWords.form.facts).fill('It stands there and should not.');
  for (const box of await page.locator('.ticks input').all()) await box.check();
  await page.getByLabel(noticeWords.form.name, { exact: true }).fill('Some Name');
  await page.getByLabel(noticeWords.form.email).fill(email);
  await press(page, noticeWords.form.send);
  await heading(page, noticeWords.receipt.title);

  // The form to add with starts empty, and does not send what was sent before.
  await press(page, noticeWords.receipt.add);
  await heading(page, noticeWords.receipt.add);
  await press(page, noticeWords.form.add);
  await page.getByText(noticeWords.form.empty).waitFor();
  await press(page, portalWords.frame.back);
  await heading(page, noticeWords.status.title);

  // Somebody else speaks of the same picture.
  const other = await walk.open(PHONE, '/notice#item=photo-twice');
  await press(other.page, noticeWords.age.no);
  await press(other.page, noticeWords.form.send);
  await heading(other.page, noticeWords.receipt.title);
  const jobs = await store.db.selectFrom('job').select('id').where('item_id', '=', 'photo-twice').execute();
  assert.equal(jobs.length, 1);
  const notices = await store.db
    .selectFrom('notice')
    .select(['id', 'number'])
    .where('job_id', '=', jobs[0]!.id)
    .orderBy('received_seq')
    .execute();
  assert.equal(notices.length, 2);
  await press(desk, consoleWords['filter.open']);
  await desk.locator('#queue-list .queue-row', { hasText: 'photo-twice' }).click();
  for (const { number } of notices) await desk.getByText(`Notice ${number}`).waitFor();

  // A suspension that rests on the first of them: by that code it is read and objected to.
  const id = `msu_${'5'.repeat(32)}` as never;
  const facts = {
    count: 4,
    all: 5,
    gravity: 'Four lawful pictures.',
    intention: 'The same words each time.',
  };
  const now = store.now();
  await store.db
    .insertInto('misuse')
    .values({
      id,
      misuse: 'unfounded-notices',
      subject_tag: notifierTag(store, { email })!,
      warned_at: now - 2,
      suspended_at: now - 1,
      suspended_until: now + 86_400_000,
      suspended_by: null,
      objection: 'none',
      disowned_at: null,
      sealed: store.key.seal(
        Buffer.from(JSON.stringify({ warning: facts, suspension: facts })),
        `misuse:${id}`,
      ),
    })
    .execute();
  await store.db
    .insertInto('misuse_act')
    .values({
      misuse_id: id,
      decision_id: `dec_${'5'.repeat(32)}` as never,
      job_id: jobs[0]!.id,
      notice_id: notices[0]!.id,
      at: now - 1,
    })
    .execute();
  // Typed in the moment in which the field is there: what empties the form must have done so by then.
  await page
    .getByRole('button', { name: noticeWords.receipt.add })
    .first()
    .evaluate(
      async (button, { label, text }) => {
        const find = () =>
          [...document.querySelectorAll('label')].find((each) => each.textContent === label)?.control;
        (button as HTMLElement).click();
        // It is drawn in the same task as the press, in a microtask of it.
        for (let turns = 0; turns < 100 && find() === undefined; turns++) await Promise.resolve();
        const field = find() as HTMLInputElement;
        field.value = text;
        field.dispatchEvent(new Event('input', { bubbles: true }));
      },
      { label: noticeWords.form.other, text: 'By this page.' },
    );
  await press(page, noticeWords.form.add);
  await page.getByText(noticeWords.standing.suspension).waitFor();
  await page.getByText(facts.gravity).waitFor();
  assert.deepEqual(await axeFindings(page), []);
  await assertFits(page);
  await page.getByLabel(noticeWords.standing.object).fill('Each of them was sent in good faith.');
  await press(page, noticeWords.standing.send);
  await page.getByText(noticeWords.standing.waits).waitFor();
  await desk.getByRole('navigation').getByText(consoleWords['misuse.title'], { exact: true }).click();
  await desk.getByText('Each of them was sent in good faith.').waitFor();
  await desk.getByRole('button', { name: consoleWords['misuse.step.uphold'] }).click();
  await desk.getByLabel(consoleWords['draft.reason']).fill('The pictures were looked at again.');
  assert.deepEqual(await axeFindings(desk), []);
  await desk.getByRole('button', { name: consoleWords['misuse.send.uphold'] }).click();
  await desk.getByText(consoleWords['misuse.objection.answered']).waitFor();

  // Whoever else's address it is: told at once, and heard with one tick.
  await other.page.close();
  const third = await walk.open(PHONE, '/notice#item=photo-third');
  await press(third.page, noticeWords.age.no);
  await third.page.getByLabel(noticeWords.form.email).fill(email);
  await press(third.page, noticeWords.form.send);
  await third.page.getByText(noticeWords.suspended.said).waitFor();
  assert.deepEqual(await axeFindings(third.page), []);
  await assertFits(third.page);
  await third.page.getByLabel(noticeWords.suspended.notMine).check();
  await press(third.page, noticeWords.form.send);
  await heading(third.page, noticeWords.receipt.title);
  // The browser itself writes down that it was turned away once.
  const unexpected = third.complaints.filter((each) => !/ 409 /.test(each));
  assert.deepEqual([...complaints, ...other.complaints, ...unexpected], []);
});

test('S40: where a minor may be shown there is another road: words alone, the hotlines, and no list of the usual team', async () => {
  const { page, complaints } = await walk.open(PHONE, '/notice#item=photo-minor');
  await press(page, noticeWords.age.notSure);
  await heading(page, noticeWords.minor.title);
  await page.getByText(noticeWords.minor.copy).waitFor();
  assert.equal(await page.locator('main a[href^="https://takeitdown.ncmec.org"]').count(), 1);
  assert.deepEqual(await axeFindings(page), []);
  await press(page, noticeWords.minor.goOn);
  await heading(page, noticeWords.form.title);
  assert.equal(await page.locator('input[type=file]').count(), 0);
  await press(page, noticeWords.form.send);
  await heading(page, noticeWords.receipt.title);
  const { node, ask, tokens } = walk.node;
  const rows = await node.store.db
    .selectFrom('job')
    .selectAll()
    .where('item_id', '=', 'photo-minor')
    .execute();
  assert.deepEqual(
    rows.map(({ lane, preview_url, state }) => [lane, preview_url, state]),
    [['child', null, 'incomplete']],
  );
  const { text } = await ask('GET', '/v1/jobs?limit=200', { token: tokens.review });
  assert.equal(text.includes(rows[0]!.id), false);
  assert.deepEqual(complaints, []);
});

test('a notice is taken back by its code before it is decided, in two presses, and what it said is gone', async () => {
  const { page, complaints } = await walk.open(PHONE, '/notice#item=photo-taken-back');
  await press(page, noticeWords.age.no);
  await page.getByLabel(noticeWords.form.facts).fill('Planted words of a notice that is taken back.');
  await page.getByLabel(noticeWords.form.email).fill('planted.back@example.org');
  await press(page, noticeWords.form.send);
  await heading(page, noticeWords.receipt.title);
  const waiting = async () => {
    const rows = await walk.node.node.store.db
      .selectFrom('job')
      .select('state')
      .where('item_id', '=', 'photo-taken-back')
      .where('state', 'in', ['queued', 'claimed', 'incomplete'])
      .execute();
    return rows.map(({ state }) => state);
  };
  assert.equal((await waiting()).length, 1, 'the notice is a job that waits');
  await press(page, noticeWords.receipt.see);
  await heading(page, noticeWords.status.title);
  // The first press changes nothing, and can be thought over.
  await press(page, noticeWords.takeBack.ask);
  await press(page, noticeWords.takeBack.keep);
  await press(page, noticeWords.takeBack.ask);
  assert.deepEqual(await axeFindings(page), []);
  await assertFits(page);
  await press(page, noticeWords.takeBack.sure);
  await page.getByText(noticeWords.takeBack.done).waitFor();
  assert.equal(await page.getByRole('button', { name: noticeWords.takeBack.ask }).count(), 0);
  assert.deepEqual(await waiting(), []);
  assert.deepEqual(await plantedWith(walk.node, { back: 'planted.back' }), []);
  assert.deepEqual(complaints, []);
});

test('S60, S63: the form is written from right to left in Arabic, keeps what was typed, and is left at once', async () => {
  const { page, complaints } = await walk.open({ ...PHONE, locale: 'ar' }, '/notice');
  await heading(page, ar.age.title);
  assert.equal(await page.locator('html').getAttribute('dir'), 'rtl');
  await press(page, ar.age.no);
  await page.getByLabel(ar.form.facts).fill('كلمات تبقى');
  await press(page, ar.form.send);
  await page.getByText(ar.form.noPlace).waitFor();
  assert.equal(await page.getByLabel(ar.form.facts).inputValue(), 'كلمات تبقى');
  assert.deepEqual(await axeFindings(page), []);
  await assertFits(page);
  await page
    .getByLabel('اللغة')
    .selectOption('es')
    .catch(() => page.locator('header select').selectOption('es'));
  await page.locator('html[lang=es]').waitFor();
  assert.equal(await page.locator('textarea').nth(1).inputValue(), 'كلمات تبقى');
  assert.deepEqual(await axeFindings(page), []);
  assert.deepEqual(complaints, []);
  await page.locator('.exit a').click();
  await page.waitForURL(walk.neutral.url);
  // Playwright's own step back waits for an event that a page out of the back/forward cache does not have.
  void page.evaluate(() => history.back()).catch(() => undefined);
  await page.waitForURL('about:blank', { waitUntil: 'commit' });
  assert.equal((await page.content()).includes('كلمات تبقى'), false, 'one press of Back shows nothing of it');
});

/** Nothing is wider than the screen. */
async function assertFits(page: Page): Promise<void> {
  const [wide, seen] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  assert.ok(wide! <= seen!, `${wide} pixels on a screen of ${seen}`);
}

async function previews() {
  const rows = await walk.node.node.store.db.selectFrom('job').select('preview_url').execute();
  return { rows };
}
