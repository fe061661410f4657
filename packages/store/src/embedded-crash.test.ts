import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { Client } from 'pg';
import { type Child, startChild } from './embedded-child.fixture.ts';
import { openEmbedded } from './embedded-database.ts';
import { scratchDirectory } from './embedded-scratch.fixture.ts';

type Victim = 'service' | 'server' | 'service, server' | 'server, service';

const CYCLES: readonly Victim[] = [
  'service',
  'server',
  'service, server',
  'server, service',
  'server',
  'service',
];

test('six crashes of service and server lose no acknowledged row and never keep the next start from working', async (t) => {
  using scratch = scratchDirectory();
  const dataDir = join(scratch.path, 'data');
  const acknowledged = new Set<string>();
  for (const [cycle, victim] of CYCLES.entries()) {
    const service = startChild(dataDir, 'write');
    await service.said('open owner');
    await service.said('ack', 40 * (cycle + 1));
    await kill(service, victim);
    if (victim === 'server') {
      await service.said('healed'); // by itself, and goes on:
      await service.said('ack', service.lines.filter((line) => line.startsWith('ack')).length + 20);
      service.process.kill('SIGKILL');
    }
    assert.equal(await service.ended, 'SIGKILL');
    for (const line of service.lines) if (line.startsWith('ack ')) acknowledged.add(line.slice(4));
  }
  const database = await openEmbedded({ dataDir });
  const client = new Client(database.connection);
  await client.connect();
  const { rows } = await client.query("select writer || ' ' || number as row from ack");
  await client.end();
  await database.stop();
  const kept = new Set(rows.map(({ row }) => row));
  const lost = [...acknowledged].filter((row) => !kept.has(row));
  t.diagnostic(`${acknowledged.size} rows acknowledged over ${CYCLES.length} crashes`);
  assert.ok(acknowledged.size >= 40 * CYCLES.length);
  assert.deepEqual(lost, []);
});

async function kill(service: Child, victim: Victim): Promise<void> {
  const postmaster = Number((await service.said('open owner')).split(' ')[2]);
  for (const one of victim.split(', ')) {
    if (one === 'service') service.process.kill('SIGKILL');
    else process.kill(postmaster, 'SIGKILL');
  }
}
