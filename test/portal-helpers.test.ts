/**
 * The person's side of helping in a browser, against a real node: messages, what is opened to a helper, the way back from a
 * lost code, and the one action that erases it all.
 * @module
 */

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { makeFirstMember, makeMember } from '@reclaim/service/staff.fixture';
import { parseThreadId } from '@reclaim/vault/messages/entry';
import { openRing } from '@reclaim/vault/messages/keyring';
import { partyKeys, publicParty } from '@reclaim/vault/messages/party';
import { openShared } from '@reclaim/vault/messages/shared-items';
import { readThread, writeEntry } from '@reclaim/vault/messages/thread';
import { openLinePart } from '@reclaim/vault/recovery/line-part';
import { shareDigits, shareWords } from '@reclaim/vault/recovery/share-paper';
import { drawRecovery } from '@reclaim/vault/recovery/shares';
import { drawAgeIdentity } from '@reclaim/vault/sealing/age-key';
import { ar as arFirst } from '@reclaim/web/ui/words/ar';
import { en as enFirst } from '@reclaim/web/ui/words/en';
import { ar } from '@reclaim/web/ui/words/threads/ar';
import { en } from '@reclaim/web/ui/words/threads/en';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { axeFindings } from './axe.fixture.ts';
import { type PortalWalk, portalWalk } from './portal-walk.fixture.ts';

let walk: PortalWalk;
let helper: Awaited<ReturnType<typeof makeHelper>>;
/** How far the node's clock is ahead: the browser's own stays. */
const ahead = 0;
before(async () => {
  walk = await portalWalk({ now: () => Date.now() + ahead });
  helper = await makeHelper();
});
after(() => walk.end());

async function makeHelper() {
  const { node, ask } = walk.node;
  const first = await makeFirstMember(node.store);
  const member = await makeMember(node.store, first, ['helper', 'recovery']);
  const keys = await partyKeys(drawAgeIdentity(randomBytes(32)));
  const { headers } = member;
  const key = { party: publicParty(keys), open: true };
  assert.equal((await ask('PUT', '/v1/helper/key', { headers, json: key })).status, 204);
  const inbox = async () => (await ask('GET', '/v1/helper/threads', { headers })).json.threads;
  const read = async (thread: string) => {
    const { json } = await ask('POST', '/v1/helper/threads/read', { headers, json: { thread, after: 0 } });
    const ring = (await openRing(json.ring, keys.identity)) ?? [];
    const self = publicParty(keys);
    const reading = await readThread(json.entries, ring, { id: parseThreadId(thread), self, role: 'helper' });
    assert.ok(reading.ok);
    return { json, ring, thread: reading.thread };
  };
  const answer = async (thread: string, text: string) => {
    const known = await read(thread);
    const { head: _, ...entry } = await writeEntry(
      known.thread,
      keys,
      known.ring,
      { kind: 'text', text },
      Date.now(),
    );
    assert.equal(
      (await ask('POST', '/v1/helper/threads/append', { headers, json: { thread, entry } })).status,
      200,
    );
  };
  /** The helpline's part that three words call for, as its words. */
  const fetchPart = async (call: string) => {
    const json = { call, cause: 'on-the-phone' };
    const answer = await ask('POST', '/v1/helper/recovery-parts/fetch', { headers, json });
    assert.equal(answer.status, 200);
    const share = await openLinePart(answer.json.sealed, keys.identity);
    assert.ok(share);
    return shareWords(share).join(' ');
  };
  return { name: member.staff.pseudonym, keys, inbox, read, answer, fetchPart };
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();
const heading = (page: Page, name: string) =>
  page.getByRole('heading', { level: 1, name, exact: true }).waitFor();

/** A picture with enough in it. */
async function grains(): Promise<Buffer> {
  const data = Buffer.from(
    Array.from({ length: 24 * 24 * 3 }, (_, at) => (at * 7919 + ((at * at) % 251) * 31) % 256),
  );
  return sharp(data, { raw: { width: 24, height: 24, channels: 3 } })
    .resize(600, 600, { kernel: 'cubic' })
    .png()
    .toBuffer();
}

/** Walks to the screen of a fresh case; answers its code. */
async function makeCase(page: Page, w: typeof enFirst): Promise<string> {
  await page.getByRole('button', { name: w.start.now }).first().click();
  await page.getByRole('button', { name: w.safety.goOn }).first().click();
  await page.getByRole('button', { name: w.age.no }).first().click();
  await page.getByRole('button', { name: w.needs.protect }).first().click();
  await page
    .locator('input[type=file]')
    .setInputFiles([{ name: 'a.png', mimeType: 'image/png', buffer: await grains() }]);
  await page.getByText(w.protect.done).waitFor();
  await page.getByRole('button', { name: w.protect.see }).first().click();
  await page.getByRole('button', { name: w.leaves.agree }).first().click();
  await page.locator('.code-words').waitFor();
  const code = (await page.locator('.code-words .group').allTextContents()).join(' ');
  await page.getByRole('button', { name: w.code.wrote }).first().click();
  await page.getByLabel(w.typeback.label).fill(code);
  await page.getByRole('button', { name: w.typeback.send }).first().click();
  await heading(page, w.kept.title);
  await page.getByRole('button', { name: w.kept.status }).first().click();
  await heading(page, w.status.title);
  return code;
}

const fill = (sentence: string, values: Record<string, string>) =>
  sentence.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');

/** What axe and the width complain of on a screen, light and dark. */
async function complaintsOf(page: Page, screen: string): Promise<readonly string[]> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return [
    ...(await axeFindings(page)).map((each) => `${screen}: ${each}`),
    ...(wide > 0 ? [`${screen}: ${wide} px wider than the window`] : []),
  ];
}

