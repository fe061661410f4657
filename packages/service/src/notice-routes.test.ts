import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, test } from 'node:test';
import { verifyChain } from '@reclaim/casework/event-chain';
import { UNSAID_PLATFORM } from '@reclaim/casework/notice-terms';
import { recordsAfter } from '@reclaim/store/event-log';
import { closeDueJobs, JOB_KEPT_MS } from '@reclaim/store/job-closing';
import { sweepBreaches } from '@reclaim/store/notice-clocks';
import { receiveNotice } from '@reclaim/store/notices';
import { AGREED_MS, ASKED_MS, forgetUnsealings } from '@reclaim/store/notifier-unsealing';
import { databasePlaces, findPlanted } from '@reclaim/store/planted.fixture';
import { beginSession } from '@reclaim/store/staff-credentials';
import { solve } from '@reclaim/vault/proof-of-work';
import fc from 'fast-check';
import { testNode } from './node.fixture.ts';
import { headersOf, type Member, makeFirstMember, makeMember } from './staff.fixture.ts';

const HOUR = 3_600_000;
let clock = Date.UTC(2026, 10, 20, 10, 0);
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
const first = await makeFirstMember(node.store);
const rowan = await makeMember(node.store, first, ['review']);
const linden = await makeMember(node.store, first, ['review', 'lead']);
const alder = await makeMember(node.store, first, ['review', 'minor-lane', 'lead']);

/** Words that must be found nowhere but in answers to who may read them. */
const PLANTED = {
  name: 'Planted Notifier Name',
  email: 'planted.notifier@example.org',
  otherContact: '+00 planted telephone',
  facts: 'Planted facts: taken in private, never to be shared.',
  complaint: 'Planted complaint of somebody who is sure.',
  reason: 'Planted reason to unseal.',
};
const tick = (id: string) => ({ id, version: '1' });
const TICKS = ['not-consensual', 'good-faith', 'true-to-knowledge', 'accurate-and-complete', 'standing'].map(
  tick,
);
const NOTIFIER = { name: PLANTED.name, email: PLANTED.email, otherContact: PLANTED.otherContact };
const SIGNED = { ...NOTIFIER, signature: { text: PLANTED.name } };

async function proof() {
  const { json } = await ask('POST', '/v1/challenges', { json: {} });
  return { challenge: json.challenge, nonce: await solve(json.challenge, json.bits) };
}

const drawCode = () => randomBytes(32).toString('base64url');
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
let items = 0;
const nextItem = () => ({ id: `noticed-${++items}` });

async function give(more: object = {}, code = drawCode()) {
  const answer = await ask('POST', '/v1/notices', {
    json: {
      proof: await proof(),
      codeSha256: sha256(code),
      age: 'adult',
      item: nextItem(),
      standing: 'depicted',
      facts: PLANTED.facts,
      declarations: TICKS,
      notifier: SIGNED,
      ...more,
    },
  });
  return { code, answer };
}
const status = (code: string) => ask('POST', '/v1/notices/status', { json: { code } });
/** Asks in a session begun just now: the clock of these tests goes on by days. */
const as = async (who: Member, method: string, path: string, json?: object) => {
  const headers = headersOf(await beginSession(node.store, who.staff.id));
  return ask(method, path, { headers, ...(json === undefined ? {} : { json }) });
};

async function jobOn(itemId: string): Promise<{
  id: string;
  state: string;
  due?: { at: number };
  breaches?: number;
  notices?: number;
  lane?: string;
}> {
  for (let after = 0; ; ) {
    const { json } = await as(alder, 'GET', `/v1/jobs?limit=200&after=${after}`);
    const found = json.jobs.findLast((job: { item?: { id: string } }) => job.item?.id === itemId);
    if (found !== undefined) return found;
    assert.ok(json.next !== undefined, 'no job on the item');
    after = json.next;
  }
}

async function decide(who: Member, itemId: string, ruling: object) {
  const { id } = await jobOn(itemId);
  assert.equal((await as(who, 'POST', `/v1/jobs/${id}/claim`, {})).status, 200);
  const answer = await as(who, 'POST', `/v1/jobs/${id}/decide`, {
    ruling,
    facts: 'It is what the notice says.',
  });
  assert.equal(answer.status, 200);
  return id;
}
const REMOVE = { outcome: 'remove', ground: 'intimate-image-law' };
const KEEP = { outcome: 'keep', ground: 'not-intimate' };

// biome-ignore lint/suspicious/noExplicitAny: the shape is what the test asserts
const clockOf = (json: any, ruleId: string) => json.clocks.find((each: any) => each.ruleId === ruleId);

