/**
 * A node for tests that answers what the test says, over real HTTP.
 * @module
 */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the scripted node was asked. */
export type Asked = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
};

/** What it answers: a status with JSON and headers, or a function that answers in its own way. */
export type Scripted =
  | { readonly status: number; readonly json?: unknown; readonly headers?: Record<string, string> }
  | ((asked: Asked, response: ServerResponse) => void);

/** A running scripted node. Answers in order; the last answer repeats. */
export type ScriptedNode = {
  readonly url: string;
  readonly asked: Asked[];
  readonly connections: () => number;
  readonly stop: () => Promise<void>;
};

/** A key of the right form that opens nothing. */
export const TEST_KEY = `rk_${'0123456789abcdef'.repeat(2)}_${'A'.repeat(43)}`;

/** Starts a node that answers `script` one after the other, on a free port. */
export async function startScriptedNode(script: readonly Scripted[]): Promise<ScriptedNode> {
  const asked: Asked[] = [];
  let connections = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      return;
    }
    const step = script[Math.min(asked.length, script.length - 1)];
    const seen: Asked = {
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks),
    };
    asked.push(seen);
    if (step === undefined) return void response.writeHead(500).end();
    if (typeof step === 'function') return step(seen, response);
    const body = step.json === undefined ? '' : JSON.stringify(step.json);
    response.writeHead(step.status, { 'content-type': 'application/json', ...step.headers });
    response.end(body);
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    connections: () => connections,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A problem as a node answers it. */
export function problemOf(status: number, type: string, more: Record<string, unknown> = {}): Scripted {
  return {
    status,
    json: { type: `/problems/${type}`, title: 'A title', status, ...more },
    headers: { 'content-type': 'application/problem+json' },
  };
}

/** A check's answer with one verdict. */
export function verdictOf(itemId: string, verdict: string, more: Record<string, unknown> = {}): Scripted {
  return {
    status: 200,
    json: { logPosition: 1, results: [{ itemId, verdict, coverage: 'full', notes: [], ...more }] },
  };
}
