/**
 * `reclaim bench altered`: how many altered copies the shared path finds with one hash a picture, attack by attack, how
 * many strangers it takes for a protected picture, and what it costs; beside plain PDQ, `pdqhash` and `imagehash`.
 *
 * The sealed path is measured beside it: local features of one copy, looked for in each altered one (`sealed_pct`).
 *
 * Pictures come from bench/gather-pictures.ts; without them landscapes are drawn, and the figures say so by their kind.
 * `size` strangers are looked up, and a hundredth as many photographs are altered in all 31 ways. The bank
 * of the strangers' lookups has 100,000 signals: of the photographs, and of random parts of them (30 to 100 % of each
 * side, as a bank takes them: quality from 50, not blank) to fill it up, so that it has the statistics of pictures, plain skies included. A stranger
 * counts as a false match where anything in the bank is near enough, whole or by a window. The bound is that of Clopper and
 * Pearson (1934), one-sided, 95 %.
 * @module
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ATTACKS, type Attack } from '@reclaim/decode/altered-copy.fixture';
import { decodeImage } from '@reclaim/decode/decode-image';
import { isBlank } from '@reclaim/fingerprint/fingerprint';
import { MAX_DISTANCE_BITS, pdq, pdqOrientations } from '@reclaim/fingerprint/pdq';
import { dct64, gradientSum64, hashOf, medianOf, qualityOf } from '@reclaim/fingerprint/pdq-transform';
import { hammingDistance, signalBytes } from '@reclaim/fingerprint/signal';
import {
  MIN_WINDOW_QUALITY,
  WINDOW_DISTANCE_BITS,
  windowPlane,
  windowsOfPlane,
} from '@reclaim/fingerprint/windows';
import { createExactIndex } from '@reclaim/matching/ring-index';
import { landscape, seededRandom } from '@reclaim/raster/landscape.fixture';
import type { Pixels } from '@reclaim/raster/pixels';
import { lumaPlane } from '@reclaim/raster/plane';
import { WindowGrid } from '@reclaim/raster/window-grid';
import type { Features } from '@reclaim/registration/features';
import { askedFeatures, findKept, keptFeatures } from '@reclaim/registration/local-features';
import { openAlteredPeers, type PeerHashes } from './bench-altered-peer.ts';
import type { Figure } from './bench-figure.ts';

/** Where bench/gather-pictures.ts puts what it gathers. */
const GATHERED = fileURLToPath(new URL('../../../bench/.cache/pictures', import.meta.url));

/** Sets that are altered, each a row of its own. Only the first is asked of attack by attack. */
const SETS = ['photographs', 'portraits', 'low-texture'] as const;

/** Signals of the bank that strangers are looked up in. */
const BANK = 100_000;

/** Distance of `imagehash`'s phash, of 64 bits, that counts as the same picture. */
const IMAGEHASH_BITS = 10;

/** How to run. */
export type BenchAlteredOptions = {
  /** Strangers, as many as there are, and a hundredth as many photographs: 20,000 takes all that is gathered. */
  readonly size?: number;
  readonly report?: (doing: string) => void;
  /** A folder as bench/gather-pictures.ts makes it. */
  readonly pictures?: string;
};

type Load = () => Promise<Pixels>;

/** Measures and answers the figures. */
export async function benchAltered(options: BenchAlteredOptions = {}): Promise<readonly Figure[]> {
  const { size = 1_000, report = () => {}, pictures = GATHERED } = options;
  const gathered = existsSync(path.join(pictures, 'photographs'));
  if (!gathered)
    report('no photographs are gathered (node bench/gather-pictures.ts): landscapes are drawn instead');
  const peers = await openAlteredPeers();
  if (peers === undefined)
    report('pdqhash and imagehash are not installed (bench/setup.sh): going on without');
  const figures: Figure[] = [];
  const times: number[] = [];
  const cpu: number[] = [];
  const sealedCpu: number[] = [];
  try {
    const photographs: Pixels[] = [];
    for (const set of SETS) {
      const all = gathered
        ? filesOf(path.join(pictures, set))
        : set === 'photographs'
          ? drawn(40, 1_000)
          : [];
      // The rows beside the photographs are small sets, and a third of the work.
      const count = Math.max(1, Math.round(size / (set === 'photographs' ? 100 : 300)));
      const chosen = await Promise.all(spread(all, count).map((load) => load()));
      if (chosen.length === 0) continue;
      if (set === 'photographs') photographs.push(...chosen);
      figures.push(...(await recallOf(set, chosen, peers, times, cpu, sealedCpu, report, gathered)));
    }
    report('filling the bank');
    const strangers = gathered ? filesOf(path.join(pictures, 'distractors')) : drawn(400, 50_000);
    figures.push(...(await falseMatches(photographs, spread(strangers, size), report)));
  } finally {
    peers?.close();
  }
  figures.push(
    { id: 'altered.shared_ms', value: median(times), unit: 'ms' },
    { id: 'altered.shared_cpu_ms', value: mean(cpu), unit: 'ms' },
    { id: 'altered.sealed_ms', value: mean(sealedCpu), unit: 'ms', kind: 'processor time, one copy kept' },
  );
  return figures;
}

