/**
 * Starts and kills the services of embedded-crash.fixture.ts, and keeps what they said.
 * @module
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A running service of the fixture. */
export type Child = {
  readonly process: ChildProcess;
  /** The first line with that beginning, from now or before; rejects when the service ends without saying it. */
  readonly said: (beginning: string, times?: number) => Promise<string>;
  readonly lines: readonly string[];
  /** Settles when the process has ended and all it said was read. */
  readonly ended: Promise<number | string>;
};

/** Starts a service on that data directory. */
export function startChild(dataDir: string, mode: 'write' | 'idle'): Child {
  const script = fileURLToPath(new URL('./embedded-crash.fixture.ts', import.meta.url));
  const { NODE_OPTIONS: _o, NODE_TEST_CONTEXT: _c, ...env } = process.env;
  const child = spawn(process.execPath, [script, dataDir, mode], { env, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.on('error', () => undefined);
  const lines: string[] = [];
  let complaint = '';
  let rest = '';
  let over = false;
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const look of waiting) look();
  };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    wake();
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    complaint += chunk;
  });
  const ended = new Promise<number | string>((resolve) => {
    child.on('close', (status, signal) => {
      over = true;
      resolve(signal ?? status ?? 'unknown');
      wake();
    });
  });
  const said = (beginning: string, times = 1): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = () => {
        const found = lines.filter((line) => line.startsWith(beginning))[times - 1];
        if (found === undefined && !over) return;
        waiting.delete(look);
        if (found !== undefined) resolve(found);
        else reject(new Error(`The service ended without saying "${beginning}". ${complaint}`));
      };
      waiting.add(look);
      look();
    });
  return { process: child, said, lines, ended };
}
