/**
 * Directories for tests of the embedded database, and what the machine offers to such tests.
 * @module
 */

import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { isErrno, pause, processesIn } from './embedded-process.ts';

/** A temporary directory that the server's user may walk through, gone after disposal. */
export function scratchDirectory(): { readonly path: string; readonly [Symbol.dispose]: () => void } {
  const path = mkdtempSync(join(realpathSync(tmpdir()), 'reclaim-'));
  chmodSync(path, 0o711);
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) };
}

/**
 * Resolves when no process of a server works in that data directory any more. A server goes by itself a moment after its
 * owner was killed, and until then the directory cannot be taken away.
 */
export async function untilServerGone(dataDir: string): Promise<void> {
  while ((processesIn(join(dataDir, 'pg')) ?? []).length > 0) await pause(20);
}

/** True when the tests run as root, whose server runs as somebody else. */
export const asRoot: boolean = process.getuid?.() === 0;

/** The programs to test with: those of the npm package, and PostgreSQL 15 of a Debian machine where it is there. */
export const SERVERS: readonly { readonly name: string; readonly binariesDir: string | undefined }[] = [
  { name: 'the embedded PostgreSQL', binariesDir: undefined },
  { name: 'PostgreSQL 15 of this machine', binariesDir: '/usr/lib/postgresql/15/bin' },
];

/** False when those programs are not on this machine. */
export function isInstalled(binariesDir: string | undefined): boolean {
  return binariesDir === undefined || existsSync(join(binariesDir, 'postgres'));
}

/**
 * The files below a directory that hold one of the byte strings, relative to it, sorted. A file that goes away
 * while we look, as those of a living server do, holds nothing.
 */
export function filesHolding(directory: string, needles: readonly Uint8Array[]): readonly string[] {
  const found: string[] = [];
  const open = [directory];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const entry of readdirSync(next, { withFileTypes: true })) {
      const path = join(next, entry.name);
      if (entry.isDirectory()) open.push(path);
      else if (entry.isFile() && holds(path, needles)) found.push(relative(directory, path));
    }
  }
  return found.sort();
}

function holds(path: string, needles: readonly Uint8Array[]): boolean {
  try {
    const bytes = readFileSync(path);
    return needles.some((needle) => bytes.includes(Buffer.from(needle)));
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return false;
    throw error;
  }
}
