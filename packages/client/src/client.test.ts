import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { inspect } from 'node:util';
import type { BankId, JobId, KeyId, SignalId } from '@reclaim/casework/id';
import { type ClientOptions, createClient, type ReclaimClient } from './client.ts';
import { blank, waves } from './picture.fixture.ts';
import { RECLAIM_ERROR_CODES, ReclaimError, type ReclaimErrorCode } from './reclaim-error.ts';
import {
  problemOf,
  type Scripted,
  type ScriptedNode,
  startScriptedNode,
  TEST_KEY,
  verdictOf,
} from './scripted-node.fixture.ts';

const HEX32 = '0123456789abcdef'.repeat(2);
const JOB = `job_${HEX32}` as JobId;
const BANK = `bnk_${HEX32}` as BankId;
const SIGNAL = `sig_${HEX32}` as SignalId;
const KEY = `key_${HEX32}` as KeyId;
const SHA = { kind: 'sha256' as const, value: 'ab'.repeat(32) };
const job = {
  id: JOB,
  state: 'claimed',
  cause: 'upload-check',
  interim: 'held',
  openedAt: 1,
  matches: [],
};
const bank = {
  id: BANK,
  name: 'b',
  kind: 'positive',
  enabled: true,
  confidentBits: 31,
  possibleBits: 31,
  signals: 0,
};
const key = { id: KEY, name: 'k', scopes: ['check'], createdAt: 1 };
const signal = { id: SIGNAL, bankId: BANK, kind: 'pdq', state: 'unconfirmed', day: 0 };

async function withNode(
  t: TestContext,
  script: readonly Scripted[],
  options: Partial<ClientOptions> = {},
): Promise<{ node: ScriptedNode; client: ReclaimClient }> {
  const node = await startScriptedNode(script);
  t.after(() => node.stop());
  return { node, client: createClient({ url: node.url, key: TEST_KEY, random: () => 0, ...options }) };
}

function failsWith(code: ReclaimErrorCode) {
  return (error: unknown) => {
    assert.ok(error instanceof ReclaimError);
    assert.equal(error.code, code);
    return true;
  };
}

const STATEMENT = {
  decisionId: `dec_${'0'.repeat(32)}`,
  jobId: `job_${'0'.repeat(32)}`,
  madeAt: 5,
  language: 'en',
  title: 't',
  sections: [{ part: 'facts', heading: 'h', sentences: ['s'] }],
  text: 't',
  record: { puid: 'dec' },
};

