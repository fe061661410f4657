/**
 * Story in browsers: a person opens a picture of their proof to a helper by name; the covered copy opens to that one, the
 * picture itself when a second helper agreed; the person sees each look, closes it, and the log of the package has it all.
 * @module
 */

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Permission } from '@reclaim/casework/wire-staff';
import { type Member, makeFirstMember, makeMember } from '@reclaim/service/staff.fixture';
import { en as staff } from '@reclaim/web/console/words/en';
import { MAX_OPENED_BYTES } from '@reclaim/web/portal/core/evidence-opening';
import { en as say } from '@reclaim/web/ui/words/evidence/en';
import { en as history } from '@reclaim/web/ui/words/history/en';
import { en as threads } from '@reclaim/web/ui/words/threads/en';
import type { Page } from 'playwright-core';
import { axeFindings } from './axe.fixture.ts';
import { listenToPage } from './console-browser.fixture.ts';
import { plantedWith } from './database-dump.fixture.ts';
import { landscape } from './portal-landscape.fixture.ts';
import { type PortalWalk, portalWalk, press, walkToNeeds, words } from './portal-walk.fixture.ts';

let walk: PortalWalk;
let first: Member;
const folder = mkdtempSync(path.join(tmpdir(), 'reclaim-opened-'));
before(async () => {
  walk = await portalWalk({ limits: { proofBits: 4 } });
  first = await makeFirstMember(walk.node.node.store);
});
after(async () => {
  await walk.end();
  rmSync(folder, { recursive: true, force: true });
});

const fill = (sentence: string, values: Record<string, string>) =>
  sentence.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
const heading = (page: Page, name: string) =>
  page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
