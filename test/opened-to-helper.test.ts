/**
 * Story: a person opens something of their proof to a helper by name, with the real parts of both sides but for the
 * browsers, against a real node: a covered copy to one, an original to two, and what each of those who should not cannot.
 */

import assert from 'node:assert/strict';
import { createHash, randomBytes, webcrypto } from 'node:crypto';
import { after, test } from 'node:test';
import type { Permission } from '@reclaim/casework/wire-staff';
import { FILE_PIECE_BYTES, wireThread } from '@reclaim/casework/wire-thread';
import { testNode } from '@reclaim/service/node.fixture';
import { makeFirstMember, makeMember } from '@reclaim/service/staff.fixture';
import { pdqOfSeed } from '@reclaim/store/store.fixture';
import { expireThreads } from '@reclaim/store/threads';
import type { Party } from '@reclaim/vault/messages/party';
import { createHelperDesk } from '@reclaim/web/console/helper-desk';
import type { FileToOpen } from '@reclaim/web/portal/core/case-sharing';
import { createNodeApi } from '@reclaim/web/portal/core/node-api';
import { createSession, type PortalSession } from '@reclaim/web/portal/core/session';
import type { Vault } from '@reclaim/web/portal/core/vault-client';
import { createVaultDesk } from '@reclaim/web/portal/core/vault-desk';
import { plantedWith } from './database-dump.fixture.ts';

const DAY = 86_400_000;
let clock = Date.UTC(2027, 4, 4, 9, 30);
const world = await testNode({
  now: () => clock,
  limits: { proofBits: 4, addressCasesPerHour: 500, addressRequestsPerMinute: 9_000 },
});
const { node, ask, logged, end } = world;
after(end);
const first = await makeFirstMember(node.store);

/** Set for a request on a path: so many go through, the next never arrives. */
const trouble = new Map<string, number>();
const api = createNodeApi({
  fetch: async (input, init) => {
    const path = String(input);
    const left = trouble.get(path);
    if (left !== undefined) trouble.set(path, left - 1);
    if (left !== undefined && left <= 0) throw new TypeError('network');
    const { method, headers, body } = init ?? {};
    return fetch(node.url + path, {
      ...(method === undefined ? {} : { method }),
      ...(headers === undefined ? {} : { headers }),
      ...(body === undefined || body === null ? {} : { body }),
    });
  },
});
const cost = { memoryKiB: 64, passes: 1, lanes: 1 };
const random = (bytes: Uint8Array<ArrayBuffer>) => webcrypto.getRandomValues(bytes);

function visit(): PortalSession {
  return createSession({
    api,
    startVault: () => ({ ...createVaultDesk(random, cost), dispose: () => undefined }) as Vault,
    now: () => clock,
    after: (ms, then) => {
      if (ms === 0) queueMicrotask(then);
      return () => undefined;
    },
    random: () => Math.random(),
    askGapMs: 0,
  });
}

let seed = 9_000;
async function openCase(): Promise<PortalSession> {
  const session = visit();
  session.setUnder18('no');
  session.addPicture({ label: 'one', pdq: pdqOfSeed(seed++) });
  const made = await session.makeCode();
  assert.ok(made.ok);
  assert.deepEqual(await session.checkCode(made.words.join(' ')), { ok: true });
  assert.ok((await session.send()).ok);
  return session;
}

