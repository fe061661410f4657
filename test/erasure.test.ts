/**
 * Story: somebody withdraws, and later the machine is seized. No file below the data directory holds the signal: not
 * in clear, not sealed, not its capability, and not what the platform called the item.
 * @module
 */

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { testNode } from '@reclaim/service/node.fixture';
import { filesHolding } from '@reclaim/store/embedded-scratch.fixture';
import { compactErased } from '@reclaim/store/signals';

test("after a withdrawal and a compaction a signal's bytes are in no file of the data directory", async () => {
  const { node, tokens, ask, end } = await testNode();
  try {
    const dataDir = node.store.embedded!.dataDir;
    const bank = (await ask('POST', '/v1/banks', { token: tokens.bank, json: { name: 'b' } })).json;
    const value = createHash('sha256').update('a planted file').digest('hex');
    const signals = [{ kind: 'sha256', value }];
    const banked = await ask('POST', `/v1/banks/${bank.id}/signals`, {
      token: tokens.bank,
      json: { signals },
    });
    const { id, capability } = banked.json.signals[0];
    const item = { id: 'planted-item-5d81', previewUrl: 'https://board.example/planted-preview-77' };
    const held = await ask('POST', '/v1/check', {
      token: tokens.check,
      json: { items: [{ item, signals }] },
    });
    const { jobId } = held.json.results[0];
    await ask('POST', `/v1/jobs/${jobId}/claim`, { token: tokens.review });
    const ruling = { outcome: 'keep', ground: 'not-intimate' };
    await ask('POST', `/v1/jobs/${jobId}/decide`, {
      token: tokens.review,
      json: { ruling, facts: 'nothing to see here' },
    });
    const { sealed } = await node.store.db
      .selectFrom('signal')
      .select('sealed')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const inClear = [Buffer.from(value, 'hex'), Buffer.from(value)];
    const planted = [
      ...inClear,
      sealed!,
      Buffer.from(capability),
      createHash('sha256').update(capability).digest(),
      Buffer.from('planted-preview-77'),
    ];
    assert.notDeepEqual(filesHolding(dataDir, [sealed!]), [], 'the search itself finds nothing');
    assert.deepEqual(filesHolding(dataDir, inClear), [], 'a value stood unsealed');

    await ask('POST', '/v1/withdrawals', { json: { capability } });
    assert.deepEqual(await compactErased(node.store).then((done) => done?.ok && done.reach), 'every-file');
    assert.deepEqual(filesHolding(dataDir, planted), []);
    assert.equal((await ask('GET', `/v1/signals/${id}`, { token: tokens.bank })).json.state, 'withdrawn');
  } finally {
    await end();
  }
});
