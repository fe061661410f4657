import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import type { WireExchange } from '@reclaim/casework/wire-exchange';
import { leaseFetch } from '@reclaim/store/exchanges';
import { pdqOfSeed, runRaw } from '@reclaim/store/store.fixture';
import { testNode } from './node.fixture.ts';

const KEYS = { functionKey: 'planted-function-key', subscriptionKey: 'planted-subscription-key' };

/** A record of the feed. */
const record = (seed: number, hashStatus = 'Active') => ({
  lastModtimestamp: seed,
  signalType: 'ImagePDQ',
  hashValue: pdqOfSeed(seed).value as string,
  hashStatus,
  caseNumbers: { '5d4b': hashStatus },
});

type Page = { readonly records: readonly unknown[]; readonly next: number; readonly token?: string };
type Asked = { readonly query: URLSearchParams; readonly headers: IncomingHttpHeaders };

/** What the feed says now: a page by its token (`''` for the first), or a status alone. */
let says: (token: string) => Page | { readonly status: number; readonly location?: string } | string =
  () => ({
    records: [],
    next: 0,
  });
const asked: Asked[] = [];
/** What is waited for between the question and the answer. */
let hold: () => Promise<void> = async () => undefined;
const feed = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  asked.push({ query: url.searchParams, headers: request.headers });
  const said =
    url.pathname === '/v1/FetchHashes' ? says(url.searchParams.get('nextPageToken') ?? '') : { status: 404 };
  await hold();
  if (typeof said === 'string') return void response.writeHead(200).end(said);
  if ('status' in said) {
    const more = said.status === 101 ? { connection: 'upgrade', upgrade: 'planted' } : {};
    return void response.writeHead(said.status, { location: said.location ?? '/', ...more }).end();
  }
  const { records, next, token } = said;
  response.writeHead(200, { 'content-type': 'application/json' }).end(
    JSON.stringify({
      count: records.length,
      nextPageToken: token ?? null,
      nextSetTimestamp: next,
      hasMoreRecords: token !== undefined,
      hashRecords: records,
    }),
  );
});
await new Promise<void>((resolve) => feed.listen(0, 'localhost', resolve));
const baseUrl = `http://localhost:${(feed.address() as AddressInfo).port}/v1`;

// A millisecond at each look: no two fetches end at one moment, and none is due by itself, which is after five minutes, however long
// a busy machine takes over these tests.
let clock = Date.UTC(2027, 4, 4, 9, 30);
const { node, tokens, logged, ask, end } = await testNode({ exchangeEveryMs: 20, now: () => ++clock });
after(async () => {
  await end();
  feed.closeAllConnections();
  feed.close();
});

async function makeBank(name: string): Promise<string> {
  const json = { name, kind: 'positive', confidentBits: 31, possibleBits: 31 };
  return (await ask('POST', '/v1/banks', { token: tokens.bank, json })).json.id;
}

async function follow(name: string, more: object = {}): Promise<WireExchange> {
  const json = {
    name,
    format: 'stopncii',
    bankId: await makeBank(`bank of ${name}`),
    baseUrl,
    ...KEYS,
    ...more,
  };
  const { status, json: made, text } = await ask('POST', '/v1/exchanges', { token: tokens.admin, json });
  assert.equal(status, 201, text);
  return made;
}

async function stateOf(id: string): Promise<WireExchange> {
  const { json } = await ask('GET', '/v1/exchanges', { token: tokens.admin });
  return (json.exchanges as WireExchange[]).find((each) => each.id === id)!;
}

