/**
 * What `watermark-in-browser.ts` runs, in a worker of Chromium and in Node alike: an original of 12 megapixels is prepared,
 * a copy marked, and the copy traced among 1,000. Pixels to pixels: files are read and written by whoever calls.
 * @module
 */

import { sha256 } from '../packages/fingerprint/src/sha256.ts';
import { landscape } from '../packages/raster/src/landscape.fixture.ts';
import type { Pixels } from '../packages/raster/src/pixels.ts';
import { frameOf } from '../packages/watermark/src/canonical.ts';
import { codeKey, orderKey, orderOf } from '../packages/watermark/src/code.ts';
import { markCopy } from '../packages/watermark/src/mark.ts';
import { traceFeatures, traceSuspect } from '../packages/watermark/src/trace.ts';

/** Seconds of each round, and what came out of the last: the same digits wherever it runs. */
export type WorkerAnswer = {
  readonly prepare: readonly number[];
  readonly mark: readonly number[];
  readonly trace: readonly number[];
  /** SHA-256 of the copy's pixels and of the residual that was counted, and the score. */
  readonly copy: string;
  readonly row: string;
  readonly score: number;
};

const CANDIDATES = 1_000;
const SECRET = new Uint8Array(32).fill(7);
const ORIGINAL = new Uint8Array(32).fill(9);

/** Runs so many rounds after one that is not counted. @throws {Error} where the copy is not traced to its recipient */
export async function measure(width: number, height: number, rounds: number): Promise<WorkerAnswer> {
  const pixels = landscape(77, width, height);
  const recipient = (n: number) => Uint8Array.from({ length: 16 }, (_, i) => (n >> (8 * (i % 2))) & 255);
  const keyOf = (n: number) => codeKey(SECRET, ORIGINAL, recipient(n));
  const times = { prepare: [] as number[], mark: [] as number[], trace: [] as number[] };
  let out: Pick<WorkerAnswer, 'copy' | 'row' | 'score'> | undefined;
  for (let round = -1; round < rounds; round++) {
    const start = performance.now();
    const framed = frameOf(pixels);
    if (!framed.ok) throw new Error('bench: the original is too small');
    const { frame } = framed;
    const order = orderOf(orderKey(SECRET, ORIGINAL), frame.strength.length);
    const features = traceFeatures(frame);
    const ready = performance.now();
    const { pixels: copy, strength } = markCopy(pixels, frame, keyOf(1), order);
    const marked = performance.now();
    const candidates = Array.from({ length: CANDIDATES }, (_, n) => ({
      recipient: n,
      key: keyOf(n),
      strength,
    }));
    const before = performance.now();
    const found = traceSuspect({ frame, features, order }, copy, candidates);
    const after = performance.now();
    if (found.kind !== 'match' || found.copies.length !== 1 || found.copies[0]!.recipient !== 1)
      throw new Error('bench: the copy was not traced to its recipient');
    if (round >= 0) {
      times.prepare.push((ready - start) / 1000);
      times.mark.push((marked - ready) / 1000);
      times.trace.push((after - before) / 1000);
    }
    const digest = ({ buffer, byteOffset, byteLength }: Pixels['data'] | Int16Array<ArrayBuffer>) =>
      sha256(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength));
    out = { copy: await digest(copy.data), row: await digest(found.row), score: found.copies[0]!.score };
  }
  return { ...times, ...out! };
}
