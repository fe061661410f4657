/**
 * The lock files of a PostgreSQL server: `postmaster.pid` in the data directory and `.s.PGSQL.<port>.lock` beside
 * the socket. Layout: src/include/utils/pidfile.h (line 1 pid, 2 data directory, 3 start in seconds, 4 port,
 * 5 socket directory, 6 listen address, 7 shared-memory key, 8 status padded with blanks).
 *
 * A killed server leaves them behind, and PostgreSQL refuses to start while the pid in them answers `kill(pid, 0)`:
 * a zombie that nobody has reaped yet, or a stranger who was given the number again. Once that is proven, line 1
 * alone is replaced by our own pid, because PostgreSQL takes its parent's pid as stale. Line 7 stays, so its own
 * check against backends that still hold the shared memory keeps protecting the data. `postmaster.pid` is deleted
 * only when it is unreadable and no process works in the data directory.
 * @module
 */

import { chownSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answersSignals, isErrno, isPostmasterOf, processBirth, processesIn } from './embedded-process.ts';

/** The port that only names the socket file; nothing listens on a network. */
export const SOCKET_PORT = 5432;

/** What `postmaster.pid` says. `status` is `starting`, `ready`, `stopping`, or empty while it is being written. */
export type PidFile =
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'present'; readonly pid: number; readonly status: string };

/** Reads `postmaster.pid` of that data directory. */
export function readPidFile(pgDir: string): PidFile {
  let lines: readonly string[];
  try {
    lines = readFileSync(join(pgDir, 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    return isErrno(error, 'ENOENT') || isErrno(error, 'ENOTDIR')
      ? { kind: 'absent' }
      : { kind: 'unreadable' };
  }
  const pid = Math.abs(Number(lines[0])); // a single-user server writes its own negated
  if (!Number.isSafeInteger(pid) || pid === 0) return { kind: 'unreadable' };
  return { kind: 'present', pid, status: (lines[7] ?? '').trim() };
}

/** The name of the socket inside its directory. */
export function socketFile(socketDir: string): string {
  return join(socketDir, `.s.PGSQL.${SOCKET_PORT}`);
}

/**
 * Makes lock files of a dead server passable. Does nothing while a postmaster of this directory lives, and nothing
 * where PostgreSQL can see for itself that the pid is dead.
 */
export function passStaleLocks(pgDir: string, socketDir: string): void {
  const path = join(pgDir, 'postmaster.pid');
  const found = readPidFile(pgDir);
  if (found.kind === 'unreadable' && processesIn(pgDir)?.length === 0) rmSync(path, { force: true });
  if (found.kind === 'present' && isProvenStale(found.pid, pgDir)) replaceFirstLine(path);
  const socketLock = `${socketFile(socketDir)}.lock`;
  const pid = firstNumber(socketLock);
  if (pid !== undefined && isProvenStale(pid, pgDir)) replaceFirstLine(socketLock);
}

function isProvenStale(pid: number, pgDir: string): boolean {
  if (pid === process.pid || !answersSignals(pid)) return false;
  return processBirth(pid) === undefined || !isPostmasterOf(pid, pgDir);
}

function firstNumber(path: string): number | undefined {
  try {
    const pid = Math.abs(Number.parseInt(readFileSync(path, 'utf8'), 10));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function replaceFirstLine(path: string): void {
  const content = readFileSync(path, 'utf8');
  const { uid, gid, mode } = statSync(path);
  const draft = `${path}.new`;
  writeFileSync(draft, `${process.pid}${content.slice(content.indexOf('\n'))}`, { mode: mode & 0o777 });
  if (process.getuid?.() === 0) chownSync(draft, uid, gid);
  renameSync(draft, path);
}
