import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, test } from 'node:test';
import { verifyChain } from '@reclaim/casework/event-chain';
import { recordsAfter } from '@reclaim/store/event-log';
import { expireMisuse } from '@reclaim/store/misuse-list';
import { beginSession } from '@reclaim/store/staff-credentials';
import { recordView } from '@reclaim/store/views';
import { solve } from '@reclaim/vault/proof-of-work';
import { testNode } from './node.fixture.ts';
import { headersOf, type Member, makeFirstMember, makeMember } from './staff.fixture.ts';

// The ladder of Art. 23 before a real node: what is counted and what never is, the warning, the suspension, what it turns
// away and what it never does, the objection and its answer by another, the sheet of the report.

const DAY = 86_400_000;
let clock = Date.UTC(2026, 4, 4, 9);
const { node, tokens, ask, logged, end } = await testNode({
  now: () => clock,
  limits: {
    proofBits: 4,
    addressNoticesPerHour: 500,
    failedOpeningsPerHour: 1_000,
    addressRequestsPerMinute: 50_000,
  },
});
after(end);
const { store } = node;
const first = await makeFirstMember(store);
const rowan = await makeMember(store, first, ['review']);
const linden = await makeMember(store, first, ['review', 'lead']);
const alder = await makeMember(store, first, ['review', 'lead']);

const PLANTED = {
  email: 'planted.sender@example.org',
  gravity: 'Planted gravity: one picture after the other.',
  intention: 'Planted intention: after each answer again.',
  objection: 'Planted objection: these were sent in good faith.',
  answer: 'Planted answer: they name an account that never existed.',
  account: 'planted-account-7',
};
const WORDS = { gravity: PLANTED.gravity, intention: PLANTED.intention };
const tick = (id: string) => ({ id, version: '1' });
const TICKS = ['not-consensual', 'good-faith', 'true-to-knowledge', 'accurate-and-complete'].map(tick);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

async function proof() {
  const { json } = await ask('POST', '/v1/challenges', { json: {} });
  return { challenge: json.challenge, nonce: await solve(json.challenge, json.bits) };
}
let items = 0;
async function give(more: object = {}) {
  const code = randomBytes(32).toString('base64url');
  const item = { id: `misuse-${++items}` };
  const answer = await ask('POST', '/v1/notices', {
    json: {
      proof: await proof(),
      codeSha256: sha256(code),
      age: 'adult',
      item,
      standing: 'other',
      facts: 'It stands there and should not.',
      declarations: TICKS,
      notifier: { name: 'Some Name', email: PLANTED.email },
      ...more,
    },
  });
  return { code, item: item.id, answer };
}
const as = async (who: Member, method: string, path: string, json?: object) => {
  const headers = headersOf(await beginSession(store, who.staff.id));
  return ask(method, path, { headers, ...(json === undefined ? {} : { json }) });
};
async function jobOn(itemId: string) {
  const row = await store.db
    .selectFrom('job')
    .select('id')
    .where('item_id', '=', itemId)
    .executeTakeFirstOrThrow();
  return row.id;
}
const REMOVE = { outcome: 'remove', ground: 'intimate-image-law' };
const KEEP = { outcome: 'keep', ground: 'notice-invalid' };
async function decide(jobId: string, ruling: object, who = rowan) {
  assert.equal((await as(who, 'POST', `/v1/jobs/${jobId}/claim`, {})).status, 200);
  const decided = await as(who, 'POST', `/v1/jobs/${jobId}/decide`, {
    ruling,
    facts: 'As the card says it.',
  });
  assert.equal(decided.status, 200);
}
async function noticeOn(jobId: string): Promise<string> {
  return (await as(rowan, 'GET', `/v1/jobs/${jobId}/notices`)).json.notices[0].id;
}
/** A notice that is decided as unfounded, and counted. */
async function unfounded(more: object = {}) {
  const given = await give(more);
  const jobId = await jobOn(given.item);
  await decide(jobId, KEEP);
  const counted = await as(rowan, 'POST', `/v1/jobs/${jobId}/misuse`, {
    misuse: 'unfounded-notices',
    noticeId: await noticeOn(jobId),
    manifest: true,
  });
  return { ...given, jobId, counted };
}
async function report(id: string, account: string | undefined) {
  const item = {
    id,
    previewUrl: `https://board.example/${id}`,
    ...(account === undefined ? {} : { account }),
  };
  const { json } = await ask('POST', '/v1/reports', {
    token: tokens.report,
    json: { item, reason: 'intimate-without-consent' },
  });
  return json.jobId;
}
const countUpload = (jobId: string) =>
  as(rowan, 'POST', `/v1/jobs/${jobId}/misuse`, { misuse: 'illegal-content', manifest: true });