test('each function asks its own route and reads its own answer', async (t) => {
  const hook = { id: `whk_${'0'.repeat(32)}`, host: 'board.example', position: 7 };
  const page = { jobs: [job], next: 'n' };
  const audit = { records: [], head: { seq: 0, hash: '' } };
  const cases: readonly (readonly [
    string,
    unknown,
    (client: ReclaimClient) => Promise<unknown>,
    unknown?,
  ])[] = [
    ['GET /v1/outcomes?after=3&limit=5', { outcomes: [], position: 3 }, (c) => c.outcomes(3, { limit: 5 })],
    [`GET /v1/jobs/${JOB}/statement`, STATEMENT, (c) => c.statement(JOB), STATEMENT],
    ['GET /v1/banks', { banks: [bank] }, (c) => c.banks(), [bank]],
    ['POST /v1/banks', bank, (c) => c.addBank({ name: 'b' })],
    [`PATCH /v1/banks/${BANK}`, bank, (c) => c.changeBank(BANK, { enabled: false })],
    [
      `POST /v1/banks/${BANK}/signals`,
      { logPosition: 1, signals: [{ id: SIGNAL, capability: 'c' }] },
      (c) => c.addSignals(BANK, [SHA]),
    ],
    [`GET /v1/signals/${SIGNAL}`, signal, (c) => c.signal(SIGNAL)],
    [`POST /v1/signals/${SIGNAL}/commands`, signal, (c) => c.commandSignal(SIGNAL, { kind: 'withdraw' })],
    ['GET /v1/jobs?state=queued&limit=2', page, (c) => c.jobs({ state: 'queued', limit: 2 })],
    ['GET /v1/jobs', page, (c) => c.jobs()],
    [`GET /v1/jobs/${JOB}`, job, (c) => c.job(JOB)],
    [`POST /v1/jobs/${JOB}/claim`, job, (c) => c.claim(JOB)],
    [`POST /v1/jobs/${JOB}/release`, job, (c) => c.release(JOB)],
    [
      `POST /v1/jobs/${JOB}/decide`,
      job,
      (c) => c.decide(JOB, { outcome: 'keep', ground: 'not-a-match' }, 'another picture'),
    ],
    [`POST /v1/jobs/${JOB}/undo`, job, (c) => c.undo(JOB, 'decided in error')],
    ['GET /v1/keys', { keys: [key] }, (c) => c.keys(), [key]],
    ['POST /v1/keys', { key, token: 't' }, (c) => c.addKey({ name: 'k', scopes: ['check'] })],
    [`POST /v1/keys/${KEY}/rotate`, { key, token: 't' }, (c) => c.rotateKey(KEY, 0)],
    [`POST /v1/keys/${KEY}/revoke`, key, (c) => c.revokeKey(KEY)],
    ['GET /v1/webhooks', { webhooks: [hook] }, (c) => c.webhooks(), [hook]],
    [
      'POST /v1/webhooks',
      { webhook: hook, secret: 'whsec_x' },
      (c) => c.addWebhook('https://board.example/hooks'),
    ],
    [
      'POST /v1/content',
      { kept: [{ itemId: 'i', until: 9 }] },
      (c) => c.keep([{ item: { id: 'i', keepDays: 30 }, signals: [SHA] }]),
      [{ itemId: 'i', until: 9 }],
    ],
    ['GET /v1/content', { items: 1, searchedTo: 2, logPosition: 3 }, (c) => c.content()],
    ['GET /v1/audit?after=0', audit, (c) => c.audit(0)],
    ['POST /v1/reports', { jobId: JOB }, (c) => c.report({ item: { id: 'i' }, reason: 'other' }), JOB],
    ['GET /ready', { logPosition: 1 }, (c) => c.ready(), true],
  ];
  for (const [route, answer, ask, expected] of cases) {
    const { node, client } = await withNode(t, [{ status: 200, json: answer }]);
    assert.deepEqual(await ask(client), expected ?? answer, route);
    const [asked] = node.asked;
    assert.equal(`${asked?.method} ${asked?.url}`, route);
    assert.equal(asked?.headers.authorization, `Bearer ${TEST_KEY}`);
  }
});

test('a webhook is deleted by its id, and nothing else of a path gets in', async (t) => {
  const node = await startScriptedNode([{ status: 204 }]);
  t.after(() => node.stop());
  await createClient({ url: node.url, key: TEST_KEY }).removeWebhook('../keys');
  assert.deepEqual([node.asked[0]!.method, node.asked[0]!.url], ['DELETE', '/v1/webhooks/..%2Fkeys']);
});

test('how an account stands is asked by the platform’s own id, and what it says against that is passed on once', async (t) => {
  const standing = {
    misuse: 'illegal-content',
    measure: 'suspension',
    since: 1,
    until: 2,
    count: 3,
    all: 4,
    gravity: 'grave',
    intention: 'meant',
    objection: 'open',
  };
  const { node, client } = await withNode(t, [
    { status: 200, json: { standings: [standing] } },
    { status: 202, json: {} },
    { status: 503, json: {} },
  ]);
  assert.deepEqual(await client.standings('user-17'), [standing]);
  const objection = { account: 'user-17', misuse: 'illegal-content', words: 'It was not me.' } as const;
  assert.equal(await client.object(objection), undefined);
  await assert.rejects(client.object(objection), ReclaimError);
  assert.deepEqual(
    node.asked.map(({ url, body }) => [url, JSON.parse(String(body))]),
    [
      ['/v1/accounts/standing', { account: 'user-17' }],
      ['/v1/accounts/objection', objection],
      ['/v1/accounts/objection', objection],
    ],
  );
});

