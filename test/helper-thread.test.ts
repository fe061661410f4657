/**
 * The person's visit, with its real parts but for the browser, against a real node: helpers, shares, recovery, and the one
 * action that erases it all.
 */

import assert from 'node:assert/strict';
import { randomBytes, webcrypto } from 'node:crypto';
import { after, test } from 'node:test';
import { testNode } from '@reclaim/service/node.fixture';
import { makeFirstMember, makeMember } from '@reclaim/service/staff.fixture';
import { pdqOfSeed } from '@reclaim/store/store.fixture';
import { parseThreadId } from '@reclaim/vault/messages/entry';
import { openRing } from '@reclaim/vault/messages/keyring';
import { partyKeys, publicParty } from '@reclaim/vault/messages/party';
import { openShared } from '@reclaim/vault/messages/shared-items';
import { readThread, writeEntry } from '@reclaim/vault/messages/thread';
import { drawAgeIdentity } from '@reclaim/vault/sealing/age-key';
import { createNodeApi } from '@reclaim/web/portal/core/node-api';
import { createSession, type PortalSession } from '@reclaim/web/portal/core/session';
import type { Vault } from '@reclaim/web/portal/core/vault-client';
import { createVaultDesk } from '@reclaim/web/portal/core/vault-desk';

const DAY = 86_400_000;
let clock = Date.UTC(2027, 4, 4, 9, 30);
const { node, ask, end } = await testNode({
  now: () => clock,
  limits: { proofBits: 4, addressCasesPerHour: 500, addressRequestsPerMinute: 9_000 },
});
after(end);
const first = await makeFirstMember(node.store);

/** Set for the next request on a path: it never arrives, or its answer never does. */
const trouble = new Map<string, 'offline' | 'answer-lost'>();
const api = createNodeApi({
  fetch: async (input, init) => {
    const path = String(input);
    const kind = trouble.get(path);
    trouble.delete(path);
    if (kind === 'offline') throw new TypeError('network');
    const { method, headers, body } = init ?? {};
    const response = await fetch(node.url + path, {
      ...(method === undefined ? {} : { method }),
      ...(headers === undefined ? {} : { headers }),
      ...(body === undefined || body === null ? {} : { body }),
    });
    if (kind === 'answer-lost') throw new TypeError('network');
    return response;
  },
});

function visit(): PortalSession {
  return createSession({
    api,
    startVault: () =>
      ({
        ...createVaultDesk((bytes) => webcrypto.getRandomValues(bytes), {
          memoryKiB: 64,
          passes: 1,
          lanes: 1,
        }),
        dispose: () => undefined,
      }) as Vault,
    now: () => clock,
    after: (ms, then) => {
      if (ms === 0) queueMicrotask(then);
      return () => undefined;
    },
    random: () => Math.random(),
    askGapMs: 0,
  });
}

let seed = 7_000;
/** A visit with an open case, and the code of it. */
async function protectedVisit() {
  const session = visit();
  session.setUnder18('no');
  session.addPicture({ label: 'one', pdq: pdqOfSeed(seed++) });
  const made = await session.makeCode();
  assert.ok(made.ok);
  const code = made.words.join(' ');
  assert.deepEqual(await session.checkCode(code), { ok: true });
  assert.ok((await session.send()).ok);
  return { session, code };
}

async function makeHelper() {
  const member = await makeMember(node.store, first, ['helper']);
  const keys = await partyKeys(drawAgeIdentity(randomBytes(32)));
  const { headers } = member;
  await ask('PUT', '/v1/helper/key', { headers, json: { party: publicParty(keys), open: true } });
  const inbox = async () => (await ask('GET', '/v1/helper/threads', { headers })).json.threads;
  const read = async (thread: string) => {
    const { json } = await ask('POST', '/v1/helper/threads/read', { headers, json: { thread, after: 0 } });
    const ring = (await openRing(json.ring, keys.identity)) ?? [];
    const self = publicParty(keys);
    const reading = await readThread(json.entries, ring, { id: parseThreadId(thread), self, role: 'helper' });
    return { json, ring, reading };
  };
  const answer = async (thread: string, text: string) => {
    const { ring, reading } = await read(thread);
    assert.ok(reading.ok);
    const { head: _, ...entry } = await writeEntry(reading.thread, keys, ring, { kind: 'text', text }, clock);
    return ask('POST', '/v1/helper/threads/append', { headers, json: { thread, entry } });
  };
  return { member, keys, inbox, read, answer };
}

