/**
 * The peers of the match benchmark in a process of their own, asked line by line so that all sides take turns. The script
 * is bench/match-peer.py; it times the calls itself, so neither its start nor the transport counts.
 * @module
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { PEER_PYTHON } from './bench-peer.ts';

/** What can be measured beside us. */
export type MatchPeerName = 'faiss-flat' | 'faiss-multihash' | 'usearch';

/** Microseconds of each query in the peer's process, the places of the signals it found, and the mean processor time. */
export type MatchPeerAnswer = {
  readonly us: readonly number[];
  readonly ids: readonly (readonly number[])[];
  readonly cpu_us: number;
};

/** Running peers. `close` ends their process. */
export type MatchPeers = {
  /** Those that are installed, with their versions. */
  readonly versions: ReadonlyMap<MatchPeerName, string>;
  /** Builds the index of one over a file of `count` signals; answers the seconds it took. */
  readonly build: (peer: MatchPeerName, path: string, count: number) => Promise<number>;
  /** Asks for each signal of a file, one after the other. */
  readonly search: (
    peer: MatchPeerName,
    path: string,
    count: number,
    bits: number,
  ) => Promise<MatchPeerAnswer>;
  readonly close: () => void;
};

const SCRIPT = fileURLToPath(new URL('../../../bench/match-peer.py', import.meta.url));

/** Starts the peers with this Python; undefined where the interpreter or the script is not there, or does not start. */
export async function openMatchPeers(python: string = PEER_PYTHON): Promise<MatchPeers | undefined> {
  if (!existsSync(python) || !existsSync(SCRIPT)) return undefined;
  const child: ChildProcess = spawn(python, [SCRIPT], { stdio: ['pipe', 'pipe', 'ignore'] });
  child.on('error', () => {});
  child.stdin!.on('error', () => {});
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  const ask = async (request?: object): Promise<Record<string, unknown>> => {
    if (request !== undefined) child.stdin!.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error('bench: the peer ended before it answered');
    return JSON.parse(value) as Record<string, unknown>;
  };
  let versions: ReadonlyMap<MatchPeerName, string>;
  try {
    versions = new Map(Object.entries((await ask())['peers'] as object)) as never;
  } catch {
    return undefined;
  }
  return {
    versions,
    build: async (peer, path, count) => Number((await ask({ op: 'build', peer, path, count }))['seconds']),
    search: async (peer, path, count, bits) =>
      (await ask({ op: 'search', peer, path, count, bits })) as MatchPeerAnswer,
    close() {
      child.kill();
    },
  };
}
