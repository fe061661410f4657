import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, test } from 'node:test';
import { DAY_MS } from '@reclaim/casework/instant';
import { MAX_THREAD_SHARES } from '@reclaim/casework/wire-thread';
import { expireThreads } from '@reclaim/store/threads';
import { type EntryWords, parseThreadId } from '@reclaim/vault/messages/entry';
import { openRing, sealRing } from '@reclaim/vault/messages/keyring';
import { type PartyKeys, partyKeys, publicParty } from '@reclaim/vault/messages/party';
import { beginThread, readThread, writeEntry } from '@reclaim/vault/messages/thread';
import { solve } from '@reclaim/vault/proof-of-work';
import { type AgeIdentity, drawAgeIdentity, recipientOf } from '@reclaim/vault/sealing/age-key';
import { testNode } from './node.fixture.ts';
import { type Member, makeFirstMember, makeMember } from './staff.fixture.ts';

let clock = Date.UTC(2027, 4, 4, 9, 30);
const { node, ask, logged, end } = await testNode({
  now: () => clock,
  limits: { proofBits: 4, addressCasesPerHour: 200, addressRequestsPerMinute: 5_000 },
});
after(end);

const first = await makeFirstMember(node.store);
const draw = () => partyKeys(drawAgeIdentity(randomBytes(32)));

/** A helper who has signed in and set a key. */
async function makeHelper() {
  const member = await makeMember(node.store, first, ['helper']);
  const keys = await draw();
  const json = { party: publicParty(keys), open: true };
  const answer = await ask('PUT', '/v1/helper/key', { headers: member.headers, json });
  assert.equal(answer.status, 204);
  return { member, keys };
}

const amal = await makeHelper();
const bea = await makeHelper();

async function proof() {
  const { json } = await ask('POST', '/v1/challenges', { json: {} });
  return { challenge: json.challenge, nonce: await solve(json.challenge, json.bits) };
}

/** A thread that a person began with a helper. */
async function begin(helper = amal) {
  const person = await draw();
  const secret = randomBytes(32).toString('base64url');
  const id = parseThreadId(randomBytes(32).toString('hex'));
  const keys = [drawAgeIdentity(randomBytes(32))];
  const { head, ...entry } = await beginThread(id, person, publicParty(helper.keys), keys[0]!, clock);
  const json = {
    thread: id,
    secretSha256: createHash('sha256').update(secret).digest('hex'),
    helper: helper.member.staff.id,
    rings: {
      person: await sealRing(keys, person.recipient),
      helper: await sealRing(keys, helper.keys.recipient),
    },
    entry,
  };
  const answer = await ask('POST', '/v1/threads', { json: { proof: await proof(), ...json } });
  return { person, secret, id, keys, json, answer };
}

type Begun = Awaited<ReturnType<typeof begin>>;
const read = async ({ secret }: Begun, from = 0) =>
  ask('POST', '/v1/threads/read', { json: { secret, after: from } });
const helperRead = async ({ id }: Begun, { headers }: Member) =>
  ask('POST', '/v1/helper/threads/read', { headers, json: { thread: id, after: 0 } });

/** The thread as its person reads it from the node, with the keys of the ring that the node gives. */
async function opened(thread: Begun) {
  const { json } = await read(thread);
  const keys = (await openRing(json.ring, thread.person.identity)) as readonly AgeIdentity[];
  const self = publicParty(thread.person);
  const reading = await readThread(json.entries, keys, { id: thread.id, self, role: 'person' });
  assert.ok(reading.ok, JSON.stringify(reading));
  return { thread: reading.thread, keys };
}

async function say(
  thread: Begun,
  words: EntryWords,
  by: { keys: PartyKeys; member: Member } | undefined,
  more = {},
) {
  const { thread: now, keys } = await opened(thread);
  const { head: _, ...entry } = await writeEntry(now, by?.keys ?? thread.person, keys, words, clock);
  return by === undefined
    ? ask('POST', '/v1/threads/append', { json: { secret: thread.secret, entry, ...more } })
    : ask('POST', '/v1/helper/threads/append', {
        headers: by.member.headers,
        json: { thread: thread.id, entry, ...more },
      });
}