/** Waits until `done` is true of the exchange. */
async function until(id: string, done: (exchange: WireExchange) => boolean): Promise<WireExchange> {
  for (let tries = 0; tries < 3_000; tries++) {
    const exchange = await stateOf(id);
    if (done(exchange)) return exchange;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('exchange: what was waited for did not come');
}

/** Waits for the end of the first fetch, of which so many signals must stand: they do before it has ended. */
async function firstFetch(id: string, signals: number): Promise<void> {
  const first = await until(id, ({ fetchedAt }) => fetchedAt !== undefined);
  assert.equal(first.signals, signals);
}

/** Has the feed asked again, and waits for the end of that fetch. */
async function askAgain(id: string, json: object = {}): Promise<WireExchange> {
  const { failingSince: _, ...before } = await stateOf(id);
  const { status } = await ask('PATCH', `/v1/exchanges/${id}`, { token: tokens.admin, json });
  assert.equal(status, 200);
  return until(id, ({ fetchedAt }) => fetchedAt !== before.fetchedAt);
}

async function verdictOn(seed: number): Promise<string> {
  await node.keeper.catchUp();
  const json = { items: [{ item: { id: `item-${seed}` }, signals: [pdqOfSeed(seed)] }] };
  return (await ask('POST', '/v1/check', { token: tokens.check, json })).json.results[0].verdict;
}

test('a feed is taken page by page, asked from where it ended, and what it takes back is gone here', async () => {
  asked.length = 0;
  says = (token) =>
    token === ''
      ? { records: [record(1), record(2)], next: 2, token: 'two' }
      : { records: [record(3), { ...record(4), hashValue: '00' }], next: 3 };
  const { id } = await follow('pages');
  const taken = await until(id, ({ fetchedAt }) => fetchedAt !== undefined);
  assert.deepEqual([taken.signals, taken.refused, taken.host], [3, 1, new URL(baseUrl).host]);
  assert.deepEqual(
    asked.map(({ query }) => [query.get('startTimestamp'), query.get('nextPageToken')]),
    [
      ['10', null],
      ['10', 'two'],
    ],
  );
  assert.equal(asked[0]!.headers['x-functions-key'], KEYS.functionKey);
  assert.equal(asked[0]!.headers['ocp-apim-subscription-key'], KEYS.subscriptionKey);
  assert.deepEqual(
    [await verdictOn(1), await verdictOn(3), await verdictOn(9)],
    ['review', 'review', 'pass'],
  );

  says = () => ({ records: [record(1, 'Withdrawn'), record(2)], next: 7 });
  const later = await askAgain(id);
  assert.equal(asked.at(-1)!.query.get('startTimestamp'), '3');
  assert.equal(later.signals, 2);
  assert.deepEqual([await verdictOn(1), await verdictOn(2)], ['pass', 'review']);
  const [row] = await runRaw(node.store, 'select count(*)::int as n from signal where sealed is not null');
  assert.equal(row!['n'], 2, 'the value of what was taken back is erased');

  // The feed brings it again; and its clock goes back, which the checkpoint does not.
  says = () => ({ records: [record(1)], next: 1 });
  assert.equal((await askAgain(id)).signals, 3);
  await askAgain(id);
  assert.equal(asked.at(-1)!.query.get('startTimestamp'), '7');
});

test('a feed that wants to change the protocol has failed, and is asked again later', async () => {
  says = () => ({ status: 101 });
  const { id } = await follow('upgrade');
  assert.equal((await until(id, ({ fault }) => fault !== undefined)).fault, 'unreachable');
  await ask('DELETE', `/v1/exchanges/${id}`, { token: tokens.admin });
});

test('what somebody withdrew here stays withdrawn, whatever the feed goes on saying', async () => {
  says = () => ({ records: [record(21), record(22)], next: 22 });
  const { id, bankId } = await follow('local');
  await firstFetch(id, 2);
  const [row] = await runRaw(node.store, 'select id from signal where bank_id = $1 order by num', [bankId]);
  const command = { token: tokens.review, json: { kind: 'withdraw' } };
  assert.equal((await ask('POST', `/v1/signals/${row!['id']}/commands`, command)).status, 200);
  assert.equal((await askAgain(id, { again: true })).signals, 1);
  assert.deepEqual([await verdictOn(21), await verdictOn(22)], ['pass', 'review']);
});

test('asked for everything anew, a feed that has forgotten a signal takes it out', async () => {
  says = () => ({ records: [record(31), record(32)], next: 32 });
  const { id } = await follow('anew');
  await firstFetch(id, 2);
  says = () => ({ records: [record(32)], next: 33 });
  assert.equal((await askAgain(id)).signals, 2, 'a fetch of what changed says nothing of the rest');
  assert.equal((await askAgain(id, { again: true })).signals, 1);
  assert.equal(asked.at(-1)!.query.get('startTimestamp'), '10');
  assert.deepEqual([await verdictOn(31), await verdictOn(32)], ['pass', 'review']);
});

test('a feed that lacks more than half of what it brought takes nothing out until somebody accepts how many', async () => {
  const all = [71, 72, 73, 74, 75].map((seed) => record(seed));
  says = () => ({ records: all, next: 75 });
  const { id } = await follow('shrinks');
  await firstFetch(id, 5);
  const patch = async (json: object) =>
    assert.equal((await ask('PATCH', `/v1/exchanges/${id}`, { token: tokens.admin, json })).status, 200);
  // Nothing at all, and then one of five with one that is new; a number that nobody was told of accepts nothing.
  says = () => ({ records: [], next: 76 });
  await patch({ again: true, acceptGone: 5 });
  const empty = await until(id, ({ fault }) => fault === 'shrunk');
  assert.deepEqual([empty.signals, empty.gone], [5, 5]);
  assert.ok(empty.failingSince !== undefined);
  says = () => ({ records: [...all.slice(0, 1), record(76)], next: 77 });
  await patch({});
  assert.equal((await until(id, ({ gone }) => gone === 4)).signals, 6, 'what is new is banked all the same');
  assert.deepEqual([await verdictOn(75), await verdictOn(76)], ['review', 'review']);

  // Accepted is what was told, and by now more is missing.
  says = () => ({ records: [], next: 78 });
  await patch({ acceptGone: 6 });
  assert.equal((await until(id, ({ gone }) => gone === 6)).signals, 6);
  // It was a mistake of the feed: everything is as it was, and nothing stays accepted.
  says = () => ({ records: [...all, record(76)], next: 79 });
  const { fault, gone, signals } = await askAgain(id);
  assert.deepEqual([fault, gone, signals], [undefined, undefined, 6]);

  says = () => ({ records: all.slice(0, 1), next: 80 });
  await patch({ again: true });
  assert.equal((await until(id, (exchange) => exchange.gone === 5)).signals, 6);
  const accepted = await askAgain(id, { acceptGone: 5 });
  assert.deepEqual([accepted.signals, accepted.gone, accepted.fault], [1, undefined, undefined]);
  assert.deepEqual([await verdictOn(71), await verdictOn(75)], ['review', 'pass']);
});

test('a fetch that breaks off is a closed fault, takes nothing back, and begins again where it began', async () => {
  says = () => ({ records: [record(41)], next: 41 });
  const { id } = await follow('broken');
  await firstFetch(id, 1);
  // No fault twice in a row: the one before would be taken for it.
  const faults: readonly (readonly [ReturnType<typeof says>, string])[] = [
    ['<html>', 'not-json'],
    ['{"hashRecords":[]}', 'not-a-page'],
    [{ status: 500 }, 'status'],
    [{ status: 401 }, 'refused'],
    [{ status: 302, location: `${baseUrl}/FetchHashes` }, 'status'],
    [{ records: [], next: 41, token: 'round' }, 'no-progress'],
  ];
  for (const [said, fault] of faults) {
    says = () => said;
    await ask('PATCH', `/v1/exchanges/${id}`, { token: tokens.admin, json: { again: true } });
    const state = await until(id, (exchange) => exchange.fault === fault);
    assert.equal(state.signals, 1);
    assert.ok(state.failingSince !== undefined);
  }
  says = () => ({ records: [record(41), record(42)], next: 42 });
  const { fault, failingSince, signals } = await askAgain(id);
  assert.deepEqual([fault, failingSince, signals], [undefined, undefined, 2]);
});

test('a feed that is followed no more takes everything with it, its keys too', async () => {
  says = () => ({ records: [record(51), record(52)], next: 52 });
  const { id, bankId } = await follow('ended');
  await firstFetch(id, 2);
  assert.equal((await ask('DELETE', `/v1/exchanges/${id}`, { token: tokens.admin })).status, 204);
  assert.equal((await ask('DELETE', `/v1/exchanges/${id}`, { token: tokens.admin })).status, 404);
  assert.deepEqual([await verdictOn(51), await verdictOn(52)], ['pass', 'pass']);
  const [row] = await runRaw(
    node.store,
    'select count(*)::int as n from signal where bank_id = $1 and sealed is not null',
    [bankId],
  );
  assert.equal(row!['n'], 0);
});

test('what is asked for during a fetch is not put away by its end', async () => {
  let letGo: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => {
    says = () => ({ records: [record(61), record(62)], next: 62 });
    hold = async () => {
      resolve();
      await new Promise<void>((go) => {
        letGo = go;
      });
    };
  });
  const { id } = await follow('asked meanwhile');
  await reached;
  hold = async () => undefined;
  says = () => ({ records: [record(62)], next: 63 });
  await ask('PATCH', `/v1/exchanges/${id}`, { token: tokens.admin, json: { again: true } });
  letGo();
  const { signals } = await until(id, ({ fetchedAt }) => fetchedAt !== undefined);
  assert.equal(signals, 1);
});

