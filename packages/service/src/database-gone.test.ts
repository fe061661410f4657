import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testNode } from './node.fixture.ts';

// It stands still: a key that was found is trusted for two seconds, and this is about what happens while it is.
const clock = Date.UTC(2027, 4, 4);

async function until<T>(ask: () => Promise<T>, right: (answer: T) => boolean): Promise<T> {
  // Ends by the run's own time limit: how long a server takes to come back is the machine's to say.
  for (;;) {
    const answer = await ask();
    if (right(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test('while the database is away checks that match nothing go on, writes are 503, and it all comes back', async () => {
  const { node, tokens, ask, logged, end } = await testNode({ now: () => clock });
  try {
    const check = () =>
      ask('POST', '/v1/check', {
        token: tokens.check,
        json: { items: [{ item: { id: 'a' }, signals: [{ kind: 'sha256', value: '12'.repeat(32) }] }] },
      });
    const report = () =>
      ask('POST', '/v1/reports', { token: tokens.report, json: { item: { id: 'r' }, reason: 'other' } });
    assert.equal((await check()).status, 200);
    const first = await report();
    assert.equal(first.status, 202);
    process.kill(node.store.embedded!.postmasterPid!, 'SIGKILL');
    assert.equal((await check()).json.results[0].verdict, 'pass');
    const during = await until(report, ({ status }) => status === 503 || status === 202);
    if (during.status === 503) {
      assert.equal(during.json.type, '/problems/unavailable');
      assert.equal(during.headers.get('retry-after'), '2');
    }
    await until(report, ({ status }) => status === 202);
    const job = await ask('GET', `/v1/jobs/${first.json.jobId}`, { token: tokens.review });
    assert.equal(job.json.id, first.json.jobId);
    assert.equal(
      logged.some((line) => line.startsWith('500')),
      false,
    );
  } finally {
    await end();
  }
});
