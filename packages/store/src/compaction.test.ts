import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { Client } from 'pg';
import { compact } from './compaction.ts';
import { type EmbeddedDatabase, openEmbedded } from './embedded-database.ts';
import { filesHolding, isInstalled, SERVERS, scratchDirectory } from './embedded-scratch.fixture.ts';

async function openSmall(
  dataDir: string,
  binariesDir?: string,
  log?: (line: string) => void,
): Promise<EmbeddedDatabase> {
  return openEmbedded({ dataDir, binariesDir, log, floorBytes: 1, freeBytes: async () => 1_000_000 });
}

async function connect(database: EmbeddedDatabase): Promise<Client> {
  const client = new Client(database.connection);
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** A table with every place a value can hide in: indexes, an expression, TOAST, statistics of columns and pairs. */
async function makeTable(client: Client, name: string, rows: number): Promise<void> {
  await client.query(`
    create table ${name} (id serial primary key, value bytea unique, hex text, long text);
    alter table ${name} alter column long set storage external;
    create index on ${name} (hex);
    create index on ${name} (upper(hex));
    create statistics ${name}_pairs (mcv, dependencies, ndistinct) on value, hex from ${name}`);
  await client.query(
    `insert into ${name} (value, hex, long)
     select sha256(i::text::bytea), encode(sha256(i::text::bytea), 'hex'), repeat(encode(sha256(i::text::bytea), 'hex'), 40)
     from generate_series(1, $1::int) i`,
    [rows],
  );
}

type Planted = { readonly bytes: Buffer; readonly hex: string; readonly needles: readonly Buffer[] };

/** Several rows, so that ANALYZE finds the text common; a rolled back one; updates, some with images of whole pages. */
async function plant(client: Client, name: string): Promise<Planted> {
  const bytes = Buffer.from(crypto.getRandomValues(new Uint8Array(32)));
  const hex = bytes.toString('hex');
  for (let copy = 0; copy < 4; copy++) {
    const value = copy === 0 ? bytes : Buffer.concat([bytes, Buffer.of(copy)]);
    await client.query(`insert into ${name} (value, hex, long) values ($1, $2, repeat($2, 40))`, [
      value,
      hex,
    ]);
  }
  await client.query('begin');
  await client.query(`insert into ${name} (value, hex) values ($1, $2)`, [
    Buffer.concat([bytes, Buffer.of(9)]),
    hex,
  ]);
  await client.query('rollback');
  await client.query(`analyze ${name}`);
  await client.query('checkpoint');
  await client.query(`update ${name} set long = long || hex where hex = $1`, [hex]);
  await client.query('checkpoint');
  return { bytes, hex, needles: [bytes, Buffer.from(hex), Buffer.from(hex.toUpperCase())] };
}

for (const { name, binariesDir } of SERVERS) {
  test(`with ${name} a deleted row is in no file of the data directory after compaction`, async (t) => {
    if (!isInstalled(binariesDir)) return t.diagnostic(`did not run: no programs in ${binariesDir}`);
    using scratch = scratchDirectory();
    const database = await openSmall(join(scratch.path, 'data'), binariesDir);
    const client = await connect(database);
    await makeTable(client, 'mixed', 2_000);
    await makeTable(client, 'emptied', 0);
    const one = await plant(client, 'mixed');
    const two = await plant(client, 'emptied');
    const needles = [...one.needles, ...two.needles];
    for (const { needles: its } of [one, two]) {
      const holding = filesHolding(scratch.path, its);
      assert.ok(
        holding.some((file) => file.includes('pg_wal')),
        'the search finds it in the log',
      );
      assert.ok(
        holding.filter((file) => file.includes('base')).length >= 4,
        'and in table, TOAST and indexes',
      );
    }
    await client.query('delete from mixed where hex = $1', [one.hex]);
    await client.query('delete from emptied');

    // What one would take to be enough is not: this is the evidence behind the order in compaction.ts.
    await client.query('vacuum mixed');
    await client.query('vacuum emptied');
    await client.query('checkpoint');
    assert.ok(filesHolding(scratch.path, one.needles).some((file) => file.includes('base')));
    await client.query('vacuum (full, analyze) emptied');
    await client.query('checkpoint');
    const statistics = filesHolding(join(scratch.path, 'data', 'pg', 'base'), two.needles);
    assert.ok(statistics.length > 0, 'ANALYZE of an emptied table keeps the old statistics');

    const outcome = await compact(client, ['mixed', 'public.emptied']);
    assert.ok(outcome.ok);
    assert.equal(outcome.reach, 'every-file');
    assert.deepEqual(filesHolding(scratch.path, needles), []);

    // Nothing brings it back: neither new statistics, nor images of pages, nor the end and start of the server.
    await client.query('analyze');
    await client.query('checkpoint');
    await client.query('update mixed set hex = hex where id < 500');
    await client.query('checkpoint');
    assert.deepEqual(filesHolding(scratch.path, needles), []);
    const { rows } = await client.query('select count(*)::int as n from mixed');
    assert.deepEqual(rows, [{ n: 2_000 }]);
    await client.end();
    await database.stop();
    assert.deepEqual(filesHolding(scratch.path, needles), []);
  });
}

test('while a transaction could still see the deleted row, compaction says so instead of pretending', async () => {
  using scratch = scratchDirectory();
  const database = await openSmall(join(scratch.path, 'data'));
  const client = await connect(database);
  const reader = await connect(database);
  await makeTable(client, 'mixed', 10);
  const { hex, needles } = await plant(client, 'mixed');
  await reader.query('begin isolation level repeatable read');
  await reader.query('select count(*) from pg_class'); // a snapshot, but no lock on the table
  await client.query('delete from mixed where hex = $1', [hex]);
  assert.deepEqual(await compact(client, ['mixed'], { transactionsMs: 200 }), {
    ok: false,
    reason: 'old-transaction',
  });
  assert.notDeepEqual(filesHolding(scratch.path, needles), []);

  const compacting = compact(client, ['mixed'], { transactionsMs: 20_000 });
  await reader.query('commit');
  assert.equal((await compacting).ok, true);
  assert.deepEqual(filesHolding(scratch.path, needles), []);

  await reader.query('begin');
  await reader.query('lock table mixed in access share mode');
  assert.deepEqual(await compact(client, ['mixed'], { lockMs: 100 }), { ok: false, reason: 'table-busy' });
  await reader.query('commit');
  assert.equal((await client.query('show lock_timeout')).rows[0].lock_timeout, '0');
  await assert.rejects(compact(client, ['mixed', 'absent']), RangeError);
  await assert.rejects(compact(client, ['mixed; drop table mixed']));
  assert.equal((await client.query('select count(*)::int as n from mixed')).rows[0].n, 10);

  await client.query(
    'create role plain; alter table mixed owner to plain; grant create on schema public to plain',
  );
  await client.query('set role plain');
  const outcome = await compact(client, ['mixed']);
  assert.ok(outcome.ok);
  assert.equal(outcome.reach, 'tables-only', 'a role that cannot reach log and statistics does not claim to');
  await reader.end();
  await client.end();
  await database.stop();
});

test('table files that a crash left behind are deleted, at a start and on request, and no living file is', async () => {
  using scratch = scratchDirectory();
  const lines: string[] = [];
  const database = await openSmall(join(scratch.path, 'data'), undefined, (line) => lines.push(line));
  const client = await connect(database);
  await makeTable(client, 'mixed', 300);
  const { hex, needles } = await plant(client, 'mixed');
  const swept = () => lines.filter((line) => /^Deleted [1-9]\d* table files/.test(line)).length;

  // The backend must not live to tidy up, as it would when only the server's first process is killed.
  const first = await abandonCopy(client, database);
  process.kill(first, 'SIGSTOP');
  process.kill(database.postmasterPid ?? 0, 'SIGKILL');
  process.kill(first, 'SIGKILL');
  await client.end().catch(() => undefined);
  await database.ensureRunning();
  assert.equal(swept(), 1);

  const again = await connect(database);
  const postmaster = database.postmasterPid;
  // The server ends every connection when it sees a lost backend: until then it answers as if nothing had happened.
  const noticed = new Promise((resolve) => again.once('end', resolve));
  process.kill(await abandonCopy(again, database), 'SIGKILL');
  await noticed;
  await database.ensureRunning();
  assert.equal(database.postmasterPid, postmaster, 'a lost backend is recovered by the server itself');
  const last = await connect(database);
  await last.query('delete from mixed where hex = $1', [hex]);
  assert.equal((await compact(last, ['mixed'])).ok, true);
  assert.notDeepEqual(filesHolding(scratch.path, needles), [], 'compaction alone does not see such files');
  assert.ok(((await database.sweepOrphanFiles()) ?? 0) > 0);
  assert.deepEqual(filesHolding(scratch.path, needles), []);

  const busy = await connect(database);
  await busy.query('begin');
  await busy.query('create table coming as select * from mixed');
  const sweeping = database.sweepOrphanFiles();
  setTimeout(() => void busy.query('commit').catch(() => undefined), 100);
  assert.equal(await sweeping, 0, 'the file of an open transaction is not taken for an orphan');
  assert.equal((await last.query('select count(*)::int as n from coming')).rows[0].n, 300);
  await busy.end();
  await last.end();
  await database.stop();
});

/** Copies the table in a transaction that stays open, as VACUUM FULL would; the process id of its backend. */
async function abandonCopy(client: Client, database: EmbeddedDatabase): Promise<number> {
  const copying = await connect(database);
  await copying.query('begin');
  await copying.query('create table copied as select * from mixed');
  await client.query('checkpoint');
  const { rows } = await copying.query('select pg_backend_pid() as pid');
  return rows[0].pid;
}
