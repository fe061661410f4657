/**
 * Short connections of the launcher itself: does the server answer, is the database there.
 * @module
 */

import { Client, type ClientConfig } from 'pg';
import { SOCKET_PORT } from './embedded-pid-file.ts';

/** How long a question whether the server answers may take: who asks asks again. */
const ANSWER_WITHIN_MS = 5_000;

/**
 * How long work waits for its connection. Asked of a server that has just answered, so what takes long is the machine; a
 * start that gave up here would have to be made again on the same machine.
 */
const WORK_WITHIN_MS = 60_000;

/** What connecting showed. `silent`: nobody listens. `busy`: starting, stopping or recovering, or out of slots. */
export type Acceptance =
  | { readonly kind: 'accepts' }
  | { readonly kind: 'no-database' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'silent' };

/** How to reach a database of the embedded server. Says everything, so that no PG… variable is asked. */
export function socketConnection(socketDir: string, database: string) {
  return {
    host: socketDir,
    port: SOCKET_PORT,
    user: 'reclaim',
    database,
    ssl: false,
  } as const satisfies ClientConfig;
}

/** Connects once and says what happened. Never throws. */
export async function acceptance(
  socketDir: string,
  database: string,
  withinMs = ANSWER_WITHIN_MS,
): Promise<Acceptance> {
  try {
    await withClient(socketDir, database, async () => undefined, withinMs);
    return { kind: 'accepts' };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === '3D000') return { kind: 'no-database' };
    if (code === 'ENOENT' || code === 'ECONNREFUSED' || code === 'ENOTSOCK') return { kind: 'silent' };
    return { kind: 'busy' };
  }
}

/** Makes the database if it is missing. Only the owner calls this, so nobody else makes it meanwhile. */
export async function ensureDatabase(socketDir: string, database: string): Promise<void> {
  const found = await acceptance(socketDir, database, WORK_WITHIN_MS);
  if (found.kind !== 'no-database') return;
  await withClient(socketDir, 'postgres', async (client) => {
    await client.query(`create database ${client.escapeIdentifier(database)}`);
  });
}

/** Connects, lets the work be done, and hangs up. */
export async function withClient(
  socketDir: string,
  database: string,
  use: (client: Client) => Promise<void>,
  withinMs = WORK_WITHIN_MS,
): Promise<void> {
  const client = new Client({ ...socketConnection(socketDir, database), connectionTimeoutMillis: withinMs });
  client.on('error', () => undefined); // a server that ends between two statements; the statement fails as well
  try {
    await client.connect();
    await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
