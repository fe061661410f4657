import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { JobId } from '@reclaim/casework/id';
import { pdqSignalOf } from '@reclaim/fingerprint/fingerprint';
import { pdqOrientations } from '@reclaim/fingerprint/pdq';
import { sha256 } from '@reclaim/fingerprint/sha256';
import { type PdqSignal, signalBytes } from '@reclaim/fingerprint/signal';
import { landscape } from '@reclaim/raster/landscape.fixture';
import { TURNS, turnPixels } from '@reclaim/raster/orientation';
import { pngOf } from '@reclaim/raster/png-file.fixture';
import { makeBank } from '@reclaim/store/banks';
import { contentHead, expireContent, keepContent, keptUntil } from '@reclaim/store/content';
import { beginSearch, searchedTo } from '@reclaim/store/content-search';
import { filesHolding } from '@reclaim/store/embedded-scratch.fixture';
import { recordsAfter } from '@reclaim/store/event-log';
import { bankSignals as bankIn, expireDueSignals } from '@reclaim/store/signals';
import { freshStore, pdqOfSeed } from '@reclaim/store/store.fixture';
import { compactedEveryFile } from './compacted.fixture.ts';
import { ContentKeeper } from './content-keeper.ts';
import { hashesOf } from './content-routes.ts';
import { IndexKeeper } from './index-keeper.ts';
import { NODE_LIMITS } from './limits.ts';
import { testNode } from './node.fixture.ts';
import { RetroactiveSearch } from './retroactive-search.ts';

/** Jobs that an unconfirmed signal opens on this node. */
const MOST = 30;

let clock = Date.UTC(2027, 2, 1);
const { node, tokens, ask, end } = await testNode({
  now: () => clock,
  limits: { retroactiveJobs: MOST },
});
after(end);
const { json: bank } = await ask('POST', '/v1/banks', { token: tokens.bank, json: { name: 'protected' } });

async function bankSignals(signals: readonly object[], bankId: string = bank.id) {
  const json = { signals };
  const banked = await ask('POST', `/v1/banks/${bankId}/signals`, { token: tokens.bank, json });
  assert.equal(banked.status, 201);
  return banked.json.signals as { id: string; capability: string }[];
}

async function withdraw(capability: string) {
  assert.equal((await ask('POST', '/v1/withdrawals', { json: { capability } })).status, 204);
}

async function keep(id: string, signals: readonly object[], more: object = {}) {
  const item = { id, keepDays: 30, ...more };
  const json = { items: [{ item, signals }] };
  const kept = await ask('POST', '/v1/content', { token: tokens.check, json });
  assert.equal(kept.status, 200);
  return kept.json.kept[0] as { itemId: string; until?: number };
}

