/**
 * Fetching from an address that a person gave, or that the page there names: the door through which this node goes out into
 * somebody else's web. Every rule below holds for the first address and again for each redirect (OWASP, server-side request
 * forgery; RFC 9110 section 15.4 for redirects):
 *
 * - http and https, the ports 80 and 443, no name or password, no `.onion` (RFC 7686);
 * - the host is resolved once; every address that it has must be of the public internet (`public-address.ts`: both families, with
 *   loopback, private, link-local, shared, mapped, translated and metadata addresses refused), and the connection goes to those
 *   very addresses, so that a name which changes its mind afterwards is not asked again;
 * - at most five redirects, each asked about like the first (`allowed`: robots.txt, and whatever else the caller knows);
 * - no cookie, no credentials, no referrer, no language: who asks is the node, and says so with how to reach its operator;
 * - a body of at most so many bytes, unpacked by gzip alone and never to a hundred times what came, within a time for the whole
 *   and a time without a byte.
 *
 * What the bytes are is for others to judge. No reason here bears the address: it would end in somebody's log.
 * @module
 */

import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import http, { type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Resolve } from '../preview-fetch.ts';
import { isPublicAddress } from '../public-address.ts';

/** Redirects that are followed. */
export const MOST_REDIRECTS = 5;

/** From the first question to the last byte, milliseconds. */
export const FETCH_MS = 20_000;

/** Without a byte, milliseconds: a server that drips holds a place, and one that is silent longer is gone. */
export const SILENCE_MS = 5_000;

/** The longest wait that a server's Retry-After is believed, milliseconds: a day. */
export const MOST_WAIT_MS = 86_400_000;

/** Unpacked, a body may be this many times as long as it came; a page's own text packs to a tenth or a twentieth. */
const MOST_RATIO = 100;

/** Below this many bytes the ratio says nothing. */
const RATIO_FROM = 1024 * 1024;

/** Whether an address may be asked for; `unreachable` where that could not be found out. */
export type Leave = 'allowed' | 'disallowed' | 'unreachable';

/** How to fetch. */
export type GuardedRules = {
  /** Who asks: the node's name and how to reach its operator. */
  readonly userAgent: string;
  /** What is wanted, as the header `Accept`. */
  readonly accept: string;
  /** The longest body, in bytes as unpacked. */
  readonly mostBytes: number;
  /** Asked before each address, the first and those of redirects. */
  readonly allowed: (url: URL) => Promise<Leave>;
  /** Validators of the last answer (RFC 9110 section 13): the answer may then be 304 without a body. */
  readonly since?: Validators | undefined;
  /** Ends everything. */
  readonly stop?: AbortSignal | undefined;
  readonly resolve?: Resolve | undefined;
  readonly timeMs?: number | undefined;
  readonly silenceMs?: number | undefined;
  /**
   * For tests alone: `host:port` of servers of the test itself, reached although they are private and on another port. No
   * setting of an operator leads here.
   */
  readonly testHosts?: readonly string[] | undefined;
};

/** What a server said that lets it answer "as before"; empty for nothing. */
export type Validators = { readonly etag: string; readonly modified: string };

/** Why there is no answer. */
export type FetchRefusal =
  | 'address'
  | 'disallowed'
  | 'unreachable'
  | 'redirects'
  | 'coded'
  | 'too-large'
  | 'too-slow';

/** An answer. `bytes` are there for 200 and 203 alone. */
export type Answered = {
  readonly ok: true;
  readonly status: number;
  /** Where it came from, after redirects. */
  readonly url: URL;
  /** Lower case, without parameters; empty where there is none or it has not the form. */
  readonly contentType: string;
  /** The charset that was declared, or empty. */
  readonly charset: string;
  readonly bytes: Uint8Array;
  /** Bytes as they came. */
  readonly received: number;
  readonly validators: Validators;
  /** How long the server asked to be left alone; 0 for not at all. */
  readonly waitMs: number;
};

/** What came of it. */
export type Fetched = Answered | { readonly ok: false; readonly reason: FetchRefusal };

