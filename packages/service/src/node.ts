/**
 * A node: store, index keeper, server and chores, started and stopped together.
 *
 * Life: *opening* the store → *loading* the bank → *listening* → *stopping* (no new requests, those in flight are
 * answered, chores end, the database closes) → gone. Whatever fails while it starts closes what was opened.
 * @module
 */

import { join } from 'node:path';
import { type PlatformFacts, UNSAID_PLATFORM } from '@reclaim/casework/notice-terms';
import { SCOPES } from '@reclaim/casework/wire';
import { listenForChanges } from '@reclaim/store/bank-listener';
import { makeFirstKey } from '@reclaim/store/keys';
import { makeSetupLink } from '@reclaim/store/staff';
import { Store } from '@reclaim/store/store';
import { setupLink } from '@reclaim/web/console/setup-link';
import { checkAlertUrl } from './alert-sender.ts';
import { AnonymousGuard } from './anonymous-guard.ts';
import { startChores } from './chores.ts';
import { ContentKeeper } from './content-keeper.ts';
import { CopyKeeper } from './copy-keeper.ts';
import { startExchangeSync } from './exchange-sync.ts';
import { FeatureKeeper } from './feature-keeper.ts';
import { IndexKeeper } from './index-keeper.ts';
import { IndexThreads } from './index-threads.ts';
import { KeyGuard } from './key-guard.ts';
import { NODE_LIMITS, type NodeLimits } from './limits.ts';
import { RetroactiveSearch } from './retroactive-search.ts';
import type { Server, Site } from './route.ts';
import { makeServer } from './server.ts';
import { parseAuthorities, type TimestampAuthority } from './timestamp-authorities.ts';
import { Monitor, type MonitorOptions } from './watch/monitor.ts';
import { builtWeb, readWeb } from './web-files.ts';
import { NEUTRAL_PAGE } from './web-routes.ts';
import { startWebhookSender } from './webhook-sender.ts';

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
  /** From how many signals on the bank is written to disk for the next start; 20,000 unless said otherwise. */
  readonly snapshotFrom?: number | undefined;
  readonly floorBytes?: number | undefined;
  /** Where browsers reach it, `https://host`; `http://localhost:PORT` unless said otherwise. */
  readonly publicUrl?: string | undefined;
  /** Where the way out leads: a page that says nothing of who comes there. */
  readonly exitUrl?: string | undefined;
  /** The folder of the built pages, in place of the one that belongs to this house. */
  readonly webDir?: string | undefined;
  /** `host:port` of private addresses that previews may be fetched from all the same. */
  readonly previewHosts?: readonly string[] | undefined;
  /** How many reverse proxies stand in front; their X-Forwarded-For then says who asks. 0 unless said otherwise. */
  readonly trustProxy?: number | undefined;
  /** `host:port` of private addresses that webhooks may be sent to, and feeds asked at, all the same; `localhost` always. */
  readonly webhookHosts?: readonly string[] | undefined;
  /** Where the operator is told that a clock nears its end; nothing is sent without it. */
  readonly alertUrl?: string | undefined;
  /** What signs alerts, as webhooks are signed; unsigned without it. */
  readonly alertSecret?: Uint8Array | undefined;
  /** How often to look whether a feed is due, milliseconds; 5,000 unless said otherwise. */
  readonly exchangeEveryMs?: number | undefined;
  /** How long a query may wait for a connection to the database, milliseconds; 5,000 unless said otherwise. */
  readonly connectWithinMs?: number | undefined;
  /** What the platform is, where it counts its days and where it is offered; see `UNSAID_PLATFORM` for what counts unsaid. */
  readonly platform?: Partial<PlatformFacts> | undefined;
  /** Timestamping authorities that evidence is stamped by. */
  readonly timestampAuthorities?: readonly TimestampAuthority[] | undefined;
  /** Switches on that persons may have addresses looked at; off unless given. */
  readonly monitor?: MonitorOptions | undefined;
};

