/**
 * Story: somebody withdraws, and later the machine is seized. No file below the data directory holds the signal: not
 * in clear, not sealed, not its capability, and not what the platform called the item.
 * @module
 */

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { testNode } from '@reclaim/service/node.fixture';
import { compactErased } from '@reclaim/store/signals';

async function filesHolding(directory: string, needles: ReadonlyMap<string, Buffer>): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path).catch(() => Buffer.alloc(0));
    for (const [name, needle] of needles) if (bytes.includes(needle)) found.push(`${name} in ${entry.name}`);
  }
  return found;
}

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
    const needles = new Map([
      ['the value', Buffer.from(value, 'hex')],
      ["the value's text", Buffer.from(value)],
      ['the sealed value', sealed!],
      ['the capability', Buffer.from(capability)],
      ["the capability's hash", createHash('sha256').update(capability).digest()],
      ['the preview address', Buffer.from('planted-preview-77')],
    ]);
    const before = await filesHolding(dataDir, needles);
    assert.ok(
      before.some((place) => place.startsWith('the sealed value')),
      'the search itself finds nothing',
    );
    assert.equal(
      before.some((place) => place.startsWith('the value')),
      false,
      'a value stood unsealed',
    );

    await ask('POST', '/v1/withdrawals', { json: { capability } });
    assert.deepEqual(await compactErased(node.store).then((done) => done?.ok && done.reach), 'every-file');
    assert.deepEqual(await filesHolding(dataDir, needles), []);
    assert.equal((await ask('GET', `/v1/signals/${id}`, { token: tokens.bank })).json.state, 'withdrawn');
  } finally {
    await end();
  }
});
