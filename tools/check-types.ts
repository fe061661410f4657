/**
 * Checks the types four times: everything under Node's types; the pure rooms under those of a web worker, where
 * `process` and `node:*` do not exist; the pages under those of a browser; the stories, which speak inside pages too,
 * under both. Ends with 0 only if all are clean.
 * @module
 */

import { spawnSync } from 'node:child_process';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..');
const TSC = path.join(ROOT, 'node_modules/.bin/tsc');

let clean = true;
for (const project of ['tsconfig.json', 'tsconfig.pure.json', 'tsconfig.web.json', 'tsconfig.walk.json']) {
  const { status, error } = spawnSync(TSC, ['--project', project], { cwd: ROOT, stdio: 'inherit' });
  if (error !== undefined) console.error('The type checker is missing: run npm run setup.');
  if (status !== 0) clean = false;
  console.log(`${project}: ${status === 0 ? 'clean' : 'see above'}`);
}
process.exitCode = clean ? 0 : 1;
