import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { closeDueJobs, JOB_KEPT_MS } from '@reclaim/store/job-closing';
import { sweepBreaches } from '@reclaim/store/notice-clocks';
import { AGREED_MS, ASKED_MS, forgetUnsealings } from '@reclaim/store/notifier-unsealing';
import { clockOf, HOUR, KEEP, NOTIFIER, noticeDoors, PLANTED, REMOVE } from './notice-doors.fixture.ts';
import type { Member } from './staff.fixture.ts';

const {
  clock,
  node,
  tokens,
  ask,
  end,
  rowan,
  linden,
  alder,
  proof,
  nextItem,
  give,
  status,
  as,
  jobOn,
  decide,
  holdsNoWord,
} = await noticeDoors();
after(end);

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

test('a ruling is told to every notifier without a word of the others, and its clocks are met', async () => {
  const item = nextItem();
  const mine = await give({ item });
  const other = await give({ item, facts: 'Something that another person wrote.' });
  clock.now += HOUR;
  await decide(rowan, item.id, REMOVE);
  for (const { code } of [mine, other]) {
    const { json, text } = await status(code);
    assert.deepEqual(
      [json.state, json.decision.outcome, json.decision.ground, json.decision.automated, json.decision.by],
      ['decided', 'removed', 'intimate-image-law', 'no', 'staff'],
    );
    assert.equal(json.decision.at, clock.now);
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
  clock.now += 60 * HOUR;
  await sweepBreaches(node.store);
  assert.equal(clockOf((await status(code)).json, 'US-TIDA-REMOVE').state, 'refused');
});

test('a breach is recorded once, cannot be taken back, and what comes later is met late', async () => {
  const item = nextItem();
  const { code } = await give({ item });
  clock.now += 48 * HOUR;
  await sweepBreaches(node.store);
  assert.equal(
    clockOf((await status(code)).json, 'US-TIDA-REMOVE').state,
    'running',
    'the last millisecond is in time',
  );
  clock.now += 1;
  // Beside each other, and beside the node's own sweep, which may have been first.
  await Promise.all([sweepBreaches(node.store), sweepBreaches(node.store)]);
  assert.equal(await sweepBreaches(node.store), 0);
  const late = clockOf((await status(code)).json, 'US-TIDA-REMOVE');
  assert.deepEqual([late.state, late.breachedAt], ['breached', clock.now]);
  const job = await jobOn(item.id);
  assert.deepEqual([job.breaches, job.due?.at], [2, late.dueAt]);
  const breaches = (
    await node.store.db.selectFrom('event').selectAll().where('type', '=', 'clock-breached').execute()
  ).filter(({ data }) => (data as { jobId?: string }).jobId === job.id);
  assert.equal(breaches.length, 2, 'each rule of each notice is one breach');
  const { db } = node.store;
  const row = db.updateTable('notice_clock').where('job_id', '=', job.id as never);
  await assert.rejects(row.set({ state: 'met' }).execute(), /never taken back/);
  await assert.rejects(row.set({ due_at: clock.now + HOUR }).execute(), /never taken back/);
  await assert.rejects(
    db
      .deleteFrom('notice_clock')
      .where('job_id', '=', job.id as never)
      .execute(),
    /never taken back/,
  );
  clock.now += HOUR;
  const id = await decide(rowan, item.id, REMOVE);
  const done = clockOf((await status(code)).json, 'US-TIDA-REMOVE');
  assert.deepEqual([done.state, done.endAt, done.breachedAt], ['met-late', clock.now, late.breachedAt]);
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
  clock.now += HOUR;
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
  clock.now += 72 * HOUR;
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
    ['complained', false, clock.now],
  );
  const desk = await as(linden, 'GET', `/v1/jobs/${id}/notices`);
  assert.deepEqual(
    desk.json.complaints.map(({ side, facts }: { side: string; facts: string }) => [side, facts]),
    [['notifier', PLANTED.complaint]],
  );
  const answer = (who: Member) =>
    as(who, 'POST', `/v1/jobs/${id}/answer-complaint`, { facts: 'The complaint is right.', ruling: REMOVE });
  assert.equal((await answer(rowan)).json.type, '/problems/refused-same-reviewer');
  clock.now += HOUR;
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
    answeredAt: clock.now,
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
  const now = clock.now;
  clock.now += 185 * 24 * HOUR;
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
  clock.now = now;
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
  clock.now += AGREED_MS;
  assert.equal((await read(linden)).json.type, '/problems/refused-wrong-state', 'an hour is over');
  await ask(alder);
  clock.now += ASKED_MS;
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
  const now = clock.now;
  clock.now += JOB_KEPT_MS;
  await closeDueJobs(node.store);
  assert.equal((await status(code)).json.state, 'decided', 'not a moment before');
  clock.now += 1;
  // Or the node's own chore was first.
  await closeDueJobs(node.store);
  const { db } = node.store;
  const job = db
    .selectFrom('job')
    .select('state')
    .where('id', '=', id as never);
  assert.equal((await job.executeTakeFirstOrThrow()).state, 'closed');
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
  clock.now = now;
});

test(
  'the database holds no word of a notifier in clear, no log line has one, and the chain verifies',
  holdsNoWord,
);
