import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, test } from 'node:test';
import { DAY_MS } from '@reclaim/casework/instant';
import { MAX_SEALED_RECORD } from '@reclaim/casework/wire-evidence';
import { expireRecords, RECORD_LIFE_DAYS } from '@reclaim/store/evidence-records';
import { solve } from '@reclaim/vault/proof-of-work';
import { listeningAuthority } from '@reclaim/vault/timestamp/authority-server.fixture';
import { drawSubject, subjectBytes, subjectImprint } from '@reclaim/vault/timestamp/stamp-subject';
import { readToken } from '@reclaim/vault/timestamp/timestamp-token';
import { testNode } from './node.fixture.ts';
import { parseAuthorities } from './timestamp-authorities.ts';

const authority = await listeningAuthority('Local Root');
const second = await listeningAuthority('Second Root');
let clock = Date.UTC(2027, 4, 4, 9, 30);
const { node, ask, logged, end } = await testNode({
  now: () => clock,
  limits: { proofBits: 4, addressCasesPerHour: 200, addressRequestsPerMinute: 5_000 },
  timestampAuthorities: [
    { id: 'local', name: 'Local', url: authority.url, roots: authority.rootPem },
    { id: 'second', name: 'Second', url: second.url, roots: second.rootPem },
  ],
});
after(async () => {
  await end();
  await Promise.all([authority.end(), second.end()]);
});

async function proof() {
  const { json } = await ask('POST', '/v1/challenges', { json: {} });
  return { challenge: json.challenge, nonce: await solve(json.challenge, json.bits) };
}
const fresh = () => randomBytes(32).toString('base64url');
const save = async (capability: string, version: number, sealed: string) =>
  ask('POST', '/v1/evidence/save', { json: { proof: await proof(), capability, version, sealed } });
const open = async (capability: string) =>
  ask('POST', '/v1/evidence/open', { json: { proof: await proof(), capability } });

test('a record is kept, changed and erased by its capability alone', async () => {
  const mine = fresh();
  assert.deepEqual((await save(mine, 0, 'c2VhbGVk')).json, { version: 1 });
  assert.deepEqual((await open(mine)).json, { sealed: 'c2VhbGVk', version: 1 });
  assert.deepEqual((await save(mine, 1, 'bW9yZQ')).json, { version: 2 });
  // Its answer was lost on the way: sent again it says the same.
  assert.deepEqual((await save(mine, 1, 'bW9yZQ')).json, { version: 2 });
  const stale = await save(mine, 1, 'b3RoZXI');
  assert.equal(stale.json.type, '/problems/refused-version');
  assert.equal((await save(mine, 0, 'b3RoZXI')).json.type, '/problems/refused-version');
  assert.deepEqual((await open(mine)).json, { sealed: 'bW9yZQ', version: 2 });
  assert.equal((await ask('POST', '/v1/evidence/delete', { json: { capability: mine } })).status, 204);
  const gone = await open(mine);
  const never = await open(fresh());
  assert.deepEqual(gone.json, { sealed: null, version: 0 });
  assert.equal(gone.text, never.text);
});

test('two first savings at once leave one record', async () => {
  const mine = fresh();
  const answers = await Promise.all(['YQ', 'Yg', 'Yw'].map((sealed) => save(mine, 0, sealed)));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409]);
});

test('a record of the greatest size fits, and one that is longer is refused', async () => {
  assert.equal((await save(fresh(), 0, 'A'.repeat(MAX_SEALED_RECORD))).status, 200);
  const refused = await save(fresh(), 0, 'A'.repeat(MAX_SEALED_RECORD + 1));
  assert.equal(refused.status, 400);
  assert.ok(refused.text.length < 1_000);
  assert.equal((await save(fresh(), 0, 'A'.repeat(1_600_000))).status, 413);
});

