import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { pdqSignalOf } from '@reclaim/fingerprint/fingerprint';
import { permutedWords } from '@reclaim/matching/bit-permutation';
import { landscape } from '@reclaim/raster/landscape.fixture';
import { type Pixels, parsePixels } from '@reclaim/raster/pixels';
import { pngOf } from '@reclaim/raster/png-file.fixture';
import type { Features } from '@reclaim/registration/features';
import { parseFeatures } from '@reclaim/registration/local-features';
import { filesHolding } from '@reclaim/store/embedded-scratch.fixture';
import { recordsAfter } from '@reclaim/store/event-log';
import { expireLocalFeatures, loadLocalFeatures } from '@reclaim/store/local-features';
import { runRaw } from '@reclaim/store/store.fixture';
import { eraseNow } from './erase.ts';
import { BUSY_LINE, testNode } from './node.fixture.ts';
import { type Member, makeFirstMember, makeMember } from './staff.fixture.ts';

const PICTURE = landscape(11, 480, 360);
const CROP = pngOf(part(PICTURE, 90, 60, 330, 250));
const MIRRORED = pngOf(flipped(part(PICTURE, 60, 40, 380, 290)));

function part({ data, width, channels }: Pixels, left: number, top: number, w: number, h: number): Pixels {
  const cut = new Uint8Array(w * h * channels);
  for (let row = 0; row < h; row++) {
    const from = ((top + row) * width + left) * channels;
    cut.set(data.subarray(from, from + w * channels), row * w * channels);
  }
  return parsePixels(cut, w, h, channels);
}

function flipped({ data, width, height, channels }: Pixels): Pixels {
  const back = new Uint8Array(data.length);
  for (let at = 0; at < width * height; at++) {
    const from = at - (at % width) + width - 1 - (at % width);
    for (let c = 0; c < channels; c++) back[at * channels + c] = data[from * channels + c]!;
  }
  return parsePixels(back, width, height, channels);
}

const platform = createServer((_request, response) => {
  response.setHeader('content-type', 'image/png');
  response.end(pngOf(PICTURE));
});
await new Promise<void>((resolve) => platform.listen(0, '127.0.0.1', resolve));
const { port } = platform.address() as AddressInfo;

const clock = { now: 1_900_000_000_000 };
const { node, dataDir, tokens, ask, end, logged } = await testNode({
  now: () => clock.now,
  previewHosts: [`127.0.0.1:${port}`],
});
const { store } = node;
const first = await makeFirstMember(store);
const rowan = await makeMember(store, first, ['review', 'lead']);
const sorrel = await makeMember(store, first, ['review', 'lead']);
const fern = await makeMember(store, first, ['review']);
after(async () => {
  await end();
  platform.closeAllConnections();
  await new Promise((resolve) => platform.close(resolve));
});

const as = (who: Member, method: string, path: string, json?: object) =>
  ask(method, path, { headers: who.headers, ...(json === undefined ? {} : { json }) });
const turn = (who: Member, step: string, json: object = {}) =>
  as(who, 'POST', `/v1/local-features/${step}`, json);
const kept = async () => (await as(rowan, 'GET', '/v1/local-features')).json.kept as number;

let uploads = 0;
async function upload(file: Uint8Array) {
  uploads++;
  const { status, json } = await ask('POST', '/v1/check', {
    token: tokens.check,
    body: file as Uint8Array<ArrayBuffer>,
    headers: { 'content-type': 'image/png', 'reclaim-item-id': `upload-${uploads}` },
  });
  assert.equal(status, 200);
  return json.results[0] as { verdict: string; jobId?: string };
}

const { json: bank } = await ask('POST', '/v1/banks', { token: tokens.bank, json: { name: 'protected' } });
const found = pdqSignalOf(PICTURE);
assert.ok(found.ok);
const signal = found.signal;

