/**
 * A service that says what a test tells it to, over real HTTP on a free port of this machine.
 * @module
 */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it arrived. */
export type Heard = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly key: string | undefined;
  readonly once: string | undefined;
  readonly body: string;
};

/** What is answered: a status and JSON. */
export type Said = { readonly status?: number; readonly json: unknown };

/** A running service: its address, all that it heard, and its end. */
export type ScriptedService = AsyncDisposable & { readonly url: string; readonly heard: readonly Heard[] };

/** A key of the right form that belongs to nobody. */
export const TEST_KEY = `rk_${'0123456789abcdef'.repeat(2)}_${'A'.repeat(43)}`;

/** Starts a service that answers each request by `script`. */
export async function scriptedService(script: (request: Heard) => Said): Promise<ScriptedService> {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const one: Heard = {
        method: request.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        key: request.headers.authorization?.replace(/^Bearer /, ''),
        once: request.headers['idempotency-key']?.toString(),
        body: Buffer.concat(pieces).toString(),
      };
      heard.push(one);
      const { status = 200, json } = script(one);
      const type = status < 400 ? 'application/json' : 'application/problem+json';
      response.writeHead(status, { 'content-type': type, connection: 'close' }).end(JSON.stringify(json));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    heard,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
