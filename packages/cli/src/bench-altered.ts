/**
 * `reclaim bench altered`: how many altered copies the shared path finds with one hash a picture, attack by attack, how
 * many strangers it takes for a protected picture, and what it costs; beside plain PDQ, `pdqhash` and `imagehash`.
 *
 * The sealed path is measured beside it, as a node runs it: local features of all the pictures are kept, and each altered
 * copy is looked for among them (`sealed_pct`: the right one was found). And what the one hash that leaves a device gives
 * away of the picture, by two fixed attacks without learning (`inversion_corr`).
 *
 * Pictures come from bench/gather-pictures.ts; without them landscapes are drawn, and the figures say so by their kind.
 * `size` strangers are looked up (`bench-altered-strangers.ts`), and a tenth as many photographs are altered in all 31
 * ways. A long run may be made in parts: part 2 of 8 takes every eighth picture and stranger from the second on, against
 * the same banks, and the figures of all parts together are those of the whole (`bench/join-altered.ts`). Copies and strangers
 * may be measured in runs of their own (`half`), since ten thousand strangers want other parts than two hundred pictures.
 * @module
 */

import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ATTACKS, type Attack } from '@reclaim/decode/altered-copy.fixture';
import { correlation, invertByConsistency, invertSimply } from '@reclaim/fingerprint/hash-inversion.fixture';
import { MAX_DISTANCE_BITS, pdq, pdqOrientations } from '@reclaim/fingerprint/pdq';
import { hammingDistance, signalBytes } from '@reclaim/fingerprint/signal';
import { WINDOW_DISTANCE_BITS, windowPlane, windowsOfPlane } from '@reclaim/fingerprint/windows';
import { seededRandom } from '@reclaim/raster/landscape.fixture';
import type { Pixels } from '@reclaim/raster/pixels';
import { reduceToGrid } from '@reclaim/raster/reduce';
import { keptFeatures, localPlane } from '@reclaim/registration/local-features';
import { CopyIndex } from '@reclaim/service/copy-index';
import { openAlteredPeers, type PeerHashes } from './bench-altered-peer.ts';
import { type BenchPart, drawn, filesOf, type Load, partOf, spread } from './bench-altered-pictures.ts';
import { falseMatches } from './bench-altered-strangers.ts';
import { twinsAmong } from './bench-altered-twins.ts';
import type { Figure } from './bench-figure.ts';

/** Where bench/gather-pictures.ts puts what it gathers. */
const GATHERED = fileURLToPath(new URL('../../../bench/.cache/pictures', import.meta.url));

/** Sets that are altered, each a row of its own. Only the first is asked of attack by attack. */
const SETS = ['photographs', 'portraits', 'low-texture'] as const;

/** Distance of `imagehash`'s phash, of 64 bits, that counts as the same picture. */
const IMAGEHASH_BITS = 10;

/** How to run. */
export type BenchAlteredOptions = {
  /** Strangers, as many as there are, and a tenth as many photographs: 2,000 takes 200 photographs, and half an hour. */
  readonly size?: number;
  readonly report?: (doing: string) => void;
  /** A folder as bench/gather-pictures.ts makes it. */
  readonly pictures?: string;
  readonly part?: BenchPart;
  /** What the run is limited to: copies that should be found, or strangers that should not. */
  readonly half?: 'copies' | 'strangers';
};

/** What an upload's ways cost, upload by upload: milliseconds. */
type Costs = { readonly wall: number[]; readonly cpu: number[]; readonly sealedCpu: number[] };

/** Measures and answers the figures. */
export async function benchAltered(options: BenchAlteredOptions = {}): Promise<readonly Figure[]> {
  const { size = 400, report = () => {}, pictures = GATHERED, part = { index: 1, of: 1 }, half } = options;
  const gathered = existsSync(path.join(pictures, 'photographs'));
  if (!gathered)
    report('no photographs are gathered (node bench/gather-pictures.ts): landscapes are drawn instead');
  const photographs = chosenOf(gathered, pictures, 'photographs', size);
  const figures: Figure[] = [];
  if (half !== 'strangers') figures.push(...(await copiesOf(gathered, pictures, size, part, report)));
  if (half !== 'copies') {
    const strangers = gathered ? filesOf(path.join(pictures, 'distractors')) : drawn(400, 50_000);
    figures.push(...(await falseMatches(photographs, partOf(spread(strangers, size), part), report)));
  }
  return figures;
}