const amal = await makeHelper();
const bea = await makeHelper();
const listed = async (session: PortalSession, helper: typeof amal) => {
  const answer = await session.helpers();
  assert.ok(answer.ok);
  const found = answer.helpers.find(({ id }) => id === helper.member.staff.id);
  assert.ok(found);
  return found;
};
const texts = (session: PortalSession) =>
  session.view.threads.map(({ known }) =>
    known.kind === 'read'
      ? known.opened.entries.flatMap((each) => (each.kind === 'text' ? [each.text] : []))
      : known.kind,
  );

test('S25: a person writes to a helper, opens what the case says once, and reads the answer on the next visit', async () => {
  const { session, code } = await protectedVisit();
  session.setNotes('what happened, told once');
  assert.ok((await session.save()).ok);
  assert.deepEqual(await session.startThread(await listed(session, amal), 'I would like help'), { ok: true });
  const [thread] = session.view.threads;
  assert.ok(thread);
  const items = [{ id: 'notes', title: 'Notes', text: session.view.notes }];
  assert.deepEqual(await session.share(thread.id, items, clock + 30 * DAY), { ok: true });
  const seen = await amal.read(thread.id);
  assert.deepEqual(await openShared(seen.json.shares[0].sealed, amal.keys.identity), items);
  assert.equal((await amal.answer(thread.id, 'I am here')).status, 200);
  const next = visit();
  assert.deepEqual(await next.open(code), { ok: true });
  assert.deepEqual(await next.readThreads(), { ok: true });
  assert.deepEqual(texts(next), [['I would like help', 'I am here']]);
  assert.equal(next.view.threads[0]?.unread, 1);
  next.markRead(thread.id);
  assert.equal(next.view.threads[0]?.unread, 0);
  assert.ok((await next.save()).ok);
  const third = visit();
  await third.open(code);
  await third.readThreads();
  assert.equal(third.view.threads[0]?.unread, 0);
});

test('a share that ended or was ended is gone from the helper, and the case knows which there are', async () => {
  const { session } = await protectedVisit();
  await session.startThread(await listed(session, amal), 'hello');
  const id = session.view.threads[0]!.id;
  const items = [{ id: 'notes', title: 'Notes', text: 'x' }];
  assert.ok((await session.share(id, items, clock + 2 * DAY)).ok);
  assert.ok((await session.share(id, items, clock + 9 * DAY)).ok);
  const [one, two] = session.view.threads[0]!.shares;
  assert.ok(one && two);
  assert.ok((await session.endShare(id, two.share)).ok);
  assert.deepEqual(
    session.view.threads[0]!.shares.map(({ share }) => share),
    [one.share],
  );
  const open = async () => (await amal.read(id)).json.shares.map(({ share }: { share: string }) => share);
  assert.deepEqual(await open(), [one.share]);
  const seen = session.view.threads[0]!.known;
  assert.ok(seen.kind === 'read' && seen.opened.ok);
  assert.deepEqual(
    seen.opened.entries.map(({ kind }) => kind),
    ['begin', 'text', 'share', 'share', 'unshare'],
  );
});

test('two visits that write at once both have their words in the thread, one behind the other', async () => {
  const { session, code } = await protectedVisit();
  await session.startThread(await listed(session, amal), 'first');
  const id = session.view.threads[0]!.id;
  const other = visit();
  await other.open(code);
  const said = await Promise.all([
    session.say(id, { kind: 'text', text: 'from one tab' }),
    other.say(id, { kind: 'text', text: 'from the other' }),
  ]);
  assert.deepEqual(said, [{ ok: true }, { ok: true }]);
  await session.readThreads();
  assert.deepEqual(texts(session)[0]?.length, 3);
  const seen = await amal.read(id);
  assert.ok(seen.reading.ok);
  const reopened = visit();
  await reopened.open(code);
  assert.deepEqual(await reopened.readThreads(), { ok: true });
  assert.deepEqual(texts(reopened), texts(session));
});

