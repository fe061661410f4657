/**
 * Answers come late, and in another order than they were asked for, where that was asked for.
 * @module
 */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';

/** In what order forty answers came that were asked for one after the other, by one thread. */
function orderOf(asking: string, late: string): readonly number[] {
  const code = `import fs from 'node:fs/promises'; const came = [];
    const ask = (at) => ${asking};
    await Promise.all(Array.from({ length: 40 }, async (_, at) => { await ask(at); came.push(at); }));
    console.log(came.join());`;
  const preload = pathToFileURL(path.join(import.meta.dirname, 'late.ts')).href;
  const said = execFileSync(process.execPath, ['--import', preload, '--input-type=module', '-e', code], {
    cwd: import.meta.dirname,
    env: { ...process.env, RECLAIM_LATE: late, UV_THREADPOOL_SIZE: '1' },
    encoding: 'utf8',
  });
  return said.trim().split(',').map(Number);
}

const ASKED = Array.from({ length: 40 }, (_, at) => at);
const QUESTIONS = {
  'the Web Crypto API': "crypto.subtle.digest('SHA-256', new Uint8Array(8))",
  files: "fs.stat('.')",
  timers: 'new Promise((then) => setTimeout(then, 5))',
};

for (const [what, asking] of Object.entries(QUESTIONS))
  test(`answers of ${what} come in another order where lateness was asked for, and as ever where not`, () => {
    const late = orderOf(asking, '40');
    assert.deepEqual(
      [...late].sort((a, b) => a - b),
      ASKED,
    );
    assert.notDeepEqual(late, ASKED);
    assert.deepEqual(orderOf(asking, ''), ASKED);
  });