function filesOf(folder: string): readonly Load[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => async () => {
      const decoded = await decodeImage(new Uint8Array(readFileSync(path.join(folder, name))));
      if (!decoded.ok) throw new Error(`bench: a gathered picture cannot be read (${decoded.reason})`);
      return decoded.pixels;
    });
}

function drawn(count: number, seed: number): readonly Load[] {
  return Array.from({ length: count }, (_, i) => async () => landscape(seed + i, 800, 600));
}

/** At most `count` of them, evenly from the whole. */
function spread<T>(all: readonly T[], count: number): readonly T[] {
  if (all.length <= count) return all;
  return Array.from({ length: count }, (_, i) => all[Math.floor((i * all.length) / count)]!);
}

type Tally = { plain: number; shared: number; sealed: number; pdqhash: number; imagehash: number };

async function recallOf(
  set: (typeof SETS)[number],
  pictures: readonly Pixels[],
  peers: Awaited<ReturnType<typeof openAlteredPeers>>,
  times: number[],
  cpu: number[],
  sealedCpu: number[],
  report: (doing: string) => void,
  gathered: boolean,
): Promise<readonly Figure[]> {
  const kind = gathered ? set : 'landscapes';
  const banked = pictures.map((picture) => signalBytes(pdq(picture).hash));
  const kept = pictures.map((picture) => keptFeatures(lumaPlane(picture)));
  const theirs: PeerHashes[] = [];
  for (const picture of peers === undefined ? [] : pictures) theirs.push(await peers!.hash(picture));
  const figures: Figure[] = [];
  const sums: Tally = { plain: 0, shared: 0, sealed: 0, pdqhash: 0, imagehash: 0 };
  const names = Object.keys(ATTACKS);
  for (const [index, name] of names.entries()) {
    report(`${kind}: ${name}`);
    const found: Tally = { plain: 0, shared: 0, sealed: 0, pdqhash: 0, imagehash: 0 };
    for (const [i, picture] of pictures.entries()) {
      const attack = ATTACKS[name] as Attack;
      const other = pictures[(i + 1) % pictures.length];
      const copy = await attack(picture, seededRandom(1_000 * i + index), other);
      const near = nearestOf(copy, banked[i]!, times, cpu);
      if (near.plain <= MAX_DISTANCE_BITS) found.plain++;
      if (near.orientations <= MAX_DISTANCE_BITS || near.windows <= WINDOW_DISTANCE_BITS) found.shared++;
      if (holdsKept(copy, kept[i], sealedCpu)) found.sealed++;
      if (peers === undefined) continue;
      const asked = await peers.hash(copy);
      if (bitsApart(asked.pdqhash, theirs[i]!.pdqhash) <= MAX_DISTANCE_BITS) found.pdqhash++;
      if (bitsApart(asked.imagehash, theirs[i]!.imagehash) <= IMAGEHASH_BITS) found.imagehash++;
    }
    for (const key of Object.keys(sums) as (keyof Tally)[]) sums[key] += found[key] / names.length;
    if (set === 'photographs')
      figures.push(...rows(`altered.${name}`, found, pictures.length, kind, peers?.versions));
  }
  figures.push(...rows('altered.mean', sums, pictures.length, kind, peers?.versions));
  return figures;
}

function rows(
  id: string,
  found: Tally,
  size: number,
  kind: string,
  versions: Readonly<Record<keyof PeerHashes, string>> | undefined,
): readonly Figure[] {
  const figure = (name: string, value: number, peer?: string): Figure => ({
    id: `${id}${name}`,
    value: (100 * value) / size,
    unit: '%',
    size,
    kind,
    ...(peer === undefined ? {} : { peer }),
  });
  const [dot, shared] = id === 'altered.mean' ? ['_', '_shared_pct'] : ['.', '.shared_pct'];
  const own = [
    figure(shared, found.shared),
    figure(`${dot}sealed_pct`, found.sealed),
    figure(`${dot}plain_pct`, found.plain),
  ];
  if (versions === undefined) return own;
  return [
    ...own,
    figure(shared, found.pdqhash, `pdqhash ${versions.pdqhash}`),
    figure(shared, found.imagehash, `imagehash ${versions.imagehash}`),
  ];
}

function nearestOf(copy: Pixels, banked: Uint8Array, times: number[], cpu: number[]) {
  const asked = pdqOrientations(copy).hashes.map(signalBytes);
  const plane = windowPlane(copy);
  const used = process.cpuUsage();
  const start = performance.now();
  const windows = windowsOfPlane(plane);
  times.push(performance.now() - start);
  const { user, system } = process.cpuUsage(used);
  cpu.push((user + system) / 1000);
  return {
    plain: hammingDistance(asked[0]!, banked),
    orientations: Math.min(...asked.map((each) => hammingDistance(each, banked))),
    windows: Math.min(
      256,
      ...windows.flatMap(({ value, mirror }) =>
        [value, mirror].map((each) => hammingDistance(signalBytes(each), banked)),
      ),
    ),
  };
}