test('where the network goes in the middle, nothing is lost and nothing is there twice', async () => {
  const { session, code } = await protectedVisit();
  const helper = await listed(session, amal);
  trouble.set('/v1/threads/append', 'offline');
  trouble.set('/v1/threads', 'answer-lost');
  assert.deepEqual(await session.startThread(helper, 'hello'), { ok: false, reason: 'offline' });
  // The thread stands, only its first words did not arrive.
  assert.equal(session.view.threads.length, 1);
  assert.deepEqual(await session.eraseThread(session.view.threads[0]!.id), { ok: true });
  assert.deepEqual(await session.startThread(helper, 'hello'), { ok: true });
  const id = session.view.threads[0]!.id;
  trouble.set('/v1/threads/append', 'answer-lost');
  assert.deepEqual(await session.say(id, { kind: 'text', text: 'lost?' }), { ok: false, reason: 'offline' });
  await session.readThreads();
  assert.deepEqual(texts(session), [['hello', 'lost?']]);
  trouble.set('/v1/threads/share', 'offline');
  const items = [{ id: 'notes', title: 'Notes', text: 'x' }];
  assert.equal((await session.share(id, items, clock + DAY)).ok, false);
  assert.equal(session.view.threads[0]?.shares.length, 0);
  const again = visit();
  await again.open(code);
  assert.deepEqual(await again.readThreads(), { ok: true });
  assert.equal(again.view.threads.length, 1);
});

test('a node that leaves out what was seen before is found out', async () => {
  const { session, code } = await protectedVisit();
  await session.startThread(await listed(session, amal), 'one');
  const id = session.view.threads[0]!.id;
  await session.say(id, { kind: 'text', text: 'two' });
  // Somebody with the database takes the last entry away.
  await node.store.db.deleteFrom('thread_entry').where('thread_id', '=', id).where('seq', '=', 3).execute();
  await node.store.db.updateTable('thread').set({ entries: 2 }).where('id', '=', id).execute();
  const next = visit();
  await next.open(code);
  await next.readThreads();
  const known = next.view.threads[0]?.known;
  assert.ok(known?.kind === 'read' && !known.opened.ok);
  assert.equal(known.opened.reason, 'cut');
  assert.equal(known.opened.at, 3);
  assert.deepEqual(texts(next), [['one']]);
  assert.deepEqual(await next.say(id, { kind: 'text', text: 'x' }), { ok: false, reason: 'unreadable' });
});

test('a thread moves to another helper, who reads it whole; the one before opens nothing any more', async () => {
  const { session } = await protectedVisit();
  await session.startThread(await listed(session, amal), 'before');
  const id = session.view.threads[0]!.id;
  const items = [{ id: 'notes', title: 'Notes', text: 'x' }];
  await session.share(id, items, clock + DAY);
  const old = await amal.read(id);
  assert.deepEqual(await session.moveThread(id, await listed(session, bea)), { ok: true });
  assert.ok((await session.say(id, { kind: 'text', text: 'after' })).ok);
  const seen = await bea.read(id);
  assert.ok(seen.reading.ok);
  assert.equal(seen.reading.thread.epoch, 1);
  assert.deepEqual(seen.json.shares, []);
  assert.equal(
    (await amal.read(id).catch(() => undefined))?.json?.type ?? '/problems/not-found',
    '/problems/not-found',
  );
  // With everything that the first helper kept, the new entries stay shut.
  const self = publicParty(amal.keys);
  const reading = await readThread(seen.json.entries, old.ring, {
    id: parseThreadId(id),
    self,
    role: 'helper',
  });
  assert.ok(!reading.ok && reading.reason === 'foreign-key');
  assert.equal(session.view.threads[0]?.helper.id, bea.member.staff.id);
});