/** A helper with the console's own desk. */
async function makeHelper(permissions: readonly Permission[] = ['helper', 'originals']) {
  const member = await makeMember(node.store, first, permissions);
  const { headers } = member;
  const desk = createHelperDesk(random, 4);
  const { party } = await desk.make('a phrase of this test');
  await ask('PUT', '/v1/helper/key', { headers, json: { party, open: true } });
  const read = async (thread: string) => {
    const answer = await ask('POST', '/v1/helper/threads/read', { headers, json: { thread, after: 0 } });
    return wireThread.parse(answer.json);
  };
  const post = (path: string, json: object) => ask('POST', `/v1/helper/${path}`, { headers, json });
  /** The pieces of the file of an item, as far as the node gives them. */
  const fetchFile = async (thread: string, id = 'a') => {
    const wire = await read(thread);
    const { shares } = await desk.read(wire, undefined);
    const share = shares.find(({ items }) => items[0]?.id === id)!;
    const file = share.items[0]!.file!;
    const place = { thread, share: share.share, file: file.name };
    const pieces: string[] = [];
    for (let piece = 0; piece < file.pieces; piece++) {
      const answer = await post('threads/piece', { ...place, piece });
      if (answer.status !== 200) return { place, file, refused: answer.json.type as string };
      pieces.push(answer.json.sealed);
    }
    return { place, file, pieces, bytes: await desk.openFile(wire, place, pieces) };
  };
  const fetchFileOf = (place: { readonly thread: string; readonly share: string; readonly file: string }) =>
    post('threads/piece', { ...place, piece: 0 });
  const asks = async () => {
    const { json, status } = await ask('GET', '/v1/helper/originals', { headers });
    return status === 200 ? await desk.readAsks(json.asks) : [];
  };
  const listed = async (session: PortalSession) => {
    const answer = await session.helpers();
    assert.ok(answer.ok);
    const found = answer.helpers.find(({ id }) => id === member.staff.id);
    assert.ok(found);
    return found;
  };
  return { member, desk, party: party as Party, read, post, fetchFile, fetchFileOf, asks, listed };
}

const amal = await makeHelper();
const bea = await makeHelper();
const cleo = await makeHelper(['helper']);

function fileOf(content: Buffer, part: FileToOpen['part'], more: Partial<FileToOpen> = {}): FileToOpen {
  return {
    part,
    mediaType: 'image/png',
    sha256: createHash('sha256').update(content).digest('hex'),
    content: new Blob([Uint8Array.from(content)]),
    ...more,
  };
}

/** A case with a thread with Amal. */
async function begun() {
  const session = await openCase();
  assert.deepEqual(await session.startThread(await amal.listed(session), 'hello'), { ok: true });
  return { session, id: session.view.threads[0]!.id };
}

const item = (id: string, file: FileToOpen) => ({
  id,
  title: 'A picture of the screen',
  text: 'words',
  file,
});

test('S24: a covered copy is sealed to one helper by name, who opens it; the node holds no byte of it', async () => {
  const { session, id } = await begun();
  // Three pieces, the last one shorter, and in the bytes something to look for.
  const covered = Buffer.concat([Buffer.from('needle of this file'), randomBytes(2 * FILE_PIECE_BYTES)]);
  assert.deepEqual(await session.share(id, [item('a', fileOf(covered, 'shielded'))], clock + 7 * DAY), {
    ok: true,
  });
  const got = await amal.fetchFile(id);
  assert.equal(got.pieces?.length, 3);
  assert.ok(Buffer.from(got.bytes!).equals(covered));
  // What the node holds opens for nobody else, whoever has the pieces.
  const wire = await amal.read(id);
  assert.equal(await bea.desk.openFile(wire, got.place, got.pieces!), undefined);
  assert.equal((await bea.fetchFileOf(got.place)).status, 404);
  const rows = await node.store.db.selectFrom('thread_piece').selectAll().execute();
  assert.equal(rows.length, 3);
  // In no table and no line of the log, in whatever encoding: not the words in it, and no stretch of its bytes.
  const middle = Math.floor(covered.length / 2);
  const planted = {
    words: 'needle of this file',
    start: covered.subarray(0, 24),
    middle: covered.subarray(middle, middle + 24),
    end: covered.subarray(-24),
    title: 'A picture of the screen',
  };
  assert.deepEqual(await plantedWith(world, planted), []);
  assert.ok(!logged.join('\n').includes(got.place.share));
  // A piece that is changed, and one that is in another's place, are found out.
  const [one, two, three] = got.pieces!;
  assert.equal(await amal.desk.openFile(wire, got.place, [two!, one!, three!]), undefined);
  assert.equal(await amal.desk.openFile(wire, got.place, [one!, two!]), undefined);
});