/** Whether the sealed path finds the kept copy: local features of the upload, against those of one picture. */
function holdsKept(copy: Pixels, kept: Features | undefined, cpu: number[]): boolean {
  const used = process.cpuUsage();
  const found = kept === undefined ? undefined : findKept(kept, askedFeatures(lumaPlane(copy)));
  const { user, system } = process.cpuUsage(used);
  cpu.push((user + system) / 1000);
  return found !== undefined;
}

function bitsApart(a: string, b: string): number {
  return [...(BigInt(`0x${a}`) ^ BigInt(`0x${b}`)).toString(2)].filter((bit) => bit === '1').length;
}

/** Queries that the index takes at once. */
const QUERIES_AT_ONCE = 64;

async function falseMatches(
  photographs: readonly Pixels[],
  strangers: readonly Load[],
  report: (doing: string) => void,
): Promise<readonly Figure[]> {
  const index = createExactIndex({ seed: 7 });
  let id = 0;
  for (const picture of photographs) index.insert(id++, signalBytes(pdq(picture).hash));
  const random = seededRandom(99);
  const grids = photographs.map((picture) => {
    const plane = windowPlane(picture);
    return { plane, grid: new WindowGrid(plane) };
  });
  const room = new Float64Array(64 * 64);
  for (let i = 0; id < BANK && i < 4 * BANK; i++) {
    const { plane, grid } = grids[i % grids.length]!;
    const width = plane.width * (0.3 + 0.7 * random());
    const height = plane.height * (0.3 + 0.7 * random());
    const place = {
      x: (plane.width - width) * random(),
      y: (plane.height - height) * random(),
      width,
      height,
    };
    grid.read(place, room);
    if (qualityOf(gradientSum64(room, 0).sum) < MIN_WINDOW_QUALITY) continue;
    const coefficients = dct64(room);
    // A bank takes no blank signal.
    if (isBlank(coefficients)) continue;
    index.insert(id++, signalBytes(hashOf(coefficients, medianOf(coefficients).median)));
  }
  index.seal();
  const matched = { plain: 0, orientations: 0, windows24: 0, windows28: 0, windows31: 0 };
  let asked = 0;
  for (const load of strangers) {
    const picture = await load();
    if (++asked % 100 === 0) report(`strangers: ${asked} of ${strangers.length}`);
    const { quality, hashes } = pdqOrientations(picture);
    const own = quality >= MIN_WINDOW_QUALITY ? hashes.map(signalBytes) : [];
    if (own.length > 0 && index.search(own[0]!, MAX_DISTANCE_BITS).length > 0) matched.plain++;
    const whole = own.length > 0 && index.searchAny(own, MAX_DISTANCE_BITS).length > 0;
    if (whole) matched.orientations++;
    const queries = windowsOfPlane(windowPlane(picture)).flatMap(({ value, mirror }) => [
      signalBytes(value),
      signalBytes(mirror),
    ]);
    let nearest = 256;
    for (let from = 0; from < queries.length; from += QUERIES_AT_ONCE)
      for (const { distance } of index.searchAny(queries.slice(from, from + QUERIES_AT_ONCE), 31))
        nearest = Math.min(nearest, distance);
    if (whole || nearest <= 24) matched.windows24++;
    if (whole || nearest <= 28) matched.windows28++;
    if (whole || nearest <= 31) matched.windows31++;
  }
  const row = (kind: string, count: number): readonly Figure[] => [
    { id: 'altered.false_matches', value: (100 * count) / asked, unit: '%', size: asked, kind },
    {
      id: 'altered.false_matches_bound',
      value: 100 * upperBound(count, asked),
      unit: '%',
      size: asked,
      kind,
    },
  ];
  return [
    ...row('plain PDQ at 31 bits', matched.plain),
    ...row('eight orientations at 31', matched.orientations),
    ...row('and windows at 24, the shared path', matched.windows24),
    ...row('and windows at 28', matched.windows28),
    ...row('and windows at 31', matched.windows31),
  ];
}

/** The largest rate under which at most `count` of `total` would still be seen in one run of twenty (Clopper, Pearson 1934). */
export function upperBound(count: number, total: number): number {
  let [low, high] = [count / total, 1];
  for (let i = 0; i < 60; i++) {
    const rate = (low + high) / 2;
    // P(X <= count) by logarithms: totals are thousands.
    let term = total * Math.log1p(-rate);
    let sum = Math.exp(term);
    for (let k = 1; k <= count; k++) {
      term += Math.log((total - k + 1) / k) + Math.log(rate / (1 - rate));
      sum += Math.exp(term);
    }
    if (sum > 0.05) low = rate;
    else high = rate;
  }
  return high;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