const shot = async (page: Page, name: string) => {
  const folder = process.env['RECLAIM_SHOTS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};

for (const [locale, w, first] of [
  ['en', en, enFirst],
  ['ar', ar, arFirst as unknown as typeof enFirst],
] as const) {
  test(`S15, S25, S28: messages, what is opened, a way back and its end, in ${locale}; S60 and S61 on each of those screens`, async () => {
    const { page, complaints } = await walk.open({
      locale,
      viewport: { width: 320, height: 640 },
      reducedMotion: 'reduce',
    });
    const found: string[] = [];
    const look = async (screen: string) => {
      found.push(...(await complaintsOf(page, screen)));
      await shot(page, `${locale}-${screen}`);
    };
    await makeCase(page, first);
    await page.getByText(w.summary.nothingNote, { exact: true }).waitFor();
    await page.getByLabel(first.status.notes).fill('told once: nothofagus');
    await press(page, first.status.saveNotes);
    await page.getByText(first.status.saved).waitFor();
    await look('status');
    await press(page, w.summary.write);
    await heading(page, w.list.title);
    await press(page, fill(w.list.pick, { name: helper.name }));
    await page.getByLabel(w.list.first).fill('hello from the page');
    await look('begin');
    await press(page, fill(w.list.begin, { name: helper.name }));
    await heading(page, fill(w.one.title, { name: helper.name }));
    await page.getByText('hello from the page').waitFor();
    const [{ thread }] = await helper.inbox();
    await helper.answer(thread, 'an answer from a helper');
    // What is opened is told once, and the helper reads the same words.
    await page.getByLabel(w.one.notes).check();
    await press(page, w.one.openIt);
    await page.getByText('an answer from a helper').waitFor();
    await page.getByRole('button', { name: w.one.closeIt }).waitFor();
    const shares = (await helper.read(thread)).json.shares;
    assert.match(JSON.stringify(await openShared(shares[0].sealed, helper.keys.identity)), /nothofagus/);
    // S15: a way to be reached is only said after the question whether it is safe.
    await page.getByText(w.one.reachTitle).click();
    await page.getByLabel(w.one.reachWay).fill('a way to reach me');
    assert.equal(await page.getByRole('button', { name: w.one.reachSend }).count(), 0);
    await press(page, w.one.reachNo);
    assert.equal(await page.getByLabel(w.one.reachWay).inputValue(), '');
    assert.equal(await page.getByRole('button', { name: w.one.reachSend }).count(), 0);
    await look('thread');
    await press(page, w.one.closeIt);
    await page.getByText(w.one.unshared).waitFor();
    assert.deepEqual((await helper.read(thread)).json.shares, []);
    assert.ok(!(await helper.read(thread)).thread.entries.some(({ kind }) => kind === 'contact'));
    await press(page, first.frame.back);
    await press(page, first.frame.back);
    await heading(page, first.status.title);
    // The way back: opt-in, three parts, nowhere else.
    await press(page, w.summary.recovery);
    await heading(page, w.recovery.title);
    await look('recovery');
    assert.ok(await page.getByRole('button', { name: w.recovery.make }).isDisabled());
    await page.getByLabel(w.recovery.understand).check();
    await press(page, w.recovery.make);
    const parts: string[] = [];
    for (const name of ['own', 'friend', 'line'] as const) {
      await heading(page, w.recovery.part[name]);
      if (name === 'own') await look('part');
      parts.push((await page.locator('.code-words .group').allTextContents()).join(' '));
      if (name !== 'line') await press(page, w.recovery.next);
    }
    // The third is sealed to the helpline's helpers by name, and the case shows when one opened it.
    await page.getByRole('button', { name: w.recovery.line.give }).waitFor();
    await look('part for the helpline');
    await press(page, w.recovery.line.give);
    await page.getByText(w.recovery.line.kept).waitFor();
    await page.getByText(w.recovery.quiet).waitFor();
    assert.equal(new Set(parts).size, 3);
    // Somebody with two parts asks, on another device.
    const other = await walk.open({ locale, viewport: { width: 320, height: 640 }, reducedMotion: 'reduce' });
    await other.page.getByRole('button', { name: first.start.haveCode }).first().click();
    await other.page.getByText(first.open.lost).click();
    await press(other.page, first.open.parts);
    await heading(other.page, w.recover.title);
    // With one part in hand: three words for the helpline, which reads its part out.
    await other.page.getByText(w.recover.call.title).click();
    await other.page.getByLabel(w.recover.call.part).fill(parts[1]!.toUpperCase());
    await press(other.page, w.recover.call.show);
    const call = await other.page.locator('.notice .mono').textContent();
    assert.equal(await helper.fetchPart(call ?? ''), parts[2]);
    found.push(...(await complaintsOf(other.page, 'call')));
    await shot(other.page, `${locale}-call`);
    // A part of another case: of two nobody can say which it is, of three it is named.
    const [, foreign] = (await drawRecovery(randomBytes(50))).shares;
    await other.page.getByLabel(w.recover.one, { exact: true }).fill(parts[0]!);
    await other.page.getByLabel(w.recover.two, { exact: true }).fill(shareDigits(foreign).join(' '));
    await press(other.page, w.recover.ask);
    await other.page.getByText(w.recover.which).waitFor();
    await other.page.getByLabel(w.recover.third, { exact: true }).fill(parts[1]!);
    await press(other.page, w.recover.ask);
    await other.page.getByText(w.recover.which).waitFor({ state: 'detached' });
    const second = other.page.getByLabel(w.recover.two, { exact: true });
    await second.and(other.page.locator('[aria-invalid=true]')).waitFor();
    assert.equal(await other.page.locator('[aria-invalid=true]').count(), 1);
    await other.page.getByLabel(w.recover.third, { exact: true }).fill('');
    await other.page.getByLabel(w.recover.one, { exact: true }).fill(parts[1]!);
    await other.page.getByLabel(w.recover.two, { exact: true }).fill(`x${parts[2]!}`);
    await press(other.page, w.recover.ask);
    await other.page.getByRole('alert').waitFor();
    await other.page.getByLabel(w.recover.two, { exact: true }).fill(parts[2]!);
    await press(other.page, w.recover.ask);
    await other.page.getByText(w.recover.waitingNote).waitFor();
    found.push(...(await complaintsOf(other.page, 'recover')));
    await shot(other.page, `${locale}-recover`);
    // The case sees it and stops it.
    await press(page, first.frame.back);
    await page.getByText(w.summary.asked).waitFor();
    assert.equal(await page.getByText(first.status.today, { exact: true }).count(), 0);
    await press(page, w.recovery.stop);
    await heading(page, w.recovery.title);
    await page.getByText(w.recovery.line.fetchedNote).waitFor();
    await press(page, w.recovery.stop);
    await page.getByText(w.recovery.stopped).waitFor();
    await look('recovery, stopped');
    await press(page, first.frame.back);
    await press(page, first.status.withdraw);
    await press(page, first.withdraw.yes);
    await heading(page, first.erased.title);
    await page.getByText(first.erased.recovery).waitFor();
    await look('erased');
    assert.deepEqual(await helper.inbox(), []);
    await press(other.page, w.recover.ask);
    await other.page.getByText(w.recover.none).waitFor();
    assert.deepEqual(found, []);
    assert.deepEqual(complaints, []);
  });
}
