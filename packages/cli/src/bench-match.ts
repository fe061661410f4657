/**
 * `reclaim bench match`: what an exact lookup costs, among many signals, beside faiss and usearch.
 *
 * For each kind of data (`bench-match-data.ts`): the index is built from signals in memory, asked one query at a time on
 * one thread, asked in batches, written as a snapshot and read back, and fed while it answers. Lookups are measured with
 * queries that match nothing, the usual case: queries of the same kind, those that do match left out. The peers get the
 * same bytes in files and take turns with us; times are medians of all queries of all rounds, `cpu` is processor time.
 *
 * `match.recall` is the share of right answers: for queries drawn anew, and for neighbours of stored signals at 0 to 31
 * bits, the ids must be those that comparing every signal finds. An index that missed one would have no figures: it throws.
 * @module
 */

import { createReadStream, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createRingIndex, type RingIndex } from '@reclaim/matching/ring-index';
import { readRingSnapshot, ringSnapshot } from '@reclaim/matching/ring-snapshot';
import { startRingThreads } from '@reclaim/matching/ring-threads.fixture';
import { distanceWithin, WORDS, wordsOf } from '@reclaim/matching/signal-words';
import type { WorkAside } from '@reclaim/matching/work-aside';
import type { Figure } from './bench-figure.ts';
import { MATCH_DATA_KINDS, type MatchDataKind, signalSource } from './bench-match-data.ts';
import { type MatchPeerName, type MatchPeers, openMatchPeers } from './bench-match-peer.ts';

/** How to run. */
export type BenchMatchOptions = {
  /** How many signals: a million unless said. */
  readonly size?: number;
  /** The one kind of data; both unless said. */
  readonly kind?: MatchDataKind;
  /** Whether to leave the peers out. */
  readonly alone?: boolean;
  /** A Python that has the peers; bench/.venv of this repository unless said. */
  readonly peerPython?: string;
  /** Hears what is done at the moment. */
  readonly report?: (doing: string) => void;
};

/** PDQ's threshold. */
const BITS = 31;
const SIGNAL_BYTES = 32;
/** Turns that ours and the peers take. */
const ROUNDS = 5;
/** Lookups of ours in a round, and of a peer: they take longer. */
const LOOKUPS = 2_000;
const PEER_LOOKUPS = 40;
/** Queries whose answers are compared with those of comparing every signal. */
const CHECKED = 128;
/** The most signals that usearch is built with: its graph takes about a second for five thousand. */
const USEARCH_SIZE = 50_000;
const INSERTIONS = 20_000;

/**
 * Measures and answers the figures. Peers that are not installed have none, and `report` says so.
 * @throws {Error} where our answers are not those of comparing every signal
 */
