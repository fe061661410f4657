/**
 * `reclaim bench watermark`: how visible a mark is, what it survives, and whether it ever names an innocent.
 *
 * Photographs are those that `bench/gather-photographs.ts` has put into bench/.cache/large (long side 1600), then those of
 * `bench/gather-pictures.ts` (1024); without any, landscapes are drawn, and the figures say so by their kind. Each is marked at 48 dB for one recipient among 1,000 and
 * for up to twenty who work together, delivered as JPEG 95, and attacked. `core` attacks meet every photograph, the others
 * every fifth. Traced: the right copy, or every one of the colluders, scores at least 6.44 (1,000 candidates, 1e-6 over
 * all). Each file is also scored against 500 further codes: any score at the threshold of somebody whose copy it is not is a
 * false accusation.
 *
 * `watermark.mark_s` and `trace_s` are of a drawn landscape of 12 megapixels, coding and decoding of files left out.
 * @module
 */

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { landscape, seededRandom } from '@reclaim/raster/landscape.fixture';
import { type Pixels, parsePixels } from '@reclaim/raster/pixels';
import { lumaPlane, type Plane } from '@reclaim/raster/plane';
import { featuresOf } from '@reclaim/registration/features';
import { register } from '@reclaim/registration/register';
import { frameOf, localMean } from '@reclaim/watermark/canonical';
import { codeKey, orderKey, orderOf } from '@reclaim/watermark/code';
import { markCopy } from '@reclaim/watermark/mark';
import { residualOf } from '@reclaim/watermark/residual';
import { type CountedRow, countedRow, scorerOf, thresholdFor } from '@reclaim/watermark/score';
import { KEYPOINTS, traceFeatures, traceSuspect } from '@reclaim/watermark/trace';
import sharp from 'sharp';
import type { Figure } from './bench-figure.ts';
import { ATTACKS, type Attack, type Delivered } from './watermark-attacks.ts';
import { openWatermarkPeer, type WatermarkPeer } from './watermark-peer.ts';

const CACHE = path.join(import.meta.dirname, '../../../bench/.cache');

/** Where photographs were gathered: large ones first, then those of `bench/gather-pictures.ts` (long side 1,024). */
const GATHERED = [path.join(CACHE, 'large'), path.join(CACHE, 'pictures/photographs')];

/** Candidates in the registry, and further innocent codes that are scored beside them. */
const CANDIDATES = 1_000;
const MORE_INNOCENTS = 500;

/** Every fifth photograph meets the attacks that are not core. */
const EVERY = 5;

const LONG_SIDE = 1600;

/** How to run. */
export type BenchWatermarkOptions = {
  /** Photographs, or landscapes where there are none: 40 unless said. */
  readonly size?: number;
  readonly report?: (doing: string) => void;
  /** In place of the whole list: for tests. */
  readonly attacks?: readonly Attack[];
  /** Folders of JPEG files in place of the gathered photographs. */
  readonly pictures?: readonly string[];
  /** Codes that are scored beside the right one, in place of 1,499. */
  readonly innocents?: number;
  /** Leaves the peer out. */
  readonly alone?: boolean;
  /** Leaves the timing at 12 megapixels out. */
  readonly untimed?: boolean;
};

type Tally = { files: number; traced: number; scores: number[] };

