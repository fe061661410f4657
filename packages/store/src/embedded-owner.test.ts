import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { claimOwnership } from './embedded-owner.ts';
import { ownIdentity } from './embedded-process.ts';
import { scratchDirectory } from './embedded-scratch.fixture.ts';

test('a claim is held until released, and then free again under a new number', () => {
  using scratch = scratchDirectory();
  const first = claimOwnership(scratch.path);
  assert.ok(first.kind === 'owned');
  assert.deepEqual(claimOwnership(scratch.path), { kind: 'held', holder: ownIdentity() });
  first.claim.release();
  const second = claimOwnership(scratch.path);
  assert.ok(second.kind === 'owned');
  assert.equal(second.claim.generation, 2);
  first.claim.release(); // a late second release must not free the new holder's claim
  assert.equal(claimOwnership(scratch.path).kind, 'held');
  assert.deepEqual(readdirSync(scratch.path), ['2'], 'nothing piles up');
});

test('claims of the dead, of a later process with the same id, and damaged ones do not hold', () => {
  for (const content of [
    '999999999 x:1\n',
    `${process.pid} of-another-boot:1\n`,
    '',
    'x',
    `${process.pid}`,
  ]) {
    using scratch = scratchDirectory();
    writeFileSync(join(scratch.path, '7'), content);
    const outcome = claimOwnership(scratch.path);
    assert.ok(outcome.kind === 'owned');
    assert.equal(outcome.claim.generation, 8);
  }
});

test('of eight processes that race for a dead claim exactly one wins', async () => {
  using scratch = scratchDirectory();
  writeFileSync(join(scratch.path, '3'), '999999999 x:1\n');
  const module = fileURLToPath(new URL('./embedded-owner.ts', import.meta.url));
  const program = `
    const { claimOwnership } = await import(process.argv[1]);
    process.stdin.once('data', () => {
      process.stdout.write(claimOwnership(process.argv[2]).kind + '\\n');
      process.stdin.once('end', () => process.exit(0));
    });
    process.stdout.write('ready\\n');`;
  const { NODE_OPTIONS: _o, NODE_TEST_CONTEXT: _c, ...env } = process.env;
  const racers = Array.from({ length: 8 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', program, module, scratch.path], {
      env,
      stdio: ['pipe', 'pipe', 'inherit'],
    }),
  );
  const outputs = racers.map((racer) => {
    const lines: string[] = [];
    racer.stdout
      .setEncoding('utf8')
      .on('data', (text: string) => void lines.push(...text.trim().split('\n')));
    return lines;
  });
  const all = async (count: number) => {
    while (outputs.some((lines) => lines.length < count))
      await new Promise((resolve) => setTimeout(resolve, 5));
  };
  await all(1);
  for (const racer of racers) racer.stdin.write('go\n');
  await all(2);
  for (const racer of racers) racer.stdin.end();
  const kinds = outputs.map((lines) => lines[1]);
  assert.equal(kinds.filter((kind) => kind === 'owned').length, 1);
  assert.equal(kinds.filter((kind) => kind === 'held').length, 7);
  await Promise.all(racers.map((racer) => new Promise((resolve) => racer.once('close', resolve))));
});
