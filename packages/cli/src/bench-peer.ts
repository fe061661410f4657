/**
 * The peer of the hash benchmark: PyPI `pdqhash` in its own process, asked line by line so that both sides take turns.
 *
 * The script is bench/peer-pdqhash.py; it times the call itself, so neither its start nor the transport counts.
 * @module
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type PdqHash, parsePdqHash } from '@reclaim/fingerprint/signal';

/** Interleaved RGB bytes in a file, and how often to hash them. */
export type PeerRequest = {
  readonly path: string;
  readonly width: number;
  readonly height: number;
  readonly rounds: number;
};

/** Milliseconds of each round inside the peer's process, and what it computed. */
export type PeerAnswer = { readonly ms: readonly number[]; readonly hash: PdqHash; readonly quality: number };

/** A running peer. `close` ends its process. */
export type PdqhashPeer = {
  readonly version: string;
  readonly hash: (request: PeerRequest) => Promise<PeerAnswer>;
  readonly close: () => void;
};

const SCRIPT = fileURLToPath(new URL('../../../bench/peer-pdqhash.py', import.meta.url));

/** Where bench/setup.sh installs the peers. */
export const PEER_PYTHON: string = fileURLToPath(new URL('../../../bench/.venv/bin/python', import.meta.url));

/** Starts the peer with this Python; undefined where the interpreter, the script or `pdqhash` is not there. */
export async function openPdqhashPeer(python: string = PEER_PYTHON): Promise<PdqhashPeer | undefined> {
  if (!existsSync(python) || !existsSync(SCRIPT)) return undefined;
  const child: ChildProcess = spawn(python, [SCRIPT], { stdio: ['pipe', 'pipe', 'ignore'] });
  child.on('error', () => {});
  child.stdin!.on('error', () => {});
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  const next = async (): Promise<Record<string, unknown> | undefined> => {
    const { value, done } = await lines.next();
    return done ? undefined : (JSON.parse(value) as Record<string, unknown>);
  };
  const first = await next();
  if (first === undefined) return undefined;
  return {
    version: String(first['version']),
    async hash(request) {
      child.stdin!.write(`${JSON.stringify(request)}\n`);
      const answer = await next();
      if (answer === undefined) throw new Error('bench: the peer ended before it answered');
      return {
        ms: answer['ms'] as number[],
        hash: parsePdqHash(String(answer['hash'])),
        quality: Number(answer['quality']),
      };
    },
    close() {
      child.kill();
    },
  };
}
