import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { Client } from 'pg';
import { type EmbeddedDatabase, openEmbedded } from './embedded-database.ts';
import { BALLAST_BYTES, freeBytesOf } from './embedded-disk.ts';
import { EmbeddedError, storageProblem } from './embedded-problem.ts';
import { asRoot, scratchDirectory } from './embedded-scratch.fixture.ts';

const MEBIBYTE = 1_048_576;

test('no server is started below the floor, and the refusal says how much is missing', async () => {
  using scratch = scratchDirectory();
  const dataDir = join(scratch.path, 'data');
  await assert.rejects(openEmbedded({ dataDir, freeBytes: async () => 100 * MEBIBYTE }), (error) => {
    assert.ok(error instanceof EmbeddedError);
    assert.equal(error.code, 'disk-low');
    assert.match(error.message, /has 100 MiB left.* less than 256 MiB.*Make room/);
    assert.equal(storageProblem(error), 'storage-full');
    return true;
  });
  assert.equal(existsSync(join(dataDir, 'pg')), false);
});

test('the ballast is there while there is room, and is put back by the check', async () => {
  using scratch = scratchDirectory();
  const dataDir = join(scratch.path, 'data');
  let free = 10_000 * MEBIBYTE;
  const database = await openEmbedded({ dataDir, freeBytes: async () => free });
  const ballast = join(dataDir, 'ballast');
  assert.equal(statSync(ballast).size, BALLAST_BYTES);
  rmSync(ballast);
  free = 300 * MEBIBYTE;
  assert.deepEqual(await database.checkDisk(), { kind: 'ok', freeBytes: free });
  assert.equal(existsSync(ballast), false, 'it would take the disk below the floor');
  free = 200 * MEBIBYTE;
  assert.deepEqual(await database.checkDisk(), { kind: 'low', freeBytes: free });
  free = 10_000 * MEBIBYTE;
  assert.deepEqual(await database.checkDisk(), { kind: 'ok', freeBytes: free });
  assert.equal(statSync(ballast).size, BALLAST_BYTES);
  assert.ok((await freeBytesOf(dataDir)) > 0);
  await database.stop();
});

test('on a really full disk no acknowledged row is lost: the ballast lets it recover, room lets it start', async (t) => {
  using scratch = scratchDirectory();
  const disk = join(scratch.path, 'disk');
  mkdirSync(disk);
  const options = 'size=220m,mode=0711';
  if (!asRoot || spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', disk]).status !== 0) {
    return t.diagnostic('did not run: only root may mount a small file system');
  }
  try {
    await fillAndRecover(disk, t.diagnostic.bind(t));
  } finally {
    spawnSync('umount', ['-l', disk]);
  }
});

async function fillAndRecover(disk: string, tell: (text: string) => void): Promise<void> {
  const dataDir = join(disk, 'data');
  const floorBytes = 24 * MEBIBYTE;
  const database = await openEmbedded({ dataDir, floorBytes });
  assert.ok(existsSync(join(dataDir, 'ballast')));
  const acknowledged: number[] = [];
  const client = new Client(database.connection);
  client.on('error', () => undefined);
  await client.connect();
  await client.query('create table kept (n int primary key, filler bytea)');
  await client.query('alter table kept alter column filler set storage external');
  const filler = Buffer.from(crypto.getRandomValues(new Uint8Array(60_000)));
  const problems = new Set<unknown>();
  // Rows until the table cannot grow; then the log alone until it cannot either, which takes the server down.
  for (let n = 1; problems.size === 0 && n < 20_000; n++) {
    try {
      await client.query('insert into kept values ($1, $2)', [n, filler]);
      acknowledged.push(n);
    } catch (error) {
      problems.add(storageProblem(error));
    }
  }
  // Until the server sees that it lost a backend it answers as if nothing had happened; then it ends every connection.
  const witness = new Client(database.connection);
  witness.on('error', () => undefined);
  await witness.connect();
  const noticed = new Promise((resolve) => witness.once('end', resolve));
  // Asked while the server lives: once it is gone its owner brings it back by itself, and gives up the ballast for that.
  assert.equal((await database.checkDisk()).kind, 'low');
  for (let tries = 0; !problems.has('database-gone') && tries < 1_000; tries++) {
    await client
      .query("select pg_logical_emit_message(true, 'x', repeat('x', 200000))")
      .catch((error: unknown) => {
        problems.add(storageProblem(error));
      });
  }
  tell(`${acknowledged.length} rows acknowledged, then ${[...problems].join(', then ')}`);
  assert.deepEqual([...problems], ['storage-full', 'database-gone'], 'every failure has a name');
  await client.end().catch(() => undefined);
  await noticed;

  await database.ensureRunning();
  assert.deepEqual(await missing(database, acknowledged), []);
  await database.stop();

  // Whatever room is left now, something else takes it: no start, a sentence, and later everything is there.
  const free = await freeBytesOf(disk);
  if (free > floorBytes / 2) writeFileSync(join(disk, 'other'), new Uint8Array(free - floorBytes / 2));
  await assert.rejects(openEmbedded({ dataDir, floorBytes }), { code: 'disk-low' });
  rmSync(join(disk, 'other'), { force: true });
  rmSync(join(dataDir, 'ballast'), { force: true });
  spawnSync('mount', ['-o', 'remount,size=500m', disk]);
  const later = await openEmbedded({ dataDir, floorBytes });
  assert.deepEqual(await missing(later, acknowledged), []);
  assert.equal((await later.checkDisk()).kind, 'ok');
  await later.stop();
}

async function missing(
  database: EmbeddedDatabase,
  acknowledged: readonly number[],
): Promise<readonly number[]> {
  const client = new Client(database.connection);
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query('select n from kept');
  await client.end();
  const kept = new Set(rows.map(({ n }) => n));
  return acknowledged.filter((n) => !kept.has(n));
}
