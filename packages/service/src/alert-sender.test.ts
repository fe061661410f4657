import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { UNSAID_PLATFORM } from '@reclaim/casework/notice-terms';
import { sweepBreaches } from '@reclaim/store/notice-clocks';
import { receiveNotice } from '@reclaim/store/notices';
import { checkAlertUrl, sendAlerts } from './alert-sender.ts';
import { testNode } from './node.fixture.ts';
import { signWebhook } from './webhook-sender.ts';

const HOUR = 3_600_000;
let clock = Date.UTC(2026, 10, 20, 10);
const { node, end } = await testNode({ now: () => clock });
after(end);

const came: { readonly headers: Record<string, unknown>; readonly body: string }[] = [];
let answer = 204;
const pager = createServer((request, response) => {
  let body = '';
  request.on('data', (part) => (body += part));
  request.on('end', () => {
    came.push({ headers: request.headers, body });
    response.writeHead(answer).end();
  });
});
await new Promise<void>((resolve) => pager.listen(0, 'localhost', resolve));
after(() => pager.close());
const url = `http://localhost:${(pager.address() as AddressInfo).port}/hook`;
const secret = Buffer.alloc(32, 7);
const logged: string[] = [];
const options = { url, secret, hosts: [], log: (line: string) => logged.push(line), pauseMs: 1 };
const send = () => sendAlerts(node.store, options, new AbortController().signal);

test('half of the time, four fifths, the last hour and the breach are told once each, signed, and say nothing of a person', async () => {
  const tick = (id: 'not-consensual' | 'good-faith') => ({ id, version: '1' });
  const received = await receiveNotice(
    node.store,
    'a'.repeat(64),
    {
      age: 'adult',
      item: { id: 'planted-item' },
      locations: [],
      standing: 'depicted',
      authorityBasis: '',
      kind: 'authentic',
      facts: 'Planted facts.',
      declarations: [tick('not-consensual'), tick('good-faith')],
      country: 'US',
      subdivision: 'unknown',
      language: 'en',
    },
    {
      name: 'Planted Name',
      email: 'planted@example.org',
      otherContact: '',
      signature: { text: 'Planted Name', pseudonym: false },
    },
    UNSAID_PLATFORM,
  );
  assert.ok(received.ok);
  assert.equal(await send(), 0, 'nothing is to be said yet');
  const stages: string[][] = [];
  for (const hours of [24, 24.5, 39, 47.5, 48.1]) {
    clock = Date.UTC(2026, 10, 20, 10) + hours * HOUR;
    await sweepBreaches(node.store);
    const before = came.length;
    await send();
    stages.push(
      came.slice(before).flatMap(({ body }) => {
        return JSON.parse(body)
          .data.filter(({ ruleId }: { ruleId: string }) => ruleId === 'US-TIDA-REMOVE')
          .map(({ stage }: { stage: string }) => stage);
      }),
    );
  }
  assert.deepEqual(stages, [['half'], [], ['most'], ['hour'], ['breached']]);
  for (const { headers, body } of came) {
    assert.doesNotMatch(body, /lanted|item|ntc_/);
    const { data } = JSON.parse(body);
    assert.deepEqual(Object.keys(data[0]).toSorted(), ['dueAt', 'jobId', 'regime', 'ruleId', 'stage']);
    const id = String(headers['webhook-id']);
    assert.equal(
      headers['webhook-signature'],
      signWebhook(secret, id, Number(headers['webhook-timestamp']), body),
    );
  }
});

test('what cannot be told is tried three times, and the log names no address', async () => {
  answer = 500;
  await node.store.db.updateTable('notice_clock').set({ warned: 0 }).execute();
  const before = came.length;
  assert.equal(await send(), 0);
  assert.equal(came.length - before, 3);
  assert.match(logged.join('\n'), /warnings could not be told$/);
  assert.doesNotMatch(logged.join('\n'), /localhost|hook/);
});

test('an address inside the network is refused unless the operator named it', () => {
  checkAlertUrl('https://pager.example/x', []);
  checkAlertUrl('http://10.0.0.7:8443/x', ['10.0.0.7:8443']);
  assert.throws(() => checkAlertUrl('http://10.0.0.7:8443/x', []), /expected https/);
  assert.throws(() => checkAlertUrl('http://pager.example/x', []), TypeError);
});
