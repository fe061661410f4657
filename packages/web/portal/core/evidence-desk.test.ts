import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import { custodyText, headOf, verifyCustody } from '@reclaim/vault/custody/custody-log';
import { solve } from '@reclaim/vault/proof-of-work';
import { localAuthority } from '@reclaim/vault/timestamp/authority.fixture';
import { timestampQuery } from '@reclaim/vault/timestamp/timestamp-query';
import { EvidenceDesk } from './evidence-desk.ts';
import type { NewEvidence, NewFile } from './evidence-state.ts';
import type { PortalSession } from './session.ts';
import { codeOf, world } from './session-world.fixture.ts';

type World = ReturnType<typeof world>;

function deskOf({ node }: World, session: PortalSession, clockOffset?: () => number): EvidenceDesk {
  let at = Date.UTC(2030, 4, 5);
  return new EvidenceDesk({
    api: clockOffset === undefined ? node.api : { ...node.api, clockOffset },
    solver: () => ({ solve }),
    random: (bytes) => new Uint8Array(randomBytes(bytes)),
    session: async () => session,
    now: () => (at += 1_000),
    browser: 'a browser',
    viewport: '360x740',
    version: '0.1.0',
    onView: () => undefined,
  });
}

const note = (notes: string): NewEvidence => ({ told: { kind: 'note', notes }, files: [] });
const messages = (text: string): NewEvidence => ({
  told: { kind: 'message-export' },
  files: [{ role: 'original', content: { text, name: 'messages.txt', mediaType: 'text/plain' } }],
});
const picture = (bytes: Uint8Array<ArrayBuffer>): NewEvidence => ({
  told: { kind: 'screenshot' },
  files: [{ role: 'original', content: new File([bytes], 'planted.png', { type: 'image/png' }) }],
});

/** A visit that has a case with one note in it, and the code to come back with. */
async function kept(there: World) {
  const session = there.visit();
  session.setUnder18('no');
  const desk = deskOf(there, session);
  assert.deepEqual(await desk.add(note('the first')), { ok: true });
  const code = await codeOf(session);
  assert.ok((await session.send()).ok);
  assert.deepEqual(await desk.keep(), { ok: true });
  return { session, desk, code };
}

async function back(there: World, code: string) {
  const session = there.visit();
  session.setUnder18('no');
  assert.deepEqual(await session.open(code), { ok: true });
  const desk = deskOf(there, session);
  assert.deepEqual(await desk.load(), { ok: true });
  return { session, desk };
}

const notesOf = (desk: EvidenceDesk) =>
  desk.view.items.map(({ item }) => (item.kind === 'hand-over' ? item.link : item.notes)).sort();

function assertWhole(desk: EvidenceDesk): void {
  const record = desk.record!;
  const claim = { entries: record.custody.length, head: headOf(record.custody), keys: record.keys };
  assert.deepEqual(verifyCustody(custodyText(record.custody), claim).faults, []);
}

test('evidence alone makes a case, and is there again on another device', async () => {
  const there = world();
  const { code, desk } = await kept(there);
  assert.equal(desk.view.keeping, 'kept');
  const again = await back(there, code);
  assert.deepEqual(notesOf(again.desk), ['the first']);
  assertWhole(again.desk);
  assert.equal(there.node.records.size, 1);
});

test('two tabs that write at once lose nothing, and the log stays one chain', async () => {
  const there = world();
  const { code, desk } = await kept(there);
  const other = await back(there, code);
  await desk.add(note('of the first tab'));
  await other.desk.add(note('of the second tab'));
  assert.deepEqual(await desk.keep(), { ok: true });
  assert.deepEqual(await other.desk.keep(), { ok: true });
  const third = await back(there, code);
  assert.deepEqual(notesOf(third.desk), ['of the first tab', 'of the second tab', 'the first']);
  assertWhole(third.desk);
});

test('what one tab erased stays erased when another saves later', async () => {
  const there = world();
  const { code, desk } = await kept(there);
  const other = await back(there, code);
  const { id } = desk.view.items[0]!.item;
  assert.deepEqual(desk.erase(id), { ok: true });
  assert.deepEqual(await desk.keep(), { ok: true });
  await other.desk.add(note('later'));
  assert.deepEqual(await other.desk.keep(), { ok: true });
  assert.deepEqual(notesOf(other.desk), ['later']);
  assertWhole(other.desk);
});

