/**
 * Walks the doors in browsers other than Chromium: Firefox, its private windows, Firefox as Tor Browser's "Safer" sets it,
 * and WebKit. What is not installed is left out, and said.
 *
 *     node tools/other-browsers.ts [NAME] [--pictures DIR]
 *
 * `NAME` is a part of a browser's name: `firefox`, `private`, `tor`, `webkit`. On Debian they come with
 * `apt-get install firefox-esr webkit2gtk-driver xvfb`. The walks are `test/other-browsers.test.ts`.
 * @module
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

const ROOT = path.join(import.meta.dirname, '..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { pictures: { type: 'string' } },
});
const pictures = values.pictures === undefined ? undefined : path.resolve(values.pictures);
if (pictures !== undefined) mkdirSync(pictures, { recursive: true });
const { status } = spawnSync(
  process.execPath,
  ['--test', '--test-timeout=600000', '--test-reporter=spec', path.join(ROOT, 'test/other-browsers.test.ts')],
  {
    cwd: ROOT,
    stdio: 'inherit',
    env: {
      ...process.env,
      OTHER_BROWSERS: positionals[0] ?? '.',
      ...(pictures === undefined ? {} : { PICTURES: pictures }),
    },
  },
);
process.exitCode = status ?? 1;