test('S72: an original opens when a second person agreed, and before that for nobody', async () => {
  const { session, id } = await begun();
  const original = randomBytes(5_000);
  const second = await bea.listed(session);
  const shared = await session.share(id, [item('a', fileOf(original, 'original', { second }))], clock + DAY);
  assert.deepEqual(shared, { ok: true });
  const before = await amal.fetchFile(id);
  assert.equal(before.refused, '/problems/refused-original');
  const { place } = before;
  // Even with the pieces in hand the helper's half opens nothing, and neither does the second person's.
  const rows = await node.store.db.selectFrom('thread_file').selectAll().execute();
  const row = rows.find(({ thread_id }) => thread_id === id)!;
  assert.equal(row.state, 'sealed');
  const question = await amal.desk.askOriginal(place, 'to read the account', second);
  assert.equal((await amal.post('originals/ask', { ...place, ask: question })).status, 204);
  assert.equal((await amal.fetchFile(id)).refused, '/problems/refused-original');
  const [asked] = await bea.asks();
  assert.equal(asked?.reason, 'to read the account');
  assert.equal(asked.ask.by.name, amal.member.staff.pseudonym);
  assert.deepEqual(await cleo.asks(), []);
  // No first; asking again is allowed.
  assert.equal((await bea.post('originals/answer', place)).status, 204);
  assert.equal((await amal.fetchFile(id)).refused, '/problems/refused-original');
  assert.equal((await amal.post('originals/ask', { ...place, ask: question })).status, 204);
  const [again] = await bea.asks();
  const answer = await bea.desk.agree(again!.ask);
  assert.ok(answer);
  // Nobody but the second person of the file answers for it.
  assert.equal((await cleo.post('originals/answer', { ...place, answer })).status, 403);
  assert.equal((await amal.post('originals/answer', { ...place, answer })).status, 404);
  assert.equal((await bea.post('originals/answer', { ...place, answer })).status, 204);
  assert.equal((await bea.post('originals/answer', place)).json.type, '/problems/refused-original');
  const after = await amal.fetchFile(id);
  assert.ok(Buffer.from(after.bytes!).equals(original));
  // The permission is looked at each time, not only when it was given.
  await node.store.db
    .updateTable('staff')
    .set({ permissions: ['helper'] })
    .where('id', '=', amal.member.staff.id)
    .execute();
  assert.equal((await amal.fetchFile(id)).refused, '/problems/refused-original');
  await node.store.db
    .updateTable('staff')
    .set({ permissions: ['helper', 'originals'] })
    .where('id', '=', amal.member.staff.id)
    .execute();
});

test('S72: one person is not two, and whoever may not open originals is neither', async () => {
  const { session, id } = await begun();
  const open = async (second: FileToOpen['second']) =>
    session.share(
      id,
      [item('a', fileOf(randomBytes(9), 'original', second === undefined ? {} : { second }))],
      clock + DAY,
    );
  assert.deepEqual(await open(undefined), { ok: false, reason: 'no-helper' });
  assert.deepEqual(await open(await amal.listed(session)), { ok: false, reason: 'no-helper' });
  assert.deepEqual(await open(await cleo.listed(session)), { ok: false, reason: 'no-helper' });
  assert.equal(session.view.threads[0]?.shares.length, 0);
  const none = await node.store.db
    .selectFrom('thread_share')
    .selectAll()
    .where('thread_id', '=', id)
    .execute();
  assert.deepEqual(none, []);
});

test('a question that the node makes up in the helper’s name is shown as none of theirs', async () => {
  const { session, id } = await begun();
  const second = await bea.listed(session);
  await session.share(id, [item('a', fileOf(randomBytes(9), 'original', { second }))], clock + DAY);
  const { place } = await amal.fetchFile(id);
  const foreign = await cleo.desk.askOriginal(place, 'let me see', second);
  assert.equal((await amal.post('originals/ask', { ...place, ask: foreign })).status, 204);
  const shown = (await bea.asks()).find(({ ask: each }) => each.file === place.file);
  assert.equal(shown?.reason, undefined);
  assert.equal(await bea.desk.agree(shown!.ask), undefined);
});