/** Banks the picture's signal, lets a copy meet it, and decides that the copy is it. */
async function confirmCopy(name: string) {
  const banked = await ask('POST', `/v1/banks/${bank.id}/signals`, {
    token: tokens.bank,
    json: { signals: [signal] },
  });
  const [made] = banked.json.signals as [{ id: string; capability: string }];
  const item = { id: `copy-${name}`, previewUrl: `http://127.0.0.1:${port}/${name}` };
  const checked = await ask('POST', '/v1/check', {
    token: tokens.check,
    json: { items: [{ item, signals: [signal] }] },
  });
  const { jobId } = checked.json.results[0];
  await ask('POST', `/v1/jobs/${jobId}/claim`, { token: tokens.review });
  const ruling = { outcome: 'remove', ground: 'terms-intimate-image', confirms: [made.id] };
  const decided = await ask('POST', `/v1/jobs/${jobId}/decide`, {
    token: tokens.review,
    json: { ruling, facts: 'the same picture' },
  });
  assert.equal(decided.status, 200);
  return { jobId: jobId as string, capability: made.capability };
}

async function untilKept(count: number): Promise<void> {
  // The features are made behind the answer to the reviewer.
  for (let turns = 0; turns < 12_000 && (await kept()) !== count; turns++) await pause(50);
  assert.equal(await kept(), count);
}

const withdraw = (capability: string) => ask('POST', '/v1/withdrawals', { json: { capability } });

test('off by default: a ruling keeps nothing, and a crop passes', async () => {
  assert.equal((await as(rowan, 'GET', '/v1/local-features')).json.state, 'off');
  const { capability } = await confirmCopy('while-off');
  assert.equal((await upload(CROP)).verdict, 'pass');
  assert.equal(await kept(), 0);
  await withdraw(capability);
});

test('two members switch it on: not one, not a reviewer, not a key', async () => {
  assert.equal((await turn(fern, 'propose', { retentionDays: 30 })).status, 403);
  assert.equal(
    (await ask('POST', '/v1/local-features/propose', { token: tokens.admin, json: { retentionDays: 30 } }))
      .status,
    403,
  );
  for (const retentionDays of [0, 366, 1.5])
    assert.equal((await turn(rowan, 'propose', { retentionDays })).status, 400);
  assert.equal((await turn(sorrel, 'confirm')).status, 409);
  assert.equal((await turn(rowan, 'propose', { retentionDays: 30 })).json.state, 'proposed');
  const alone = await turn(rowan, 'confirm');
  assert.deepEqual([alone.status, alone.json.type], [409, '/problems/refused-same-reviewer']);
  const on = await turn(sorrel, 'confirm');
  assert.deepEqual([on.status, on.json.state, on.json.retentionDays], [200, 'on', 30]);
  assert.equal((await turn(sorrel, 'propose', { retentionDays: 9 })).status, 409);
});

test('a confirmed copy is found in a crop and in a mirrored one, and only ever reviewed', async () => {
  const { capability } = await confirmCopy('kept');
  await untilKept(1);
  for (const [file, orientation] of [
    [CROP, 'original'],
    [MIRRORED, 'flipY'],
  ] as const) {
    const { verdict, jobId } = await upload(file);
    assert.equal(verdict, 'review');
    const job = await as(rowan, 'GET', `/v1/jobs/${jobId}`);
    assert.equal(job.json.matches.length, 1);
    const [{ window, band, state, orientation: seen }] = job.json.matches;
    assert.deepEqual([window, band, state, seen], ['local-features', 'possible', 'confirmed', orientation]);
  }
  assert.equal((await upload(pngOf(landscape(12, 480, 360)))).verdict, 'pass');
  await withdraw(capability);
});

/** A few descriptors of the kept copy, as features have them and as the index does. */
function descriptors(features: Features): readonly Buffer[] {
  const { bits, count } = features;
  return [0, 1, count >> 1, count - 1].flatMap((at) => {
    const own = Buffer.from(bits.slice(8 * at, 8 * at + 8).buffer);
    return [own, Buffer.from(permutedWords(own).buffer)];
  });
}

const inMemory = (values: readonly Buffer[]) =>
  node.features.memories.some((memory) => {
    const bytes = Buffer.from(memory as ArrayBuffer);
    return values.some((value) => [0, 16].some((at) => bytes.includes(value.subarray(at, at + 16))));
  });

