/**
 * A site of somebody else for tests, on this machine, that does what a test says at each path, and besides that everything
 * that a site can do wrong with an answer. Every question is noted.
 * @module
 */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What is done at a path. */
export type PathAnswers = Readonly<
  Record<string, (response: ServerResponse, url: URL, request: IncomingMessage) => void>
>;

/** A site that runs. */
export type HostileSite = {
  /** Its address, without a path. */
  readonly here: string;
  readonly port: number;
  /** The questions in their order. */
  readonly asked: readonly { readonly path: string; readonly headers: IncomingMessage['headers'] }[];
  readonly end: () => Promise<void>;
};

/** Answers that promise too much, never end, stop in the middle, never come, break, or want another protocol. */
const BROKEN: PathAnswers = {
  '/promised': (response) => {
    response.writeHead(200, { 'content-length': 50_000_000 });
    response.write('bytes');
  },
  '/endless': (response) => {
    const pour = (): void => {
      if (!response.destroyed) response.write(Buffer.alloc(65_536), () => setImmediate(pour));
    };
    response.on('error', () => undefined);
    pour();
  },
  '/stall': (response) => {
    response.writeHead(200);
    response.write('b');
  },
  '/silent': () => undefined,
  '/broken': (response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('b', () => response.destroy());
  },
  '/upgrade': (response) => {
    response.writeHead(101, { connection: 'upgrade', upgrade: 'elsewhere' });
    response.end();
  },
};

/** Starts a site on 127.0.0.1 with these answers beside the broken ones; a path that it does not know is never answered. */
export async function hostileSite(answers: PathAnswers): Promise<HostileSite> {
  const asked: { readonly path: string; readonly headers: IncomingMessage['headers'] }[] = [];
  const all: PathAnswers = { ...BROKEN, ...answers };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://here');
    asked.push({ path: request.url ?? '', headers: request.headers });
    all[url.pathname]?.(response, url, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    here: `http://127.0.0.1:${port}`,
    port,
    asked,
    end: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
