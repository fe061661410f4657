import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { REFUSALS } from '@reclaim/casework/refusal';
import { errorOfAnswer, parseRetryAfter, RECLAIM_ERROR_CODES, ReclaimError } from './reclaim-error.ts';

test('every refusal of the domain has its code', () => {
  for (const refusal of REFUSALS) assert.ok(RECLAIM_ERROR_CODES.includes(`refused-${refusal}`));
});

test('every problem that docs/api.md names has its code: what a node said is never told as another thing', async () => {
  const text = await readFile(new URL('../../../docs/api.md', import.meta.url), 'utf8');
  const [, after = ''] = text.split('## Errors\n');
  const named = [...after.split('\n## ')[0]!.matchAll(/`(\/problems\/[a-z-]+)`/g)].map(([, type]) => type!);
  assert.ok(named.length > 40);
  for (const type of named) {
    const { code } = errorOfAnswer(409, { type, title: 't', status: 409 }, null);
    assert.equal(`/problems/${code}`, type);
  }
});

test('the type of a problem is its code, as a path and as a whole address', () => {
  for (const prefix of ['', 'https://node.example', 'https://node.example/reclaim']) {
    const error = errorOfAnswer(
      409,
      { type: `${prefix}/problems/refused-not-claimed`, title: 't', status: 409 },
      null,
    );
    assert.equal(error.code, 'refused-not-claimed');
    assert.equal(error.status, 409);
  }
});

test('a problem that this client does not know, or no problem at all, is told by its status', () => {
  const unknown = (status: number) => ({ type: '/problems/something-new', title: 't', status });
  const expected: readonly (readonly [number, string])[] = [
    [400, 'invalid-request'],
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [413, 'too-large'],
    [415, 'unsupported-media-type'],
    [429, 'too-many-in-flight'],
    [500, 'unavailable'],
    [502, 'unavailable'],
    [302, 'bad-answer'],
    [418, 'bad-answer'],
  ];
  for (const [status, code] of expected) {
    assert.equal(errorOfAnswer(status, unknown(status), null).code, code);
    assert.equal(errorOfAnswer(status, undefined, null).code, code);
    assert.equal(errorOfAnswer(status, '<html>', null).code, code);
  }
});

test('Retry-After comes from the problem or from the header, and only as seconds', () => {
  const busy = { type: '/problems/too-busy', title: 't', status: 503 };
  assert.equal(errorOfAnswer(503, busy, '7').retryAfterSeconds, 7);
  assert.equal(errorOfAnswer(503, { ...busy, retryAfterSeconds: 3 }, '7').retryAfterSeconds, 3);
  assert.equal(errorOfAnswer(503, { ...busy, retryAfterSeconds: -1 }, null).retryAfterSeconds, undefined);
  assert.equal(parseRetryAfter('Wed, 21 Oct 2015 07:28:00 GMT'), undefined);
  assert.equal(parseRetryAfter('-1'), undefined);
  assert.equal(parseRetryAfter('999999999'), 86_400);
});

test('a message is made from the code alone', () => {
  assert.equal(new ReclaimError('unauthorized', { status: 401 }).message, 'Reclaim: unauthorized');
  const told = errorOfAnswer(
    400,
    { type: '/problems/invalid-request', title: 'hidden-title', status: 400 },
    null,
  );
  assert.ok(!`${told.message} ${told.stack}`.includes('hidden-title'));
});