test('a record that nobody opened for two years is erased, and one that somebody opened is not', async () => {
  const [left, kept] = [fresh(), fresh()];
  await save(left, 0, 'bGVmdA');
  await save(kept, 0, 'a2VwdA');
  clock += (RECORD_LIFE_DAYS - 10) * DAY_MS;
  await open(kept);
  clock += 20 * DAY_MS;
  // The node's own chore may have been first: what counts is what is left.
  await expireRecords(node.store);
  assert.equal((await open(left)).json.sealed, null);
  assert.equal((await open(kept)).json.sealed, 'a2VwdA');
});

test('a digest is stamped by every authority, and each sees random bytes only', async () => {
  const subject = drawSubject('custody', 'ab'.repeat(32), randomBytes(32));
  const nonce = randomBytes(8);
  const { json } = await ask('POST', '/v1/timestamps', {
    json: { proof: await proof(), imprint: subjectImprint(subject), nonce: nonce.toString('hex') },
  });
  assert.deepEqual(
    json.answers.map((each: { authority: string }) => each.authority),
    ['local', 'second'],
  );
  for (const [at, from] of [authority, second].entries()) {
    const reply = Buffer.from(json.answers[at].reply, 'base64');
    const token = await readToken(reply, { data: subjectBytes(subject), roots: [from.root], nonce });
    assert.ok(token.ok);
    assert.ok(!Buffer.from(from.asked.at(-1)!).toString('hex').includes('ab'.repeat(32)));
  }
  const list = (await ask('POST', '/v1/timestamps/authorities', { json: {} })).json.authorities;
  assert.deepEqual(
    list.map(({ id, roots }: { id: string; roots: string }) => [id, roots]),
    [
      ['local', authority.rootPem],
      ['second', second.rootPem],
    ],
  );
});

test('an authority that redirects, says too much, says something else or is down is not reached, and the other is', async () => {
  for (const failure of ['redirect', 'huge', 'text', 'down'] as const) {
    authority.failure = failure;
    const imprint = randomBytes(32).toString('hex');
    const { json } = await ask('POST', '/v1/timestamps', {
      json: { proof: await proof(), imprint, nonce: '00'.repeat(8) },
    });
    assert.equal(json.answers[0].reply, null, failure);
    assert.equal(typeof json.answers[1].reply, 'string');
  }
  authority.failure = undefined;
});

test('what asks for a stamp names no place to ask, and needs a proof', async () => {
  const imprint = 'ab'.repeat(32);
  const good = { imprint, nonce: '00'.repeat(8) };
  for (const wrong of [
    { ...good, url: 'http://10.0.0.1/' },
    { ...good, imprint: 'x' },
    { ...good, nonce: '' },
  ])
    assert.equal(
      (await ask('POST', '/v1/timestamps', { json: { proof: await proof(), ...wrong } })).status,
      400,
    );
  const used = await proof();
  await ask('POST', '/v1/timestamps', { json: { proof: used, ...good } });
  const again = await ask('POST', '/v1/timestamps', { json: { proof: used, ...good } });
  assert.equal(again.json.type, '/problems/refused-proof');
});

test('an operator’s list is checked, and no address of it is repeated', () => {
  const good = { id: 'a', name: 'A', url: 'http://tsa.example/', roots: authority.rootPem };
  assert.equal(parseAuthorities([good]).length, 1);
  for (const wrong of [
    {},
    [null],
    [{ ...good, url: 'file:///etc/passwd' }],
    [{ ...good, url: 'http://secret:word@tsa.example/' }],
    [{ ...good, id: 'A b' }],
    [{ ...good, roots: '' }],
    [{ ...good, more: 1 }],
    [good, good],
    Array.from({ length: 7 }, (_, n) => ({ ...good, id: `a${n}` })),
  ])
    assert.throws(
      () => parseAuthorities(wrong),
      (error: Error) => error instanceof TypeError && !/secret|passwd/.test(error.message),
    );
});

test('nothing of a record or a stamp is in the log of the node', () => {
  assert.doesNotMatch(logged.join('\n'), /c2VhbGVk|bW9yZQ|imprint|tsa/);
});
