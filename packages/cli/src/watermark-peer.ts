/**
 * The peer of `reclaim bench watermark`: PyPI `invisible-watermark` (dwtDctSvd, 32 bits, blind) in its own process. The
 * script is bench/peer-invisible-watermark.py.
 * @module
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Pixels } from '@reclaim/raster/pixels';
import sharp from 'sharp';
import { PEER_PYTHON } from './bench-peer.ts';

/** A running peer. Bits are 8 hex digits. `close` ends its process. */
export type WatermarkPeer = {
  readonly name: string;
  readonly mark: (pixels: Pixels, bits: string) => Promise<Pixels>;
  /** What it reads from a file; another text than was marked where it reads wrong. */
  readonly read: (file: Buffer) => Promise<string>;
  readonly close: () => void;
};

const SCRIPT = fileURLToPath(new URL('../../../bench/peer-invisible-watermark.py', import.meta.url));

/** Starts the peer; undefined where the interpreter, the script or the package is not there. */
export async function openWatermarkPeer(python: string = PEER_PYTHON): Promise<WatermarkPeer | undefined> {
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
  const folder = mkdtempSync(join(tmpdir(), 'reclaim-peer-'));
  const ask = async (request: object): Promise<Record<string, unknown>> => {
    child.stdin!.write(`${JSON.stringify(request)}\n`);
    const answer = await next();
    if (answer === undefined) throw new Error('bench: the peer ended before it answered');
    return answer;
  };
  return {
    name: `${String(first['name'])} ${String(first['version'])} dwtDctSvd`,
    mark: async (pixels, bits) => {
      const { width, height, data } = pixels;
      const [from, to] = [join(folder, 'a.png'), join(folder, 'b.png')];
      writeFileSync(
        from,
        await sharp(new Uint8Array(data), { raw: { width, height, channels: 3 } })
          .png()
          .toBuffer(),
      );
      await ask({ mark: from, to, bits });
      const marked = await sharp(readFileSync(to)).removeAlpha().raw().toBuffer();
      return { width, height, channels: 3, data: new Uint8Array(marked) };
    },
    read: async (file) => {
      // A lossless file, so that formats are sharp's to read on both sides.
      const path = join(folder, 'leaked.png');
      writeFileSync(path, await sharp(file).removeAlpha().toColourspace('srgb').png().toBuffer());
      return String((await ask({ read: path }))['bits']);
    },
    close: () => {
      child.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
