import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import test, { type TestContext } from 'node:test';
import { expressUploadGuard } from './express-guard.ts';
import { type FastifyGuardReply, fastifyUploadGuard } from './fastify-guard.ts';
import {
  checkedUpload,
  type GuardSite,
  type HeldUpload,
  REFUSE_REPLIES,
  UPLOAD_MAX_BYTES,
} from './guarded-request.ts';
import { HOLD_REPLY } from './hold-reply.ts';
import { waves } from './picture.fixture.ts';
import { ReclaimError, type ReclaimErrorCode } from './reclaim-error.ts';
import type { GuardClient } from './upload-guard.ts';

const BYTES = waves(1);
const JOB = `job_${'0'.repeat(32)}`;
type Result = Awaited<ReturnType<GuardClient['check']>>['results'][number];

/** What a node may do: each must look the same to the uploader, save for `pass`. */
const CAUSES: Readonly<Record<string, Partial<Result> | ReclaimErrorCode>> = {
  review: { verdict: 'review' },
  block: { verdict: 'block' },
  'exact, with its job': {
    verdict: 'block',
    jobId: JOB as NonNullable<Result['jobId']>,
    matches: [
      {
        bankId: `bnk_${'0'.repeat(32)}` as never,
        signalId: `sig_${'0'.repeat(32)}` as never,
        kind: 'sha256',
        band: 'exact',
        state: 'confirmed',
        orientation: 'original',
        window: 'full',
      },
    ],
  },
  'exact only': { verdict: 'review', coverage: 'exact-only', notes: ['low-quality'] },
  'node away': 'network',
  'node slow': 'timeout',
  'node busy': 'too-busy',
  'node full': 'storage-full',
  'key refused': 'unauthorized',
  'answer absurd': 'bad-answer',
};

function clientOf(cause: Partial<Result> | ReclaimErrorCode): GuardClient {
  const refuse = () => Promise.reject(new Error('not asked in these tests'));
  return {
    checkFileRemote: refuse,
    check: async ([first]) => {
      if (typeof cause === 'string') throw new ReclaimError(cause, { retryAfterSeconds: 3 });
      const result = {
        itemId: first!.item.id,
        verdict: 'pass' as const,
        coverage: 'full' as const,
        notes: [],
      };
      return { logPosition: 1, results: [{ ...result, ...cause }] };
    },
  };
}

/** A site in the manner of Express on Node's own HTTP: one route, the guard, a handler. */
async function startSite(
  t: TestContext,
  site: GuardSite<IncomingMessage>,
): Promise<{ url: string; published: string[]; errors: unknown[] }> {
  const guard = expressUploadGuard<IncomingMessage>(site);
  const published: string[] = [];
  const errors: unknown[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    response.sendDate = false;
    void guard(request, response, (error) => {
      if (error !== undefined) {
        errors.push(error);
        return void response.writeHead(500).end();
      }
      published.push(checkedUpload(request).item.id);
      response.writeHead(201).end('published');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, published, errors };
}

function post(url: string, bytes: Uint8Array, type = 'image/png'): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': type },
    body: bytes as Uint8Array<ArrayBuffer>,
  });
}

/** All that an uploader can see of a reply. */
async function visible(response: Response): Promise<string> {
  const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
  return `${response.status} ${response.statusText}\n${headers}\n\n${await response.text()}`;
}

test('the reply to a hold is frozen, small and says only that the picture waits', () => {
  assert.deepEqual(HOLD_REPLY, {
    status: 202,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-length': '19',
      'cache-control': 'no-store',
    },
    body: '{"state":"waiting"}',
  });
  assert.ok(Object.isFrozen(HOLD_REPLY) && Object.isFrozen(HOLD_REPLY.headers));
});

test('Express: every hold is the same to the byte, and the picture was kept before the reply', async (t) => {
  const seen = new Set<string>();
  for (const [name, cause] of Object.entries(CAUSES)) {
    const kept: HeldUpload[] = [];
    const site = await startSite(t, { client: clientOf(cause), keep: (held) => void kept.push(held) });
    seen.add(await visible(await post(site.url, BYTES)));
    assert.equal(kept.length, 1, name);
    assert.deepEqual(Buffer.from(kept[0]!.bytes), Buffer.from(BYTES));
    assert.equal(kept[0]!.retry, typeof cause === 'string', name);
    assert.deepEqual(site.published, []);
  }
  assert.equal(seen.size, 1);
  assert.match([...seen][0]!, /^202 /);
});

test('Express: a picture that passes reaches the handler with its bytes', async (t) => {
  const site = await startSite(t, {
    client: clientOf({}),
    keep: () => assert.fail('kept'),
    item: () => ({ id: 'photo-17' }),
  });
  const response = await post(site.url, BYTES);
  assert.equal(response.status, 201);
  assert.deepEqual(site.published, ['photo-17']);
});