const typeOf = (answer: { readonly json: { readonly type?: string } }) => answer.json.type;

test('three unfounded notices, a warning that their sender reads, one more, a suspension, an objection, its answer, its end', async () => {
  const sent = [await unfounded(), await unfounded(), await unfounded()];
  assert.ok(sent.every(({ counted }) => counted.status === 200));
  const { id } = sent[2]!.counted.json;
  assert.deepEqual([sent[2]!.counted.json.state, sent[2]!.counted.json.acts.length], ['counted', 3]);
  const suspend = (who: Member, days = 30) => as(who, 'POST', `/v1/misuse/${id}/suspend`, { ...WORDS, days });
  assert.equal(typeOf(await suspend(linden)), '/problems/refused-not-warned');
  assert.equal((await as(rowan, 'POST', `/v1/misuse/${id}/warn`, WORDS)).status, 403);
  const innocent = await give({ notifier: { name: 'Some Name', email: 'another@example.org' } });

  const warned = await as(linden, 'POST', `/v1/misuse/${id}/warn`, WORDS);
  assert.deepEqual([warned.json.state, warned.json.warning], ['warned', { count: 3, all: 3, ...WORDS }]);
  const read = (await ask('POST', '/v1/notices/status', { json: { code: sent[0]!.code } })).json;
  assert.deepEqual(read.standings, [
    {
      count: 3,
      all: 3,
      ...WORDS,
      misuse: 'unfounded-notices',
      measure: 'warning',
      since: clock,
      until: clock + 365 * DAY,
    },
  ]);
  const other = (await ask('POST', '/v1/notices/status', { json: { code: innocent.code } })).json;
  assert.equal(other.standings, undefined);
  assert.equal(typeOf(await suspend(linden)), '/problems/refused-no-act-since-warning');

  clock += DAY;
  await unfounded({ notifier: { name: '', email: '  Planted.Sender@EXAMPLE.org ' } });
  const suspended = await suspend(linden);
  assert.deepEqual([suspended.json.state, suspended.json.suspension.all], ['suspended', 4]);
  assert.equal(suspended.json.suspendedUntil, clock + 30 * DAY);
  assert.equal(typeOf((await give()).answer), '/problems/refused-suspended');
  assert.equal((await give({ notifier: { name: '', email: 'another@example.org' } })).answer.status, 201);

  // What no suspension reaches.
  assert.equal((await give({ standing: 'depicted' })).answer.status, 201);
  assert.equal((await give({ standing: 'authorised' })).answer.status, 201);
  assert.equal((await give({ age: 'under-18-now' })).answer.status, 201);

  const object = async () =>
    ask('POST', '/v1/notices/objection', {
      json: {
        proof: await proof(),
        code: sent[1]!.code,
        misuse: 'unfounded-notices',
        words: PLANTED.objection,
      },
    });
  assert.equal((await object()).status, 202);
  assert.equal(typeOf(await object()), '/problems/refused-already-exists');
  const [ladder] = (await as(alder, 'GET', '/v1/misuse')).json.ladder;
  assert.deepEqual(ladder.objection, { state: 'waits', words: PLANTED.objection });
  const uphold = (who: Member) => as(who, 'POST', `/v1/misuse/${id}/uphold`, { reason: PLANTED.answer });
  assert.equal(typeOf(await uphold(linden)), '/problems/refused-same-reviewer');
  assert.equal((await uphold(alder)).status, 200);
  const [standing] = (await ask('POST', '/v1/notices/status', { json: { code: sent[0]!.code } })).json
    .standings;
  assert.deepEqual([standing.objection, standing.answer], ['answered', PLANTED.answer]);

  clock += 31 * DAY;
  await expireMisuse(store);
  assert.equal((await give()).answer.status, 201);
  assert.equal((await as(alder, 'GET', '/v1/misuse')).json.ladder[0].state, 'warned');
});

