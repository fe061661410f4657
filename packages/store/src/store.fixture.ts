/**
 * Stores for tests: each PostgreSQL that this machine has, and a store on a fresh directory of one.
 * @module
 */

import { type PdqSignal, parsePdqHash, parsePipeline } from '@reclaim/fingerprint/signal';
import pg from 'pg';
import { layCluster } from './embedded-cluster.fixture.ts';
import { isInstalled, SERVERS, scratchDirectory } from './embedded-scratch.fixture.ts';
import { Store, type StoreOptions } from './store.ts';

/** Every PostgreSQL that this machine has: the one from npm, and Debian's where it is installed. */
export const INSTALLED_SERVERS = SERVERS.filter(({ binariesDir }) => isInstalled(binariesDir));

/** How long tests wait for a connection, milliseconds: thirty writers share ten, and the machine may be busy. */
export const PATIENT_MS = 300_000;

/** A store on a fresh directory, and the end of both. */
export async function freshStore(
  options: Omit<StoreOptions, 'dataDir'> = {},
): Promise<{ readonly store: Store; readonly dataDir: string; readonly end: () => Promise<void> }> {
  const scratch = scratchDirectory();
  const dataDir = scratch.path;
  await layCluster(dataDir, options.binariesDir);
  const store = await Store.open({
    dataDir,
    floorBytes: 1024 * 1024,
    connectWithinMs: PATIENT_MS,
    ...options,
  });
  return {
    store,
    dataDir,
    end: async () => {
      await store.close();
      scratch[Symbol.dispose]();
    },
  };
}

/** Runs a statement as nothing of ours would: to damage what a test then looks at. Answers the rows. */
export async function runRaw(
  store: Store,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const client = new pg.Client(store.clientConfig);
  await client.connect();
  try {
    return (await client.query(text, [...values])).rows;
  } finally {
    await client.end();
  }
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
