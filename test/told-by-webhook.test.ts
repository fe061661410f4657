/**
 * Story: a person protects two pictures at a node; copies of them are uploaded to photo-board, which hears of what
 * became of them by webhook alone. One is removed, with the rule on its uploader's page, and comes back to waiting when
 * the decision is undone; the other is published the moment its signal is withdrawn.
 * @module
 */

import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createClient } from '@reclaim/client/client';
import { signalsOfFile } from '@reclaim/decode/signals-of-file';
import { startPhotoBoard } from '@reclaim/photo-board/photo-board';
import { landscape } from '@reclaim/raster/landscape.fixture';
import { testNode } from '@reclaim/service/node.fixture';
import { jpegOf } from '../tools/altered-copies.ts';
import { freePort } from './free-port.fixture.ts';

/** How long one question may take on a machine that does other work too. */
const PATIENCE_MS = 120_000;

const { node, tokenFor, ask, end } = await testNode({ limits: { proofBits: 0 } });
const folder = await mkdtemp(join(tmpdir(), 'reclaim-hooks-'));
// The address stands in the webhook and the webhook's secret in the board: so the port is chosen before both.
const port = await freePort();
const admin = createClient({ url: node.url, key: await tokenFor(['admin']), timeoutMs: PATIENCE_MS });
const { secret } = await admin.addWebhook(`http://localhost:${port}/hooks/reclaim`);
const board = await startPhotoBoard({
  client: createClient({ url: node.url, key: await tokenFor(['check', 'report']), timeoutMs: PATIENCE_MS }),
  dataDir: folder,
  port,
  host: 'localhost',
  hookSecret: secret,
  // Asking is put off beyond this test: what the board knows, a webhook told it.
  intervalMs: 600_000,
});
after(async () => {
  await board.stop();
  await end();
  await rm(folder, { recursive: true, force: true });
});

/** Protects a picture as the portal does, and answers the capability that withdraws its signal. */
async function protect(file: Buffer): Promise<string> {
  const { pdq } = await signalsOfFile(file);
  assert.ok(pdq.ok);
  const capability = randomBytes(32).toString('base64url');
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const { json: challenge } = await ask('POST', '/v1/challenges', { json: {} });
  const kept = await ask('POST', '/v1/cases', {
    json: {
      proof: { challenge: challenge.challenge, nonce: '0' },
      under18: 'no',
      lookupId: randomBytes(32).toString('hex'),
      authSha256: sha256('a key'),
      sealed: 'c2VhbGVk',
      signals: [{ signal: pdq.signal, capabilitySha256: sha256(capability) }],
    },
  });
  assert.deepEqual(kept.json, { version: 1, signals: ['banked'] });
  return capability;
}

/** Uploads a copy that was made smaller, and answers a look at its uploader's page. */
async function upload(seed: number): Promise<() => Promise<string>> {
  const file = await jpegOf(landscape(seed, 640, 480), 80);
  const form = new FormData();
  form.append('picture', new Blob([file as Uint8Array<ArrayBuffer>], { type: 'image/jpeg' }), 'picture.jpg');
  const reply = await fetch(`${board.url}/pictures`, { method: 'POST', body: form, redirect: 'manual' });
  const address = board.url + reply.headers.get('location');
  return async () => (await fetch(address)).text();
}

/** Looks until the page says so; fails by the run's own time limit. */
async function says(look: () => Promise<string>, words: string): Promise<void> {
  while (!(await look()).includes(words)) await new Promise((resolve) => setTimeout(resolve, 20));
}

test('what a reviewer decides and what a person takes back reach the board at once', async () => {
  const reviewer = createClient({ url: node.url, key: await tokenFor(['review']), timeoutMs: PATIENCE_MS });
  await protect(await jpegOf(landscape(7_001, 800, 600), 92));
  const capability = await protect(await jpegOf(landscape(7_002, 800, 600), 92));
  const removed = await upload(7_001);
  const freed = await upload(7_002);
  await says(removed, 'Your picture waits');
  await says(freed, 'Your picture waits');

  const [job] = (await reviewer.jobs({ state: 'queued' })).jobs;
  assert.ok(job);
  await reviewer.claim(job.id);
  const ruling = { outcome: 'remove', ground: 'intimate-image-law' } as const;
  await reviewer.decide(job.id, ruling, 'It is the protected picture.');
  await says(removed, 'The law does not allow intimate pictures');
  await reviewer.undo(job.id, 'It was the wrong one after all.');
  await says(removed, 'Your picture waits');

  await ask('POST', '/v1/withdrawals', { json: { capability } });
  await says(freed, 'Your picture is on the board');
  assert.ok((await removed()).includes('Your picture waits'));
});
