import assert from 'node:assert/strict';
import test from 'node:test';
import { parsePdqHash, parsePipeline, parseSha256 } from '@reclaim/fingerprint/signal';
import { become, codeOf, world } from './session-world.fixture.ts';

let pictures = 0;
function picture(label: string, exact = false) {
  pictures += 1;
  const hex = pictures.toString(16).padStart(2, '0').repeat(32);
  const pdq = {
    kind: 'pdq' as const,
    value: parsePdqHash(hex),
    quality: 90,
    pipeline: parsePipeline('reclaim-pdq-1'),
  };
  return { label, pdq, ...(exact ? { sha256: { kind: 'sha256' as const, value: parseSha256(hex) } } : {}) };
}

/** A visit that has sent two pictures, the second with its SHA-256. */
async function sent(from = world()) {
  const session = from.visit();
  session.setUnder18('no');
  assert.ok(session.addPicture(picture('first planted label')).ok);
  assert.ok(session.addPicture(picture('second planted label', true)).ok);
  const typed = await codeOf(session);
  const outcome = await session.send();
  assert.ok(outcome.ok, `refused: ${outcome.ok || outcome.reason}`);
  return { ...from, session, typed, outcome };
}

test('S40: no picture is taken before the age question was answered with no', () => {
  const session = world().visit();
  assert.deepEqual(session.addPicture(picture('x')), { ok: false, reason: 'under-18' });
  for (const answer of ['yes', 'not-sure'] as const) {
    session.setUnder18('no');
    assert.ok(session.addPicture(picture('x')).ok);
    session.setUnder18(answer);
    assert.deepEqual(session.view.pictures, []);
    assert.deepEqual(session.addPicture(picture('x')), { ok: false, reason: 'under-18' });
  }
});

test('S22: nothing is sent before the code was typed back', async () => {
  const { node, visit } = world();
  const session = visit();
  session.setUnder18('no');
  session.addPicture(picture('x'));
  assert.deepEqual(await session.send(), { ok: false, reason: 'code-not-checked' });
  const made = await session.makeCode();
  assert.ok(made.ok);
  assert.deepEqual(await session.send(), { ok: false, reason: 'code-not-checked' });
  const other = await visit().makeCode();
  assert.ok(other.ok);
  assert.deepEqual(await session.checkCode(other.words.join(' ')), { ok: false, reason: 'other-code' });
  assert.deepEqual(await session.send(), { ok: false, reason: 'code-not-checked' });
  assert.deepEqual(node.seen, []);
  assert.deepEqual(await session.checkCode(made.digits.join(' ')), { ok: true });
  assert.ok((await session.send()).ok);
});

test('S24: what crosses is hashes, digests and one sealed case; no label, note, answer, code or capability', async () => {
  const from = world();
  const session = from.visit();
  session.setUnder18('no');
  session.addPicture(picture('planted label', true));
  session.setNotes('planted note');
  session.setAnswer('door', 'planted answer');
  const typed = await codeOf(session);
  assert.ok((await session.send()).ok);
  const crossed = from.node.seen.map(({ path, body }) => path + body).join('\n');
  for (const secret of ['planted', ...typed.split(' ')]) assert.ok(!crossed.includes(secret), secret);
  const request = JSON.parse(from.node.seen.find(({ path }) => path === '/v1/cases')!.body);
  assert.deepEqual(Object.keys(request).sort(), [
    'authSha256',
    'lookupId',
    'proof',
    'sealed',
    'signals',
    'under18',
  ]);
  assert.deepEqual(
    request.signals.map((one: { signal: { kind: string } }) => one.signal.kind),
    ['pdq', 'sha256'],
  );
});

test('a case opens on another device with the code, and each signal is asked for apart', async () => {
  const { visit, typed, node } = await sent();
  const other = visit();
  assert.deepEqual(await other.open(typed.toUpperCase()), { ok: true });
  assert.equal(other.view.kind, 'open');
  assert.deepEqual(
    other.view.signals.map(({ label, kind, bankedAt }) => [label, kind, bankedAt]),
    [
      ['first planted label', 'pdq', Date.UTC(2030, 4, 5)],
      ['second planted label', 'pdq', Date.UTC(2030, 4, 5)],
      ['second planted label', 'sha256', Date.UTC(2030, 4, 5)],
    ],
  );
  assert.deepEqual(await other.ask(), { ok: true });
  for (const { receipt } of other.view.signals) {
    assert.equal(receipt.kind, 'answered');
    if (receipt.kind === 'answered') assert.equal(receipt.receipt.held, 3);
  }
  const questions = node.seen.filter(({ path }) => path === '/v1/signal-receipts');
  assert.equal(questions.length, 3);
  for (const { body } of questions) assert.deepEqual(Object.keys(JSON.parse(body)), ['capability']);
});