test('one node fetches at a time, and one that is switched off is not fetched', async () => {
  says = () => ({ records: [], next: 1 });
  const { id } = await follow('leased');
  await until(id, ({ fetchedAt }) => fetchedAt !== undefined);
  await ask('PATCH', `/v1/exchanges/${id}`, { token: tokens.admin, json: { enabled: false } });
  assert.equal(await leaseFetch(node.store), undefined);
  assert.equal((await stateOf(id)).enabled, false);
});

test('an address inside, a bank that is not there and a taken name are refused', async () => {
  const bankId = await makeBank('refusals');
  const whole = { name: 'refusals', format: 'stopncii', bankId, baseUrl, ...KEYS };
  const statusOf = async (more: object): Promise<string> => {
    const { status, json } = await ask('POST', '/v1/exchanges', {
      token: tokens.admin,
      json: { ...whole, ...more },
    });
    return `${status} ${json.type ?? ''}`.trim();
  };
  assert.equal(await statusOf({ baseUrl: 'https://169.254.169.254/v1' }), '422 /problems/webhook-address');
  assert.equal(await statusOf({ baseUrl: 'http://feed.example/v1' }), '422 /problems/webhook-address');
  assert.equal(await statusOf({ bankId: `bnk_${'0'.repeat(32)}` }), '404 /problems/not-found');
  assert.equal(await statusOf({ functionKey: 'two words' }), '400 /problems/invalid-request');
  says = () => ({ records: [], next: 1 });
  assert.equal(await statusOf({}), '201');
  assert.equal(await statusOf({}), '409 /problems/name-taken');
});

test('neither keys nor hashes are in an answer, a log line or a table', async () => {
  const { text } = await ask('GET', '/v1/exchanges', { token: tokens.admin });
  const tables = ['exchange', 'exchange_record', 'event', 'event_value', 'signal'];
  const rows = await Promise.all(tables.map((table) => runRaw(node.store, `select * from ${table}`)));
  const dump = JSON.stringify(rows, (_, value: unknown) =>
    value !== null && typeof value === 'object' && 'type' in value && value.type === 'Buffer'
      ? Buffer.from((value as unknown as { data: number[] }).data).toString('latin1')
      : value,
  );
  assert.ok(dump.length > 1_000);
  for (const planted of [...Object.values(KEYS), '/v1/FetchHashes', pdqOfSeed(2).value, pdqOfSeed(3).value]) {
    for (const place of [text, dump, logged.join('\n')]) assert.ok(!place.includes(planted));
  }
  assert.ok(logged.some((line) => /^exchange exc_[0-9a-f]{32}: not-json$/.test(line)));
});