test('an address that somebody else typed bars nobody: it reads nothing, objects to nothing, and one word takes the notice', async () => {
  // The framer has only the address of whoever is to be silenced.
  const email = 'framed.person@example.org';
  const typed = { notifier: { name: '', email } };
  const mine = await give(typed);
  const framed = [await unfounded(typed), await unfounded(typed), await unfounded(typed)];
  const { id } = framed[0]!.counted.json;
  await as(linden, 'POST', `/v1/misuse/${id}/warn`, WORDS);
  clock += DAY;
  await unfounded(typed);
  const suspended = await as(linden, 'POST', `/v1/misuse/${id}/suspend`, { ...WORDS, days: 30 });
  assert.deepEqual([suspended.json.state, suspended.json.suspension.all], ['suspended', 5]);

  // The code of a notice that was not counted reads nothing of it and cannot use up the objection.
  const status = async (code: string) => (await ask('POST', '/v1/notices/status', { json: { code } })).json;
  assert.equal((await status(mine.code)).standings, undefined);
  assert.equal((await status(framed[1]!.code)).standings.length, 1);
  const objected = await ask('POST', '/v1/notices/objection', {
    json: { proof: await proof(), code: mine.code, misuse: 'unfounded-notices', words: PLANTED.objection },
  });
  assert.equal(typeOf(objected), '/problems/refused-wrong-state');

  // The person is told, and heard with one word; a lead reads that it was said, once.
  assert.equal(typeOf((await give(typed)).answer), '/problems/refused-suspended');
  const ladder = async () =>
    (await as(alder, 'GET', '/v1/misuse')).json.ladder.find((each: { id: string }) => each.id === id);
  assert.equal((await ladder()).disownedAt, undefined);
  clock += 60_000;
  const at = clock;
  assert.equal((await give({ ...typed, earlierNotMine: true })).answer.status, 201);
  clock += 60_000;
  assert.equal((await give({ ...typed, earlierNotMine: true })).answer.status, 201);
  const told = await ladder();
  assert.deepEqual([told.disownedAt, told.all, told.state], [at, 7, 'suspended']);
  const records = (await recordsAfter(store.db, 0, 100_000)).filter(({ type }) => type === 'misuse-disowned');
  assert.deepEqual(
    records.map(({ data }) => data),
    [{ misuseId: id, misuse: 'unfounded-notices', at }],
  );
  const lifted = await as(linden, 'POST', `/v1/misuse/${id}/lift`, {
    reason: 'Somebody else typed the address.',
  });
  assert.deepEqual([lifted.json.state, lifted.json.disownedAt], ['warned', undefined]);
  assert.equal((await give(typed)).answer.status, 201);
});

test('all notices of a sender are counted, those from before they were on the ladder, and an address that was added later', async () => {
  const email = 'counted.sender@example.org';
  const typed = { notifier: { name: '', email } };
  await give(typed);
  const late = await give({ notifier: { name: '', email: '' } });
  const { counted } = await unfounded(typed);
  assert.equal(counted.json.all, 2);
  await give(typed);
  await give({ notifier: { name: '', email: 'nobody.else@example.org' } });
  const added = await ask('POST', '/v1/notices/supplement', {
    json: { proof: await proof(), code: late.code, notifier: { email: ' Counted.Sender@example.org' } },
  });
  assert.equal(added.status, 200);
  const [row] = (await as(alder, 'GET', '/v1/misuse')).json.ladder.filter(
    (each: { id: string }) => each.id === counted.json.id,
  );
  assert.equal(row.all, 4);
});

