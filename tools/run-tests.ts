/**
 * Runs the tests and ends with the one line CI reads: `N passed, N failed`, always the last on stdout.
 *
 *     node tools/run-tests.ts            every test
 *     node tools/run-tests.ts GLOB...    the files that match, from the root of the repository
 *     node tools/run-tests.ts --again    what failed in one or two files is tried once more, alone
 *
 * The rooms run in a few processes (one process was 13 times faster than one per file when it was measured with 40 files),
 * so a test leaves no globals changed. The stories in test/ run in a process each: every one brings a node or a browser, and
 * in one process all of these would start at once, and one that cannot start would fail all others. Two processes run
 * side by side, since a walk waits for much of its time: a test must hold whatever runs beside it, and figures
 * come from bench/, never from here. What a process says is shown when it has ended, in one piece, or as it comes where it is
 * the only one. What a test leaves open does not hold up the end; what never settles is cut off by the timeout. What tests
 * write goes to a folder in memory where there is room (`scratch.ts`).
 *
 * `--again` is for `.ci/run`, where one walk that met a slow moment would keep a day's work from landing. It hides nothing:
 * the failure stands in the output, and so does `unsteady: FILE` before the closing line. A test that is unsteady is at fault,
 * or shows a fault (three of five did), and is mended before anything else. More than two files, a process that ended
 * before it was counted, or a second failure is no good run.
 *
 * Property tests draw from one seed (`seed.ts`), so that a green run stays green.
 *
 * Node's own status is not enough: it is 0 when no file matched and when a test called `process.exit(0)` in the
 * middle. So the run is good only if the totals were written, something passed and nothing failed.
 * @module
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { scratchInMemory } from './scratch.ts';

const ROOT = path.join(import.meta.dirname, '..');
const GLOBS = ['packages/**/*.test.ts', 'examples/**/*.test.ts', 'test/**/*.test.ts', 'tools/**/*.test.ts'];

/** Stories that take longest, begun first: else the last of them would run on with nothing beside it. */
const LONG = ['crash', 'portal-bare', 'portal-evidence', 'held-at-the-door', 'portal-access'].map(
  (name) => `test/${name}.test.ts`,
);

/** The rooms that run in a process of their own, the longest first; all others run in one more. */
const ROOMS = ['service', 'store', 'cli'].map((name) => path.join('packages', name) + path.sep);

/** Tests of what is kept through a crash: they write to the disk itself, with all that it makes them wait for. */
const ON_DISK = ['packages/store/src/embedded-crash.test.ts', 'test/crash.test.ts'];

/** Processes side by side. Three on two cores took as long in all, and each test 1.6 times as long (median of 285). */
const LANES = Math.min(2, availableParallelism());

/** Where what is no test of the disk writes; the machine's own folder for such files where that is undefined. */
const SCRATCH = scratchInMemory();

/** What makes answers late, where that was asked for (`late.ts`). */
const LATE = ['RECLAIM_LATE', 'RECLAIM_SLOW'].some((name) => process.env[name])
  ? [`--import=${pathToFileURL(path.join(ROOT, 'tools/late.ts')).href}`]
  : [];

/** Files that are tried once more at the most: where more fail, it was not a moment. */
const MOST_AGAIN = 2;

/** For one test, in milliseconds: the longest take a tenth of it on a quiet machine, and the machine may not be quiet. */
const TIMEOUT_MS = 600_000;

function testFiles(globs: readonly string[]): readonly string[] {
  const exclude = (entry: string) => entry.split(path.sep).includes('node_modules');
  return globSync([...globs], { cwd: ROOT, exclude }).sort();
}

/** What one process runs: several files in itself, or one in a child. */
type Batch = { readonly files: readonly string[]; readonly isolation: 'none' | 'process' };

/** How one batch ended; `undefined` when the process ended before it could be counted. */
type Outcome =
  | {
      readonly status: number;
      readonly passed: number;
      readonly failed: number;
      /** How many failed in which file. What failed outside of any test is in the status alone. */
      readonly failures: ReadonlyMap<string, number>;
    }
  | undefined;

