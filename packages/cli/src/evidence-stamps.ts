/**
 * Stamps for a package that is made on the command line: asked of a service, which passes a blinded digest on to the
 * authorities that it knows.
 * @module
 */

import { wireChallenge } from '@reclaim/casework/wire-case';
import { wireAuthorities, wireStampAnswers } from '@reclaim/casework/wire-evidence';
import type { StampAnswer } from '@reclaim/vault/evidence/evidence-record';
import { sha256Hex } from '@reclaim/vault/package/file-digest';
import { solve } from '@reclaim/vault/proof-of-work';
import { readCertificates } from '@reclaim/vault/timestamp/pem';
import { type StampSubject, subjectBytes, subjectImprint } from '@reclaim/vault/timestamp/stamp-subject';
import { readToken } from '@reclaim/vault/timestamp/timestamp-token';

/** Asks for one stamp; the good answers, none where nobody could be reached. */
export type Stamper = (subject: StampSubject) => Promise<readonly StampAnswer[]>;

/** A stamper of the service at an address. `random` draws so many bytes. */
export function serviceStamper(server: string, random: (bytes: number) => Uint8Array): Stamper {
  const base = server.replace(/\/+$/, '');
  const post = async (path: string, body: unknown): Promise<unknown> => {
    const response = await fetch(base + path, {
      method: 'POST',
      redirect: 'error',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    if (!response.ok) throw new TypeError('the service did not answer');
    return response.json();
  };
  return async (subject) => {
    try {
      const { authorities } = wireAuthorities.parse(await post('/v1/timestamps/authorities', {}));
      if (authorities.length === 0) return [];
      const { challenge, bits } = wireChallenge.parse(await post('/v1/challenges', {}));
      const proof = { challenge, nonce: await solve(challenge, bits) };
      const nonce = random(8);
      const question = { proof, imprint: subjectImprint(subject), nonce: Buffer.from(nonce).toString('hex') };
      const { answers } = wireStampAnswers.parse(await post('/v1/timestamps', question));
      const good: StampAnswer[] = [];
      for (const { authority, reply } of answers) {
        const known = authorities.find(({ id }) => id === authority);
        if (known === undefined || reply === null) continue;
        const roots = readCertificates(known.roots);
        const data = subjectBytes(subject);
        const token = await readToken(Buffer.from(reply, 'base64'), { data, roots, nonce });
        const root = token.ok ? roots.find((each) => sha256Hex(each) === token.root) : undefined;
        if (token.ok && root !== undefined)
          good.push({ authority, reply, root: Buffer.from(root).toString('base64'), at: token.at });
      }
      return good;
    } catch {
      // Whoever could not be reached gave no stamp; the package says that it is pending.
      return [];
    }
  };
}
