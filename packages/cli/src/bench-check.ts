/**
 * `reclaim bench check`: what `POST /v1/check` with ready signals costs over HTTP, with many signals in the bank.
 *
 * A node runs in a process of its own, with its own database; this process asks it over ten keep-alive connections, one request
 * in flight on each (`bench-check-client.ts`). Each request is one item as the client sends it: SHA-256 and PDQ in its eight
 * orientations, all of them strangers to the bank, so that every answer is `pass`, the usual case; thousands of bodies.
 * The strangers are chosen here, by an index of the same signals: of image-like hashes a third is near to something, so of
 * eight together hardly any item would pass, and each that does not opens a job on the disk, which is another measurement.
 * `check.per_second_core` is requests ÷ processor time of the node's process: what one core would do where nothing else
 * runs. Times are from sending to the whole answer, so they have the waiting of as many requests in front.
 * @module
 */

import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createRingIndex } from '@reclaim/matching/ring-index';
import type { BenchNodeReady, BenchNodeTask } from '@reclaim/service/bench-node.fixture';
import { BenchClient, benchRequest } from './bench-check-client.ts';
import type { Figure } from './bench-figure.ts';
import { MATCH_DATA_KINDS, type MatchDataKind, type SignalSource, signalSource } from './bench-match-data.ts';

/** How to run. */
export type BenchCheckOptions = {
  /** How many signals: a million unless said. */
  readonly size?: number;
  /** The one kind of data; both unless said. */
  readonly kind?: MatchDataKind;
  /** Hears what is done at the moment. */
  readonly report?: (doing: string) => void;
};

/** Requests at once: half of what a key may have in flight, since a place is given back a moment after the answer. */
const AT_ONCE = 10;
const WARM_UP = 8_000;
const REQUESTS = 20_000;
/** Different bodies; asked again at once, what they look at would be in the cache. */
const BODIES = 4_096;
const ORIENTATIONS = 8;
/** What the text of an answer to a stranger has. */
const PASSED = '"verdict":"pass"';
/** The bank's threshold. */
const BITS = 31;
/** Hashes drawn for one that is a stranger, at most. */
const PATIENCE = 100;

/**
 * Measures and answers the figures.
 * @throws {Error} where an answer is not `pass`, or the node does not start
 */
export async function benchCheck(options: BenchCheckOptions = {}): Promise<readonly Figure[]> {
  const { size = 1_000_000, report = () => {} } = options;
  const figures: Figure[] = [];
  for (const kind of options.kind === undefined ? MATCH_DATA_KINDS : [options.kind]) {
    figures.push(...(await measure(kind, size, (doing) => report(`${kind}: ${doing}`))));
  }
  return figures;
}

async function measure(
  kind: MatchDataKind,
  size: number,
  report: (doing: string) => void,
): Promise<readonly Figure[]> {
  const dataDir = mkdtempSync(path.join(realpathSync(tmpdir()), 'reclaim-bench-'));
  // The database runs as somebody else where we are root.
  chmodSync(dataDir, 0o711);
  report('drawing');
  const source = signalSource(kind, 1);
  const drawn = new Uint8Array(32 * size);
  source(drawn);
  const signals = path.join(dataDir, 'signals');
  writeFileSync(signals, drawn);
  const bodies = bodiesOf(strangersTo(drawn, source, ORIENTATIONS * BODIES));
  report('filling a bank and starting a node');
  const task: BenchNodeTask = { dataDir, signals };
  const program = new URL(import.meta.resolve('@reclaim/service/bench-node.fixture'));
  const child = fork(program, [JSON.stringify(task)]);
  try {
    const { url, token, startSeconds, snapshotSeconds } = await readyOf(child);
    const requests = bodies.map((body) => benchRequest(`${url}/v1/check`, token, body));
    const client = await BenchClient.open(url, AT_ONCE);
    const cpu = async () => {
      child.send('cpu');
      const [{ cpu }] = (await once(child, 'message')) as [{ cpu: NodeJS.CpuUsage }];
      return (cpu.user + cpu.system) / 1e6;
    };
    report('asking');
    // For the compiler.
    await client.askAll(requests, WARM_UP, PASSED);
    const before = await cpu();
    const begun = performance.now();
    const answers = await client.askAll(requests, REQUESTS, PASSED);
    const seconds = (performance.now() - begun) / 1000;
    const used = (await cpu()) - before;
    client.close();
    if (!answers.every(({ passed }) => passed)) throw new Error('bench: a stranger did not pass');
    const sorted = Float64Array.from(answers, ({ ms }) => ms).sort();
    const figure = (id: string, value: number, unit: string): Figure => ({ id, value, unit, size, kind });
    return [
      figure('check.p50_ms', sorted[Math.floor(0.5 * sorted.length)]!, 'ms'),
      figure('check.p99_ms', sorted[Math.floor(0.99 * sorted.length)]!, 'ms'),
      figure('check.per_second', REQUESTS / seconds, '1/s'),
      figure('check.per_second_core', REQUESTS / used, '1/s'),
      figure('check.cpu_us', (1e6 * used) / REQUESTS, 'µs'),
      figure('check.start_s', startSeconds, 's'),
      figure('check.start_from_snapshot_s', snapshotSeconds, 's'),
    ];
  } finally {
    if (child.connected) child.send('stop');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function readyOf(child: ReturnType<typeof fork>): Promise<BenchNodeReady> {
  const ended = once(child, 'exit').then(() => {
    throw new Error('bench: the node ended before it was ready');
  });
  ended.catch(() => undefined);
  const [{ ready }] = (await Promise.race([once(child, 'message'), ended])) as [{ ready: BenchNodeReady }];
  return ready;
}

/** Hashes that go on where the bank's ended, without those that are near to any of it. */
function strangersTo(bank: Uint8Array, source: SignalSource, count: number): readonly Uint8Array[] {
  const index = createRingIndex();
  const ids = Uint32Array.from({ length: bank.length / 32 }, (_, i) => i);
  index.insertMany(ids, bank);
  const strangers: Uint8Array[] = [];
  for (let tries = 0; strangers.length < count; tries++) {
    if (tries > PATIENCE * count) throw new Error('bench: expected some hashes without a match');
    const hash = new Uint8Array(32);
    source(hash);
    if (index.search(hash, BITS).length === 0) strangers.push(hash);
  }
  return strangers;
}

function bodiesOf(hashes: readonly Uint8Array[]): readonly string[] {
  return Array.from({ length: BODIES }, (_, i) => {
    const own = hashes.slice(ORIENTATIONS * i, ORIENTATIONS * (i + 1));
    const orientations = own.map((hash) => Buffer.from(hash).toString('hex'));
    const sha256 = createHash('sha256').update(Buffer.concat(own)).digest('hex');
    const signals = [
      { kind: 'sha256', value: sha256 },
      { kind: 'pdq', value: orientations[0], quality: 100, pipeline: 'bench-1', orientations },
    ];
    return JSON.stringify({ items: [{ item: { id: `item-${i}` }, signals }] });
  });
}
