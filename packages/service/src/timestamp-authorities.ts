/**
 * The timestamping authorities of a node: those that its operator named, and no others. Where a question goes never
 * depends on who asks, so nobody can make the node reach for an address of their choosing.
 *
 * Nothing of a question or an answer is logged or kept. An authority that is slow, redirects, answers too much or something
 * else is not reached; whoever asked tries again later.
 * @module
 */

import { MAX_AUTHORITIES } from '@reclaim/casework/wire-evidence';
import { readCertificates } from '@reclaim/vault/timestamp/pem';
import {
  MAX_REPLY_BYTES,
  QUERY_TYPE,
  REPLY_TYPE,
  timestampQuery,
} from '@reclaim/vault/timestamp/timestamp-query';

/** An authority. `roots`: certificates in PEM. */
export type TimestampAuthority = {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly roots: string;
};

/** How long an authority may take, milliseconds. */
const ANSWER_MS = 10_000;

/**
 * Checks a list of authorities, as an operator wrote it.
 * @throws {TypeError} naming what is not as expected; addresses are not repeated
 */
export function parseAuthorities(value: unknown): readonly TimestampAuthority[] {
  if (!Array.isArray(value) || value.length > MAX_AUTHORITIES)
    throw new TypeError(`timestamp authorities: expected a list of at most ${MAX_AUTHORITIES}`);
  const authorities = value.map((each: unknown): TimestampAuthority => {
    const { id, name, url, roots, ...more } = (each ?? {}) as Record<string, unknown>;
    if (typeof id !== 'string' || !/^[a-z0-9-]{1,40}$/.test(id))
      throw new TypeError('timestamp authorities: expected id of a-z, 0-9 and -');
    if (typeof name !== 'string' || name.length < 1 || name.length > 80)
      throw new TypeError(`timestamp authorities: ${id}: expected name of 1 to 80 characters`);
    const address = typeof url === 'string' && URL.canParse(url) ? new URL(url) : undefined;
    // Plain http is how many authorities are reached; their answers are signed.
    if (address === undefined || !/^https?:$/.test(address.protocol) || address.username !== '')
      throw new TypeError(`timestamp authorities: ${id}: expected url of http or https`);
    if (typeof roots !== 'string') throw new TypeError(`timestamp authorities: ${id}: expected roots in PEM`);
    readCertificates(roots);
    if (Object.keys(more).length > 0)
      throw new TypeError(`timestamp authorities: ${id}: expected id, name, url and roots alone`);
    return { id, name, url: address.href, roots };
  });
  if (new Set(authorities.map(({ id }) => id)).size !== authorities.length)
    throw new TypeError('timestamp authorities: expected every id once');
  return authorities;
}

/**
 * Asks one authority. `undefined` where it did not answer as RFC 3161 says over HTTP (§3.4); what it answered is for the
 * person's device to judge. Asked once more where the connection broke: one that was kept open may have been closed at
 * that very moment by the other side, and a second stamp does no harm.
 */
export async function askAuthority(
  authority: TimestampAuthority,
  imprint: string,
  nonce: Uint8Array,
): Promise<Uint8Array | undefined> {
  const first = await askOnce(authority, imprint, nonce);
  return first === 'broken' ? answered(await askOnce(authority, imprint, nonce)) : answered(first);
}

function answered(answer: Uint8Array | 'broken' | undefined): Uint8Array | undefined {
  return answer === 'broken' ? undefined : answer;
}

async function askOnce(
  { url }: TimestampAuthority,
  imprint: string,
  nonce: Uint8Array,
): Promise<Uint8Array | 'broken' | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      headers: { 'content-type': QUERY_TYPE, accept: REPLY_TYPE },
      body: timestampQuery(imprint, nonce),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
    if (!response.ok || type !== REPLY_TYPE || response.body === null) {
      await response.body?.cancel();
      return undefined;
    }
    const pieces: Uint8Array[] = [];
    let length = 0;
    for await (const piece of response.body) {
      length += piece.length;
      if (length > MAX_REPLY_BYTES) return undefined;
      pieces.push(piece);
    }
    return length === 0 ? undefined : new Uint8Array(Buffer.concat(pieces));
  } catch (error) {
    // A timeout is no broken connection: whoever waited ten seconds waits no longer.
    return error instanceof TypeError ? 'broken' : undefined;
  }
}
