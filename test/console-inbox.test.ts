/**
 * A helper's inbox in a browser, against a real node: the key made and unlocked there, a thread read, answered, handed over.
 * @module
 */

import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { type Permission, ROLES } from '@reclaim/casework/wire-staff';
import { type Member, makeFirstMember, makeMember } from '@reclaim/service/staff.fixture';
import { capabilitySha256, drawCapability } from '@reclaim/vault/capability';
import { parseThreadId } from '@reclaim/vault/messages/entry';
import { openRing, sealRing } from '@reclaim/vault/messages/keyring';
import { partyKeys, publicParty } from '@reclaim/vault/messages/party';
import { beginThread, readThread, writeEntry } from '@reclaim/vault/messages/thread';
import { solve } from '@reclaim/vault/proof-of-work';
import { drawReceiptCode } from '@reclaim/vault/receipt-code';
import { callOf, sealLinePart } from '@reclaim/vault/recovery/line-part';
import { recoveryKeys, sealEnvelope } from '@reclaim/vault/recovery/recovery-keys';
import { shareWords } from '@reclaim/vault/recovery/share-paper';
import { drawRecovery } from '@reclaim/vault/recovery/shares';
import { drawAgeIdentity } from '@reclaim/vault/sealing/age-key';
import { en } from '@reclaim/web/console/words/en';
import type { Page } from 'playwright-core';
import { axeFindingsInAll } from './axe.fixture.ts';
import { listenToPage } from './console-browser.fixture.ts';
import { type PortalWalk, portalWalk } from './portal-walk.fixture.ts';

let walk: PortalWalk;
let first: Member;
before(async () => {
  walk = await portalWalk({ limits: { proofBits: 4 } });
  first = await makeFirstMember(walk.node.node.store);
});
after(() => walk.end());

const fill = (sentence: string, values: Record<string, string>) =>
  sentence.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();

/** A helper in a browser of their own, with a key made there. */
async function helperAt(passphrase: string, permissions: readonly Permission[] = ['helper']) {
  const member = await makeMember(walk.node.node.store, first, permissions);
  const { page } = await walk.open({ locale: 'en-GB' });
  const said = listenToPage(page);
  const [name = '', value = ''] = member.headers.cookie.split('=');
  await page.context().addCookies([{ name, value, url: walk.url, httpOnly: true, sameSite: 'Strict' }]);
  await page.goto(`${walk.url}/console`);
  await page.getByRole('heading', { name: en['inbox.title'] }).waitFor();
  await page.getByLabel(en['inbox.phrase'], { exact: true }).fill(passphrase);
  await page.getByLabel(en['inbox.phraseAgain']).fill(passphrase);
  await press(page, en['inbox.make']);
  await page.getByText(en['inbox.published']).waitFor();
  return { member, page, said };
}

/** A person who writes to a helper, by the rules of the vault. */
async function personWritesTo(member: Member) {
  const { ask } = walk.node;
  const listed = (await ask('POST', '/v1/helpers/list', { json: {} })).json.helpers;
  const helper = listed.find(({ id }: { id: string }) => id === member.staff.id);
  const person = await partyKeys(drawAgeIdentity(randomBytes(32)));
  const secret = randomBytes(32).toString('base64url');
  const id = parseThreadId(randomBytes(32).toString('hex'));
  const key = drawAgeIdentity(randomBytes(32));
  const { head: _, ...entry } = await beginThread(id, person, helper.party, key, Date.now());
  const puzzle = (await ask('POST', '/v1/challenges', { json: {} })).json;
  const proof = { challenge: puzzle.challenge, nonce: await solve(puzzle.challenge, puzzle.bits) };
  const made = await ask('POST', '/v1/threads', {
    json: {
      proof,
      thread: id,
      secretSha256: createHash('sha256').update(secret).digest('hex'),
      helper: helper.id,
      rings: {
        person: await sealRing([key], person.recipient),
        helper: await sealRing([key], helper.party.recipient),
      },
      entry,
    },
  });
  assert.equal(made.status, 201);
  const read = async () => {
    const { json } = await ask('POST', '/v1/threads/read', { json: { secret, after: 0 } });
    const ring = (await openRing(json.ring, person.identity)) ?? [];
    const reading = await readThread(json.entries, ring, { id, self: publicParty(person), role: 'person' });
    assert.ok(reading.ok, JSON.stringify(reading));
    return { thread: reading.thread, ring };
  };
  const say = async (text: string) => {
    const { thread, ring } = await read();
    const { head: __, ...next } = await writeEntry(thread, person, ring, { kind: 'text', text }, Date.now());
    assert.equal((await ask('POST', '/v1/threads/append', { json: { secret, entry: next } })).status, 200);
  };
  const texts = async () =>
    (await read()).thread.entries.flatMap((entry) => (entry.kind === 'text' ? [entry.text] : []));
  return { id, read, say, texts };
}

