import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { openJournal } from './journal.ts';

async function journalPath(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'journal-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'journal.jsonl');
}

test('lines come back in their order, however many are written at once', async (t) => {
  const path = await journalPath(t);
  const { journal, lines } = await openJournal(path);
  assert.deepEqual(lines, []);
  const written = Array.from({ length: 50 }, (_, n) => ({ n, text: 'ü\n"' }));
  await Promise.all(written.map((line) => journal.append(line)));
  await journal.close();
  const again = await openJournal(path);
  assert.deepEqual(again.lines, written);
  await again.journal.close();
});

test('a last line that a crash has cut is cut off at every place it can be cut, and the next line stands whole', async (t) => {
  const path = await journalPath(t);
  const whole = '{"n":1}\n{"n":2}\n';
  const last = '{"n":"ü3"}\n';
  const bytes = Buffer.from(last);
  for (let cut = 0; cut < bytes.length; cut++) {
    await writeFile(path, whole);
    await appendFile(path, bytes.subarray(0, cut));
    const { journal, lines } = await openJournal(path);
    assert.deepEqual(lines, [{ n: 1 }, { n: 2 }]);
    await journal.append({ n: 4 });
    await journal.close();
    assert.equal(await readFile(path, 'utf8'), `${whole}{"n":4}\n`);
  }
});

test('a damaged line in the middle stops the start and is not repeated in the error', async (t) => {
  const path = await journalPath(t);
  await writeFile(path, '{"n":1}\n{"hidden\n{"n":3}\n');
  await assert.rejects(openJournal(path), (error) => {
    assert.ok(error instanceof TypeError);
    assert.equal(error.message, 'journal: line 2 is damaged');
    return true;
  });
});

test('a line that cannot be written tells its own caller and nobody else’s', async (t) => {
  const path = await journalPath(t);
  const { journal } = await openJournal(path);
  await assert.rejects(async () => journal.append({ n: 1n }), TypeError);
  await journal.append({ n: 2 });
  await journal.close();
  await assert.rejects(journal.append({ n: 3 }));
  assert.equal(await readFile(path, 'utf8'), '{"n":2}\n');
});