export async function benchMatch(options: BenchMatchOptions = {}): Promise<readonly Figure[]> {
  const { size = 1_000_000, alone = false, report = () => {} } = options;
  const peers = alone ? undefined : await openMatchPeers(options.peerPython);
  if (peers === undefined && !alone) report('no peer is installed (bench/setup.sh): going on without');
  const folder = mkdtempSync(path.join(tmpdir(), 'reclaim-bench-'));
  try {
    const figures: Figure[] = [];
    for (const kind of options.kind === undefined ? MATCH_DATA_KINDS : [options.kind]) {
      figures.push(...(await measure(kind, size, peers, folder, (doing) => report(`${kind}: ${doing}`))));
    }
    return figures;
  } finally {
    peers?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(
  kind: MatchDataKind,
  size: number,
  peers: MatchPeers | undefined,
  folder: string,
  report: (doing: string) => void,
): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  const figure = (id: string, value: number, unit: string, peer?: string, of = size) =>
    figures.push({ id, value, unit, size: of, kind, ...(peer === undefined ? {} : { peer }) });

  report('drawing');
  const source = signalSource(kind, 1);
  const signals = new Uint8Array(size * SIGNAL_BYTES);
  source(signals);
  const drawn = new Uint8Array(2 * LOOKUPS * SIGNAL_BYTES);
  source(drawn);

  report('building');
  const ids = Uint32Array.from({ length: size }, (_, i) => i);
  const index = createRingIndex();
  const begun = performance.now();
  const cpuBegun = cpuMs();
  index.insertMany(ids, signals);
  figure('match.build_s', (performance.now() - begun) / 1000, 's');
  figure('match.build_cpu_s', (cpuMs() - cpuBegun) / 1000, 's');
  figure('match.bytes_per_signal', index.shape.segmentBytes / size, 'B');

  report('asking');
  const asked = split(drawn);
  const strangers = asked.filter((query) => index.search(query, BITS).length === 0).slice(0, LOOKUPS);
  if (strangers.length < PEER_LOOKUPS) throw new Error('bench: expected some queries without a match');
  const queriesFile = path.join(folder, 'queries');
  const peerQueries = strangers.slice(0, PEER_LOOKUPS);
  writeFileSync(queriesFile, Buffer.concat(peerQueries));

  report('checking against every signal');
  const checked = [...neighboursOf(signals, CHECKED / 2), ...asked.slice(0, CHECKED / 2)];
  const truth = everyAnswer(signals, checked);
  const checkedFile = path.join(folder, 'checked');
  writeFileSync(checkedFile, Buffer.concat(checked));
  const ours = checked.map((query) => index.search(query, BITS).map(({ id }) => id));
  figure('match.recall', recallOf(ours, truth), '%');
  if (ours.some((found, i) => found.length !== truth[i]!.length) || recallOf(ours, truth) !== 100)
    throw new Error('bench: an answer of ours is not exact: there is nothing to measure');

  const built: MatchPeerName[] = [];
  for (const name of ['faiss-flat', 'faiss-multihash'] as const) {
    const version = peers?.versions.get(name);
    if (peers === undefined || version === undefined) continue;
    report(`building ${name}`);
    const file = path.join(folder, 'signals');
    if (built.length === 0) writeLarge(file, signals);
    figure('match.build_s', await peers.build(name, file, size), 's', nameOf(name, version));
    const { ids } = await peers.search(name, checkedFile, checked.length, BITS);
    figure('match.recall', recallOf(ids, truth), '%', nameOf(name, version));
    built.push(name);
  }

  report('timing lookups');
  const times: number[] = [];
  const peerTimes = new Map<MatchPeerName, number[]>();
  const cpuTimes: number[] = [];
  const peerCpuTimes = new Map<MatchPeerName, number[]>();
  for (let round = 0; round <= ROUNDS; round++) {
    const cpu = cpuMs();
    for (const query of strangers) {
      const start = performance.now();
      index.search(query, BITS);
      const us = 1000 * (performance.now() - start);
      // The first round is for the compiler.
      if (round > 0) times.push(us);
    }
    if (round > 0) cpuTimes.push((1000 * (cpuMs() - cpu)) / strangers.length);
    for (const name of round > 0 ? built : []) {
      const { us, cpu_us } = await peers!.search(name, queriesFile, peerQueries.length, BITS);
      peerCpuTimes.set(name, [...(peerCpuTimes.get(name) ?? []), cpu_us]);
      peerTimes.set(name, [...(peerTimes.get(name) ?? []), ...us]);
    }
  }
  const p50 = quantile(times, 0.5);
  figure('match.lookup.p50_us', p50, 'µs');
  figure('match.lookup.p99_us', quantile(times, 0.99), 'µs');
  const cpu = quantile(cpuTimes, 0.5);
  figure('match.lookup.cpu_us', cpu, 'µs');
  for (const [name, us] of peerTimes) {
    const peer = nameOf(name, peers!.versions.get(name)!);
    figure('match.lookup.p50_us', quantile(us, 0.5), 'µs', peer);
    figure('match.lookup.p99_us', quantile(us, 0.99), 'µs', peer);
    figure('match.lookup.times_peer', quantile(us, 0.5) / p50, 'x', peer);
    const peerCpu = quantile(peerCpuTimes.get(name)!, 0.5);
    figure('match.lookup.cpu_us', peerCpu, 'µs', peer);
    figure('match.lookup.cpu_times_peer', peerCpu / cpu, 'x', peer);
  }

  report('timing batches');
  const eight = timesOf(200, (turn) => {
    // Others each time: asked again at once, all would still be in the cache.
    const at = (8 * turn) % Math.max(1, strangers.length - 7);
    return index.searchAny(strangers.slice(at, at + 8), BITS);
  });
  figure('match.orientations.p50_us', 1000 * quantile(eight, 0.5), 'µs');
  const thousand = Array.from({ length: 1000 }, (_, i) => strangers[i % strangers.length]!);
  const batches = timesOf(9, () => index.searchBatch(thousand, BITS));
  figure('match.batch_1000_ms', quantile(batches, 0.5), 'ms');
  const batchCpu = cpuMs();
  for (let turn = 0; turn < 9; turn++) index.searchBatch(thousand, BITS);
  figure('match.batch_1000_cpu_ms', (cpuMs() - batchCpu) / 9, 'ms');

  report('writing a snapshot and reading it');
  figures.push(...(await snapshotFigures(index, size, kind, folder)));

  figures.push(...(await threadFigures(kind, ids, signals, drawn, strangers, report)));

  const version = peers?.versions.get('usearch');
  if (peers !== undefined && version !== undefined) {
    report('building usearch');
    figures.push(...(await usearchFigures(peers, version, kind, signals, checked, folder)));
  }
  return figures;
}

/** A graph of fewer signals, with the neighbours among them: what an approximate index loses. */
async function usearchFigures(
  peers: MatchPeers,
  version: string,
  kind: MatchDataKind,
  all: Uint8Array,
  asked: readonly Uint8Array[],
  folder: string,
): Promise<readonly Figure[]> {
  const size = Math.min(USEARCH_SIZE, all.length / SIGNAL_BYTES);
  const signals = all.subarray(0, size * SIGNAL_BYTES);
  const file = path.join(folder, 'fewer');
  writeFileSync(file, signals);
  const seconds = await peers.build('usearch', file, size);
  const queries = [...neighboursOf(signals, 512), ...asked.slice(CHECKED / 2)];
  const queriesFile = path.join(folder, 'fewer-queries');
  writeFileSync(queriesFile, Buffer.concat(queries));
  const { us, ids } = await peers.search('usearch', queriesFile, queries.length, BITS);
  const peer = { peer: version, size, kind };
  const index = createRingIndex();
  index.insertMany(
    Uint32Array.from({ length: size }, (_, i) => i),
    signals,
  );
  const ours = timesOf(2_000, (turn) => index.search(queries[turn % queries.length]!, BITS));
  return [
    { id: 'match.lookup.p50_us', value: 1000 * quantile(ours, 0.5), unit: 'µs', size, kind },
    { id: 'match.lookup.p50_us', value: quantile(us, 0.5), unit: 'µs', ...peer },
    { id: 'match.recall', value: recallOf(ids, everyAnswer(signals, queries)), unit: '%', ...peer },
    { id: 'match.build_s', value: seconds, unit: 's', ...peer },
  ];
}

async function snapshotFigures(
  index: RingIndex,
  size: number,
  kind: MatchDataKind,
  folder: string,
): Promise<readonly Figure[]> {
  const file = path.join(folder, 'snapshot');
  const begun = performance.now();
  const target = openSync(file, 'w');
  for (const chunk of ringSnapshot(index, 0)) writeSync(target, chunk);
  const written = performance.now();
  const restored = await readRingSnapshot(createReadStream(file, { highWaterMark: 1 << 20 }));
  if (!restored.ok || restored.index.size !== index.size)
    throw new Error('bench: a snapshot did not come back');
  return [
    { id: 'match.snapshot_s', value: (written - begun) / 1000, unit: 's', size, kind },
    { id: 'match.load_s', value: (performance.now() - written) / 1000, unit: 's', size, kind },
  ];
}

/** The same signals in an index that has two threads aside: loading, batches on one and on both, insertions. */
async function threadFigures(
  kind: MatchDataKind,
  ids: Uint32Array,
  signals: Uint8Array,
  drawn: Uint8Array,
  strangers: readonly Uint8Array[],
  report: (doing: string) => void,
): Promise<readonly Figure[]> {
  const both = startRingThreads(2);
  let threads: 1 | 2 = 2;
  const aside: WorkAside = {
    get threads() {
      return threads;
    },
    sort: both.sort,
    search: both.search,
    pause: both.pause,
    failed: (error) => report(`a merge failed: ${String(error)}`),
  };
  try {
    const index = createRingIndex({ aside });
    report('building on two threads');
    const begun = performance.now();
    await index.load(ids, signals);
    const built = (performance.now() - begun) / 1000;
    report('timing batches on one thread and on two');
    const many = Array.from({ length: 20_000 }, (_, i) => strangers[i % strangers.length]!);
    const ms: Record<1 | 2, number[]> = { 1: [], 2: [] };
    for (let round = 0; round <= ROUNDS; round++) {
      for (threads of [1, 2] as const) {
        const start = performance.now();
        await index.searchBatchAside(many, BITS);
        if (round > 0) ms[threads].push(performance.now() - start);
      }
    }
    report('inserting while asking');
    const waits = await insertWhileAsking(index, ids.length, drawn, strangers);
    await index.settled();
    const figure = { size: ids.length, kind };
    return [
      { id: 'match.build_threads_2_s', value: built, unit: 's', ...figure },
      {
        id: 'match.threads_2_ratio',
        value: quantile(ms[1], 0.5) / quantile(ms[2], 0.5),
        unit: 'x',
        ...figure,
      },
      { id: 'match.insert_to_match_p99_ms', value: quantile(waits, 0.99), unit: 'ms', ...figure },
      { id: 'match.insert_to_match_max_ms', value: quantile(waits, 1), unit: 'ms', ...figure },
    ];
  } finally {
    await both.close();
  }
}

/** Milliseconds from each insertion to the lookup that has found it, with other lookups in between. */
async function insertWhileAsking(
  index: RingIndex,
  size: number,
  fresh: Uint8Array,
  strangers: readonly Uint8Array[],
): Promise<readonly number[]> {
  const waits: number[] = [];
  const signal = new Uint8Array(SIGNAL_BYTES);
  for (let i = 0; i < INSERTIONS; i++) {
    const at = (i * SIGNAL_BYTES) % fresh.length;
    for (let byte = 0; byte < SIGNAL_BYTES; byte++) signal[byte] = fresh[at + byte]! ^ (i >> (byte % 16));
    const begun = performance.now();
    index.insert(size + i, signal);
    if (!index.search(signal, BITS).some(({ id }) => id === size + i))
      throw new Error('bench: a signal was not found after its insertion');
    waits.push(performance.now() - begun);
    index.search(strangers[i % strangers.length]!, BITS);
    // As a server does: between two requests others have their turn, the merge aside among them.
    if (i % 4 === 3) await new Promise((resolve) => setImmediate(resolve));
  }
  return waits;
}

/** Stored signals with 0 to 31 bits changed. */
function neighboursOf(signals: Uint8Array, count: number): readonly Uint8Array[] {
  const stored = signals.length / SIGNAL_BYTES;
  return Array.from({ length: count }, (_, i) => {
    const at = Math.floor((i * stored) / count) * SIGNAL_BYTES;
    const neighbour = signals.slice(at, at + SIGNAL_BYTES);
    // 37 is prime to 256: different bits, all over the signal.
    for (let bit = 0; bit < i % (BITS + 1); bit++) {
      const place = (i + 37 * bit) % 256;
      neighbour[place >> 3]! ^= 0x80 >> (place & 7);
    }
    return neighbour;
  });
}

/** The places of the signals within reach of each query, by comparing all. */
function everyAnswer(signals: Uint8Array, queries: readonly Uint8Array[]): readonly (readonly number[])[] {
  const asked = queries.map(wordsOf);
  const found = queries.map((): number[] => []);
  const words = new Uint32Array(WORDS);
  const view = new DataView(signals.buffer, signals.byteOffset, signals.length);
  for (let row = 0; row < signals.length / SIGNAL_BYTES; row++) {
    for (let i = 0; i < WORDS; i++) words[i] = view.getUint32(row * SIGNAL_BYTES + 4 * i);
    for (let q = 0; q < asked.length; q++) {
      if (distanceWithin(words, 0, asked[q]!, BITS) <= BITS) found[q]!.push(row);
    }
  }
  return found;
}

/** The share of right ids that were found, in per cent. */
function recallOf(found: readonly (readonly number[])[], truth: readonly (readonly number[])[]): number {
  let right = 0;
  let all = 0;
  for (const [i, ids] of truth.entries()) {
    const answer = new Set(found[i]);
    all += ids.length;
    right += ids.filter((id) => answer.has(id)).length;
  }
  return (100 * right) / all;
}

function split(signals: Uint8Array): readonly Uint8Array[] {
  return Array.from({ length: signals.length / SIGNAL_BYTES }, (_, i) =>
    signals.subarray(i * SIGNAL_BYTES, (i + 1) * SIGNAL_BYTES),
  );
}

/** One write takes at most 2 GiB. */
function writeLarge(file: string, bytes: Uint8Array): void {
  const target = openSync(file, 'w');
  for (let from = 0; from < bytes.length; from += 1 << 28)
    writeSync(target, bytes.subarray(from, from + (1 << 28)));
}

function nameOf(name: MatchPeerName, version: string): string {
  return `${version} ${name.replace(/^faiss-/, '')}`;
}

/** Milliseconds of each turn after as many again to warm up. */
function timesOf(turns: number, work: (turn: number) => unknown): readonly number[] {
  const times: number[] = [];
  for (let turn = -turns; turn < turns; turn++) {
    const start = performance.now();
    work(turn + turns);
    if (turn >= 0) times.push(performance.now() - start);
  }
  return times;
}

/** Milliseconds of processor time that this process has had: what a loaded machine does not stretch as much. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}
