import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { type ChainRecord, chainRecord, EMPTY_HEAD, GENESIS } from '@reclaim/casework/event-chain';
import fc from 'fast-check';
import { auditWith } from './audit.ts';
import { type AuditLog, verifyLog } from './audit-log.ts';
import { Problem } from './problem.ts';
import { type Said, type ScriptedService, scriptedService, TEST_KEY } from './service.fixture.ts';
import { documentOf, type Ran, World } from './terminal.fixture.ts';

const env = { RECLAIM_KEY: TEST_KEY };

async function chainOf(length: number, word = 'decided'): Promise<ChainRecord[]> {
  const records: ChainRecord[] = [];
  let prev = GENESIS;
  for (let seq = 1; seq <= length; seq++) {
    const body = {
      seq,
      at: 1_700_000_000_000 + seq,
      actor: 'system',
      type: word,
      data: { n: seq },
      commitments: {},
    };
    const record = await chainRecord(prev, body);
    records.push(record);
    prev = record.hash;
  }
  return records;
}

function headOf(records: readonly ChainRecord[]) {
  const last = records.at(-1);
  return last === undefined ? EMPTY_HEAD : { seq: last.seq, hash: last.hash };
}

/** A service that shows `records` in pages of 4. */
function serving(records: readonly ChainRecord[], head = headOf(records)): Promise<ScriptedService> {
  return scriptedService(({ query }): Said => {
    const after = Number(query.get('after'));
    return { json: { records: records.filter(({ seq }) => seq > after).slice(0, 4), head } };
  });
}

async function verify(world: World, service: ScriptedService, more: readonly string[] = []): Promise<Ran> {
  return world.run(['audit', 'verify', '--server', service.url, ...more], { env });
}

test('a whole log verifies, page by page', async () => {
  await using world = await World.make();
  const records = await chainOf(10);
  await using service = await serving(records);
  const ran = await verify(world, service, ['--json']);
  assert.equal(ran.status, 0);
  assert.deepEqual(documentOf(ran), {
    ok: true,
    records: 10,
    head: headOf(records),
    valuesSeen: false,
    continues: null,
    fault: null,
  });
  assert.deepEqual(
    service.heard.map(({ path, query }) => [path, query.get('after')]),
    [
      ['/v1/audit', '0'],
      ['/v1/audit', '4'],
      ['/v1/audit', '8'],
    ],
  );
});

test('a log without records verifies as empty', async () => {
  await using world = await World.make();
  await using service = await serving([]);
  const ran = await verify(world, service);
  assert.equal(ran.status, 0);
  assert.match(ran.stdout, /records {2}0$/m);
});

test('a changed, dropped, inserted or impossible record is a fault with its place, and status 1', async () => {
  await using world = await World.make();
  const good = await chainOf(10);
  const other = await chainOf(10, 'undone');
  const cases: readonly (readonly [string, number, readonly ChainRecord[]])[] = [
    ['hash', 6, good.map((record) => (record.seq === 6 ? { ...record, actor: 'nobody' } : record))],
    ['sequence', 6, good.filter(({ seq }) => seq !== 6)],
    ['link', 6, good.map((record) => (record.seq === 6 ? other[5]! : record))],
    ['hash', 6, good.map((record) => (record.seq === 6 ? { ...record, data: { n: 0.5 } } : record))],
  ];
  for (const [kind, seq, records] of cases) {
    await using service = await serving(records, headOf(good));
    const ran = await verify(world, service, ['--json']);
    assert.equal(ran.status, 1, kind);
    assert.deepEqual(documentOf(ran)['fault'], { kind, seq });
    assert.equal(documentOf(ran)['records'], 5);
    const told = await verify(world, service);
    assert.match(told.stdout, new RegExp(`does not verify: .*\\(${kind} at 6\\)`));
  }
});

test('records cut off at the end are found by the head that is stated', async () => {
  await using world = await World.make();
  const records = await chainOf(10);
  for (const shown of [records.slice(0, 8), records.slice(0, 6), []]) {
    await using service = await serving(shown, headOf(records));
    const ran = await verify(world, service, ['--json']);
    assert.equal(ran.status, 1);
    assert.deepEqual(documentOf(ran)['fault'], { kind: 'head', seq: shown.length });
  }
});

test('a head is noted the first time, continued the next, and told from a rewritten or shortened log', async () => {
  await using world = await World.make();
  const records = await chainOf(10);
  const file = () => readFile(join(world.cwd, 'head.json'), 'utf8');
  {
    await using service = await serving(records.slice(0, 5));
    assert.equal((await verify(world, service, ['--head', 'head.json'])).status, 0);
    assert.deepEqual(JSON.parse(await file()), headOf(records.slice(0, 5)));
  }
  {
    await using service = await serving(records);
    const ran = await verify(world, service, ['--head', 'head.json', '--json']);
    assert.equal(ran.status, 0);
    assert.deepEqual(documentOf(ran)['continues'], headOf(records.slice(0, 5)));
    assert.deepEqual(JSON.parse(await file()), headOf(records));
  }
  const noted = await file();
  {
    await using service = await serving(await chainOf(12, 'undone'));
    const ran = await verify(world, service, ['--head', 'head.json', '--json']);
    assert.equal(ran.status, 1);
    assert.deepEqual(documentOf(ran)['fault'], { kind: 'rewritten', seq: 10 });
  }
  {
    await using service = await serving(records.slice(0, 7));
    const ran = await verify(world, service, ['--head', 'head.json', '--json']);
    assert.equal(ran.status, 1);
    assert.deepEqual(documentOf(ran)['fault'], { kind: 'truncated', seq: 7 });
  }
  assert.equal(await file(), noted);
  assert.deepEqual(await readdir(world.cwd), ['head.json']);
});

