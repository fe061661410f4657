/**
 * Links and notices in the sealed case: kept without pictures, brought back by the code on another device, joined from two
 * tabs, sealed by a lock, and never seen by the node.
 * @module
 */

import assert from 'node:assert/strict';
import test from 'node:test';
import { MAX_SENT_TEXT } from '@reclaim/casework/takedown/sent-text';
import { decideTakedown, type TakedownCommand, tracksOf } from '@reclaim/casework/takedown/takedown';
import { MAX_TAKEDOWNS } from '@reclaim/casework/takedown/takedown-record';
import type { PortalSession } from './session.ts';
import { become, codeOf, world } from './session-world.fixture.ts';

const LINK = 'https://social.example/planted-link/1';
const OTHER = 'https://other.example/planted-link/2';

function mark(session: PortalSession, link: string, command: TakedownCommand, at: number): void {
  const events = session.view.takedowns.find((each) => each.link === link)?.events ?? [];
  const decided = decideTakedown(tracksOf(events), 'host', command, at, at);
  assert.ok(decided.ok, command.kind);
  session.keepEvent(link, decided.event);
}

/** A visit that has sent a list of two links and no picture. */
async function kept(from = world()) {
  const session = from.visit();
  session.setUnder18('no');
  assert.equal(session.keepLinks([LINK, OTHER, LINK]), 2);
  session.setNotice({ email: 'planted@mail.example', kind: 'authentic' });
  const typed = await codeOf(session);
  const outcome = await session.send();
  assert.ok(outcome.ok, `refused: ${outcome.ok || outcome.reason}`);
  return { ...from, session, typed };
}

const added = (session: PortalSession) => session.view.takedowns[0]!.events[0]!.at;

test('a list of links without a picture makes a case, and the code brings it back on another device', async () => {
  const { visit, typed, node, session } = await kept();
  mark(session, LINK, { kind: 'remove' }, added(session) + 1);
  assert.ok((await session.save()).ok);
  const other = visit();
  assert.ok((await other.open(typed)).ok);
  assert.deepEqual(
    other.view.takedowns.map(({ link, events }) => [link, tracksOf(events)[0]?.state]),
    [
      [LINK, 'removed'],
      [OTHER, 'open'],
    ],
  );
  assert.equal(other.view.notice.email, 'planted@mail.example');
  assert.equal(node.signals.size, 0);
});

test('the node never sees a link, a name or a word of a notice', async () => {
  const { node } = await kept();
  const crossed = node.seen.map(({ path, body }) => path + body).join('\n');
  assert.ok(node.seen.length > 1);
  assert.doesNotMatch(crossed, /planted|social\.example|authentic/);
});

test('nothing is sent where nothing is to be kept, and what was answered alone makes no case', async () => {
  const session = world().visit();
  session.setUnder18('no');
  session.setNotice({ kind: 'authentic' });
  await codeOf(session);
  assert.deepEqual(await session.send(), { ok: false, reason: 'nothing-to-send' });
});

test('a list of links is not kept before the age question was answered with no', async () => {
  const session = world().visit();
  session.keepLinks([LINK]);
  await codeOf(session);
  assert.deepEqual(await session.send(), { ok: false, reason: 'under-18' });
});

test('marks of two tabs end in one case with both, each once', async () => {
  const { visit, typed, session } = await kept();
  const other = visit();
  assert.ok((await other.open(typed)).ok);
  const at = added(session);
  mark(session, LINK, { kind: 'remove' }, at + 1);
  assert.ok((await session.save()).ok);
  mark(other, OTHER, { kind: 'remove' }, at + 2);
  other.keepLinks(['https://third.example/planted']);
  assert.ok((await other.save()).ok);
  assert.ok((await other.save()).ok);
  const third = visit();
  assert.ok((await third.open(typed)).ok);
  assert.deepEqual(
    third.view.takedowns.map(({ events }) => events.map((each) => each.type).join(' ')),
    ['added removed', 'added removed', 'added'],
  );
});

