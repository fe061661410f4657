/**
 * A node: store, index keeper, server and chores, started and stopped together.
 *
 * Life: *opening* the store → *loading* the bank → *listening* → *stopping* (no new requests, those in flight are
 * answered, chores end, the database closes) → gone. Whatever fails while it starts closes what was opened.
 * @module
 */

import { SCOPES } from '@reclaim/casework/wire';
import { listenForBankChanges } from '@reclaim/store/bank-listener';
import { makeFirstKey } from '@reclaim/store/keys';
import { Store } from '@reclaim/store/store';
import { startChores } from './chores.ts';
import { IndexKeeper } from './index-keeper.ts';
import { KeyGuard } from './key-guard.ts';
import { NODE_LIMITS, type NodeLimits } from './limits.ts';
import type { Server } from './route.ts';
import { makeServer } from './server.ts';

/** How long requests in flight may take to end when the node stops, milliseconds. */
const GRACE_MS = 5_000;

/** What starting needs. Port 0 takes any free one. */
export type NodeOptions = {
  readonly dataDir: string;
  readonly port: number;
  /** The address to listen on; loopback unless said otherwise. */
  readonly host?: string | undefined;
  readonly databaseUrl?: string | undefined;
  /** RECLAIM_STORE_KEY, for several nodes on one database. */
  readonly storeKeyText?: string | undefined;
  readonly log?: ((line: string) => void) | undefined;
  readonly now?: (() => number) | undefined;
  readonly limits?: Partial<NodeLimits> | undefined;
  readonly floorBytes?: number | undefined;
};

/** A running node. */
export type RunningNode = {
  /** Where it answers, as a passkey needs it: by name, not by number. */
  readonly url: string;
  readonly port: number;
  /** The first key's token, when this start made it. */
  readonly firstKey?: string;
  readonly store: Store;
  readonly stop: () => Promise<void>;
};

/**
 * Starts a node and resolves when it is ready to be asked.
 * @throws {Error} with `code` EADDRINUSE for a taken port, and whatever the store's opening throws
 */
export async function startNode(options: NodeOptions): Promise<RunningNode> {
  const log = options.log ?? (() => undefined);
  const limits = { ...NODE_LIMITS, ...options.limits };
  const undo: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const store = await Store.open({ ...options, log });
    undo.push(() => store.close());
    const keeper = await IndexKeeper.load(store);
    const server = await makeServer({ store, keeper, guard: new KeyGuard(store, limits), limits }, log);
    const firstKey = await makeFirstKey(store, SCOPES);
    const listener = listenForBankChanges(store, () => void keeper.catchUp().catch(() => undefined));
    undo.push(() => listener.stop());
    const chores = startChores(store, keeper, log);
    undo.push(() => chores.stop());
    const host = options.host ?? 'localhost';
    await server.listen({ port: options.port, host });
    undo.push(() => closeServer(server));
    const address = server.server.address();
    const port = typeof address === 'object' && address !== null ? address.port : options.port;
    return {
      url: `http://localhost:${port}`,
      port,
      ...(firstKey === undefined ? {} : { firstKey: firstKey.token }),
      store,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Ends the server: no new connections, idle ones closed as soon as they are idle, the rest cut after `GRACE_MS`.
 * A connection whose oversize body was refused and never read would otherwise hold the node for its keep-alive time.
 */
async function closeServer(server: Server): Promise<void> {
  const sweep = setInterval(() => server.server.closeIdleConnections(), 50);
  const cut = setTimeout(() => server.server.closeAllConnections(), GRACE_MS);
  try {
    await server.close();
  } finally {
    clearInterval(sweep);
    clearTimeout(cut);
  }
}
