/**
 * The file that names timestamping authorities for a service: a JSON list of `{ "id", "name", "url", "roots" }`, where
 * `roots` is a file of certificates in PEM, found from the folder of the list.
 * @module
 */

import { dirname, join } from 'node:path';
import { readInput } from './input-file.ts';
import { Problem } from './problem.ts';
import type { Terminal } from './terminal.ts';

/** An authority, with its roots read. The service checks the rest. */
export type TimestampAuthority = {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly roots: string;
};

/** Bytes of the list, and of a file of roots, at most. */
const MAX_BYTES = 400_000;

/**
 * The authorities that `RECLAIM_TIMESTAMP_AUTHORITIES` names; `undefined` where it is not set.
 * @throws {Problem} for a file that cannot be read or is no such list
 */
export async function authoritiesOf(io: Terminal): Promise<readonly TimestampAuthority[] | undefined> {
  const file = io.env.RECLAIM_TIMESTAMP_AUTHORITIES;
  if (!file) return undefined;
  const list = await readJson(io, file);
  if (!Array.isArray(list)) throw problem('expected a list of authorities');
  return Promise.all(
    list.map(async (each: unknown): Promise<TimestampAuthority> => {
      const { roots } = (each ?? {}) as Record<string, unknown>;
      if (typeof roots !== 'string') throw problem('expected a file of roots for each authority');
      const text = new TextDecoder().decode(await read(io, join(dirname(file), roots)));
      return { ...(each as TimestampAuthority), roots: text };
    }),
  );
}

async function readJson(io: Terminal, file: string): Promise<unknown> {
  try {
    return JSON.parse(new TextDecoder().decode(await read(io, file)));
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw problem('expected JSON', error);
  }
}

async function read(io: Terminal, file: string): Promise<Uint8Array> {
  try {
    return await readInput(io, file, MAX_BYTES);
  } catch (error) {
    throw problem(error instanceof Problem ? error.message : 'a file could not be read', error);
  }
}

function problem(sentence: string, cause?: unknown): Problem {
  return new Problem(`RECLAIM_TIMESTAMP_AUTHORITIES: ${sentence}`, { cause });
}
