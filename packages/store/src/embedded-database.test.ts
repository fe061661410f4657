import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { Client } from 'pg';
import { startChild } from './embedded-child.fixture.ts';
import { type EmbeddedDatabase, type EmbeddedOptions, openEmbedded } from './embedded-database.ts';
import { EmbeddedError, storageProblem } from './embedded-problem.ts';
import { isAlive, pause, processBirth, waitUntilGone } from './embedded-process.ts';
import { asRoot, isInstalled, SERVERS, scratchDirectory } from './embedded-scratch.fixture.ts';

/** The ballast is for embedded-disk.test.ts: under this floor no other test's disk has the room for it. */
const small = { floorBytes: 1, freeBytes: async () => 1_000_000 } as const;

async function ask(database: EmbeddedDatabase, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client(database.connection);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

function open(dataDir: string, more: Partial<EmbeddedOptions> = {}): Promise<EmbeddedDatabase> {
  return openEmbedded({ dataDir, ...small, ...more });
}

for (const { name, binariesDir } of SERVERS) {
  test(`${name} starts cold, is shared by a second opener, stops, and starts warm with its rows`, async (t) => {
    if (!isInstalled(binariesDir)) return t.diagnostic(`did not run: no programs in ${binariesDir}`);
    using scratch = scratchDirectory();
    const dataDir = join(scratch.path, 'data');
    const first = await open(dataDir, { binariesDir });
    assert.equal(first.owner, true);
    await ask(first, 'create table kept as select 7 as n');

    const second = await open(dataDir, { binariesDir });
    assert.equal(second.owner, false);
    assert.equal(second.postmasterPid, first.postmasterPid);
    assert.deepEqual(second.connection, first.connection);
    assert.deepEqual(await ask(second, 'select n from kept'), [{ n: 7 }]);
    await second.stop();
    assert.deepEqual(
      await ask(first, 'select n from kept'),
      [{ n: 7 }],
      'a sharer that leaves stops nothing',
    );

    const pid = first.postmasterPid ?? 0;
    await first.stop();
    assert.equal(processBirth(pid), undefined);
    assert.equal(existsSync(join(dataDir, 'pg', 'postmaster.pid')), false);
    await assert.rejects(first.ensureRunning(), { code: 'stopped' });

    const third = await open(dataDir, { binariesDir });
    assert.equal(third.owner, true, 'stopping released the claim');
    assert.deepEqual(await ask(third, 'select n from kept'), [{ n: 7 }]);
    await third.stop();
  });
}

test('the server listens on nothing but a socket that is closed to others, and keeps what it must', async () => {
  using scratch = scratchDirectory();
  const database = await open(join(scratch.path, 'data'));
  const [row] = await ask(
    database,
    `select current_setting('listen_addresses') as listens, current_setting('fsync') as fsync,
       current_setting('data_checksums') as checksums, current_setting('wal_recycle') as recycle,
       current_setting('server_encoding') as encoding`,
  );
  assert.deepEqual(row, { listens: '', fsync: 'on', checksums: 'on', recycle: 'off', encoding: 'UTF8' });
  assert.equal(statSync(database.connection.host).mode & 0o777, 0o700);
  assert.equal(statSync(join(database.dataDir, 'pg')).mode & 0o777, 0o700);
  if (asRoot) assert.notEqual(statSync(join(database.dataDir, 'pg')).uid, 0);
  await database.stop();
});

test('neither a failed statement nor a violated key leaves its values in the messages of the server', async () => {
  using scratch = scratchDirectory();
  const lines: string[] = [];
  const database = await open(join(scratch.path, 'data'), { log: (line) => lines.push(line) });
  await ask(database, 'create table unique_words (word text primary key)');
  await ask(database, "insert into unique_words values ('planted-word')");
  await assert.rejects(ask(database, "insert into unique_words values ('planted-word')"), { code: '23505' });
  await assert.rejects(ask(database, "select 'planted-word'::int"));
  await assert.rejects(ask(database, 'select planted_word'));
  await database.stop();
  assert.ok(lines.length > 0);
  assert.equal(lines.join('\n').match(/planted.word/g), null);
});

test('a path with blanks, a comma and quotes is a data directory like any other', async () => {
  using scratch = scratchDirectory();
  const database = await open(join(scratch.path, `a, "b" 'c' %s é`));
  assert.deepEqual(await ask(database, 'select 1 as n'), [{ n: 1 }]);
  await database.stop();
});

test('a data directory too deep for a socket gets its socket elsewhere, and a second opener finds it', async () => {
  using scratch = scratchDirectory();
  const dataDir = join(scratch.path, 'd'.repeat(60), 'e'.repeat(60));
  const database = await open(dataDir);
  assert.ok(Buffer.byteLength(`${database.connection.host}/.s.PGSQL.5432`) <= 103);
  const sharer = await open(dataDir);
  assert.equal(sharer.owner, false);
  assert.deepEqual(await ask(sharer, 'select 1 as n'), [{ n: 1 }]);
  await sharer.stop();
  await database.stop();
  rmSync(database.connection.host, { recursive: true });
});

test('five services at once on an empty directory: one owns, four share, all can write', async () => {
  using scratch = scratchDirectory();
  const dataDir = join(scratch.path, 'data');
  const children = Array.from({ length: 5 }, () => startChild(dataDir, 'idle'));
  const words = await Promise.all(children.map(({ said }) => said('open ')));
  const parts = words.map((line) => line.split(' ')[1]).sort();
  assert.deepEqual(parts, ['owner', 'sharer', 'sharer', 'sharer', 'sharer']);
  assert.equal(new Set(words.map((line) => line.split(' ')[2])).size, 1, 'all speak of one postmaster');
  for (const child of children) child.process.stdin?.end();
  assert.deepEqual(await Promise.all(children.map(({ ended }) => ended)), [0, 0, 0, 0, 0]);
});

test('a server whose owner was killed ends by itself and cleanly, though nobody comes after', async () => {
  using scratch = scratchDirectory();
  const child = startChild(join(scratch.path, 'data'), 'idle');
  const pid = Number((await child.said('open owner')).split(' ')[2]);
  const identity = { pid, birth: processBirth(pid) ?? '' };
  assert.ok(isAlive(identity));
  child.process.kill('SIGKILL');
  // As long as it takes: at its end it writes a checkpoint, and the machine may be busy.
  assert.ok(await waitUntilGone(identity, Number.POSITIVE_INFINITY));
  assert.equal(existsSync(join(scratch.path, 'data', 'pg', 'postmaster.pid')), false, 'it ended cleanly');
});

test('an owner whose server is killed brings it up again on the same socket, also without being asked', async () => {
  using scratch = scratchDirectory();
  const database = await open(join(scratch.path, 'data'));
  await ask(database, 'create table kept as select 7 as n');
  const before = database.postmasterPid ?? 0;
  process.kill(before, 'SIGKILL');
  await Promise.all([database.ensureRunning(), database.ensureRunning()]);
  assert.notEqual(database.postmasterPid, before);
  assert.deepEqual(await ask(database, 'select n from kept'), [{ n: 7 }]);

  await pause(1_050); // younger servers are left to the callers
  const again = database.postmasterPid ?? 0;
  process.kill(again, 'SIGKILL');
  // Without being asked, as long as it takes: recovery replays the log.
  while (database.postmasterPid === again) await pause(10);
  await database.ensureRunning();
  assert.deepEqual(await ask(database, 'select n from kept'), [{ n: 7 }]);
  await database.stop();
});

test('when the owner is killed, a sharer hears that the server is gone and takes over', async () => {
  using scratch = scratchDirectory();
  const dataDir = join(scratch.path, 'data');
  const owner = startChild(dataDir, 'idle');
  await owner.said('open owner');
  const sharer = await open(dataDir);
  const other = await open(dataDir);
  assert.equal(sharer.owner, false);
  const client = new Client(sharer.connection);
  const failure = new Promise<unknown>((resolve) => void client.once('error', resolve));
  client.on('error', () => undefined);
  await client.connect();
  owner.process.kill('SIGKILL');
  assert.equal(storageProblem(await failure), 'database-gone');
  await client.end().catch(() => undefined);
  await Promise.all([sharer.ensureRunning(), other.ensureRunning()]);
  assert.deepEqual([sharer.owner, other.owner].sort(), [false, true]);
  assert.equal(sharer.postmasterPid, other.postmasterPid);
  assert.deepEqual(await ask(sharer, 'select 1 as n'), [{ n: 1 }]);
  await sharer.stop();
  await other.stop();
});

test('a stale postmaster.pid that names a stranger is passed, and the stranger lives on', async (t) => {
  using scratch = scratchDirectory();
  const dataDir = join(scratch.path, 'data');
  const first = await open(dataDir);
  await ask(first, 'create table kept as select 7 as n');
  const pidFile = join(dataDir, 'pg', 'postmaster.pid');
  const lines = readFileSync(pidFile, 'utf8').split('\n');
  const { uid, gid } = statSync(pidFile);
  await first.stop();

  // The stranger runs as the server's user: only such a one answers PostgreSQL's own kill(pid, 0).
  const stranger = spawn('sleep', ['3600'], asRoot ? { uid, gid } : {});
  t.after(() => stranger.kill());
  writeFileSync(pidFile, [String(stranger.pid), ...lines.slice(1)].join('\n'), { mode: 0o600 });
  if (asRoot) chownSync(pidFile, uid, gid);
  const second = await open(dataDir);
  assert.deepEqual(await ask(second, 'select n from kept'), [{ n: 7 }]);
  assert.notEqual(processBirth(stranger.pid ?? 0), undefined);
  await second.stop();

  writeFileSync(pidFile, '', { mode: 0o600 }); // what a full disk leaves
  if (asRoot) chownSync(pidFile, uid, gid);
  const third = await open(dataDir);
  assert.deepEqual(await ask(third, 'select n from kept'), [{ n: 7 }]);
  await third.stop();
});

test('a half-made directory of an interrupted start is never taken for a database', async () => {
  using scratch = scratchDirectory();
  const dataDir = join(scratch.path, 'data');
  mkdirSync(join(dataDir, 'pg.init-1'), { recursive: true });
  chmodSync(dataDir, 0o711);
  writeFileSync(join(dataDir, 'pg.init-1', 'PG_VERSION'), '18\n');
  const database = await open(dataDir);
  assert.deepEqual(await ask(database, 'select 1 as n'), [{ n: 1 }]);
  assert.equal(existsSync(join(dataDir, 'pg.init-1')), false);
  await database.stop();
});

test('a directory that holds something else is refused with a sentence and left alone', async () => {
  using scratch = scratchDirectory();
  const dataDir = join(scratch.path, 'data');
  mkdirSync(join(dataDir, 'pg'), { recursive: true });
  chmodSync(dataDir, 0o711);
  writeFileSync(join(dataDir, 'pg', 'diary.txt'), 'mine');
  await assert.rejects(open(dataDir), (error) => {
    assert.ok(error instanceof EmbeddedError);
    assert.equal(error.code, 'foreign-directory');
    assert.match(error.message, /holds no PostgreSQL database/);
    return true;
  });
  assert.equal(readFileSync(join(dataDir, 'pg', 'diary.txt'), 'utf8'), 'mine');
});

test('data of another PostgreSQL version is refused with its version', async (t) => {
  const old = SERVERS[1]?.binariesDir;
  if (!isInstalled(old)) return t.diagnostic('did not run: PostgreSQL 15 is not on this machine');
  using scratch = scratchDirectory();
  const dataDir = join(scratch.path, 'data');
  await (await open(dataDir, { binariesDir: old })).stop();
  await assert.rejects(open(dataDir), { code: 'start-failed', message: /made by PostgreSQL 15/ });
});
