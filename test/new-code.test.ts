/**
 * Story: a person changes the code of an open case, with its real parts but for the browser, against a real node: everything
 * opens with the new code and nothing with the old one, wherever the network goes, and whatever another tab does.
 */

import assert from 'node:assert/strict';
import { randomBytes, webcrypto } from 'node:crypto';
import { after, test } from 'node:test';
import { testNode } from '@reclaim/service/node.fixture';
import { makeFirstMember, makeMember } from '@reclaim/service/staff.fixture';
import { pdqOfSeed } from '@reclaim/store/store.fixture';
import { custodyText, headOf, verifyCustody } from '@reclaim/vault/custody/custody-log';
import { partyKeys, publicParty } from '@reclaim/vault/messages/party';
import { solve } from '@reclaim/vault/proof-of-work';
import { drawAgeIdentity } from '@reclaim/vault/sealing/age-key';
import { LEFTOVER } from '@reclaim/web/portal/core/case-moving';
import { EvidenceDesk } from '@reclaim/web/portal/core/evidence-desk';
import { createNodeApi } from '@reclaim/web/portal/core/node-api';
import { createSession, type PortalSession } from '@reclaim/web/portal/core/session';
import type { Vault } from '@reclaim/web/portal/core/vault-client';
import { createVaultDesk } from '@reclaim/web/portal/core/vault-desk';

const clock = Date.UTC(2027, 4, 4, 9, 30);
const { node, ask, end } = await testNode({
  now: () => clock,
  limits: {
    proofBits: 4,
    addressCasesPerHour: 900,
    addressRequestsPerMinute: 9_000,
    failedOpeningsPerHour: 900,
  },
});
after(end);
const first = await makeFirstMember(node.store);