/** A running node. */
export type RunningNode = {
  /** Where it answers, as a passkey needs it: by name, not by number. */
  readonly url: string;
  readonly port: number;
  /** The first key's token, when this start made it. */
  readonly firstKey?: string;
  /** The one-time link for the first administrator, while there is no staff; an earlier one is dead. */
  readonly setupLink?: string;
  readonly store: Store;
  readonly keeper: IndexKeeper;
  readonly content: ContentKeeper;
  readonly monitor: Monitor | undefined;
  readonly features: FeatureKeeper;
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
    const threads = new IndexThreads((error) =>
      log(`index: ${error instanceof Error ? error.name : 'error'}`),
    );
    undo.push(() => threads.close());
    const keeper = await IndexKeeper.load(store, {
      ...{ threads, log, snapshotPath: join(options.dataDir, 'index', 'bank.sealed') },
      ...(options.snapshotFrom === undefined ? {} : { snapshotFrom: options.snapshotFrom }),
    });
    // A node that ends without writing it reads the older one at its next start, and the changes since.
    undo.push(() =>
      keeper.save().catch((error: unknown) => {
        log(`snapshot of the bank: ${error instanceof Error ? error.name : 'error'}`);
      }),
    );
    const content = new ContentKeeper(store, {
      ...{ threads, log, snapshotPath: join(options.dataDir, 'index', 'content.sealed') },
      ...(options.snapshotFrom === undefined ? {} : { snapshotFrom: options.snapshotFrom }),
    });
    undo.push(() =>
      content.save().catch((error: unknown) => {
        log(`snapshot of content: ${error instanceof Error ? error.name : 'error'}`);
      }),
    );
    const retroactive = new RetroactiveSearch(store, keeper, content, limits, log);
    undo.push(() => retroactive.stop());
    const features = await FeatureKeeper.load(store);
    const copies = new CopyKeeper(store, features, {
      hosts: options.previewHosts ?? [],
      limits: { fileBytes: limits.fileBytes, pixels: limits.pixels, timeMs: limits.decodeMs },
    });
    undo.push(() => copies.settle());
    const webDir = options.webDir ?? builtWeb();
    let origin = publicOrigin(options.publicUrl);
    const site: Site = {
      origin: () => {
        if (origin === undefined) throw new Error('node: asked for its address before it listened');
        return origin;
      },
      exitUrl: httpAddress(options.exitUrl ?? NEUTRAL_PAGE, 'exitUrl'),
      web: webDir === undefined ? undefined : await readWeb(webDir),
      previewHosts: options.previewHosts ?? [],
    };
    const guard = new KeyGuard(store, limits, site.origin);
    const anonymous = new AnonymousGuard(store, limits);
    const { trustProxy = 0, webhookHosts = [] } = options;
    const platform = { ...UNSAID_PLATFORM, ...options.platform };
    const timestampAuthorities = parseAuthorities(options.timestampAuthorities ?? []);
    const monitor = options.monitor === undefined ? undefined : new Monitor(store, options.monitor);
    const server = await makeServer(
      {
        store,
        keeper,
        retroactive,
        features,
        copies,
        guard,
        anonymous,
        limits,
        site,
        trustProxy,
        webhookHosts,
        platform,
        timestampAuthorities,
        monitor,
      },
      log,
    );
    const firstKey = await makeFirstKey(store, SCOPES);
    const listener = listenForChanges(store, {
      bank: () => {
        void keeper.catchUp().catch(() => undefined);
        retroactive.wake();
      },
      localFeatures: () => void features.catchUp().catch(() => undefined),
    });
    undo.push(() => listener.stop());
    const { alertUrl, alertSecret } = options;
    if (alertUrl !== undefined) checkAlertUrl(alertUrl, webhookHosts);
    const alerts =
      alertUrl === undefined ? undefined : { url: alertUrl, secret: alertSecret, hosts: webhookHosts, log };
    const chores = startChores(store, keeper, content, retroactive, features, monitor, log, alerts);
    undo.push(() => chores.stop());
    const sender = startWebhookSender(store, { log, hosts: webhookHosts });
    undo.push(() => sender.stop());
    const sync = startExchangeSync(store, {
      log,
      hosts: webhookHosts,
      ...(options.exchangeEveryMs === undefined ? {} : { everyMs: options.exchangeEveryMs }),
    });
    undo.push(() => sync.stop());
    const host = options.host ?? 'localhost';
    await server.listen({ port: options.port, host });
    undo.push(() => closeServer(server));
    const address = server.server.address();
    const port = typeof address === 'object' && address !== null ? address.port : options.port;
    const url = `http://localhost:${port}`;
    origin ??= url;
    const setup = await makeSetupLink(store);
    return {
      url,
      port,
      ...(firstKey === undefined ? {} : { firstKey: firstKey.token }),
      ...(setup === undefined ? {} : { setupLink: setupLink(origin, setup.token) }),
      store,
      keeper,
      content,
      monitor,
      features,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** @throws {TypeError} unless `text` is an http(s) address */
function httpAddress(text: string, option: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw new TypeError(`${option}: expected an address that begins with https:// or http://`);
  }
  return url.href;
}

/**
 * The origin that passkeys and sessions are bound to. Plain http is good on this machine only: elsewhere a session's
 * cookie would travel for anybody to read, and browsers refuse passkeys there.
 * @throws {TypeError} unless `publicUrl` is https, or http on localhost
 */
function publicOrigin(publicUrl: string | undefined): string | undefined {
  if (publicUrl === undefined) return undefined;
  const { origin, protocol, hostname } = new URL(httpAddress(publicUrl, 'publicUrl'));
  if (protocol === 'https:' || hostname === 'localhost') return origin;
  throw new TypeError('publicUrl: expected https://, or http://localhost on one machine');
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