const shot = async (page: Page, name: string) => {
  const folder = process.env['RECLAIM_SHOTS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};

/** What axe and the width complain of, light and dark. */
async function look(page: Page, name: string): Promise<void> {
  assert.deepEqual(await axeFindings(page), [], name);
  await page.emulateMedia({ colorScheme: 'light' });
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, name);
  await shot(page, name);
  await page.emulateMedia({ colorScheme: 'dark' });
  await shot(page, `${name}-dark`);
  await page.emulateMedia({ colorScheme: 'light' });
}

/** A helper in a browser of their own, with a key made there. */
async function helperAt(permissions: readonly Permission[], viewport: { width: number; height: number }) {
  const member = await makeMember(walk.node.node.store, first, permissions);
  const { page } = await walk.open({ locale: 'en-GB', viewport, acceptDownloads: true });
  const said = listenToPage(page);
  const [name = '', value = ''] = member.headers.cookie.split('=');
  await page.context().addCookies([{ name, value, url: walk.url, httpOnly: true, sameSite: 'Strict' }]);
  await page.goto(`${walk.url}/console`);
  await page.getByRole('heading', { name: staff['inbox.title'] }).waitFor();
  await page.getByLabel(staff['inbox.phrase'], { exact: true }).fill('five words out of one book');
  await page.getByLabel(staff['inbox.phraseAgain']).fill('five words out of one book');
  await press(page, staff['inbox.make']);
  await page.getByText(staff['inbox.published']).waitFor();
  return { name: member.staff.pseudonym, page, said };
}

/** Opens what stands on the item's screen: how far, and a yes of one's own. */
async function openTo(page: Page, reach: string, name: string): Promise<void> {
  await press(page, reach);
  await page.getByLabel(fill(say.open.agree, { name })).check();
  await page.getByRole('button', { name: fill(say.open.open, { name }), exact: true }).click();
  await page.getByText(new RegExp(`^${fill(say.open.done, { name, day: '' }).slice(0, 12)}`)).waitFor();
}

test('S24, S72: a picture opened to a helper by name: covered to one, as it is to two, seen, closed and logged', async () => {
  const amal = await helperAt(['helper', 'originals'], { width: 1440, height: 900 });
  const bea = await helperAt(['helper', 'originals'], { width: 360, height: 740 });
  const { page, complaints } = await walk.open({
    viewport: { width: 360, height: 740 },
    reducedMotion: 'reduce',
  });
  // A case with one picture of proof, and a thread with Amal.
  await walkToNeeds(page);
  await press(page, words.needs.evidence);
  await press(page, words.evidence.begin);
  await heading(page, say.list.title);
  await press(page, say.list.add);
  await press(page, say.kinds.screenshot);
  await heading(page, say.kinds.screenshot);
  const picture = await landscape(23);
  await page
    .locator('input[type=file]')
    .setInputFiles([{ name: 'a.jpg', mimeType: 'image/jpeg', buffer: picture }]);
  await page.getByText(fill(say.add.chosen, { name: 'a.jpg' })).waitFor();
  await page.getByText(say.add.more).click();
  await page.getByLabel(say.add.handle).fill('@nothofagus');
  await page.getByRole('button', { name: say.add.keep, exact: true }).click();
  await heading(page, say.list.title);
  // A film of a byte more than can be opened: all hole, so that it takes no room on the disk.
  const film = path.join(folder, 'film.zip');
  writeFileSync(film, 'PK');
  truncateSync(film, MAX_OPENED_BYTES + 1);
  await press(page, say.list.add);
  await press(page, say.kinds['message-export']);
  await heading(page, say.kinds['message-export']);
  await page.locator('input[type=file]').setInputFiles(film);
  await page.getByText(fill(say.add.chosen, { name: 'film.zip' })).waitFor();
  await page.getByRole('button', { name: say.add.keep, exact: true }).click();
  await heading(page, say.list.title);
  await press(page, say.list.keep);
  await page.locator('.code-words .group').first().waitFor();
  const code = (await page.locator('.code-words .group').allTextContents()).join(' ');
  await press(page, words.code.wrote);
  await page.getByLabel(words.typeback.label).fill(code);
  await press(page, words.typeback.sendCase);
  await press(page, words.kept.status);
  await heading(page, words.status.title);
  await press(page, threads.summary.write);
  await press(page, fill(threads.list.pick, { name: amal.name }));
  await page.getByLabel(threads.list.first).fill('hello');
  await press(page, fill(threads.list.begin, { name: amal.name }));
  await heading(page, fill(threads.one.title, { name: amal.name }));
  await page.getByText('hello').waitFor();

  const toItem = async () => {
    await press(page, words.frame.back);
    await press(page, words.frame.back);
    await heading(page, words.status.title);
    await press(page, words.needs.evidence);
    await heading(page, say.list.title);
    await page
      .getByRole('button', { name: new RegExp(`^${say.list.open}: ${say.kinds.screenshot}`) })
      .click();
    await heading(page, say.kinds.screenshot);
    await press(page, say.open.button);
    await heading(page, say.open.title);
    await page.getByText(say.open.what).first().waitFor();
  };
  await toItem();
  await look(page, 'open-what');
  await press(page, say.open.original);
  await page.getByLabel(say.open.second).waitFor();
  await look(page, 'open-how');
  await press(page, words.frame.back);
  await openTo(page, say.open.shielded, amal.name);
  await openTo(page, say.open.original, amal.name);
  await look(page, 'open-done');

  // Amal: the covered copy alone, and a look that is held.
  const helper = amal.page;
  await press(helper, staff['inbox.again']);
  await helper.getByRole('button', { name: /^Read [0-9a-f]{6}$/ }).click();
  await helper.getByText('@nothofagus').first().waitFor();
  await press(helper, staff['inbox.lookCovered']);
  const covered = helper.getByRole('button', { name: new RegExp(`^${staff['inbox.covered']}\\.`) });
  await covered.waitFor();
  assert.equal(await helper.locator('img.shown').count(), 0);
  await covered.focus();
  await helper.keyboard.down('Space');
  await helper.locator('img.shown').waitFor();
  await helper.keyboard.up('Space');
  assert.equal(await helper.locator('img.shown').count(), 0);
  // The original: asked for with a reason, shut until Bea agrees.
  await helper.getByText(fill(staff['inbox.original.sealed'], { name: bea.name })).waitFor();
  await helper.getByLabel(staff['inbox.original.reason']).fill('to read the account');
  await look(helper, 'inbox-original');
  await press(helper, fill(staff['inbox.original.ask'], { name: bea.name }));
  await helper.getByText(fill(staff['inbox.original.asked'], { name: bea.name })).waitFor();
  await press(bea.page, staff['inbox.ask.again']);
  await bea.page.getByText('to read the account').waitFor();
  // The second person agrees without seeing anything.
  assert.equal(await bea.page.locator('img').count(), 0);
  await look(bea.page, 'inbox-asked');
  await press(bea.page, staff['inbox.ask.agree']);
  await bea.page.getByText(staff['inbox.ask.none']).waitFor();
  await press(helper, staff['inbox.back']);
  await helper.getByRole('button', { name: /^Read [0-9a-f]{6}$/ }).click();
  await helper.getByText(fill(staff['inbox.original.agreed'], { name: bea.name })).waitFor();
  await helper.getByLabel(staff['inbox.original.reason']).fill('to read the account');
  await press(helper, staff['inbox.original.look']);
  await helper.getByRole('button', { name: new RegExp(`^${staff['inbox.original.title']}\\.`) }).waitFor();
  const [saved] = await Promise.all([
    helper.waitForEvent('download'),
    helper.getByRole('link', { name: staff['inbox.save'] }).click(),
  ]);
  // S16: the helper's file has a name that says nothing either.
  assert.match(saved.suggestedFilename(), /^item-[0-9a-f]{8}\.jpeg$/);
  assert.ok(readFileSync(await saved.path()).equals(picture), 'the original is exactly as it was');

  // What both hold now lies with the node too, and nobody reads it there, in whatever encoding.
  const planted = {
    handle: '@nothofagus',
    reason: 'to read the account',
    start: picture.subarray(100, 140),
    end: picture.subarray(-60, -20),
    code,
  };
  assert.deepEqual(await plantedWith(walk.node, planted), []);

  // The person reads who looked, closes the picture, and finds both looks in the log of the package.
  await press(page, words.frame.back);
  await press(page, words.frame.back);
  await heading(page, say.list.title);
  // What is too big is said before anything is chosen, and is no choice; its words still are.
  await page
    .getByRole('button', { name: new RegExp(`^${say.list.open}: ${say.kinds['message-export']}`) })
    .click();
  await heading(page, say.kinds['message-export']);
  await press(page, say.open.button);
  await heading(page, say.open.title);
  await page.getByText(fill(say.open.overLimit, { n: String(MAX_OPENED_BYTES / 1_048_576) })).waitFor();
  await page.getByRole('button', { name: say.open.words }).waitFor();
  assert.equal(await page.getByRole('button', { name: say.open.original }).count(), 0);
  await look(page, 'open-too-big');
  await press(page, words.frame.back);
  await press(page, words.frame.back);
  await heading(page, say.list.title);
  await press(page, words.kept.status);
  await heading(page, words.status.title);
  await press(page, threads.summary.read);
  await press(page, fill(threads.list.open, { name: amal.name }));
  await page.getByText(`${threads.one.lookedOriginal} to read the account`).waitFor();
  await look(page, 'thread-looked');
  await toItem();
  await page
    .getByRole('button', { name: `${say.open.close}: ${amal.name}` })
    .first()
    .click();
  await page.getByText(say.open.closed).waitFor();
  await page.getByRole('button', { name: `${say.open.close}: ${amal.name}` }).click();
  await page.getByText(say.open.now).waitFor({ state: 'detached' });
  await press(helper, staff['inbox.back']);
  await helper.getByRole('button', { name: /^Read [0-9a-f]{6}$/ }).click();
  await helper.getByText(staff['inbox.event.unshare']).first().waitFor();
  assert.equal(await helper.getByText('@nothofagus').count(), 0);
  for (const table of ['thread_share', 'thread_file', 'thread_piece'] as const)
    assert.deepEqual(await walk.node.node.store.db.selectFrom(table).selectAll().execute(), [], table);
  await press(page, words.frame.back);
  await press(page, words.frame.back);
  await heading(page, say.list.title);
  await page.getByText(say.list.kept).waitFor();
  await press(page, say.list.make);
  await press(page, say.package.make);
  await heading(page, say.package.done);
  const [made] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: say.package.save }).click(),
  ]);
  const zip = readFileSync(await made.path()).toString('latin1');
  assert.match(zip, new RegExp(`"reason":"to: ${amal.name} with ${bea.name}; original; until `));
  assert.match(zip, /"action":"viewed-original","actor":\{"pseudonym":"[^"]+","role":"helper"\}/);
  assert.match(zip, /"reason":"to read the account \(looked [^)]+, entry \d+ of thread [0-9a-f]{16}\)"/);
  assert.match(zip, /"action":"viewed-shielded","actor":\{"pseudonym":"[^"]+","role":"helper"\}/);

  // One list of what comes and one of what happened, over proof and messages.
  await press(page, words.frame.back);
  await press(page, words.kept.status);
  await heading(page, words.status.title);
  await press(page, threads.summary.history);
  await heading(page, history.title);
  await page.getByText(history.message.looked).first().waitFor();
  await page.getByText(new RegExp(`^${history.proof['viewed-original']}: ${say.kinds.screenshot}`)).waitFor();
  await page.getByText(history.nothing, { exact: true }).waitFor();
  await look(page, 'history');
  await press(page, words.frame.back);
  await heading(page, words.status.title);

  // Another code: shown, typed back, and then the old one opens nothing.
  await press(page, threads.summary.newCode);
  await heading(page, threads.newCode.title);
  await look(page, 'new-code');
  await press(page, threads.newCode.make);
  await page.locator('.code-words .group').first().waitFor();
  const next = (await page.locator('.code-words .group').allTextContents()).join(' ');
  assert.notEqual(next, code);
  await press(page, threads.newCode.wrote);
  await page.getByLabel(threads.newCode.back).fill(code);
  await press(page, threads.newCode.change);
  await page.getByText(threads.newCode.differentAny).waitFor();
  await page.getByLabel(threads.newCode.back).fill(next);
  await press(page, threads.newCode.change);
  await heading(page, threads.newCode.done);
  await look(page, 'new-code-done');
  const again = await walk.open({ viewport: { width: 360, height: 740 } });
  await press(again.page, words.start.haveCode);
  await again.page.getByLabel(words.open.label).fill(code);
  await press(again.page, words.open.open);
  await again.page.getByText(words.open.wrong).waitFor();
  await again.page.getByLabel(words.open.label).fill(next);
  await press(again.page, words.open.open);
  await heading(again.page, words.status.title);
  assert.deepEqual(complaints, []);
  assert.deepEqual([...amal.said, ...bea.said], []);
});
