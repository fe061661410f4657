/**
 * Story: pictures are published on photo-board before anybody protects them. Then a person protects one, and the copy that
 * is published already becomes a job; the reviewer sees it at its public address and takes it down. Another is taken back
 * by its owner before anybody decides, and its job closes with nothing changed on the board. A node that is killed between
 * the change of the bank and the search finds what it owed after its next start.
 * @module
 */

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createClient, type ReclaimClient } from '@reclaim/client/client';
import { signalsOfFile } from '@reclaim/decode/signals-of-file';
import { startPhotoBoard } from '@reclaim/photo-board/photo-board';
import { landscape } from '@reclaim/raster/landscape.fixture';
import { testNode } from '@reclaim/service/node.fixture';
import { scratchDirectory, untilServerGone } from '@reclaim/store/embedded-scratch.fixture';
import { pdqOfSeed } from '@reclaim/store/store.fixture';
import { jpegOf } from '../tools/altered-copies.ts';

/** How long one question may take on a machine that does other work too. */
const PATIENCE_MS = 120_000;

const { node, tokens, tokenFor, ask, end } = await testNode();
const folder = await mkdtemp(join(tmpdir(), 'reclaim-afterwards-'));
const board = await startPhotoBoard({
  client: createClient({ url: node.url, key: await tokenFor(['check', 'report']), timeoutMs: PATIENCE_MS }),
  dataDir: folder,
  port: 0,
  intervalMs: 20,
});
after(async () => {
  await board.stop();
  await end();
  await rm(folder, { recursive: true, force: true });
});
const { json: bank } = await ask('POST', '/v1/banks', { token: tokens.bank, json: { name: 'protected' } });
const reviewer = createClient({ url: node.url, key: await tokenFor(['review']), timeoutMs: PATIENCE_MS });
const platform = createClient({ url: node.url, key: await tokenFor(['check']), timeoutMs: PATIENCE_MS });

/** Looks until it is so; fails by the run's own time limit. */
async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Uploads a small copy, which is published; answers a look at its uploader's page. */
async function publish(seed: number): Promise<() => Promise<string>> {
  const form = new FormData();
  const file = await jpegOf(landscape(seed, 640, 480), 75);
  form.append('picture', new Blob([file as Uint8Array<ArrayBuffer>], { type: 'image/jpeg' }), 'p.jpg');
  const reply = await fetch(`${board.url}/pictures`, { method: 'POST', body: form, redirect: 'manual' });
  const address = board.url + reply.headers.get('location');
  const look = async () => (await fetch(address)).text();
  assert.ok((await look()).includes('Your picture is on the board'));
  return look;
}

async function protect(seed: number): Promise<string> {
  const { pdq } = await signalsOfFile(await jpegOf(landscape(seed, 1600, 1200), 92));
  assert.ok(pdq.ok);
  const json = { signals: [pdq.signal] };
  const banked = await ask('POST', `/v1/banks/${bank.id}/signals`, { token: tokens.bank, json });
  assert.equal(banked.status, 201);
  return banked.json.signals[0].capability;
}

test('what was published before it was protected is found, decided, and taken down', async () => {
  const found = await publish(8_001);
  await publish(8_002);
  await until(async () => ((await platform.content()).items === 2 ? true : undefined));
  await protect(8_001);
  const job = await until(async () => (await reviewer.jobs({ state: 'queued' })).jobs[0]);
  assert.deepEqual([job.cause, job.interim], ['retroactive', 'none']);
  // It stands until somebody decides, and is where everybody sees it.
  assert.ok((await found()).includes('Your picture is on the board'));
  const { preview_url: address } = await node.store.db
    .selectFrom('job')
    .select('preview_url')
    .where('id', '=', job.id)
    .executeTakeFirstOrThrow();
  const picture = await fetch(address!);
  assert.deepEqual([picture.status, picture.headers.get('content-type')], [200, 'image/jpeg']);
  await reviewer.claim(job.id);
  const ruling = { outcome: 'remove', ground: 'intimate-image-law' } as const;
  await reviewer.decide(job.id, ruling, 'It is the protected picture.');
  await until(async () => ((await found()).includes('The law does not allow') ? true : undefined));
  assert.equal((await fetch(address!)).status, 404);
  assert.equal((await platform.content()).items, 1);
});

test('what its owner takes back in time closes its job, and nothing changes on the board', async () => {
  const page = await publish(8_003);
  await until(async () => ((await platform.content()).items === 2 ? true : undefined));
  const capability = await protect(8_003);
  const job = await until(async () => (await reviewer.jobs({ state: 'queued' })).jobs[0]);
  await platform.withdraw(capability);
  const closed = await reviewer.job(job.id);
  assert.deepEqual([closed.state, closed.decision, closed.item], ['closed', undefined, undefined]);
  assert.ok((await page()).includes('Your picture is on the board'));
  assert.deepEqual((await reviewer.jobs({ state: 'queued' })).jobs, []);
});

type Running = { readonly child: ChildProcess; readonly client: ReclaimClient };

async function startChild(dataDir: string): Promise<Running> {
  const program = fileURLToPath(new URL('./crash-node.fixture.ts', import.meta.url));
  const child = spawn(process.execPath, [program, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ready = once(createInterface(child.stdout!), 'line');
  const ended = once(child, 'exit').then(([code]) =>
    assert.fail(`the node ended with ${code} before it was ready`),
  );
  ended.catch(() => undefined);
  const [line] = await Promise.race([ready, ended]);
  const { url, token } = JSON.parse(line);
  return { child, client: createClient({ url, key: token, timeoutMs: PATIENCE_MS }) };
}

test('killed between the change of the bank and the search, a node finds afterwards all that it owed', async () => {
  using scratch = scratchDirectory();
  let { child, client } = await startChild(scratch.path);
  try {
    const bank = await client.addBank({ name: 'killed' });
    const pdqs = Array.from({ length: 40 }, (_, i) => pdqOfSeed(500 + i));
    await client.keep(pdqs.map((pdq, i) => ({ item: { id: `item-${i}`, keepDays: 9 }, signals: [pdq] })));
    for (let round = 0; round < 2; round++) {
      await client.addSignals(bank.id, pdqs.slice(20 * round, 20 * (round + 1)));
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      ({ child, client } = await startChild(scratch.path));
    }
    await until(async () => {
      const { searchedTo, logPosition } = await client.content();
      return searchedTo === logPosition ? true : undefined;
    });
    const { jobs } = await client.jobs({ limit: 200 });
    const items = jobs.map(({ item, cause }) => `${cause} ${item?.id}`);
    assert.deepEqual(items.toSorted(), pdqs.map((_, i) => `retroactive item-${i}`).toSorted());
  } finally {
    child.kill('SIGKILL');
    await untilServerGone(scratch.path);
  }
});
