/**
 * Fetching a preview from the platform that named it: the one place where this node goes where somebody else's words
 * lead. The address came with an upload, so it is taken for an attempt to reach into the operator's own network
 * (server-side request forgery) until it was judged:
 *
 * http and https alone, no name or password in the address; the host is resolved once, every address that it has must
 * be of the public internet (or the operator named `host:port`), and the connection goes to those very addresses: a
 * name that changes its mind afterwards is not asked again. No redirect is followed, nothing is sent but the path, the
 * answer is 200, without a content coding, ends within 64 MiB and five seconds. What the bytes are is for the decoder to
 * judge. No reason here bears the address: it would end in somebody's log.
 * @module
 */

import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import http, { type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { isPublicAddress } from './public-address.ts';

/** Resolves a name to all its addresses. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

/** What a fetch may cost, and where it may lead. */
export type PreviewRules = {
  /** `host:port` that may be reached although their addresses are private; IPv6 in brackets. */
  readonly hosts: readonly string[];
  readonly resolve?: Resolve;
  /** The longest body, bytes. */
  readonly mostBytes?: number;
  /** From the first question to the last byte, milliseconds. */
  readonly timeMs?: number;
};

/** Why there are no bytes: the address leads where this node does not go, or what is there did not answer as it must. */
export type PreviewRefusal = 'address' | 'unreachable' | 'status' | 'coded' | 'too-large' | 'too-slow';

/** The bytes, of whatever they are. */
export type Preview =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: PreviewRefusal };

/** The longest preview, bytes: what the decoder takes. */
export const PREVIEW_BYTES = 64 * 1024 * 1024;

/** The time for a preview, milliseconds. */
export const PREVIEW_MS = 5_000;

const resolveAll: Resolve = (hostname) => lookup(hostname, { all: true });

function refuse(reason: PreviewRefusal): Preview {
  return { ok: false, reason };
}

/** Fetches the preview at `address`. Never rejects because of what the address or its answer is. */
export async function fetchPreview(address: string, rules: PreviewRules): Promise<Preview> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) return refuse('address');
  if (url.username !== '' || url.password !== '') return refuse('address');
  const signal = AbortSignal.timeout(rules.timeMs ?? PREVIEW_MS);
  let response: IncomingMessage | undefined;
  try {
    const addresses = await inTime(signal, addressesOf(url, rules.resolve ?? resolveAll));
    if (addresses.length === 0) return refuse('unreachable');
    if (!isNamed(url, rules.hosts) && !addresses.every((each) => isPublicAddress(each.address))) {
      return refuse('address');
    }
    response = await ask(url, addresses, signal);
    return await read(response, rules.mostBytes ?? PREVIEW_BYTES);
  } catch {
    return refuse(signal.aborted ? 'too-slow' : 'unreachable');
  } finally {
    response?.destroy();
  }
}

function isNamed(url: URL, hosts: readonly string[]): boolean {
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return hosts.includes(`${url.hostname}:${port}`);
}

/** All addresses of the host. Numbers in any form (hex, octal, one decimal) were made plain by the parser of URLs. */
async function addressesOf(url: URL, resolve: Resolve): Promise<readonly LookupAddress[]> {
  const bare = url.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(bare);
  return family === 0 ? resolve(bare) : [{ address: bare, family }];
}

/** A resolver cannot be stopped: it is not waited for beyond the time. */
async function inTime<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const strike = (): void => reject(new Error('preview: out of time'));
  signal.addEventListener('abort', strike, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', strike);
  }
}

function ask(url: URL, addresses: readonly LookupAddress[], signal: AbortSignal): Promise<IncomingMessage> {
  const options: RequestOptions = {
    method: 'GET',
    // No pool: a connection that was judged for one look is not lent to another.
    agent: false,
    signal,
    headers: { accept: 'image/*', 'accept-encoding': 'identity' },
    // What was judged is what is connected to.
    lookup: (_hostname, { all }, callback) => {
      const [first] = addresses;
      process.nextTick(() => {
        if (all === true) callback(null, [...addresses]);
        else callback(null, first!.address, first!.family);
      });
    },
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, options, (response) => {
      // An error that nobody hears would end the process.
      response.on('error', () => undefined);
      resolve(response);
    });
    request.on('error', reject);
    // An answer that wants to change the protocol ends without an error and without a response.
    request.on('close', () => reject(new Error('preview: no answer')));
    request.end();
  });
}

async function read(response: IncomingMessage, mostBytes: number): Promise<Preview> {
  // A redirect is one of these too: it would lead past the judgement of the address.
  if (response.statusCode !== 200) return refuse('status');
  // A coding is a way to make much of little before anything was counted.
  if ((response.headers['content-encoding'] ?? 'identity') !== 'identity') return refuse('coded');
  if (Number(response.headers['content-length'] ?? 0) > mostBytes) return refuse('too-large');
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > mostBytes) return refuse('too-large');
    chunks.push(chunk);
  }
  return { ok: true, bytes: Buffer.concat(chunks, length) };
}