/** Waits until the node has searched everything for all that is in the bank by now. */
async function searched() {
  for (;;) {
    const { json } = await ask('GET', '/v1/content', { token: tokens.check });
    const pending = await node.store.db
      .selectFrom('content')
      .select('num')
      .where('pending', '=', true)
      .execute();
    if (json.searchedTo === json.logPosition && pending.length === 0) return json;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function jobsOf(itemId: string) {
  const { db } = node.store;
  const rows = await db.selectFrom('job').select('id').where('item_id', '=', itemId).execute();
  const answers = rows.map(
    async ({ id }) => (await ask('GET', `/v1/jobs/${id}`, { token: tokens.review })).json,
  );
  return Promise.all(answers);
}

/** The address where a reviewer's look would be fetched from; no key is told. */
async function previewOf(jobId: JobId): Promise<string | null> {
  const { db } = node.store;
  const row = await db
    .selectFrom('job')
    .select('preview_url')
    .where('id', '=', jobId)
    .executeTakeFirstOrThrow();
  return row.preview_url;
}

/** The value with this many of its bits turned over. */
function turned(value: string, bits: number): string {
  return (BigInt(`0x${value}`) ^ ((1n << BigInt(bits)) - 1n)).toString(16).padStart(64, '0');
}

test('a signal that joins the bank opens a job for what is hosted near it, and its withdrawal closes it', async () => {
  const pdq = pdqOfSeed(1);
  const near = { ...pdq, value: turned(pdq.value, 31) };
  assert.deepEqual(await keep('hosted-1', [near], { previewUrl: 'https://board.example/p/1' }), {
    itemId: 'hosted-1',
    until: clock + 30 * 24 * 3_600_000,
  });
  await keep('hosted-2', [{ ...pdq, value: turned(pdq.value, 32) }]);
  await searched();
  assert.deepEqual([await jobsOf('hosted-1'), await jobsOf('hosted-2')], [[], []]);

  const [signal] = await bankSignals([pdq]);
  await searched();
  const [job, ...others] = await jobsOf('hosted-1');
  assert.deepEqual(others, []);
  assert.deepEqual(
    [job.state, job.cause, job.interim, await previewOf(job.id)],
    ['queued', 'retroactive', 'none', 'https://board.example/p/1'],
  );
  assert.deepEqual(
    job.matches.map(({ signalId, band }: { signalId: string; band: string }) => [signalId, band]),
    [[signal!.id, 'confident']],
  );
  assert.deepEqual(await jobsOf('hosted-2'), []);
  // Nothing changes for what is published: the platform is told of nothing.
  const { json: told } = await ask('GET', '/v1/outcomes', { token: tokens.check });
  assert.deepEqual(told.outcomes, []);

  await withdraw(signal!.capability);
  const { json: closed } = await ask('GET', `/v1/jobs/${job.id}`, { token: tokens.review });
  assert.deepEqual([closed.state, closed.item], ['closed', undefined]);
});

test('what is hosted is searched for when it is kept, whatever was in the bank before', async () => {
  const pdq = pdqOfSeed(2);
  const [signal] = await bankSignals([pdq]);
  await searched();
  await keep('late', [pdq]);
  await searched();
  assert.equal((await jobsOf('late')).length, 1);
  // Kept anew, the same signal asks nobody a second time.
  await keep('late', [pdq]);
  await searched();
  assert.equal((await jobsOf('late')).length, 1);
  await withdraw(signal!.capability);
});

test('an upload that passes is kept where that is asked for, and only then', async () => {
  const [kept, unkept, held] = [pdqOfSeed(3), pdqOfSeed(4), pdqOfSeed(5)];
  const [waits] = await bankSignals([held]);
  const before = (await searched()).items;
  const items = [
    { item: { id: 'door-kept', keepDays: 2 }, signals: [kept] },
    { item: { id: 'door-unkept' }, signals: [unkept] },
    { item: { id: 'door-held', keepDays: 2 }, signals: [held] },
    { item: { id: 'door-blank', keepDays: 2 }, signals: [{ ...kept, quality: 10 }] },
  ];
  const { json } = await ask('POST', '/v1/check', { token: tokens.check, json: { items } });
  assert.deepEqual(
    json.results.map(({ verdict, keptUntil }: { verdict: string; keptUntil?: number }) => [
      verdict,
      keptUntil,
    ]),
    [
      ['pass', clock + 2 * 24 * 3_600_000],
      ['pass', undefined],
      ['review', undefined],
      ['pass', undefined],
    ],
  );
  const file = pngOf(landscape(901, 320, 240));
  const headers = {
    'content-type': 'image/png',
    'reclaim-item-id': 'door-file',
    'reclaim-keep-days': '7',
  };
  const whole = await ask('POST', '/v1/check', { token: tokens.check, body: file, headers });
  assert.equal(whole.json.results[0].keptUntil, clock + 7 * 24 * 3_600_000);
  const wrong = { ...headers, 'reclaim-keep-days': 'long' };
  assert.equal(
    (await ask('POST', '/v1/check', { token: tokens.check, body: file, headers: wrong })).status,
    400,
  );
  assert.equal((await searched()).items, before + 2);
  const [one, two] = await bankSignals([kept, unkept]);
  await searched();
  assert.equal((await jobsOf('door-kept')).length, 1);
  assert.equal((await jobsOf('door-unkept')).length, 0);
  for (const { capability } of [waits!, one!, two!]) await withdraw(capability);
});

test('a mirrored copy that is hosted is found', async () => {
  const picture = landscape(77, 1200, 900);
  const own = pdqSignalOf(picture);
  const mirrored = pdqSignalOf(turnPixels(picture, 'flipY'));
  assert.ok(own.ok && mirrored.ok);
  await keep('mirrored', [mirrored.signal]);
  const [signal] = await bankSignals([own.signal]);
  await searched();
  const [job] = await jobsOf('mirrored');
  assert.equal(job.matches[0].orientation, 'flipY');
  await withdraw(signal!.capability);
});

test('every orientation of a hosted picture is found, however small, and what was kept with one hash by that', async (t) => {
  const { store, end } = await freshStore();
  t.after(end);
  const made = await makeBank(store, 'system', {
    ...{ name: 'b', kind: 'positive', confidentBits: 31, possibleBits: 31 },
  });
  assert.ok(made.ok);
  const banked: PdqSignal[] = [];
  const hosted: string[] = [];
  for (const [width, height, pictures] of [
    [256, 256, 20],
    [320, 240, 3],
    [90, 128, 3],
  ] as const)
    for (let seed = 0; seed < pictures; seed++) {
      const picture = landscape(7_000 + seed, width, height);
      const own = pdqSignalOf(picture);
      assert.ok(own.ok);
      banked.push(own.signal);
      const drafts = TURNS.map((turn) => {
        const { quality, hashes } = pdqOrientations(turnPixels(picture, turn));
        const signal = { ...own.signal, value: hashes[0]!, quality, orientations: [...hashes] };
        return { item: { id: `${width}-${seed}-${turn}` }, ...hashesOf([signal])! };
      });
      // As rows were before: the upright hash alone.
      const { pdq } = hashesOf([own.signal])!;
      assert.equal(pdq!.length, 32);
      drafts.push({ item: { id: `${width}-${seed}-before` }, pdq, sha256: undefined });
      hosted.push(...drafts.map(({ item }) => item.id));
      await keepContent(
        store,
        drafts.map((draft) => ({ ...draft, expiresAt: keptUntil(store, 1), lookedTo: 0 })),
      );
    }
  const keeper = await IndexKeeper.load(store);
  const content = new ContentKeeper(store);
  const search = new RetroactiveSearch(store, keeper, content, NODE_LIMITS, () => undefined);
  await search.run();
  assert.ok((await bankIn(store, 'system', made.bank.id, banked)).ok);
  await search.run();
  const rows = await store.db
    .selectFrom('job')
    .select('item_id')
    .where('cause', '=', 'retroactive')
    .execute();
  const found = new Set(rows.map(({ item_id }) => item_id));
  assert.deepEqual(
    hosted.filter((id) => !found.has(id)),
    [],
  );
});

test('equal bytes of a confirmed signal are to be held meanwhile, and shown again when the signal goes', async () => {
  const digest = await sha256(new TextEncoder().encode('a planted file'));
  const file = { kind: 'sha256', value: digest };
  const [signal] = await bankSignals([file]);
  const json = { items: [{ item: { id: 'confirming' }, signals: [file] }] };
  const first = await ask('POST', '/v1/check', { token: tokens.check, json });
  const { jobId } = first.json.results[0];
  await ask('POST', `/v1/jobs/${jobId}/claim`, { token: tokens.review });
  const ruling = { outcome: 'remove', ground: 'terms-intimate-image', confirms: [signal!.id] };
  const facts = 'the very same file';
  await ask('POST', `/v1/jobs/${jobId}/decide`, { token: tokens.review, json: { ruling, facts } });

  const { json: start } = await ask('GET', '/v1/outcomes?limit=500', { token: tokens.check });
  await keep('hosted-equal', [file]);
  await searched();
  const [job] = await jobsOf('hosted-equal');
  assert.deepEqual([job.cause, job.interim, job.matches[0].band], ['retroactive', 'held', 'exact']);
  const outcomes = async () =>
    (await ask('GET', `/v1/outcomes?after=${start.position}`, { token: tokens.check })).json.outcomes.map(
      ({ itemId, effect }: { itemId: string; effect: string }) => [itemId, effect],
    );
  assert.deepEqual(await outcomes(), [['hosted-equal', 'hold']]);
  await withdraw(signal!.capability);
  assert.deepEqual(await outcomes(), [
    ['hosted-equal', 'hold'],
    ['hosted-equal', 'publish'],
  ]);
});

test('what a ruling takes down is kept no more; what a reviewer let stand is asked about again for another signal alone', async () => {
  const pdq = pdqOfSeed(6);
  const digest = await sha256(new TextEncoder().encode('another planted file'));
  await keep('taken-down', [pdq]);
  await keep('let-stand', [pdq, { kind: 'sha256', value: digest }]);
  const [signal] = await bankSignals([pdq]);
  const before = await searched();
  const decide = async (itemId: string, ruling: object) => {
    const [{ id }] = await jobsOf(itemId);
    await ask('POST', `/v1/jobs/${id}/claim`, { token: tokens.review });
    const json = { ruling, facts: 'looked at it with care' };
    const decided = await ask('POST', `/v1/jobs/${id}/decide`, { token: tokens.review, json });
    assert.equal(decided.status, 200);
  };
  await decide('taken-down', { outcome: 'remove', ground: 'intimate-image-law', confirms: [] });
  await decide('let-stand', { outcome: 'keep', ground: 'not-a-match' });
  assert.equal((await searched()).items, before.items - 1);
  await keep('let-stand', [pdq, { kind: 'sha256', value: digest }]);
  await searched();
  const statesOf = async (itemId: string) =>
    (await jobsOf(itemId)).map(({ state }: { state: string }) => state).toSorted();
  assert.deepEqual(await statesOf('let-stand'), ['decided']);
  const [second] = await bankSignals([{ ...pdq, value: turned(pdq.value, 3) }]);
  await searched();
  assert.equal((await jobsOf('taken-down')).length, 1);
  // Another signal of the same picture is another question: it may be of who is shown.
  assert.deepEqual(await statesOf('let-stand'), ['decided', 'queued']);
  for (const { capability } of [signal!, second!]) await withdraw(capability);
});

test('a bank that is switched on, or reaches further, is searched for with all of its signals', async () => {
  const pdq = pdqOfSeed(7);
  const json = { name: 'narrow', confidentBits: 10, possibleBits: 10 };
  const { json: narrow } = await ask('POST', '/v1/banks', { token: tokens.bank, json });
  const [signal] = await bankSignals([pdq], narrow.id);
  await keep('further', [{ ...pdq, value: turned(pdq.value, 20) }]);
  await searched();
  assert.equal((await jobsOf('further')).length, 0);
  const patch = { confidentBits: 15, possibleBits: 20 };
  await ask('PATCH', `/v1/banks/${narrow.id}`, { token: tokens.bank, json: patch });
  await searched();
  assert.equal((await jobsOf('further'))[0].matches[0].band, 'possible');
  await withdraw(signal!.capability);
});

test('a negative bank opens nothing, and silences what another bank would open', async () => {
  const pdq = pdqOfSeed(8);
  const json = { name: 'memes', kind: 'negative' };
  const { json: negative } = await ask('POST', '/v1/banks', { token: tokens.bank, json });
  await keep('meme', [pdq]);
  await bankSignals([pdq], negative.id);
  const [signal] = await bankSignals([pdq]);
  await searched();
  assert.deepEqual(await jobsOf('meme'), []);
  await withdraw(signal!.capability);
});

test('an unconfirmed signal that matches very much opens the nearest; the log says so; confirmed, it opens all', async () => {
  const pdq = pdqOfSeed(9);
  const items = Array.from({ length: MOST + 20 }, (_, i) => ({
    item: { id: `flood-${i}`, keepDays: 1 },
    signals: [{ ...pdq, value: turned(pdq.value, i < MOST ? 3 : 9) }],
  }));
  for (let from = 0; from < items.length; from += 64) {
    const json = { items: items.slice(from, from + 64) };
    assert.equal((await ask('POST', '/v1/content', { token: tokens.check, json })).status, 200);
  }
  const jobs = async () => {
    const rows = await node.store.db
      .selectFrom('job')
      .select('item_id')
      .where('item_id', 'like', 'flood-%')
      .execute();
    return rows.length;
  };
  await searched();
  const [signal] = await bankSignals([pdq]);
  await searched();
  assert.equal(await jobs(), MOST);
  // Nor does what is kept afterwards come around that.
  await keep('flood-later', [pdq]);
  await searched();
  assert.equal(await jobs(), MOST);
  const records = await recordsAfter(node.store.db, 0, 100_000);
  const [flood] = records.filter(({ type }) => type === 'retroactive-flood');
  assert.deepEqual(flood?.data, { signalId: signal!.id, found: MOST + 20 });
  const [{ id }] = await jobsOf('flood-0');
  await ask('POST', `/v1/jobs/${id}/claim`, { token: tokens.review });
  const ruling = { outcome: 'remove', ground: 'intimate-image-law', confirms: [signal!.id] };
  const json = { ruling, facts: 'it is the picture' };
  assert.equal((await ask('POST', `/v1/jobs/${id}/decide`, { token: tokens.review, json })).status, 200);
  await searched();
  assert.equal(await jobs(), MOST + 21);
  await withdraw(signal!.capability);
});

test('what is forgotten, or whose time is over, is searched no more and in no file', async () => {
  const pdq = pdqOfSeed(10);
  const later = pdqOfSeed(11);
  await keep('planted-forgotten', [pdq], { previewUrl: 'https://board.example/planted-preview' });
  await keep('planted-over', [later], { keepDays: 1 });
  const forgotten = await ask('POST', '/v1/content/forget', {
    token: tokens.check,
    json: { items: ['planted-forgotten', 'never-kept'] },
  });
  assert.deepEqual([forgotten.status, forgotten.text], [204, '']);
  clock += 24 * 3_600_000;
  // Or the node's own chore was first.
  await expireContent(node.store);
  const over = await node.store.db
    .selectFrom('content')
    .select('num')
    .where('item_id', '=', 'planted-over')
    .execute();
  assert.deepEqual(over, []);
  const [one, two] = await bankSignals([pdq, later]);
  await searched();
  assert.deepEqual([await jobsOf('planted-forgotten'), await jobsOf('planted-over')], [[], []]);
  for (const { capability } of [one!, two!]) await withdraw(capability);
  await compactedEveryFile(node.store);
  const planted = ['planted-forgotten', 'planted-over', 'planted-preview'].map((text) => Buffer.from(text));
  assert.deepEqual(filesHolding(node.store.embedded!.dataDir, planted), []);

  // A node that was away until the traces were gone begins anew.
  await keep('stays', [pdq]);
  const away = new ContentKeeper(node.store);
  await away.catchUp();
  const size = away.size;
  await ask('POST', '/v1/content/forget', { token: tokens.check, json: { items: ['stays'] } });
  clock += 8 * 24 * 3_600_000;
  await expireDueSignals(node.store);
  await expireContent(node.store);
  assert.ok((await contentHead(node.store)).prunedTo > 0);
  await away.catchUp();
  const fresh = new ContentKeeper(node.store);
  await fresh.catchUp();
  assert.ok(away.size < size && away.size === fresh.size);
});

test('a search that a dying node leaves in the middle is taken up by the next one, and nothing is opened twice', async (t) => {
  const { store, end } = await freshStore();
  t.after(end);
  const made = await makeBank(store, 'system', {
    ...{ name: 'b', kind: 'positive', confidentBits: 31, possibleBits: 31 },
  });
  assert.ok(made.ok);
  const pdqs = Array.from({ length: 12 }, (_, i) => pdqOfSeed(100 + i));
  const drafts = pdqs.map(({ value }, i) => ({
    ...{ item: { id: `item-${i}` }, pdq: signalBytes(value), sha256: undefined },
    ...{ expiresAt: keptUntil(store, 1), lookedTo: 0 },
  }));
  await keepContent(store, drafts);
  const searchWith = async (over: typeof store) =>
    new RetroactiveSearch(
      over,
      await IndexKeeper.load(store),
      new ContentKeeper(store),
      NODE_LIMITS,
      () => undefined,
    );
  const banked = await bankIn(store, 'system', made.bank.id, pdqs);
  assert.ok(banked.ok);
  const opened = async () => (await store.db.selectFrom('job').select('item_id').execute()).length;
  // It begins, opens three jobs, and is no more.
  let left = 4;
  const dying = new Proxy(store, {
    get(target, name) {
      if (name === 'transaction' && left-- <= 0) throw new Error('killed');
      const value = Reflect.get(target, name, target) as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  await assert.rejects((await searchWith(dying)).run(), /killed/);
  assert.deepEqual([await opened(), await searchedTo(store)], [3, 0]);
  // Two nodes take it up at once.
  const [one, two] = [await searchWith(store), await searchWith(store)];
  await Promise.all([one.run(), two.run()]);
  assert.deepEqual([await opened(), await searchedTo(store)], [12, banked.position]);
  await one.run();
  assert.equal(await opened(), 12);

  // What is kept while a search is under way, too late to be in it, is pending until somebody has looked.
  await beginSearch(store, banked.position + 5);
  const late = { ...drafts[0]!, item: { id: 'late' }, lookedTo: banked.position };
  await keepContent(store, [late]);
  await two.run();
  assert.equal(await opened(), 13);
});

test('requests that make no sense are refused, and echo nothing', async () => {
  const pdq = pdqOfSeed(12);
  for (const json of [
    { items: [] },
    { items: [{ item: { id: 'x', keepDays: 0 }, signals: [pdq] }] },
    { items: [{ item: { id: 'x', keepDays: 367 }, signals: [pdq] }] },
    { items: [{ item: { id: 'x' }, signals: [pdq] }] },
    { items: [{ item: { id: 'x', keepDays: 1 }, signals: [{ ...pdq, value: pdq.value.toUpperCase() }] }] },
    { items: [{ item: { id: 'x', keepDays: 1 }, signals: [{ ...pdq, value: pdq.value.slice(1) }] }] },
  ]) {
    const { status, text } = await ask('POST', '/v1/content', { token: tokens.check, json });
    assert.equal(status, 400);
    assert.ok(!text.toLowerCase().includes(pdq.value.slice(1, 20)));
  }
  const none = { json: { items: ['with space'] }, token: tokens.check };
  assert.equal((await ask('POST', '/v1/content/forget', none)).status, 400);
  // Nothing to be found by: not kept, and said so.
  assert.deepEqual(await keep('blank', [{ ...pdq, quality: 3 }]), { itemId: 'blank' });
});
