/**
 * Story: whoever started the service by `npm start` stops it by telling npm so, as a process manager does. npm tells the one
 * process that it started: a shell in between would die of it and leave the service running.
 * @module
 */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { test } from 'node:test';
import { scratchDirectory, untilServerGone } from '@reclaim/store/embedded-scratch.fixture';

const ROOT = path.join(import.meta.dirname, '..');

test('npm start that is told to stop ends the service and its database, cleanly, and then itself', async () => {
  using scratch = scratchDirectory();
  const { NODE_TEST_CONTEXT: _, ...own } = process.env;
  const env = { ...own, npm_config_update_notifier: 'false' };
  // What npm would install first was installed: else this test would not run.
  const npm = spawn('npm', ['start', '--ignore-scripts', '--', '--port', '0', '--data', scratch.path], {
    cwd: ROOT,
    env,
    // A group of its own, so that nothing stays whatever happens.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    let said = '';
    const ready = new Promise<void>((resolve, reject) => {
      for (const stream of [npm.stdout, npm.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => {
          said += text;
          if (said.includes('Ctrl+C stops.')) resolve();
        });
      npm.once('error', reject);
      npm.once('exit', () => reject(new Error(`npm ended before the service was ready: ${said}`)));
    });
    await ready;
    const [exited, closed] = [once(npm, 'exit'), once(npm, 'close')];
    npm.kill('SIGTERM');
    assert.deepEqual(await exited, [0, null]);
    // What the service still says is read to its end: it holds these pipes as long as it lives.
    await closed;
    assert.match(said, /^Stopped\.$/m);
  } finally {
    try {
      process.kill(-npm.pid!, 'SIGKILL');
    } catch {
      // All of them have ended.
    }
    await untilServerGone(scratch.path);
  }
});
