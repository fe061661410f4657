/**
 * Checks the types twice: everything under Node's types, then the pure rooms alone under the types of a web worker,
 * where `process` and `node:*` do not exist. Ends with 0 only if both are clean.
 * @module
 */

import { spawnSync } from 'node:child_process';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..');
const TSC = path.join(ROOT, 'node_modules/.bin/tsc');

let clean = true;
for (const project of ['tsconfig.json', 'tsconfig.pure.json', 'tsconfig.web.json']) {
  const { status, error } = spawnSync(TSC, ['--project', project], { cwd: ROOT, stdio: 'inherit' });
  if (error !== undefined) console.error('The type checker is missing: run npm run setup.');
  if (status !== 0) clean = false;
  console.log(`${project}: ${status === 0 ? 'clean' : 'see above'}`);
}
process.exitCode = clean ? 0 : 1;
