/**
 * Story: somebody withdraws, and later the machine is seized. No file below the data directory holds the signal: not
 * in clear, not sealed, not its capability, and not what the platform called the item; not as the bits of the index lie
 * either, in any memory or, opened with the node's own key, in the snapshot on disk.
 * @module
 */

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { permutedWords } from '@reclaim/matching/bit-permutation';
import { eraseNow } from '@reclaim/service/erase';
import { testNode } from '@reclaim/service/node.fixture';
import { filesHolding } from '@reclaim/store/embedded-scratch.fixture';
import { readSealedFile } from '@reclaim/store/sealed-file';
import { pdqOfSeed, runRaw } from '@reclaim/store/store.fixture';

const { node, dataDir, tokens, ask, end } = await testNode({ snapshotFrom: 1 });
const path = join(dataDir, 'index', 'bank.sealed');

/** A value as it came, and as an index holds it. */
function forms(value: string): readonly Buffer[] {
  const bytes = Buffer.from(value, 'hex');
  return [bytes, Buffer.from(permutedWords(bytes).buffer)];
}

/** Whether bytes hold eight bytes in a row of one of these. */
function holds(bytes: Uint8Array, values: readonly Buffer[]): boolean {
  const where = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return values.some((value) => [0, 8, 16, 24].some((at) => where.includes(value.subarray(at, at + 8))));
}

/** Everything that the snapshot holds, opened. */
async function snapshotBytes(): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  const take = async (chunks: AsyncIterable<Uint8Array>) => {
    for await (const chunk of chunks) parts.push(Buffer.from(chunk));
  };
  await readSealedFile(path, node.store.key, [take, take, take, take]);
  return Buffer.concat(parts);
}

const memoryHolds = (values: readonly Buffer[]) =>
  node.keeper.memories.some((memory) => holds(new Uint8Array(memory), values));

test("after a withdrawal and a compaction a signal's bytes are in no file of the data directory and in no memory", async () => {
  try {
    const bank = (await ask('POST', '/v1/banks', { token: tokens.bank, json: { name: 'b' } })).json;
    const value = createHash('sha256').update('a planted file').digest('hex');
    const pdq = pdqOfSeed(1);
    const stays = pdqOfSeed(2);
    const signals = [{ kind: 'sha256', value }, pdq, stays];
    const banked = await ask('POST', `/v1/banks/${bank.id}/signals`, {
      token: tokens.bank,
      json: { signals },
    });
    const [{ id, capability }, second] = banked.json.signals;
    const item = { id: 'planted-item-5d81', previewUrl: 'https://board.example/planted-preview-77' };
    const held = await ask('POST', '/v1/check', {
      token: tokens.check,
      json: { items: [{ item, signals: signals.slice(0, 2) }] },
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
    await node.keeper.save();
    const gone = [...forms(value), ...forms(pdq.value)];
    const inClear = [...gone, Buffer.from(value), Buffer.from(pdq.value)];
    const planted = [
      ...inClear,
      sealed!,
      Buffer.from(capability),
      createHash('sha256').update(capability).digest(),
      Buffer.from('planted-preview-77'),
    ];
    // In the table: a value in the log may lie over the edge of two pages.
    await runRaw(node.store, 'checkpoint');
    assert.notDeepEqual(filesHolding(dataDir, [sealed!]), [], 'the search itself finds nothing');
    assert.deepEqual(filesHolding(dataDir, inClear), [], 'a value stood unsealed');
    assert.ok(
      memoryHolds(forms(value)) && memoryHolds(forms(pdq.value)),
      'the search of memory finds nothing',
    );
    const before = await snapshotBytes();
    assert.ok(holds(before, forms(value)) && holds(before, forms(pdq.value)));

    await ask('POST', '/v1/withdrawals', { json: { capability } });
    await ask('POST', '/v1/withdrawals', { json: { capability: second.capability } });
    // Out of memory at once; out of the files with the compaction.
    assert.equal(memoryHolds(gone), false);
    assert.ok(holds(await snapshotBytes(), gone));
    const reached = await eraseNow(node.store, node.keeper, node.content);
    assert.ok(reached?.ok);
    assert.equal(reached.reach, 'every-file');
    assert.deepEqual(filesHolding(dataDir, planted), []);
    assert.equal(memoryHolds(gone), false);
    const after = await snapshotBytes();
    assert.equal(holds(after, gone), false);
    assert.ok(holds(after, forms(stays.value)), 'what stays is in the new snapshot');
    assert.equal((await ask('GET', `/v1/signals/${id}`, { token: tokens.bank })).json.state, 'withdrawn');

    // The last one goes: there is no snapshot of nothing.
    await ask('POST', '/v1/withdrawals', { json: { capability: banked.json.signals[2].capability } });
    await eraseNow(node.store, node.keeper, node.content);
    assert.equal(existsSync(path), false);
  } finally {
    await end();
  }
});
