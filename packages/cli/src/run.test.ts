import assert from 'node:assert/strict';
import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { parseArguments, parseWhole, wrapped } from './command.ts';
import { editDistance, nearestWord } from './nearest-word.ts';
import { Problem } from './problem.ts';
import { documentOf, World } from './terminal.fixture.ts';
import { printable } from './terminal.ts';

const NAMES = [
  ...['start', 'hash', 'compare', 'check', 'import', 'verify', 'mark', 'trace', 'evidence'],
  ...['audit', 'law', 'conformance', 'bench'],
];

test('help lists every command, and each command has a help of its own with its exit status', async () => {
  await using world = await World.make();
  const overview = await world.run(['--help']);
  assert.equal(overview.status, 0);
  assert.equal(overview.stderr, '');
  const listed = [...overview.stdout.matchAll(/^ {2}([a-z]+) {2,}\S/gm)].map(([, name]) => name);
  assert.deepEqual(listed, NAMES, 'a command that is not tested here');
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
  const dashed = await world.run(['hash', '-photo.jpg']);
  assert.match(dashed.stderr, /a file whose name begins with a dash is written \.\/-NAME/);
  const empty = await world.run(['hash', '']);
  assert.match(empty.stderr, /this is no name of a file: it is empty/);
});

test('a sentence is broken into lines of a terminal, and no word of it is lost', () => {
  assert.equal(wrapped('short'), '  short');
  const words = fc.array(
    fc.string({ minLength: 1, maxLength: 90 }).filter((word) => !/\s/.test(word)),
    {
      minLength: 1,
    },
  );
  fc.assert(
    fc.property(words, (list) => {
      const lines = wrapped(list.join(' ')).split('\n');
      assert.deepEqual(
        lines.flatMap((line) => line.slice(2).split(' ')),
        list,
      );
      for (const line of lines) assert.ok(line.length <= 78 || !line.slice(2).includes(' '), line);
    }),
  );
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
  assert.equal(parseArguments(['--port', '-'], kinds).options.port, '-', 'standard input');
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

test('whoever reads no further gets no stack trace and no 0; a closed standard error takes no answer away', async () => {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  await using world = await World.make();
  // A pipe whose reader is gone before the program starts.
  const gone = 'mkfifo gone && exec 3<>gone 4>gone 3<&- && ';
  const shell = (line: string) =>
    spawnSync('bash', ['-c', gone + line, process.execPath, main], { encoding: 'utf8', cwd: world.cwd });
  const early = shell('"$0" "$1" law list >&4; echo $?; rm gone');
  assert.deepEqual([early.stdout, early.stderr], ['2\n', '']);
  const deaf = shell('"$0" "$1" hash nowhere here --json 2>&4; echo $?');
  assert.match(deaf.stdout, /"ok": false[\s\S]*"ok": false[\s\S]*\n2\n$/);
});

test('what nobody foresaw ends with 2, never with the 1 that says no, and shows nothing of what it was about', async () => {
  const main = new URL('./main.ts', import.meta.url).href;
  const program = `
    setTimeout(() => { throw new Error('about https://example.com/secret'); }, 5);
    process.argv = ['node', 'reclaim', 'hash', '-'];
    await import(${JSON.stringify(main)});`;
  // Its standard input stays open: the command waits for it.
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'pipe' });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data) => {
      said += String(data);
    });
  const [status] = await once(child, 'close');
  assert.equal(status, 2);
  assert.match(said, /something unforeseen happened \(Error\)/);
  assert.doesNotMatch(said, /secret|example\.com/);
});
