import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { parseArguments, parseWhole } from './command.ts';
import { editDistance, nearestWord } from './nearest-word.ts';
import { Problem } from './problem.ts';
import { documentOf, World } from './terminal.fixture.ts';
import { printable } from './terminal.ts';

const NAMES = [
  ...['start', 'hash', 'compare', 'check', 'verify', 'mark', 'trace', 'evidence', 'audit'],
  ...['law', 'conformance', 'bench'],
];

test('help lists every command, and each command has a help of its own with its exit status', async () => {
  await using world = await World.make();
  const overview = await world.run(['--help']);
  assert.equal(overview.status, 0);
  assert.equal(overview.stderr, '');
  for (const name of NAMES) {
    assert.match(overview.stdout, new RegExp(`^ {2}${name} `, 'm'));
    const ran = await world.run([name, '--help']);
    assert.equal(ran.status, 0, name);
    assert.match(ran.stdout, new RegExp(`^reclaim ${name} `), name);
    assert.match(ran.stdout, /Exit status: 0/, name);
    assert.ok(
      ran.stdout.split('\n').every((line) => line.length <= 80),
      `${name}: a line over 80 characters`,
    );
  }
});

test('no command is bad use, and the overview goes to standard error', async () => {
  await using world = await World.make();
  const ran = await world.run([]);
  assert.equal(ran.status, 2);
  assert.equal(ran.stdout, '');
  assert.match(ran.stderr, /reclaim COMMAND/);
});

test('an unknown command suggests the nearest and repeats nothing that was typed', async () => {
  await using world = await World.make();
  const near = await world.run(['hahs']);
  assert.equal(near.status, 2);
  assert.match(near.stderr, /did you mean "reclaim hash"\?/);
  const begun = await world.run(['conf']);
  assert.match(begun.stderr, /did you mean "reclaim conformance"\?/);
  const far = await world.run(['rk_0123456789abcdef_secret']);
  assert.equal(far.status, 2);
  assert.match(far.stderr, /see reclaim --help/);
  assert.doesNotMatch(far.stderr, /0123456789abcdef|secret/);
});

test('a key as an argument is refused in every command and never repeated', async () => {
  await using world = await World.make();
  for (const name of NAMES) {
    for (const argv of [
      [name, '--key=rk_verysecret'],
      [name, '--key', 'rk_verysecret'],
      [name, '--token', 'rk_verysecret'],
    ]) {
      const ran = await world.run(argv);
      assert.equal(ran.status, 2);
      assert.match(ran.stderr, /a key is never given as an argument/);
      assert.doesNotMatch(ran.stderr + ran.stdout, /verysecret/);
    }
  }
});

test('an unknown option suggests the nearest; bad use with --json is still one document', async () => {
  await using world = await World.make();
  const ran = await world.run(['hash', '--referense', 'x.png']);
  assert.equal(ran.status, 2);
  assert.match(ran.stderr, /did you mean --reference\?/);
  assert.equal(ran.stdout, '');
  const json = await world.run(['compare', '--json', 'only-one']);
  assert.equal(json.status, 2);
  assert.match(String(documentOf(json)['error']), /expects two files or hashes/);
});

test('the version is that of the package', async () => {
  await using world = await World.make();
  const ran = await world.run(['--version']);
  assert.equal(ran.status, 0);
  assert.match(ran.stdout, /^reclaim \d+\.\d+\.\d+\n$/);
});

test('help is not asked for behind a double dash', async () => {
  await using world = await World.make();
  const ran = await world.run(['hash', '--', '--help']);
  assert.equal(ran.status, 2);
  assert.match(ran.stderr, /--help: there is no such file/);
});

test('options without their value, with a needless one, and given twice are refused', () => {
  const kinds = { port: 'string', json: 'boolean' } as const;
  for (const argv of [
    ['--port'],
    ['--port='],
    ['--port', '--json'],
    ['--json=yes'],
    ['--port', '1', '--port', '2'],
    ['--json', '--json'],
    ['-x'],
    ['--constructor', '1'],
    ['--__proto__', '1'],
  ]) {
    assert.throws(() => parseArguments(argv, kinds), Problem, argv.join(' '));
  }
  const { options, words } = parseArguments(['a', '--port', '8', '--json', '-', '--', '--b'], kinds);
  assert.deepEqual({ ...options }, { port: '8', json: true });
  assert.deepEqual(words, ['a', '-', '--b']);
});

test('no arguments make the reader of arguments fail otherwise than by a problem', () => {
  const kinds = { port: 'string', json: 'boolean' } as const;
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string(), fc.constantFrom('--port', '--json', '--', '-', '-p'))),
      (argv) => {
        try {
          parseArguments(argv, kinds);
        } catch (error) {
          assert.ok(error instanceof Problem);
          assert.equal(printable(error.message), error.message);
        }
      },
    ),
  );
});

test('whole numbers are digits within their range', () => {
  assert.equal(parseWhole('0', '--port', 0, 65_535), 0);
  assert.equal(parseWhole('65535', '--port', 0, 65_535), 65_535);
  for (const text of ['', '-1', '65536', '1e3', '0x10', ' 8', '8.0', '9'.repeat(400)]) {
    assert.throws(() => parseWhole(text, '--port', 0, 65_535), Problem);
  }
});

test('the edit distance is a metric, and a long word has no neighbours', () => {
  assert.equal(editDistance('kitten', 'sitting'), 3);
  const word = fc.string({ maxLength: 12 });
  fc.assert(
    fc.property(word, word, word, (a, b, c) => {
      assert.equal(editDistance(a, a), 0);
      assert.equal(editDistance(a, b), editDistance(b, a));
      assert.ok(editDistance(a, c) <= editDistance(a, b) + editDistance(b, c));
    }),
  );
  assert.equal(nearestWord('h'.repeat(5000), ['hash']), undefined);
  assert.equal(nearestWord('', ['hash']), undefined);
});

test('a name cannot speak to the terminal', () => {
  assert.equal(printable('a\x1b[2Jb\r\n\u202Egpj.exe\u0085'), 'a?[2Jb???gpj.exe?');
  assert.equal(printable('naïve 写真.png'), 'naïve 写真.png');
  assert.equal(printable('\ud800'), '?');
});

test('as a program: executable, silent on standard error, and the status is that of the command', async () => {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  assert.equal((await stat(main)).mode & 0o111, 0o111);
  const start = (argv: readonly string[]) =>
    new Promise<{ status: unknown; stdout: string; stderr: string }>((resolve) => {
      execFile(process.execPath, [main, ...argv], (error, stdout, stderr) =>
        resolve({ status: error === null ? 0 : error.code, stdout, stderr }),
      );
    });
  const zero = '0'.repeat(64);
  const match = await start(['compare', '--json', zero, zero]);
  assert.deepEqual([match.status, match.stderr], [0, '']);
  assert.equal(JSON.parse(match.stdout).match, true);
  assert.equal((await start(['compare', zero, 'f'.repeat(64)])).status, 1);
  assert.equal((await start(['compare'])).status, 2);
});
