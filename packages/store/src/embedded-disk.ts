/**
 * The room on the disk below the data directory.
 *
 * A PostgreSQL server on a full disk answers one statement with SQLSTATE 53100 and then goes down; without room it
 * cannot even replay its log, and says nothing about it. So: no start below a floor; a ballast file that holds some
 * room back, given up when a server that went down under a living service must recover; and a check that the caller
 * polls, which turns writes away before the disk is full and puts the ballast back when there is room.
 *
 * The ballast is made of random bytes: zeros would take no room on a file system that compresses.
 * @module
 */

import { closeSync, existsSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { statfs } from 'node:fs/promises';

/** Below this many free bytes no server is started: 256 MiB, about the log that may gather between two checkpoints. */
export const DEFAULT_FLOOR_BYTES = 256 * 1024 * 1024;

/** Size of the ballast: 64 MiB, four segments of the log, which a recovery with its checkpoint needs at most. */
export const BALLAST_BYTES = 64 * 1024 * 1024;

/** What recovery needs at the least: two new segments of the log. Below, a restart would only hang. */
export const RECOVERY_BYTES = 32 * 1024 * 1024;

/** The state of the disk. `low`: take no more writes. */
export type DiskState = { readonly kind: 'ok' | 'low'; readonly freeBytes: number };

/** Bytes that an unprivileged process may still write below that directory. */
export async function freeBytesOf(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

/** Puts the ballast there if it is missing and room is left for it above the floor. */
export function keepBallast(path: string, freeBytes: number, floorBytes: number): void {
  if (existsSync(path) || freeBytes < floorBytes + 2 * BALLAST_BYTES) return;
  const draft = `${path}.new`;
  const file = openSync(draft, 'w', 0o600);
  try {
    const chunk = new Uint8Array(65_536);
    for (let written = 0; written < BALLAST_BYTES; written += chunk.length) {
      crypto.getRandomValues(chunk);
      writeSync(file, chunk);
    }
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}

/** Gives the ballast's room to the server. */
export function dropBallast(path: string): void {
  rmSync(path, { force: true });
  rmSync(`${path}.new`, { force: true });
}

/** Bytes in the words of the sentence for the operator. */
export function inMebibytes(bytes: number): string {
  return `${Math.floor(bytes / 1_048_576)} MiB`;
}