async function untilDropped(): Promise<void> {
  // The database tells the node when the withdrawal is in: nothing asks, nothing waits for the minute's round.
  for (let turns = 0; turns < 12_000 && node.features.size > 0; turns++) await pause(20);
  assert.equal(node.features.size, 0);
}

test('withdrawn with the signal: the row, the find, the memory and the files are rid of it', async () => {
  const { capability } = await confirmCopy('withdrawn');
  await untilKept(1);
  const { sealed, job_id } = await store.db
    .selectFrom('local_features')
    .selectAll()
    .executeTakeFirstOrThrow();
  const clear = store.key.unseal(sealed, `local-features ${job_id}`);
  const gone = descriptors(parseFeatures(clear)!);
  // PostgreSQL keeps long values in pieces of some 2,000 bytes: the first of one is enough to find it by.
  const piece = sealed.subarray(16, 80);
  assert.equal(gone.length, 8);
  await runRaw(store, 'checkpoint');
  assert.ok(inMemory(gone), 'the search of memory finds nothing');
  assert.notDeepEqual(filesHolding(dataDir, [piece]), [], 'the search of files finds nothing');
  assert.deepEqual(filesHolding(dataDir, [...gone, Buffer.from(clear.subarray(0, 32))]), []);

  assert.equal((await withdraw(capability)).status, 204);
  assert.equal(await kept(), 0);
  await untilDropped();
  assert.equal(inMemory(gone), false);
  assert.equal((await upload(CROP)).verdict, 'pass');
  const reached = await eraseNow(store, node.keeper, node.content);
  assert.ok(reached?.ok);
  assert.deepEqual(filesHolding(dataDir, [piece, ...gone]), []);
});

test('undone, expired, switched off: each erases', async () => {
  const undone = await confirmCopy('undone');
  await untilKept(1);
  await ask('POST', `/v1/jobs/${undone.jobId}/undo`, {
    token: tokens.review,
    json: { facts: 'decided in error' },
  });
  assert.equal(await kept(), 0);
  assert.equal((await upload(CROP)).verdict, 'pass');
  await withdraw(undone.capability);

  const expired = await confirmCopy('expired');
  await untilKept(1);
  clock.now += 31 * 86_400_000;
  assert.equal((await upload(CROP)).verdict, 'pass');
  await expireLocalFeatures(store);
  assert.equal((await loadLocalFeatures(store, 0)).live.size, 0);
  await withdraw(expired.capability);

  const off = await confirmCopy('off');
  await pause(0);
  const { headers } = await makeMember(store, first, ['review', 'lead']);
  // The clock moved on by a month, and so did every session.
  const late = { ...rowan, headers };
  for (let turns = 0; turns < 12_000 && (await loadLocalFeatures(store, 0)).live.size === 0; turns++)
    await pause(50);
  const answer = await turn(late, 'off');
  assert.deepEqual([answer.json.state, answer.json.kept], ['off', 0]);
  assert.equal((await upload(CROP)).verdict, 'pass');
  await withdraw(off.capability);
});

test('the log says who switched it and what was kept, and nothing of any picture', async () => {
  const records = await recordsAfter(store.db, 0, 1_000);
  const types = records.map(({ type }) => type).filter((type) => type.startsWith('local-features'));
  assert.deepEqual(
    types.filter((type) => type !== 'local-features-kept'),
    ['local-features-proposed', 'local-features-on', 'local-features-off'],
  );
  assert.equal(types.filter((type) => type === 'local-features-kept').length, 5);
  assert.deepEqual(
    logged.filter((line) => !BUSY_LINE.test(line)),
    [],
  );
});

test('no route answers features or takes them in', async () => {
  const { json } = await ask('GET', '/openapi.json');
  const routes = Object.keys(json.paths).filter((route) => route.includes('local-features'));
  assert.deepEqual(routes.sort(), [
    '/v1/local-features',
    '/v1/local-features/confirm',
    '/v1/local-features/off',
    '/v1/local-features/propose',
  ]);
  assert.equal(/sealed|descriptor|keypoint/i.test(JSON.stringify(json.paths['/v1/local-features'])), false);
});
