/**
 * HMA (Meta's hasher-matcher-actioner) over HTTP beside our `POST /v1/check`, on the same hashes in the same run.
 *
 * Usage: node bench/hma.ts CHECKOUT [SIZE]. CHECKOUT is the folder `hasher-matcher-actioner` of a checkout of
 * github.com/facebook/ThreatExchange; SIZE is 100,000 where nothing is said. Its Python, with what its pyproject.toml names,
 * is `bench/.cache/hma/bin/python`:
 *
 *     python3 -m venv bench/.cache/hma
 *     bench/.cache/hma/bin/pip install threatexchange==1.2.17 flask flask_sqlalchemy flask_migrate psycopg2-binary requests \
 *       flask_apscheduler python-dateutil python-json-logger 'flask-openapi3[swagger]' gunicorn
 *
 * HMA runs as its own Dockerfile starts it (gunicorn with one worker) and with the index that it builds itself, in a database
 * of its own on our embedded PostgreSQL, its curator and fetcher off. It is asked `GET /m/raw_lookup`, one hash a request and
 * without distances, and also by a worker with threads that keeps connections open. Ours is asked one hash and, as doors ask,
 * SHA-256 and eight orientations. All that is asked is drawn as uniform bits and matches nothing. The two take turns; first one request
 * in flight, for the time of an answer, then ten, for how many a second of processor time.
 * @module
 */

import { type ChildProcess, fork, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { signalSource } from '../packages/cli/src/bench-match-data.ts';
import type { BenchNodeReady, BenchNodeTask } from '../packages/service/src/bench-node.fixture.ts';
import { openEmbedded } from '../packages/store/src/embedded-database.ts';

const [checkout, sizeText = '100000'] = process.argv.slice(2);
const size = Number(sizeText);
const python = path.join(import.meta.dirname, '.cache/hma/bin/python');
const source = checkout === undefined ? undefined : path.join(checkout, 'src');
if (source === undefined || !existsSync(path.join(source, 'OpenMediaMatch')) || !(size > 1)) {
  console.error('usage: node bench/hma.ts CHECKOUT [SIZE]: no checkout of HMA there; nothing is measured');
  process.exit(2);
}
if (!existsSync(python)) {
  console.error(
    'HMA has no Python at bench/.cache/hma/bin/python (the head of bench/hma.ts says how); nothing is measured',
  );
  process.exit(2);
}

const ROUNDS = 3;
const ALONE = 300;
const TOGETHER = 1_000;
const AT_ONCE = 10;

type Asked = { readonly method: 'GET' | 'POST'; readonly path: string; readonly body?: Buffer };

/** One that is asked: where, what, and the seconds of processor time that it has had. */
type Peer = {
  readonly name: string;
  readonly port: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly asked: readonly Asked[];
  readonly cpu: () => Promise<number>;
  readonly passed: (answer: string) => boolean;
};

const folder = mkdtempSync(path.join(realpathSync(tmpdir()), 'reclaim-hma-'));
chmodSync(folder, 0o711);
const undo: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })];
try {
  await measure();
} finally {
  for (const step of undo.reverse()) await step();
}