test('a person and a helper write to one another through a node that keeps order and reads nothing', async () => {
  const thread = await begin();
  assert.equal(thread.answer.status, 201);
  assert.equal((await say(thread, { kind: 'text', text: 'quercus ilex' }, undefined)).json.count, 2);
  assert.equal((await say(thread, { kind: 'text', text: 'castanea' }, amal)).json.count, 3);
  const inbox = await ask('GET', '/v1/helper/threads', { headers: amal.member.headers });
  assert.equal(inbox.json.threads.find((each: { thread: string }) => each.thread === thread.id).count, 3);
  const theirs = await helperRead(thread, amal.member);
  const ring = (await openRing(theirs.json.ring, amal.keys.identity))!;
  const reading = await readThread(theirs.json.entries, ring, {
    id: thread.id,
    self: publicParty(amal.keys),
    role: 'helper',
  });
  assert.ok(reading.ok);
  assert.deepEqual(
    reading.thread.entries.flatMap((entry) => (entry.kind === 'text' ? [entry.text] : [])),
    ['quercus ilex', 'castanea'],
  );
  assert.deepEqual((await read(thread, 2)).json.entries.length, 1);
  for (const table of ['thread', 'thread_entry'] as const) {
    const rows = JSON.stringify(await node.store.db.selectFrom(table).selectAll().execute(), (_, value) =>
      value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value,
    );
    for (const word of ['quercus', 'castanea', thread.secret, thread.json.entry.sealed])
      assert.ok(!rows.includes(word));
  }
  assert.ok(!logged.join('\n').includes(thread.id));
});

test('of two tabs that write at once one is refused, and its words are kept behind the other’s', async () => {
  const thread = await begin();
  const { thread: now, keys } = await opened(thread);
  const write = async (text: string) => {
    const { head: _, ...entry } = await writeEntry(now, thread.person, keys, { kind: 'text', text }, clock);
    return ask('POST', '/v1/threads/append', { json: { secret: thread.secret, entry } });
  };
  const answers = await Promise.all([write('tab one'), write('tab two')]);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
  const refused = answers.find(({ status }) => status === 409);
  assert.equal(refused?.json.type, '/problems/refused-version');
  assert.equal((await say(thread, { kind: 'text', text: 'again' }, undefined)).status, 200);
  assert.equal((await opened(thread)).thread.entries.length, 3);
});

test('an entry and a thread whose answer was lost are kept once', async () => {
  const thread = await begin();
  const again = await ask('POST', '/v1/threads', { json: { proof: await proof(), ...thread.json } });
  assert.equal(again.status, 201);
  const { thread: now, keys } = await opened(thread);
  const { head: _, ...entry } = await writeEntry(
    now,
    thread.person,
    keys,
    { kind: 'text', text: 'x' },
    clock,
  );
  for (let turn = 0; turn < 2; turn++) {
    const answer = await ask('POST', '/v1/threads/append', { json: { secret: thread.secret, entry } });
    assert.deepEqual([answer.status, answer.json.count], [200, 2]);
  }
  const other = { ...thread.json, secretSha256: '0'.repeat(64) };
  const taken = await ask('POST', '/v1/threads', { json: { proof: await proof(), ...other } });
  assert.equal(taken.json.type, '/problems/refused-already-exists');
});

test('a thread is there for its person and its helper and for nobody else, whoever they are', async () => {
  const thread = await begin();
  const stranger = await ask('POST', '/v1/threads/read', {
    json: { secret: randomBytes(32).toString('base64url'), after: 0 },
  });
  const another = await helperRead(thread, bea.member);
  const never = await ask('POST', '/v1/helper/threads/read', {
    headers: amal.member.headers,
    json: { thread: '0'.repeat(64), after: 0 },
  });
  for (const answer of [stranger, another, never]) assert.equal(answer.status, 404);
  assert.equal(another.text, never.text);
  const lead = await makeMember(node.store, first, ['lead', 'review', 'people']);
  assert.equal((await helperRead(thread, lead)).status, 403);
});

test('entries cannot be changed even by this service, and deleting erases the thread for both', async () => {
  const thread = await begin();
  const change = node.store.db
    .updateTable('thread_entry')
    .set({ seq: 100 })
    .where('thread_id', '=', thread.id);
  await assert.rejects(change.execute(), /only grow/);
  await ask('POST', '/v1/threads/delete', { json: { secret: thread.secret } });
  assert.equal((await read(thread)).status, 404);
  assert.equal((await helperRead(thread, amal.member)).status, 404);
  const left = await node.store.db
    .selectFrom('thread_entry')
    .select('seq')
    .where('thread_id', '=', thread.id)
    .execute();
  assert.deepEqual(left, []);
  assert.equal((await ask('POST', '/v1/threads/delete', { json: { secret: thread.secret } })).status, 204);
});

