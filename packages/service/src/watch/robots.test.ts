import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { Robots, type RobotsFetch, rulesOf } from './robots.ts';

let answer: { readonly status: number; readonly body?: string; readonly location?: string } = { status: 404 };
let questions = 0;
const server = createServer((request, response) => {
  questions++;
  if (request.url === '/elsewhere.txt') return void response.end('User-agent: *\nDisallow: /private');
  const { status, body, location } = answer;
  response.writeHead(status, location === undefined ? {} : { location }).end(body);
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
after(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const how: RobotsFetch = { userAgent: 'ReclaimMonitor/0.1', testHosts: [`127.0.0.1:${port}`] };
const url = new URL(`http://127.0.0.1:${port}/private/page?x=1`);
let now = Date.UTC(2026, 10, 26);
const fresh = () => new Robots(() => now);

test('a robots.txt is obeyed: the group of this node before that of all, and the longer rule before the shorter', () => {
  const file = 'http://site.example/robots.txt';
  const at = (path: string, text: string) => rulesOf(file, text)(`http://site.example${path}`);
  assert.equal(at('/private/x', 'User-agent: *\nDisallow: /private'), false);
  assert.equal(at('/public', 'User-agent: *\nDisallow: /private'), true);
  assert.equal(at('/private/x', 'User-agent: *\nDisallow: /private\nAllow: /private/x'), true);
  assert.equal(at('/x', 'User-agent: *\nDisallow:\n\nUser-agent: reclaimmonitor\nDisallow: /'), false);
  assert.equal(at('/x', 'User-agent: OtherBot\nDisallow: /'), true);
  assert.equal(at('/a/b.png', 'User-agent: *\nDisallow: /*.png$'), false);
  assert.equal(at('/x', ''), true);
  assert.equal(at('/x', '<html>no rules here</html>'), true);
});

test('a robots.txt that costs too much to judge allows nothing, and costs no time', () => {
  const file = 'http://site.example/robots.txt';
  const wild = `Disallow: /${'a*'.repeat(400)}b\n`;
  for (const text of [
    `User-agent: *\n${wild.repeat(301)}`,
    'x\n'.repeat(10_001),
    `Disallow: /${'a'.repeat(1_001)}`,
  ])
    assert.equal(rulesOf(file, text)('http://site.example/x'), false);
});

test('a file that is not there allows everything; one that cannot be had allows nothing, and is told apart from a rule', async () => {
  for (const status of [404, 403, 401, 410]) {
    answer = { status };
    assert.equal(await fresh().leave(url, how), 'allowed', `${status}`);
  }
  for (const status of [500, 503, 429]) {
    answer = { status };
    assert.equal(await fresh().leave(url, how), 'unreachable', `${status}`);
  }
  answer = { status: 200, body: 'User-agent: *\nDisallow: /private' };
  assert.equal(await fresh().leave(url, how), 'disallowed');
  answer = { status: 200, body: `User-agent: *\nDisallow: /other\n${'#'.repeat(600_000)}` };
  assert.equal(await fresh().leave(url, how), 'disallowed');
  answer = { status: 301, location: '/elsewhere.txt' };
  assert.equal(await fresh().leave(url, how), 'disallowed');
  answer = { status: 302, location: 'http://169.254.169.254/robots.txt' };
  assert.equal(await fresh().leave(url, how), 'unreachable');
});

test('an origin is asked once a day, and after an outage again in ten minutes', async () => {
  const robots = fresh();
  answer = { status: 404 };
  questions = 0;
  for (let i = 0; i < 3; i++) await robots.leave(url, how);
  assert.equal(questions, 1);
  now += 86_400_001;
  answer = { status: 503 };
  assert.equal(await robots.leave(url, how), 'unreachable');
  assert.equal(questions, 2);
  answer = { status: 404 };
  assert.equal(await robots.leave(url, how), 'unreachable');
  now += 600_001;
  assert.equal(await robots.leave(url, how), 'allowed');
  assert.equal(questions, 3);
});