test('the network may go in the middle of keeping, and nothing is lost', async () => {
  for (const what of ['offline', 'answer-lost'] as const) {
    const there = world();
    const { code, desk } = await kept(there);
    await desk.add(messages('not lost'));
    there.node.trouble.set('/v1/evidence/save', what);
    assert.deepEqual(await desk.keep(), { ok: false, reason: 'offline' });
    assert.equal(desk.view.keeping, 'unsaved');
    assert.deepEqual(await desk.keep(), { ok: true });
    const again = await back(there, code);
    assert.equal(again.desk.view.items.length, 2, what);
    assertWhole(again.desk);
  }
});

test('S40: where anyone may be under 18 no file is read and nothing is hashed; a link, an account and a time is all', async () => {
  for (const answer of ['yes', 'not-sure'] as const) {
    const there = world();
    const session = there.visit();
    session.setUnder18(answer);
    const desk = deskOf(there, session);
    const file = new File([new Uint8Array(9)], 'a.png', { type: 'image/png' });
    file.slice = () => assert.fail('a file was read');
    const given: NewEvidence = { told: { kind: 'screenshot' }, files: [{ role: 'original', content: file }] };
    assert.deepEqual(await desk.add(given), { ok: false, reason: 'under-18' });
    assert.deepEqual(await desk.add(note('x')), { ok: false, reason: 'under-18' });
    assert.deepEqual(desk.addMinor('not-sure', ' https://x.example/1 ', ''), { ok: true });
    assert.deepEqual(Object.keys(desk.view.items[0]!.item).sort(), [
      'age',
      'at',
      'handle',
      'id',
      'kind',
      'link',
    ]);
    assert.deepEqual(desk.addMinor('under-18', '', ''), { ok: false, reason: 'bad-field' });
  }
});

test('a file is told apart by its digest, its bytes go nowhere, and it is known again when it is shown', async () => {
  const there = world();
  const { code, desk } = await kept(there);
  const bytes = new Uint8Array(randomBytes(5_000));
  assert.deepEqual(await desk.add(picture(bytes)), { ok: true });
  assert.deepEqual(await desk.keep(), { ok: true });
  const sent = there.node.seen.map(({ body }) => body).join('\n');
  assert.ok(
    !sent.includes('planted') && !sent.includes(Buffer.from(bytes.subarray(9, 30)).toString('base64')),
  );
  const again = await back(there, code);
  assert.deepEqual(
    again.desk.view.items.map(({ here }) => here),
    [true, false],
  );
  const shown = [new File([bytes], 'other-name.png'), new File([randomBytes(9)], 'unrelated.png')];
  assert.equal(await again.desk.provide(shown), 1);
  assert.deepEqual(
    again.desk.view.items.map(({ here }) => here),
    [true, true],
  );
  const { id } = again.desk.view.items[1]!.item;
  assert.ok(again.desk.look(id, 'original', 'to read the account') !== undefined);
  assert.equal(again.desk.record?.custody.at(-1)?.reason, 'to read the account');
  assert.throws(() => again.desk.look(id, 'original'), TypeError);
});

test('a stamp of an authority that the node did not name, or for another question, stays pending and is asked for again', async () => {
  const there = world();
  const { node } = there;
  const [good, stranger] = [localAuthority('Good'), localAuthority('Stranger')];
  try {
    node.authorities = [{ id: 'good', name: 'Good', roots: good.rootPem }];
    const session = there.visit();
    session.setUnder18('no');
    const desk = deskOf(there, session);
    await desk.add(note('x'));
    const from =
      (authority: typeof good, other = false) =>
      (imprint: string, nonce: string) => {
        const query = timestampQuery(other ? 'ab'.repeat(32) : imprint, Buffer.from(nonce, 'hex'));
        return [{ authority: 'good', reply: Buffer.from(authority.answer(query)).toString('base64') }];
      };
    for (const stamp of [
      () => [],
      () => [{ authority: 'good', reply: null }],
      () => [{ authority: 'unknown', reply: 'AAAA' }],
      () => [{ authority: 'good', reply: 'AAAA' }],
      from(stranger),
      from(good, true),
    ]) {
      node.stamp = stamp;
      await desk.stamp();
      assert.equal(desk.view.pending, 1);
      assert.equal(desk.view.items[0]?.stamp, 'pending');
    }
    node.stamp = from(good);
    await desk.stamp();
    assert.equal(desk.view.pending, 0);
    assert.equal(desk.record?.custody.at(-1)?.action, 'stamped');
    assertWhole(desk);
    // Nothing that was asked for says of what it is.
    const questions = node.seen.filter(({ path }) => path === '/v1/timestamps');
    assert.equal(new Set(questions.map(({ body }) => JSON.parse(body).nonce)).size, questions.length);
    assert.ok(questions.every(({ body }) => !body.includes(headOf(desk.record!.custody))));
  } finally {
    good.close();
    stranger.close();
  }
});

