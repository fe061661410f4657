/**
 * The service's side of the watcher (embedded-watcher.ts): starts it before the server, tells it which postmaster to
 * guard, replaces it when it is gone.
 *
 * The watcher runs as the service's own user, not as the server's: it must read its source in a clone that only
 * this user can read, and may signal the server all the same.
 * @module
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ProcessIdentity } from './embedded-process.ts';

/** The watcher's handle. `guard` names the postmaster; `end` lets the watcher go, after the server is down. */
export type Watch = {
  readonly guard: (postmaster: ProcessIdentity, pgDir: string) => void;
  readonly end: () => void;
};

/** Starts a watcher. It keeps no event loop open. */
export function startWatch(): Watch {
  let ended = false;
  let line = '';
  let child = spawnWatcher();

  function spawnWatcher(): ChildProcess {
    const { NODE_OPTIONS: _, ...env } = process.env; // the service's own flags (test runner, inspector) are not its
    const script = fileURLToPath(new URL('./embedded-watcher.ts', import.meta.url));
    const started = spawn(process.execPath, [script], {
      cwd: '/',
      detached: true,
      env,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    started.unref();
    started.on('error', () => undefined); // seen by 'exit' or not at all: the next owner still stops an orphan
    started.stdin?.on('error', () => undefined);
    const stdin = started.stdin;
    if (stdin !== null && 'unref' in stdin && typeof stdin.unref === 'function') stdin.unref();
    if (line !== '') started.stdin?.write(line);
    const born = performance.now();
    started.on('exit', () => {
      // Somebody ended it. One that cannot even start is not tried again and again.
      if (!ended && performance.now() - born > 1000) child = spawnWatcher();
    });
    return started;
  }

  return {
    guard: (postmaster, pgDir) => {
      line = `${postmaster.pid} ${postmaster.birth} ${pgDir}\n`;
      child.stdin?.write(line);
    },
    end: () => {
      ended = true;
      child.stdin?.end();
    },
  };
}