test('a complete notice is acknowledged with a number, its clocks run, and it is a job with the earliest of them', async () => {
  const item = nextItem();
  const { code, answer } = await give({ item, country: 'IN' });
  assert.equal(answer.status, 201);
  assert.match(answer.json.number, /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  assert.deepEqual(
    answer.json.regimes
      .filter(({ complete }: { complete: boolean }) => complete)
      .map(({ regime }: { regime: string }) => regime)
      .toSorted(),
    ['eu-dsa', 'in-rules', 'kr-tba', 'us-tida'],
  );
  assert.equal(clockOf(answer.json, 'US-TIDA-REMOVE').dueAt, clock + 48 * HOUR);
  assert.equal(clockOf(answer.json, 'IN-INTIMATE').dueAt, clock + 2 * HOUR);
  assert.equal(clockOf(answer.json, 'IN-ACK').state, 'met', 'the answer is the acknowledgement');
  assert.equal(clockOf(answer.json, 'UK-OSA-IIC').owed, false);
  const job = await jobOn(item.id);
  assert.deepEqual([job.state, job.notices, job.breaches], ['queued', 1, 0]);
  assert.deepEqual(job.due, { ruleId: 'IN-INTIMATE', regime: 'in-rules', at: clock + 2 * HOUR, zone: 'UTC' });
  const read = await status(code);
  assert.deepEqual(
    [read.json.number, read.json.state, read.json.decision],
    [answer.json.number, 'open', undefined],
  );
});

test('an incomplete notice is taken and says what it lacks; its clock waits, and starts when it is completed', async () => {
  const item = nextItem();
  const { code, answer } = await give({
    item,
    facts: '',
    declarations: [],
    notifier: {},
    standing: 'not-said',
  });
  assert.equal(answer.status, 201);
  const tida = answer.json.regimes.find(({ regime }: { regime: string }) => regime === 'us-tida');
  assert.deepEqual(tida.lacking, [
    'signature',
    'facts',
    'not-consensual',
    'good-faith',
    'contact',
    'standing',
  ]);
  assert.deepEqual(
    [clockOf(answer.json, 'US-TIDA-REMOVE').state, clockOf(answer.json, 'US-TIDA-REMOVE').reason],
    ['not-started', 'incomplete-notice'],
  );
  const before = await jobOn(item.id);
  assert.deepEqual([before.due, before.notices], [undefined, 1]);
  clock += 3 * HOUR;
  const more = { facts: PLANTED.facts, declarations: TICKS, standing: 'depicted', notifier: SIGNED };
  const fuller = await ask('POST', '/v1/notices/supplement', {
    json: { proof: await proof(), code, ...more },
  });
  assert.equal(fuller.status, 200);
  assert.equal(clockOf(fuller.json, 'US-TIDA-REMOVE').dueAt, clock + 48 * HOUR);
  assert.equal((await jobOn(item.id)).due?.at, clock + 48 * HOUR);
  assert.deepEqual(fuller.json.has, { facts: true, signature: true, contact: true, name: true });
});

test('a notice that lacks something everywhere waits as incomplete, and a reviewer may take it up all the same', async () => {
  const item = nextItem();
  const { answer } = await give({ item, facts: '', declarations: [], notifier: {}, standing: 'not-said' });
  const complete = answer.json.regimes.filter(({ complete }: { complete: boolean }) => complete);
  assert.deepEqual(
    complete.map(({ regime }: { regime: string }) => regime),
    ['kr-tba'],
    'Korea asks for no form of its own',
  );
  assert.equal(
    (await jobOn(item.id)).state,
    'incomplete',
    'a regime that asks for nothing completes nothing',
  );
  await decide(rowan, item.id, REMOVE);
});

test('a notice is taken back by its code: its words go, its clocks are owed no more, and its job lapses or goes on', async () => {
  const withdraw = async (code: string) =>
    ask('POST', '/v1/notices/withdrawal', { json: { proof: await proof(), code } });
  const item = nextItem();
  const one = await give({ item });
  const two = await give({ item, country: 'IN' });
  const { id } = await jobOn(item.id);
  const back = await withdraw(two.code);
  assert.equal(back.status, 200);
  assert.deepEqual(
    [back.json.state, back.json.has.facts, clockOf(back.json, 'IN-INTIMATE').state],
    ['withdrawn', false, 'cancelled'],
  );
  const left = await jobOn(item.id);
  assert.deepEqual([left.state, left.notices, left.due?.at], ['queued', 1, clock + 48 * HOUR]);
  const shown = (await as(rowan, 'GET', `/v1/jobs/${id}/notices`)).json.notices;
  assert.equal(shown.length, 1);
  const values = await node.store.db
    .selectFrom('event_value')
    .select('name')
    .where('subject', '=', id)
    .where('name', '=', 'words')
    .execute();
  assert.equal(values.length, 1, 'the commitment of the notice that stays opens, the other opens to nobody');
  assert.equal((await withdraw(two.code)).json.type, '/problems/refused-wrong-state');

  // Nothing else speaks for it now: it lapses, and the next notice on the item begins anew.
  assert.equal((await withdraw(one.code)).status, 200);
  const closed = await node.store.db
    .selectFrom('job')
    .selectAll()
    .where('id', '=', id as never)
    .executeTakeFirstOrThrow();
  assert.deepEqual([closed.state, closed.item_id, closed.decision], ['closed', null, null]);
  assert.equal((await status(one.code)).json.state, 'withdrawn');
  await give({ item });
  assert.notEqual((await jobOn(item.id)).id, id);

  // What goes on: a job that a reviewer holds, one that a platform's user reported too, a decided one; a minor's never goes.
  const held = nextItem();
  const mine = await give({ item: held });
  const heldJob = await jobOn(held.id);
  await as(rowan, 'POST', `/v1/jobs/${heldJob.id}/claim`, {});
  assert.equal((await withdraw(mine.code)).status, 200);
  assert.equal((await jobOn(held.id)).state, 'claimed');
  assert.equal(
    (await as(rowan, 'POST', `/v1/jobs/${heldJob.id}/decide`, { ruling: REMOVE, facts: 'It is what it is.' }))
      .status,
    200,
  );
  assert.equal((await status(mine.code)).json.decision, undefined, 'who took it back is told no ruling');
  const reported = nextItem();
  const noticed = await give({ item: reported });
  await ask('POST', '/v1/reports', {
    token: tokens.report,
    json: { item: reported, reason: 'intimate-without-consent' },
  });
  await withdraw(noticed.code);
  assert.equal((await jobOn(reported.id)).state, 'queued');
  const decided = nextItem();
  const late = await give({ item: decided });
  await decide(rowan, decided.id, REMOVE);
  assert.equal((await withdraw(late.code)).json.type, '/problems/refused-wrong-state');
  const minor = await give({ age: 'under-18-now' });
  assert.equal((await withdraw(minor.code)).json.type, '/problems/refused-blackout');
  assert.equal((await withdraw(drawCode())).json.type, '/problems/not-found');
});

test('a complete Californian report holds its item where the operator wants it; a reviewer holds any published item', async () => {
  const draft = (item: string) => ({
    age: 'adult' as const,
    item: { id: item },
    locations: [],
    standing: 'depicted' as const,
    authorityBasis: '',
    kind: 'authentic' as const,
    facts: PLANTED.facts,
    declarations: [tick('not-consensual'), tick('good-faith'), tick('california-resident')] as never,
    country: 'US',
    subdivision: 'US-CA',
    language: 'en',
  });
  const receive = async (item: string, holdsForCalifornia: boolean) =>
    receiveNotice(node.store, sha256(`${item} code`), draft(item), NOTIFIER, {
      ...UNSAID_PLATFORM,
      holdsForCalifornia,
    });
  const interim = async (item: string) => {
    const row = await node.store.db
      .selectFrom('job')
      .select(['interim', 'state'])
      .where('item_id', '=', item)
      .executeTakeFirstOrThrow();
    return row.interim;
  };
  assert.ok((await receive('californian-1', false)).ok);
  assert.equal(await interim('californian-1'), 'none');
  const held = await receive('californian-2', true);
  assert.ok(held.ok && held.receipt.regimes.some(({ regime, complete }) => regime === 'us-ca' && complete));
  assert.equal(await interim('californian-2'), 'held');
  const outcomes = await node.store.db
    .selectFrom('outcome')
    .select('effect')
    .where('item_id', '=', 'californian-2')
    .execute();
  assert.ok(outcomes.some(({ effect }) => effect === 'hold'));

  const { id } = await jobOn('californian-1');
  const hold = () => as(rowan, 'POST', `/v1/jobs/${id}/hold`, {});
  assert.equal((await hold()).json.interim, 'held');
  assert.equal((await hold()).json.type, '/problems/refused-already-exists');
  await decide(rowan, 'californian-1', KEEP);
  const [last] = await node.store.db
    .selectFrom('outcome')
    .select('effect')
    .where('item_id', '=', 'californian-1')
    .orderBy('position', 'desc')
    .limit(1)
    .execute();
  assert.equal(last!.effect, 'publish', 'the decision brings it back');
});

test('a reviewer holds that a law which only may apply does: its clock runs from the notice, and is breached where it is over', async () => {
  const item = nextItem();
  const { answer } = await give({ item });
  const before = clockOf(answer.json, 'IN-INTIMATE');
  assert.deepEqual([before.applies, before.owed], [false, false], 'nobody said where the person lives');
  const { id } = await jobOn(item.id);
  const [notice] = (await as(rowan, 'GET', `/v1/jobs/${id}/notices`)).json.notices;
  const received = clock;
  clock += HOUR;
  const apply = (regime: string, who = rowan) =>
    as(who, 'POST', `/v1/jobs/${id}/notices/${notice.id}/applies`, { regime, reason: PLANTED.reason });
  const applied = await apply('in-rules');
  assert.deepEqual(applied.json.due, {
    ruleId: 'IN-INTIMATE',
    regime: 'in-rules',
    at: received + 2 * HOUR,
    zone: 'UTC',
  });
  assert.equal((await apply('in-rules')).json.type, '/problems/refused-wrong-state');
  assert.equal((await apply('us-dmca')).json.type, '/problems/refused-wrong-state');
  clock += 2 * HOUR;
  await sweepBreaches(node.store);
  assert.equal((await jobOn(item.id)).breaches, 1);

  // Held to apply only once its moment passed: that is a breach as well, and says so at once.
  const late = nextItem();
  await give({ item: late });
  const other = await jobOn(late.id);
  const [second] = (await as(rowan, 'GET', `/v1/jobs/${other.id}/notices`)).json.notices;
  clock += 3 * HOUR;
  await as(rowan, 'POST', `/v1/jobs/${other.id}/notices/${second.id}/applies`, {
    regime: 'in-rules',
    reason: PLANTED.reason,
  });
  assert.equal((await jobOn(late.id)).breaches, 1);
});

test('a breach stays on record when its notice is taken back, and is late in the sheet', async () => {
  const item = nextItem();
  const { code } = await give({ item });
  clock += 49 * HOUR;
  await sweepBreaches(node.store);
  const back = await ask('POST', '/v1/notices/withdrawal', { json: { proof: await proof(), code } });
  assert.equal(clockOf(back.json, 'US-TIDA-REMOVE').state, 'breached');
  assert.equal(typeof clockOf(back.json, 'US-TIDA-REMOVE').breachedAt, 'number');
});

test('the same code again is answered with the same receipt and is one notice', async () => {
  const item = nextItem();
  const { code, answer } = await give({ item });
  const again = await give({ item, facts: 'Something else.' }, code);
  assert.equal(again.answer.status, 200);
  assert.deepEqual(again.answer.json, answer.json);
  assert.equal((await jobOn(item.id)).notices, 1);
});

test('several notices on one item, or on one place written in two ways, are one job; the earliest clock leads', async () => {
  const item = nextItem();
  await give({ item });
  await give({ item, country: 'IN' });
  const job = await jobOn(item.id);
  assert.equal(job.notices, 2);
  assert.equal(job.due?.at, clock + 2 * HOUR);
  const links = ['https://board.example/p/77', ' https://BOARD.example/p/77?utm_source=x '];
  const numbers = [];
  for (const link of links) {
    const { answer } = await give({ item: undefined, locations: [link] });
    assert.equal(answer.status, 201);
    numbers.push(answer.json.number);
  }
  const rows = await node.store.db
    .selectFrom('notice')
    .select('job_id')
    .where('number', 'in', numbers)
    .execute();
  assert.equal(new Set(rows.map(({ job_id }) => job_id)).size, 1);
});

test('a ruling that a key sends is said to be the platform’s, as the platform declares it, and never a person’s by itself', async () => {
  const ruled = async (more: object) => {
    const item = nextItem();
    const { code } = await give({ item });
    const { id } = await jobOn(item.id);
    const token = tokens.review;
    assert.equal((await ask('POST', `/v1/jobs/${id}/claim`, { token, json: {} })).status, 200);
    const json = { ruling: REMOVE, facts: 'It is what the notice says.', ...more };
    return { id, code, json, token };
  };
  for (const [more, automated] of [
    [{}, 'undeclared'],
    [{ automated: 'no' }, 'no'],
    [{ automated: 'fully' }, 'fully'],
  ] as const) {
    const { id, code, json, token } = await ruled(more);
    assert.equal((await ask('POST', `/v1/jobs/${id}/decide`, { token, json })).status, 200);
    const { decision } = (await status(code)).json;
    assert.deepEqual([decision.by, decision.automated], ['platform', automated]);
  }
  // Who is signed in is known to be a person, and declares nothing.
  const item = nextItem();
  await give({ item });
  const { id } = await jobOn(item.id);
  assert.equal((await as(rowan, 'POST', `/v1/jobs/${id}/claim`, {})).status, 200);
  const facts = 'It is what the notice says.';
  const body = { ruling: REMOVE, facts, automated: 'fully' };
  const refused = await as(rowan, 'POST', `/v1/jobs/${id}/decide`, body);
  assert.equal(refused.status, 400);
  assert.deepEqual(refused.json.invalid, [{ pointer: '/automated', rule: 'of-keys-alone' }]);
});

test('a notice that names an item and one that names its link alone are one job, where the platform said where the item is', async () => {
  const jobOf = async ({ answer }: Awaited<ReturnType<typeof give>>) => {
    const { number } = answer.json;
    const row = node.store.db.selectFrom('notice').select('job_id').where('number', '=', number);
    return (await row.executeTakeFirstOrThrow()).job_id;
  };
  const item = nextItem();
  const link = `https://board.example/pictures/${item.id}`;
  const first = await jobOf(await give({ item }));
  const preview = { ...item, previewUrl: 'https://board.example/preview/once' };
  const told = { token: tokens.report, json: { item: { ...preview, location: link } } };
  assert.equal((await ask('POST', '/v1/previews', told)).status, 204);
  const second = await give({ item: undefined, locations: [` ${link}?utm_source=x `] });
  assert.equal(await jobOf(second), first);
  assert.equal((await jobOn(item.id)).notices, 2);
  await decide(rowan, item.id, REMOVE);
  assert.equal((await status(second.code)).json.decision.outcome, 'removed');
  const later = await give({ item: undefined, locations: [link] });
  assert.equal((await status(later.code)).json.decision.outcome, 'removed');

  // Several places are not answered by the ruling on one item, and what is added to a notice is not of its item.
  const open = nextItem();
  const place = `https://board.example/pictures/${open.id}`;
  const itemJob = await jobOf(await give({ item: open }));
  const where = { ...open, previewUrl: preview.previewUrl, location: place };
  await ask('POST', '/v1/previews', { token: tokens.report, json: { item: where } });
  const elsewhere = 'https://board.example/pictures/elsewhere';
  const joined = await give({ item: undefined, locations: [place] });
  assert.equal(await jobOf(joined), itemJob);
  const more = { proof: await proof(), code: joined.code, locations: [elsewhere] };
  assert.equal((await ask('POST', '/v1/notices/supplement', { json: more })).status, 200);
  assert.notEqual(await jobOf(await give({ item: undefined, locations: [elsewhere] })), itemJob);
  const several = await give({ item: undefined, locations: [place, 'https://board.example/pictures/third'] });
  assert.notEqual(await jobOf(several), itemJob);

  // What a notifier says of an item is not taken for where it is: their false pair must not swallow another's notice.
  const other = nextItem();
  const theirs = `https://board.example/pictures/${other.id}`;
  const liar = await jobOf(await give({ item: nextItem(), locations: [theirs] }));
  assert.notEqual(await jobOf(await give({ item: undefined, locations: [theirs] })), liar);
});

test('what nobody could find, and a place that contradicts itself, are refused by name', async () => {
  for (const [more, pointer] of [
    [{ item: undefined }, '/locations'],
    [{ item: undefined, locations: ['\u200b\u202e'] }, '/locations'],
    [{ country: 'DE', subdivision: 'US-CA' }, '/subdivision'],
  ] as const) {
    const { answer } = await give(more);
    assert.equal(answer.status, 400);
    assert.deepEqual(
      answer.json.invalid.map(({ pointer }: { pointer: string }) => pointer),
      [pointer],
    );
  }
});

test('a ruling is told to every notifier without a word of the others, and its clocks are met', async () => {
  const item = nextItem();
  const mine = await give({ item });
  const other = await give({ item, facts: 'Something that another person wrote.' });
  clock += HOUR;
  await decide(rowan, item.id, REMOVE);
  for (const { code } of [mine, other]) {
    const { json, text } = await status(code);
    assert.deepEqual(
      [json.state, json.decision.outcome, json.decision.ground, json.decision.automated, json.decision.by],
      ['decided', 'removed', 'intimate-image-law', 'no', 'staff'],
    );
    assert.equal(json.decision.at, clock);
    assert.equal(json.decision.complaintOpen, true);
    assert.equal(clockOf(json, 'US-TIDA-REMOVE').state, 'met');
    assert.equal(
      clockOf(json, 'US-TIDA-COPIES').state,
      'running',
      'whether copies were looked for only a person can say',
    );
    for (const planted of [
      ...Object.values(PLANTED),
      rowan.staff.id,
      'Something that another person wrote.',
    ]) {
      assert.equal(text.includes(planted), false, 'a status names nobody and repeats nothing');
    }
  }
  const { id } = await jobOn(item.id);
  assert.equal((await as(rowan, 'POST', `/v1/jobs/${id}/acts`, { act: 'copies-removed' })).status, 200);
  assert.equal(clockOf((await status(mine.code)).json, 'US-TIDA-COPIES').state, 'met');
});

test('a refusal is told with its ground, and the duty to remove is refused and not breached', async () => {
  const item = nextItem();
  const { code } = await give({ item });
  await decide(rowan, item.id, KEEP);
  const { json } = await status(code);
  assert.deepEqual([json.decision.outcome, json.decision.ground], ['not-removed', 'not-intimate']);
  assert.equal(clockOf(json, 'US-TIDA-REMOVE').state, 'refused');
  clock += 60 * HOUR;
  await sweepBreaches(node.store);
  assert.equal(clockOf((await status(code)).json, 'US-TIDA-REMOVE').state, 'refused');
});

test('a breach is recorded once, cannot be taken back, and what comes later is met late', async () => {
  const item = nextItem();
  const { code } = await give({ item });
  clock += 48 * HOUR;
  await sweepBreaches(node.store);
  assert.equal(
    clockOf((await status(code)).json, 'US-TIDA-REMOVE').state,
    'running',
    'the last millisecond is in time',
  );
  clock += 1;
  const [one, two] = await Promise.all([sweepBreaches(node.store), sweepBreaches(node.store)]);
  assert.ok(one + two >= 2, 'each rule of each notice is one breach');
  assert.equal(await sweepBreaches(node.store), 0);
  const late = clockOf((await status(code)).json, 'US-TIDA-REMOVE');
  assert.deepEqual([late.state, late.breachedAt], ['breached', clock]);
  const job = await jobOn(item.id);
  assert.deepEqual([job.breaches, job.due?.at], [2, late.dueAt]);
  const breaches = (
    await node.store.db.selectFrom('event').selectAll().where('type', '=', 'clock-breached').execute()
  ).filter(({ data }) => (data as { jobId?: string }).jobId === job.id);
  assert.equal(breaches.length, 2);
  const { db } = node.store;
  const row = db.updateTable('notice_clock').where('job_id', '=', job.id as never);
  await assert.rejects(row.set({ state: 'met' }).execute(), /never taken back/);
  await assert.rejects(row.set({ due_at: clock + HOUR }).execute(), /never taken back/);
  await assert.rejects(
    db
      .deleteFrom('notice_clock')
      .where('job_id', '=', job.id as never)
      .execute(),
    /never taken back/,
  );
  clock += HOUR;
  const id = await decide(rowan, item.id, REMOVE);
  const done = clockOf((await status(code)).json, 'US-TIDA-REMOVE');
  assert.deepEqual([done.state, done.endAt, done.breachedAt], ['met-late', clock, late.breachedAt]);
  assert.equal((await as(rowan, 'POST', `/v1/jobs/${id}/undo`, { facts: 'Decided in error.' })).status, 200);
  assert.equal(
    clockOf((await status(code)).json, 'US-TIDA-REMOVE').state,
    'breached',
    'undone, it is owed again',
  );
});

test('an undone ruling takes back what was told; before the due moment the clock runs on, afterwards it stays met', async () => {
  const early = nextItem();
  const late = nextItem();
  const notices = [await give({ item: early }), await give({ item: late })];
  clock += HOUR;
  const ids = [await decide(rowan, early.id, REMOVE), await decide(rowan, late.id, REMOVE)];
  const undo = async (id: string) =>
    assert.equal(
      (await as(rowan, 'POST', `/v1/jobs/${id}/undo`, { facts: 'Decided in error.' })).status,
      200,
    );
  await undo(ids[0]!);
  const read = (await status(notices[0]!.code)).json;
  assert.deepEqual(
    [read.state, read.decision, clockOf(read, 'US-TIDA-REMOVE').state],
    ['open', undefined, 'running'],
  );
  clock += 72 * HOUR;
  await undo(ids[1]!);
  assert.equal(clockOf((await status(notices[1]!.code)).json, 'US-TIDA-REMOVE').state, 'met');
});

test('what a standing ruling withholds is answered by it at once; what was kept is looked at again', async () => {
  const down = nextItem();
  await give({ item: down });
  const id = await decide(rowan, down.id, REMOVE);
  const again = await give({ item: down });
  const read = (await status(again.code)).json;
  assert.deepEqual([read.state, read.decision.outcome], ['decided', 'removed']);
  assert.equal((await jobOn(down.id)).id, id);
  const kept = nextItem();
  await give({ item: kept });
  const keptId = await decide(rowan, kept.id, KEEP);
  await give({ item: kept });
  assert.notEqual((await jobOn(kept.id)).id, keptId);
});

test('a notifier complains by code, another reviewer answers, and a reversal takes effect with the answer', async () => {
  const item = nextItem();
  const { code } = await give({ item });
  const complain = async () =>
    ask('POST', '/v1/notices/complaint', { json: { proof: await proof(), code, facts: PLANTED.complaint } });
  assert.equal(
    (await complain()).json.type,
    '/problems/refused-wrong-state',
    'before the decision there is nothing to complain of',
  );
  const id = await decide(rowan, item.id, KEEP);
  assert.equal((await complain()).status, 202);
  assert.equal((await complain()).status, 409);
  const open = (await status(code)).json;
  assert.deepEqual(
    [open.state, open.decision.complaintOpen, open.complaint.at],
    ['complained', false, clock],
  );
  const desk = await as(linden, 'GET', `/v1/jobs/${id}/notices`);
  assert.deepEqual(
    desk.json.complaints.map(({ side, facts }: { side: string; facts: string }) => [side, facts]),
    [['notifier', PLANTED.complaint]],
  );
  const answer = (who: Member) =>
    as(who, 'POST', `/v1/jobs/${id}/answer-complaint`, { facts: 'The complaint is right.', ruling: REMOVE });
  assert.equal((await answer(rowan)).json.type, '/problems/refused-same-reviewer');
  clock += HOUR;
  const named = await as(linden, 'POST', `/v1/jobs/${id}/answer-complaint`, {
    facts: 'Ask rosa@mail.example about it.',
  });
  assert.deepEqual(
    [named.json.type, named.json.invalid],
    ['/problems/statement-faults', [{ pointer: '/facts', rule: 'personal-data' }]],
  );
  assert.equal((await answer(linden)).status, 200);
  const told = (await status(code)).json;
  assert.deepEqual(
    [told.state, told.decision.outcome, told.complaint.outcome, told.complaint.answer],
    ['decided', 'removed', 'reversed', 'The complaint is right.'],
  );
  assert.equal(clockOf(told, 'US-TIDA-REMOVE').state, 'met');
  const { json } = await ask('GET', '/v1/outcomes?limit=500', { token: tokens.check });
  const effects = json.outcomes
    .filter((each: { itemId: string }) => each.itemId === item.id)
    .map(({ effect }: { effect: string }) => effect);
  assert.deepEqual(effects, ['noticed', 'publish', 'withhold']);
});

test('an uploader complains through the platform; upheld, the ruling stands; after six months it is too late', async () => {
  const item = nextItem();
  await give({ item });
  const send = () =>
    ask('POST', '/v1/complaints', { token: tokens.report, json: { item, facts: PLANTED.complaint } });
  assert.equal((await send()).status, 404);
  const id = await decide(rowan, item.id, REMOVE);
  const sent = await send();
  assert.equal(sent.status, 202);
  const read = async () =>
    (await ask('GET', `/v1/complaints/${sent.json.complaintId}`, { token: tokens.report })).json;
  assert.deepEqual(await read(), {});
  const upheld = await as(linden, 'POST', `/v1/jobs/${id}/answer-complaint`, {
    facts: 'The removal was right.',
  });
  assert.deepEqual(
    [upheld.status, upheld.json.state, upheld.json.decision.by],
    [200, 'decided', rowan.staff.id],
  );
  assert.deepEqual(await read(), {
    answeredAt: clock,
    outcome: 'upheld',
    answer: 'The removal was right.',
  });
  const handedOn = nextItem();
  await give({ item: handedOn });
  const handedJob = await decide(rowan, handedOn.id, KEEP);
  const other = await ask('POST', '/v1/complaints', {
    token: tokens.report,
    json: { item: handedOn, facts: PLANTED.complaint },
  });
  await as(linden, 'POST', `/v1/jobs/${handedJob}/answer-complaint`, {
    facts: 'It goes to those who look after such things.',
    ruling: { outcome: 'refer', ground: 'law-enforcement' },
  });
  const quiet = await ask('GET', `/v1/complaints/${other.json.complaintId}`, { token: tokens.report });
  assert.equal(quiet.json.answer, undefined, 'why something was handed on is told to nobody outside');
  const late = nextItem();
  const { code } = await give({ item: late });
  await decide(rowan, late.id, REMOVE);
  const now = clock;
  clock += 185 * 24 * HOUR;
  for (const answer of [
    await ask('POST', '/v1/complaints', {
      token: tokens.report,
      json: { item: late, facts: PLANTED.complaint },
    }),
    await ask('POST', '/v1/notices/complaint', {
      json: { proof: await proof(), code, facts: PLANTED.complaint },
    }),
  ]) {
    assert.equal(answer.json.type, '/problems/refused-complaint-window-over');
  }
  clock = now;
});

test('where a minor may be shown the job is for the lane alone: no look, no claim, no list, no notice for others', async () => {
  const item = nextItem();
  await give({ item });
  await ask('POST', '/v1/previews', {
    token: tokens.report,
    json: { item: { ...item, previewUrl: 'https://board.example/x' } },
  });
  const { id } = await jobOn(item.id);
  await as(rowan, 'POST', `/v1/jobs/${id}/claim`, {});
  const { answer } = await give({ item, age: 'not-sure', facts: '' });
  assert.equal(answer.json.lane, 'child');
  const seen = await as(rowan, 'GET', `/v1/jobs/${id}`);
  assert.deepEqual([seen.json.lane, seen.json.item, seen.json.matches], ['child', undefined, []]);
  assert.equal(
    (await as(rowan, 'POST', `/v1/jobs/${id}/look`, { look: 'outline' })).json.type,
    '/problems/refused-blackout',
  );
  for (const refused of [
    await as(rowan, 'POST', `/v1/jobs/${id}/decide`, { ruling: KEEP, facts: 'It is not what it says.' }),
    await as(rowan, 'POST', `/v1/jobs/${id}/claim`, {}),
    await as(rowan, 'GET', `/v1/jobs/${id}/notices`),
    await ask('POST', `/v1/jobs/${id}/claim`, { token: tokens.review, json: {} }),
  ]) {
    assert.equal(refused.json.type, '/problems/refused-blackout');
  }
  const list = await as(rowan, 'GET', '/v1/jobs?limit=200&state=claimed');
  assert.equal(list.text.includes(id), false);
  assert.equal((await as(rowan, 'POST', `/v1/jobs/${id}/release`, {})).status, 200);
  await ask('POST', '/v1/previews', {
    token: tokens.report,
    json: { item: { ...item, previewUrl: 'https://board.example/x' } },
  });
  const row = await node.store.db
    .selectFrom('job')
    .select('preview_url')
    .where('id', '=', id as never)
    .executeTakeFirst();
  assert.equal(row?.preview_url, null, 'no address is kept in the lane');
  assert.equal((await as(alder, 'GET', `/v1/jobs/${id}/notices`)).json.notices.length, 2);
});

test('who gave notice is read with four eyes: one lead asks with a reason, another agrees, and each step is in the log first', async () => {
  const item = nextItem();
  await give({ item });
  const { id } = await jobOn(item.id);
  const desk = await as(rowan, 'GET', `/v1/jobs/${id}/notices`);
  const [notice] = desk.json.notices;
  assert.deepEqual([notice.signed, notice.hasContact, notice.facts], ['name', true, PLANTED.facts]);
  for (const planted of [PLANTED.name, PLANTED.email, PLANTED.otherContact])
    assert.equal(desk.text.includes(planted), false);
  const path = `/v1/notices/${notice.id}`;
  const read = (who: Member) => as(who, 'POST', `${path}/notifier`, {});
  const ask = (who: Member) => as(who, 'POST', `${path}/unsealing`, { reason: PLANTED.reason });
  const agree = (who: Member) => as(who, 'POST', `${path}/unsealing/agree`, {});
  assert.equal((await ask(rowan)).status, 403);
  assert.equal((await as(linden, 'POST', `${path}/unsealing`, { reason: 'short' })).status, 400);
  assert.equal((await agree(alder)).json.type, '/problems/refused-wrong-state', 'nobody asked yet');
  assert.equal((await ask(linden)).status, 202);
  assert.equal((await read(linden)).json.type, '/problems/refused-wrong-state', 'nobody agreed yet');
  assert.equal((await agree(linden)).json.type, '/problems/refused-same-reviewer');
  const shown = (await as(alder, 'GET', `/v1/jobs/${id}/notices`)).json.notices[0].unsealing;
  assert.deepEqual([shown.askedBy, shown.reason, shown.agreed], [linden.staff.id, PLANTED.reason, false]);
  assert.equal((await as(rowan, 'GET', `/v1/jobs/${id}/notices`)).json.notices[0].unsealing, undefined);
  assert.equal((await agree(alder)).status, 202);
  assert.equal((await read(alder)).json.type, '/problems/refused-wrong-state', 'who agreed did not ask');
  assert.deepEqual((await read(linden)).json, {
    ...NOTIFIER,
    signature: { text: PLANTED.name, pseudonym: false },
  });
  clock += AGREED_MS;
  assert.equal((await read(linden)).json.type, '/problems/refused-wrong-state', 'an hour is over');
  await ask(alder);
  clock += ASKED_MS;
  assert.equal((await agree(linden)).json.type, '/problems/refused-wrong-state', 'a day is over');
  await forgetUnsealings(node.store);
  assert.deepEqual(await node.store.db.selectFrom('unsealing').selectAll().execute(), []);
  const steps = await node.store.db
    .selectFrom('event')
    .select(['type', 'actor'])
    .where('type', 'like', 'notifier-unseal%')
    .orderBy('seq')
    .execute();
  assert.deepEqual(
    steps.map(({ type, actor }) => [type, actor]),
    [
      ['notifier-unsealing-asked', linden.staff.id],
      ['notifier-unsealing-agreed', alder.staff.id],
      ['notifier-unsealed', linden.staff.id],
      ['notifier-unsealing-asked', alder.staff.id],
    ],
  );
});

test('three years after its ruling a job closes, and what its notices said and who gave them is erased', async () => {
  const item = nextItem();
  const { code } = await give({ item });
  const id = await decide(rowan, item.id, KEEP);
  const now = clock;
  clock += JOB_KEPT_MS;
  await closeDueJobs(node.store);
  assert.equal((await status(code)).json.state, 'decided', 'not a moment before');
  clock += 1;
  assert.ok((await closeDueJobs(node.store)) >= 1);
  const { db } = node.store;
  const [notice] = await db
    .selectFrom('notice')
    .leftJoin('notifier', 'notifier.notice_id', 'notice.id')
    .select(['notice.sealed as said', 'notifier.sealed as who'])
    .where('job_id', '=', id as never)
    .execute();
  assert.deepEqual(notice, { said: null, who: null });
  const told = (await status(code)).json;
  assert.deepEqual([told.decision.outcome, told.decision.complaintOpen], ['not-removed', false]);
  assert.deepEqual((await as(alder, 'GET', `/v1/jobs/${id}/notices`)).json.notices, []);
  clock = now;
});

test('whatever a stranger sends is a receipt or a refusal by name, and never an error of ours', async () => {
  const hostile = fc.constantFrom(
    '',
    ' ',
    '\u202e\u2066moc.elpmaxe',
    '<img src=x onerror=alert(1)>',
    'https://[::1/%00',
    'javascript:alert(1)',
    '\ud83d\ude00'.repeat(40),
    "'; drop table notice; --",
  );
  const field = fc.oneof(hostile, fc.string({ maxLength: 60 }), fc.constant(undefined), fc.integer());
  const notice = fc.record({
    age: fc.constantFrom('adult', 'not-sure', 'under-18-now', 'nobody'),
    item: fc.option(fc.record({ id: field }), { nil: undefined }),
    locations: fc.oneof(fc.array(field, { maxLength: 3 }), field),
    facts: field,
    country: fc.constantFrom('unknown', 'IN', 'US', 'in', 'ZZ', undefined),
    subdivision: fc.constantFrom('unknown', 'US-CA', 'DE-BY', 'x', undefined),
    notifier: fc.oneof(
      fc.record({ name: field, email: field, signature: fc.constant({ text: '\u200b' }) }),
      field,
    ),
  });
  await fc.assert(
    fc.asyncProperty(notice, async (body) => {
      const json = { ...body, proof: await proof(), codeSha256: sha256(drawCode()) };
      const { status: said, json: answer } = await ask('POST', '/v1/notices', { json });
      assert.ok(said === 201 || said === 400, `${said} ${answer?.type}`);
    }),
    { numRuns: 60 },
  );
});

test('the doors take a proof once, count notices by address, and answer a code that never was like one that is wrong', async () => {
  const narrow = await testNode({ limits: { proofBits: 2, addressNoticesPerHour: 2 } });
  try {
    const post = async (used?: object) => {
      const { json } = await narrow.ask('POST', '/v1/challenges', { json: {} });
      const solved = used ?? { challenge: json.challenge, nonce: await solve(json.challenge, json.bits) };
      const body = { proof: solved, codeSha256: sha256(drawCode()), age: 'adult', item: { id: 'x' } };
      return { solved, answer: await narrow.ask('POST', '/v1/notices', { json: body }) };
    };
    const { solved, answer } = await post();
    assert.equal(answer.status, 201);
    assert.equal((await post(solved)).answer.json.type, '/problems/refused-proof');
    assert.equal((await post()).answer.status, 201);
    assert.equal((await post()).answer.json.type, '/problems/door-full');
    const wrong = await narrow.ask('POST', '/v1/notices/status', { json: { code: drawCode() } });
    assert.equal(wrong.status, 404);
    assert.equal(
      (
        await narrow.ask('POST', '/v1/notices', {
          json: {
            age: 'adult',
            proof: solved,
            codeSha256: sha256('x'),
            item: { id: 'x', previewUrl: 'https://x.example/' },
          },
        })
      ).status,
      400,
      'a stranger names no preview',
    );
  } finally {
    await narrow.end();
  }
});

test('the database holds no word of a notifier in clear, no log line has one, and the chain verifies', async () => {
  const { db } = node.store;
  const places = await databasePlaces(db);
  assert.ok(places.length > 500);
  // What a reviewer wrote of their own (facts, reasons) stands in event_value, erasable; that is not the notifier's.
  const { reason, ...notifier } = PLANTED;
  const link = 'board.example/p/77';
  assert.deepEqual(findPlanted(places, { ...notifier, link }), []);
  const log = { where: 'the log', bytes: Buffer.from(logged.join('\n')) };
  assert.deepEqual(findPlanted([log], { ...notifier, reason, link }), []);
  const records = await recordsAfter(db, 0, 10_000);
  assert.ok((await verifyChain({ seq: 0, hash: '0'.repeat(64) }, records)).ok);
  for (const planted of Object.values(PLANTED))
    assert.equal(JSON.stringify(records).includes(planted), false);
});