const resolveAll: Resolve = (hostname) => lookup(hostname, { all: true });

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Ends a fetch with a reason. */
class Refused extends Error {
  readonly reason: FetchRefusal;

  constructor(reason: FetchRefusal) {
    super(reason);
    this.name = 'Refused';
    this.reason = reason;
  }
}

/** Fetches `address`. Never rejects because of what the address or its answer is. */
export async function guardedFetch(address: string, rules: GuardedRules): Promise<Fetched> {
  const timeout = AbortSignal.timeout(rules.timeMs ?? FETCH_MS);
  const signal = rules.stop === undefined ? timeout : AbortSignal.any([timeout, rules.stop]);
  let url = judged(address, undefined, rules);
  try {
    for (let redirects = 0; url !== undefined; redirects++) {
      if (redirects > MOST_REDIRECTS) return { ok: false, reason: 'redirects' };
      const answer = await oneAnswer(url, rules, signal);
      if (!('location' in answer)) return answer;
      url = judged(answer.location, url, rules);
    }
    return { ok: false, reason: 'address' };
  } catch (error) {
    if (timeout.aborted) return { ok: false, reason: 'too-slow' };
    return { ok: false, reason: error instanceof Refused ? error.reason : 'unreachable' };
  }
}

/** Whether this node would go to an address at all, as far as its text tells; the host is judged when it is resolved. */
export function isFetchable(address: string, testHosts: readonly string[] = []): boolean {
  return judged(address, undefined, { testHosts }) !== undefined;
}

/** The address, where its scheme, port and host are such as may be gone to. Numbers in any form were made plain by the parser. */
function judged(
  address: string,
  base: URL | undefined,
  { testHosts = [] }: Pick<GuardedRules, 'testHosts'>,
): URL | undefined {
  const url = URL.parse(address, base?.href) ?? undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) return undefined;
  if (url.username !== '' || url.password !== '') return undefined;
  if (isTestHost(url, testHosts)) return url;
  if (url.port !== '' && url.port !== '80' && url.port !== '443') return undefined;
  if (/\.onion\.?$/.test(url.hostname)) return undefined;
  const bare = bareHost(url);
  return isIP(bare) === 0 || isPublicAddress(bare) ? url : undefined;
}

function isTestHost(url: URL, testHosts: readonly string[] = []): boolean {
  return testHosts.includes(`${url.hostname}:${url.port}`);
}

function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

type Answer = Answered | { readonly location: string };

async function oneAnswer(url: URL, rules: GuardedRules, signal: AbortSignal): Promise<Answer> {
  const leave = await inTime(signal, rules.allowed(url));
  if (leave === 'disallowed') throw new Refused('disallowed');
  if (leave === 'unreachable') throw new Refused('unreachable');
  const bare = bareHost(url);
  const family = isIP(bare);
  const addresses =
    family === 0 ? await inTime(signal, (rules.resolve ?? resolveAll)(bare)) : [{ address: bare, family }];
  if (addresses.length === 0) throw new Refused('unreachable');
  if (!isTestHost(url, rules.testHosts) && !addresses.every((each) => isPublicAddress(each.address)))
    throw new Refused('address');
  const { response, wasSilent } = await ask(url, addresses, rules, signal);
  try {
    const { statusCode: status = 0, headers } = response;
    if (REDIRECTS.has(status) && headers.location !== undefined) return { location: headers.location };
    const { contentType, charset } = typeOf(headers['content-type']);
    const validators = { etag: short(headers.etag), modified: short(headers['last-modified']) };
    const answer = { ok: true, status, url, contentType, charset, validators } as const;
    const waitMs = waitOf(headers['retry-after']);
    // Only an answer that shows something is read: an error's page is somebody's words and no picture.
    if (status !== 200 && status !== 203) return { ...answer, bytes: new Uint8Array(), received: 0, waitMs };
    return { ...answer, ...(await read(response, rules.mostBytes)), waitMs };
  } catch (error) {
    throw wasSilent() ? new Refused('too-slow') : error;
  } finally {
    response.destroy();
  }
}