test('an upload counts by the account that its platform named, once somebody looked; the platform reads how it stands', async () => {
  const unseen = await report('upload-0', PLANTED.account);
  await decide(unseen, REMOVE);
  assert.equal(typeOf(await countUpload(unseen)), '/problems/refused-not-reviewed');

  let id = '';
  for (const n of [1, 2, 3]) {
    const jobId = await report(`upload-${n}`, PLANTED.account);
    assert.equal((await as(rowan, 'GET', `/v1/jobs/${jobId}`)).json.account, true);
    await as(rowan, 'POST', `/v1/jobs/${jobId}/claim`, {});
    assert.ok((await recordView(store, rowan.staff, jobId, 'outline')).ok);
    await decide(jobId, REMOVE);
    const counted = await countUpload(jobId);
    assert.equal(counted.status, 200);
    assert.equal(typeOf(await countUpload(jobId)), '/problems/refused-already-exists');
    id = counted.json.id;
  }
  await as(linden, 'POST', `/v1/misuse/${id}/warn`, WORDS);
  const standing = async (account: string) =>
    (await ask('POST', '/v1/accounts/standing', { token: tokens.check, json: { account } })).json.standings;
  assert.deepEqual(
    (await standing(PLANTED.account)).map((each: { measure: string; all: number }) => [
      each.measure,
      each.all,
    ]),
    [['warning', 4]],
  );
  assert.deepEqual(await standing('somebody-else'), []);
  const objection = await ask('POST', '/v1/accounts/objection', {
    token: tokens.report,
    json: { account: PLANTED.account, misuse: 'illegal-content', words: PLANTED.objection },
  });
  assert.equal(typeOf(objection), '/problems/refused-wrong-state', 'nothing is suspended yet');

  // An act goes with its ruling: undone, too few are left.
  const [job] = await store.db
    .selectFrom('misuse_act')
    .select('job_id')
    .where('misuse_id', '=', id as never)
    .execute();
  assert.equal(
    (await as(rowan, 'POST', `/v1/jobs/${job!.job_id}/undo`, { facts: 'It was another picture.' })).status,
    200,
  );
  const mine = (await as(linden, 'GET', '/v1/misuse')).json.ladder.find(
    (each: { id: string }) => each.id === id,
  );
  assert.equal(mine.acts.length, 2);
  assert.equal(
    (await as(linden, 'POST', `/v1/misuse/${id}/lift`, { reason: 'Too few are left of them.' })).status,
    200,
  );
  assert.deepEqual(await standing(PLANTED.account), []);
});

test('what is not counted: a ruling of a key, an item without an account, a notice without an address, a keep, a removal', async () => {
  const byKey = await report('key-1', PLANTED.account);
  await ask('POST', `/v1/jobs/${byKey}/claim`, { token: tokens.review, json: {} });
  await ask('POST', `/v1/jobs/${byKey}/decide`, {
    token: tokens.review,
    json: { ruling: REMOVE, facts: 'A program said so.' },
  });
  assert.equal(typeOf(await countUpload(byKey)), '/problems/refused-not-reviewed');

  const kept = await report('kept-1', PLANTED.account);
  await decide(kept, { outcome: 'keep', ground: 'not-intimate' });
  assert.equal(typeOf(await countUpload(kept)), '/problems/refused-wrong-state');

  const nameless = await report('nameless-1', undefined);
  await as(rowan, 'POST', `/v1/jobs/${nameless}/claim`, {});
  await recordView(store, rowan.staff, nameless, 'outline');
  await decide(nameless, REMOVE);
  assert.equal(typeOf(await countUpload(nameless)), '/problems/refused-sender-unknown');

  const { counted } = await unfounded({ notifier: { name: 'Some Name', email: '' } });
  assert.equal(typeOf(counted), '/problems/refused-sender-unknown');

  const { item } = await give({ notifier: { name: '', email: 'right@example.org' } });
  const jobId = await jobOn(item);
  const noticeId = await noticeOn(jobId);
  const count = () =>
    as(rowan, 'POST', `/v1/jobs/${jobId}/misuse`, { misuse: 'unfounded-notices', noticeId, manifest: true });
  assert.equal(typeOf(await count()), '/problems/refused-wrong-state', 'it is not decided yet');
  await decide(jobId, REMOVE);
  assert.equal(typeOf(await count()), '/problems/refused-wrong-state', 'it was right');
  const analysed = await as(rowan, 'POST', `/v1/jobs/${jobId}/misuse`, {
    misuse: 'unfounded-notices',
    noticeId,
    manifest: false,
  });
  assert.equal(analysed.status, 400);
});

