import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { BenchClient, benchRequest } from './bench-check-client.ts';

test('the client of the bench tells each answer by its text, in pieces too, and ends where one is refused', async (t) => {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    bodies.push(`${request.headers.authorization} ${body}`);
    if (body === 'refused') return void response.writeHead(503, { 'content-length': 0 }).end();
    if (body === 'gone') return void request.socket.destroy();
    response.writeHead(200, { 'content-length': 6 });
    response.write('is');
    response.write(' ');
    response.end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
  const requests = ['yes', 'not'].map((body) => benchRequest(url, 'planted', body));
  const client = await BenchClient.open(url, 3);
  const answers = await client.askAll(requests, 21, 'is yes');
  assert.deepEqual(
    answers.map(({ passed }) => passed),
    Array.from({ length: 21 }, (_, i) => i % 2 === 0),
  );
  assert.ok(answers.every(({ ms }) => ms > 0));
  assert.equal(bodies.filter((each) => each === 'Bearer planted yes').length, 11);
  client.close();
  await assert.rejects(client.askAll(requests, 1, 'is'), /closed/);
  for (const [body, reason] of [
    ['refused', /answered 503/],
    ['gone', /closed/],
  ] as const) {
    const other = await BenchClient.open(url, 1);
    await assert.rejects(other.askAll([benchRequest(url, 'planted', body)], 2, 'is'), reason);
    other.close();
  }
});
