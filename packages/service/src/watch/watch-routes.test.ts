import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, beforeEach, type TestContext, test } from 'node:test';
import { DAY_MS } from '@reclaim/casework/instant';
import { jpegOf } from '@reclaim/decode/picture-file.fixture';
import { signalsOfFile } from '@reclaim/decode/signals-of-file';
import type { Signal } from '@reclaim/fingerprint/signal';
import { landscape } from '@reclaim/raster/landscape.fixture';
import { runRaw } from '@reclaim/store/store.fixture';
import { ENDED_LIFE_DAYS, expireWatches } from '@reclaim/store/watches';
import { solve } from '@reclaim/vault/proof-of-work';
import { compactedEveryFile } from '../compacted.fixture.ts';
import { type TestNode, testNode } from '../node.fixture.ts';
import { startNode } from '../node.ts';
import { HOST_DELAY_MS } from './monitor.ts';
import { pageOf, startSite } from './site.fixture.ts';

const HOUR = DAY_MS / 24;
let clock = Date.UTC(2027, 4, 4, 9, 30);
const site = await startSite();
const contact = 'https://node.example/contact';
const watching = await testNode({
  now: () => clock,
  monitor: { contact, looks: false, testHosts: [site.host] },
  limits: {
    proofBits: 2,
    addressCasesPerHour: 500,
    addressWatchesPerHour: 200,
    watchesPerHost: 12,
    watchesPerSignal: 3,
  },
});
const { node, ask, logged } = watching;
const monitor = node.monitor!;
after(async () => {
  await watching.end();
  await site.end();
});

const mine = await jpegOf(landscape(11, 320, 240), 90);
const other = await jpegOf(landscape(12, 320, 240), 90);
site.pages.set('/mine.jpg', { type: 'image/jpeg', body: mine });
site.pages.set('/other.jpg', { type: 'image/jpeg', body: other });

const draw = () => randomBytes(32).toString('base64url');

async function proof(on: TestNode = watching) {
  const { json } = await on.ask('POST', '/v1/challenges', { json: {} });
  return { challenge: json.challenge, nonce: await solve(json.challenge, json.bits) };
}

/** Banks signals as a person does, in a case of theirs; answers their capabilities. */
async function bank(signals: readonly Signal[]): Promise<readonly string[]> {
  const capabilities = signals.map(draw);
  const digest = (text: string) => createHash('sha256').update(text).digest('hex');
  const answer = await ask('POST', '/v1/cases', {
    json: {
      proof: await proof(),
      under18: 'no',
      lookupId: digest(draw()),
      authSha256: digest(draw()),
      sealed: 'c2VhbGVk',
      signals: signals.map((signal, at) => ({ signal, capabilitySha256: digest(capabilities[at]!) })),
    },
  });
  assert.equal(answer.status, 201);
  return capabilities;
}

const { pdq } = await signalsOfFile(mine);
assert.ok(pdq.ok);
const MINE = pdq.signal;
let page = 0;

/** Begins a watch on a page of its own; what is not said is good. */
async function begin(with_: Readonly<Record<string, unknown>> = {}, on: TestNode = watching) {
  page += 1;
  const json = {
    proof: await proof(on),
    under18: 'no',
    capability: draw(),
    address: `${site.url}/post-${page}`,
    signals: await bank([MINE]),
    ...with_,
  };
  const answer = await on.ask('POST', '/v1/watches', { json });
  return { ...json, path: new URL(json.address).pathname, answer };
}

const read = ({ capability }: { readonly capability: string }) =>
  ask('POST', '/v1/watches/read', { json: { capability } });
const end = ({ capability }: { readonly capability: string }) =>
  ask('POST', '/v1/watches/delete', { json: { capability } });

/** Moves on and makes the looks that are then due, waiting for hosts as long as they want. */
async function later(hours: number): Promise<void> {
  clock += hours * HOUR;
  for (let turn = 0; turn < 40; turn++) {
    await monitor.lookDue();
    const [{ count }] = (await runRaw(
      node.store,
      'select count(*)::int as count from watch where next_at <= $1',
      [clock + HOST_DELAY_MS * 11],
    )) as readonly [{ readonly count: number }];
    if (count === 0) return;
    clock += HOST_DELAY_MS * 11;
  }
  assert.fail('looks are still due');
}

beforeEach(async (t) => {
  // A hook outside any suite runs before the tests of every other file of the process as well.
  if ((t as TestContext).filePath !== import.meta.filename) return;
  await runRaw(node.store, 'delete from watch');
  await runRaw(node.store, 'delete from watch_place');
  await runRaw(node.store, 'delete from watch_host');
  site.asked.length = 0;
});

