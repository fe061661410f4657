import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import {
  createServer,
  type Server as HttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import test, { type TestContext } from 'node:test';
import { makeId } from '@reclaim/casework/id';
import { commandJob, openJob } from '@reclaim/store/jobs';
import type { Store } from '@reclaim/store/store';
import { freshStore } from '@reclaim/store/store.fixture';
import {
  deleteWebhook,
  deliverNext,
  listWebhooks,
  makeWebhook,
  WEBHOOK_PATIENCE_MS,
  webhookPauseMs,
} from '@reclaim/store/webhooks';
import { testNode } from './node.fixture.ts';
import { isPublicAddress, reachOf } from './public-address.ts';
import { signWebhook, startWebhookSender } from './webhook-sender.ts';

const rita = makeId('key', new Uint8Array(16).fill(9));
const FACTS = 'planted words of a reviewer';

type Got = { readonly headers: IncomingMessage['headers']; readonly body: string };

/** A platform's endpoint that answers as the test says. */
async function endpoint(
  t: TestContext,
  answer: (response: ServerResponse, got: Got, count: number) => void = (response) =>
    response.writeHead(204).end(),
): Promise<{ readonly url: URL; readonly got: Got[]; readonly server: HttpServer }> {
  const got: Got[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    try {
      for await (const chunk of request) body += chunk;
    } catch {
      // Given up on before it was read.
      return;
    }
    const one = { headers: request.headers, body };
    got.push(one);
    answer(response, one, got.length);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  t.after(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const { port } = server.address() as AddressInfo;
  return { url: new URL(`http://localhost:${port}/hooks/secret-path`), got, server };
}

type Site = {
  readonly store: Store;
  readonly log: string[];
  clock: number;
};

async function site(t: TestContext): Promise<Site> {
  const made: Site = { store: undefined as never, log: [], clock: Date.UTC(2027, 6, 6) };
  const { store, end } = await freshStore({ now: () => made.clock });
  t.after(end);
  return Object.assign(made, { store });
}

/** Decides on an item: one outcome, which is a removal unless said otherwise. */
async function outcome(store: Store, itemId: string): Promise<void> {
  const { jobId } = await openJob(store, rita, {
    item: { id: itemId },
    cause: 'upload-check',
    interim: 'held',
    matches: [],
    contentTag: undefined,
  });
  await commandJob(store, rita, { kind: 'claim', jobId, by: rita, now: store.now() });
  const decision = {
    decisionId: makeId('decision', randomBytes(16)),
    ruling: { outcome: 'remove', ground: 'intimate-image-law', confirms: [] },
    automated: 'no',
  } as const;
  const decided = await commandJob(store, rita, {
    kind: 'decide',
    jobId,
    by: rita,
    now: store.now(),
    decision,
    facts: FACTS,
  });
  assert.ok(decided.ok);
}

function start(t: TestContext, { store, log }: Site, answerMs = 60_000) {
  const sender = startWebhookSender(store, {
    log: (line) => log.push(line),
    hosts: [],
    everyMs: 5,
    answerMs,
  });
  t.after(() => sender.stop());
  return sender;
}

/** Looks until `seen` says yes; fails by the run's own time limit, never by a clock of its own. */
async function until(seen: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await seen())) await new Promise((resolve) => setTimeout(resolve, 5));
}

const itemsOf = (got: readonly Got[]) => got.map(({ body }) => JSON.parse(body).data.itemId);

test('outcomes arrive once each and in order, signed, with nobody’s words in them', async (t) => {
  const here = await site(t);
  await outcome(here.store, 'before');
  const { url, got } = await endpoint(t);
  const { secret } = await makeWebhook(here.store, rita, url);
  start(t, here);
  for (const item of ['one', 'two', 'three']) await outcome(here.store, item);
  await until(() => got.length === 3);
  assert.deepEqual(itemsOf(got), ['one', 'two', 'three'], 'what was before it was made is not sent');
  for (const { headers, body } of got) {
    const id = String(headers['webhook-id']);
    const timestamp = Number(headers['webhook-timestamp']);
    assert.equal(timestamp, here.clock / 1000);
    assert.equal(headers['webhook-signature'], signWebhook(secret, id, timestamp, body));
    const said = JSON.parse(body);
    assert.deepEqual(Object.keys(said), ['id', 'type', 'at', 'data']);
    assert.deepEqual(Object.keys(said.data), ['jobId', 'itemId', 'effect', 'ground']);
    assert.equal(String(said.id), id);
    assert.equal(said.data.ground, 'intimate-image-law');
    assert.doesNotMatch(body + JSON.stringify(headers), /planted|key_|stf_|sig_|bnk_/);
  }
});

test('the signature is the one that Standard Webhooks shows', () => {
  // The example of the specification's own libraries (standard-webhooks/libraries, test vector of `sign`).
  const secret = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
  const body = '{"test": 2432232314}';
  assert.equal(
    signWebhook(secret, 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, body),
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  );
});

test('what is refused is tried again in order after a pause, and a redirect is a refusal', async (t) => {
  const here = await site(t);
  const elsewhere = await endpoint(t);
  const { url, got } = await endpoint(t, (response, _got, count) => {
    if (count === 1) response.writeHead(500).end();
    else if (count === 2) response.writeHead(307, { location: elsewhere.url.href }).end();
    else response.writeHead(200).end('x'.repeat(100_000));
  });
  await makeWebhook(here.store, rita, url);
  start(t, here);
  await outcome(here.store, 'first');
  await outcome(here.store, 'second');
  await until(() => got.length === 1);
  await until(async () => (await listWebhooks(here.store))[0]!.failingSince !== undefined);
  here.clock += 2_000;
  await until(() => got.length === 2);
  await until(async () => {
    here.clock += 1_000;
    return got.length >= 4;
  });
  assert.deepEqual(itemsOf(got), ['first', 'first', 'first', 'second']);
  assert.equal(new Set(got.slice(0, 3).map(({ headers }) => headers['webhook-id'])).size, 1);
  assert.equal(elsewhere.got.length, 0);
  await until(async () => (await listWebhooks(here.store))[0]!.failingSince === undefined);
});

test('an endpoint that says nothing is given up on, and holds no other up', async (t) => {
  const here = await site(t);
  const silent = await endpoint(t, () => undefined);
  const lively = await endpoint(t);
  const { webhook } = await makeWebhook(here.store, rita, silent.url);
  await makeWebhook(here.store, rita, lively.url);
  start(t, here, 50);
  await outcome(here.store, 'one');
  await until(() => {
    // A busy machine may give up on either before it was reached: then it is tried again.
    here.clock += 1_000;
    return lively.got.length > 0 && silent.got.length > 0;
  });
  await until(async () =>
    (await listWebhooks(here.store)).some(
      ({ id, failingSince }) => id === webhook.id && failingSince !== undefined,
    ),
  );
});

test('an endpoint that wants to change the protocol has failed, and is held to no longer than that', async (t) => {
  const here = await site(t);
  const { url, got } = await endpoint(t, (response) =>
    response.writeHead(101, { connection: 'upgrade', upgrade: 'planted' }).end(),
  );
  await makeWebhook(here.store, rita, url);
  const sender = start(t, here);
  await outcome(here.store, 'one');
  await until(() => got.length === 1);
  await until(async () => (await listWebhooks(here.store))[0]!.failingSince !== undefined);
  await sender.stop();
});

test('a day of failures disables an endpoint with a line that does not name its address', async (t) => {
  const here = await site(t);
  const { url, got } = await endpoint(t, (response) => response.writeHead(503).end());
  await makeWebhook(here.store, rita, url);
  await outcome(here.store, 'one');
  start(t, here);
  await until(() => got.length === 1);
  await until(async () => (await listWebhooks(here.store))[0]!.failingSince !== undefined);
  here.clock += WEBHOOK_PATIENCE_MS;
  await until(async () => (await listWebhooks(here.store))[0]!.disabledAt !== undefined);
  await until(() => here.log.length > 0);
  assert.equal(here.log.length, 1);
  assert.match(here.log[0]!, /^webhook whk_[0-9a-f]{32} to localhost:\d+ is disabled: a day of failures$/);
  const before = got.length;
  here.clock += WEBHOOK_PATIENCE_MS;
  await outcome(here.store, 'two');
  assert.deepEqual(await deliverNext(here.store, async () => 'taken'), { kind: 'idle' });
  assert.equal(got.length, before);
});

test('410 Gone disables at once', async (t) => {
  const here = await site(t);
  const { url } = await endpoint(t, (response) => response.writeHead(410).end());
  await makeWebhook(here.store, rita, url);
  await outcome(here.store, 'one');
  start(t, here);
  await until(async () => (await listWebhooks(here.store))[0]!.disabledAt !== undefined);
});

test('stopping breaks a delivery off, and it is sent again by who comes next', async (t) => {
  const here = await site(t);
  let answers = false;
  const { url, got } = await endpoint(t, (response) => {
    if (answers) response.writeHead(204).end();
  });
  await makeWebhook(here.store, rita, url);
  await outcome(here.store, 'one');
  const first = start(t, here);
  await until(() => got.length === 1);
  await first.stop();
  const [webhook] = await listWebhooks(here.store);
  assert.equal(webhook!.failingSince, undefined, 'nobody refused anything');
  answers = true;
  start(t, here);
  await until(() => got.length === 2);
  assert.deepEqual(itemsOf(got), ['one', 'one']);
  assert.equal(got[0]!.headers['webhook-id'], got[1]!.headers['webhook-id']);
});

test('two nodes never deliver to one endpoint at the same moment', async (t) => {
  const here = await site(t);
  let inHand = 0;
  let most = 0;
  const { url, got } = await endpoint(t, (response) => {
    most = Math.max(most, ++inHand);
    setTimeout(() => {
      inHand--;
      response.writeHead(204).end();
    }, 5);
  });
  await makeWebhook(here.store, rita, url);
  start(t, here);
  start(t, here);
  const items = Array.from({ length: 12 }, (_, i) => `item-${i}`);
  for (const item of items) await outcome(here.store, item);
  await until(() => got.length >= items.length);
  assert.equal(most, 1);
  assert.deepEqual(itemsOf(got), items);
});

test('an endpoint that is deleted leaves neither address nor secret', async (t) => {
  const here = await site(t);
  const { url } = await endpoint(t);
  const { webhook } = await makeWebhook(here.store, rita, url);
  const row = await here.store.db.selectFrom('webhook').selectAll().executeTakeFirstOrThrow();
  assert.doesNotMatch(JSON.stringify(row), /secret-path/);
  assert.equal(row.sealed_url.includes('secret-path'), false);
  assert.equal(await deleteWebhook(here.store, rita, webhook.id), true);
  assert.equal(await deleteWebhook(here.store, rita, webhook.id), false);
  assert.deepEqual(await listWebhooks(here.store), []);
});

test('pauses double up to an hour and are spread', () => {
  assert.deepEqual(
    [1, 2, 3, 11, 12, 40].map((failures) => webhookPauseMs(failures, 1)),
    [2_000, 4_000, 8_000, 2_048_000, 3_600_000, 3_600_000],
  );
  assert.equal(webhookPauseMs(1, 0), 1_000);
});

test('addresses of private networks are not followed, however they are written', () => {
  const refused = [
    'http://example.com/',
    'https://127.0.0.1/',
    'https://0x7f.1/',
    'https://2130706433/',
    'https://10.1.2.3/',
    'https://172.31.255.1/',
    'https://192.168.1.1/',
    'https://169.254.169.254/latest',
    'https://100.64.0.1/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[fd00::1]/',
    'https://[fe80::1]/',
    'https://[64:ff9b::a00:1]/',
    'https://[2002:a00:1::]/',
    'https://user:word@example.com/',
    'ftp://example.com/',
    'nonsense',
  ];
  for (const text of refused) assert.equal(reachOf(text, []), undefined, text);
  assert.equal(reachOf('https://example.com/x', [])?.reach, 'public');
  assert.equal(reachOf('http://localhost:8090/x', [])?.reach, 'loopback');
  assert.equal(reachOf('http://intranet.example:8090/x', ['intranet.example:8090'])?.reach, 'named');
  assert.equal(reachOf('http://intranet.example:8091/x', ['intranet.example:8090']), undefined);
  assert.equal(isPublicAddress('93.184.215.14'), true);
  assert.equal(isPublicAddress('2606:2800:21f::1'), true);
  assert.equal(isPublicAddress('example.com'), false);
});

test('an administrator makes, lists and deletes webhooks, and sees the secret once', async (t) => {
  const { ask, tokens, end, logged } = await testNode();
  t.after(end);
  const { url, got } = await endpoint(t);
  const how = { token: tokens.admin };
  const made = await ask('POST', '/v1/webhooks', { ...how, json: { url: url.href } });
  assert.equal(made.status, 201);
  assert.match(made.json.secret, /^whsec_[A-Za-z0-9+/]{43}=$/);
  const listed = await ask('GET', '/v1/webhooks', how);
  assert.deepEqual(listed.json.webhooks, [made.json.webhook]);
  assert.doesNotMatch(listed.text, /secret/);
  const refused = await ask('POST', '/v1/webhooks', { ...how, json: { url: 'http://10.0.0.1/' } });
  assert.equal(refused.json.type, '/problems/webhook-address');
  const removed = await ask('DELETE', `/v1/webhooks/${made.json.webhook.id}`, how);
  assert.equal(removed.status, 204);
  assert.equal((await ask('DELETE', `/v1/webhooks/${made.json.webhook.id}`, how)).status, 404);
  assert.equal(got.length, 0);
  assert.doesNotMatch(logged.join('\n'), /secret-path/);
});
