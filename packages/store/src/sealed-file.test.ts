import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { scratchDirectory } from './embedded-scratch.fixture.ts';
import { readSealedFile, removeSealedFile, SealedFileError, writeSealedFile } from './sealed-file.ts';
import { storeKey } from './store-key.ts';

const key = storeKey(Buffer.alloc(32, 7));
const noPause = async () => {};

/** Reads a file of two sections; the reason where it is refused. */
async function read(path: string, by = key): Promise<readonly Buffer[] | string> {
  const sections: Buffer[][] = [[], []];
  try {
    await readSealedFile(
      path,
      by,
      sections.map((section) => async (chunks) => {
        for await (const chunk of chunks) section.push(Buffer.from(chunk));
      }),
    );
  } catch (error) {
    if (error instanceof SealedFileError) return error.reason;
    throw error;
  }
  return sections.map((section) => Buffer.concat(section));
}

test('what was written comes back, in sections, and is nowhere in clear', async () => {
  using scratch = scratchDirectory();
  const path = join(scratch.path, 'made', 'a.sealed');
  const long = Buffer.alloc(2_500_000, 'planted words. ');
  let pauses = 0;
  const pausing = (function* () {
    yield long.subarray(0, 10);
    yield undefined;
    yield long.subarray(10);
  })();
  await writeSealedFile(path, key, [pausing, []], async () => void pauses++);
  assert.equal(pauses, 1);
  assert.deepEqual(await read(path), [long, Buffer.alloc(0)]);
  assert.equal(readFileSync(path).includes('planted words'), false);
  await writeSealedFile(path, key, [[Buffer.from('second')], [Buffer.from('x')]], noPause);
  assert.deepEqual(await read(path), [Buffer.from('second'), Buffer.from('x')]);
  assert.deepEqual(readdirSync(join(scratch.path, 'made')), ['a.sealed']);
  writeFileSync(`${path}.1.ab.draft`, 'left by a crash');
  await removeSealedFile(path);
  assert.deepEqual(readdirSync(join(scratch.path, 'made')), []);
  assert.equal(await read(path), 'missing');
});

test('a file that is cut anywhere, has any byte changed, goes on too long or is another key’s is refused', async () => {
  using scratch = scratchDirectory();
  const path = join(scratch.path, 'a.sealed');
  await writeSealedFile(path, key, [[Buffer.from('first section')], [Buffer.from('second')]], noPause);
  const whole = readFileSync(path);
  for (let length = 0; length < whole.length; length++) {
    writeFileSync(path, whole.subarray(0, length));
    assert.equal(await read(path), length < 36 ? 'not-sealed' : 'cut', `cut at ${length}`);
  }
  for (let at = 0; at < whole.length; at++) {
    const changed = Buffer.from(whole);
    changed[at]! ^= 0x10;
    writeFileSync(path, changed);
    const reason = await read(path);
    assert.ok(typeof reason === 'string', `changed at ${at}`);
    assert.ok(at >= 8 || reason === 'not-sealed');
  }
  writeFileSync(path, Buffer.concat([whole, Buffer.of(0)]));
  assert.equal(await read(path), 'damaged');
  writeFileSync(path, whole);
  assert.equal(await read(path, storeKey(Buffer.alloc(32, 8))), 'foreign');
  assert.notEqual(typeof (await read(path)), 'string');
});

test('where writing fails, what stood there before stands, and no draft is left', async () => {
  using scratch = scratchDirectory();
  const path = join(scratch.path, 'a.sealed');
  await writeSealedFile(path, key, [[Buffer.from('old')], []], noPause);
  const failing = (function* () {
    yield Buffer.from('new');
    throw new RangeError('no memory');
  })();
  await assert.rejects(writeSealedFile(path, key, [failing, []], noPause), /no memory/);
  assert.deepEqual(await read(path), [Buffer.from('old'), Buffer.alloc(0)]);
  assert.deepEqual(readdirSync(scratch.path), ['a.sealed']);
});