test('unfounded complaints of an uploader count by the account, and while it is suspended the next is not taken', async () => {
  const account = 'complaining-account';
  let id = '';
  const complain = (item: string) =>
    ask('POST', '/v1/complaints', {
      token: tokens.report,
      json: { item: { id: item }, facts: 'It is mine, give it back.' },
    });
  const upheld = async (n: number) => {
    const jobId = await report(`complained-${n}`, account);
    await decide(jobId, REMOVE);
    const sent = await complain(`complained-${n}`);
    assert.equal(sent.status, 202);
    const count = () =>
      as(linden, 'POST', `/v1/jobs/${jobId}/misuse`, {
        misuse: 'unfounded-complaints',
        complaintId: sent.json.complaintId,
        manifest: true,
      });
    assert.equal(typeOf(await count()), '/problems/refused-wrong-state', 'it is not answered yet');
    await as(linden, 'POST', `/v1/jobs/${jobId}/answer-complaint`, { facts: 'Nothing new in it at all.' });
    const counted = await count();
    assert.equal(counted.status, 200);
    id = counted.json.id;
  };
  for (const n of [1, 2, 3]) await upheld(n);
  await as(linden, 'POST', `/v1/misuse/${id}/warn`, WORDS);
  clock += DAY;
  await upheld(4);
  assert.equal((await as(linden, 'POST', `/v1/misuse/${id}/suspend`, { ...WORDS, days: 10 })).status, 200);
  const jobId = await report('complained-5', account);
  await decide(jobId, REMOVE);
  assert.equal(typeOf(await complain('complained-5')), '/problems/refused-suspended');
  clock += 10 * DAY;
  assert.equal((await complain('complained-5')).status, 202, 'its end needs nobody');
});

test('the report counts each suspension in sheet 7, and nothing of anybody is in the chain or the log', async () => {
  const drawn = await as(linden, 'POST', '/v1/transparency-reports', {
    from: '2026-01-01',
    to: '2026-12-31',
  });
  const sheet = drawn.json.files.find(({ name }: { name: string }) => name.startsWith('7_')).text as string;
  const lines = sheet.split(/\r?\n/).filter((line) => /suspensions enacted/.test(line));
  const counts = lines.map((line) => [
    /manifestly (illegal content|unfounded \w+)/.exec(line)?.[1],
    line.split(',').at(-2),
  ]);
  assert.deepEqual(counts, [
    ['illegal content', '0'],
    ['unfounded notices', '2'],
    ['unfounded complaints', '1'],
  ]);
  const records = await recordsAfter(store.db, 0, 100_000);
  assert.ok((await verifyChain({ seq: 0, hash: '0'.repeat(64) }, records)).ok);
  const chain = JSON.stringify(records);
  for (const planted of [...Object.values(PLANTED), sha256(PLANTED.email)]) {
    assert.ok(!chain.includes(planted), planted);
    assert.ok(!logged.join('\n').includes(planted), planted);
  }
  const rows = JSON.stringify(await store.db.selectFrom('misuse').selectAll().execute(), (_, value) =>
    value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value,
  );
  assert.ok(!rows.includes('lanted'));
});

test('who stopped is forgotten once nothing counts any more', async () => {
  clock += 400 * DAY;
  await expireMisuse(store);
  assert.deepEqual((await as(linden, 'GET', '/v1/misuse')).json.ladder, []);
  assert.deepEqual(await store.db.selectFrom('misuse').select('id').execute(), []);
  const values = await store.db.selectFrom('event_value').select('value').execute();
  assert.ok(!values.some(({ value }) => value.includes('Planted gravity')));
});
