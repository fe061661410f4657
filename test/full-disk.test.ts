/**
 * The disk under a running node fills and is cleared: writes are refused with 507, checks go on, and once there is room
 * everything goes on by itself, with every signal that was acknowledged.
 * @module
 */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { testNode } from '@reclaim/service/node.fixture';
import { scratchDirectory } from '@reclaim/store/embedded-scratch.fixture';

const MEBIBYTE = 1_048_576;

/** How long a node may take to go on by itself on a machine that does other work too. */
const GOES_ON_WITHIN_MS = 180_000;

/** Writes zeros until the disk takes no more, and gives back `left` bytes, for the node itself to run into the end. */
function fill(file: string, left: number): void {
  const handle = openSync(file, 'a');
  for (const chunk of [MEBIBYTE, 4096]) {
    const zeros = Buffer.alloc(chunk);
    try {
      for (;;) if (writeSync(handle, zeros) < chunk) break;
    } catch (error) {
      assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC');
    }
  }
  ftruncateSync(handle, fstatSync(handle).size - left);
  closeSync(handle);
}

test('while the disk is full writes are 507 and checks go on; with room again nothing acknowledged is missing', async (t) => {
  using scratch = scratchDirectory();
  const disk = join(scratch.path, 'disk');
  mkdirSync(disk);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=320m,mode=0711', 'tmpfs', disk]);
  if (process.getuid?.() !== 0 || mounted.status !== 0)
    return t.diagnostic('did not run: only root may mount a small file system');
  try {
    const node = await testNode({ dataDir: join(disk, 'data') });
    try {
      await walk(node, join(disk, 'something-else'), t.diagnostic.bind(t));
    } finally {
      await node.end();
    }
  } finally {
    spawnSync('umount', ['-l', disk]);
  }
});

async function walk(
  { ask, tokens, logged }: Awaited<ReturnType<typeof testNode>>,
  other: string,
  tell: (text: string) => void,
): Promise<void> {
  const made = await ask('POST', '/v1/banks', {
    token: tokens.bank,
    json: { name: 'a bank' },
  });
  assert.equal(made.status, 201, made.text);
  const acknowledged = new Map<string, string>();
  const bank = async () => {
    const values = Array.from({ length: 64 }, () => randomBytes(32).toString('hex'));
    const answer = await ask('POST', `/v1/banks/${made.json.id}/signals`, {
      token: tokens.bank,
      json: { signals: values.map((value) => ({ kind: 'sha256', value })) },
    });
    if (answer.status === 201)
      for (const [i, { id }] of answer.json.signals.entries()) acknowledged.set(id, values[i]!);
    return answer;
  };
  assert.equal((await bank()).status, 201);

  // Room for some writes above what a recovery needs, as a disk fills in life.
  fill(other, 36 * MEBIBYTE);
  const refused = new Map<string, number>();
  for (let tries = 0; tries < 20_000 && (refused.get('/problems/storage-full') ?? 0) < 3; tries++) {
    const { status, json } = await bank();
    if (status !== 201) refused.set(json.type, (refused.get(json.type) ?? 0) + 1);
  }
  tell(`${acknowledged.size} signals acknowledged, then ${JSON.stringify([...refused])}`);
  assert.ok(refused.has('/problems/storage-full'));
  for (const type of refused.keys())
    assert.ok(['/problems/storage-full', '/problems/unavailable'].includes(type), type);
  const known = [...acknowledged.values()][0]!;
  const check = (value: string) =>
    ask('POST', '/v1/check', {
      token: tokens.check,
      json: { items: [{ item: { id: 'upload' }, signals: [{ kind: 'sha256', value }] }] },
    });
  assert.equal((await check(randomBytes(32).toString('hex'))).json.results[0].verdict, 'pass');

  rmSync(other);
  let status = 0;
  const patience = performance.now() + GOES_ON_WITHIN_MS;
  while (status !== 201) {
    assert.ok(performance.now() < patience, 'with room again it goes on by itself');
    status = (await bank()).status;
    if (status !== 201) await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const missing = [];
  for (const id of acknowledged.keys()) {
    const found = await ask('GET', `/v1/signals/${id}`, { token: tokens.bank });
    if (found.status !== 200) missing.push(found.status);
  }
  assert.deepEqual(missing, []);
  assert.equal((await check(known)).json.results[0].verdict, 'review');
  assert.deepEqual(
    logged.filter((line) => line.startsWith('500')),
    [],
  );
}
