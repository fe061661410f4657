/**
 * A service to be killed: opens the embedded database of a directory, writes rows with four connections, and says
 * each committed row on its standard output, as a service would answer its caller. Run as a program:
 *
 *   node embedded-crash.fixture.ts DATA_DIR [write|idle]
 *
 * Output, one line each: `open owner|sharer <postmaster pid>`, `ack <writer> <number>`, `healed`. Ends itself cleanly
 * when its standard input ends.
 * @module
 */

import { writeSync } from 'node:fs';
import { Client } from 'pg';
import { type EmbeddedDatabase, openEmbedded } from './embedded-database.ts';
import { storageProblem } from './embedded-problem.ts';

const [dataDir = '', mode = 'write'] = process.argv.slice(2);
let leaving = false;

function say(line: string): void {
  writeSync(1, `${line}\n`); // at once: what was said before a kill -9 counts
}

async function write(database: EmbeddedDatabase, writer: number): Promise<void> {
  let number = 0;
  while (!leaving) {
    const client = new Client(database.connection);
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query(
        'select coalesce(max(number), 0) as last from ack where writer = $1',
        [writer],
      );
      number = Math.max(number, Number(rows[0].last));
      while (!leaving) {
        number++;
        await client.query('insert into ack (writer, number, filler) values ($1, $2, repeat($3, 200))', [
          writer,
          number,
          String(number),
        ]);
        say(`ack ${writer} ${number}`);
      }
    } catch (error) {
      if (leaving) break;
      if (storageProblem(error) !== 'database-gone') throw error;
      await database.ensureRunning();
      say('healed');
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

const database = await openEmbedded({ dataDir });
say(`open ${database.owner ? 'owner' : 'sharer'} ${database.postmasterPid}`);
process.stdin.on('end', () => {
  leaving = true;
});
process.stdin.resume();
if (mode === 'write') {
  const client = new Client(database.connection);
  await client.connect();
  await client.query(
    'create table if not exists ack (writer int, number int, filler text, primary key (writer, number))',
  );
  await client.end();
  await Promise.all([1, 2, 3, 4].map((writer) => write(database, writer)));
} else {
  await new Promise((resolve) => process.stdin.on('end', resolve));
}
await database.stop();
process.exit(0);
