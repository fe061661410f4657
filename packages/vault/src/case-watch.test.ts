import assert from 'node:assert/strict';
import test from 'node:test';
import { EMPTY_CASE, readCase } from './case-document.ts';
import { MAX_CASE_WATCHES, parseCaseWatches } from './case-watch.ts';

const WATCH = { link: 'https://photos.example/7', capability: 'A'.repeat(43), begunAt: 0 };

test('the watches of a case are read back as they were written, and a case without any is one', () => {
  for (const document of [EMPTY_CASE, { ...EMPTY_CASE, watches: [WATCH] }]) {
    const read = readCase(JSON.stringify(document));
    assert.ok(read.ok);
    assert.deepEqual(read.document, document);
  }
});

test('a watch that has not the form refuses the case, and is not repeated', () => {
  const many = Array.from({ length: MAX_CASE_WATCHES + 1 }, (_, at) => ({
    ...WATCH,
    capability: `${'A'.repeat(41)}${String(at).padStart(2, '0')}`,
  }));
  for (const watches of [
    'planted',
    many,
    [WATCH, WATCH],
    [{ ...WATCH, link: 'ftp://planted.example/' }],
    [{ ...WATCH, link: `https://planted.example/${'x'.repeat(2_000)}` }],
    [{ ...WATCH, capability: 'planted' }],
    [{ ...WATCH, begunAt: 1 }],
    [{ ...WATCH, begunAt: -86_400_000 }],
    [{ ...WATCH, more: 'planted' }],
    [null],
  ]) {
    assert.throws(
      () => parseCaseWatches(watches),
      (thrown) => thrown instanceof TypeError && !/planted/.test(thrown.message),
    );
    assert.deepEqual(readCase(JSON.stringify({ ...EMPTY_CASE, watches })), {
      ok: false,
      reason: 'malformed',
    });
  }
});
