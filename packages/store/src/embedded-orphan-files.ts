/**
 * Files that a crash left behind in the database's directory and that no table knows.
 *
 * A transaction that makes a table's file, and VACUUM FULL is one, removes it when it fails; but when the server is
 * killed meanwhile, PostgreSQL leaves the file for ever. It holds a copy of rows, some of which are withdrawn later,
 * and no compaction would find it. So such files are looked for and deleted at each start and on request.
 *
 * A file is an orphan when no relation maps to it although every transaction that was open when it was seen has
 * ended: had one of them made it, the file would now belong to a relation, or be gone.
 * @module
 */

import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CompactionClient } from './compaction.ts';
import { isErrno, pause } from './embedded-process.ts';

const PATIENCE_MS = 5_000;

/**
 * Deletes the orphans of the database that the client is connected to. The client must be a superuser's.
 *
 * @returns how many files were deleted, or undefined when open transactions did not let it say.
 */
export async function sweepOrphanFiles(client: CompactionClient, pgDir: string): Promise<number | undefined> {
  const { rows } = await client.query(
    'select oid::text as oid from pg_database where datname = current_database()',
  );
  const directory = join(pgDir, 'base', String(rows[0]?.['oid']));
  const suspects = await unmapped(client, filesByNumber(directory));
  if (suspects.size === 0) return 0;
  if (!(await outliveTransactions(client))) return undefined;
  let deleted = 0;
  for (const names of (await unmapped(client, suspects)).values()) {
    for (const name of names) {
      if (isEmptyOrGone(join(directory, name))) continue; // dropped, waiting for the next checkpoint
      rmSync(join(directory, name), { force: true });
      deleted++;
    }
  }
  return deleted;
}

function filesByNumber(directory: string): ReadonlyMap<string, readonly string[]> {
  const files = new Map<string, string[]>();
  for (const name of readdirSync(directory)) {
    // <number>, its forks (_fsm, _vm, _init) and further segments (.1, .2, …). Temporary tables' files are named
    // otherwise, and PostgreSQL removes those at each start.
    const number = /^(\d+)(?:_[a-z]+)?(?:\.\d+)?$/.exec(name)?.[1];
    if (number !== undefined) files.set(number, [...(files.get(number) ?? []), name]);
  }
  return files;
}

async function unmapped(
  client: CompactionClient,
  files: ReadonlyMap<string, readonly string[]>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await client.query(
    'select number::text from unnest($1::oid[]) number where pg_filenode_relation(0, number) is null',
    [[...files.keys()]],
  );
  return new Map(rows.map(({ number }) => [String(number), files.get(String(number)) ?? []]));
}

async function outliveTransactions(client: CompactionClient): Promise<boolean> {
  const open = `select pid || ' ' || xact_start as transaction from pg_stat_activity
    where pid <> pg_backend_pid() and xact_start is not null`;
  const { rows } = await client.query(open);
  const seen = rows.map(({ transaction }) => transaction);
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const { rows: left } = await client.query(
      `select 1 from (${open}) o where transaction = any($1::text[])`,
      [seen],
    );
    if (left.length === 0) return true;
    if (performance.now() > deadline) return false;
    await pause(20);
  }
}

function isEmptyOrGone(path: string): boolean {
  try {
    return statSync(path).size === 0;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return true;
    throw error;
  }
}
