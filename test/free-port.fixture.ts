/**
 * A port that is free now, for a server whose address must be known before it starts.
 *
 * Below the ports that a system gives to whoever connects, or asks for any port (from 32768 on with Linux, from 49152 on with
 * others): between the look and the start, one of those may be given to somebody else.
 * @module
 */

import { randomInt } from 'node:crypto';
import { createServer } from 'node:http';

const FIRST = 20_000;
const END = 30_000;

/** The port, of both of this machine's addresses that `localhost` may mean. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, END);
    if ((await isFree(port, '127.0.0.1')) && (await isFree(port, 'localhost'))) return port;
  }
}

async function isFree(port: number, host: string): Promise<boolean> {
  const server = createServer();
  const free = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, host, () => resolve(true));
  });
  if (free) await new Promise((resolve) => server.close(resolve));
  return free;
}
