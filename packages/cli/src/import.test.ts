import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { CapabilityFile } from './capability-file.ts';
import { Problem } from './problem.ts';
import { type Heard, type Said, scriptedService, TEST_KEY } from './service.fixture.ts';
import { documentOf, World } from './terminal.fixture.ts';

const env = { RECLAIM_KEY: TEST_KEY };
const BANK = `bnk_${'b'.repeat(32)}`;

/** The `n`th hash: 128 ones, as a photograph's has. */
const hash = (n: number): string => {
  const half = n.toString(16).padStart(32, '0');
  return half + [...half].map((digit) => (15 - Number.parseInt(digit, 16)).toString(16)).join('');
};

type Banked = { readonly signals: readonly { readonly kind: string; readonly value: string }[] };

/** A service that banks what it is sent, and sends away the requests (from 0) in `away`. */
function banking(away: ReadonlyMap<number, Said> = new Map()): (request: Heard) => Said {
  let asked = 0;
  let made = 0;
  return (request) => {
    const said = away.get(asked++);
    if (said !== undefined) return said;
    if (request.path === '/v1/withdrawals') return { status: 204, json: null };
    const { signals } = JSON.parse(request.body) as Banked;
    const answer = signals.map(() => {
      const n = (made++).toString(16);
      return { id: `sig_${n.padStart(32, '0')}`, capability: n.padStart(43, 'A') };
    });
    return { status: 201, json: { logPosition: made, signals: answer } };
  };
}

const problem = (status: number, type: string, seconds?: number): Said => ({
  status,
  json: {
    type: `/problems/${type}`,
    title: 'no',
    status,
    ...(seconds !== undefined && { retryAfterSeconds: seconds }),
  },
});

const sent = (heard: readonly Heard[]): readonly string[] =>
  heard.flatMap(({ body }) => (JSON.parse(body) as Banked).signals.map(({ value }) => value));

const list = (count: number): string => Array.from({ length: count }, (_, n) => `pdq ${hash(n)}\n`).join('');

test('a list is banked in batches, and what withdraws it is in a file of its owner alone', async () => {
  await using world = await World.make();
  await using service = await scriptedService(banking());
  await world.put('list.txt', list(150));
  const argv = [
    'import',
    'list.txt',
    '--bank',
    BANK,
    '--capabilities',
    'taken.jsonl',
    '--server',
    service.url,
  ];
  const ran = await world.run(argv, { env });
  assert.equal(ran.status, 0, ran.stderr);
  assert.equal(ran.stdout, 'banked     150 signals of list.txt\n');
  assert.equal(service.heard.length, 3);
  assert.ok(service.heard.every(({ path, key }) => path === `/v1/banks/${BANK}/signals` && key === TEST_KEY));
  assert.deepEqual(
    sent(service.heard),
    Array.from({ length: 150 }, (_, n) => hash(n)),
  );
  const file = join(world.cwd, 'taken.jsonl');
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const text = readFileSync(file, 'utf8');
  const [first, ...rest] = text.trim().split('\n');
  const { import: name } = JSON.parse(first!) as { import: string };
  assert.match(name, /^[0-9a-f]{32}$/);
  assert.deepEqual([...new Set(service.heard.map(({ once }) => once))], [name]);
  assert.equal(rest.length, 150);
  assert.ok(!sent(service.heard).some((value) => text.includes(value)));

  const back = await world.run(['import', '--withdraw', 'taken.jsonl', '--server', service.url], { env });
  assert.equal(back.status, 0, back.stderr);
  assert.equal(back.stdout, 'withdrawn  150 signals\n');
  const withdrawn = service.heard.slice(3);
  assert.equal(new Set(withdrawn.map(({ body }) => body)).size, 150);
  assert.ok(withdrawn.every(({ path }) => path === '/v1/withdrawals'));
});

test('an import that breaks off says where to go on, and nothing is banked twice', async () => {
  await using world = await World.make();
  await using service = await scriptedService(banking(new Map([[1, problem(503, 'storage-full')]])));
  await world.put('list.txt', `\n${list(100)}`);
  const argv = [
    'import',
    'list.txt',
    '--bank',
    BANK,
    '--capabilities',
    'taken.jsonl',
    '--server',
    service.url,
  ];
  const broken = await world.run(argv, { env });
  assert.equal(broken.status, 2);
  assert.match(
    broken.stderr,
    /cannot take this now; try again later; 64 signals banked, go on with --from 66/,
  );
  assert.match(
    (await world.run(argv, { env })).stderr,
    /is there already; name a new one, or add to it with --from/,
  );
  const rest = await world.run([...argv, '--from', '66'], { env });
  assert.equal(rest.status, 0, rest.stderr);
  const values = sent(service.heard.filter((_, n) => n !== 1));
  assert.deepEqual(
    values,
    Array.from({ length: 100 }, (_, n) => hash(n)),
  );
  assert.equal(readFileSync(join(world.cwd, 'taken.jsonl'), 'utf8').trim().split('\n').length, 101);
  assert.equal(new Set(service.heard.map(({ once }) => once)).size, 1, 'it is one import to the service');
});

