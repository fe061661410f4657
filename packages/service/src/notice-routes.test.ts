import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { UNSAID_PLATFORM } from '@reclaim/casework/notice-terms';
import { sweepBreaches } from '@reclaim/store/notice-clocks';
import { receiveNotice } from '@reclaim/store/notices';
import { solve } from '@reclaim/vault/proof-of-work';
import fc from 'fast-check';
import { testNode } from './node.fixture.ts';
import {
  clockOf,
  drawCode,
  HOUR,
  KEEP,
  NOTIFIER,
  noticeDoors,
  PLANTED,
  REMOVE,
  SIGNED,
  sha256,
  TICKS,
  tick,
} from './notice-doors.fixture.ts';

const {
  clock,
  node,
  tokens,
  ask,
  end,
  rowan,
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
  assert.equal(clockOf(answer.json, 'US-TIDA-REMOVE').dueAt, clock.now + 48 * HOUR);
  assert.equal(clockOf(answer.json, 'IN-INTIMATE').dueAt, clock.now + 2 * HOUR);
  assert.equal(clockOf(answer.json, 'IN-ACK').state, 'met', 'the answer is the acknowledgement');
  assert.equal(clockOf(answer.json, 'UK-OSA-IIC').owed, false);
  const job = await jobOn(item.id);
  assert.deepEqual([job.state, job.notices, job.breaches], ['queued', 1, 0]);
  assert.deepEqual(job.due, {
    ruleId: 'IN-INTIMATE',
    regime: 'in-rules',
    at: clock.now + 2 * HOUR,
    zone: 'UTC',
  });
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
  clock.now += 3 * HOUR;
  const more = { facts: PLANTED.facts, declarations: TICKS, standing: 'depicted', notifier: SIGNED };
  const fuller = await ask('POST', '/v1/notices/supplement', {
    json: { proof: await proof(), code, ...more },
  });
  assert.equal(fuller.status, 200);
  assert.equal(clockOf(fuller.json, 'US-TIDA-REMOVE').dueAt, clock.now + 48 * HOUR);
  assert.equal((await jobOn(item.id)).due?.at, clock.now + 48 * HOUR);
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
  assert.deepEqual([left.state, left.notices, left.due?.at], ['queued', 1, clock.now + 48 * HOUR]);
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
  const received = clock.now;
  clock.now += HOUR;
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
  clock.now += 2 * HOUR;
  await sweepBreaches(node.store);
  assert.equal((await jobOn(item.id)).breaches, 1);

  // Held to apply only once its moment passed: that is a breach as well, and says so at once.
  const late = nextItem();
  await give({ item: late });
  const other = await jobOn(late.id);
  const [second] = (await as(rowan, 'GET', `/v1/jobs/${other.id}/notices`)).json.notices;
  clock.now += 3 * HOUR;
  await as(rowan, 'POST', `/v1/jobs/${other.id}/notices/${second.id}/applies`, {
    regime: 'in-rules',
    reason: PLANTED.reason,
  });
  assert.equal((await jobOn(late.id)).breaches, 1);
});

test('a breach stays on record when its notice is taken back, and is late in the sheet', async () => {
  const item = nextItem();
  const { code } = await give({ item });
  clock.now += 49 * HOUR;
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
  assert.equal(job.due?.at, clock.now + 2 * HOUR);
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
  const narrow = await testNode({
    // A clock that stands: what is counted is forgotten at midnight.
    now: () => clock.now,
    limits: { proofBits: 2, addressNoticesPerHour: 2 },
  });
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

test(
  'the database holds no word of a notifier in clear, no log line has one, and the chain verifies',
  holdsNoWord,
);
