/**
 * Story: the service, its database, or both are killed with SIGKILL in the middle of writes, twenty times. Whatever was
 * answered with a success is there afterwards, in full and in the chain.
 * @module
 */

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { EMPTY_HEAD, verifyChain } from '@reclaim/casework/event-chain';
import { scratchDirectory, untilServerGone } from '@reclaim/store/embedded-scratch.fixture';

const CYCLES = 20;
const VICTIMS = ['service', 'database', 'both'] as const;

type Running = {
  readonly child: ChildProcess;
  readonly url: string;
  readonly token: string;
  readonly postmasterPid: number;
};

/** What was acknowledged: ids of signals, and of jobs with the state that the last answer gave. */
type Acknowledged = {
  readonly signals: Set<string>;
  readonly withdrawn: Set<string>;
  readonly decided: Set<string>;
};

async function startChild(dataDir: string): Promise<Running> {
  const program = fileURLToPath(new URL('./crash-node.fixture.ts', import.meta.url));
  const child = spawn(process.execPath, [program, dataDir], { stdio: ['ignore', 'pipe', 'pipe'] });
  let words = '';
  child.stderr!.on('data', (chunk) => {
    words += chunk;
  });
  const line = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout!).once('line', resolve);
    child.once('exit', (code) =>
      reject(new Error(`the node ended with ${code} before it was ready: ${words}`)),
    );
  });
  return { child, ...JSON.parse(line) };
}

async function asked(node: Running, method: string, path: string, json?: unknown) {
  const response = await fetch(node.url + path, {
    method,
    headers: {
      authorization: `Bearer ${node.token}`,
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    signal: AbortSignal.timeout(120_000),
  });
  const text = await response.text();
  return { status: response.status, json: text === '' ? undefined : JSON.parse(text) };
}

/** Writes until `stop`, noting only what was answered with a success. Errors are what a crash looks like from outside. */
async function write(
  node: Running,
  bankId: string,
  noted: Acknowledged,
  worker: string,
  stop: AbortSignal,
): Promise<void> {
  for (let i = 0; !stop.aborted; i++) {
    try {
      const digest = crypto.getRandomValues(Buffer.alloc(32)).toString('hex');
      const signals = [{ kind: 'sha256', value: digest }];
      const banked = await asked(node, 'POST', `/v1/banks/${bankId}/signals`, { signals });
      if (banked.status !== 201) continue;
      const { id, capability } = banked.json.signals[0];
      noted.signals.add(id);
      const item = { id: `${worker}-${i}-${digest.slice(0, 8)}` };
      const held = await asked(node, 'POST', '/v1/check', { items: [{ item, signals }] });
      if (held.status !== 200) continue;
      const [{ verdict, jobId }] = held.json.results;
      assert.equal(verdict, 'review');
      if ((await asked(node, 'POST', `/v1/jobs/${jobId}/claim`)).status !== 200) continue;
      const ruling = { outcome: 'keep', ground: 'not-intimate' };
      const decided = await asked(node, 'POST', `/v1/jobs/${jobId}/decide`, {
        ruling,
        facts: 'a picture made by a test',
      });
      if (decided.status === 200) noted.decided.add(jobId);
      if (i % 3 === 0 && (await asked(node, 'POST', '/v1/withdrawals', { capability })).status === 204)
        noted.withdrawn.add(id);
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

async function verifyAll(node: Running, noted: Acknowledged): Promise<void> {
  for (const id of noted.signals) {
    const { status, json } = await asked(node, 'GET', `/v1/signals/${id}`);
    assert.equal(status, 200, 'an acknowledged signal is gone');
    if (noted.withdrawn.has(id)) assert.equal(json.state, 'withdrawn', 'an acknowledged withdrawal is gone');
  }
  for (const id of noted.decided) {
    assert.equal(
      (await asked(node, 'GET', `/v1/jobs/${id}`)).json.state,
      'decided',
      'an acknowledged decision is gone',
    );
  }
}

async function verifyLog(node: Running): Promise<number> {
  let head = EMPTY_HEAD;
  for (;;) {
    const { json } = await asked(node, 'GET', `/v1/audit?after=${head.seq}`);
    const verified = await verifyChain(head, json.records);
    assert.ok(verified.ok, 'the chain has a fault');
    head = verified.head;
    if (head.seq >= json.head.seq) return head.seq;
  }
}

function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

/** How long a killed database may take to come back on a machine that does other work too. */
const COMES_BACK_WITHIN_MS = 180_000;

test(`killed ${CYCLES} times during writes, it has everything that it acknowledged`, async (t) => {
  using scratch = scratchDirectory();
  const dataDir = scratch.path;
  const noted: Acknowledged = { signals: new Set(), withdrawn: new Set(), decided: new Set() };
  let node = await startChild(dataDir);
  try {
    const { json: bank } = await asked(node, 'POST', '/v1/banks', { name: 'crash' });
    for (let cycle = 0; cycle < CYCLES; cycle++) {
      const before = noted.decided.size;
      const stop = new AbortController();
      const writers = ['a', 'b', 'c', 'd'].map((name) =>
        write(node, bank.id, noted, `${cycle}${name}`, stop.signal),
      );
      // Not before something was acknowledged, and then at another moment of the work in each cycle.
      while (noted.decided.size < before + 2) await new Promise((resolve) => setTimeout(resolve, 5));
      await new Promise((resolve) => setTimeout(resolve, 17 * (cycle % 10)));
      const victim = VICTIMS[cycle % VICTIMS.length]!;
      if (victim !== 'service') process.kill(node.postmasterPid, 'SIGKILL');
      if (victim !== 'database') node.child.kill('SIGKILL');
      if (victim === 'database') {
        // It must come back by itself, while people go on asking.
        const ready = async () =>
          (await asked(node, 'POST', '/v1/banks', { name: `after ${cycle}` })).status === 201;
        const patience = performance.now() + COMES_BACK_WITHIN_MS;
        while (!(await ready().catch(() => false))) {
          assert.ok(performance.now() < patience, 'the database never came back');
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }
      stop.abort();
      await Promise.all(writers);
      if (victim === 'database') node.child.kill('SIGKILL');
      await killed(node.child);
      node = await startChild(dataDir);
    }
    await verifyAll(node, noted);
    const records = await verifyLog(node);
    t.diagnostic(
      `${noted.signals.size} signals, ${noted.withdrawn.size} withdrawals and ${noted.decided.size} decisions acknowledged, none lost; ${records} records verified`,
    );
  } finally {
    node.child.kill('SIGTERM');
    node.child.kill('SIGKILL');
    await killed(node.child);
    await untilServerGone(dataDir);
  }
});
