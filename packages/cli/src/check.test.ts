import assert from 'node:assert/strict';
import test from 'node:test';
import { pdq } from '@reclaim/fingerprint/pdq';
import { pngOf } from '@reclaim/raster/png-file.fixture';
import { blank, scene } from './picture.fixture.ts';
import { type Heard, type Said, scriptedService, TEST_KEY } from './service.fixture.ts';
import { documentOf, World } from './terminal.fixture.ts';

type Asked = {
  readonly items: readonly {
    readonly item: { readonly id: string };
    readonly signals: readonly {
      readonly kind: string;
      readonly value: string;
      readonly orientations?: string[];
    }[];
  }[];
};

const asked = (request: Heard): Asked => JSON.parse(request.body) as Asked;

/** A service that gives `verdict` on everything, with `more` in each result. */
const answering =
  (verdict: string, more: object = {}) =>
  (request: Heard): Said => ({
    json: {
      logPosition: 7,
      results: asked(request).items.map(({ item }) => ({
        itemId: item.id,
        verdict,
        coverage: 'full',
        notes: [],
        ...more,
      })),
    },
  });

const env = { RECLAIM_KEY: TEST_KEY };

test('a file that passes gives status 0; only its signals travel, under an id that tells nothing', async () => {
  await using world = await World.make();
  await using service = await scriptedService(answering('pass'));
  await world.put('holiday.png', pngOf(scene(31)));
  const ran = await world.run(['check', 'holiday.png', '--server', service.url], { env });
  assert.equal(ran.status, 0);
  assert.equal(ran.stdout, 'pass    holiday.png\n');
  assert.equal(ran.stderr, '');
  const [request] = service.heard;
  assert.deepEqual([request!.method, request!.path, request!.key], ['POST', '/v1/check', TEST_KEY]);
  const [item] = asked(request!).items;
  assert.deepEqual([...new Set(item!.signals.map(({ kind }) => kind))].sort(), ['pdq', 'sha256', 'window']);
  assert.equal(item!.signals.find(({ kind }) => kind === 'pdq')!.value, pdq(scene(31)).hash);
  assert.match(item!.item.id, /^cli-[0-9a-f-]{36}$/);
  assert.doesNotMatch(request!.body, /holiday/);
});

test('review and block give status 1 and name the job', async () => {
  await using world = await World.make();
  await world.put('a.png', pngOf(scene(32)));
  for (const verdict of ['review', 'block']) {
    const jobId = `job_${'a'.repeat(32)}`;
    await using service = await scriptedService(answering(verdict, { jobId }));
    const ran = await world.run(['check', 'a.png', '--server', service.url], { env });
    assert.equal(ran.status, 1);
    assert.ok(ran.stdout.startsWith(verdict.padEnd(6)));
    assert.ok(ran.stdout.includes(jobId));
  }
});

test('--json is one document and repeats no hash', async () => {
  await using world = await World.make();
  await using service = await scriptedService(answering('pass'));
  await world.put('a.png', pngOf(scene(33)));
  const typed = 'cd'.repeat(32);
  const ran = await world.run(['check', '--json', 'a.png', typed, '--server', service.url], { env });
  assert.equal(ran.status, 0);
  assert.deepEqual(documentOf(ran), {
    results: [
      { position: 1, file: 'a.png', verdict: 'pass', coverage: 'full', notes: [], oddities: [] },
      { position: 2, file: null, verdict: 'pass', coverage: 'full', notes: [], oddities: [] },
    ],
  });
  assert.ok(!ran.stdout.includes(typed));
});

test('a bare hash is asked as both kinds, a named one as its own, in any case of letters', async () => {
  await using world = await World.make();
  await using service = await scriptedService(answering('pass'));
  const typed = 'AB'.repeat(32);
  const argv = ['check', typed, `pdq:${typed}`, `sha256:${typed}`, '--server', service.url];
  assert.equal((await world.run(argv, { env })).status, 0);
  const kinds = service.heard.map((request) => asked(request).items[0]!.signals.map(({ kind }) => kind));
  assert.deepEqual(kinds, [['pdq', 'sha256'], ['pdq'], ['sha256']]);
  const values = service.heard.flatMap((request) =>
    asked(request).items[0]!.signals.map(({ value }) => value),
  );
  assert.deepEqual([...new Set(values)], [typed.toLowerCase()]);
  const mistyped = await world.run(['check', `pdq:${'ab'.repeat(31)}`, '--server', service.url], { env });
  assert.equal(mistyped.status, 2);
  assert.match(mistyped.stderr, /pdq: expects 64 hex digits/);
});

test('--item names the one item', async () => {
  await using world = await World.make();
  await using service = await scriptedService(answering('pass'));
  const hash = 'ab'.repeat(32);
  await world.run(['check', hash, '--item', 'photo-17', '--server', service.url], { env });
  assert.equal(asked(service.heard[0]!).items[0]!.item.id, 'photo-17');
  for (const argv of [
    ['check', hash, hash, '--item', 'x', '--server', service.url],
    ['check', hash, '--item', 'a b', '--server', service.url],
  ]) {
    assert.equal((await world.run(argv, { env })).status, 2);
  }
});

test('a picture without a PDQ hash says how far the check could see', async () => {
  await using world = await World.make();
  await using service = await scriptedService(
    answering('pass', { coverage: 'exact-only', notes: ['no-pdq'] }),
  );
  await world.put('blank.png', pngOf(blank(60, 60)));
  const ran = await world.run(['check', 'blank.png', '--server', service.url], { env });
  assert.equal(ran.status, 0);
  assert.match(ran.stdout, /only the very same bytes could be looked for/);
});