test('a withdrawal needs no body in its answer', async (t) => {
  const { node, client } = await withNode(t, [{ status: 204 }]);
  await client.withdraw('c'.repeat(43));
  assert.equal(node.asked[0]?.body.toString(), JSON.stringify({ capability: 'c'.repeat(43) }));
});

test('a hosted file is kept by its hashes alone, and what another item was answered is no answer', async (t) => {
  const { node, client } = await withNode(t, [
    { status: 200, json: { kept: [{ itemId: 'photo-1', until: 5 }] } },
    { status: 200, json: { kept: [{ itemId: 'photo-2', until: 5 }] } },
    { status: 204 },
  ]);
  const item = { id: 'photo-1', previewUrl: 'https://board.example/p/1' };
  assert.deepEqual(await client.keepFile(waves(1), item, 30), { kind: 'kept', until: 5 });
  const sent = JSON.parse(node.asked[0]!.body.toString()).items[0];
  assert.deepEqual(sent.item, { ...item, keepDays: 30 });
  assert.equal(sent.signals.length, 2);
  await assert.rejects(client.keepFile(waves(1), item, 30), failsWith('bad-answer'));
  await client.forget(['photo-1', 'photo-2']);
  assert.deepEqual(JSON.parse(node.asked[2]!.body.toString()), { items: ['photo-1', 'photo-2'] });
  const notPicture = await client.keepFile(new TextEncoder().encode('words'), item, 30);
  assert.deepEqual(notPicture, { kind: 'not-kept', reason: 'not-an-image' });
  await assert.rejects(client.keepFile(waves(1), item, 400), failsWith('invalid-request'));
  assert.equal(node.asked.length, 3);
});

