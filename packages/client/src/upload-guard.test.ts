import assert from 'node:assert/strict';
import test from 'node:test';
import type { CheckResult } from './check-result.ts';
import type { FileCheck } from './client.ts';
import { blank, png, waves } from './picture.fixture.ts';
import { RECLAIM_ERROR_CODES, ReclaimError } from './reclaim-error.ts';
import { type GuardClient, guardUpload } from './upload-guard.ts';

const ITEM = { id: 'photo-1' };
const BYTES = waves(1);
const JOB = `job_${'0'.repeat(32)}` as NonNullable<CheckResult['jobId']>;

function result(verdict: CheckResult['verdict'], more: Partial<CheckResult> = {}): CheckResult {
  return { itemId: ITEM.id, verdict, coverage: 'full', notes: [], ...more };
}

/** A client that answers one verdict, or throws; counts how often it was asked. */
function fake(answer: CheckResult | FileCheck | Error): GuardClient & { asked: number } {
  const client = {
    asked: 0,
    check: async () => {
      client.asked += 1;
      if (answer instanceof Error) throw answer;
      if ('kind' in answer) throw new Error('for checkFileRemote');
      return { logPosition: 1, results: [answer] };
    },
    checkFileRemote: async (): Promise<FileCheck> => {
      client.asked += 1;
      if (answer instanceof Error) throw answer;
      return 'kind' in answer ? answer : { kind: 'checked', result: answer };
    },
  };
  return client;
}

test('pass publishes; review and block hold, and are one answer', async () => {
  for (const hashing of ['local', 'remote'] as const) {
    const guard = (answer: CheckResult) => guardUpload(fake(answer), BYTES, ITEM, { hashing });
    assert.deepEqual(await guard(result('pass')), { kind: 'publish', coverage: 'full' });
    assert.deepEqual(await guard(result('review')), { kind: 'hold', retry: false });
    assert.deepEqual(await guard(result('block')), { kind: 'hold', retry: false });
    const withJob = { kind: 'hold', retry: false, jobId: JOB };
    assert.deepEqual(await guard(result('review', { jobId: JOB })), withJob);
    assert.deepEqual(await guard(result('block', { jobId: JOB })), withJob);
  }
});

test('whatever goes wrong on the way is a hold that asks for another try, and is told to the platform alone', async () => {
  for (const hashing of ['local', 'remote'] as const) {
    for (const code of RECLAIM_ERROR_CODES) {
      const told: string[] = [];
      const answer = await guardUpload(fake(new ReclaimError(code)), BYTES, ITEM, {
        hashing,
        onProblem: (error) => told.push(error.code),
      });
      assert.deepEqual(answer, { kind: 'hold', retry: true });
      assert.deepEqual(told, [code]);
    }
  }
});

test('an answer about another item never publishes', async () => {
  const answer = await guardUpload(fake(result('pass', { itemId: 'photo-2' })), BYTES, ITEM);
  assert.deepEqual(answer, { kind: 'hold', retry: true });
});

test('what is no whole picture is refused before anybody is asked', async () => {
  const cases: readonly (readonly [string, Uint8Array])[] = [
    ['not-an-image', new Uint8Array(0)],
    ['not-an-image', Buffer.from('hello')],
    ['unsupported-format', Buffer.from('%PDF-1.7 and so on')],
    ['image-damaged', BYTES.subarray(0, 60)],
    ['image-damaged', BYTES.subarray(0, BYTES.length - 200)],
    ['too-large', new Uint8Array(64 * 1024 * 1024 + 1)],
  ];
  for (const [reason, bytes] of cases) {
    const client = fake(result('pass'));
    assert.deepEqual(await guardUpload(client, bytes, ITEM), { kind: 'refuse', reason });
    assert.equal(client.asked, 0);
  }
});

test('a refusal of the node is a refusal; a damaged file that matched is held', async () => {
  const refused = fake({ kind: 'not-checked', reason: 'too-many-pixels' });
  assert.deepEqual(await guardUpload(refused, BYTES, ITEM, { hashing: 'remote' }), {
    kind: 'refuse',
    reason: 'too-many-pixels',
  });
  const damaged = (verdict: CheckResult['verdict']) =>
    guardUpload(fake(result(verdict, { notes: ['damaged'] })), BYTES, ITEM, { hashing: 'remote' });
  assert.deepEqual(await damaged('pass'), { kind: 'refuse', reason: 'image-damaged' });
  assert.deepEqual(await damaged('review'), { kind: 'hold', retry: false });
});

/** Two frames of one pixel each, GIF89a. */
const FRAME = '2c0000000001000100000202440100';
const TWO_FRAMES = Buffer.from(`47494638396101000100800000000000ffffff${FRAME}${FRAME}3b`, 'hex');

test('a file of several pictures is refused, unless the platform looks at the first only', async () => {
  const client = fake(result('pass'));
  assert.deepEqual(await guardUpload(client, TWO_FRAMES, ITEM), {
    kind: 'refuse',
    reason: 'several-pictures',
  });
  assert.equal(client.asked, 0);
  assert.deepEqual(await guardUpload(client, TWO_FRAMES, ITEM, { severalPictures: 'first-only' }), {
    kind: 'publish',
    coverage: 'exact-only',
  });
  const remote = fake(result('pass', { notes: ['first-frame-only'] }));
  assert.deepEqual(await guardUpload(remote, TWO_FRAMES, ITEM, { hashing: 'remote' }), {
    kind: 'refuse',
    reason: 'several-pictures',
  });
});

test('a picture that PDQ cannot see is published with the word that only equal bytes were looked for', async () => {
  for (const bytes of [blank(), png(4, 4, (x) => [x * 60, 0, 0])]) {
    assert.deepEqual(await guardUpload(fake(result('pass')), bytes, ITEM), {
      kind: 'publish',
      coverage: 'exact-only',
    });
  }
});

test('a guard that is stopped holds', async () => {
  const stop = new AbortController();
  stop.abort(new Error('shutting down'));
  const client = fake(new Error('shutting down'));
  assert.deepEqual(await guardUpload(client, BYTES, ITEM, { signal: stop.signal }), {
    kind: 'hold',
    retry: true,
  });
});

test('the platform’s own mistakes are thrown, and name neither the item nor the bytes', async () => {
  const client = fake(result('pass'));
  await assert.rejects(guardUpload(client, 'bytes' as unknown as Uint8Array, ITEM), TypeError);
  await assert.rejects(guardUpload(client, BYTES, { id: 'two words' }), (error) => {
    assert.ok(error instanceof TypeError && !error.message.includes('two words'));
    return true;
  });
  await assert.rejects(guardUpload(fake(new RangeError('a mistake')), BYTES, ITEM), RangeError);
  assert.equal(client.asked, 0);
});