test('a hand-over gives the next helper the thread and takes it from the one before', async () => {
  const thread = await begin();
  await say(thread, { kind: 'text', text: 'before' }, undefined);
  const { keys } = await opened(thread);
  const rings = {
    person: await sealRing(keys, thread.person.recipient),
    helper: await sealRing(keys, bea.keys.recipient),
  };
  const handed = await say(thread, { kind: 'hand-over', to: publicParty(bea.keys) }, amal, {
    rings,
    helper: bea.member.staff.id,
  });
  assert.equal(handed.status, 200);
  assert.equal((await helperRead(thread, amal.member)).status, 404);
  const taken = await helperRead(thread, bea.member);
  const ring = (await openRing(taken.json.ring, bea.keys.identity))!;
  const next = [...ring, drawAgeIdentity(randomBytes(32))];
  const rekeyed = await say(thread, { kind: 'rekey', key: await recipientOf(next[1]!) }, bea, {
    rings: {
      person: await sealRing(next, thread.person.recipient),
      helper: await sealRing(next, bea.keys.recipient),
    },
  });
  assert.equal(rekeyed.status, 200);
  await say(thread, { kind: 'text', text: 'after' }, undefined);
  const now = await opened(thread);
  assert.equal(now.thread.epoch, 1);
  assert.ok(!now.thread.awaitsRekey);
  assert.equal((await say(thread, { kind: 'text', text: 'x' }, amal)).status, 404);
});

test('who has no key, took it back, was disabled or takes nobody new is not written to', async () => {
  const cleo = await makeHelper();
  const listed = async () =>
    (await ask('POST', '/v1/helpers/list', { json: {} })).json.helpers.find(
      (each: { id: string }) => each.id === cleo.member.staff.id,
    );
  assert.deepEqual((await listed()).party, publicParty(cleo.keys));
  const { headers } = cleo.member;
  const party = publicParty(cleo.keys);
  await ask('PUT', '/v1/helper/key', { headers, json: { party, open: false } });
  assert.equal((await listed()).open, false);
  assert.equal((await begin(cleo)).answer.json.type, '/problems/no-helper');
  await ask('DELETE', '/v1/helper/key', { headers });
  assert.equal(await listed(), undefined);
  assert.equal((await begin(cleo)).answer.json.type, '/problems/no-helper');
  await ask('PUT', '/v1/helper/key', { headers, json: { party, open: true } });
  await ask('PATCH', `/v1/staff/${cleo.member.staff.id}`, {
    headers: first.headers,
    json: { disabled: true },
  });
  assert.equal(await listed(), undefined);
  const events = await node.store.db
    .selectFrom('event')
    .select('type')
    .where('actor', '=', cleo.member.staff.id)
    .execute();
  assert.deepEqual(
    events.map(({ type }) => type).filter((type) => type.startsWith('helper-key')),
    ['helper-key-set', 'helper-key-removed', 'helper-key-set'],
  );
});

test('a share ends at its day, and earlier when the person ends it', async () => {
  const thread = await begin();
  const share = async (name: string, until: number) =>
    ask('POST', '/v1/threads/share', {
      json: { secret: thread.secret, share: name, sealed: 'c2hhcmVk', until },
    });
  assert.equal((await share('g-1', clock + DAY_MS)).status, 204);
  assert.equal((await share('g-2', clock + 9 * DAY_MS)).status, 204);
  for (const until of [clock, clock + 400 * DAY_MS]) assert.equal((await share('g-3', until)).status, 400);
  const names = async () => (await read(thread)).json.shares.map((each: { share: string }) => each.share);
  assert.deepEqual(await names(), ['g-1', 'g-2']);
  assert.equal((await helperRead(thread, amal.member)).json.shares.length, 2);
  // The sessions of the staff do not outlive this step of the clock.
  clock += DAY_MS;
  assert.deepEqual(await names(), ['g-2']);
  // Or the node's own chore was first.
  await expireThreads(node.store);
  const left = await node.store.db
    .selectFrom('thread_share')
    .select('share')
    .where('thread_id', '=', thread.id)
    .execute();
  assert.deepEqual(
    left.map((each) => each.share),
    ['g-2'],
  );
  await ask('POST', '/v1/threads/unshare', { json: { secret: thread.secret, share: 'g-2' } });
  assert.deepEqual(await names(), []);
  for (let n = 0; n < MAX_THREAD_SHARES; n++)
    assert.equal((await share(`n-${n}`, clock + DAY_MS)).status, 204);
  assert.equal((await share('n-more', clock + DAY_MS)).json.type, '/problems/thread-full');
  assert.equal((await share('n-1', clock + DAY_MS)).status, 204);
});

test('a thread in which nobody wrote for a year is erased', async () => {
  const thread = await begin();
  clock += 300 * DAY_MS;
  await expireThreads(node.store);
  assert.equal((await read(thread)).status, 200);
  clock += 100 * DAY_MS;
  await expireThreads(node.store);
  assert.equal((await read(thread)).status, 404);
});