async function measure(): Promise<void> {
  const draw = signalSource('uniform', 1);
  const signals = new Uint8Array(32 * size);
  draw(signals);
  const file = path.join(folder, 'signals');
  writeFileSync(file, signals);
  const strangers = new Uint8Array(32 * 8 * 1_024);
  draw(strangers);
  const hex = Array.from({ length: 8 * 1_024 }, (_, i) =>
    Buffer.from(strangers.subarray(32 * i, 32 * i + 32)).toString('hex'),
  );

  const { peers, buildSeconds } = await startHma(file, hex);
  console.log(`HMA built its index of ${size} in ${buildSeconds.toFixed(1)} s`);
  peers.push(...(await startOurs(file, hex)));
  const alone = new Map<string, number[]>();
  const together = new Map<string, number[]>();
  const used = new Map<string, number[]>();
  for (let round = 0; round <= ROUNDS; round++) {
    for (const peer of peers) {
      const one = await askAll(peer, ALONE, 1);
      const before = await peer.cpu();
      const begun = performance.now();
      await askAll(peer, TOGETHER, AT_ONCE);
      const seconds = (performance.now() - begun) / 1_000;
      const cpu = (await peer.cpu()) - before;
      // The first round is for compilers and caches.
      if (round === 0) continue;
      alone.set(peer.name, [...(alone.get(peer.name) ?? []), ...one]);
      together.set(peer.name, [...(together.get(peer.name) ?? []), TOGETHER / seconds]);
      used.set(peer.name, [...(used.get(peer.name) ?? []), (1e6 * cpu) / TOGETHER]);
    }
  }
  console.log(
    '| asked | p50, p99 of one in flight | a second, ten in flight | processor time of a request |\n|---|---|---|---|',
  );
  for (const { name } of peers) {
    const ms = alone.get(name)!;
    const us = quantile(used.get(name)!, 0.5);
    console.log(
      `| ${name} | ${quantile(ms, 0.5).toFixed(2)}, ${quantile(ms, 0.99).toFixed(2)} ms | ` +
        `${quantile(together.get(name)!, 0.5).toFixed(0)} | ${us.toFixed(0)} µs |`,
    );
  }
}

/** HMA with these hashes in its index, by both kinds of worker. */
async function startHma(
  file: string,
  hex: readonly string[],
): Promise<{ readonly peers: Peer[]; readonly buildSeconds: number }> {
  const database = await openEmbedded({ dataDir: path.join(folder, 'hma') });
  undo.push(() => database.stop());
  const { host, port, user, database: name } = database.connection;
  const config = path.join(folder, 'omm_config.py');
  writeFileSync(
    config,
    [
      `DATABASE_URI = "postgresql+psycopg2://${user}@/${name}?host=${host}&port=${port}"`,
      'PRODUCTION = True\nROLE_MATCHER = True\nROLE_HASHER = False\nROLE_CURATOR = False\nTASK_INDEX_CACHE = True\n',
    ].join('\n'),
  );
  const env = { ...process.env, OMM_CONFIG: config };
  const run = (args: readonly string[], more: object = {}) => {
    const { status, stdout, stderr } = spawnSync(python, args, {
      cwd: source,
      env: { ...env, ...more },
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`HMA: ${args.slice(0, 3).join(' ')} failed:\n${stderr.slice(-2_000)}`);
    return stdout;
  };
  const migrate = '-m flask --app OpenMediaMatch.app db upgrade --directory OpenMediaMatch/migrations'.split(
    ' ',
  );
  run(migrate, { MIGRATION_COMMAND: '1' });
  const loaded = run([path.join(import.meta.dirname, 'peer-hma.py'), file], { PYTHONPATH: source });
  const { build_s } = JSON.parse(loaded.trim().split('\n').at(-1)!) as { build_s: number };
  const asked = hex.map(
    (signal): Asked => ({ method: 'GET', path: `/m/raw_lookup?signal=${signal}&signal_type=pdq` }),
  );
  const peers: Peer[] = [];
  for (const [how, args] of [
    ['one worker', []],
    ['one worker of 4 threads', ['--worker-class', 'gthread', '--threads', '4']],
  ] as const) {
    const port = await freePort();
    const app = ['--bind', `127.0.0.1:${port}`, ...args, 'OpenMediaMatch.app:create_app()'];
    const child = spawn(python, ['-m', 'gunicorn', '--timeout', '120', ...app], {
      cwd: source,
      env,
      stdio: 'ignore',
    });
    undo.push(() => ended(child, 'SIGTERM'));
    await untilReady(port, child);
    peers.push({
      ...{ name: `HMA, ${how}`, port, headers: {}, asked },
      cpu: async () => processorSeconds(child.pid!),
      passed: (answer) => /"matches":\s*\[\s*\]/.test(answer),
    });
  }
  return { peers, buildSeconds: build_s };
}

/** Our node with the same hashes, asked with one hash and as doors ask. */
async function startOurs(signals: string, hex: readonly string[]): Promise<readonly Peer[]> {
  const task: BenchNodeTask = { dataDir: path.join(folder, 'ours'), signals };
  const program = new URL('../packages/service/src/bench-node.fixture.ts', import.meta.url);
  const child = fork(program, [JSON.stringify(task)]);
  undo.push(async () => {
    if (child.connected) child.send('stop');
    await ended(child);
  });
  const [{ ready }] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('hma: our node ended before it was ready'))),
  ])) as [{ ready: BenchNodeReady }];
  const pdq = (value: string) => ({ kind: 'pdq', value, quality: 100, pipeline: 'bench-1' });
  const ask = (signals: readonly object[], i: number): Asked => ({
    ...{ method: 'POST', path: '/v1/check' },
    body: Buffer.from(JSON.stringify({ items: [{ item: { id: `item-${i}` }, signals }] })),
  });
  const eight = Array.from({ length: hex.length / 8 }, (_, i) => {
    const orientations = hex.slice(8 * i, 8 * i + 8);
    const value = createHash('sha256').update(orientations.join()).digest('hex');
    return ask(
      [
        { kind: 'sha256', value },
        { ...pdq(orientations[0]!), orientations },
      ],
      i,
    );
  });
  const cpu = async () => {
    child.send('cpu');
    const [{ cpu }] = (await once(child, 'message')) as [{ cpu: NodeJS.CpuUsage }];
    return (cpu.user + cpu.system) / 1e6;
  };
  const headers = { authorization: `Bearer ${ready.token}`, 'content-type': 'application/json' };
  const shared = { port: Number(new URL(ready.url).port), headers, cpu };
  const passed = (answer: string) => answer.includes('"verdict":"pass"');
  return [
    { ...shared, passed, name: 'ours, one hash', asked: hex.map((value, i) => ask([pdq(value)], i)) },
    { ...shared, passed, name: 'ours, SHA-256 and eight orientations', asked: eight },
  ];
}

