/**
 * Runs the tests and ends with the one line CI reads: `N passed, N failed`, always the last on stdout.
 *
 *     node tools/run-tests.ts            every test
 *     node tools/run-tests.ts GLOB...    the files that match, from the root of the repository
 *
 * The rooms run in one process (13 times faster than one per file when it was measured with 40 files), so a test leaves
 * no globals changed. The stories in test/ run one after the other in a process each: every one brings a node or a
 * browser, and in one process all of these would start at once, and one that cannot start would fail all others.
 * What a test leaves open does not hold up the end; what never settles is cut off by the timeout.
 *
 * Node's own status is not enough: it is 0 when no file matched and when a test called `process.exit(0)` in the
 * middle. So the run is good only if the totals were written, something passed and nothing failed.
 * @module
 */

import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..');
const GLOBS = ['packages/**/*.test.ts', 'examples/**/*.test.ts', 'test/**/*.test.ts', 'tools/**/*.test.ts'];

/** For one test, in milliseconds: the crash cycles of the store are the longest and take a fraction of it. */
const TIMEOUT_MS = 180_000;

function testFiles(globs: readonly string[]): readonly string[] {
  const exclude = (entry: string) => entry.split(path.sep).includes('node_modules');
  return globSync([...globs], { cwd: ROOT, exclude }).sort();
}

/** How one batch ended. */
type Outcome = { readonly status: number; readonly passed: number; readonly failed: number };

/** Runs `files` and answers what the reporter counted; `undefined` when the process ended before it could. */
function run(files: readonly string[], isolation: 'none' | 'process'): Outcome | undefined {
  const folder = mkdtempSync(path.join(tmpdir(), 'reclaim-tests-'));
  const totals = path.join(folder, 'totals');
  // A runner started by a test must not take itself for a part of the outer run and report to it.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  try {
    const { status } = spawnSync(
      process.execPath,
      [
        '--test',
        `--test-isolation=${isolation}`,
        ...(isolation === 'process' ? ['--test-concurrency=1'] : []),
        '--test-force-exit',
        `--test-timeout=${TIMEOUT_MS}`,
        '--test-reporter=spec',
        '--test-reporter-destination=stdout',
        `--test-reporter=${path.join(ROOT, 'tools/totals.ts')}`,
        `--test-reporter-destination=${totals}`,
        ...files,
      ],
      { cwd: ROOT, env, stdio: 'inherit' },
    );
    const counted = /^(\d+) passed, (\d+) failed\n$/.exec(readFileSync(totals, 'utf8'));
    if (counted === null) return undefined;
    return { status: status ?? 1, passed: Number(counted[1]), failed: Number(counted[2]) };
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function close(passed: number, failed: number, status: number): never {
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exit(status);
}

const files = testFiles(process.argv.length > 2 ? process.argv.slice(2) : GLOBS);
if (files.length === 0) {
  console.log('No test file was found.');
  close(0, 0, 1);
}
const stories = files.filter((file) => file.startsWith(`test${path.sep}`));
const batches = [
  { files: files.filter((file) => !stories.includes(file)), isolation: 'none' },
  { files: stories, isolation: 'process' },
] as const;
let passed = 0;
let failed = 0;
let good = true;
for (const batch of batches) {
  if (batch.files.length === 0) continue;
  const outcome = run(batch.files, batch.isolation);
  if (outcome === undefined) {
    console.log('The tests ended before they could be counted: a test ended the process, or it was killed.');
    failed += 1;
    good = false;
    continue;
  }
  passed += outcome.passed;
  failed += outcome.failed;
  // A file that throws on load, or a hook that fails outside any test, shows in the status alone.
  if (outcome.status !== 0) good = false;
}
if (passed === 0) console.log('No test passed, which is not a good run.');
close(passed, failed, good && failed === 0 && passed > 0 ? 0 : 1);
