/**
 * A data directory that is ready to start, for tests that are not about making one. Making one (initdb, the first database,
 * its tables) is most of a cold start, and a run of all tests has some hundred and twenty. So it is made once for these
 * packages, these settings, these migrations and this user, kept in node_modules/.cache, and copied. Whoever opens it still
 * asks the migrations, and finds them done; how they are done is seen by the tests that start on an empty directory.
 *
 * Its ballast (embedded-disk.ts) is a hole of the right size: to write 64 MiB of random bytes took longer than the start.
 * @module
 */

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Kysely, PostgresDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { openEmbedded } from './embedded-database.ts';
import { BALLAST_BYTES } from './embedded-disk.ts';
import { scratchDirectory } from './embedded-scratch.fixture.ts';
import { migrations } from './migrations.ts';

const ROOT = join(import.meta.dirname, '../../..');
const CACHE = join(ROOT, 'node_modules/.cache');

/** What a data directory that was made comes from. */
const SOURCES = [
  'package-lock.json',
  'packages/store/src/embedded-server.ts',
  ...readdirSync(import.meta.dirname)
    .filter((name) => /^(migration|embedded-cluster).*\.ts$/.test(name))
    .sort()
    .map((name) => `packages/store/src/${name}`),
];

const digests = SOURCES.map((source) =>
  createHash('sha256')
    .update(readFileSync(join(ROOT, source)))
    .digest('hex'),
);

const making = new Map<string, Promise<string>>();

/** Puts a data directory, never started by anybody else, into `dataDir`, for the programs in `binariesDir`. */
export async function layCluster(dataDir: string, binariesDir?: string): Promise<void> {
  const hash = createHash('sha256').update(`${process.getuid?.()} ${binariesDir}`);
  for (const digest of digests) hash.update(digest);
  const kept = join(CACHE, `cluster-${hash.digest('hex').slice(0, 16)}`);
  let made = making.get(kept);
  if (made === undefined) {
    made = make(kept, binariesDir);
    making.set(kept, made);
  }
  // With its owner and its mode, which are the server's user's.
  await promisify(execFile)('cp', ['-a', join(await made, 'pg'), join(dataDir, 'pg')]);
  const ballast = openSync(join(dataDir, 'ballast'), 'wx', 0o600);
  ftruncateSync(ballast, BALLAST_BYTES);
  closeSync(ballast);
}

async function make(kept: string, binariesDir: string | undefined): Promise<string> {
  if (existsSync(kept)) return kept;
  using scratch = scratchDirectory();
  const database = await openEmbedded({ dataDir: scratch.path, binariesDir, floorBytes: 1024 * 1024 });
  const pool = new pg.Pool({ ...database.connection, max: 1 });
  // As in store.ts: the server may go before the pool's connections have ended, which is no error of anybody.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  const { error } = await new Migrator({ db, provider: migrations }).migrateToLatest();
  await db.destroy();
  await database.stop();
  if (error !== undefined) throw new Error('fixture: a migration failed', { cause: error });
  const draft = `${kept}-${process.pid}`;
  mkdirSync(draft, { recursive: true });
  await promisify(execFile)('cp', ['-a', join(scratch.path, 'pg'), join(draft, 'pg')]);
  try {
    renameSync(draft, kept);
  } catch (error) {
    // Another process was first.
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(kept)) throw error;
  }
  return kept;
}