test('a wrong code, a lost case and a deleted one have one answer', async () => {
  const { visit, typed, session } = await sent();
  const stranger = await visit().makeCode();
  assert.ok(stranger.ok);
  assert.deepEqual(await visit().open(stranger.words.join(' ')), { ok: false, reason: 'not-found' });
  const typo = await visit().open(`x${typed.slice(1)}`);
  assert.ok(!typo.ok && typo.reason === 'unknown-word');
  assert.ok((await session.withdrawAll()).ok);
  assert.deepEqual(await visit().open(typed), { ok: false, reason: 'not-found' });
});

test('after a wrong code nothing is sent under it', async () => {
  const { visit } = world();
  const session = visit();
  session.setUnder18('no');
  session.addPicture(picture('x'));
  await codeOf(session);
  const stranger = await visit().makeCode();
  assert.ok(stranger.ok);
  assert.equal((await session.open(stranger.words.join(' '))).ok, false);
  assert.deepEqual(await session.send(), { ok: false, reason: 'code-not-checked' });
});

test('a sending whose answer was lost is repeated without banking anything twice', async () => {
  const from = world();
  const session = from.visit();
  session.setUnder18('no');
  session.addPicture(picture('x', true));
  await codeOf(session);
  from.node.trouble.set('/v1/cases', 'answer-lost');
  assert.deepEqual(await session.send(), { ok: false, reason: 'offline' });
  assert.equal(from.node.signals.size, 2);
  assert.equal(session.view.pictures.length, 1);
  session.addPicture(picture('one more'));
  const outcome = await session.send();
  assert.ok(outcome.ok);
  assert.deepEqual(
    outcome.signals.map(({ result }) => result),
    ['sent-before', 'sent-before', 'banked'],
  );
  assert.equal(from.node.signals.size, 3);
  assert.equal(session.view.signals.length, 3);
});

test('the network may go at any step and nothing is lost', async () => {
  const from = world();
  const session = from.visit();
  session.setUnder18('no');
  session.addPicture(picture('x'));
  const typed = await codeOf(session);
  for (const path of ['/v1/challenges', '/v1/cases']) {
    from.node.trouble.set(path, 'offline');
    assert.deepEqual(await session.send(), { ok: false, reason: 'offline' });
    assert.equal(session.view.pictures.length, 1);
    assert.equal(session.view.busy, undefined);
  }
  assert.ok((await session.send()).ok);
  const other = from.visit();
  from.node.trouble.set('/v1/cases/open', 'offline');
  assert.deepEqual(await other.open(typed), { ok: false, reason: 'offline' });
  assert.ok((await other.open(typed)).ok);
  from.node.trouble.set('/v1/withdrawals', 'offline');
  assert.deepEqual(await other.withdrawAll(), { ok: false, reason: 'offline', withdrawn: 0, of: 1 });
  assert.equal(from.node.cases.size, 1);
  assert.ok((await other.withdrawAll()).ok);
});

test('two tabs that save one after the other end with both changes', async () => {
  const { visit, typed, session, node } = await sent();
  const other = visit();
  assert.ok((await other.open(typed)).ok);
  other.setUnder18('no');
  other.addPicture(picture('of the other tab'));
  other.setNotes('from the other tab');
  assert.ok((await other.save()).ok);
  session.setAnswer('country', 'es');
  session.setNotes('from this tab');
  session.addPicture(picture('of this tab'));
  const saved = await session.save();
  assert.ok(saved.ok, `refused: ${saved.ok || saved.reason}`);
  assert.equal(session.view.notes, 'from the other tab\n\nfrom this tab');
  assert.equal(session.view.unsaved, false);
  assert.equal(session.view.signals.length, 5);
  assert.equal(node.signals.size, 5);
  assert.deepEqual(
    [...node.cases.values()].map(({ version }) => version),
    [3],
  );
});

test('a signal that the node does not bank leaves the case again', async () => {
  const from = world();
  from.node.verdicts = ['low-quality'];
  const session = from.visit();
  session.setUnder18('no');
  session.addPicture(picture('too plain'));
  session.addPicture(picture('good'));
  await codeOf(session);
  const outcome = await session.send();
  assert.ok(outcome.ok);
  assert.deepEqual(
    outcome.signals.map(({ result }) => result),
    ['low-quality', 'banked'],
  );
  assert.deepEqual(
    session.view.signals.map(({ label }) => label),
    ['good'],
  );
});

test('S28: withdrawing everything withdraws each signal, deletes the case and says so', async () => {
  const { session, node } = await sent();
  const outcome = await session.withdrawAll();
  assert.ok(outcome.ok);
  assert.deepEqual([outcome.withdrawn, outcome.caseDeleted], [3, true]);
  assert.equal(node.signals.size, 0);
  assert.equal(node.cases.size, 0);
  assert.equal(session.view.kind, 'withdrawn');
  assert.deepEqual(session.view.signals, []);
});

