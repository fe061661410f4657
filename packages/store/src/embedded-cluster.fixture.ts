/**
 * A data directory that is ready to start, for tests that are not about making one. Making one (initdb and the first
 * database) is most of a cold start, and a run of all tests has some eighty. So it is made once for these packages, these
 * settings and this user, kept in node_modules/.cache, and copied.
 * @module
 */

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openEmbedded } from './embedded-database.ts';
import { scratchDirectory } from './embedded-scratch.fixture.ts';

const ROOT = join(import.meta.dirname, '../../..');
const CACHE = join(ROOT, 'node_modules/.cache');

/** What a data directory that was made comes from. */
const SOURCES = ['package-lock.json', 'packages/store/src/embedded-server.ts'];

const making = new Map<string, Promise<string>>();

/** Puts a data directory, never started by anybody else, into `dataDir`, for the programs in `binariesDir`. */
export async function layCluster(dataDir: string, binariesDir?: string): Promise<void> {
  const hash = createHash('sha256').update(`${process.getuid?.()} ${binariesDir}`);
  for (const source of SOURCES) hash.update(readFileSync(join(ROOT, source)));
  const kept = join(CACHE, `cluster-${hash.digest('hex').slice(0, 16)}`);
  let made = making.get(kept);
  if (made === undefined) {
    made = make(kept, binariesDir);
    making.set(kept, made);
  }
  // With its owner and its mode, which are the server's user's.
  await promisify(execFile)('cp', ['-a', join(await made, 'pg'), join(dataDir, 'pg')]);
}

async function make(kept: string, binariesDir: string | undefined): Promise<string> {
  if (existsSync(kept)) return kept;
  using scratch = scratchDirectory();
  const database = await openEmbedded({ dataDir: scratch.path, binariesDir, floorBytes: 1024 * 1024 });
  await database.stop();
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
