/**
 * A small site of somebody else for tests: on this machine, every answer of it set by the test, every question counted.
 * @module
 */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the site answers at a path. A function answers by itself. */
export type SiteAnswer =
  | {
      readonly status?: number;
      readonly type?: string;
      readonly body?: string | Uint8Array;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | ((response: ServerResponse, request: IncomingMessage) => void);

/** A site that runs. */
export type Site = {
  readonly url: string;
  /** `host:port`: what a test allows itself. */
  readonly host: string;
  readonly pages: Map<string, SiteAnswer>;
  /** Paths in the order in which they were asked for, robots.txt left out. */
  readonly asked: string[];
  /** The headers of the last question. */
  readonly told: () => IncomingMessage['headers'];
  readonly end: () => Promise<void>;
};

/** Starts a site whose answers are in `pages`, by path; what is not there is 404. */
export async function startSite(): Promise<Site> {
  const pages = new Map<string, SiteAnswer>();
  const asked: string[] = [];
  let told: IncomingMessage['headers'] = {};
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    if (path !== '/robots.txt') asked.push(path);
    told = request.headers;
    const answer = pages.get(path) ?? { status: 404 };
    if (typeof answer === 'function') return answer(response, request);
    const { status = 200, type, body, headers } = answer;
    response
      .writeHead(status, { ...(type === undefined ? {} : { 'content-type': type }), ...headers })
      .end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}`,
    host,
    pages,
    asked,
    told: () => told,
    end: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A page that shows pictures. */
export function pageOf(...pictures: readonly string[]): SiteAnswer {
  const body = `<!doctype html><title>A page</title>${pictures.map((src) => `<img src="${src}">`).join('')}`;
  return { type: 'text/html', body };
}