test('a helper who changed keys is written to under the new one, once the person says so', async () => {
  const { session } = await protectedVisit();
  const cleo = await makeHelper();
  await session.startThread(await listed(session, cleo), 'before');
  const id = session.view.threads[0]!.id;
  const fresh = await partyKeys(drawAgeIdentity(randomBytes(32)));
  await ask('PUT', '/v1/helper/key', {
    headers: cleo.member.headers,
    json: { party: publicParty(fresh), open: true },
  });
  const now = await listed(session, cleo);
  const words = [await session.keyWords(publicParty(cleo.keys)), await session.keyWords(now.party)];
  assert.notDeepEqual(words[0], words[1]);
  assert.deepEqual(await session.moveThread(id, now), { ok: true });
  const { json } = await ask('POST', '/v1/helper/threads/read', {
    headers: cleo.member.headers,
    json: { thread: id, after: 0 },
  });
  assert.equal(await openRing(json.ring, cleo.keys.identity), undefined);
  assert.equal((await openRing(json.ring, fresh.identity))?.length, 2);
});

test('S28: one action erases fingerprints, threads, recovery and the case, and says how many of each', async () => {
  const { session, code } = await protectedVisit();
  await session.startThread(await listed(session, amal), 'hello');
  const id = session.view.threads[0]!.id;
  const made = await session.setUpRecovery();
  assert.ok(made.ok);
  const erased = await session.withdrawAll();
  assert.ok(erased.ok);
  assert.deepEqual(
    [erased.withdrawn, erased.threads, erased.recovery, erased.caseDeleted],
    [1, 1, true, true],
  );
  assert.deepEqual(await visit().open(code), { ok: false, reason: 'not-found' });
  assert.ok(!(await amal.inbox()).some(({ thread }: { thread: string }) => thread === id));
  const shares = made.shares.slice(1).map(({ words }) => words.join(' ')) as [string, string];
  assert.deepEqual(await visit().askRecovery(shares), { ok: false, reason: 'not-found' });
});

test('a recovery that is set up anew makes the old shares paper, and taking it back makes them all paper', async () => {
  const { session } = await protectedVisit();
  const first = await session.setUpRecovery();
  const second = await session.setUpRecovery();
  assert.ok(first.ok && second.ok);
  const two = (made: typeof first) => {
    assert.ok(made.ok);
    return made.shares.slice(0, 2).map(({ words }) => words.join(' ')) as [string, string];
  };
  assert.deepEqual(await visit().askRecovery(two(first)), { ok: false, reason: 'not-found' });
  assert.ok((await visit().askRecovery(two(second))).ok);
  assert.deepEqual(await session.endRecovery(), { ok: true });
  assert.equal(session.view.recoveryMadeAt, undefined);
  assert.deepEqual(await visit().askRecovery(two(second)), { ok: false, reason: 'not-found' });
});

test('two of three shares give the code back after seven days, and the case can stop it until then', async () => {
  const { session, code } = await protectedVisit();
  const made = await session.setUpRecovery();
  assert.ok(made.ok);
  assert.equal(session.view.recoveryMadeAt, Math.floor(clock / DAY) * DAY);
  const [own, friend, helpline] = made.shares.map(({ words }) => words.join(' '));
  const asker = visit();
  const slip = await asker.askRecovery([own!.replace(/^\w/, 'x'), friend!]);
  assert.ok(!slip.ok && slip.reason === 'unknown-word');
  const asked = await asker.askRecovery([friend!, helpline!]);
  assert.deepEqual(asked, { ok: true, kind: 'waiting', dueAt: clock + 7 * DAY });
  const other = visit();
  await other.open(code);
  await other.watchRecovery();
  const standing = ({ view }: PortalSession) =>
    view.recovery.kind === 'watched' ? view.recovery.watched.standing : view.recovery.kind;
  assert.equal(standing(other), 'waiting');
  assert.deepEqual(await other.cancelRecovery(), { ok: true });
  assert.equal(standing(other), 'quiet');
  clock += 8 * DAY;
  const again = await asker.askRecovery([friend!, helpline!]);
  assert.ok(again.ok && again.kind === 'waiting');
  clock += 7 * DAY;
  const open = await asker.askRecovery([own!, helpline!]);
  assert.ok(open.ok && open.kind === 'open');
  assert.equal(open.words.join(' '), code);
  assert.deepEqual(await asker.open(open.words.join(' ')), { ok: true });
  assert.equal(asker.view.signals.length, 1);
});