test('S33: a watch tells that it is there, gone twice 24 hours apart, and back; never what was seen', async () => {
  const watch = await begin();
  assert.equal(watch.answer.status, 201);
  assert.deepEqual(
    [watch.answer.json.standing, watch.answer.json.page, watch.answer.json.last],
    ['waiting', 'not-looked', null],
  );
  // Nothing is fetched at once: a stranger must not make this node a tool to ask with.
  await later(0);
  assert.deepEqual(site.asked, []);
  site.pages.set(watch.path, pageOf('/other.jpg', '/mine.jpg'));
  await later(1.2);
  const there = (await read(watch)).json;
  assert.deepEqual([there.standing, there.page, there.looks], ['there', 'there', 1]);
  assert.deepEqual(there.last.found, { by: 'full', distance: 0 });
  assert.deepEqual([there.last.status, there.last.contentType], [200, 'text/html']);
  site.pages.set(watch.path, { status: 404 });
  await later(6);
  assert.equal((await read(watch)).json.standing, 'away');
  await later(26);
  const removed = (await read(watch)).json;
  assert.deepEqual([removed.standing, removed.page, removed.last.status], ['removed', 'gone', 404]);
  assert.ok(removed.last.at - removed.since >= DAY_MS);
  site.pages.set(watch.path, pageOf('/mine.jpg'));
  await later(60);
  const back = (await read(watch)).json;
  assert.deepEqual([back.standing, back.page], ['back', 'back']);
  // Every name of what is ever answered.
  const names = JSON.stringify(back).match(/"[A-Za-z]+":/g)!;
  assert.deepEqual(
    [...new Set(names)].toSorted(),
    [
      'at',
      'begunAt',
      'by',
      'bytes',
      'contentType',
      'distance',
      'found',
      'last',
      'looks',
      'nextAt',
      'page',
      'since',
      'standing',
      'status',
    ]
      .map((name) => `"${name}":`)
      .toSorted(),
  );
  assert.ok(back.nextAt > clock);
});

test('the site is told who asks and how to reach the operator, and nothing else; its robots.txt is obeyed', async () => {
  const watch = await begin();
  site.pages.set(watch.path, pageOf('/mine.jpg'));
  await later(1.2);
  assert.equal(site.told()['user-agent'], `ReclaimMonitor/0.1 (+${contact})`);
  assert.deepEqual(Object.keys(site.told()).toSorted(), [
    'accept',
    'accept-encoding',
    'connection',
    'host',
    'user-agent',
  ]);
  site.pages.set('/robots.txt', { body: 'User-agent: ReclaimMonitor\nDisallow: /' });
  site.asked.length = 0;
  // What was read is believed for a day.
  await later(30);
  const blocked = (await read(watch)).json;
  assert.deepEqual([blocked.standing, blocked.page, blocked.last.blockedBy], ['there', 'blocked', 'robots']);
  assert.deepEqual(site.asked, []);
  site.pages.delete('/robots.txt');
  await later(30);
});

test('only signals that the watch names are looked for, not the bank', async () => {
  const { pdq: theirs } = await signalsOfFile(other);
  assert.ok(theirs.ok);
  const watch = await begin({ signals: await bank([theirs.signal]) });
  site.pages.set(watch.path, pageOf('/mine.jpg'));
  await later(1.2);
  assert.equal((await read(watch)).json.standing, 'unseen');
  site.pages.set(watch.path, pageOf('/mine.jpg', '/other.jpg'));
  await later(6);
  assert.equal((await read(watch)).json.standing, 'there');
});

test('S41: where anyone may have been under 18 nothing is taken, and nothing is looked at', async () => {
  for (const under18 of ['yes', 'not-sure']) {
    const { answer } = await begin({ under18 });
    assert.deepEqual([answer.status, answer.json.type], [409, '/problems/refused-minor']);
  }
  assert.deepEqual(await runRaw(node.store, 'select 1 from watch'), []);
});

test('a node watches nothing unless its operator switched it on, and says so; what was begun can still be ended', async () => {
  const off = await testNode({ limits: { proofBits: 2 } });
  try {
    const offer = await off.ask('POST', '/v1/watches/offer', { json: {} });
    assert.deepEqual(offer.json, { offered: false, userAgent: '' });
    const { answer } = await begin({ signals: [draw()] }, off);
    assert.deepEqual([answer.status, answer.json.type], [409, '/problems/no-watching']);
    assert.equal((await off.ask('POST', '/v1/watches/delete', { json: { capability: draw() } })).status, 204);
    assert.equal(off.node.monitor, undefined);
  } finally {
    await off.end();
  }
  const on = await ask('POST', '/v1/watches/offer', { json: {} });
  assert.deepEqual(on.json, { offered: true, userAgent: `ReclaimMonitor/0.1 (+${contact})` });
  for (const wrong of ['http://node.example/', 'node.example', 'https://a:b@node.example/', '']) {
    const start = startNode({ dataDir: watching.dataDir, port: 0, monitor: { contact: wrong } });
    await assert.rejects(start, /^TypeError: monitor: expected a contact/);
  }
});

