import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { after, test } from 'node:test';
import { landscape } from '@reclaim/raster/landscape.fixture';
import { pngOf } from '@reclaim/raster/png-file.fixture';
import { beginSession } from '@reclaim/store/staff-credentials';
import { NODE_LIMITS } from './limits.ts';
import { type Answer, testNode } from './node.fixture.ts';
import { headersOf, makeFirstMember } from './staff.fixture.ts';

const { node, tokens, ask, end } = await testNode({
  limits: { fileBytes: 256 * 1024, inFlightPerKey: 3, picturesInFlight: 2, pixels: 50_000 },
});
after(end);

const picture = { 'content-type': 'image/png', 'reclaim-item-id': 'item-1' };

test('docs/api.md shows the limits that hold', async () => {
  const text = await readFile(new URL('../../../docs/api.md', import.meta.url), 'utf8');
  const value = (what: string) =>
    text
      .split('\n')
      .find((line) => line.startsWith(`| ${what}`))
      ?.split('|')[2]
      ?.trim();
  assert.equal(value('a file'), `${NODE_LIMITS.fileBytes / 1024 / 1024} MiB`);
  assert.equal(value('a picture'), `${NODE_LIMITS.pixels / 1e6} megapixels`);
  assert.equal(value('decoding'), `${NODE_LIMITS.decodeMs / 1000} seconds`);
  assert.equal(value('items in a request'), String(NODE_LIMITS.items));
  assert.equal(value('a JSON body'), `${NODE_LIMITS.jsonBytes / 1024 / 1024} MiB`);
  assert.equal(value('requests in flight, a key'), String(NODE_LIMITS.inFlightPerKey));
  assert.equal(value('requests with pictures in flight'), String(NODE_LIMITS.picturesInFlight));
  assert.equal(value('writes in flight'), `${NODE_LIMITS.addressRequestsInFlight} an address`);
});

test('a file of the limit is read, one byte more is 413', async () => {
  const at = await ask('POST', '/v1/check', {
    token: tokens.check,
    headers: picture,
    body: new Uint8Array(256 * 1024),
  });
  assert.equal(at.json.type, '/problems/not-an-image');
  const over = await ask('POST', '/v1/check', {
    token: tokens.check,
    headers: picture,
    body: new Uint8Array(256 * 1024 + 1),
  });
  assert.equal(over.status, 413);
  assert.equal(over.json.type, '/problems/too-large');
});

test('an oversize JSON body is 413', async () => {
  const { status } = await ask('POST', '/v1/check', {
    token: tokens.check,
    json: { items: 'x'.repeat(NODE_LIMITS.jsonBytes) },
  });
  assert.equal(status, 413);
});

test('65 items are refused, 64 are taken', async () => {
  const items = (n: number) =>
    Array.from({ length: n }, (_, i) => ({
      item: { id: `i${i}` },
      signals: [{ kind: 'sha256', value: 'ab'.repeat(32) }],
    }));
  assert.equal(
    (await ask('POST', '/v1/check', { token: tokens.check, json: { items: items(65) } })).status,
    400,
  );
  const { status, json } = await ask('POST', '/v1/check', {
    token: tokens.check,
    json: { items: items(64) },
  });
  assert.equal(status, 200);
  assert.equal(json.results.length, 64);
});

test('a picture of too many pixels is refused from its header', async () => {
  const { status, json } = await ask('POST', '/v1/check', {
    token: tokens.check,
    headers: picture,
    body: pngOf(landscape(1, 320, 200)),
  });
  assert.deepEqual([status, json.type], [422, '/problems/too-many-pixels']);
});

test('after an oversize chunked upload the same client can go on asking', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const send = (body: Buffer | undefined) =>
    new Promise<number>((resolve, reject) => {
      const chunked = request(`${node.url}/${body === undefined ? 'health' : 'v1/check'}`, {
        method: body === undefined ? 'GET' : 'POST',
        agent,
        headers: {
          authorization: `Bearer ${tokens.check}`,
          ...(body === undefined ? {} : { ...picture, 'transfer-encoding': 'chunked' }),
        },
      });
      let status: number | undefined;
      chunked.on('response', (response) => {
        status = response.statusCode;
        response.resume();
        response.on('end', () => resolve(status!));
        // The answer comes before the body is through; a broken pipe afterwards is expected.
        response.on('error', () => resolve(status!));
      });
      chunked.on('error', (error) => (status === undefined ? reject(error) : resolve(status)));
      for (let sent = 0; body !== undefined && sent < body.length; sent += 65_536)
        chunked.write(body.subarray(sent, sent + 65_536));
      chunked.end();
    });
  assert.equal(await send(Buffer.alloc(300 * 1024)), 413);
  assert.equal(await send(undefined), 200);
  agent.destroy();
});