/** Milliseconds of each of `count` requests, `atOnce` in flight. */
async function askAll(peer: Peer, count: number, atOnce: number): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const times: number[] = [];
  let next = 0;
  const asking = async () => {
    while (next < count) {
      const asked = peer.asked[next++ % peer.asked.length]!;
      const begun = performance.now();
      const answer = await ask(peer, agent, asked);
      times.push(performance.now() - begun);
      if (!peer.passed(answer)) throw new Error(`hma: ${peer.name} answered something else than no match`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, asking));
  agent.destroy();
  return times;
}

function ask(
  { port, headers }: Pick<Peer, 'port' | 'headers'>,
  agent: Agent,
  { method, path, body }: Asked,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': body.length };
    const options = { host: '127.0.0.1', port, method, path, agent, headers: { ...headers, ...length } };
    const asked = request(options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`hma: status ${response.statusCode}`));
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/** Resolves when HMA says that it has its index. */
async function untilReady(port: number, child: ChildProcess): Promise<void> {
  const agent = new Agent();
  for (let tries = 0; tries < 1_200; tries++) {
    if (child.exitCode !== null) throw new Error('hma: gunicorn ended before it was ready');
    const text = await ask({ port, headers: {} }, agent, { method: 'GET', path: '/status' }).catch(() => '');
    if (text.includes('I-AM-ALIVE')) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('hma: it was not ready within two minutes');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('hma: no free port');
  return address.port;
}

async function ended(child: ChildProcess, signal?: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  if (signal !== undefined) child.kill(signal);
  await once(child, 'exit');
}

/** Seconds of processor time of a process and its children, from /proc (Linux), where a second has a hundred ticks. */
function processorSeconds(pid: number): number {
  const numbers = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  // Fields 14 and 15 of proc(5), counted from the state, which is field 3.
  let seconds = (Number(numbers[11]) + Number(numbers[12])) / 100;
  for (const task of readdirSync(`/proc/${pid}/task`)) {
    const children = readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim();
    for (const child of children === '' ? [] : children.split(' '))
      seconds += processorSeconds(Number(child));
  }
  return seconds;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}
