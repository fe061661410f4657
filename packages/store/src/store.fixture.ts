/**
 * Stores for tests: each PostgreSQL that this machine has, and a store on a fresh directory of one.
 * @module
 */

import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PdqSignal, parsePdqHash, parsePipeline } from '@reclaim/fingerprint/signal';
import { Store, type StoreOptions } from './store.ts';

/** A PostgreSQL to run the suite on; `binariesDir` is `undefined` for the one from npm. */
export type Server = { readonly name: string; readonly binariesDir: string | undefined };

const SYSTEM = '/usr/lib/postgresql';

/** The embedded PostgreSQL, and every one that the system has in Debian's place. */
export function servers(): readonly Server[] {
  const versions = existsSync(SYSTEM) ? readdirSync(SYSTEM) : [];
  return [
    { name: 'embedded PostgreSQL', binariesDir: undefined },
    ...versions
      .map((version) => ({ name: `system PostgreSQL ${version}`, binariesDir: join(SYSTEM, version, 'bin') }))
      .filter(({ binariesDir }) => existsSync(join(binariesDir, 'postgres'))),
  ];
}

/** A store on a fresh directory, and the end of both. */
export async function freshStore(
  options: Omit<StoreOptions, 'dataDir'> = {},
): Promise<{ readonly store: Store; readonly dataDir: string; readonly end: () => Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'reclaim-store-'));
  const store = await Store.open({ dataDir, floorBytes: 1024 * 1024, ...options });
  return {
    store,
    dataDir,
    end: async () => {
      await store.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A bankable signal whose value follows from `seed`, and from nothing of anybody. */
export function pdqOfSeed(seed: number): PdqSignal {
  let state = (seed * 2654435761 + 12345) >>> 0;
  const bytes = Array.from({ length: 16 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
  // Each byte beside its complement: 128 ones, as a real hash has.
  const value = bytes.map((byte) => hex(byte) + hex(byte ^ 0xff)).join('');
  return { kind: 'pdq', value: parsePdqHash(value), quality: 100, pipeline: parsePipeline('test-1') };
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
