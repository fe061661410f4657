import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, test } from 'node:test';
import { DAY_MS } from '@reclaim/casework/instant';
import { databasePlaces, findPlanted } from '@reclaim/store/planted.fixture';
import { capabilitySha256, drawCapability } from '@reclaim/vault/capability';
import { solve } from '@reclaim/vault/proof-of-work';
import { drawReceiptCode } from '@reclaim/vault/receipt-code';
import { callOf, openLinePart, sealLinePart } from '@reclaim/vault/recovery/line-part';
import { openEnvelope, recoveryKeys, sealEnvelope } from '@reclaim/vault/recovery/recovery-keys';
import { combineShares, drawRecovery } from '@reclaim/vault/recovery/shares';
import { drawAgeIdentity, recipientOf } from '@reclaim/vault/sealing/age-key';
import { testNode } from './node.fixture.ts';
import { makeFirstMember, makeMember } from './staff.fixture.ts';

let clock = Date.UTC(2027, 4, 4, 9, 30);
const { node, ask, logged, end } = await testNode({
  now: () => clock,
  limits: { proofBits: 4, addressCasesPerHour: 200, addressRequestsPerMinute: 5_000 },
});
after(end);
const first = await makeFirstMember(node.store);

async function proof() {
  const { json } = await ask('POST', '/v1/challenges', { json: {} });
  return { challenge: json.challenge, nonce: await solve(json.challenge, json.bits) };
}

/** A recovery that was set up by the rules of the vault, and its three shares. */
async function setUp() {
  const code = drawReceiptCode(randomBytes(12));
  const { key, shares } = await drawRecovery(randomBytes(50));
  const keys = await recoveryKeys(key);
  const cancel = drawCapability(randomBytes(32));
  const json = {
    lookupId: keys.lookupId,
    authSha256: keys.authSha256,
    cancelSha256: await capabilitySha256(cancel),
    sealed: await sealEnvelope(code, keys),
  };
  const answer = await ask('POST', '/v1/recoveries', { json: { proof: await proof(), ...json } });
  assert.equal(answer.status, 201);
  return { code, shares, keys, cancel, json };
}

const askWith = async ({ lookupId, authKey }: { lookupId: string; authKey: string }) =>
  ask('POST', '/v1/recoveries/ask', { json: { proof: await proof(), lookupId, authKey } });
const watch = (cancel: string) => ask('POST', '/v1/recoveries/watch', { json: { cancel } });

test('two shares give the code back after seven days, and not an hour sooner', async () => {
  const { code, shares, cancel } = await setUp();
  const combined = await combineShares([shares[2], shares[0]]);
  assert.ok(combined.ok);
  const keys = await recoveryKeys(combined.key);
  const first = await askWith(keys);
  assert.deepEqual(first.json, { kind: 'waiting', dueAt: clock + 7 * DAY_MS });
  clock += 7 * DAY_MS - 3_600_000;
  assert.equal((await askWith(keys)).json.kind, 'waiting');
  clock += 3_600_000;
  const open = await askWith(keys);
  assert.equal(open.json.kind, 'open');
  assert.equal(await openEnvelope(open.json.sealed, keys), code);
  assert.deepEqual((await watch(cancel)).json, {
    standing: 'open',
    dueAt: open.json.dueAt ?? first.json.dueAt,
    asked: 1,
    givenOut: true,
  });
});

test('the case sees who asked, stops it with one press, and a new asking waits seven days again', async () => {
  const { keys, cancel } = await setUp();
  assert.deepEqual((await watch(cancel)).json, { standing: 'quiet', asked: 0, givenOut: false });
  await askWith(keys);
  clock += 6 * DAY_MS;
  assert.equal((await watch(cancel)).json.standing, 'waiting');
  assert.equal((await ask('POST', '/v1/recoveries/cancel', { json: { cancel } })).status, 204);
  assert.deepEqual((await watch(cancel)).json, { standing: 'quiet', asked: 1, givenOut: false });
  clock += 2 * DAY_MS;
  const again = await askWith(keys);
  assert.deepEqual(again.json, { kind: 'waiting', dueAt: clock + 7 * DAY_MS });
  assert.equal((await watch(cancel)).json.asked, 2);
});

test('what was not fetched within thirty days is asked for anew', async () => {
  const { keys } = await setUp();
  await askWith(keys);
  clock += 38 * DAY_MS;
  assert.deepEqual((await askWith(keys)).json, { kind: 'waiting', dueAt: clock + 7 * DAY_MS });
});

