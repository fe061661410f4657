/**
 * The witness of a trace: the answer of a timestamping authority over the registry's line. Without one that somebody
 * trusts, the codes could have been chosen after the leak, and no probability is given.
 * @module
 */

import { readCertificates } from '@reclaim/vault/timestamp/pem';
import { readToken, type TokenFault, type TokenReading } from '@reclaim/vault/timestamp/timestamp-token';
import { lineOf, type Registry, type RegistryEntry } from '@reclaim/watermark/registry';
import { shownName } from './command.ts';
import { readInput } from './input-file.ts';
import { Problem } from './problem.ts';
import type { Terminal } from './terminal.ts';

/** A witness: who, when (ISO 8601 in UTC), and the answer itself in base64. */
export type Witness = { readonly authority: string; readonly at: string; readonly token: string };

const MAX_REPLY = 65_536;
const MAX_ROOTS = 400_000;

/** The files that hold the answer of an authority, and the roots that are trusted. */
export type StampFiles = { readonly stamp?: string; readonly trust?: string };

/**
 * The witnesses of a registry's entries by their sequence number, the earliest of each: those that the entries bear and
 * that the roots go for, and the one in the file. Without roots there are none.
 * @throws {Problem} for a file that is no good, that is of none of the entries, or that comes without roots to trust; and
 *   for an entry that bears a stamp of something else: it was changed after it was stamped, its digests made anew
 */
export async function witnessesOf(
  io: Terminal,
  registry: Registry,
  entries: readonly RegistryEntry[],
  files: StampFiles,
): Promise<ReadonlyMap<number, Witness>> {
  const found = new Map<number, Witness>();
  if (files.trust === undefined && files.stamp !== undefined)
    throw new Problem('--stamp expects --trust FILE with the roots of authorities that you trust');
  const roots = files.trust === undefined ? [] : await rootsOf(io, files.trust);
  const named = files.stamp === undefined ? undefined : await read(io, files.stamp, MAX_REPLY);
  let trouble: Problem | undefined;
  for (const entry of entries) {
    const line = lineOf(registry.secret, entry);
    const replies = entry.stamps.map(({ token }) => Buffer.from(token, 'base64'));
    for (const reply of named === undefined ? replies : [...replies, named]) {
      const token = await readToken(reply, { data: new TextEncoder().encode(line), roots });
      if (token.ok) found.set(entry.seq, earlier(found.get(entry.seq), witnessOf(reply, token)));
      else if (reply === named) trouble = problemOf(token.fault);
      else if (token.fault === 'other-bytes')
        throw new Problem(
          `entry ${entry.seq + 1} of the registry bears a stamp of something else: it was changed after it was stamped; nothing is traced with it`,
        );
    }
  }
  if (named !== undefined && found.size === 0 && trouble !== undefined) throw trouble;
  return found;
}

/** The roots in a file. @throws {Problem} where there are none */
export async function rootsOf(io: Terminal, name: string): Promise<readonly Uint8Array[]> {
  try {
    return readCertificates(new TextDecoder().decode(await read(io, name, MAX_ROOTS)));
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(`${shownName(name)}: certificates in PEM are expected`, { cause: error });
  }
}

/** The witness in an answer's bytes. @throws {Problem} with what is wrong with it */
export async function witnessed(
  reply: Uint8Array,
  line: string,
  roots: readonly Uint8Array[],
): Promise<Witness> {
  const token = await readToken(reply, { data: new TextEncoder().encode(line), roots });
  if (token.ok) return witnessOf(reply, token);
  throw problemOf(token.fault);
}

/** Of two witnesses of one line the one who saw it first: the other takes nothing away from that. */
function earlier(before: Witness | undefined, other: Witness): Witness {
  return before !== undefined && before.at <= other.at ? before : other;
}

function witnessOf(reply: Uint8Array, token: Extract<TokenReading, { ok: true }>): Witness {
  return { authority: token.signer, at: token.at, token: Buffer.from(reply).toString('base64') };
}

function problemOf(fault: TokenFault): Problem {
  switch (fault) {
    case 'other-bytes':
    case 'other-nonce':
      return new Problem('the stamp is of something else than this entry of the registry');
    case 'chain':
      return new Problem('the stamp is of an authority that is not among those you trust');
    case 'refused':
      return new Problem('the authority refused to stamp');
    case 'signature':
    case 'not-an-authority':
    case 'unreadable':
      return new Problem('the stamp is no good: it is not a signed answer of a timestamping authority');
    default:
      return fault satisfies never;
  }
}

async function read(io: Terminal, name: string, most: number): Promise<Uint8Array> {
  try {
    return await readInput(io, name, most);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Problem(`${shownName(name)}: ${error.message}`, { cause: error });
  }
}
