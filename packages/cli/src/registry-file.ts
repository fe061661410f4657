/**
 * The registry on disk: read with its checks, written whole or not at all, readable by its owner alone.
 * @module
 */

import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseRegistry, REGISTRY_LIMITS, type Registry, registryText } from '@reclaim/watermark/registry';
import { shownName } from './command.ts';
import { readInput } from './input-file.ts';
import { Problem } from './problem.ts';
import type { Terminal } from './terminal.ts';

/** Why a registry is refused, as the end of a sentence. */
const REFUSED = {
  'not-a-registry': 'this is not a registry',
  'too-long': 'this is too long for a registry',
  'chain-broken': 'the registry was changed after it was written: its entries do not follow each other',
  'entry-changed':
    'the registry was changed after it was written: it says something else than it committed to',
  'copy-repeated': 'the registry has one copy under two names, and would name both',
} as const;

/**
 * The registry in the file.
 * @throws {Problem} where there is none, or one that was changed
 */
export async function readRegistry(io: Terminal, name: string): Promise<Registry> {
  const fail = (sentence: string, cause?: unknown) =>
    new Problem(`${shownName(name)}: ${sentence}`, { cause });
  let bytes: Uint8Array;
  try {
    bytes = await readInput(io, name, REGISTRY_LIMITS.characters);
  } catch (error) {
    if (error instanceof Problem) throw fail(error.message, error);
    throw error;
  }
  const read = parseRegistry(new TextDecoder().decode(bytes));
  if (read.ok) return read.registry;
  const where = 'seq' in read ? ` (entry ${read.seq + 1})` : '';
  throw fail(`${REFUSED[read.reason]}${where}; nothing is traced with it`);
}

/**
 * Writes the registry: beside the old one first, then in its place, so that a full disk costs neither.
 * @throws {Problem} where it cannot be written
 */
export async function writeRegistry(io: Terminal, name: string, registry: Registry): Promise<void> {
  const path = resolve(io.cwd, name);
  const draft = `${path}.${randomBytes(6).toString('hex')}.new`;
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(registryText(registry));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw new Problem(`${shownName(name)}: the registry could not be written; no copy was kept`, {
      cause: error,
    });
  }
}