const shot = async (page: Page, name: string) => {
  const folder = process.env['RECLAIM_SHOTS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};

test('a helper makes a key in the browser, reads, answers, sets a day and hands over to a colleague', async () => {
  const amal = await helperAt('five words out of one book');
  const bea = await helperAt('another five words of a book');
  const person = await personWritesTo(amal.member);
  await person.say('written by a person');
  const { page } = amal;
  await press(page, en['inbox.again']);
  const name = person.id.slice(0, 6);
  await press(page, fill(en['inbox.read'], { name }));
  await page.getByText('written by a person').waitFor();
  await page.getByLabel(en['inbox.answer']).fill('an answer');
  await press(page, en['inbox.send']);
  await page.getByText('an answer', { exact: true }).waitFor();
  assert.deepEqual(await person.texts(), ['written by a person', 'an answer']);
  await page.getByLabel(en['inbox.day']).fill('2031-05-06');
  await page.getByLabel(en['inbox.note']).fill('the links');
  await press(page, en['inbox.setDay']);
  await page.getByRole('button', { name: en['inbox.done'] }).waitFor();
  assert.deepEqual(
    (await person.read()).thread.followUps.map(({ day }) => day),
    ['2031-05-06'],
  );
  assert.deepEqual(await axeFindingsInAll(page, ['es']), []);
  await page.setViewportSize({ width: 360, height: 740 });
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);
  await shot(page, 'inbox-thread-360');
  await page.setViewportSize({ width: 1440, height: 900 });
  await shot(page, 'inbox-thread-1440');
  // The key is locked in this browser, and only its passphrase opens it.
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  assert.match(kept, /BEGIN AGE ENCRYPTED FILE/);
  assert.ok(!kept.includes('AGE-SECRET-KEY') && !kept.includes('written by a person'));
  await page.reload();
  await page.getByLabel(en['inbox.phrase'], { exact: true }).fill('not this one at all');
  await press(page, en['inbox.unlock']);
  await page.getByText(en['inbox.wrongPhrase']).waitFor();
  assert.deepEqual(await axeFindingsInAll(page, ['es']), []);
  await shot(page, 'inbox-door');
  await page.getByLabel(en['inbox.phrase'], { exact: true }).fill('five words out of one book');
  await press(page, en['inbox.unlock']);
  await press(page, fill(en['inbox.read'], { name }));
  await page.getByText(en['inbox.handOver']).click();
  await press(page, fill(en['inbox.handTo'], { name: bea.member.staff.pseudonym }));
  await page.getByText(en['inbox.none']).waitFor();
  await press(bea.page, en['inbox.again']);
  await press(bea.page, fill(en['inbox.read'], { name }));
  await bea.page.getByText(en['inbox.event.rekey']).waitFor();
  await bea.page.getByText('written by a person').waitFor();
  const { thread } = await person.read();
  assert.equal(thread.epoch, 1);
  assert.ok(!thread.awaitsRekey);
  await person.say('after the change');
  await bea.page.getByLabel(en['inbox.answer']).fill('from the next one');
  await press(bea.page, en['inbox.send']);
  await bea.page.getByText('after the change').waitFor();
  // Her answer met a newer entry: what was missed is shown first, then the answer is written behind it.
  await bea.page.getByText('from the next one', { exact: true }).waitFor();
  assert.deepEqual((await person.texts()).at(-1), 'from the next one');
  assert.deepEqual([...amal.said, ...bea.said], []);
});

test('an administrator gives a helpline’s coordinator what they need by one choice', async () => {
  const { page } = await walk.open({ locale: 'en-GB' });
  const said = listenToPage(page);
  const [name = '', value = ''] = first.headers.cookie.split('=');
  await page.context().addCookies([{ name, value, url: walk.url, httpOnly: true, sameSite: 'Strict' }]);
  await page.goto(`${walk.url}/console`);
  await page.getByRole('navigation').getByText(en['screen.people'], { exact: true }).click();
  await press(page, en['people.invite']);
  await page.getByLabel(en['people.role']).selectOption({ label: en['role.coordinator'] });
  const ticked = await page
    .locator('dialog .check')
    .filter({ has: page.locator('input:checked') })
    .allTextContents();
  assert.deepEqual(
    ticked,
    ROLES.coordinator.map((bit) => en[`permission.${bit}`]),
  );
  const pressed = Promise.withResolvers<void>();
  let invitations = 0;
  await page.route('**/v1/staff/invitations', async (route) => {
    invitations++;
    await pressed.promise;
    await route.continue();
  });
  const invited = page.waitForResponse((answer) => answer.url().endsWith('/v1/staff/invitations'));
  // A hand that presses twice invites once.
  await page.getByRole('button', { name: en['people.makeLink'], exact: true }).dblclick();
  pressed.resolve();
  const answer = await invited;
  await page.locator('output.secret').waitFor();
  assert.equal(invitations, 1);
  assert.equal(answer.status(), 201);
  assert.deepEqual(answer.request().postDataJSON(), { permissions: ROLES.coordinator });
  assert.deepEqual(said, []);
  await page.context().close();
});

test('a helper who may opens a part for somebody who says three words, and a colleague sees no such place', async () => {
  const amal = await helperAt('five words out of one book', ROLES.coordinator);
  await amal.page.getByRole('heading', { name: en['inbox.ask.title'] }).waitFor();
  const bea = await helperAt('another five words of a book');
  assert.equal(await bea.page.getByText(en['inbox.part.title']).count(), 0);
  // A person's recovery, by the rules of the vault.
  const { ask } = walk.node;
  const { key, shares } = await drawRecovery(randomBytes(50));
  const keys = await recoveryKeys(key);
  const cancel = drawCapability(randomBytes(32));
  const puzzle = (await ask('POST', '/v1/challenges', { json: {} })).json;
  const proof = { challenge: puzzle.challenge, nonce: await solve(puzzle.challenge, puzzle.bits) };
  const { lookupId, authSha256 } = keys;
  const sealed = await sealEnvelope(drawReceiptCode(randomBytes(12)), keys);
  const cancelSha256 = await capabilitySha256(cancel);
  const json = { proof, lookupId, authSha256, cancelSha256, sealed };
  assert.equal((await ask('POST', '/v1/recoveries', { json })).status, 201);
  const listed = (await ask('POST', '/v1/helpers/list', { json: {} })).json.helpers;
  const helper = listed.find(({ id }: { id: string }) => id === amal.member.staff.id);
  assert.equal(helper.recovery, true);
  const calls = [await callOf(shares[0]), await callOf(shares[1])];
  const part = { cancel, calls, sealed: await sealLinePart(shares[2], [helper.party.recipient]) };
  assert.equal((await ask('POST', '/v1/recoveries/part', { json: part })).status, 204);

  const { page } = amal;
  const words = calls[0]!.split(' ');
  await page.getByLabel(en['inbox.part.call']).fill(`${words[0]} ${words[1]}`);
  await press(page, en['inbox.part.open']);
  await page.getByText(en['inbox.part.count']).waitFor();
  await page.getByLabel(en['inbox.part.call']).fill(`${words[0]} ${words[1]} ${words[2]!.slice(0, 5)}x`);
  await press(page, en['inbox.part.open']);
  await page.getByRole('alert').filter({ hasText: words[2]! }).waitFor();
  await page.getByLabel(en['inbox.part.call']).fill(calls[0]!.toUpperCase());
  await press(page, en['inbox.part.open']);
  await page.getByText(en['inbox.part.noCause']).waitFor();
  await shot(page, 'inbox-part-asked');
  await page.getByLabel(en['inbox.part.cause']).selectOption('face-to-face');
  await press(page, en['inbox.part.open']);
  await page.getByText(en['inbox.part.read']).waitFor();
  const read = (await page.locator('.code-words .group').allTextContents()).join(' ');
  assert.equal(read, shareWords(shares[2]).join(' '));
  assert.deepEqual(await axeFindingsInAll(page, ['es']), []);
  await page.setViewportSize({ width: 360, height: 740 });
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);
  await shot(page, 'inbox-part-360');
  await press(page, en['inbox.part.done']);
  await page.getByLabel(en['inbox.part.call']).waitFor();
  assert.equal(await page.locator('.code-words').count(), 0);
  assert.equal(await page.getByLabel(en['inbox.part.call']).inputValue(), '');
  const watched = (await ask('POST', '/v1/recoveries/watch', { json: { cancel } })).json;
  assert.equal(watched.part.fetched, 1);
  assert.deepEqual([...amal.said, ...bea.said], []);
});