test('checkFile sends SHA-256, PDQ with eight orientations and windows, and not the file', async (t) => {
  const { node, client } = await withNode(t, [verdictOf('photo-1', 'pass')]);
  const bytes = waves(1);
  const answer = await client.checkFile(bytes, { id: 'photo-1' });
  assert.equal(answer.kind, 'checked');
  assert.ok(answer.kind === 'checked' && answer.seen?.coverage === 'full');
  const sent = JSON.parse(node.asked[0]!.body.toString()).items[0];
  const kinds = sent.signals.map((s: { kind: string }) => s.kind);
  assert.deepEqual(kinds.slice(0, 2), ['sha256', 'pdq']);
  assert.ok(kinds.length > 2 && kinds.slice(2).every((kind: string) => kind === 'window'));
  assert.equal(sent.signals[1].orientations.length, 8);
  assert.equal(sent.signals[1].orientations[0], sent.signals[1].value);
  assert.equal(new Set(sent.signals[1].orientations).size, 8);
  const digest = Buffer.from(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
  assert.equal(sent.signals[0].value, digest.toString('hex'));
  assert.ok(node.asked[0]!.body.length < 2000 + 250 * kinds.length);
});

test('checkFile of a picture that PDQ cannot see sends SHA-256 alone and says so', async (t) => {
  const { node, client } = await withNode(t, [verdictOf('p', 'pass')]);
  const answer = await client.checkFile(blank(), { id: 'p' });
  assert.ok(answer.kind === 'checked');
  assert.equal(answer.seen?.coverage, 'exact-only');
  assert.deepEqual(answer.seen?.notes, ['blank']);
  assert.deepEqual(
    JSON.parse(node.asked[0]!.body.toString()).items[0].signals.map((s: { kind: string }) => s.kind),
    ['sha256'],
  );
});

test('checkFile of what is no picture asks nobody', async (t) => {
  const { node, client } = await withNode(t, [verdictOf('p', 'pass')]);
  for (const bytes of [new Uint8Array(0), Buffer.from('hello'), Buffer.from('<svg onload="x"/>')]) {
    assert.equal((await client.checkFile(bytes, { id: 'p' })).kind, 'not-checked');
  }
  assert.equal(node.asked.length, 0);
});

test('checkFileRemote sends the bytes as they are, with the item in the headers', async (t) => {
  const { node, client } = await withNode(t, [verdictOf('p', 'review', { jobId: JOB })]);
  const bytes = waves(2);
  const answer = await client.checkFileRemote(bytes, { id: 'p', previewUrl: 'https://board.example/x' });
  assert.ok(answer.kind === 'checked' && answer.result.jobId === JOB);
  const asked = node.asked[0]!;
  assert.ok(asked.body.equals(bytes));
  assert.equal(asked.headers['reclaim-item-id'], 'p');
  assert.equal(asked.headers['reclaim-preview-url'], 'https://board.example/x');
  assert.equal(asked.headers['content-type'], 'application/octet-stream');
});

test('checkFileRemote answers what is wrong with the file, and rejects for everything else', async (t) => {
  const expected = {
    'not-an-image': 'not-an-image',
    'unsupported-format': 'unsupported-format',
    'unsupported-media-type': 'unsupported-format',
    'image-damaged': 'image-damaged',
    'too-many-pixels': 'too-many-pixels',
    'too-slow': 'too-slow',
    'too-large': 'too-large',
  };
  for (const [type, reason] of Object.entries(expected)) {
    const { client } = await withNode(t, [problemOf(422, type)]);
    assert.deepEqual(await client.checkFileRemote(waves(1), { id: 'p' }), { kind: 'not-checked', reason });
  }
  const { client } = await withNode(t, [problemOf(401, 'unauthorized')]);
  await assert.rejects(client.checkFileRemote(waves(1), { id: 'p' }), failsWith('unauthorized'));
});

test('every problem type becomes its code', async (t) => {
  for (const code of RECLAIM_ERROR_CODES) {
    if (code === 'network' || code === 'timeout' || code === 'bad-answer') continue;
    const { client } = await withNode(t, [problemOf(409, code)], { attempts: 1 });
    await assert.rejects(client.claim(JOB), failsWith(code));
  }
});

test('a request that breaks a rule is refused with its place and never sent', async (t) => {
  const { node, client } = await withNode(t, [{ status: 200 }]);
  const wrong: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['/items/0/item/id', () => client.check([{ item: { id: 'has space' }, signals: [SHA] }])],
    [
      '/items/0/signals/0/value',
      () => client.check([{ item: { id: 'i' }, signals: [{ kind: 'sha256', value: 'zz' }] }]),
    ],
    ['/items', () => client.check([])],
    ['/id', () => client.checkFile(waves(1), { id: 'zwölf\r\nx: y' })],
    ['/facts', () => client.undo(JOB, 'short')],
    ['', () => client.job('../keys' as JobId)],
  ];
  for (const [pointer, ask] of wrong) {
    await assert.rejects(ask(), (error) => {
      assert.ok(error instanceof ReclaimError && error.code === 'invalid-request');
      assert.equal(error.invalid[0]?.pointer, pointer);
      assert.ok(!/zz|has space|keys|zw/.test(inspect(error)));
      return true;
    });
  }
  assert.equal(node.asked.length, 0);
});