/** What happens to the n-th request on a path from now on: it never arrives, or its answer never does. */
const trouble = new Map<string, { after: number; readonly kind: 'offline' | 'answer-lost' }>();
/** Called before a request on a path is sent: what another tab does in that moment. */
const meanwhile = new Map<string, () => Promise<void>>();
const api = createNodeApi({
  fetch: async (input, init) => {
    const path = String(input);
    const other = meanwhile.get(path);
    meanwhile.delete(path);
    await other?.();
    const planned = trouble.get(path);
    const now = planned !== undefined && planned.after-- === 0 ? planned.kind : undefined;
    if (now === 'offline') throw new TypeError('network');
    const { method, headers, body } = init ?? {};
    const response = await fetch(node.url + path, {
      ...(method === undefined ? {} : { method }),
      ...(headers === undefined ? {} : { headers }),
      ...(body === undefined || body === null ? {} : { body }),
    });
    if (now === 'answer-lost') throw new TypeError('network');
    return response;
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

function deskOf(session: PortalSession): EvidenceDesk {
  let at = clock;
  return new EvidenceDesk({
    api,
    solver: () => ({ solve }),
    random: (bytes) => new Uint8Array(randomBytes(bytes)),
    session: async () => session,
    now: () => (at += 1_000),
    browser: undefined,
    viewport: undefined,
    version: '0.1.0',
    onView: () => undefined,
  });
}

let seed = 11_000;
/** A case with a picture, notes and a note of proof, open in one tab. */
async function begun() {
  const session = visit();
  session.setUnder18('no');
  session.addPicture({ label: 'one', pdq: pdqOfSeed(seed++) });
  session.setNotes('told once');
  const made = await session.makeCode();
  assert.ok(made.ok);
  const old = made.words.join(' ');
  assert.deepEqual(await session.checkCode(old), { ok: true });
  assert.ok((await session.send()).ok);
  const desk = deskOf(session);
  assert.deepEqual(await desk.add({ told: { kind: 'note', notes: 'first proof' }, files: [] }), { ok: true });
  assert.deepEqual(await desk.keep(), { ok: true });
  return { session, desk, old };
}

/** Draws another code and types it back. */
async function drawn(session: PortalSession): Promise<string> {
  const made = await session.makeNextCode();
  assert.ok(made.ok);
  const words = made.words.join(' ');
  assert.deepEqual(await session.checkNextCode(words), { ok: true });
  return words;
}

/** What a code opens on a device of its own. */
async function opens(code: string) {
  const session = visit();
  session.setUnder18('no');
  const opened = await session.open(code);
  if (!opened.ok) return { reason: opened.reason };
  const desk = deskOf(session);
  assert.deepEqual(await desk.load(), { ok: true });
  const proof = desk.view.items
    .map(({ item }) => (item.kind === 'hand-over' ? item.link : item.notes))
    .sort();
  return { notes: session.view.notes, signals: session.view.signals.length, proof, session, desk };
}

const records = async () => node.store.db.selectFrom('evidence_record').selectAll().execute();
const whole = { notes: 'told once', signals: 1, proof: ['first proof'] };
const part = async (code: string) => {
  const { session: _, desk: __, ...seen } = await opens(code);
  return seen;
};

test('S22: the new code opens everything, the old one nothing, and what is signed from then on has another key', async () => {
  const { session, desk, old } = await begun();
  const member = await makeMember(node.store, first, ['helper']);
  const keys = await partyKeys(drawAgeIdentity(randomBytes(32)));
  const json = { party: publicParty(keys), open: true };
  await ask('PUT', '/v1/helper/key', { headers: member.headers, json });
  const listed = await session.helpers();
  assert.ok(listed.ok);
  assert.deepEqual(await session.startThread(listed.helpers[0]!, 'hello'), { ok: true });
  const parts = await session.setUpRecovery();
  assert.ok(parts.ok);
  const before = desk.record!;
  // Nothing happens before the new one was typed back.
  assert.deepEqual(await session.changeCode(), { ok: false, reason: 'code-not-checked' });
  const made = await session.makeNextCode();
  assert.ok(made.ok);
  assert.deepEqual(await session.checkNextCode(old), { ok: false, reason: 'other-code' });
  assert.deepEqual(await session.changeCode(), { ok: false, reason: 'code-not-checked' });
  assert.deepEqual(await part(old), whole);
  const next = made.words.join(' ');
  assert.deepEqual(await session.checkNextCode(next), { ok: true });
  assert.deepEqual(await session.changeCode(), { ok: true });
  assert.deepEqual(await desk.moved(), { ok: true });
  assert.deepEqual(await part(old), { reason: 'not-found' });
  assert.deepEqual(await part(next), whole);
  assert.equal((await records()).length, 1);
  // The same visit goes on, with the new keys.
  session.setNotes('told once, and more');
  assert.ok((await session.save()).ok);
  assert.deepEqual(await desk.add({ told: { kind: 'note', notes: 'second proof' }, files: [] }), {
    ok: true,
  });
  assert.deepEqual(await desk.keep(), { ok: true });
  const there = await opens(next);
  assert.equal(there.notes, 'told once, and more');
  assert.deepEqual(there.proof, ['first proof', 'second proof']);
  assert.deepEqual(await there.session!.readThreads(), { ok: true });
  const known = there.session!.view.threads[0]!.known;
  assert.ok(known.kind === 'read' && known.opened.ok);
  const record = there.desk!.record!;
  assert.equal(record.keys.length, before.keys.length + 1);
  assert.notEqual(record.seed, before.seed);
  const claim = { entries: record.custody.length, head: headOf(record.custody), keys: record.keys };
  assert.deepEqual(verifyCustody(custodyText(record.custody), claim).faults, []);
  // Paper gives back a code that opens nothing: it is ended, and the case says so.
  assert.equal(there.session!.view.recoveryMadeAt, undefined);
  const two = parts.shares.slice(0, 2).map(({ words }) => words.join(' ')) as [string, string];
  assert.deepEqual(await visit().askRecovery(two), { ok: false, reason: 'not-found' });
  assert.equal((await opens(next)).session!.view.answers[LEFTOVER], '');
});

for (const path of ['/v1/evidence/open', '/v1/evidence/save', '/v1/cases/move', '/v1/evidence/delete'])
  for (const kind of ['offline', 'answer-lost'] as const)
    test(`where the network goes at ${path} (${kind}), one code opens everything, and pressing again ends it`, async () => {
      const { session, old } = await begun();
      const next = await drawn(session);
      const count = (await records()).length;
      trouble.set(path, { after: 0, kind });
      const changed = await session.changeCode();
      trouble.clear();
      const open = [await part(old), await part(next)];
      assert.deepEqual(
        open.filter((seen) => 'notes' in seen),
        [whole],
        'exactly one code opens, and it opens all',
      );
      if (!changed.ok) assert.deepEqual(await session.changeCode(), { ok: true });
      assert.deepEqual(await part(old), { reason: 'not-found' });
      // Where the old record could not be erased, this opening did it.
      assert.deepEqual(await part(next), whole);
      assert.equal((await records()).length, count);
    });

test('two tabs: what the other saved in between is there, and it goes on with the new code and what it had typed', async () => {
  const { session, old } = await begun();
  const other = visit();
  other.setUnder18('no');
  assert.deepEqual(await other.open(old), { ok: true });
  const otherDesk = deskOf(other);
  assert.deepEqual(await otherDesk.load(), { ok: true });
  const next = await drawn(session);
  // Between the copying of the record and the move, the other tab saves notes and proof.
  meanwhile.set('/v1/cases/move', async () => {
    other.setNotes('from the other tab');
    assert.ok((await other.save()).ok);
    await otherDesk.add({ told: { kind: 'note', notes: 'proof of the other tab' }, files: [] });
    assert.deepEqual(await otherDesk.keep(), { ok: true });
  });
  assert.deepEqual(await session.changeCode(), { ok: true });
  const there = await part(next);
  assert.deepEqual(there, {
    notes: 'from the other tab',
    signals: 1,
    proof: ['first proof', 'proof of the other tab'],
  });
  // Afterwards it is refused, keeps what was typed, and makes nothing anew under the old code.
  const count = (await records()).length;
  other.setAnswer('later', 'typed after the change');
  assert.deepEqual(await other.save(), { ok: false, reason: 'not-found' });
  assert.equal(other.view.elsewhere, true);
  await otherDesk.add({ told: { kind: 'note', notes: 'too late' }, files: [] });
  assert.deepEqual(await otherDesk.keep(), { ok: false, reason: 'not-found' });
  assert.equal((await records()).length, count);
  assert.deepEqual(await other.open(next), { ok: true });
  assert.equal(other.view.elsewhere, false);
  assert.ok((await other.save()).ok);
  assert.deepEqual(await otherDesk.moved(), { ok: true });
  assert.deepEqual(await otherDesk.keep(), { ok: true });
  const last = await opens(next);
  assert.equal(last.session!.view.answers['later'], 'typed after the change');
  assert.deepEqual(last.proof, ['first proof', 'proof of the other tab', 'too late']);
});

test('proof that another tab kept while the case moved is taken over before the old record is erased', async () => {
  const { session, old } = await begun();
  const other = visit();
  other.setUnder18('no');
  assert.deepEqual(await other.open(old), { ok: true });
  const otherDesk = deskOf(other);
  assert.deepEqual(await otherDesk.load(), { ok: true });
  const next = await drawn(session);
  // Only the record changes: the case has still the version that the move names.
  meanwhile.set('/v1/cases/move', async () => {
    await otherDesk.add({ told: { kind: 'note', notes: 'kept in that moment' }, files: [] });
    assert.deepEqual(await otherDesk.keep(), { ok: true });
  });
  const count = (await records()).length;
  assert.deepEqual(await session.changeCode(), { ok: true });
  assert.deepEqual(await part(next), { ...whole, proof: ['first proof', 'kept in that moment'] });
  assert.equal((await records()).length, count);
});

test('of two tabs that change the code at once one wins, and the other says that nothing lies here any more', async () => {
  const { session, old } = await begun();
  const other = visit();
  other.setUnder18('no');
  assert.deepEqual(await other.open(old), { ok: true });
  const [one, two] = [await drawn(session), await drawn(other)];
  const both = await Promise.all([session.changeCode(), other.changeCode()]);
  assert.equal(both.filter(({ ok }) => ok).length, 1);
  const winner = both[0].ok ? one : two;
  const loser = both[0].ok ? two : one;
  assert.deepEqual(await part(old), { reason: 'not-found' });
  assert.deepEqual(await part(loser), { reason: 'not-found' });
  assert.deepEqual(await part(winner), whole);
});