test('what is closed or comes to its day is gone from the node, file and halves and all', async () => {
  const { session, id } = await begun();
  const second = await bea.listed(session);
  await session.share(id, [item('a', fileOf(randomBytes(9), 'shielded'))], clock + 9 * DAY);
  await session.share(id, [item('b', fileOf(randomBytes(9), 'original', { second }))], clock + 60_000);
  const left = async () =>
    (await node.store.db.selectFrom('thread_piece').selectAll().where('thread_id', '=', id).execute()).length;
  assert.equal(await left(), 2);
  const closing = session.view.threads[0]!.shares.find(({ items }) => items.includes('a'));
  const { place, pieces } = await amal.fetchFile(id, 'b');
  assert.equal(pieces, undefined);
  assert.deepEqual(await session.endShare(id, closing!.share), { ok: true });
  assert.equal(await left(), 1);
  clock += 60_000;
  assert.equal((await amal.post('threads/piece', { ...place, piece: 0 })).status, 404);
  await expireThreads(node.store);
  assert.equal(await left(), 0);
  const files = await node.store.db
    .selectFrom('thread_file')
    .selectAll()
    .where('thread_id', '=', id)
    .execute();
  assert.deepEqual(files, []);
});

test('where the network goes in the middle of the pieces, nothing of the file is left and nobody saw a part', async () => {
  const { session, id } = await begun();
  trouble.set('/v1/threads/piece', 1);
  const content = randomBytes(2 * FILE_PIECE_BYTES);
  const answer = await session.share(id, [item('a', fileOf(content, 'shielded'))], clock + DAY);
  trouble.delete('/v1/threads/piece');
  assert.deepEqual(answer, { ok: false, reason: 'offline' });
  assert.equal(session.view.threads[0]?.shares.length, 0);
  assert.deepEqual((await amal.read(id)).shares, []);
  // Where even the closing does not arrive, the line stays, and the helper still gets no piece.
  trouble.set('/v1/threads/piece', 1);
  trouble.set('/v1/threads/unshare', 0);
  await session.share(id, [item('a', fileOf(content, 'shielded'))], clock + DAY);
  trouble.clear();
  assert.equal(session.view.threads[0]!.shares.length, 1);
  const half = await amal.fetchFile(id);
  assert.equal(half.file.whole, false);
  assert.equal(half.refused, '/problems/refused-original');
  assert.deepEqual(await session.endShare(id, session.view.threads[0]!.shares[0]!.share), { ok: true });
  assert.deepEqual((await amal.read(id)).shares, []);
});

test('S40: where anyone may be under 18 no file is opened to anybody', async () => {
  const { session, id } = await begun();
  session.setUnder18('not-sure');
  const answer = await session.share(id, [item('a', fileOf(randomBytes(9), 'shielded'))], clock + DAY);
  assert.deepEqual(answer, { ok: false, reason: 'under-18' });
});

test('a helper’s new key: texts that were open are sealed anew to it, and files are closed', async () => {
  const { session, id } = await begun();
  await session.share(id, [{ id: 'notes', title: 'Notes', text: 'told once' }], clock + 9 * DAY);
  await session.share(id, [item('a', fileOf(randomBytes(9), 'shielded'))], clock + 9 * DAY);
  const fresh = createHelperDesk(random, 4);
  const { party } = await fresh.make('another phrase of this test');
  const { headers } = amal.member;
  await ask('PUT', '/v1/helper/key', { headers, json: { party, open: true } });
  assert.deepEqual(await session.moveThread(id, await amal.listed(session)), { ok: true });
  const wire = await amal.read(id);
  const { shares, damage } = await fresh.read(wire, undefined);
  assert.equal(damage, undefined);
  assert.deepEqual(
    shares.map(({ items }) => items.map(({ text }) => text)),
    [['told once']],
  );
  assert.deepEqual((await amal.desk.read(wire, undefined)).shares[0]?.items, []);
  assert.equal(session.view.threads[0]!.shares.length, 1);
  // Closing the talk closes what is open too, and nothing is written behind it.
  assert.deepEqual(await session.closeThread(id), { ok: true });
  assert.deepEqual((await amal.read(id)).shares, []);
  assert.equal((await fresh.read(await amal.read(id), undefined)).closed, true);
});