test('an answer that does not follow the contract is a bad answer', async (t) => {
  const bad: readonly Scripted[] = [
    { status: 200, json: {} },
    { status: 200, json: { logPosition: 1, results: [] } },
    { status: 200 },
    verdictOf('another-item', 'pass'),
    verdictOf('p', 'probably'),
    { status: 302, headers: { location: 'http://127.0.0.1:1/v1/check' } },
    (_asked, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>hello</html>'),
  ];
  for (const script of bad) {
    const { node, client } = await withNode(t, [script]);
    await assert.rejects(client.checkFile(waves(1), { id: 'p' }), failsWith('bad-answer'));
    assert.equal(node.asked.length, 1);
  }
});

test('an answer without end is not read to its end', async (t) => {
  const { client } = await withNode(t, [
    (_asked, response) => {
      response.writeHead(200);
      const more = () => {
        while (response.writable && response.write(Buffer.alloc(1 << 20, 32)));
      };
      response.on('drain', more);
      more();
    },
  ]);
  await assert.rejects(client.banks(), failsWith('bad-answer'));
});

test('outcomes that go back in their order are a bad answer', async (t) => {
  const outcome = (position: number) => ({ position, jobId: JOB, itemId: 'i', effect: 'publish' });
  for (const page of [
    { outcomes: [outcome(5)], position: 5 },
    { outcomes: [outcome(7), outcome(6)], position: 7 },
    { outcomes: [outcome(7)], position: 6 },
  ]) {
    const { client } = await withNode(t, [{ status: 200, json: page }]);
    await assert.rejects(client.outcomes(5), failsWith('bad-answer'));
  }
});

test('a check is asked again when the node was busy, and succeeds', async (t) => {
  const { node, client } = await withNode(t, [
    problemOf(503, 'too-busy', { retryAfterSeconds: 0 }),
    problemOf(429, 'too-many-in-flight', { retryAfterSeconds: 0 }),
    verdictOf('p', 'pass'),
  ]);
  const { results } = await client.check([{ item: { id: 'p' }, signals: [SHA] }]);
  assert.equal(results[0]?.verdict, 'pass');
  assert.equal(node.asked.length, 3);
});

test('repeats end after the attempts that were allowed', async (t) => {
  const { node, client } = await withNode(t, [problemOf(503, 'too-busy', { retryAfterSeconds: 0 })], {
    attempts: 2,
  });
  await assert.rejects(client.banks(), failsWith('too-busy'));
  assert.equal(node.asked.length, 2);
});

test('what changes something is sent once, whatever comes back', async (t) => {
  const changes: readonly ((client: ReclaimClient) => Promise<unknown>)[] = [
    (c) => c.addSignals(BANK, [SHA]),
    (c) => c.report({ item: { id: 'i' }, reason: 'other' }),
    (c) => c.decide(JOB, { outcome: 'keep', ground: 'not-a-match' }, 'another picture'),
    (c) => c.undo(JOB, 'decided in error'),
    (c) => c.addKey({ name: 'k', scopes: ['check'] }),
    (c) => c.rotateKey(KEY, 0),
    (c) => c.claim(JOB),
  ];
  for (const change of changes) {
    const { node, client } = await withNode(t, [problemOf(503, 'too-busy', { retryAfterSeconds: 0 })]);
    await assert.rejects(change(client), failsWith('too-busy'));
    assert.equal(node.asked.length, 1);
  }
});

test('what is banked under a name of its own is sent again with it, and a name that is none is not sent', async (t) => {
  const { node, client } = await withNode(t, [
    problemOf(503, 'too-busy', { retryAfterSeconds: 0 }),
    { status: 201, json: { logPosition: 1, signals: [{ id: SIGNAL, capability: 'c' }] } },
  ]);
  const banked = await client.addSignals(BANK, [SHA], { idempotencyKey: 'import-1' });
  assert.equal(banked.signals[0]?.id, SIGNAL);
  assert.deepEqual(
    node.asked.map(({ headers }) => headers['idempotency-key']),
    ['import-1', 'import-1'],
  );
  for (const idempotencyKey of ['', 'two words', 'a'.repeat(201), 'line\nbreak'])
    await assert.rejects(client.addSignals(BANK, [SHA], { idempotencyKey }), failsWith('invalid-request'));
  assert.equal(node.asked.length, 2);
});

test('a Retry-After beyond the time of the call ends it at once, with the seconds', async (t) => {
  const { node, client } = await withNode(
    t,
    [{ status: 503, json: undefined, headers: { 'retry-after': '3600' } }],
    { timeoutMs: 20_000 },
  );
  await assert.rejects(client.banks(), (error) => {
    assert.ok(error instanceof ReclaimError && error.code === 'unavailable');
    assert.equal(error.retryAfterSeconds, 3600);
    return true;
  });
  assert.equal(node.asked.length, 1);
});

test('a node that does not answer is a timeout, before and within the body', async (t) => {
  const silent: Scripted = () => {};
  const half: Scripted = (_asked, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('{');
  };
  for (const script of [silent, half]) {
    const { client } = await withNode(t, [script], { timeoutMs: 60 });
    await assert.rejects(client.banks(), failsWith('timeout'));
  }
});

test('a node that is away is a network error that names the fault and no address', async (t) => {
  const { node, client } = await withNode(t, [{ status: 200 }], { attempts: 1 });
  await node.stop();
  await assert.rejects(client.banks(), (error) => {
    assert.ok(error instanceof ReclaimError && error.code === 'network');
    assert.deepEqual(error.cause, { code: 'ECONNREFUSED' });
    assert.ok(!inspect(error, { depth: 9 }).includes(new URL(node.url).port));
    return true;
  });
});

test('a connection that breaks off is a network error', async (t) => {
  const { client } = await withNode(t, [(_asked, response) => response.destroy()], { attempts: 1 });
  await assert.rejects(client.banks(), failsWith('network'));
});

test('a call that its caller stops rejects with the caller’s own reason', async (t) => {
  const { client } = await withNode(t, [() => {}]);
  const stop = new AbortController();
  const asked = client.banks({ signal: stop.signal });
  stop.abort(new Error('enough'));
  await assert.rejects(asked, /enough/);
  await assert.rejects(client.banks({ signal: stop.signal }), /enough/);
});

test('connections are kept alive', async (t) => {
  const { node, client } = await withNode(t, [{ status: 200, json: { banks: [] } }]);
  for (let i = 0; i < 5; i++) await client.banks();
  // Two and not one: the next call may leave in the moment before the first connection is free again.
  assert.ok(node.connections() <= 2);
});

test('neither the client nor its errors hold the key, the address or what was sent', async (t) => {
  const { node, client } = await withNode(t, [
    {
      status: 400,
      json: {
        type: '/problems/invalid-request',
        title: 't',
        status: 400,
        invalid: [{ pointer: '/items/0', rule: 'x' }],
      },
    },
  ]);
  assert.ok(!inspect(client, { depth: 9, showHidden: true }).includes(TEST_KEY));
  await assert.rejects(client.check([{ item: { id: 'secret-item' }, signals: [SHA] }]), (error) => {
    assert.ok(error instanceof ReclaimError);
    assert.deepEqual(error.invalid, [{ pointer: '/items/0', rule: 'x' }]);
    const printed = `${inspect(error, { depth: 9, showHidden: true })}${error.stack}`;
    for (const hidden of [TEST_KEY, node.url, 'secret-item', SHA.value]) assert.ok(!printed.includes(hidden));
    return true;
  });
});

test('ready says no when the node is away, and refuses options out of range', async (t) => {
  const { node, client } = await withNode(t, [{ status: 503 }]);
  assert.equal(await client.ready(), false);
  await node.stop();
  assert.equal(await client.ready(), false);
  assert.throws(() => createClient({ url: node.url, key: TEST_KEY, timeoutMs: 0 }), RangeError);
  assert.throws(() => createClient({ url: node.url, key: TEST_KEY, attempts: 11 }), RangeError);
});

test('a job without a statement of reasons has none, and that is no error', async (t) => {
  const { client } = await withNode(t, [
    (_asked, response) => {
      response.writeHead(404, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify({ type: '/problems/not-found', title: 'x', status: 404 }));
    },
  ]);
  assert.equal(await client.statement(JOB), undefined);
});
