import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import test from 'node:test';
import fc from 'fast-check';
import { parseWebhookSecret, replayMemory, verifyWebhook, WEBHOOK_TOLERANCE_MS } from './webhook.ts';

const NOW = Date.UTC(2027, 1, 2, 3, 4, 5);
const KEY = Buffer.alloc(32, 7);
const SECRET = `whsec_${KEY.toString('base64')}`;
const JOB = `job_${'0'.repeat(32)}`;

function call(said: object = {}, at = NOW, key = KEY) {
  const data = { jobId: JOB, itemId: 'photo-1', effect: 'withhold', ground: 'other-law' };
  const body = JSON.stringify({ id: 42, type: 'outcome', at: NOW - 1, data, ...said });
  return signed(body, '42', String(Math.floor(at / 1000)), key);
}

function signed(body: string, id: string, timestamp: string, key = KEY) {
  const signature = `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
  return { body, headers };
}

const reasonOf = (headers: Parameters<typeof verifyWebhook>[0], body: Uint8Array | string, now = NOW) => {
  const heard = verifyWebhook(headers, body, SECRET, now);
  return heard.ok ? 'ok' : heard.reason;
};

test('a call of the node is believed, as text, as bytes, and with the headers of the web', () => {
  const { headers, body } = call();
  const heard = verifyWebhook(headers, body, SECRET, NOW);
  const outcome = { position: 42, jobId: JOB, itemId: 'photo-1', effect: 'withhold', ground: 'other-law' };
  assert.deepEqual(heard, { ok: true, id: '42', at: NOW - 1, outcome });
  assert.deepEqual(verifyWebhook(new Headers(headers), Buffer.from(body), SECRET, NOW), heard);
});

test('the example of Standard Webhooks has its signature, and is no outcome of ours', () => {
  const headers = {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  };
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const now = 1_614_265_330_000;
  const heard = verifyWebhook(headers, '{"test": 2432232314}', secret, now);
  assert.deepEqual(heard, { ok: false, reason: 'malformed' });
  const changed = verifyWebhook(headers, '{"test": 2432232315}', secret, now);
  assert.deepEqual(changed, { ok: false, reason: 'wrong-signature' });
});

test('a change of any byte of body, id, time or signature is noticed', () => {
  const { headers, body } = call();
  fc.assert(
    fc.property(fc.nat(body.length - 1), fc.integer({ min: 1, max: 127 }), (at, by) => {
      const bytes = Buffer.from(body);
      bytes[at] = bytes[at]! ^ by;
      assert.equal(reasonOf(headers, bytes), 'wrong-signature');
    }),
  );
  const wrong = [
    { ...headers, 'webhook-id': '43' },
    { ...headers, 'webhook-timestamp': String(NOW / 1000 + 1) },
    { ...headers, 'webhook-signature': headers['webhook-signature'].replace('v1,', 'v2,') },
    { ...headers, 'webhook-signature': 'v1,' },
    { ...headers, 'webhook-signature': headers['webhook-signature'].slice(0, -4) },
    call({}, NOW, Buffer.alloc(32, 8)).headers,
  ];
  for (const each of wrong) assert.equal(reasonOf(each, body), 'wrong-signature');
});

test('of several signatures one must be right, as while a secret is changed over', () => {
  const { headers, body } = call();
  const other = call({}, NOW, Buffer.alloc(32, 8)).headers['webhook-signature'];
  const both = { ...headers, 'webhook-signature': `v1a,xx ${other} ${headers['webhook-signature']}` };
  assert.equal(reasonOf(both, body), 'ok');
});

test('a call is fresh for five minutes either way, and no time at all is stale', () => {
  const { headers, body } = call();
  assert.equal(reasonOf(headers, body, NOW + WEBHOOK_TOLERANCE_MS), 'ok');
  assert.equal(reasonOf(headers, body, NOW - WEBHOOK_TOLERANCE_MS), 'ok');
  assert.equal(reasonOf(headers, body, NOW + WEBHOOK_TOLERANCE_MS + 1), 'stale');
  assert.equal(reasonOf(headers, body, NOW - WEBHOOK_TOLERANCE_MS - 1), 'stale');
  for (const timestamp of ['', 'soon', '-1', '1e3', '9'.repeat(30)]) {
    const odd = signed(body, '42', timestamp);
    assert.equal(reasonOf(odd.headers, odd.body), 'stale');
  }
});

test('a header that is missing or there twice is missing', () => {
  const { headers, body } = call();
  for (const name of Object.keys(headers)) {
    assert.equal(reasonOf({ ...headers, [name]: undefined }, body), 'missing-header');
    assert.equal(reasonOf({ ...headers, [name]: ['a', 'b'] }, body), 'missing-header');
  }
});

test('what is signed and makes no sense is malformed, never an error', () => {
  const bodies = ['', 'null', '[]', '7', '"x"', '{', '{"type":"outcome"}'];
  for (const body of bodies) {
    const odd = signed(body, '42', String(NOW / 1000));
    assert.equal(reasonOf(odd.headers, odd.body), 'malformed', body);
  }
  for (const said of [
    { id: 41 },
    { type: 'other' },
    { at: 'now' },
    { data: null },
    { data: { jobId: JOB } },
  ]) {
    const odd = call(said);
    assert.equal(reasonOf(odd.headers, odd.body), 'malformed', JSON.stringify(said));
  }
});

test('a secret of another form is a mistake in configuration, and is not repeated', () => {
  for (const text of ['', 'whsec_', 'whsec_planted!', KEY.toString('base64')]) {
    assert.throws(
      () => parseWebhookSecret(text),
      (error: Error) => {
        assert.ok(error instanceof TypeError);
        return !error.message.includes('planted');
      },
    );
  }
});

test('the memory knows what was acted on for as long as it could be replayed, and has an end', () => {
  const memory = replayMemory(3);
  memory.add('a', NOW);
  assert.equal(memory.knows('a', NOW + 2 * WEBHOOK_TOLERANCE_MS - 1), true);
  assert.equal(memory.knows('a', NOW + 2 * WEBHOOK_TOLERANCE_MS), false);
  assert.equal(memory.knows('b', NOW), false);
  for (const id of ['b', 'c', 'd']) memory.add(id, NOW + 1);
  assert.equal(memory.knows('a', NOW + 1), false, 'the oldest goes');
  assert.deepEqual(
    ['b', 'c', 'd'].map((id) => memory.knows(id, NOW + 1)),
    [true, true, true],
  );
});