test('an address that leads inwards, to another port, to a search or to a short link is refused and kept nowhere', async () => {
  for (const address of [
    'http://169.254.169.254/latest/meta-data/',
    'http://[::ffff:127.0.0.1]/',
    'http://2130706433/',
    'http://0177.0.0.1/',
    'http://10.0.0.1/x',
    'http://photos.example:8080/x',
    'https://user:word@photos.example/x',
    'http://abcdefghij.onion/x',
    'https://www.google.com/search?q=planted',
    'https://search.example/by-picture?of=https://photos.example/x.jpg',
    'https://lens.google.com/uploadbyurl?url=https%3A%2F%2Fphotos.example%2Fx.jpg',
    'https://bit.ly/planted',
    'http://localhost/x',
  ]) {
    const { answer } = await begin({ address });
    assert.equal(answer.json.type, '/problems/watch-address', address);
    assert.doesNotMatch(answer.text, /planted|photos|169|127/);
  }
  assert.deepEqual(await runRaw(node.store, 'select 1 from watch'), []);
  const form = await begin({ address: 'ftp://photos.example/x' });
  assert.equal(form.answer.json.type, '/problems/invalid-request');
});

test('a watch needs a proof of work and a signal of its own, takes no more than there is room for, and is begun once', async () => {
  const watch = await begin();
  const used = await begin({ proof: watch.proof });
  assert.equal(used.answer.json.type, '/problems/refused-proof');
  const strange = await begin({ signals: [draw()] });
  assert.equal(strange.answer.json.type, '/problems/not-found');
  // Sent again: the same watch.
  const { answer: _, path: __, ...json } = watch;
  const again = await ask('POST', '/v1/watches', { json: { ...json, proof: await proof() } });
  assert.deepEqual([again.status, again.json], [201, watch.answer.json]);
  assert.equal((await runRaw(node.store, 'select 1 from watch')).length, 1);
  // Three of one signal, and a place that was given back is free again.
  const { signals } = watch;
  const second = await begin({ signals });
  await begin({ signals });
  assert.equal((await begin({ signals })).answer.json.type, '/problems/watch-full');
  await end(second);
  assert.equal((await begin({ signals })).answer.status, 201);
  // Twelve of one host.
  for (let at = 3; at < 12; at++) assert.equal((await begin()).answer.status, 201);
  assert.equal((await begin()).answer.json.type, '/problems/watch-full');
});

test('from one address only so many are begun in an hour', async () => {
  const narrow = await testNode({
    // What is counted is forgotten at midnight.
    now: () => clock,
    monitor: { contact, looks: false, testHosts: [site.host] },
    limits: { proofBits: 2, addressWatchesPerHour: 2 },
  });
  try {
    for (const type of ['/problems/not-found', '/problems/not-found', '/problems/door-full'])
      assert.equal((await begin({ signals: [draw()] }, narrow)).answer.json.type, type);
  } finally {
    await narrow.end();
  }
});

test('a watch that was ended is erased, and a look that was under way writes nothing', async () => {
  const watch = await begin();
  let reached: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => {
    reached = resolve;
  });
  let answer: () => void = () => undefined;
  site.pages.set(watch.path, (response) => {
    answer = () => response.writeHead(404).end();
    reached();
  });
  clock += 1.2 * HOUR;
  const looking = monitor.lookDue();
  await asked;
  assert.equal((await end(watch)).status, 204);
  answer();
  await looking;
  assert.equal((await read(watch)).status, 404);
  for (const table of ['watch', 'watch_place', 'watch_host'])
    assert.deepEqual(await runRaw(node.store, `select 1 from ${table}`), [], table);
  assert.equal((await end(watch)).status, 204);
});

test('once its signals are withdrawn a watch has nothing to look for: it is erased and the address is not gone to', async () => {
  const watch = await begin();
  for (const capability of watch.signals)
    assert.ok((await ask('POST', '/v1/withdrawals', { json: { capability } })).status < 300);
  await later(1.2);
  assert.deepEqual(site.asked, []);
  assert.equal((await read(watch)).status, 404);
});