test('one picture is withdrawn with both of its signals and the rest stays', async () => {
  const { session, node, visit, typed } = await sent();
  const second = session.view.signals.find(({ kind }) => kind === 'sha256')!;
  const outcome = await session.withdrawPicture(second.picture);
  assert.ok(outcome.ok && outcome.withdrawn === 2 && !outcome.caseDeleted);
  assert.equal(node.signals.size, 1);
  const other = visit();
  assert.ok((await other.open(typed)).ok);
  assert.equal(other.view.signals.length, 1);
});

test('S14: ten idle minutes lock with a warning before; a touch puts it off; the code brings unsent work back', async () => {
  const { session, pass, typed } = await sent();
  session.setNotes('planted unsent note');
  assert.ok(session.keepCopies('{"planted":"list"}'));
  session.addPicture(picture('unsent'));
  await pass(7 * 60_000);
  session.touch();
  await pass(7 * 60_000);
  assert.equal(session.view.kind, 'open');
  await pass(2 * 60_000);
  assert.equal(session.view.lockWarning, true);
  session.touch();
  assert.equal(session.view.lockWarning, false);
  await pass(9 * 60_000);
  assert.equal(session.view.lockWarning, true);
  const locked = become(session, 'locked');
  await pass(60_000);
  await locked;
  assert.ok(!JSON.stringify(session.view).includes('planted'));
  assert.deepEqual(session.view.signals, []);
  assert.deepEqual(session.view.pictures, []);
  assert.ok((await session.open(typed)).ok);
  assert.equal(session.view.notes, 'planted unsent note');
  assert.equal(session.view.copies, '{"planted":"list"}');
  assert.deepEqual(
    session.view.pictures.map(({ label }) => label),
    ['unsent'],
  );
  const saved = await session.save();
  assert.ok(saved.ok, `refused: ${saved.ok || saved.reason}`);
  assert.equal(session.view.signals.length, 4);
});

test('a list of marked copies makes a case by itself, comes back with the code, and is not kept cut short', async () => {
  const from = world();
  const session = from.visit();
  session.setUnder18('no');
  assert.equal(session.keepCopies('x'.repeat(150_001)), false);
  assert.equal(session.view.copies, undefined);
  assert.ok(session.keepCopies('{"planted":1}'));
  session.setUnder18('not-sure');
  assert.equal(session.view.copies, undefined, 'with another answer about age it is forgotten');
  session.setUnder18('no');
  assert.ok(session.keepCopies('{"planted":1}'));
  const typed = await codeOf(session);
  assert.ok((await session.send()).ok);
  assert.ok(![...from.node.cases.values()].some((each) => JSON.stringify(each).includes('planted')));
  const other = from.visit();
  assert.ok((await other.open(typed)).ok);
  assert.equal(other.view.copies, '{"planted":1}');
  assert.ok(other.keepCopies('{"planted":2}'));
  assert.ok((await other.save()).ok);
  const third = from.visit();
  assert.ok((await third.open(typed)).ok);
  assert.equal(third.view.copies, '{"planted":2}');
});

test('S14: a device that slept past the lock locks at the first touch', async () => {
  const { session, sleep } = await sent();
  session.setNotes('planted');
  sleep(60 * 60_000);
  session.touch();
  assert.equal(session.view.kind, 'locked');
  assert.ok(!JSON.stringify(session.view).includes('planted'));
  assert.deepEqual(session.view.signals, []);
});

test('a draft with a code comes back after a lock; a draft without one is gone', async () => {
  const from = world();
  const session = from.visit();
  session.setUnder18('no');
  session.addPicture(picture('x'));
  await session.lock();
  assert.equal(session.view.kind, 'empty');
  assert.equal(session.view.lost, true);
  session.addPicture(picture('y'));
  assert.equal(session.view.lost, false);
  const typed = await codeOf(session);
  await session.lock();
  assert.equal(session.view.kind, 'locked');
  assert.equal(session.view.lost, false);
  assert.ok((await session.open(typed)).ok);
  assert.equal(session.view.pictures.length, 1);
  assert.ok((await session.send()).ok);
});

test('S04: wiping forgets everything at once, also in the middle of a sending', async () => {
  const from = world();
  const session = from.visit();
  session.setUnder18('no');
  session.addPicture(picture('planted'));
  await codeOf(session);
  const sending = session.send();
  session.wipe();
  assert.equal(session.view.kind, 'empty');
  assert.ok(!JSON.stringify(session.view).includes('planted'));
  assert.deepEqual(await sending, { ok: false, reason: 'stopped' });
  assert.equal(session.view.kind, 'empty');
  assert.equal(from.node.cases.size, 0);
});