test('a wrong key, an unknown recovery and a deleted one have one answer', async () => {
  const { keys, cancel } = await setUp();
  const wrong = await askWith({ lookupId: keys.lookupId, authKey: randomBytes(32).toString('base64url') });
  const never = await askWith({ lookupId: randomBytes(32).toString('hex'), authKey: keys.authKey });
  await ask('POST', '/v1/recoveries/delete', { json: { cancel } });
  const gone = await askWith(keys);
  assert.equal(wrong.status, 404);
  for (const other of [never, gone]) assert.equal(other.text, wrong.text);
  assert.equal((await watch(cancel)).status, 404);
  for (const path of ['cancel', 'delete'])
    assert.equal((await ask('POST', `/v1/recoveries/${path}`, { json: { cancel } })).status, 204);
});

test('a recovery whose answer was lost is kept once; another under its names is refused', async () => {
  const { json, keys } = await setUp();
  const again = await ask('POST', '/v1/recoveries', { json: { proof: await proof(), ...json } });
  assert.equal(again.status, 201);
  const other = { ...json, cancelSha256: '0'.repeat(64) };
  const refused = await ask('POST', '/v1/recoveries', { json: { proof: await proof(), ...other } });
  assert.equal(refused.json.type, '/problems/refused-already-exists');
  assert.equal((await askWith(keys)).json.kind, 'waiting');
  const twice = { ...json, lookupId: randomBytes(32).toString('hex') };
  const double = await ask('POST', '/v1/recoveries', { json: { proof: await proof(), ...twice } });
  assert.equal(double.json.type, '/problems/refused-already-exists');
});

test('the database holds nothing of a recovery as it came, and the log nothing at all', async () => {
  const events = async () => (await node.store.db.selectFrom('event').select('seq').execute()).length;
  const before = await events();
  const { json, keys, cancel, code } = await setUp();
  await askWith(keys);
  assert.equal(await events(), before);
  const bytes = (text: string) => Buffer.from(text, text.length === 64 ? 'hex' : 'base64url');
  const secrets = { ...json, auth: keys.authKey, cancel };
  const planted = Object.entries(secrets).flatMap(([name, text]) => [
    [name, text],
    [`${name} as bytes`, bytes(text)],
  ]);
  const places = await databasePlaces(node.store.db);
  assert.ok(places.length > 20);
  assert.deepEqual(findPlanted(places, { ...Object.fromEntries(planted), code }), []);
  for (const each of [json.lookupId, cancel]) assert.ok(!logged.join('\n').includes(each));
});

test('the helpline’s part is found by the three words of either other part, by a helper who may, and no key or stranger', async () => {
  const { shares, cancel } = await setUp();
  const member = await makeMember(node.store, first, ['helper', 'recovery']);
  const colleague = await makeMember(node.store, first, ['helper']);
  const identity = drawAgeIdentity(randomBytes(32));
  const sealed = await sealLinePart(shares[2], [await recipientOf(identity)]);
  const calls = [await callOf(shares[0]), await callOf(shares[1])];
  const fetchAs = (headers: Readonly<Record<string, string>>, call: string, cause = 'on-the-phone') =>
    ask('POST', '/v1/helper/recovery-parts/fetch', { headers, json: { call, cause } });

  // Only who opens the case puts a part there.
  const stranger = drawCapability(randomBytes(32));
  const keep = (json: object) => ask('POST', '/v1/recoveries/part', { json });
  assert.equal((await keep({ cancel: stranger, calls, sealed })).status, 404);
  assert.equal((await keep({ cancel, calls, sealed })).status, 204);
  assert.equal((await keep({ cancel, calls, sealed })).status, 204);
  assert.deepEqual((await watch(cancel)).json.part, { fetched: 0 });
  // Another case cannot take its words.
  const other = await setUp();
  assert.equal((await keep({ cancel: other.cancel, calls, sealed })).status, 409);
  // What is refused leaves the part that was kept before.
  const ownCalls = [await callOf(other.shares[0]), await callOf(other.shares[1])];
  assert.equal((await keep({ cancel: other.cancel, calls: ownCalls, sealed })).status, 204);
  assert.equal((await keep({ cancel: other.cancel, calls, sealed })).status, 409);
  assert.deepEqual((await watch(other.cancel)).json.part, { fetched: 0 });

  assert.equal((await fetchAs(colleague.headers, calls[0]!)).status, 403);
  assert.equal((await fetchAs({}, calls[0]!)).status, 401);
  for (const cause of ['', 'because'])
    assert.equal((await fetchAs(member.headers, calls[0]!, cause)).status, 400);
  for (const call of calls) {
    const { status, json } = await fetchAs(member.headers, call);
    assert.equal(status, 200);
    assert.deepEqual(await openLinePart(json.sealed, identity), shares[2]);
  }
  assert.equal((await fetchAs(member.headers, await callOf(shares[2]), 'in-writing')).status, 404);
  assert.deepEqual((await watch(cancel)).json.part, {
    fetched: 2,
    day: Math.floor(clock / DAY_MS) * DAY_MS,
  });
  // The log has who, how and whether there was one; which case it is of is nowhere.
  const events = await node.store.db
    .selectFrom('event')
    .select(['actor', 'data'])
    .where('type', '=', 'recovery-part-fetched')
    .orderBy('seq')
    .execute();
  const staffId = member.staff.id;
  assert.deepEqual(events, [
    { actor: staffId, data: { staffId, cause: 'on-the-phone', found: true } },
    { actor: staffId, data: { staffId, cause: 'on-the-phone', found: true } },
    { actor: staffId, data: { staffId, cause: 'in-writing', found: false } },
  ]);
  for (const each of [calls[0]!, sealed]) assert.ok(!logged.join('\n').includes(each));

  // It goes with its recovery.
  assert.equal((await ask('POST', '/v1/recoveries/delete', { json: { cancel } })).status, 204);
  assert.equal((await fetchAs(member.headers, calls[0]!)).status, 404);
  assert.equal((await ask('POST', '/v1/recoveries/delete', { json: { cancel: other.cancel } })).status, 204);
  const left = await node.store.db.selectFrom('recovery_part').selectAll().execute();
  assert.deepEqual(left, []);
});