/** What running processes have said so far. Whoever stops the run sees how far it came, and its folder in memory goes. */
const unsaid = new Map<Batch, readonly Buffer[]>();
process.on('exit', () => {
  for (const held of unsaid.values()) process.stdout.write(Buffer.concat(held));
  SCRATCH?.remove();
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

async function run(batch: Batch, atOnce: boolean): Promise<Outcome> {
  const folder = mkdtempSync(path.join(tmpdir(), 'reclaim-tests-'));
  const totals = path.join(folder, 'totals');
  const held: Buffer[] = [];
  // A runner started by a test must not take itself for a part of the outer run and report to it.
  const { NODE_TEST_CONTEXT: _, ...own } = process.env;
  const inMemory = SCRATCH !== undefined && !batch.files.some((file) => ON_DISK.includes(file));
  const env = {
    ...own,
    ...(inMemory ? { TMPDIR: SCRATCH.path } : {}),
    // What one process has compiled the next need not: half of what it takes to load a node.
    ...(SCRATCH === undefined ? {} : { NODE_COMPILE_CACHE: path.join(SCRATCH.path, 'compiled') }),
  };
  try {
    const child = spawn(
      process.execPath,
      [
        '--test',
        `--import=${pathToFileURL(path.join(ROOT, 'tools/seed.ts')).href}`,
        ...LATE,
        `--test-isolation=${batch.isolation}`,
        ...(batch.isolation === 'process' ? ['--test-concurrency=1'] : []),
        '--test-force-exit',
        `--test-timeout=${TIMEOUT_MS}`,
        // Of a name with two addresses, as localhost has on many machines, the first is given up on after 250 ms: a stalled process
        // would go on to the second, where nobody listens, without having looked whether the first had answered.
        '--network-family-autoselection-attempt-timeout=60000',
        '--test-reporter=spec',
        '--test-reporter-destination=stdout',
        `--test-reporter=${path.join(ROOT, 'tools/totals.ts')}`,
        `--test-reporter-destination=${totals}`,
        ...batch.files,
      ],
      { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    unsaid.set(batch, held);
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        if (atOnce) process.stdout.write(chunk);
        else held.push(chunk);
      });
    const closed = once(child, 'close');
    const [status] = (await once(child, 'exit')) as [number | null];
    // What a test left running may hold the pipes open for ever.
    await Promise.race([closed, pause(2_000)]);
    process.stdout.write(Buffer.concat(held));
    const [counted, ...lines] = readFileSync(totals, 'utf8').trimEnd().split('\n');
    const [, passed, failed] = /^(\d+) passed, (\d+) failed$/.exec(counted ?? '') ?? [];
    if (passed === undefined || failed === undefined) return undefined;
    const failures = lines.map((line) => {
      const [, count, file] = /^(\d+) in (.*)$/.exec(line) ?? [];
      return [file ?? '', Number(count)] as const;
    });
    return {
      status: status ?? 1,
      passed: Number(passed),
      failed: Number(failed),
      failures: new Map(failures),
    };
  } catch {
    return undefined;
  } finally {
    unsaid.delete(batch);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs batches in their order, as many at a time as there are lanes; the outcomes are in the order in which they ended. */
async function runAll(batches: readonly Batch[]): Promise<readonly Outcome[]> {
  const waiting = batches.filter(({ files }) => files.length > 0);
  const atOnce = waiting.length === 1;
  const ended: Outcome[] = [];
  const lane = async () => {
    for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift())
      ended.push(await run(batch, atOnce));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return ended;
}

function close(passed: number, failed: number, status: number): never {
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exit(status);
}

/** What of `outcomes` may be tried once more: nothing where something failed that no test of a file says. */
function unsteadyFiles(outcomes: readonly Outcome[]): readonly string[] {
  const files: string[] = [];
  for (const outcome of outcomes) {
    if (outcome === undefined) return [];
    const { status, failed, failures } = outcome;
    const named = [...failures.values()].reduce((sum, count) => sum + count, 0);
    if (named !== failed || (status !== 0 && failed === 0)) return [];
    files.push(...failures.keys());
  }
  return files.length <= MOST_AGAIN ? files : [];
}

/** Tries `file` once more, with nothing beside it; `outcomes` as they are when it passes. */
async function tryAgain(file: string, outcomes: readonly Outcome[]): Promise<readonly Outcome[]> {
  console.log(`${path.relative(ROOT, file)} failed; it is tried once more, alone.`);
  const second = await run({ files: [path.relative(ROOT, file)], isolation: 'process' }, true);
  if (second === undefined || second.status !== 0 || second.failed > 0) return outcomes;
  return outcomes.map((outcome) => {
    const mended = outcome?.failures.get(file);
    if (outcome === undefined || mended === undefined) return outcome;
    const failed = outcome.failed - mended;
    return {
      status: failed === 0 ? 0 : outcome.status,
      passed: outcome.passed + mended,
      failed,
      failures: new Map([...outcome.failures].filter(([name]) => name !== file)),
    };
  });
}

const asked = process.argv.slice(2).filter((word) => word !== '--again');
const again = process.argv.includes('--again');
const files = testFiles(asked.length > 0 ? asked : GLOBS);
if (files.length === 0) {
  console.log('No test file was found.');
  close(0, 0, 1);
}
const alone = files.filter((file) => file.startsWith(`test${path.sep}`) || ON_DISK.includes(file));
const long = LONG.filter((file) => alone.includes(file));
const together = files.filter((file) => !alone.includes(file));
const roomOf = (file: string) => ROOMS.find((room) => file.startsWith(room)) ?? 'others';
const rooms = ['others', ...ROOMS].map(
  (room): Batch => ({ files: together.filter((file) => roomOf(file) === room), isolation: 'none' }),
);
const stories = [...long, ...alone.filter((file) => !long.includes(file))].map(
  (file): Batch => ({ files: [file], isolation: 'process' }),
);
// Rooms compute and stories wait: a room beside a story, and not all rooms at once.
let outcomes = await runAll([
  ...rooms.flatMap((room, at) => [room, ...stories.slice(at, at + 1)]),
  ...stories.slice(rooms.length),
]);
const unsteady: string[] = [];
for (const file of again ? unsteadyFiles(outcomes) : []) {
  const after = await tryAgain(file, outcomes);
  if (after !== outcomes) unsteady.push(path.relative(ROOT, file));
  outcomes = after;
}
let passed = 0;
let failed = 0;
let good = true;
for (const outcome of outcomes) {
  if (outcome === undefined) {
    console.log('Tests ended before they could be counted: a test ended the process, or it was killed.');
    failed += 1;
    good = false;
    continue;
  }
  passed += outcome.passed;
  failed += outcome.failed;
  // A file that throws on load, or a hook that fails outside any test, shows in the status alone.
  if (outcome.status !== 0) good = false;
}
for (const file of unsteady)
  console.log(`unsteady: ${file} failed beside others and passed alone: mend it first.`);
if (passed === 0) console.log('No test passed, which is not a good run.');
close(passed, failed, good && failed === 0 && passed > 0 ? 0 : 1);