test('one piece of work runs at a time', async () => {
  const { session } = await sent();
  const saving = session.save();
  assert.equal(session.view.busy?.what, 'saving');
  assert.deepEqual(await session.withdrawAll(), { ok: false, reason: 'busy', withdrawn: 0, of: 0 });
  assert.deepEqual(await session.ask(), { ok: false, reason: 'busy' });
  assert.ok((await saving).ok);
});

test('S28: who takes everything back while the page still asks for the signals does not wait for the asking', async () => {
  const from = world();
  const session = from.visit();
  session.setUnder18('no');
  for (let i = 0; i < 5; i++) session.addPicture(picture(`number ${i}`));
  await codeOf(session);
  assert.ok((await session.send()).ok);
  const asking = session.ask();
  assert.equal(session.view.busy?.what, 'asking');
  const withdrawn = await session.withdrawAll();
  assert.ok(withdrawn.ok);
  assert.equal(withdrawn.withdrawn, 5);
  assert.equal(from.node.cases.size, 0);
  assert.deepEqual(await asking, { ok: false, reason: 'stopped' });
  assert.equal(session.view.kind, 'withdrawn');
});

test('an asking that gave way to a press goes on with what is left, and asks for nothing twice', async () => {
  const from = world();
  const session = from.visit();
  session.setUnder18('no');
  for (let i = 0; i < 5; i++) session.addPicture(picture(`number ${i}`));
  await codeOf(session);
  assert.ok((await session.send()).ok);
  const asking = session.ask();
  session.setNotes('a word');
  assert.ok((await session.save()).ok);
  assert.deepEqual(await asking, { ok: true });
  assert.deepEqual(
    session.view.signals.map(({ receipt }) => receipt.kind),
    Array.from({ length: 5 }, () => 'answered'),
  );
  const questions = from.node.seen.filter(({ path }) => path === '/v1/signal-receipts');
  assert.equal(questions.length, 5);
});

test('a case holds as many signals as the node takes and no more', () => {
  const session = world().visit();
  session.setUnder18('no');
  for (let i = 0; i < 16; i++) assert.ok(session.addPicture(picture('x', true)).ok);
  assert.deepEqual(session.addPicture(picture('x')), { ok: false, reason: 'too-many' });
});

test('a case of a later version is left as it is', async () => {
  const { node, typed, visit } = await sent();
  for (const kept of node.cases.values()) kept.sealed = 'AAAA';
  assert.deepEqual(await visit().open(typed), { ok: false, reason: 'unreadable' });
});

test('S14: what is being typed is sealed by a lock and comes back with the code, to no other', async () => {
  const there = world();
  const session = there.visit();
  session.setUnder18('no');
  assert.ok(session.addPicture(picture('one')).ok);
  const code = await codeOf(session);
  assert.ok((await session.send()).ok);
  session.setDraft('proof-note', 'planted in a form');
  await there.pass(10 * 60_000);
  await session.lock();
  assert.equal(session.view.kind, 'locked');
  assert.equal(session.draft('proof-note'), undefined);
  assert.deepEqual([session.view.lost, session.view.lostProof], [false, false]);
  assert.deepEqual(await session.open(code), { ok: true });
  assert.equal(session.draft('proof-note'), 'planted in a form');
  session.setDraft('proof-note', '');
  await session.lock();
  assert.deepEqual(await session.open(code), { ok: true });
  assert.equal(session.draft('proof-note'), undefined);
  // Another answer about age: nothing of it comes back; and while a lock still seals, it is hidden already.
  session.setDraft('proof-note', 'planted in a form');
  const locking = session.lock();
  assert.equal(session.draft('proof-note'), undefined);
  await locking;
  session.setUnder18('not-sure');
  assert.deepEqual(await session.open(code), { ok: true });
  assert.equal(session.draft('proof-note'), undefined);
});

test('S14: typing alone starts the clock of the lock; without a code it is gone and said to be', async () => {
  const there = world();
  const session = there.visit();
  session.setDraft('proof-note', 'planted in a form');
  assert.equal(session.view.kind, 'empty');
  await there.pass(9 * 60_000);
  assert.equal(session.view.lockWarning, true);
  await there.pass(2 * 60_000);
  assert.equal(session.draft('proof-note'), undefined);
  assert.deepEqual([session.view.kind, session.view.lost], ['empty', true]);
});

test('S14: a draft that was locked before anything was sent comes back with the code that was made', async () => {
  const there = world();
  const session = there.visit();
  session.setUnder18('no');
  const code = await codeOf(session);
  session.setDraft('proof-link', 'planted in a form');
  await session.lock();
  assert.equal(session.view.kind, 'locked');
  assert.deepEqual(await session.open(code), { ok: true });
  assert.equal(session.draft('proof-link'), 'planted in a form');
  assert.equal(session.view.kind, 'draft');
});
