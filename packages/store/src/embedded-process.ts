/**
 * Is that process still the one we mean? Proofs of life and of identity by process id.
 *
 * A process id alone proves little: it is given out again after the process ends, and a killed process that nobody
 * has reaped still answers `kill(pid, 0)`. So a process is named by its id *and* its birth, and a zombie counts as
 * dead. On Linux the birth is field 22 of `/proc/<pid>/stat` (clock ticks since boot) after the boot's own random
 * id, so a name never survives a restart of the machine; see proc_pid_stat(5).
 *
 * Elsewhere (macOS) the same is asked of `ps`; that branch has not been run.
 * @module
 */

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { basename } from 'node:path';

/** One process, told apart from a later one with the same id. `birth` is an opaque word without blanks. */
export type ProcessIdentity = { readonly pid: number; readonly birth: string };

const onLinux = process.platform === 'linux';
let bootId: string | undefined;

/** The birth of a living process, or undefined when there is none (never was, ended, or a zombie). */
export function processBirth(pid: number): string | undefined {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  return onLinux ? birthByProc(pid) : birthByPs(pid);
}

/** True while exactly this process lives. */
export function isAlive(identity: ProcessIdentity): boolean {
  return processBirth(identity.pid) === identity.birth;
}

/** The identity of this very process. */
export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, birth: processBirth(process.pid) ?? 'unknown' };
}

/** True when PostgreSQL, which only asks `kill(pid, 0)`, would believe that the process lives (zombies do answer). */
export function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isErrno(error, 'EPERM');
  }
}

/**
 * True when the process is a postmaster of that data directory: a living `postgres … -D <pgDir>`. Its children show
 * `postgres: …` instead and do not pass.
 */
export function isPostmasterOf(pid: number, pgDir: string): boolean {
  if (processBirth(pid) === undefined) return false;
  const words = onLinux ? argumentsByProc(pid) : argumentsByPs(pid);
  if (words === undefined) return false;
  const program = basename(words[0] ?? '');
  if (program !== 'postgres' && program !== 'postmaster') return false;
  const directory = words[words.indexOf('-D') + 1] ?? '';
  if (!words.includes('-D')) return false;
  return onLinux
    ? samePath(directory, pgDir)
    : words
        .slice(words.indexOf('-D') + 1)
        .join(' ')
        .startsWith(pgDir);
}

/**
 * The ids of processes that work in that directory, which every process of a PostgreSQL server does.
 * Undefined where the machine cannot say: without `/proc` nothing is proven.
 */
export function processesIn(directory: string): readonly number[] | undefined {
  if (!onLinux) return undefined;
  const found: number[] = [];
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      if (samePath(readlinkSync(`/proc/${entry}/cwd`), directory)) found.push(Number(entry));
    } catch {
      // Ended while we looked, or another user's: neither can be a server of ours.
    }
  }
  return found;
}

/** Sends a signal, and takes "no such process" for an answer. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!isErrno(error, 'ESRCH')) throw error;
  }
}

/** Waits until the process is gone, looking every few milliseconds. False when it outlived the patience. */
export async function waitUntilGone(identity: ProcessIdentity, patienceMs: number): Promise<boolean> {
  const deadline = performance.now() + patienceMs;
  while (isAlive(identity)) {
    if (performance.now() > deadline) return false;
    await pause(5);
  }
  return true;
}

/** A plain wait. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** True for a Node system error with that code. */
export function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function birthByProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The program's name stands in parentheses and may itself hold blanks and parentheses: cut after the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const state = fields[0];
    const ticks = fields[19];
    if (state === 'Z' || state === 'X' || ticks === undefined) return undefined;
    bootId ??= readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    return `${bootId}:${ticks}`;
  } catch {
    return undefined;
  }
}

function birthByPs(pid: number): string | undefined {
  const answer = askPs(pid, 'stat=,lstart=');
  if (answer === undefined) return answersSignals(pid) ? 'unknown' : undefined;
  if (answer === '' || answer.startsWith('Z')) return undefined;
  return answer.split(/\s+/).slice(1).join('_');
}

function argumentsByProc(pid: number): readonly string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return undefined;
  }
}

function argumentsByPs(pid: number): readonly string[] | undefined {
  return askPs(pid, 'command=')?.split(' ');
}

function askPs(pid: number, columns: string): string | undefined {
  const run = spawnSync('ps', ['-o', columns, '-p', String(pid)], { encoding: 'utf8', env: { LC_ALL: 'C' } });
  return run.error === undefined ? run.stdout.trim() : undefined;
}

function samePath(left: string, right: string): boolean {
  return left === right || realOr(left) === realOr(right);
}

function realOr(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