/** A body that begins and then waits, so that its request stays in flight until `release`. */
function pendingBody(): { readonly body: ReadableStream<Uint8Array>; readonly release: () => void } {
  let controller: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>({
    start(given) {
      controller = given;
      given.enqueue(new Uint8Array(8));
    },
  });
  const release = () => {
    try {
      controller.close();
    } catch {
      // Its request was refused, and the rest of the body is not wanted any more.
    }
  };
  return { body, release };
}

/**
 * Requests that stay in flight, each in a place of its own, until they are released; `ask` begins one. A request that was
 * refused, because a question of the test stood in its place for a moment, is begun again.
 */
function heldPlaces(count: number, ask: (body: ReadableStream<Uint8Array>) => Promise<Answer>) {
  const released = Array.from({ length: count }, () => () => {});
  let over = false;
  const hold = async (at: number): Promise<void> => {
    for (let refused = true; refused && !over; ) {
      const { body, release } = pendingBody();
      released[at] = release;
      refused = await ask(body).then(
        ({ status }) => status === 429 || status === 503,
        () => true,
      );
    }
  };
  const all = released.map((_, at) => hold(at));
  return async () => {
    over = true;
    for (const release of released) release();
    await Promise.all(all);
  };
}

/** Asks until the answer has that status, and gives that answer. */
async function until(status: number, ask: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 0; tries < 3_000; tries++) {
    const answer = await ask();
    if (answer.status === status) return answer;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.fail(`the answer was never ${status}`);
}

test('a third picture on a node with two places is 503 with Retry-After, and passes once a place is free', async () => {
  const release = heldPlaces(2, (body) =>
    ask('POST', '/v1/check', { token: tokens.check, headers: picture, body }),
  );
  const third = () =>
    ask('POST', '/v1/check', { token: tokens.check, headers: picture, body: new Uint8Array(9) });
  const refused = await until(503, third);
  assert.equal(refused.json.type, '/problems/too-busy');
  assert.equal(refused.headers.get('retry-after'), '1');
  await release();
  await until(422, third);
});

test('a fourth request of a key with three places is 429 with Retry-After; another key is not affected', async () => {
  const json = { 'content-type': 'application/json' };
  const release = heldPlaces(3, (body) =>
    ask('POST', '/v1/reports', { token: tokens.report, headers: json, body }),
  );
  const fourth = () => ask('POST', '/v1/reports', { token: tokens.report, json: {} });
  const refused = await until(429, fourth);
  assert.equal(refused.json.type, '/problems/too-many-in-flight');
  assert.equal(refused.headers.get('retry-after'), '1');
  assert.equal((await ask('GET', '/v1/jobs', { token: tokens.review })).status, 200);
  await release();
  await until(400, fourth);
});

test('a session has its places too, and another session of the same person its own', async () => {
  const { staff, headers } = await makeFirstMember(node.store);
  const other = headersOf(await beginSession(node.store, staff.id));
  const json = { ...headers, 'content-type': 'application/json' };
  const release = heldPlaces(3, (body) => ask('POST', '/v1/staff/invitations', { headers: json, body }));
  const fourth = () => ask('GET', '/v1/staff', { headers });
  assert.equal((await until(429, fourth)).json.type, '/problems/too-many-in-flight');
  assert.equal((await ask('GET', '/v1/staff', { headers: other })).status, 200);
  await release();
  await until(200, fourth);
});

test('callers who go away in the middle give their places back', async () => {
  for (let i = 0; i < 5; i++) {
    const abort = new AbortController();
    const asked = fetch(`${node.url}/v1/check`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens.check}`, ...picture },
      body: pendingBody().body,
      duplex: 'half',
      signal: abort.signal,
    });
    setTimeout(() => abort.abort(), 20);
    // Or it was refused at once, where the places of those before it are not yet given back.
    await asked.catch(() => undefined);
  }
  await until(422, () =>
    ask('POST', '/v1/check', { token: tokens.check, headers: picture, body: new Uint8Array(9) }),
  );
});