/** A resolver cannot be stopped: it is not waited for beyond the time. */
async function inTime<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const strike = (): void => reject(new Error('fetch: out of time'));
  if (signal.aborted) strike();
  signal.addEventListener('abort', strike, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', strike);
  }
}

function ask(
  url: URL,
  addresses: readonly LookupAddress[],
  rules: GuardedRules,
  signal: AbortSignal,
): Promise<{ readonly response: IncomingMessage; readonly wasSilent: () => boolean }> {
  const { etag = '', modified = '' } = rules.since ?? {};
  const options: RequestOptions = {
    method: 'GET',
    // No pool: a connection that was judged for one look is not lent to another.
    agent: false,
    signal,
    headers: {
      'user-agent': rules.userAgent,
      accept: rules.accept,
      'accept-encoding': 'gzip',
      ...(etag === '' ? {} : { 'if-none-match': etag }),
      ...(modified === '' ? {} : { 'if-modified-since': modified }),
    },
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
      resolve({ response, wasSilent: () => silent });
    });
    let silent = false;
    request.setTimeout(rules.silenceMs ?? SILENCE_MS, () => {
      silent = true;
      request.destroy(new Refused('too-slow'));
    });
    request.on('error', reject);
    // An answer that wants to change the protocol ends without an error and without a response.
    request.on('close', () => reject(new Error('fetch: no answer')));
    request.end();
  });
}

async function read(
  response: IncomingMessage,
  mostBytes: number,
): Promise<{ readonly bytes: Uint8Array; readonly received: number }> {
  const coding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (coding !== 'identity' && coding !== 'gzip' && coding !== '') throw new Refused('coded');
  if (Number(response.headers['content-length'] ?? 0) > mostBytes) throw new Refused('too-large');
  let received = 0;
  const counted = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      received += chunk.length;
      if (received > mostBytes) throw new Refused('too-large');
      yield chunk;
    }
  };
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of coding === 'gzip' ? unpacked(counted()) : counted()) {
    length += chunk.length;
    if (length > mostBytes) throw new Refused('too-large');
    if (length > RATIO_FROM && length > received * MOST_RATIO) throw new Refused('too-large');
    chunks.push(chunk);
  }
  return { bytes: Buffer.concat(chunks, length), received };
}

/** Gzip (RFC 1952) a piece at a time: what is not taken is not unpacked. Ends with the reason of whichever side broke. */
async function* unpacked(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  const broken: unknown[] = [];
  // Errors of both sides arrive here, and none of them as an event that nobody hears.
  const done = pipeline(packed, gunzip).catch((error: unknown) => broken.push(error));
  try {
    yield* gunzip as AsyncIterable<Buffer>;
  } catch (error) {
    await done;
    throw broken[0] ?? error;
  } finally {
    gunzip.destroy();
  }
}

/** A content type is a stranger's text that is kept and shown: only a plain one passes (RFC 9110 section 8.3.1). */
function typeOf(header: string | undefined): { readonly contentType: string; readonly charset: string } {
  const [type = '', ...parameters] = (header ?? '').toLowerCase().split(';');
  const contentType = type.trim();
  const charset = parameters.map((each) => /^\s*charset\s*=\s*"?([\w-]{1,40})"?\s*$/.exec(each)?.[1]);
  return {
    contentType: /^[a-z0-9!#$&^_.+-]{1,40}\/[a-z0-9!#$&^_.+-]{1,60}$/.test(contentType) ? contentType : '',
    charset: charset.find((each) => each !== undefined) ?? '',
  };
}

function short(header: string | undefined): string {
  return header !== undefined && header.length <= 200 ? header : '';
}

/** Seconds or a date (RFC 9110 section 10.2.3). What cannot be read asks for nothing. */
function waitOf(header: string | undefined): number {
  if (header === undefined) return 0;
  const ms = /^\s*\d{1,9}\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.min(MOST_WAIT_MS, Math.max(0, ms)) : 0;
}
