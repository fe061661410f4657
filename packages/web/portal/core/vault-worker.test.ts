import assert from 'node:assert/strict';
import test from 'node:test';

test('S28: a worker whose file is run a second time, as WebKit does for a part fetched later, keeps the desk that holds the keys', async () => {
  const scope = globalThis as { onmessage?: unknown };
  for (const file of ['./vault-worker.ts', '../../console/helper-worker.ts']) {
    try {
      scope.onmessage = null;
      await import(`${file}?first`);
      const first = scope.onmessage;
      assert.equal(typeof first, 'function', file);
      await import(`${file}?again`);
      assert.equal(scope.onmessage, first, file);
    } finally {
      delete scope.onmessage;
    }
  }
});