test('a pass on a damaged file is no status 0', async () => {
  await using world = await World.make();
  await using service = await scriptedService(answering('pass'));
  const whole = pngOf(scene(34));
  await world.put('broken.png', whole.subarray(0, Math.floor(whole.length * 0.8)));
  const ran = await world.run(['check', 'broken.png', '--server', service.url], { env });
  assert.equal(ran.status, 1);
  assert.match(ran.stdout, /the file is damaged/);
});

test('what could not be asked gives status 2, whatever the rest says', async () => {
  await using world = await World.make();
  await using service = await scriptedService(answering('block'));
  await world.put('a.png', pngOf(scene(35)));
  await world.put('words.png', 'words');
  const argv = ['check', 'a.png', 'gone.png', 'words.png', '--server', service.url];
  const ran = await world.run(argv, { env });
  assert.equal(ran.status, 2);
  assert.match(ran.stdout, /^block {3}a\.png$/m);
  assert.match(ran.stderr, /gone\.png: there is no such file/);
  assert.match(ran.stderr, /words\.png: this is not an image/);
  assert.match(ran.stderr, /no verdict on 2 of 3 inputs/);
});

test('what a service says no with is a sentence, and nothing of the key or its own words', async () => {
  await using world = await World.make();
  const cases: readonly (readonly [number, string, RegExp])[] = [
    [401, '/problems/unauthorized', /does not know this key/],
    [403, '/problems/forbidden', /needs the scope check/],
    [400, '/problems/invalid-request', /refused \(invalid-request\)/],
    [404, '/problems/not-found', /is it that of a Reclaim service/],
  ];
  for (const [status, type, sentence] of cases) {
    await using service = await scriptedService(() => ({
      status,
      json: { type, title: 'echoed words', status },
    }));
    const ran = await world.run(['check', 'ab'.repeat(32), '--server', service.url], { env });
    assert.equal(ran.status, 2);
    assert.match(ran.stderr, sentence);
    assert.ok(!ran.stderr.includes(TEST_KEY) && !ran.stderr.includes('echoed words'));
  }
});

test('an answer about another item, or of another shape, is no verdict', async () => {
  await using world = await World.make();
  for (const json of [
    { logPosition: 1, results: [{ itemId: 'other', verdict: 'pass', coverage: 'full', notes: [] }] },
    { logPosition: 1, results: [] },
    { hello: 'world' },
  ]) {
    await using service = await scriptedService(() => ({ json }));
    const ran = await world.run(['check', 'ab'.repeat(32), '--server', service.url], { env });
    assert.equal(ran.status, 2);
    assert.match(ran.stderr, /does not speak as a Reclaim service/);
  }
});

test('the key comes from a file or the environment, and a wrong one is never repeated', async () => {
  await using world = await World.make();
  await using service = await scriptedService(answering('pass'));
  await world.put('key', `${TEST_KEY}\n`);
  await world.put('not-a-key', 'my-secret-thing');
  const hash = 'ab'.repeat(32);
  const fromFile = await world.run(['check', hash, '--key-file', 'key', '--server', service.url]);
  assert.equal(fromFile.status, 0);
  assert.equal(service.heard[0]!.key, TEST_KEY);
  const none = await world.run(['check', hash, '--server', service.url]);
  assert.match(none.stderr, /a key is expected in RECLAIM_KEY or in the file of --key-file/);
  const gone = await world.run(['check', hash, '--key-file', 'gone', '--server', service.url]);
  assert.match(gone.stderr, /--key-file: there is no such file/);
  const wrong = await world.run(['check', hash, '--key-file', 'not-a-key', '--server', service.url]);
  const wrongEnv = await world.run(['check', hash, '--server', service.url], {
    env: { RECLAIM_KEY: 'my-secret-thing' },
  });
  for (const ran of [none, gone, wrong, wrongEnv]) {
    assert.equal(ran.status, 2);
    assert.doesNotMatch(ran.stderr, /my-secret-thing/);
  }
  assert.equal(service.heard.length, 1);
});

test('the key does not travel unencrypted beyond this machine unless told so', async () => {
  await using world = await World.make();
  const hash = 'ab'.repeat(32);
  for (const url of ['http://example.org', 'http://127.example.org', 'http://10.0.0.7:8080']) {
    const ran = await world.run(['check', hash, '--server', url], { env });
    assert.equal(ran.status, 2);
    assert.match(ran.stderr, /would travel unencrypted/);
  }
  for (const url of [
    'ftp://localhost',
    'localhost:8080',
    'http://u:p@localhost',
    'https://x.example/?key=1',
  ]) {
    const ran = await world.run(['check', hash, '--server', url], { env });
    assert.equal(ran.status, 2);
    assert.match(ran.stderr, /expects an http or https address/);
  }
  // `.invalid` is nobody's name (RFC 6761): let through, it finds nobody.
  const told = await world.run(['check', hash, '--plain-http', '--server', 'http://reclaim.invalid'], {
    env,
  });
  assert.equal(told.status, 2);
  assert.match(told.stderr, /cannot be reached/);
});

test('RECLAIM_SERVER takes the place of --server; without either there is nobody to ask', async () => {
  await using world = await World.make();
  await using service = await scriptedService(answering('pass'));
  const hash = 'ab'.repeat(32);
  assert.equal(
    (await world.run(['check', hash], { env: { ...env, RECLAIM_SERVER: service.url } })).status,
    0,
  );
  const none = await world.run(['check', hash], { env });
  assert.equal(none.status, 2);
  assert.match(none.stderr, /--server expects the address/);
  assert.equal((await world.run(['check', '--server', service.url], { env })).status, 2);
});
