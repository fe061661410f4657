/**
 * The watcher: a child process that outlives the service by some milliseconds, to stop a server that lost its owner.
 *
 * It reads its standard input, whose other end only the service holds. Each line names the postmaster to guard as
 * `<pid> <birth> <data directory>`; the last one counts. However the service ends, kill -9 included, the kernel
 * closes that end: at end of file the watcher sends SIGINT (fast shutdown: connections are ended, a checkpoint is
 * written) to the postmaster if it is still the same process. A server that does not follow within `PATIENCE_MS` is
 * sent SIGQUIT, after which the next start replays the log.
 * @module
 */

import {
  isAlive,
  isPostmasterOf,
  type ProcessIdentity,
  signalProcess,
  waitUntilGone,
} from './embedded-process.ts';

const PATIENCE_MS = 20_000;

let guarded: { readonly identity: ProcessIdentity; readonly pgDir: string } | undefined;
let pending = '';

process.stdin.setEncoding('utf8');
process.stdin.on('data', (chunk: string) => {
  const lines = (pending + chunk).split('\n');
  pending = lines.pop() ?? '';
  for (const line of lines) {
    const words = /^(\d+) (\S+) (.+)$/.exec(line);
    if (words !== null) {
      guarded = { identity: { pid: Number(words[1]), birth: words[2] ?? '' }, pgDir: words[3] ?? '' };
    }
  }
});
process.stdin.on('error', () => undefined);
process.stdin.on('close', () => void stopOrphan());

async function stopOrphan(): Promise<void> {
  if (guarded === undefined) return;
  const { identity, pgDir } = guarded;
  if (!isAlive(identity)) return;
  // Where the machine does not tell births, the number alone could be another's by now.
  if (identity.birth === 'unknown' && !isPostmasterOf(identity.pid, pgDir)) return;
  signalProcess(identity.pid, 'SIGINT');
  if (await waitUntilGone(identity, PATIENCE_MS)) return;
  signalProcess(identity.pid, 'SIGQUIT');
}
