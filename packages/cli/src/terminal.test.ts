import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import test from 'node:test';
import { processTerminal, SAME_REQUEST_MS } from './terminal.ts';

test('a request to stop that comes twice at once, from the terminal and from npm, is one; a later one is another', () => {
  const signals = new EventEmitter();
  const fake = Object.assign(signals, { stdout: {}, stderr: {}, env: {}, cwd: () => '.' });
  let at = 5_000;
  const io = processTerminal(fake as unknown as NodeJS.Process, () => at);
  let asked = 0;
  const unlisten = io.onStopRequest(() => {
    asked += 1;
  });
  signals.emit('SIGINT');
  at += SAME_REQUEST_MS - 1;
  signals.emit('SIGINT');
  assert.equal(asked, 1);
  at += 1;
  signals.emit('SIGTERM');
  assert.equal(asked, 2);
  unlisten();
  at += SAME_REQUEST_MS;
  signals.emit('SIGINT');
  assert.deepEqual([asked, signals.listenerCount('SIGINT'), signals.listenerCount('SIGTERM')], [2, 0, 0]);
});
