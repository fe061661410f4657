/**
 * `reclaim bench check`: what `POST /v1/check` with ready signals costs over HTTP, with many signals in the bank.
 *
 * A node runs in a process of its own, with its own database; this process asks it over keep-alive connections, as many at
 * once as one key may (a few less). Each request is one item as the client sends it: SHA-256 and PDQ in its eight
 * orientations, all of them strangers to the bank, so that every answer is `pass`, the usual case; thousands of bodies.
 * `check.per_second_core` is requests ÷ processor time of the node's process: what one core would do where nothing else
 * runs. Times are from sending to the whole answer, so they have the waiting of as many requests in front.
 * @module
 */

import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, closeSync, mkdtempSync, openSync, realpathSync, rmSync, writeSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BenchNodeReady, BenchNodeTask } from '@reclaim/service/bench-node.fixture';
import type { Figure } from './bench-figure.ts';
import { MATCH_DATA_KINDS, type MatchDataKind, type SignalSource, signalSource } from './bench-match-data.ts';

/** How to run. */
export type BenchCheckOptions = {
  /** How many signals: a million unless said. */
  readonly size?: number;
  /** Hears what is done at the moment. */
  readonly report?: (doing: string) => void;
};

/** Requests at once: half of what a key may have in flight, since a place is given back a moment after the answer. */
const AT_ONCE = 10;
const WARM_UP = 4_000;
const REQUESTS = 40_000;
/** Different bodies; asked again at once, what they look at would be in the cache. */
const BODIES = 4_096;

/**
 * Measures and answers the figures.
 * @throws {Error} where an answer is not `pass`, or the node does not start
 */
export async function benchCheck(options: BenchCheckOptions = {}): Promise<readonly Figure[]> {
  const { size = 1_000_000, report = () => {} } = options;
  const figures: Figure[] = [];
  for (const kind of MATCH_DATA_KINDS) {
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
  const signals = path.join(dataDir, 'signals');
  writeSignals(signals, source, size);
  const bodies = bodiesOf(source);
  report('filling a bank and starting a node');
  const task: BenchNodeTask = { dataDir, signals };
  const program = new URL(import.meta.resolve('@reclaim/service/bench-node.fixture'));
  const child = fork(program, [JSON.stringify(task)]);
  try {
    const { url, token, startSeconds, snapshotSeconds } = await readyOf(child);
    const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
    const cpu = async () => {
      child.send('cpu');
      const [{ cpu }] = (await once(child, 'message')) as [{ cpu: NodeJS.CpuUsage }];
      return (cpu.user + cpu.system) / 1e6;
    };
    report('asking');
    // Strangers of the image-like kind may be near to something: their jobs are written to the disk, which is another
    // measurement. Two turns: those that pass, and for the compiler.
    const first = await askAll(url, token, agent, bodies, bodies.length);
    const strangers = bodies.filter((_, i) => first[i]!.passed);
    if (2 * strangers.length < bodies.length) throw new Error('bench: most queries matched');
    await askAll(url, token, agent, strangers, WARM_UP);
    const before = await cpu();
    const begun = performance.now();
    const answers = await askAll(url, token, agent, strangers, REQUESTS);
    const seconds = (performance.now() - begun) / 1000;
    const used = (await cpu()) - before;
    agent.destroy();
    if (!answers.every(({ passed }) => passed)) throw new Error('bench: an answer changed');
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

function writeSignals(file: string, source: SignalSource, size: number): void {
  const target = openSync(file, 'w');
  const some = new Uint8Array(32 * 65_536);
  for (let left = size; left > 0; left -= 65_536) {
    const part = some.subarray(0, 32 * Math.min(left, 65_536));
    source(part);
    writeSync(target, part);
  }
  closeSync(target);
}

/** Requests whose hashes go on where the bank's ended. */
function bodiesOf(source: SignalSource): readonly Buffer[] {
  const hashes = new Uint8Array(32 * 8);
  return Array.from({ length: BODIES }, (_, i) => {
    source(hashes);
    const orientations = Array.from({ length: 8 }, (_, at) =>
      Buffer.from(hashes.subarray(32 * at, 32 * (at + 1))).toString('hex'),
    );
    const sha256 = createHash('sha256').update(hashes).digest('hex');
    const signals = [
      { kind: 'sha256', value: sha256 },
      { kind: 'pdq', value: orientations[0], quality: 100, pipeline: 'bench-1', orientations },
    ];
    return Buffer.from(JSON.stringify({ items: [{ item: { id: `item-${i}` }, signals }] }));
  });
}

type Answer = { readonly ms: number; readonly passed: boolean };

/** Sends `count` requests, `AT_ONCE` of them in flight; an answer for each, in their order. */
async function askAll(
  url: string,
  token: string,
  agent: Agent,
  bodies: readonly Buffer[],
  count: number,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  let next = 0;
  const asking = async () => {
    while (next < count) {
      const at = next++;
      const begun = performance.now();
      const { status, text } = await ask(url, token, agent, bodies[at % bodies.length]!);
      if (status !== 200) throw new Error(`bench: the node answered ${status}`);
      answers[at] = { ms: performance.now() - begun, passed: text.includes('"verdict":"pass"') };
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, asking));
  return answers;
}

function ask(
  url: string,
  token: string,
  agent: Agent,
  body: Buffer,
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': body.length,
    };
    const asked = request(`${url}/v1/check`, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