test('who presses something while evidence is being kept waits for it and is not sent away', async () => {
  const there = world();
  const { session, desk } = await kept(there);
  await desk.add(note('more'));
  const keeping = desk.keep();
  await new Promise(setImmediate);
  const withdrawn = await session.withdrawAll();
  assert.ok(withdrawn.ok);
  assert.deepEqual(await keeping, { ok: true });
  assert.equal(there.node.records.size, 0);
  await desk.add(note('later'));
  await desk.keep();
  assert.equal(there.node.records.size, 0);
});

test('S28: everything taken back erases the record', async () => {
  const there = world();
  const { session } = await kept(there);
  assert.ok((await session.withdrawAll()).ok);
  assert.equal(there.node.records.size, 0);
});

test('S14, S27: without a network what was added to the proof is kept sealed across a lock, and saved after it', async () => {
  const there = world();
  const { session, desk, code } = await kept(there);
  session.holdEvidence(() => desk.unkept);
  const other = await back(there, code);
  await other.desk.add(note('of the other tab'));
  assert.deepEqual(await other.desk.keep(), { ok: true });
  there.node.trouble.set('/v1/evidence/save', 'offline');
  await desk.add(note('added without a network'));
  await desk.add(messages('words that were pasted'));
  assert.deepEqual(await desk.keep(), { ok: false, reason: 'offline' });
  const locking = session.lock();
  // As the page does at once.
  desk.clear();
  await locking;
  assert.deepEqual([session.view.kind, session.view.lost, session.view.lostProof], ['locked', false, false]);
  assert.ok(!session.holdsRecord);

  // A second lock before any desk took it loses nothing either.
  assert.deepEqual(await session.open(code), { ok: true });
  await session.lock();
  assert.deepEqual(await session.open(code), { ok: true });
  const next = deskOf(there, session);
  assert.deepEqual(await next.keep(), { ok: true });
  assert.ok(!session.holdsRecord);
  assert.equal(next.view.keeping, 'kept');
  assertWhole(next);
  const third = await back(there, code);
  assert.deepEqual(notesOf(third.desk).sort(), [
    '',
    'added without a network',
    'of the other tab',
    'the first',
  ]);
  const texts = Object.values(third.desk.record!.texts);
  assert.deepEqual(texts, ['words that were pasted']);
});

test('S14: proof of a case that was not sent yet comes back after a lock with its code', async () => {
  const there = world();
  const session = there.visit();
  session.setUnder18('no');
  const desk = deskOf(there, session);
  session.holdEvidence(() => desk.unkept);
  await desk.add(note('before any case'));
  const code = await codeOf(session);
  await session.lock();
  assert.deepEqual(await session.open(code), { ok: true });
  const next = deskOf(there, session);
  assert.deepEqual(await next.load(), { ok: true });
  assert.deepEqual(notesOf(next), ['before any case']);
  assert.ok((await session.send()).ok);
  assert.deepEqual(await next.keep(), { ok: true });
  assert.deepEqual(notesOf((await back(there, code)).desk), ['before any case']);
});

test('S27: proof that a lock cannot seal is said to be gone, until the case is open again', async () => {
  const there = world();
  const { session, desk, code } = await kept(there);
  await desk.add(note('more than there is room for'));
  session.holdEvidence(() => 'too-long');
  await session.lock();
  assert.deepEqual([session.view.kind, session.view.lost, session.view.lostProof], ['locked', false, true]);
  assert.deepEqual(await session.open(code), { ok: true });
  assert.equal(session.view.lostProof, false);
});