test('one host is gone to once in a while, and is left alone as long as it asks', async () => {
  const watches = [await begin(), await begin(), await begin()];
  for (const { path: at } of watches)
    site.pages.set(at, { status: 503, headers: { 'retry-after': '36000' } });
  clock += 1.2 * HOUR;
  assert.equal(await monitor.lookDue(), 1);
  assert.equal(site.asked.length, 1);
  clock += HOST_DELAY_MS * 11;
  assert.equal(await monitor.lookDue(), 0, 'ten hours were asked for');
  clock += 9 * HOUR;
  assert.equal(await monitor.lookDue(), 0);
  clock += 1.5 * HOUR;
  assert.equal(await monitor.lookDue(), 1);
});

test('the database holds no address, no signal and no case of a watch in clear, and nothing joins two of one person', async () => {
  const signals = await bank([MINE]);
  const marks = ['planted-address-one', 'planted-address-two'];
  const watches = [];
  for (const mark of marks) {
    const address = `${site.url}/${mark}`;
    site.pages.set(`/${mark}`, pageOf('/mine.jpg'));
    watches.push(await begin({ address, signals }));
  }
  await later(1.2);
  for (const watch of watches) assert.equal((await read(watch)).json.standing, 'there');
  const rows = (
    await Promise.all(
      ['watch', 'watch_place', 'watch_host'].map((table) => runRaw(node.store, `select * from ${table}`)),
    )
  ).flat();
  assert.equal(rows.length, 2 + 2 + 1);
  const text = JSON.stringify(
    rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          Buffer.isBuffer(value) ? value.toString('latin1') : value,
        ]),
      ),
    ),
  );
  const secrets = [...marks, site.host, 'mine.jpg', ...signals, ...watches.map((each) => each.capability)];
  for (const secret of secrets) {
    assert.equal(text.includes(secret), false, 'a secret stands in a row');
    const hash = createHash('sha256').update(secret).digest();
    for (const form of [hash.toString('latin1'), hash.toString('hex')])
      assert.equal(text.includes(form), false);
  }
  // No value of one row but the day is that of another, across the three tables.
  const values = rows.flatMap((row) =>
    Object.values(row)
      .filter(Buffer.isBuffer)
      .map((each) => each.toString('hex')),
  );
  assert.equal(new Set(values).size, values.length);
  assert.deepEqual(
    await runRaw(
      node.store,
      "select column_name from information_schema.columns where table_name like 'watch%' order by 1",
    ),
    ['capability_tag', 'day', 'host_tag', 'next_at', 'not_before', 'place_tag', 'sealed', 'watches'].map(
      (column_name) => ({ column_name }),
    ),
  );
  // Nor is anything of it in the log, in the chain, or, once erased, in any file.
  assert.equal(
    logged.some((line) => marks.some((mark) => line.includes(mark))),
    false,
  );
  const chain = JSON.stringify(
    await runRaw(node.store, "select type, data from event where type like '%watch%'"),
  );
  assert.equal(chain, '[]');
  const sealed = (await runRaw(node.store, 'select sealed from watch')).map((row) => row['sealed'] as Buffer);
  for (const watch of watches) await end(watch);
  await compactedEveryFile(node.store);
  const files = globSync('**/*', { cwd: watching.dataDir, withFileTypes: true }).filter((each) =>
    each.isFile(),
  );
  assert.ok(files.length > 10);
  for (const file of files) {
    const bytes = readFileSync(path.join(file.parentPath, file.name));
    for (const each of sealed) assert.equal(bytes.includes(each.subarray(0, 48)), false, file.name);
    for (const mark of marks) assert.equal(bytes.includes(mark), false, file.name);
  }
});

test('a watch ends by itself after its last look, can be read for a while, and is then erased', async () => {
  const watch = await begin();
  site.pages.set(watch.path, pageOf());
  await later(24 * 200);
  // Who asks for a signal keeps it for another year: it is not its end that ends the watch here.
  for (const capability of watch.signals)
    assert.equal((await ask('POST', '/v1/signal-receipts', { json: { capability } })).status, 200);
  await later(24 * 300);
  // One look made up for all that were missed, and it was past the last.
  assert.equal((await read(watch)).json.nextAt, null);
  await expireWatches(node.store);
  assert.equal((await read(watch)).status, 200);
  clock += (ENDED_LIFE_DAYS + 2) * DAY_MS;
  await expireWatches(node.store);
  assert.equal((await read(watch)).status, 404);
});

test('a stopping node breaks a look off, and says nothing of the address for it', async () => {
  const watch = await begin();
  let reached: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => {
    reached = resolve;
  });
  site.pages.set(watch.path, () => reached());
  clock += 1.2 * HOUR;
  const looking = monitor.lookDue();
  await asked;
  monitor.stop();
  await looking;
  assert.deepEqual([(await read(watch)).json.looks, (await read(watch)).json.last], [0, null]);
});
