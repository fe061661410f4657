/**
 * A port that is free now, for a server whose address must be known before it starts.
 * @module
 */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The port, of both of this machine's addresses that `localhost` may mean. */
export async function freePort(): Promise<number> {
  for (;;) {
    const first = createServer();
    await new Promise<void>((resolve) => first.listen(0, '127.0.0.1', resolve));
    const { port } = first.address() as AddressInfo;
    await new Promise((resolve) => first.close(resolve));
    const second = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      second.once('error', () => resolve(false));
      second.listen(port, 'localhost', () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((resolve) => second.close(resolve));
    return port;
  }
}
