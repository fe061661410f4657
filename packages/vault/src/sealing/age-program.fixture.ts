/**
 * The plain `age` program, for tests that show that it and we open one another's files. `tools/setup.mjs --tests` sees to
 * it that there is one.
 * @module
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Seals with the program. */
export function sealWithProgram(plain: Uint8Array, recipients: readonly string[]): Uint8Array<ArrayBuffer> {
  return run(
    recipients.flatMap((recipient) => ['-r', recipient]),
    plain,
  );
}

/** Opens with the program. */
export function openWithProgram(sealed: Uint8Array, identity: string): Uint8Array<ArrayBuffer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'reclaim-age-'));
  try {
    const file = path.join(folder, 'key.txt');
    writeFileSync(file, `${identity}\n`, { mode: 0o600 });
    return run(['-d', '-i', file], sealed);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(args: readonly string[], input: Uint8Array): Uint8Array<ArrayBuffer> {
  const { status, stdout, stderr, error } = spawnSync('age', args, { input, maxBuffer: 2 ** 30 });
  if (error !== undefined) throw new Error('age: expected the program in PATH (Debian: apt-get install age)');
  if (status !== 0) throw new Error(`age: ended with ${status}: ${stderr}`);
  return Uint8Array.from(stdout);
}