test('Express: what is no picture is refused with the reason in words', async (t) => {
  const site = await startSite(t, { client: clientOf({}), keep: () => assert.fail('kept') });
  const cases: readonly (readonly [Uint8Array, string, keyof typeof REFUSE_REPLIES])[] = [
    [Buffer.from('hello'), 'image/png', 'not-an-image'],
    [BYTES, 'text/plain', 'not-an-image'],
    [new Uint8Array(0), 'image/png', 'not-an-image'],
    [BYTES.subarray(0, 90), 'application/octet-stream', 'image-damaged'],
    [new Uint8Array(UPLOAD_MAX_BYTES + 1), 'image/png', 'too-large'],
  ];
  for (const [bytes, type, reason] of cases) {
    const response = await post(site.url, bytes, type);
    assert.equal(response.status, REFUSE_REPLIES[reason].status);
    assert.equal(await response.text(), REFUSE_REPLIES[reason].body);
  }
  assert.deepEqual(site.published, []);
});

test('Express: bytes that another middleware has read are found, and a site can say where they are', async () => {
  const ask = async (request: object, bytes?: () => Uint8Array) => {
    let next = 0;
    const guard = expressUploadGuard<never>({
      client: clientOf({}),
      keep: () => {},
      ...(bytes && { bytes }),
    });
    const response = { headersSent: false, writeHead: () => {}, end: () => {} };
    await guard(request as never, response, (error) => {
      assert.equal(error, undefined);
      next += 1;
    });
    return next;
  };
  assert.equal(await ask({ headers: {}, file: { buffer: BYTES } }), 1);
  assert.equal(await ask({ headers: {}, body: BYTES }), 1);
  assert.equal(await ask({ headers: {} }, () => BYTES), 1);
  assert.equal(await ask({ headers: {}, body: { file: 'text' }, readableEnded: true }), 0);
});

test('Express: a site that cannot keep a held picture does not tell its uploader that it waits', async (t) => {
  const site = await startSite(t, {
    client: clientOf({ verdict: 'review' }),
    keep: () => Promise.reject(new Error('disk full')),
  });
  const response = await post(site.url, BYTES);
  assert.equal(response.status, 500);
  assert.match(String(site.errors[0]), /disk full/);
  assert.deepEqual(site.published, []);
});

test('a handler that is reached past the guard cannot find an upload', () => {
  assert.throws(() => checkedUpload({}), TypeError);
});

/** A reply in the manner of Fastify that remembers what was sent. */
function replyOf() {
  const sent: { status?: number; headers?: Record<string, string>; body?: string } = {};
  const reply: FastifyGuardReply = {
    code: (status) => Object.assign(sent, { status }),
    headers: (headers) => Object.assign(sent, { headers }),
    send: (body) => Object.assign(sent, { body }),
  };
  return { sent, reply };
}

test('Fastify: every hold is the reply of every hold, and the handler does not run', async () => {
  for (const cause of Object.values(CAUSES)) {
    const { sent, reply } = replyOf();
    const kept: HeldUpload[] = [];
    const guard = fastifyUploadGuard({ client: clientOf(cause), keep: (held) => void kept.push(held) });
    assert.equal(await guard({ body: BYTES }, reply), reply);
    assert.deepEqual(sent, { ...HOLD_REPLY });
    assert.equal(kept.length, 1);
  }
});

test('Fastify: a picture that passes goes on to the handler; a mistake of the site rejects', async () => {
  const { sent, reply } = replyOf();
  const request = { body: BYTES };
  const guard = fastifyUploadGuard({ client: clientOf({}), keep: () => {}, item: () => ({ id: 'p' }) });
  assert.equal(await guard(request, reply), undefined);
  assert.equal(checkedUpload(request).item.id, 'p');
  assert.deepEqual(sent, {});
  const broken = fastifyUploadGuard({
    client: clientOf({ verdict: 'block' }),
    keep: () => Promise.reject(new Error('disk full')),
  });
  await assert.rejects(broken({ body: BYTES }, reply), /disk full/);
  assert.deepEqual(sent, {});
});

test('Fastify: a multipart file is read, and one that was cut is too large', async () => {
  const requestWith = (bytes: Uint8Array, truncated: boolean) => ({
    isMultipart: () => true,
    file: async () => ({
      file: Object.assign(
        (async function* () {
          yield bytes.subarray(0, 100);
          yield bytes.subarray(100);
        })(),
        { truncated },
      ),
    }),
  });
  const guard = fastifyUploadGuard({ client: clientOf({}), keep: () => {} });
  const whole = requestWith(BYTES, false);
  assert.equal(await guard(whole, replyOf().reply), undefined);
  assert.deepEqual(Buffer.from(checkedUpload(whole).bytes), Buffer.from(BYTES));
  for (const [request, status] of [
    [requestWith(BYTES, true), 413],
    [{ body: 'text' }, 422],
    [{ isMultipart: () => false, file: async () => undefined }, 422],
    [{ isMultipart: () => true, file: async () => undefined }, 422],
  ] as const) {
    const { sent, reply } = replyOf();
    await guard(request, reply);
    assert.equal(sent.status, status);
  }
});
