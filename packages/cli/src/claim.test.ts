import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { claim } from './claim.ts';
import { Problem } from './problem.ts';
import { World } from './terminal.fixture.ts';

/** The number of a process that has ended. */
const DEAD = spawnSync(process.execPath, ['--version']).pid;

test('a claim keeps all others off until it is given back, and leaves nothing', async () => {
  await using world = await World.make();
  const path = join(world.cwd, 'registry.json');
  {
    await using _held = await claim(path, 'registry.json');
    assert.equal(await readFile(`${path}.lock`, 'utf8'), String(process.pid));
    await assert.rejects(claim(path, 'registry.json'), Problem);
  }
  assert.deepEqual(await readdir(world.cwd), []);
});

test('of many who find the lock of a dead run at the same moment one alone takes its place', async () => {
  await using world = await World.make();
  for (let round = 0; round < 40; round++) {
    const path = join(world.cwd, `registry-${round}.json`);
    await writeFile(`${path}.lock`, String(DEAD));
    const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => claim(path, 'registry.json')));
    const held = outcomes.filter((each) => each.status === 'fulfilled');
    assert.equal(held.length, 1, `round ${round}`);
    for (const each of outcomes) if (each.status === 'rejected') assert.ok(each.reason instanceof Problem);
    assert.equal(await readFile(`${path}.lock`, 'utf8'), String(process.pid));
    for (const each of held) await each.value[Symbol.asyncDispose]();
  }
  assert.deepEqual(await readdir(world.cwd), []);
});
