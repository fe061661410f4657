/**
 * Who owns a data directory: exactly one living process, by numbered claims in a folder.
 *
 * A claim is a file `owner/<generation>` that holds `<pid> <birth>`, or the word `released`. The highest generation
 * counts. Whoever finds it released or its process dead makes the next one with link(2), which creates a file with
 * its content in one step or fails because somebody was faster. A claim is never taken away under its number, so
 * there is no moment at which two processes that saw the same dead owner can each remove the other's fresh claim
 * (the classic race of "rename the stale lock file away").
 *
 * A slow claimer could still link a number that was cleaned up long ago; it therefore looks again after linking and
 * gives way to any higher number.
 * @module
 */

import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { isAlive, isErrno, ownIdentity, type ProcessIdentity, processBirth } from './embedded-process.ts';

/** A claim that is ours until it is released. `release` may be called twice. */
export type Claim = { readonly generation: number; readonly release: () => void };

/** The outcome of asking for ownership. */
export type ClaimOutcome =
  | { readonly kind: 'owned'; readonly claim: Claim }
  | { readonly kind: 'held'; readonly holder: ProcessIdentity };

/** Asks for the ownership that the folder stands for. Never waits. */
export function claimOwnership(folder: string): ClaimOutcome {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (;;) {
    const seen = highestGeneration(folder);
    if (seen > 0) {
      const holder = readClaim(join(folder, String(seen)));
      if (holder === 'vanished') continue;
      if (holder !== 'free' && isAlive(holder)) return { kind: 'held', holder };
    }
    const mine = seen + 1;
    const { pid, birth } = ownIdentity();
    if (!publish(folder, String(mine), `${pid} ${birth}\n`)) continue;
    if (highestGeneration(folder) !== mine) {
      rmSync(join(folder, String(mine)), { force: true });
      continue;
    }
    sweep(folder, mine);
    return { kind: 'owned', claim: { generation: mine, release: () => release(folder, mine) } };
  }
}

function release(folder: string, generation: number): void {
  // Only the holder writes under its own number, and nobody numbers past a living holder: replacing is safe.
  const path = join(folder, String(generation));
  if (readClaim(path) === 'vanished') return;
  const draft = writeDraft(folder, 'released\n');
  renameSync(draft, path);
}

function publish(folder: string, name: string, content: string): boolean {
  const draft = writeDraft(folder, content);
  try {
    linkSync(draft, join(folder, name));
    return true;
  } catch (error) {
    if (isErrno(error, 'EEXIST')) return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function writeDraft(folder: string, content: string): string {
  const path = join(folder, `draft.${process.pid}.${crypto.randomUUID()}`);
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return path;
}

function highestGeneration(folder: string): number {
  let highest = 0;
  for (const name of readdirSync(folder)) {
    if (/^[1-9]\d{0,14}$/.test(name)) highest = Math.max(highest, Number(name));
  }
  return highest;
}

function readClaim(path: string): ProcessIdentity | 'free' | 'vanished' {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return 'vanished';
    throw error;
  }
  // Anything unreadable is what a power cut leaves of a claim, and no process outlives a power cut.
  const words = /^(\d+) (\S+)\n$/.exec(content);
  return words === null ? 'free' : { pid: Number(words[1]), birth: words[2] ?? '' };
}

function sweep(folder: string, mine: number): void {
  for (const name of readdirSync(folder)) {
    const draftOf = /^draft\.(\d+)\./.exec(name);
    const past = /^[1-9]\d{0,14}$/.test(name) && Number(name) < mine;
    const abandoned = draftOf !== null && processBirth(Number(draftOf[1])) === undefined;
    if (past || abandoned) rmSync(join(folder, name), { force: true });
  }
}
