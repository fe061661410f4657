/**
 * The rules of the house, each tried on something that breaks it: a rule that nobody enforces is a wish.
 *
 * The linter and the type checker run on a copy of their configuration in a temporary folder, with planted files.
 * @module
 */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { type TestContext } from 'node:test';

const ROOT = path.join(import.meta.dirname, '..');

/** A folder for one test, with copies of `files` of the repository and the given planted ones. */
function planted(
  t: TestContext,
  copies: readonly string[],
  plants: Readonly<Record<string, string>>,
): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'reclaim-house-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const file of copies) cpSync(path.join(ROOT, file), path.join(folder, file));
  for (const [file, text] of Object.entries(plants)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  return folder;
}

function tool(name: string, args: readonly string[], cwd: string) {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const done = spawnSync(path.join(ROOT, 'node_modules/.bin', name), args, { cwd, env, encoding: 'utf8' });
  assert.equal(done.error, undefined, `expected ${name} to run`);
  return done;
}

type Manifest = {
  readonly exports?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(path.join(ROOT, file), 'utf8'));
}

test('the lock file names no place to download from', () => {
  assert.doesNotMatch(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'), /"resolved":\s*"http/);
});

test('every optional package of the lock file has its own entry, without which npm ci refuses', () => {
  const { packages } = readJson('package-lock.json') as { packages: Readonly<Record<string, Manifest>> };
  const entries = Object.keys(packages);
  const wanted = Object.values(packages).flatMap((each) => Object.keys(each.optionalDependencies ?? {}));
  assert.ok(wanted.length > 0, 'expected optional packages');
  const missing = wanted.filter((name) => !entries.some((entry) => entry.endsWith(`node_modules/${name}`)));
  assert.deepEqual(missing, []);
});

test('every room says in twenty lines what it is, and what may be imported from it', () => {
  const rooms = readdirSync(path.join(ROOT, 'packages'));
  assert.ok(rooms.length > 0);
  for (const room of rooms) {
    const { exports } = readJson(`packages/${room}/package.json`) as Manifest;
    assert.ok(exports !== undefined && Object.keys(exports).length > 0, `${room}: expected exports`);
    const readme = path.join(ROOT, 'packages', room, 'README.md');
    assert.ok(existsSync(readme), `${room}: expected a README.md`);
    const lines = readFileSync(readme, 'utf8').trimEnd().split('\n');
    assert.ok(lines.length >= 3 && lines.length <= 20, `${room}: README.md has ${lines.length} lines`);
  }
});

type Plant = { readonly file: string; readonly rule: string; readonly text: string };

const LINTED: readonly Plant[] = [
  {
    file: 'packages/casework/src/any.ts',
    rule: 'lint/suspicious/noExplicitAny',
    text: 'export const planted: any = 1;\n',
  },
  {
    file: 'packages/casework/src/by-default.ts',
    rule: 'lint/style/noDefaultExport',
    text: 'export default 1;\n',
  },
  {
    file: 'packages/casework/src/undeclared.ts',
    rule: 'lint/correctness/noUndeclaredDependencies',
    text: "import { planted } from '@reclaim/store/planted';\n\nexport const taken = planted;\n",
  },
  {
    file: 'packages/casework/src/cycle-one.ts',
    rule: 'lint/suspicious/noImportCycles',
    text: "import { two } from './cycle-two.ts';\n\nexport const one: number = two + 1;\n",
  },
  {
    file: 'packages/casework/src/cycle-two.ts',
    rule: 'lint/suspicious/noImportCycles',
    text: "import { one } from './cycle-one.ts';\n\nexport const two: number = one + 1;\n",
  },
  {
    file: 'packages/casework/src/node-inside.ts',
    rule: 'lint/correctness/noNodejsModules',
    text: "import { hostname } from 'node:os';\n\nexport const name = hostname();\n",
  },
  {
    file: 'packages/casework/src/barrel.ts',
    rule: 'lint/performance/noBarrelFile',
    text: "export { clean } from './clean.ts';\n",
  },
  {
    file: 'packages/casework/src/barrel-of-all.ts',
    rule: 'lint/performance/noReExportAll',
    text: "export * from './clean.ts';\n",
  },
  {
    file: 'packages/casework/src/Named_Wrong.ts',
    rule: 'lint/style/useFilenamingConvention',
    text: 'export const wrong = 1;\n',
  },
];

test('the linter refuses what the house forbids, and nothing of a clean file', (t) => {
  const clean: Readonly<Record<string, string>> = {
    'packages/casework/src/clean.ts': 'export const clean = 1;\n',
    // The same imports are allowed where they are declared, or outside a pure room.
    'packages/casework/src/inside.test.ts':
      "import { hostname } from 'node:os';\n\nexport const name = hostname();\n",
    'packages/service/src/declared.ts':
      "import { hostname } from 'node:os';\nimport { planted } from '@reclaim/store/planted';\n\nexport const taken = [hostname(), planted];\n",
  };
  const folder = planted(
    t,
    [
      'biome.json',
      '.gitignore',
      'package.json',
      'packages/casework/package.json',
      'packages/service/package.json',
    ],
    { ...clean, ...Object.fromEntries(LINTED.map((each) => [each.file, each.text])) },
  );
  const { stdout, status } = tool('biome', ['lint', '--reporter=json', '--colors=off', '.'], folder);
  assert.notEqual(status, 0);
  const report = JSON.parse(stdout) as {
    readonly diagnostics: readonly {
      readonly category: string;
      readonly location: { readonly path: string };
    }[];
  };
  const found = report.diagnostics.map(({ category, location }) => `${location.path} ${category}`);
  for (const { file, rule } of LINTED)
    assert.ok(found.includes(`${file} ${rule}`), `expected ${rule} for ${file}`);
  for (const file of Object.keys(clean)) {
    assert.deepEqual(
      found.filter((each) => each.startsWith(file)),
      [],
    );
  }
});

test('a pure room knows the web but neither process nor node', (t) => {
  const folder = planted(t, ['package.json', 'tsconfig.json', 'tsconfig.pure.json'], {
    'packages/casework/src/clean.ts':
      "export const bytes = crypto.getRandomValues(new TextEncoder().encode('clean'));\n",
    'packages/casework/src/uses-process.ts': 'export const folder: string = process.cwd();\n',
    'packages/raster/src/uses-node.ts':
      "import { hostname } from 'node:os';\n\nexport const name = hostname();\n",
    'packages/matching/src/uses-document.ts': 'export const title = document.title;\n',
  });
  const { stdout, status } = tool('tsc', ['--project', 'tsconfig.pure.json', '--pretty', 'false'], folder);
  assert.notEqual(status, 0);
  assert.match(stdout, /uses-process\.ts\(1,\d+\): error TS2591: Cannot find name 'process'/);
  assert.match(stdout, /uses-node\.ts\(1,\d+\): error TS2591: Cannot find name 'node:os'/);
  assert.match(stdout, /uses-document\.ts\(1,\d+\): error TS2584: Cannot find name 'document'/);
  assert.doesNotMatch(stdout, /clean\.ts/);
});

/** Runs the test runner on `globs` and answers its status and the last line of its stdout. */
function runTests(globs: readonly string[]): {
  readonly status: number | null;
  readonly last: string | undefined;
  readonly stdout: string;
} {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const runner = path.join(ROOT, 'tools/run-tests.ts');
  const { status, stdout } = spawnSync(process.execPath, [runner, ...globs], { env, encoding: 'utf8' });
  return { status, last: stdout.trimEnd().split('\n').at(-1), stdout };
}

test('a run of tests that tests nothing is a failed run', () => {
  const { status, last } = runTests(['no-such-folder/*.test.ts']);
  assert.deepEqual([status, last], [1, '0 passed, 0 failed']);
});

test('the closing line tells a good run from a failed, a skipped, a broken and a cut-off one', (t) => {
  const folder = planted(t, [], {
    'good.test.ts': "import test from 'node:test';\nsetInterval(() => {}, 1000);\ntest('good', () => {});\n",
    'bad.test.ts': "import test from 'node:test';\ntest('bad', () => { throw new Error('planted'); });\n",
    'skipped.test.ts': "import test from 'node:test';\ntest.skip('skipped', () => {});\n",
    'broken.test.ts': "import './no-such-file.ts';\n",
    'cut-off.test.ts': "import test from 'node:test';\ntest('cut off', () => process.exit(0));\n",
  });
  const run = (...names: readonly string[]) => {
    const { status, last } = runTests(names.map((name) => path.join(folder, `${name}.test.ts`)));
    return { status, last };
  };
  assert.deepEqual(run('good'), { status: 0, last: '1 passed, 0 failed' });
  assert.deepEqual(run('good', 'bad'), { status: 1, last: '1 passed, 1 failed' });
  assert.deepEqual(run('skipped'), { status: 1, last: '0 passed, 0 failed' });
  assert.deepEqual(run('broken', 'good'), { status: 1, last: '1 passed, 1 failed' });
  assert.deepEqual(run('good', 'cut-off'), { status: 1, last: '0 passed, 1 failed' });
});

test('asked for, what failed in one file or two is tried once more alone, and the run says which', (t) => {
  const seen = (name: string, fails: string) => `
import { existsSync, writeFileSync } from 'node:fs';
import test from 'node:test';
test('steady', () => {});
test('unsteady', () => {
  const mark = new URL('./${name}.seen', import.meta.url);
  const first = !existsSync(mark);
  writeFileSync(mark, '');
  if (${fails}) throw new Error('planted');
});
`;
  const folder = planted(t, [], {
    'once.test.ts': seen('once', 'first'),
    'twice.test.ts': seen('twice', 'first'),
    'thrice.test.ts': seen('thrice', 'first'),
    'always.test.ts': seen('always', 'true'),
    'unasked.test.ts': seen('unasked', 'first'),
    'broken.test.ts': "import './no-such-file.ts';\n",
    'beside.test.ts': seen('beside', 'first'),
  });
  const run = (...names: readonly string[]) =>
    runTests(['--again', ...names.map((name) => path.join(folder, `${name}.test.ts`))]);
  const once = run('once', 'always');
  assert.deepEqual([once.status, once.last], [1, '3 passed, 1 failed']);
  assert.match(once.stdout, /unsteady: \S*once\.test\.ts/);
  assert.doesNotMatch(once.stdout, /unsteady: \S*always/);
  const both = run('twice', 'thrice');
  assert.deepEqual([both.status, both.last], [0, '4 passed, 0 failed']);
  assert.match(both.stdout, /planted[\s\S]*\nunsteady: \S*thrice[\s\S]*\nunsteady: \S*twice/);
  assert.equal(run('always', 'broken', 'beside').last, '2 passed, 3 failed');
  assert.equal(run('beside', 'broken').status, 1, 'a file that cannot be read fails twice');
  const strict = runTests([path.join(folder, 'unasked.test.ts')]);
  assert.deepEqual([strict.status, strict.last], [1, '1 passed, 1 failed']);
});

test('no file names a place on the machine of whoever wrote it, or a package registry', (t) => {
  if (!existsSync(path.join(ROOT, '.git')))
    return t.skip('the files that belong to the project are known to git alone');
  const { stdout, status } = spawnSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' });
  assert.equal(status, 0, 'expected git to list the files');
  const files = stdout.split('\0').filter((file) => file !== '' && existsSync(path.join(ROOT, file)));
  assert.ok(files.length > 10);
  const place =
    /(?:^|[\s"'`(=:<])\/(?:work|root|Users|home\/[a-z]+|tmp\/[\w.]+)\/[\w.-]|\bregistry\.[\w-]+\.\w|\b[\w-]+\.internal\b/m;
  for (const sample of ['see /root/notes', '"/home/somebody/x"', 'registry=https://registry.example.org/']) {
    assert.match(sample, place);
  }
  const named = files.filter((file) => {
    const text = readFileSync(path.join(ROOT, file), 'utf8');
    return !text.includes('\0') && file !== 'test/house.test.ts' && place.test(text);
  });
  assert.deepEqual(named, []);
});
