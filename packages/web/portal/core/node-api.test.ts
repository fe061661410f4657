import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { clockOffsetOf, createNodeApi } from './node-api.ts';

const CAPABILITY = 'A'.repeat(43);

function answering(make: () => Response | Promise<Response>) {
  const seen: { readonly input: unknown; readonly init: RequestInit | undefined }[] = [];
  const api = createNodeApi({
    fetch: async (input, init) => {
      seen.push({ input, init });
      return make();
    },
  });
  return { api, seen };
}

test('S10, S12, S13: a request carries everything in its body, to this origin, uncached, without cookie or referrer', async () => {
  const { api, seen } = answering(() => new Response(null, { status: 204 }));
  assert.deepEqual(await api.withdraw(CAPABILITY), { ok: true, value: undefined });
  const [{ input, init }] = seen as [(typeof seen)[number]];
  assert.equal(input, '/v1/withdrawals');
  assert.deepEqual(
    [init?.method, init?.mode, init?.credentials, init?.cache, init?.redirect, init?.referrerPolicy],
    ['POST', 'same-origin', 'omit', 'no-store', 'error', 'no-referrer'],
  );
  assert.deepEqual(JSON.parse(String(init?.body)), { capability: CAPABILITY });
});

test('each problem is one closed reason, with the wait that the node names', async () => {
  const cases: readonly [number, string, string][] = [
    [409, 'refused-minor', 'refused-minor'],
    [409, 'refused-version', 'version'],
    [409, 'refused-already-exists', 'taken'],
    [409, 'refused-proof', 'proof'],
    [409, 'case-full', 'too-many'],
    [404, 'not-found', 'not-found'],
    [503, 'storage-full', 'storage-full'],
    [503, 'unavailable', 'unavailable'],
    [500, 'internal', 'unavailable'],
    [413, 'too-large', 'too-large'],
    [400, 'invalid-request', 'refused'],
  ];
  for (const [status, kind, reason] of cases) {
    const { api } = answering(() =>
      Response.json({ type: `/problems/${kind}`, title: 'x', status }, { status }),
    );
    assert.deepEqual(await api.askSignal(CAPABILITY), { ok: false, reason }, kind);
  }
  const { api } = answering(() =>
    Response.json({ type: '/problems/too-many', retryAfterSeconds: 30 }, { status: 429 }),
  );
  assert.deepEqual(await api.challenge(), { ok: false, reason: 'limited', retryAfterSeconds: 30 });
  const header = answering(() => new Response('', { status: 429, headers: { 'retry-after': '7' } }));
  assert.deepEqual(await header.api.challenge(), { ok: false, reason: 'limited', retryAfterSeconds: 7 });
});

test('an answer that the wire does not know is not believed', async () => {
  for (const body of [
    '',
    'null',
    '{}',
    '{"challenge":1,"bits":2}',
    '{"challenge":"x","bits":99}',
    '<html>',
    'x'.repeat(300_000),
  ]) {
    const { api } = answering(() => new Response(body));
    assert.deepEqual(await api.challenge(), { ok: false, reason: 'bad-answer' });
  }
  await fc.assert(
    fc.asyncProperty(fc.string(), fc.integer({ min: 400, max: 599 }), async (body, status) => {
      const { api } = answering(() => new Response(body, { status }));
      assert.equal((await api.challenge()).ok, false);
    }),
    { numRuns: 50 },
  );
});

test('no net, a refused redirect and a broken body are all offline', async () => {
  const { api } = answering(() => Promise.reject(new TypeError('planted')));
  assert.deepEqual(await api.challenge(), { ok: false, reason: 'offline' });
  const broken = answering(
    () =>
      new Response(
        new ReadableStream({
          start(controller) {
            controller.error(new TypeError('cut'));
          },
        }),
      ),
  );
  assert.deepEqual(await broken.api.challenge(), { ok: false, reason: 'offline' });
});

test('the node’s clock is known from the date of any answer, and from no answer that was long on its way', async () => {
  const at = Date.UTC(2030, 4, 5, 10, 0, 0);
  const date = 'Sun, 05 May 2030 11:00:00 GMT';
  // An hour ahead: the middle of the second that was named, against the middle of the way.
  assert.equal(clockOffsetOf(date, at, at + 400), 3_600_000 + 500 - 200);
  assert.equal(clockOffsetOf(date, at, at + 20_000), undefined);
  assert.equal(clockOffsetOf(date, at, at - 1), undefined);
  for (const none of [null, '', 'yesterday']) assert.equal(clockOffsetOf(none, at, at), undefined);
  const api = createNodeApi({
    fetch: async () => new Response(null, { status: 429, headers: { date } }),
    now: () => at,
  });
  assert.equal(api.clockOffset(), undefined);
  await api.withdraw(CAPABILITY);
  assert.equal(api.clockOffset(), 3_600_500);
});
