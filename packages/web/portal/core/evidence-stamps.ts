/**
 * Asking for stamps: the node passes a blinded digest on, and what comes back is judged here, against the roots that the
 * node's operator named. An answer that is not good is as if none had come: the stamp stays pending and is asked for again.
 * @module
 */

import type { StampAnswer } from '@reclaim/vault/evidence/evidence-record';
import { base64, hex } from '@reclaim/vault/text-bytes';
import { type StampSubject, subjectBytes, subjectImprint } from '@reclaim/vault/timestamp/stamp-subject';
import type { NodeApi } from './node-api.ts';
import type { Vault } from './vault-client.ts';

/** An authority of the node, with its roots. */
export type KnownAuthority = { readonly id: string; readonly roots: string };

/** What asking needs. `random` draws so many bytes. */
export type StampWorld = {
  readonly api: Pick<NodeApi, 'challenge' | 'stamps' | 'authorities' | 'clockOffset'>;
  readonly solver: () => Pick<Vault, 'solve'>;
  readonly random: (bytes: number) => Uint8Array;
};

/** The authorities that the node asks; `undefined` where it could not be asked. */
export async function knownAuthorities({ api }: StampWorld): Promise<readonly KnownAuthority[] | undefined> {
  const answer = await api.authorities();
  return answer.ok ? answer.value.authorities : undefined;
}

/** The good answers to one subject; none where nobody could be reached. */
export function askStamps(
  world: StampWorld,
  authorities: readonly KnownAuthority[],
  subject: StampSubject,
): Promise<readonly StampAnswer[]> {
  return askStampsOf(world, authorities, { data: subjectBytes(subject), imprint: subjectImprint(subject) });
}

/** The same for bytes that say nothing of a person by themselves; `imprint` is their SHA-256, lower-case hex. */
export async function askStampsOf(
  world: StampWorld,
  authorities: readonly KnownAuthority[],
  { data, imprint }: { readonly data: Uint8Array; readonly imprint: string },
): Promise<readonly StampAnswer[]> {
  if (authorities.length === 0) return [];
  const puzzle = await world.api.challenge();
  if (!puzzle.ok) return [];
  const { challenge, bits } = puzzle.value;
  const solved = await world.solver().solve(challenge, bits);
  const nonce = world.random(8);
  const answer = await world.api.stamps({
    proof: { challenge, nonce: solved },
    imprint,
    nonce: hex.encode(nonce),
  });
  if (!answer.ok) return [];
  const [{ readToken }, { readCertificates }] = await Promise.all([
    import('@reclaim/vault/timestamp/timestamp-token'),
    import('@reclaim/vault/timestamp/pem'),
  ]);
  const good: StampAnswer[] = [];
  for (const { authority, reply } of answer.value.answers) {
    const known = authorities.find(({ id }) => id === authority);
    if (known === undefined || reply === null) continue;
    try {
      const roots = readCertificates(known.roots);
      const token = await readToken(base64.decode(reply), { data, roots, nonce });
      if (!token.ok) continue;
      const root = await rootOf(roots, token.root);
      if (root !== undefined) good.push({ authority, reply, root: base64.encode(root), at: token.at });
    } catch {
      // An operator's list that holds no certificates: as if nobody had answered.
    }
  }
  return good;
}

async function rootOf(roots: readonly Uint8Array[], digest: string): Promise<Uint8Array | undefined> {
  const { sha256Hex } = await import('@reclaim/vault/package/file-digest');
  return roots.find((root) => sha256Hex(root) === digest);
}