test('a head file of another form is refused and kept', async () => {
  await using world = await World.make();
  await using service = await serving(await chainOf(2));
  for (const text of ['', '{}', '[1]', 'null', '{"seq":-1,"hash":"00"}', '{"seq":1,"hash":"zz"}']) {
    await world.put('head.json', text);
    const ran = await verify(world, service, ['--head', 'head.json']);
    assert.equal(ran.status, 2);
    assert.match(ran.stderr, /head\.json: expected a head as JSON/);
    assert.equal(await readFile(join(world.cwd, 'head.json'), 'utf8'), text);
  }
});

test('a service that is away, refuses the key or speaks nonsense gives status 2 and a sentence', async () => {
  await using world = await World.make();
  await using forbidding = await scriptedService(() => ({
    status: 403,
    json: { type: '/problems/forbidden', title: 'x', status: 403 },
  }));
  const refused = await verify(world, forbidding, ['--json']);
  assert.equal(refused.status, 2);
  assert.match(String(documentOf(refused)['error']), /needs the scope audit/);
  await using nonsense = await scriptedService(() => ({ json: { records: 'none' } }));
  assert.match((await verify(world, nonsense)).stderr, /does not speak as a Reclaim service/);
});

function localLog(records: readonly ChainRecord[], wrongValues: readonly number[] = []) {
  const opened: unknown[] = [];
  let closed = 0;
  const log: AuditLog = {
    pages: async function* () {
      yield { records, wrongValues };
    },
    head: () => headOf(records),
    close: async () => {
      closed += 1;
    },
  };
  const command = auditWith(async (place) => {
    opened.push(place);
    return log;
  });
  return { command, opened, closed: () => closed };
}

test('the log on this machine is read where its data is, and let go of', async () => {
  await using world = await World.make();
  const local = localLog(await chainOf(3));
  const { io, told } = world.terminal();
  assert.equal(await local.command.run(['verify'], io), 0);
  assert.match(told.stdout, /values {3}those not erased are as they were committed to/);
  assert.deepEqual(local.opened, [{ dataDir: join(world.cwd, '.data') }]);
  assert.equal(local.closed(), 1);
  const database = world.terminal({ env: { DATABASE_URL: 'postgres://u:hush@db/x' } });
  await local.command.run(['verify'], database.io);
  await local.command.run(['verify', '--data', 'named'], database.io);
  assert.deepEqual(local.opened.slice(1), [
    { dataDir: join(world.cwd, '.data'), databaseUrl: 'postgres://u:hush@db/x' },
    { dataDir: join(world.cwd, 'named') },
  ]);
  assert.doesNotMatch(database.told.stdout + database.told.stderr, /hush/);
});

test('a value that is not what was committed to is a fault', async () => {
  await using world = await World.make();
  const local = localLog(await chainOf(3), [2]);
  const { io, told } = world.terminal();
  assert.equal(await local.command.run(['verify', '--json'], io), 1);
  assert.deepEqual(JSON.parse(told.stdout).fault, { kind: 'value', seq: 2 });
  assert.equal(local.closed(), 1);
});

test('a data directory that no service used is refused and stays as it is', async () => {
  await using world = await World.make();
  for (const argv of [['--data', 'none'], ['--data', '.'], []]) {
    const ran = await world.run(['audit', 'verify', ...argv]);
    assert.equal(ran.status, 2);
    assert.match(ran.stderr, /no service keeps its data in this data directory/);
  }
  assert.deepEqual(await readdir(world.cwd), []);
});

test('bad use is refused before anything is opened', async () => {
  await using world = await World.make();
  const local = localLog([]);
  for (const argv of [
    [],
    ['check'],
    ['verify', 'more'],
    ['verify', '--server', 'https://x.example', '--data', 'd'],
    ['verify', '--head', '-'],
  ]) {
    await assert.rejects(local.command.run(argv, world.terminal().io), Problem);
  }
  assert.equal(local.opened.length, 0);
});

test('no single change of a log goes unseen', async () => {
  const records = await chainOf(6);
  const change = fc.oneof(
    fc.record({ kind: fc.constant('drop' as const), at: fc.nat(5) }),
    fc.record({ kind: fc.constant('double' as const), at: fc.nat(5) }),
    fc.record({ kind: fc.constant('swap' as const), at: fc.nat(4) }),
    fc.record({
      kind: fc.constantFrom(
        'at' as const,
        'actor' as const,
        'type' as const,
        'data' as const,
        'prev' as const,
      ),
      at: fc.nat(5),
    }),
  );
  await fc.assert(
    fc.asyncProperty(change, async ({ kind, at }) => {
      const changed = [...records];
      const record = changed[at]!;
      if (kind === 'drop') changed.splice(at, 1);
      else if (kind === 'double') changed.splice(at, 0, record);
      else if (kind === 'swap') changed.splice(at, 2, changed[at + 1]!, record);
      else if (kind === 'at') changed[at] = { ...record, at: record.at + 1 };
      else if (kind === 'data') changed[at] = { ...record, data: { ...record.data, more: true } };
      else changed[at] = { ...record, [kind]: kind === 'prev' ? 'f'.repeat(64) : 'changed' };
      const log: AuditLog = {
        pages: async function* () {
          yield { records: changed };
        },
        head: () => headOf(records),
        close: async () => {},
      };
      const { fault } = await verifyLog(log, undefined, () => {});
      assert.notEqual(fault, null);
    }),
    { numRuns: 40 },
  );
});
