/**
 * The peers of the bench of altered copies: PyPI `pdqhash` and `imagehash` in a process of their own, asked upload by
 * upload. The script is bench/peer-hashes.py.
 * @module
 */

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Pixels } from '@reclaim/raster/pixels';
import { PEER_PYTHON } from './bench-peer.ts';

/** A hash of each peer, as hexadecimal digits. */
export type PeerHashes = { readonly pdqhash: string; readonly imagehash: string };

/** Running peers. `close` ends their process. */
export type AlteredPeers = {
  readonly versions: Readonly<Record<keyof PeerHashes, string>>;
  readonly hash: (pixels: Pixels) => Promise<PeerHashes>;
  readonly close: () => void;
};

const SCRIPT = fileURLToPath(new URL('../../../bench/peer-hashes.py', import.meta.url));

/** Starts the peers; undefined where the interpreter, the script or a peer is not there. */
export async function openAlteredPeers(python: string = PEER_PYTHON): Promise<AlteredPeers | undefined> {
  if (!existsSync(python) || !existsSync(SCRIPT)) return undefined;
  const child = spawn(python, [SCRIPT], { stdio: ['pipe', 'pipe', 'ignore'] });
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => {
    const { value, done } = await lines.next();
    return done ? undefined : (JSON.parse(value) as unknown);
  };
  const first = (await next()) as { readonly peers: AlteredPeers['versions'] } | undefined;
  if (first === undefined) return undefined;
  const folder = mkdtempSync(path.join(tmpdir(), 'reclaim-bench-'));
  const file = path.join(folder, 'upload.rgb');
  return {
    versions: first.peers,
    async hash({ width, height, data }) {
      writeFileSync(file, data);
      child.stdin.write(`${JSON.stringify({ path: file, width, height })}\n`);
      const answer = await next();
      if (answer === undefined) throw new Error('bench: the peers ended before they answered');
      return answer as PeerHashes;
    },
    close() {
      child.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