/** Measures and answers the figures. */
export async function benchWatermark(options: BenchWatermarkOptions = {}): Promise<readonly Figure[]> {
  const { size = 40, report = () => {}, attacks = ATTACKS } = options;
  const innocents = options.innocents ?? CANDIDATES + MORE_INNOCENTS - 1;
  const pictures = await picturesOf(options.pictures ?? GATHERED, size, report);
  const threshold = thresholdFor(CANDIDATES);
  const tallies = new Map(attacks.map(({ name }) => [name, { files: 0, traced: 0, scores: [] as number[] }]));
  const visible = { psnr: [] as number[], ssim: [] as number[] };
  const innocent = { trials: 0, accused: 0, highest: 0 };
  const peer = options.alone === true ? undefined : await openWatermarkPeer();
  if (peer === undefined)
    report('the peer invisible-watermark is not installed (bench/setup.sh): going on without it');
  const peers = new Map<string, { files: number; read: number }>();
  const peerPsnr: number[] = [];
  for (const [at, { pixels }] of pictures.list.entries()) {
    const subject = subjectOf(pixels, `picture ${at}`);
    const random = seededRandom(1000 + at);
    const wanted = attacks.filter(({ core }) => core === true || at % EVERY === 0);
    const most = Math.max(1, ...wanted.map(({ colluders }) => colluders ?? 1));
    const copies = Array.from({ length: most }, (_, n) => subject.mark(n));
    visible.psnr.push(copies[0]!.psnrDb);
    visible.ssim.push(ssim(lumaPlane(pixels), lumaPlane(copies[0]!.pixels)));
    const { width, height } = pixels;
    const jpeg = await sharp(new Uint8Array(copies[0]!.pixels.data), { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
      .toBuffer();
    const colluders = copies.map((copy) => copy.pixels);
    const delivered: Delivered = { jpeg, width, height, colluders, random };
    if (peer !== undefined && at % EVERY === 0) {
      report(`picture ${at + 1} of ${pictures.list.length}: the peer`);
      peerPsnr.push(await askPeer(peer, pixels, wanted, seededRandom(1000 + at), peers));
    }
    for (const attack of wanted) {
      report(`picture ${at + 1} of ${pictures.list.length}: ${attack.name}`);
      const row = await subject.rowOf(await attack.leak(delivered));
      const tally = tallies.get(attack.name)!;
      tally.files++;
      const scoreOf = row === undefined ? () => 0 : subject.scorer(row);
      const guilty = Math.max(1, attack.colluders ?? 1);
      const scores = Array.from({ length: guilty }, (_, n) => scoreOf(n));
      tally.scores.push(...scores);
      if (scores.every((score) => score >= threshold)) tally.traced++;
      if (row === undefined) continue;
      for (let n = 0; n < innocents; n++) {
        const score = scoreOf(most + n);
        innocent.trials++;
        innocent.highest = Math.max(innocent.highest, score);
        if (score >= threshold) innocent.accused++;
      }
    }
  }
  peer?.close();
  const of = { size: pictures.list.length, kind: pictures.kind };
  const files = [...tallies.values()].reduce((sum, tally) => sum + tally.files, 0);
  const without = [...tallies].filter(([name]) => name !== 'thumbnail-320').map(([, tally]) => tally);
  const share = (list: readonly Tally[]) =>
    (100 * list.reduce((sum, { traced }) => sum + traced, 0)) /
    Math.max(
      1,
      list.reduce((sum, tally) => sum + tally.files, 0),
    );
  return [
    ...[...tallies].flatMap(([name, tally]): readonly Figure[] =>
      tally.files === 0
        ? []
        : [
            {
              id: `watermark.${name}.traced_pct`,
              value: share([tally]),
              unit: '%',
              size: tally.files,
              kind: pictures.kind,
            },
            {
              id: `watermark.${name}.z_median`,
              value: median(tally.scores),
              unit: 'sd',
              size: tally.files,
              kind: pictures.kind,
            },
            {
              id: `watermark.${name}.z_worst`,
              value: Math.min(...tally.scores),
              unit: 'sd',
              size: tally.files,
              kind: pictures.kind,
            },
          ],
    ),
    { id: 'watermark.traced_pct', value: share(without), unit: '%', ...of },
    { id: 'watermark.files', value: files, unit: 'files', ...of },
    { id: 'watermark.psnr_db', value: Math.min(...visible.psnr), unit: 'dB', ...of },
    { id: 'watermark.ssim', value: Math.min(...visible.ssim), unit: '', ...of },
    { id: 'watermark.ssim_median', value: median(visible.ssim), unit: '', ...of },
    { id: 'watermark.innocent_trials', value: innocent.trials, unit: 'scores', ...of },
    { id: 'watermark.innocent_highest', value: innocent.highest, unit: 'sd', ...of },
    { id: 'watermark.false_accusations', value: innocent.accused, unit: 'names', ...of },
    ...(peer === undefined ? [] : peerFigures(peer.name, peers, peerPsnr, pictures.kind)),
    ...(options.untimed === true ? [] : await timed(report)),
  ];
}

/**
 * The peer's turn with one picture: marked with 32 bits, delivered and attacked in the same way, and read. It reads
 * blind, so this is another task, and its reading is right only if all bits are. Answers its peak signal-to-noise ratio.
 */
async function askPeer(
  peer: WatermarkPeer,
  pixels: Pixels,
  attacks: readonly Attack[],
  random: () => number,
  tallies: Map<string, { files: number; read: number }>,
): Promise<number> {
  const bits = 'a53c96f1';
  const marked = await peer.mark(pixels, bits);
  const { width, height } = pixels;
  const jpeg = await sharp(new Uint8Array(marked.data), { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
    .toBuffer();
  for (const { name, colluders, leak } of attacks) {
    // Those who mix copies would need copies of the peer's for each: it has no codes for that.
    if (colluders !== undefined) continue;
    const tally = tallies.get(name) ?? { files: 0, read: 0 };
    tallies.set(name, tally);
    tally.files++;
    if ((await peer.read(await leak({ jpeg, width, height, colluders: [], random }))) === bits) tally.read++;
  }
  let squares = 0;
  for (let i = 0; i < marked.data.length; i++) squares += (marked.data[i]! - pixels.data[i]!) ** 2;
  return 10 * Math.log10((255 ** 2 * marked.data.length) / squares);
}

function peerFigures(
  peer: string,
  tallies: ReadonlyMap<string, { readonly files: number; readonly read: number }>,
  psnr: readonly number[],
  kind: string,
): readonly Figure[] {
  return [
    ...[...tallies].map(([name, { files, read }]) => ({
      id: `watermark.${name}.traced_pct`,
      value: (100 * read) / files,
      unit: '%',
      peer,
      size: files,
      kind,
    })),
    { id: 'watermark.psnr_db', value: median(psnr), unit: 'dB', peer, size: psnr.length, kind },
  ];
}

/** An original with everything that marking and tracing it needs. Recipient `n` is a number. */
function subjectOf(pixels: Pixels, name: string) {
  const framed = frameOf(pixels);
  if (!framed.ok) throw new Error('bench: a picture is too small to be marked');
  const { frame } = framed;
  const secret = digest(`secret of ${name}`);
  const original = digest(`original ${name}`);
  const order = orderOf(orderKey(secret, original), frame.strength.length);
  const features = traceFeatures(frame);
  const keyOf = (n: number) => codeKey(secret, original, digest(`recipient ${n}`).subarray(0, 16));
  return {
    mark: (n: number) => markCopy(pixels, frame, keyOf(n), order),
    scorer: (row: CountedRow) => {
      const score = scorerOf(row);
      return (n: number) => score(keyOf(n));
    },
    /** The counted residual of a leaked file; undefined where it could not be laid over the original. */
    rowOf: async (file: Buffer) => {
      const luma = await lumaOfFile(file);
      const fit = register(features, frame.luma, featuresOf(luma, { ...KEYPOINTS, mirrored: true }), luma);
      return fit.kind === 'none' ? undefined : countedRow(residualOf(frame, luma, fit.map).values, order);
    },
    frame,
    order,
    features,
    keyOf,
  };
}

async function lumaOfFile(file: Buffer): Promise<Plane> {
  const { data, info } = await sharp(file)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return lumaPlane(parsePixels(new Uint8Array(data), info.width, info.height, info.channels));
}

async function picturesOf(
  folders: readonly string[],
  size: number,
  report: (doing: string) => void,
): Promise<{ readonly kind: string; readonly list: readonly { readonly pixels: Pixels }[] }> {
  const files = folders.flatMap((folder) =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => name.endsWith('.jpg'))
          .sort()
          .map((name) => path.join(folder, name))
      : [],
  );
  if (files.length === 0) {
    report('no photographs (bench/gather-photographs.ts): going on with drawn landscapes');
    return {
      kind: 'landscapes',
      list: Array.from({ length: size }, (_, i) => ({ pixels: landscape(7_000 + i, 1280, 960) })),
    };
  }
  const list: { pixels: Pixels }[] = [];
  for (const file of files.slice(0, size)) {
    const { data, info } = await sharp(readFileSync(file))
      .resize(LONG_SIDE, LONG_SIDE, { fit: 'inside', withoutEnlargement: true })
      .removeAlpha()
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    list.push({ pixels: parsePixels(new Uint8Array(data), info.width, info.height, info.channels) });
  }
  return { kind: 'photographs', list };
}

/** What a copy and a trace cost at 12 megapixels, medians of three, with 1,000 candidates. */
async function timed(report: (doing: string) => void): Promise<readonly Figure[]> {
  report('drawing a landscape of 12 megapixels');
  const pixels = landscape(77, 4000, 3000);
  const marks: number[] = [];
  const firsts: number[] = [];
  const traces: number[] = [];
  for (let round = 0; round < 3; round++) {
    report(`timing, round ${round + 1} of 3`);
    const start = performance.now();
    const subject = subjectOf(pixels, 'timed');
    const ready = performance.now();
    const { pixels: copy, strength } = subject.mark(1);
    const marked = performance.now();
    firsts.push((marked - start) / 1000);
    marks.push((marked - ready) / 1000);
    const candidates = Array.from({ length: CANDIDATES }, (_, n) => ({
      recipient: n,
      key: subject.keyOf(n),
      strength,
    }));
    const before = performance.now();
    const found = traceSuspect(subject, copy, candidates);
    traces.push((performance.now() - before) / 1000);
    if (found.kind !== 'match' || found.copies[0]!.recipient !== 1)
      throw new Error('bench: the copy of 12 megapixels was not traced');
  }
  return [
    { id: 'watermark.first_mark_s', value: median(firsts), unit: 's', kind: '12 MP' },
    { id: 'watermark.mark_s', value: median(marks), unit: 's', kind: '12 MP' },
    { id: 'watermark.trace_s', value: median(traces), unit: 's', kind: '12 MP' },
  ];
}

/** Structural similarity (Wang, Bovik, Sheikh and Simoncelli 2004) of two lumas, windows of 7×7 with even weights. */
export function ssim(a: Plane, b: Plane): number {
  const { width, height } = a;
  const mean = (data: Float32Array) => localMean(data, width, height, 3);
  const times = (x: Float32Array, y: Float32Array) => x.map((value, i) => value * y[i]!);
  const [ma, mb] = [mean(a.data), mean(b.data)];
  const [aa, bb, ab] = [
    mean(times(a.data, a.data)),
    mean(times(b.data, b.data)),
    mean(times(a.data, b.data)),
  ];
  const [c1, c2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2];
  let sum = 0;
  for (let i = 0; i < ma.length; i++) {
    const [x, y] = [ma[i]!, mb[i]!];
    const [vx, vy, cov] = [aa[i]! - x * x, bb[i]! - y * y, ab[i]! - x * y];
    sum += ((2 * x * y + c1) * (2 * cov + c2)) / ((x * x + y * y + c1) * (vx + vy + c2));
  }
  return sum / ma.length;
}

function digest(text: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(text).digest());
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
