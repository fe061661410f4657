/**
 * `npm run demo`: a node and a photo board side by side, one picture already protected, and what to try.
 *
 * Starts over each time in `.data/demo`, so that what is printed is what happens. Nothing leaves this machine: both
 * listen on loopback. `DEMO_NODE_PORT` (8080) and `DEMO_BOARD_PORT` (8090) choose the ports; 0 takes free ones.
 * Ctrl+C stops both.
 * @module
 */

import { chmod, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startPhotoBoard } from '../examples/photo-board/src/photo-board.ts';
import { processTerminal } from '../packages/cli/src/terminal.ts';
import { createClient } from '../packages/client/src/client.ts';
import { hashFile } from '../packages/client/src/local-signals.ts';
import { guardUpload } from '../packages/client/src/upload-guard.ts';
import { startNode } from '../packages/service/src/node.ts';
import { demoLandscape, demoPictures, writeDemoPictures } from './demo-pictures.ts';

const ROOT = path.join(import.meta.dirname, '..');
const DATA = path.join(ROOT, '.data', 'demo');

/** What stops the demo, in the order in which it was started. */
const running: (() => Promise<void>)[] = [];

async function stopAll(): Promise<void> {
  for (const stop of running.splice(0).reverse()) await stop();
}

function portOf(name: string, standard: number): number {
  const port = Number(process.env[name] || standard);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new RangeError(`${name}: expected a port from 0 to 65535`);
  }
  return port;
}

async function startDemo(): Promise<string> {
  await rm(DATA, { recursive: true, force: true });
  const boardPort = portOf('DEMO_BOARD_PORT', 8090);
  const node = await startNode({
    dataDir: path.join(DATA, 'node'),
    port: portOf('DEMO_NODE_PORT', 8080),
    // The board is on this machine: without its name here no reviewer's look would be fetched from it.
    previewHosts: [`localhost:${boardPort}`, `127.0.0.1:${boardPort}`],
    log: (line) => console.error(`node   ${line}`),
  });
  running.push(node.stop);
  if (node.firstKey === undefined) throw new TypeError('demo: expected a fresh node to make its first key');
  const admin = createClient({ url: node.url, key: node.firstKey });
  const boardKey = await admin.addKey({ name: 'photo board', scopes: ['check', 'report'] });
  const reviewKey = await admin.addKey({ name: 'reviewer', scopes: ['review'] });
  const board = createClient({ url: node.url, key: boardKey.token });

  const pictures = await demoPictures();
  const folder = path.join(DATA, 'pictures');
  await writeDemoPictures(folder, pictures);
  await protect(admin, pictures[0]!.bytes);

  const site = await startPhotoBoard({
    client: board,
    dataDir: path.join(DATA, 'board'),
    port: boardPort,
    noticeUrl: `${node.url}/notice`,
    intervalMs: 1000,
    log: (line) => console.error(`board  ${line}`),
  });
  running.push(site.stop);
  for (const [seed, caption] of [
    [21, 'Over the ridge'],
    [22, 'Low water'],
    [23, 'Two trees'],
  ] as const) {
    await upload(site.url, await demoLandscape(seed), caption);
  }

  // Keys go into a file that its owner alone can read, not into a line that every process list shows.
  const keyFile = path.join(DATA, 'reviewer.key');
  await writeFile(keyFile, `${reviewKey.token}\n`, { mode: 0o600 });
  const headerFile = path.join(DATA, 'reviewer.header');
  await writeFile(headerFile, `Authorization: Bearer ${reviewKey.token}\n`, { mode: 0o600 });
  await chmod(keyFile, 0o600);

  const verdicts = await Promise.all(
    pictures.map(async ({ name, bytes, says }, at) => {
      const answer = await guardUpload(board, bytes, { id: `demo-look-${at}` });
      return { name, says, word: answer.kind === 'publish' ? 'is shown' : 'waits' };
    }),
  );
  // Those looks opened jobs of their own: taken off the queue again, so that it starts empty.
  const reviewer = createClient({ url: node.url, key: reviewKey.token });
  await clearQueue(reviewer);

  return words({ node: node.url, board: site.url, folder, headerFile, verdicts });
}