test('a line that was cut off in writing is taken out by going on, and another file is left as it is', async () => {
  await using world = await World.make();
  await using service = await scriptedService(banking());
  await world.put('list.txt', list(2));
  const argv = ['import', 'list.txt', '--bank', BANK, '--server', service.url, '--from', '2'];
  const name = '{"import":"0123456789abcdef0123456789abcdef"}\n';
  const line = `{"id":"sig_${'0'.repeat(32)}","capability":"${'A'.repeat(43)}"}\n`;
  await world.put('taken.jsonl', `${name}${line}${line.slice(0, 30)}`);
  const ran = await world.run([...argv, '--capabilities', 'taken.jsonl'], { env });
  assert.equal(ran.status, 0, ran.stderr);
  assert.equal(service.heard[0]!.once, '0123456789abcdef0123456789abcdef');
  const text = readFileSync(join(world.cwd, 'taken.jsonl'), 'utf8');
  assert.ok(text.startsWith(name + line));
  assert.equal(text.trim().split('\n').length, 3);
  const back = await world.run(['import', '--withdraw', 'taken.jsonl', '--server', service.url], { env });
  assert.equal(back.stdout, 'withdrawn  2 signals\n');

  const asked = service.heard.length;
  const wrong = await world.run([...argv, '--capabilities', 'list.txt'], { env });
  assert.deepEqual([wrong.status, service.heard.length], [2, asked]);
  assert.match(wrong.stderr, /line 1 is no capability/);
  assert.equal(readFileSync(join(world.cwd, 'list.txt'), 'utf8'), list(2));
});

test('where what was banked cannot be written down, it says where to go on and have it answered again', async (t) => {
  await using world = await World.make();
  await using service = await scriptedService(banking());
  await world.put('list.txt', list(70));
  const argv = ['import', 'list.txt', '--bank', BANK, '--capabilities', 'taken.jsonl'];
  const { add } = CapabilityFile.prototype;
  let batches = 0;
  const full = t.mock.method(
    CapabilityFile.prototype,
    'add',
    function (this: CapabilityFile, more: Parameters<typeof add>[0]) {
      return ++batches === 2 ? Promise.reject(new Problem('the disk is full')) : add.call(this, more);
    },
  );
  const broken = await world.run([...argv, '--server', service.url], { env });
  full.mock.restore();
  assert.equal(broken.status, 2);
  assert.match(broken.stderr, /the disk is full; 64 signals banked, go on with --from 65/);
  const rest = await world.run([...argv, '--server', service.url, '--from', '65'], { env });
  assert.equal(rest.status, 0, rest.stderr);
  assert.deepEqual(
    service.heard.map(({ once }) => once === service.heard[0]!.once),
    [true, true, true],
  );
  assert.equal(readFileSync(join(world.cwd, 'taken.jsonl'), 'utf8').trim().split('\n').length, 71);
});

test('where the service asks for a pause it is made, in banking and in withdrawing', async () => {
  await using world = await World.make();
  const away = problem(429, 'too-many-requests', 0);
  await using service = await scriptedService(
    banking(
      new Map([
        [0, away],
        [3, away],
      ]),
    ),
  );
  await world.put('list.txt', list(2));
  const argv = [
    'import',
    'list.txt',
    '--bank',
    BANK,
    '--capabilities',
    'taken.jsonl',
    '--server',
    service.url,
  ];
  assert.equal((await world.run(argv, { env })).status, 0);
  const back = await world.run(['import', '--withdraw', 'taken.jsonl', '--server', service.url, '--json'], {
    env,
  });
  assert.deepEqual(documentOf(back), { withdrawn: 2 });
});

test('refused lines are named by their number, the rest is banked, and the answer is no', async () => {
  await using world = await World.make();
  await using service = await scriptedService(banking());
  const secret = 'c'.repeat(63);
  await world.put('list.txt', `pdq ${hash(1)}\npdq ${secret}\nvideo_md5 ${'a'.repeat(32)}\npdq ${hash(1)}\n`);
  const argv = ['import', 'list.txt', '--bank', BANK, '--server', service.url];
  const ran = await world.run([...argv, '--capabilities', 'one.jsonl'], { env });
  assert.equal(ran.status, 1);
  assert.equal(ran.stdout, 'banked     1 signal of list.txt\nrepeated   1 line\n');
  assert.match(
    ran.stderr,
    /line 2: expected 64 hex digits\n.*line 3: a bank here holds pdq and sha256 alone\n/,
  );
  assert.ok(!ran.stderr.includes(secret));
  const machine = await world.run([...argv, '--capabilities', 'two.jsonl', '--json'], { env });
  assert.deepEqual(documentOf(machine), {
    file: 'list.txt',
    banked: 1,
    repeated: 1,
    refused: [
      { line: 2, reason: 'not-hex' },
      { line: 3, reason: 'other-type' },
    ],
  });
});

test('bad use is a sentence, and asks the service nothing', async () => {
  await using world = await World.make();
  await using service = await scriptedService(banking());
  await world.put('list.txt', list(1));
  await world.put('other.txt', 'words\n');
  const server = ['--server', service.url];
  const whole = ['list.txt', '--bank', BANK, '--capabilities', 'c.jsonl', ...server];
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['--bank', BANK, '--capabilities', 'c.jsonl', ...server], /expects one file/],
    [['list.txt', '--capabilities', 'c.jsonl', ...server], /--bank expects the id/],
    [['list.txt', '--bank', BANK, ...server], /could be taken back/],
    [[...whole, '--type', 'md5'], /--type expects pdq or sha256/],
    [[...whole, '--from', '0'], /--from expects a whole number/],
    [['gone.txt', ...whole.slice(1)], /no such file/],
    [['--withdraw', 'list.txt', 'list.txt', ...server], /stands alone/],
    [['--withdraw', 'other.txt', ...server], /line 1 is no capability/],
  ];
  for (const [argv, sentence] of cases) {
    const ran = await world.run(['import', ...argv], { env });
    assert.equal(ran.status, 2, argv.join(' '));
    assert.match(ran.stderr, sentence);
  }
  assert.equal(service.heard.length, 0);
});