test('a lock seals links that were not sent yet, and the code brings them back', async () => {
  const { visit } = world();
  const session = visit();
  session.setUnder18('no');
  session.keepLinks([LINK]);
  session.setNotice({ kind: 'forgery' });
  const typed = await codeOf(session);
  await session.lock();
  await become(session, 'locked');
  assert.deepEqual(session.view.takedowns, []);
  assert.equal(session.view.notice.kind, 'not-said');
  assert.ok((await session.open(typed)).ok);
  assert.deepEqual(
    session.view.takedowns.map((each) => each.link),
    [LINK],
  );
  assert.equal(session.view.notice.kind, 'forgery');
  assert.ok((await session.send()).ok);
});

test('a link that was taken off the list is gone, also for the other tab', async () => {
  const { visit, typed, session } = await kept();
  session.forgetLink(LINK);
  assert.ok((await session.save()).ok);
  const other = visit();
  assert.ok((await other.open(typed)).ok);
  assert.deepEqual(
    other.view.takedowns.map((each) => each.link),
    [OTHER],
  );
});

test('a case keeps a thousand links and says how many it took', async () => {
  const session = world().visit();
  session.setUnder18('no');
  const links = Array.from(
    { length: MAX_TAKEDOWNS + 50 },
    (_, n) => `https://site${n % 40}.example/item/${n}`,
  );
  assert.equal(session.keepLinks(links), MAX_TAKEDOWNS);
  assert.equal(session.keepLinks(links.slice(-50)), 0);
  await codeOf(session);
  assert.ok((await session.send()).ok);
});

const SENT_TEXT = { at: 1_795_165_300_000, language: 'en', subject: 'planted subject', body: 'planted body' };

test('a notice as it was sent comes back by the code word for word, is there once, and the node sees none of it', async () => {
  const { visit, typed, node, session } = await kept();
  const id = session.keepSentText(SENT_TEXT);
  assert.ok(id !== undefined);
  assert.equal(session.keepSentText({ ...SENT_TEXT, at: SENT_TEXT.at + 1 }), id);
  const sending = {
    kind: 'send',
    channel: 'x-tida',
    regimes: ['us-tida'],
    complete: ['us-tida'],
    pins: {},
    proof: 'receipt',
    number: '',
    contact: true,
    text: id,
  } as const;
  mark(session, LINK, sending, added(session) + 1);
  assert.ok((await session.save()).ok);
  const other = visit();
  assert.ok((await other.open(typed)).ok);
  assert.deepEqual(other.view.sentTexts, [{ ...SENT_TEXT, id }]);
  const track = tracksOf(other.view.takedowns[0]!.events)[0];
  assert.equal(track?.sendings.at(-1)?.text, id);
  assert.doesNotMatch(node.seen.map(({ path, body }) => path + body).join('\n'), /planted/);
  other.dropSentText(id);
  assert.deepEqual(other.view.sentTexts, []);
  other.restoreSentText({ ...SENT_TEXT, id });
  other.restoreSentText({ ...SENT_TEXT, id });
  assert.deepEqual(other.view.sentTexts, [{ ...SENT_TEXT, id }]);
  other.dropSentText(id);
  assert.ok((await other.save()).ok);
  const third = visit();
  assert.ok((await third.open(typed)).ok);
  assert.deepEqual(third.view.sentTexts, []);
  assert.equal(third.view.takedowns[0]?.events.at(-1)?.type, 'sent');
});

test('a lock seals a text that was not saved yet, and two tabs keep the texts of both', async () => {
  const { visit, typed, session } = await kept();
  const other = visit();
  assert.ok((await other.open(typed)).ok);
  session.keepSentText(SENT_TEXT);
  await session.lock();
  await become(session, 'locked');
  assert.deepEqual(session.view.sentTexts, []);
  other.keepSentText({ ...SENT_TEXT, body: 'another planted body' });
  assert.ok((await other.save()).ok);
  assert.ok((await session.open(typed)).ok);
  assert.ok((await session.save()).ok);
  assert.deepEqual(session.view.sentTexts.map((each) => each.body).sort(), [
    'another planted body',
    'planted body',
  ]);
});

test('a text that has no room is not kept and nothing of it is cut', () => {
  const session = world().visit();
  session.setUnder18('no');
  assert.equal(session.keepSentText({ ...SENT_TEXT, body: 'x'.repeat(MAX_SENT_TEXT) }), undefined);
  assert.deepEqual(session.view.sentTexts, []);
});
