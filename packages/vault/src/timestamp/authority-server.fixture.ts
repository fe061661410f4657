/**
 * The local authority behind HTTP (RFC 3161 §3.4), as an operator's configuration reaches one; it can be told to fail.
 * @module
 */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type LocalAuthority, localAuthority } from './authority.fixture.ts';

/** An authority that listens. */
export type ListeningAuthority = LocalAuthority & {
  readonly url: string;
  /** Every question that came, in DER. */
  readonly asked: Uint8Array[];
  /** `redirect`, `huge`, `text`, `down`: answers wrongly from now on; `undefined` answers well. */
  failure: 'redirect' | 'huge' | 'text' | 'down' | undefined;
  readonly end: () => Promise<void>;
};

/** Starts one on a free port of this machine. */
export async function listeningAuthority(name: string): Promise<ListeningAuthority> {
  const authority = localAuthority(name);
  const asked: Uint8Array[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      asked.push(new Uint8Array(Buffer.concat(pieces)));
      const type = 'application/timestamp-reply';
      switch (there.failure) {
        case 'redirect':
          return response.writeHead(302, { location: '/elsewhere' }).end();
        case 'huge':
          return response.writeHead(200, { 'content-type': type }).end(Buffer.alloc(200_000));
        case 'text':
          return response.writeHead(200, { 'content-type': 'text/html' }).end('hello');
        case 'down':
          return response.destroy();
        default:
          return response.writeHead(200, { 'content-type': type }).end(authority.answer(asked.at(-1)!));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const there: ListeningAuthority = {
    ...authority,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/tsr`,
    asked,
    failure: undefined,
    end: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      authority.close();
    },
  };
  return there;
}