/** What is found, what the one hash gives away, and what asking costs. */
async function copiesOf(
  gathered: boolean,
  pictures: string,
  size: number,
  part: BenchPart,
  report: (doing: string) => void,
): Promise<readonly Figure[]> {
  const peers = await openAlteredPeers();
  if (peers === undefined)
    report('pdqhash and imagehash are not installed (bench/setup.sh): going on without');
  const figures: Figure[] = [];
  const costs: Costs = { wall: [], cpu: [], sealedCpu: [] };
  try {
    for (const set of SETS) {
      const chosen = chosenOf(gathered, pictures, set, size);
      if (chosen.length === 0) continue;
      figures.push(...(await recallOf(set, chosen, part, peers, costs, report, gathered)));
    }
  } finally {
    peers?.close();
  }
  figures.push(...(await inversionOf(chosenOf(gathered, pictures, 'photographs', size), part)));
  const asked = costs.cpu.length;
  return [
    ...figures,
    { id: 'altered.shared_ms', value: median(costs.wall), unit: 'ms', size: asked },
    { id: 'altered.shared_cpu_ms', value: mean(costs.cpu), unit: 'ms', size: asked },
    {
      id: 'altered.sealed_ms',
      value: mean(costs.sealedCpu),
      unit: 'ms',
      size: asked,
      kind: 'processor time, all the pictures kept',
    },
  ];
}

function chosenOf(
  gathered: boolean,
  pictures: string,
  set: (typeof SETS)[number],
  size: number,
): readonly Load[] {
  const all = gathered ? filesOf(path.join(pictures, set)) : set === 'photographs' ? drawn(40, 1_000) : [];
  // The rows beside the photographs are small sets, and a fifth of the work.
  return spread(all, Math.max(1, Math.round(size / (set === 'photographs' ? 10 : 100))));
}

type Tally = {
  plain: number;
  shared: number;
  sealed: number;
  wrong: number;
  twin: number;
  pdqhash: number;
  imagehash: number;
};
const none = (): Tally => ({ plain: 0, shared: 0, sealed: 0, wrong: 0, twin: 0, pdqhash: 0, imagehash: 0 });

