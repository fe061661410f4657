/**
 * The node of `reclaim bench check`, in a process of its own: fills a bank, starts, and answers over the channel of
 * `fork` what it is asked: its processor time, or to start again from the snapshot that it leaves.
 * @module
 */

import { readFileSync } from 'node:fs';
import { makeBank } from '@reclaim/store/banks';
import { fillBank } from '@reclaim/store/filled-bank.fixture';
import { makeKey } from '@reclaim/store/keys';
import { Store } from '@reclaim/store/store';
import { startNode } from './node.ts';

/** What the node is told at first. */
export type BenchNodeTask = {
  readonly dataDir: string;
  /** A file with 32 bytes of each signal. */
  readonly signals: string;
};

/** What it says when it is ready. */
export type BenchNodeReady = {
  readonly url: string;
  readonly token: string;
  /** Seconds from the opening of the store to the first answer, with the bank read from the database. */
  readonly startSeconds: number;
  /** The same from the snapshot that the first start left. */
  readonly snapshotSeconds: number;
};

if (process.send !== undefined && process.argv[2] !== undefined) {
  const { dataDir, signals } = JSON.parse(process.argv[2]) as BenchNodeTask;
  const store = await Store.open({ dataDir });
  const bank = await makeBank(store, 'system', {
    ...{ name: 'bench', kind: 'positive', confidentBits: 31, possibleBits: 31 },
  });
  if (!bank.ok) throw new Error('bench: the bank was refused');
  await fillBank(store, bank.bank.id, readFileSync(signals));
  const { token } = await makeKey(store, 'system', { name: 'bench', scopes: ['check'] });
  await store.close();
  const start = async () => {
    const begun = performance.now();
    const node = await startNode({ dataDir, port: 0, snapshotFrom: 1 });
    return { node, seconds: (performance.now() - begun) / 1000 };
  };
  const first = await start();
  await first.node.stop();
  const second = await start();
  const { node } = second;
  process.on('message', (asked) => {
    if (asked === 'cpu') process.send!({ cpu: process.cpuUsage() });
    if (asked === 'stop') void node.stop().then(() => process.exit(0));
  });
  // Whoever asked is gone: nobody else would end this.
  process.on('disconnect', () => void node.stop().then(() => process.exit(0)));
  const ready: BenchNodeReady = {
    ...{ url: node.url, token, startSeconds: first.seconds, snapshotSeconds: second.seconds },
  };
  process.send({ ready });
}