test('a helper fetches twenty parts a day, found or not; the log has once that it was more, and another helper goes on', async () => {
  clock = Math.floor(clock / DAY_MS) * DAY_MS + DAY_MS - 1;
  const { shares, cancel } = await setUp();
  const helper = await makeMember(node.store, first, ['helper', 'recovery']);
  const colleague = await makeMember(node.store, first, ['helper', 'recovery']);
  const sealed = await sealLinePart(shares[2], [await recipientOf(drawAgeIdentity(randomBytes(32)))]);
  const calls = [await callOf(shares[0]), await callOf(shares[1])];
  assert.equal((await ask('POST', '/v1/recoveries/part', { json: { cancel, calls, sealed } })).status, 204);
  const none = await callOf(shares[2]);
  const fetchAs = ({ headers }: typeof helper, call: string) =>
    ask('POST', '/v1/helper/recovery-parts/fetch', { headers, json: { call, cause: 'on-the-phone' } });
  const log = async () =>
    node.store.db
      .selectFrom('event')
      .select(['type', 'data'])
      .where('actor', '=', helper.staff.id)
      .where('type', 'like', 'recovery-part%')
      .orderBy('seq')
      .execute();

  assert.equal((await fetchAs(helper, calls[0]!)).status, 200);
  // At once: the last places are not given twice.
  for (let turn = 0; turn < 3; turn++) {
    // Few at once: a session has places for twenty requests in flight, which is another limit.
    const many = await Promise.all(Array.from({ length: 6 }, () => fetchAs(helper, none)));
    assert.deepEqual(new Set(many.map(({ status }) => status)), new Set([404]));
  }
  const last = await Promise.all(Array.from({ length: 6 }, () => fetchAs(helper, calls[0]!)));
  assert.deepEqual(last.map(({ status }) => status).sort(), [200, 429, 429, 429, 429, 429]);
  const refused = last.find(({ status }) => status === 429);
  assert.equal(refused?.json.type, '/problems/parts-used-up');
  // One that would be found and one that would not get the same answer: nothing is looked for.
  assert.equal((await fetchAs(helper, none)).text, refused?.text);
  assert.equal((await watch(cancel)).json.part.fetched, 2);
  const written = await log();
  assert.equal(written.length, 21);
  assert.deepEqual(written[20], {
    type: 'recovery-parts-used-up',
    data: { staffId: helper.staff.id, cause: 'on-the-phone' },
  });

  assert.equal((await fetchAs(colleague, calls[1]!)).status, 200);
  clock += 1;
  assert.equal((await fetchAs(helper, calls[1]!)).status, 200);
});