async function recallOf(
  set: (typeof SETS)[number],
  chosen: readonly Load[],
  part: BenchPart,
  peers: Awaited<ReturnType<typeof openAlteredPeers>>,
  costs: Costs,
  report: (doing: string) => void,
  gathered: boolean,
): Promise<readonly Figure[]> {
  const kind = gathered ? set : 'landscapes';
  report(`${kind}: keeping local features`);
  const kept = new CopyIndex(11);
  for (const [i, load] of chosen.entries()) {
    const features = keptFeatures(localPlane(await load()));
    if (features !== undefined) kept.add(i, features);
  }
  kept.seal();
  const names = Object.keys(ATTACKS);
  const found = new Map(names.map((name) => [name, none()]));
  const isTwin = twinsAmong(chosen);
  let asked = 0;
  for (const [i, load] of chosen.entries()) {
    if (i % part.of !== part.index - 1) continue;
    report(`${kind}: ${i + 1} of ${chosen.length}`);
    asked++;
    const picture = await load();
    const other = await chosen[(i + 1) % chosen.length]!();
    const banked = signalBytes(pdq(picture).hash);
    const theirs = await peers?.hash(picture);
    for (const [index, name] of names.entries()) {
      const tally = found.get(name)!;
      const copy = await (ATTACKS[name] as Attack)(picture, seededRandom(1_000 * i + index), other);
      const near = nearestOf(copy, banked, costs);
      if (near.plain <= MAX_DISTANCE_BITS) tally.plain++;
      if (near.orientations <= MAX_DISTANCE_BITS || near.windows <= WINDOW_DISTANCE_BITS) tally.shared++;
      const nums = keptIn(near.plane, kept, costs);
      if (nums.includes(i)) tally.sealed++;
      // A collage shows the next picture, too.
      const shown = name.startsWith('collage') ? [i, (i + 1) % chosen.length] : [i];
      const others = nums.filter((num) => !shown.includes(num));
      let strange = 0;
      for (const num of others) if (!(await isTwin(num, shown))) strange++;
      if (strange > 0) tally.wrong++;
      else if (others.length > 0) tally.twin++;
      if (peers === undefined || theirs === undefined) continue;
      const hashes = await peers.hash(copy);
      if (bitsApart(hashes.pdqhash, theirs.pdqhash) <= MAX_DISTANCE_BITS) tally.pdqhash++;
      if (bitsApart(hashes.imagehash, theirs.imagehash) <= IMAGEHASH_BITS) tally.imagehash++;
    }
  }
  if (asked === 0) return [];
  const figures: Figure[] = [];
  const sums = none();
  for (const [name, tally] of found) {
    for (const key of Object.keys(sums) as (keyof Tally)[]) sums[key] += tally[key] / names.length;
    if (set === 'photographs') figures.push(...rows(`altered.${name}`, tally, asked, kind, peers?.versions));
  }
  const others = (id: string, count: number, what: string): Figure => ({
    id,
    value: (100 * count) / asked,
    unit: '%',
    size: asked * names.length,
    kind: `${kind}: copies in which ${what} was found`,
  });
  return [
    ...figures,
    ...rows('altered.mean', sums, asked, kind, peers?.versions),
    others('altered.sealed_wrong_pct', sums.wrong, 'a picture that they do not show'),
    others('altered.sealed_twin_pct', sums.twin, 'another cut of the same picture, and nothing else wrong,'),
  ];
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

function nearestOf(copy: Pixels, banked: Uint8Array, costs: Costs) {
  const asked = pdqOrientations(copy).hashes.map(signalBytes);
  const plane = windowPlane(copy);
  const used = process.cpuUsage();
  const start = performance.now();
  const windows = windowsOfPlane(plane);
  costs.wall.push(performance.now() - start);
  costs.cpu.push(cpuSince(used));
  return {
    plane,
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

function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The kept pictures that the sealed path finds in an upload, from its small plane on. */
function keptIn(plane: Pixels, kept: CopyIndex, costs: Costs): readonly number[] {
  const used = process.cpuUsage();
  const found = kept.find(localPlane(plane));
  costs.sealedCpu.push(cpuSince(used));
  return found.map(({ num }) => num);
}

function bitsApart(a: string, b: string): number {
  return [...(BigInt(`0x${a}`) ^ BigInt(`0x${b}`)).toString(2)].filter((bit) => bit === '1').length;
}

/** What the one hash gives away: medians of the correlation with the true 64×64 luma. */
async function inversionOf(photographs: readonly Load[], part: BenchPart): Promise<readonly Figure[]> {
  const [fixed, formula]: [number[], number[]] = [[], []];
  for (const load of partOf(photographs, part)) {
    const picture = await load();
    const { hash } = pdq(picture);
    const luma = reduceToGrid(picture);
    fixed.push(correlation(invertByConsistency(hash), luma));
    formula.push(correlation(invertSimply(hash), luma));
  }
  if (fixed.length === 0) return [];
  const figure = (id: string, values: readonly number[], kind: string): Figure => ({
    id,
    value: median(values),
    unit: 'r',
    size: values.length,
    kind,
  });
  return [
    figure('altered.inversion_corr', fixed, 'the fixed attack: signs, and smoothness'),
    figure('altered.inversion_formula_corr', formula, 'signs, strength 1 ÷ frequency'),
  ];
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