async function protect(admin: ReturnType<typeof createClient>, bytes: Uint8Array): Promise<void> {
  const bank = await admin.addBank({ name: 'demo: protected pictures' });
  const hashed = await hashFile(bytes);
  if (!hashed.ok) throw new TypeError('demo: expected the original to be a picture');
  const signals = hashed.signals.map((signal) => {
    if (signal.kind === 'sha256') return signal;
    // Only the upright hash is banked: eight hashes of one picture would say more of it than one.
    const { orientations: _, ...upright } = signal;
    return upright;
  });
  await admin.addSignals(bank.id, signals);
}

async function clearQueue(reviewer: ReturnType<typeof createClient>): Promise<void> {
  const { jobs } = await reviewer.jobs({ state: 'queued', limit: 200 });
  for (const { id } of jobs) {
    await reviewer.claim(id);
    await reviewer.decide(
      id,
      { outcome: 'keep', ground: 'notice-invalid' },
      'A look that the demo itself took.',
    );
  }
}

async function upload(boardUrl: string, bytes: Uint8Array<ArrayBuffer>, caption: string): Promise<void> {
  const form = new FormData();
  form.set('caption', caption);
  form.set('picture', new Blob([bytes]), 'picture.jpg');
  const reply = await fetch(`${boardUrl}/pictures`, { method: 'POST', body: form, redirect: 'manual' });
  if (reply.status !== 303)
    throw new TypeError(`demo: expected the board to take a picture, got ${reply.status}`);
}

type Words = {
  readonly node: string;
  readonly board: string;
  readonly folder: string;
  readonly headerFile: string;
  readonly verdicts: readonly { readonly name: string; readonly says: string; readonly word: string }[];
};

function words({ node, board, folder, headerFile, verdicts }: Words): string {
  const near = (file: string) => path.relative(process.cwd(), file) || '.';
  const widest = Math.max(...verdicts.map(({ name }) => name.length));
  const rows = verdicts.map(({ name, says, word }) => `  ${name.padEnd(widest)}  ${word.padEnd(8)}  ${says}`);
  const ask = `curl -sH @${near(headerFile)}`;
  return `
Photo board   ${board}
Node          ${node}
Pictures      ${near(folder)}

The first of these pictures is protected: its fingerprint is in the node's bank, the picture is not.
This is what the node said of each a moment ago:

${rows.join('\n')}

Try it
  1. Open ${board}/add and add any of them. One that waits is on no wall; its page does not say why.
  2. Be the reviewer. See what waits, and take the job:
       ${ask} '${node}/v1/jobs?state=queued'
       ${ask} -X POST ${node}/v1/jobs/JOB/claim
     A key decides by what the job says. To look at the picture, open the console: each look there is logged.
  3. Decide, with a reason in words. keep publishes, remove takes down and confirms the signals that you name:
       ${ask} -H 'content-type: application/json' ${node}/v1/jobs/JOB/decide \\
         -d '{"ruling":{"outcome":"remove","ground":"terms-intimate-image","confirms":[]},"facts":"The protected picture itself."}'
  4. Look at the uploader's page again. Then take the decision back, and look once more:
       ${ask} -H 'content-type: application/json' ${node}/v1/jobs/JOB/undo -d '{"facts":"Decided in error."}'
  5. Press "Ask to take it down" below a picture on the wall: a notice without an account, and a job with the law's clocks.
  6. Report one of the pictures on the wall; it becomes a job too.

Ctrl+C stops both.`;
}

let stopping = false;
processTerminal(process).onStopRequest(() => {
  if (stopping) process.exit(130);
  stopping = true;
  stopAll().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
try {
  console.error('Starting a node and a photo board…');
  console.log(await startDemo());
} catch (error) {
  await stopAll();
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  if (!taken) throw error;
  console.error('demo: a port is taken; choose others with DEMO_NODE_PORT and DEMO_BOARD_PORT');
  process.exitCode = 2;
}
