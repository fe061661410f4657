/**
 * The store: one PostgreSQL, embedded or by URL, behind one object with a lifetime.
 *
 * Opening it starts or finds the server, applies the migrations (one process does, the others wait), and checks that
 * the store's key is the one that sealed what is there.
 * @module
 */

import { parseUtcMs, type UtcMs } from '@reclaim/casework/instant';
import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { type Compaction, compact } from './compaction.ts';
import { type EmbeddedDatabase, openEmbedded } from './embedded-database.ts';
import { ERASABLE_TABLES, migrations } from './migrations.ts';
import { openStoreKey, parseStoreKey, type StoreKey } from './store-key.ts';
import type { Tables } from './tables.ts';

/** What opening needs. Without `databaseUrl` a server is started below `dataDir`. */
export type StoreOptions = {
  readonly dataDir: string;
  readonly databaseUrl?: string | undefined;
  /** RECLAIM_STORE_KEY; without it the key file in `dataDir`. */
  readonly storeKeyText?: string | undefined;
  readonly now?: (() => number) | undefined;
  readonly log?: ((line: string) => void) | undefined;
  /** The least free disk to start with, bytes. */
  readonly floorBytes?: number | undefined;
  /** The programs of another PostgreSQL (tests run on 15 and on 18). */
  readonly binariesDir?: string | undefined;
  /** How long a query may wait for a connection, milliseconds; 5,000 unless said otherwise, since somebody waits for it. */
  readonly connectWithinMs?: number | undefined;
};

/** 64-bit integers as numbers: ours are positions, milliseconds and counts, all far below 2^53. */
const INT8_OID = 20;

function numberOfInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('store: an integer beyond 2^53');
  return value;
}

/** What PostgreSQL says of its ordinary life; what it cannot do reaches us as errors, and a PANIC is passed on. */
const SERVER_CHATTER = /^(LOG|FATAL|WARNING|DETAIL|HINT):/;

/** An open store. `db` is for the queries of this room only. */
export class Store {
  readonly db: Kysely<Tables>;
  readonly key: StoreKey;
  readonly embedded: EmbeddedDatabase | undefined;
  readonly clientConfig: pg.ClientConfig;
  readonly #pool: pg.Pool;
  readonly #now: () => number;

  private constructor(
    pool: pg.Pool,
    clientConfig: pg.ClientConfig,
    key: StoreKey,
    now: () => number,
    embedded: EmbeddedDatabase | undefined,
  ) {
    this.#pool = pool;
    this.#now = now;
    this.key = key;
    this.embedded = embedded;
    this.clientConfig = clientConfig;
    this.db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  }

  /**
   * Opens the store.
   * @throws {Error} with a sentence that says what to do: no room on the disk, a wrong store key, an unreachable
   *   database
   */
  static async open(options: StoreOptions): Promise<Store> {
    const log = options.log ?? (() => undefined);
    const key =
      options.storeKeyText === undefined
        ? await openStoreKey(options.dataDir)
        : parseStoreKey(options.storeKeyText);
    const embedded =
      options.databaseUrl === undefined
        ? await openEmbedded({
            dataDir: options.dataDir,
            log: (line) => SERVER_CHATTER.test(line) || log(line),
            ...(options.floorBytes === undefined ? {} : { floorBytes: options.floorBytes }),
            ...(options.binariesDir === undefined ? {} : { binariesDir: options.binariesDir }),
          })
        : undefined;
    const clientConfig: pg.ClientConfig = embedded?.connection ?? { connectionString: options.databaseUrl };
    const types: pg.CustomTypesConfig = {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        oid === INT8_OID
          ? numberOfInt8
          : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
    };
    const connectionTimeoutMillis = options.connectWithinMs ?? 5_000;
    const pool = new pg.Pool({ ...clientConfig, types, max: 10, connectionTimeoutMillis });
    // A client whose server goes away emits `error`: an idle one on the pool, one that is lent out on itself. Without
    // both listeners the whole process would end (met when the database was killed in the middle of writes).
    pool.on('error', () => log('a database connection was lost'));
    pool.on('connect', (client) => client.on('error', () => undefined));
    const store = new Store(pool, clientConfig, key, options.now ?? Date.now, embedded);
    try {
      await store.#migrate();
      await store.#checkKey();
    } catch (error) {
      await store.close();
      throw error;
    }
    return store;
  }

  /** The time, from the clock that the store was given. */
  now(): UtcMs {
    return parseUtcMs(this.#now());
  }

  /**
   * Runs `work` in one transaction: all of it is durable when this resolves, or none of it.
   * @throws {EmbeddedError} `disk-low` where the disk has no room to recover from a write that fills it
   */
  async transaction<T>(work: (trx: Transaction<Tables>) => Promise<T>): Promise<T> {
    await this.embedded?.requireRoom();
    return this.db.transaction().execute(work);
  }

  /** Brings an embedded server back that died under us; does nothing for a database by URL. */
  async ensureRunning(): Promise<void> {
    await this.embedded?.ensureRunning();
  }

  /**
   * Rewrites the tables that hold erasable values and lets go of old write-ahead log, so that what was erased is in
   * no file any more. Locks each table for as long as its rewriting takes. The answer says how far it reached.
   */
  async compact(): Promise<Compaction> {
    const client = new pg.Client(this.clientConfig);
    client.on('error', () => undefined);
    await client.connect();
    try {
      // What a crash left behind belongs to no table, so compaction alone would not see it.
      await this.embedded?.sweepOrphanFiles();
      return await compact(client, ERASABLE_TABLES);
    } finally {
      await client.end();
    }
  }

  /** Ends the connections and, where this process started it, the embedded server. */
  async close(): Promise<void> {
    await this.#pool.end().catch(() => undefined);
    await this.embedded?.stop();
  }

  async #migrate(): Promise<void> {
    const { error } = await new Migrator({ db: this.db, provider: migrations }).migrateToLatest();
    if (error !== undefined) throw new Error('store: a migration failed', { cause: error });
  }

  /**
   * Refuses a key that is not the one this database was sealed with: signals sealed by two keys would be half
   * unreadable, and the person whose signal went dark would never know.
   */
  async #checkKey(): Promise<void> {
    const mine = this.key.tag(Buffer.from('store-key-check')).toString('base64url');
    await this.db
      .insertInto('store_meta')
      .values({ name: 'store-key-check', value: mine })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const { value } = await this.db
      .selectFrom('store_meta')
      .select('value')
      .where('name', '=', 'store-key-check')
      .executeTakeFirstOrThrow();
    if (value !== mine) {
      throw new Error(
        'store: this database was sealed with another store key. Put the right store.key into the data directory, ' +
          'or set RECLAIM_STORE_KEY to it.',
      );
    }
  }
}
