import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import test, { type TestContext } from 'node:test';
import { readToken } from '@reclaim/store/keys';
import fastify from 'fastify';
import { onceEnded } from './answer-end.ts';
import { KeyGuard } from './key-guard.ts';
import { NODE_LIMITS } from './limits.ts';
import { HttpProblem, problemBody } from './problem.ts';

const token = `rk_${'0'.repeat(32)}_${randomBytes(32).toString('base64url')}`;
const { id, secretSha256 } = readToken(token)!;
const row = {
  ...{ id, name: 'planted', scopes: ['check'], secret_sha256: secretSha256 },
  ...{ created_at: 0, expires_at: null, revoked_at: null },
};

/** A server with one route of one place for a key and one for itself, whose database answers when the test says. */
async function site(t: TestContext) {
  let clock = 1_000;
  let gate = Promise.withResolvers<void>();
  let asked = Promise.withResolvers<void>();
  let queries = 0;
  let running = 0;
  let most = 0;
  let revoked = false;
  const execute = async () => {
    queries += 1;
    running += 1;
    most = Math.max(most, running);
    // As the database saw it when it was asked.
    const rows = [{ ...row, revoked_at: revoked ? clock : null }];
    asked.resolve();
    await gate.promise;
    running -= 1;
    return rows;
  };
  const found = { selectAll: () => found, where: () => found, execute };
  const store = { db: { selectFrom: () => found }, now: () => clock } as never;
  const app = fastify();
  app.setErrorHandler((error, _request, reply) =>
    reply.code(error instanceof HttpProblem ? problemBody(error).status : 500).send(),
  );
  const guard = new KeyGuard(store, { ...NODE_LIMITS, inFlightPerKey: 1 }, () => 'http://localhost');
  guard.install(app);
  let free = 1;
  app.get('/', {
    config: { scopes: ['check'] },
    onRequest: async (_request, reply) => {
      if (free < 1) return reply.code(503).send();
      free -= 1;
      onceEnded(reply, () => {
        free += 1;
      });
    },
    handler: async () => 'ok',
  });
  const closed: Promise<unknown>[] = [];
  app.server.on('connection', (socket) => {
    closed.push(new Promise((resolve) => socket.once('close', resolve)));
  });
  await app.listen({ port: 0 });
  t.after(() => app.close());
  const { port } = app.server.address() as AddressInfo;
  return {
    port,
    asked: () => asked.promise,
    goOn: () => gate.resolve(),
    /** Every connection that there was has ended for the server. */
    gone: () => Promise.all(closed),
    ask: (sent = token) =>
      new Promise<number>((resolve, reject) => {
        const headers = { authorization: `Bearer ${sent}` };
        httpRequest({ port, headers, agent: false }, (response) => {
          response.resume();
          resolve(response.statusCode!);
        })
          .on('error', reject)
          .end();
      }),
    revoke: () => {
      revoked = true;
      guard.forget();
    },
    /** Queries so far, and how many ran at once at most. */
    queries: () => ({ queries, most }),
    /** What was known of the key is forgotten, and the database is asked again. */
    later: () => {
      clock += 60_000;
      gate = Promise.withResolvers();
      asked = Promise.withResolvers();
    },
  };
}

test('who goes away while the database is asked for their key leaves no place taken', async (t) => {
  const here = await site(t);
  const socket = connect(here.port);
  socket.write(`GET / HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${token}\r\n\r\n`);
  await here.asked();
  socket.destroy();
  await here.gone();
  here.goOn();
  assert.equal(await here.ask(), 200);
});

test('who goes away with several requests on one connection leaves no place taken', async (t) => {
  const here = await site(t);
  const socket = connect(here.port);
  const one = `GET / HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${token}\r\n\r\n`;
  socket.write(one.repeat(3));
  await here.asked();
  socket.destroy();
  await here.gone();
  here.goOn();
  assert.equal(await here.ask(), 200);
  here.later();
  here.goOn();
  assert.equal(await here.ask(), 200);
});

const wrongToken = (): string =>
  `rk_${randomBytes(16).toString('hex')}_${randomBytes(32).toString('base64url')}`;

test('a key that is revoked while it is asked for is not remembered as a good one', async (t) => {
  const here = await site(t);
  const first = here.ask();
  await here.asked();
  here.revoke();
  here.goOn();
  assert.equal(await first, 200, 'it stood when the database was asked');
  assert.equal(await here.ask(), 401);
});

test('wrong keys wait for one query together, and one that was wrong before needs none', async (t) => {
  const here = await site(t);
  const first = here.ask(wrongToken());
  await here.asked();
  const rest = Array.from({ length: 30 }, wrongToken);
  const answers = rest.map((each) => here.ask(each));
  // Of the right id and another secret.
  const near = token.slice(0, -43) + randomBytes(32).toString('base64url');
  answers.push(here.ask(near));
  here.goOn();
  assert.deepEqual(new Set(await Promise.all([first, ...answers])), new Set([401]));
  const before = here.queries();
  assert.equal(before.most, 1);
  for (const each of [...rest, near]) assert.equal(await here.ask(each), 401);
  assert.deepEqual(here.queries(), before);
  assert.equal(await here.ask(), 200, 'a good key is found as before');
});
