import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { compactErased, erasurePendingSince, noteErasure } from './erasure.ts';
import { freshStore, INSTALLED_SERVERS } from './store.fixture.ts';

const MINUTE_MS = 60_000;

for (const server of INSTALLED_SERVERS) {
  describe(server.name, async () => {
    let clock = Date.UTC(2027, 2, 10, 13, 37);
    const { store, end } = await freshStore({ binariesDir: server.binariesDir, now: () => clock });
    after(end);

    const note = () => store.transaction((trx) => noteErasure(store, trx));

    test('an erasure is pending from the first one on, until the files are clean', async () => {
      assert.equal(await compactErased(store), undefined);
      const since = clock;
      await note();
      clock += MINUTE_MS;
      await note();
      assert.equal(await erasurePendingSince(store), since);
      assert.equal((await compactErased(store))?.ok, true);
      assert.equal(await erasurePendingSince(store), undefined);
      assert.equal(await compactErased(store), undefined);
    });

    test('what is erased during a compaction waits for the next, and one that fails wins no time', async (t) => {
      const since = clock;
      await note();
      const compacting = t.mock.method(store, 'compact', async () => {
        clock += MINUTE_MS;
        await note();
        return { ok: true, reach: 'every-file', lockedMs: 1 } as const;
      });
      await compactErased(store);
      assert.equal(await erasurePendingSince(store), since + MINUTE_MS);
      compacting.mock.mockImplementation(async () => ({ ok: false, reason: 'table-busy' }) as const);
      await compactErased(store);
      assert.equal(await erasurePendingSince(store), since + MINUTE_MS);
      compacting.mock.mockImplementation(async () => {
        clock += MINUTE_MS;
        await note();
        throw new Error('the server is gone');
      });
      await assert.rejects(compactErased(store), /the server is gone/);
      assert.equal(await erasurePendingSince(store), since + MINUTE_MS, 'the older of the two');
      compacting.mock.restore();
      await compactErased(store);
    });

    test('a process that was killed in the middle of it leaves the erasure pending, with its time', async (t) => {
      const since = clock;
      await note();
      const compacting = t.mock.method(store, 'compact');
      const reached = new Promise<void>((resolve) => {
        compacting.mock.mockImplementation(() => {
          resolve();
          return new Promise(() => {});
        });
      });
      void compactErased(store);
      await reached;
      assert.equal(await erasurePendingSince(store), undefined, 'it is under way');
      clock += 11 * MINUTE_MS;
      assert.equal(await erasurePendingSince(store), since);
      // What came since then keeps its own time no longer than the older one stands.
      await note();
      assert.equal(await erasurePendingSince(store), since);
      compacting.mock.restore();
      assert.equal((await compactErased(store))?.ok, true);
      clock += 11 * MINUTE_MS;
      assert.equal(await erasurePendingSince(store), undefined);
    });

    test('of two nodes that compact at once, the one that is killed loses nothing of the other', async (t) => {
      const since = clock;
      await note();
      const compacting = t.mock.method(store, 'compact');
      let second: Promise<unknown> = Promise.resolve();
      const reached = new Promise<void>((resolve) => {
        compacting.mock.mockImplementationOnce(async () => {
          clock += MINUTE_MS;
          await note();
          compacting.mock.mockImplementation(() => {
            resolve();
            return new Promise(() => {});
          });
          second = compactErased(store);
          await reached;
          return { ok: true, reach: 'every-file', lockedMs: 1 } as const;
        });
      });
      assert.equal((await compactErased(store))?.ok, true);
      void second;
      clock += 11 * MINUTE_MS;
      assert.equal(await erasurePendingSince(store), since);
      compacting.mock.restore();
      await compactErased(store);
      assert.equal(await erasurePendingSince(store), undefined);
    });
  });
}
