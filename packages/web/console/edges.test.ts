import assert from 'node:assert/strict';
import test from 'node:test';
import { type ChainRecord, chainRecord, EMPTY_HEAD } from '@reclaim/casework/event-chain';
import fc from 'fast-check';
import { type Carrier, makeApi } from './api.ts';
import { walkChain } from './chain-walk.ts';
import { fixtureJob } from './job.fixture.ts';
import { anchored, ROW_PX, rowsInView, scrollTo } from './list-window.ts';
import { isSetupLink, setupLink, setupToken } from './setup-link.ts';

async function chain(length: number): Promise<ChainRecord[]> {
  const records: ChainRecord[] = [];
  for (let seq = 1; seq <= length; seq++) {
    const body = { seq, at: seq, actor: 'system', type: 'made', data: { n: seq }, commitments: {} };
    records.push(await chainRecord(records.at(-1)?.hash ?? EMPTY_HEAD.hash, body));
  }
  return records;
}

/** A node that answers its log in pages of three. */
function logOf(records: readonly ChainRecord[], head = records.at(-1) ?? EMPTY_HEAD) {
  return async (after: number) => ({
    ok: true as const,
    value: { records: records.slice(after, after + 3).map((each) => ({ ...each }) as never), head },
  });
}

test('the log is verified page by page in the browser, with its progress', async () => {
  const records = await chain(8);
  const seen: number[] = [];
  const result = await walkChain(logOf(records), (done) => seen.push(done));
  assert.equal(result.kind, 'sound');
  assert.deepEqual(seen, [3, 6, 8]);
  assert.equal((await walkChain(logOf([]), () => undefined)).kind, 'sound');
});

test('a changed record, a head that is not reached and a node that goes away are each told apart', async () => {
  const records = await chain(5);
  const changed = records.with(3, { ...records[3]!, data: { n: 99 } });
  assert.deepEqual(await walkChain(logOf(changed), () => undefined), {
    kind: 'fault',
    fault: { kind: 'hash', seq: 4 },
  });
  const short = await walkChain(logOf(records.slice(0, 4), records[4]), () => undefined);
  assert.equal(short.kind, 'short');
  const trouble = { kind: 'offline', status: 0 };
  const gone = await walkChain(
    async () => ({ ok: false, trouble }),
    () => undefined,
  );
  assert.deepEqual(gone, { kind: 'trouble', trouble });
});

test('a list of any length draws only what is seen and a little more', () => {
  assert.deepEqual(rowsInView(0, 640, 0), { first: 0, end: 0 });
  fc.assert(
    fc.property(fc.nat(2_000_000), fc.nat(2_000), fc.nat(12_000), (top, height, count) => {
      const { first, end } = rowsInView(top, height, count);
      assert.ok(first >= 0 && first <= end && end <= count && end - first <= height / ROW_PX + 19);
    }),
  );
});

test('scrolling to a row moves no more than it must', () => {
  assert.equal(scrollTo(0, 300, 640), 0);
  assert.equal(scrollTo(3, 0, 640), 0);
  assert.equal(scrollTo(10, 0, 640), 11 * ROW_PX - 640);
});

test('rows that join above, or leave above, do not move the row under the eye', () => {
  const before = Array.from({ length: 100 }, (_, i) => `row${i}`);
  const top = 20 * ROW_PX + 7;
  assert.equal(anchored(before, ['new1', 'new2', ...before], top), top + 2 * ROW_PX);
  assert.equal(anchored(before, before.slice(5), top), top - 5 * ROW_PX);
  assert.equal(anchored(before, before.toSpliced(20, 1), top), top - ROW_PX);
  assert.equal(anchored(before, [], top), top);
});

test('a setup link is read from a fragment of exactly the right form', () => {
  const token = 'A'.repeat(43);
  assert.equal(setupToken(`#setup=${token}`), token);
  assert.equal(new URL(setupLink('http://localhost:1', token)).hash, `#setup=${token}`);
  for (const fragment of [
    '',
    '#',
    `#setup=${token}A`,
    `#setup=${token}&x=1`,
    '#setup=<script>',
    `setup=${token}`,
  ]) {
    assert.equal(setupToken(fragment), undefined);
  }
  assert.equal(isSetupLink('#setup=broken'), true);
});

const answering =
  (status: number, body: unknown): Carrier =>
  async () =>
    new Response(JSON.stringify(body), { status });

test('an answer that is not of the wire is trouble, never a half-read job', async () => {
  const odd = makeApi(answering(200, { id: 'job_1' }), () => undefined);
  assert.deepEqual(await odd.job('x'), { ok: false, trouble: { kind: 'unreadable', status: 200 } });
  const html = makeApi(
    async () => new Response('<h1>proxy</h1>', { status: 502 }),
    () => undefined,
  );
  assert.deepEqual(await html.job('x'), { ok: false, trouble: { kind: 'unreadable', status: 502 } });
});

test('problems come as their kind, a lost network as offline, and 401 ends the session', async () => {
  let lost = 0;
  const api = (status: number, type: string) =>
    makeApi(answering(status, { type, title: 'x', status }), () => lost++);
  const claimed = await api(409, '/problems/refused-claimed-by-another').claim('x');
  assert.equal(!claimed.ok && claimed.trouble.kind, 'refused-claimed-by-another');
  assert.equal(lost, 0);
  await api(401, '/problems/unauthorized').me();
  assert.equal(lost, 1);
  const away = makeApi(
    async () => {
      throw new TypeError('fetch');
    },
    () => undefined,
  );
  assert.deepEqual(await away.jobs({ state: 'queued', limit: 1 }), {
    ok: false,
    trouble: { kind: 'offline', status: 0 },
  });
});

test('nothing of a decision is in an address, and 204 is an answer', async () => {
  const sent: [string, RequestInit][] = [];
  const api = makeApi(
    async (path, init) => {
      sent.push([path, init]);
      return path.endsWith('look-end')
        ? new Response(null, { status: 204 })
        : new Response(JSON.stringify(fixtureJob(1)), { status: 200 });
    },
    () => undefined,
  );
  await api.decide('job_1', { outcome: 'keep', ground: 'not-a-match' }, 'the secret words');
  assert.equal(sent[0]![0].includes('secret'), false);
  assert.equal((await api.lookEnd('job_1', 3)).ok, true);
  assert.equal(
    sent.every(([, { cache }]) => cache === 'no-store'),
    true,
  );
});
