/**
 * `reclaim bench hash`: what a PDQ hash costs, from pixels and from a JPEG file, beside PyPI `pdqhash`.
 *
 * Pictures are landscapes drawn here. From pixels: interleaved RGB bytes in memory to the hash, ours in this process and
 * the peer's in its own, on the same bytes, turn and turn about; the figures are medians of the rounds. Ours hashes a
 * size it has seen before, as a service does; what a new size costs more is a figure of its own. From files: JPEG at
 * quality 92, decoded by our own door with all its checks, then hashed; `decode_ms` is the decoder alone.
 *
 * A wrong hash is not a fast one: if the two sides differ by more than two bits, there are no figures.
 * @module
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { decodeImage } from '@reclaim/decode/decode-image';
import { decodePlainly, jpegOf } from '@reclaim/decode/picture-file.fixture';
import { pdq, pdqOrientations } from '@reclaim/fingerprint/pdq';
import { hammingDistance, signalBytes } from '@reclaim/fingerprint/signal';
import { landscape } from '@reclaim/raster/landscape.fixture';
import type { Pixels } from '@reclaim/raster/pixels';
import type { Figure } from './bench-figure.ts';
import { openPdqhashPeer, type PdqhashPeer } from './bench-peer.ts';

/** How to run. */
export type BenchHashOptions = {
  /** Rounds at 512×512; larger pictures get fewer, never under 5. */
  readonly rounds?: number;
  /** A Python that has `pdqhash`; bench/.venv of this repository unless said. */
  readonly peerPython?: string;
  /** Hears what is done at the moment. */
  readonly report?: (doing: string) => void;
};

type Size = {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly share: number;
};

/** `share` of the rounds, for the time they take. */
const SIZES: readonly Size[] = [
  { name: '512', width: 512, height: 512, share: 1 },
  { name: '1080p', width: 1920, height: 1080, share: 0.5 },
  { name: '12mp', width: 4000, height: 3000, share: 0.25 },
];

/** libjpeg quality of the files: what phones write, more or less. */
const JPEG_QUALITY = 92;

/** Runs before the clock does, until the compiler has settled. */
const WARM_UP_MS = 400;

/**
 * Measures and answers the figures. Without the peer there are none of the peer, and `report` says so.
 * @throws {Error} where our hash and the peer's are further apart than rounding explains
 */
export async function benchHash(options: BenchHashOptions = {}): Promise<readonly Figure[]> {
  const { rounds = 41, report = () => {} } = options;
  const peer = await openPdqhashPeer(options.peerPython);
  if (peer === undefined) report('the peer pdqhash is not installed (bench/setup.sh): going on without it');
  const folder = mkdtempSync(path.join(tmpdir(), 'reclaim-bench-'));
  const figures: Figure[] = [];
  try {
    for (const size of SIZES) {
      report(`${size.name}: drawing`);
      const pixels = landscape(1, size.width, size.height);
      const turns = Math.max(5, Math.round(rounds * size.share));
      report(`${size.name}: pixels to hash`);
      figures.push(...(await fromPixels(size, pixels, turns, peer, folder)));
      report(`${size.name}: file to hash`);
      figures.push(...(await fromFile(size, pixels, Math.max(5, Math.round(turns / 2)))));
    }
    return figures;
  } finally {
    peer?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fromPixels(
  { name, width, height }: Size,
  pixels: Pixels,
  rounds: number,
  peer: PdqhashPeer | undefined,
  folder: string,
): Promise<readonly Figure[]> {
  const file = path.join(folder, `${name}.rgb`);
  if (peer !== undefined) writeFileSync(file, pixels.data);
  const request = { path: file, width, height, rounds: 1 };
  warmUp(() => pdq(pixels));
  warmUp(() => pdqOrientations(pixels));
  const theirs = await peer?.hash(request);
  const { hash } = pdq(pixels);
  if (theirs !== undefined && hammingDistance(signalBytes(hash), signalBytes(theirs.hash)) > 2)
    throw new Error('bench: pdqhash and our hash differ: there is nothing to compare');
  const ours: number[] = [];
  const peers: number[] = [];
  const eight: number[] = [];
  for (let i = 0; i < rounds; i++) {
    ours.push(timed(() => pdq(pixels)));
    eight.push(timed(() => pdqOrientations(pixels)));
    if (peer !== undefined) peers.push(...(await peer.hash(request)).ms);
  }
  const figures: Figure[] = [{ id: `hash.${name}.ms`, value: median(ours), unit: 'ms' }];
  if (peer !== undefined) {
    figures.push({
      id: `hash.${name}.ms`,
      value: median(peers),
      unit: 'ms',
      peer: `pdqhash ${peer.version}`,
    });
    figures.push({ id: `hash.${name}.times_peer`, value: median(peers) / median(ours), unit: 'x' });
  }
  figures.push({ id: `hash.${name}.orientations_ms`, value: median(eight), unit: 'ms' });
  return figures;
}

async function fromFile({ name }: Size, pixels: Pixels, rounds: number): Promise<readonly Figure[]> {
  const jpeg = await jpegOf(pixels, JPEG_QUALITY);
  const whole: number[] = [];
  const decoding: number[] = [];
  const hashing: number[] = [];
  // Two turns to warm up: decoders allocate, and the hash sees a buffer of another kind.
  for (let i = -2; i < rounds; i++) {
    const start = performance.now();
    const decoded = await decodeImage(jpeg);
    const middle = performance.now();
    if (!decoded.ok) throw new Error(`bench: our own JPEG was refused (${decoded.reason})`);
    pdq(decoded.pixels);
    const end = performance.now();
    await decodePlainly(jpeg);
    const plain = performance.now() - end;
    if (i < 0) continue;
    whole.push(end - start);
    hashing.push(end - middle);
    decoding.push(plain);
  }
  const figures: Figure[] = [
    { id: `hash.file.${name}.ms`, value: median(whole), unit: 'ms' },
    { id: `hash.file.${name}.decode_ms`, value: median(decoding), unit: 'ms' },
    { id: `hash.file.${name}.kib`, value: jpeg.length / 1024, unit: 'KiB' },
  ];
  if (name === '12mp')
    figures.push({
      id: 'hash.12mp.share_of_decode',
      value: (100 * median(hashing)) / median(decoding),
      unit: '%',
    });
  return figures;
}

function warmUp(work: () => unknown): void {
  const end = performance.now() + WARM_UP_MS;
  while (performance.now() < end) work();
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