test('S40: after another answer about age nothing that a lock kept of the proof comes back', async () => {
  const there = world();
  const { session, desk, code } = await kept(there);
  session.holdEvidence(() => desk.unkept);
  await desk.add(note('more'));
  await session.lock();
  session.setUnder18('not-sure');
  assert.deepEqual(await session.open(code), { ok: true });
  assert.equal(session.takeRecord(), undefined);
});

test('a clock an hour off is written into the item, and an unknown one as unknown', async () => {
  const there = world();
  const session = there.visit();
  session.setUnder18('no');
  const offsets = (desk: EvidenceDesk) =>
    desk.view.items.map(({ item }) => (item.kind === 'hand-over' ? undefined : item.capture.clockOffsetMs));
  const off = deskOf(there, session, () => -3_600_000);
  await off.add(note('an hour fast'));
  assert.deepEqual(offsets(off), [-3_600_000]);
  const unknown = deskOf(there, session);
  there.node.trouble.set('/v1/timestamps/authorities', 'offline');
  assert.deepEqual(await unknown.add(note('no net')), { ok: true });
  assert.deepEqual(offsets(unknown), [null]);
});

test('a file that was being read when the page was locked or left begins nothing behind it', async () => {
  const there = world();
  const session = there.visit();
  session.setUnder18('no');
  const desk = deskOf(there, session);
  let read = () => {};
  const slow = new File([new Blob(['one'])], 'a.txt', { type: 'text/plain' });
  const begun = new Promise<void>((resolve) => {
    Object.defineProperty(slow, 'slice', {
      value: (...range: [number, number]) => {
        resolve();
        const part = File.prototype.slice.apply(slow, range);
        const bytes = part.arrayBuffer.bind(part);
        part.arrayBuffer = () => new Promise((go) => (read = () => go(bytes())));
        return part;
      },
    });
  });
  const adding = desk.add({ told: { kind: 'message-export' }, files: [{ role: 'original', content: slow }] });
  await begun;
  desk.clear();
  read();
  assert.deepEqual(await adding, { ok: false, reason: 'gone' });
  assert.equal(desk.record, undefined);
  assert.equal(session.view.kind, 'empty');
});

test('an e-mail has its header lines beside it, hashed and kept; what is no mail is kept as it is', async () => {
  const there = world();
  const session = there.visit();
  session.setUnder18('no');
  const desk = deskOf(there, session);
  const headers = 'From: someone@mail.example\r\nReceived: by in.example; Thu, 1 Jan 2026 10:00:00 +0000\r\n';
  const add = (content: NewFile['content']) =>
    desk.add({ told: { kind: 'email' }, files: [{ role: 'original', content }] });
  const last = () => {
    const { item } = desk.view.items.at(-1)!;
    return item.kind === 'hand-over' ? [] : item.files;
  };
  assert.deepEqual(await add(new File([`${headers}\r\nplanted body`], 'a.eml', { type: '' })), { ok: true });
  const [mail, lines] = last();
  assert.deepEqual(
    [mail?.role, lines?.role, lines?.mediaType],
    ['original', 'headers', 'text/rfc822-headers'],
  );
  assert.equal(lines?.derivedFrom?.sha256, mail?.sha256);
  assert.equal(desk.record?.texts[lines!.sha256], headers);
  // A pasted mail, and header lines alone.
  const text = (all: string) => ({ text: all, name: 'mail.eml', mediaType: 'message/rfc822' });
  assert.deepEqual(await add(text(`${headers}\r\nanother body`)), { ok: true });
  assert.deepEqual(
    last().map(({ role }) => role),
    ['original', 'headers'],
  );
  assert.deepEqual(await add(text(`${headers}Subject: alone\r\n`)), { ok: true });
  assert.deepEqual(
    last().map(({ role }) => role),
    ['headers'],
  );
  assert.deepEqual(await add(new File([Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0)], 'a.msg')), { ok: true });
  assert.deepEqual(
    last().map(({ role }) => role),
    ['original'],
  );
});
