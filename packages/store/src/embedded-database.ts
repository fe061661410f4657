/**
 * The embedded database: PostgreSQL from an npm package on a private socket, for those who have no server.
 *
 * A handle (`EmbeddedDatabase`) stands in one of these states:
 *
 *   opening   looks for its part. The claim is free or its holder dead -> it claims, starts the server -> *owning*.
 *             The holder lives -> it waits until that server answers -> *sharing*. Neither within the time -> error.
 *   owning    this process holds the claim and started the server; a watcher stops the server should we be killed.
 *             The server ends by itself -> *reviving*, at once.
 *   sharing   another living process owns the server. We never stop it, and notice its end by our connections.
 *   reviving  entered from *owning* when the server ended, or by `ensureRunning()` from both. Owner: if the server
 *             does not answer it is started again, on the same socket, with the claim kept; on a disk below the floor
 *             the ballast is given up first. Sharer: looks for its part again, as in *opening*; so when the owner is
 *             gone, one sharer becomes the owner and the others share with it. Failing -> *lost*.
 *   lost      the next `ensureRunning()` tries again.
 *   stopped   final. The owner has stopped the server (which ends the sharers' connections), then released its claim.
 *
 * Proofs of who lives are in embedded-process.ts, claims in embedded-owner.ts, the server in embedded-server.ts.
 *
 * Speaks to Linux (x64, arm64; tried on x64) and macOS (not tried: there is no /proc, so births and command lines
 * come from `ps`, and a damaged postmaster.pid is never removed). Windows has no private sockets of this kind and is
 * refused. Node's own file system calls here are synchronous where they take microseconds at the start of a process.
 * @module
 */

import { resolve } from 'node:path';
import { locateBinaries } from './embedded-binaries.ts';
import { acceptance, ensureDatabase, socketConnection, withClient } from './embedded-connection.ts';
import {
  DEFAULT_FLOOR_BYTES,
  type DiskState,
  dropBallast,
  freeBytesOf,
  inMebibytes,
  keepBallast,
  RECOVERY_BYTES,
} from './embedded-disk.ts';
import { sweepOrphanFiles } from './embedded-orphan-files.ts';
import { type Claim, claimOwnership } from './embedded-owner.ts';
import { readPidFile } from './embedded-pid-file.ts';
import { type Place, preparePlace, ROOT_REFUGE } from './embedded-place.ts';
import { EmbeddedError } from './embedded-problem.ts';
import { pause } from './embedded-process.ts';
import { DATABASE_NAME, type Server, startServer } from './embedded-server.ts';
import { startWatch, type Watch } from './embedded-watch.ts';

/** What `openEmbedded` is told. Only `dataDir` is needed. */
export type EmbeddedOptions = {
  readonly dataDir: string;
  /** A directory with `postgres` and `initdb` in place of the npm package, version 15 or later. */
  readonly binariesDir?: string | undefined;
  /** Free bytes below which no server is started. */
  readonly floorBytes?: number | undefined;
  /** Gets the server's messages, one line each; they hold no statement and no value. */
  readonly log?: ((line: string) => void) | undefined;
  /** Free bytes below a directory; asks the file system unless given. */
  readonly freeBytes?: ((directory: string) => Promise<number>) | undefined;
  /** Where root puts what the server's user cannot reach otherwise. */
  readonly rootRefuge?: string | undefined;
};

type Part =
  | { readonly kind: 'owning'; readonly claim: Claim; readonly watch: Watch; server: Server }
  | { readonly kind: 'sharing' }
  | { readonly kind: 'lost' };

const OPEN_WITHIN_MS = 90_000;

/** How long a server may take to recover from a lost backend: ended in the middle of it, it would begin from the start. */
const HEAL_WITHIN_MS = 60_000;

/** How old a look at the disk may be before a write. A fast disk takes a few hundred MiB in this time, the log one segment. */
const LOOK_EVERY_MS = 250;

/** The embedded database while it is open; made by `openEmbedded`. */
export class EmbeddedDatabase {
  /** The configuration of a driver's client or pool. Stays the same over restarts. */
  readonly connection: ReturnType<typeof socketConnection>;
  /** Where the data is: what was asked for, or root's refuge. */
  readonly dataDir: string;
  readonly #place: Place;
  readonly #binDir: string;
  readonly #options: EmbeddedOptions;
  #part: Part = { kind: 'lost' };
  #reviving: Promise<void> | undefined;
  #stopping: Promise<void> | undefined;
  #room = Number.POSITIVE_INFINITY;
  #roomSeenAt = Number.NEGATIVE_INFINITY;

  /** Prepares directories and programs; `openEmbedded` then starts or finds the server. */
  constructor(options: EmbeddedOptions) {
    const refuge = options.rootRefuge ?? ROOT_REFUGE;
    this.#options = options;
    this.#place = preparePlace(options.dataDir, refuge);
    this.#binDir = locateBinaries(options.binariesDir, this.#place.user, refuge);
    this.dataDir = this.#place.dataDir;
    if (this.dataDir !== resolve(options.dataDir)) {
      this.#log(
        `The data is in ${this.dataDir}: the user PostgreSQL runs as cannot enter the directory asked for.`,
      );
    }
    this.connection = socketConnection(this.#place.socketDir, DATABASE_NAME);
  }

  /** True while this process started the server; false while it uses that of another process. */
  get owner(): boolean {
    return this.#part.kind === 'owning';
  }

  /** The process id of the server's first process, or undefined while there is none. */
  get postmasterPid(): number | undefined {
    if (this.#part.kind === 'owning') return this.#part.server.identity.pid;
    const found = readPidFile(this.#place.pgDir);
    return found.kind === 'present' ? found.pid : undefined;
  }

  /**
   * Returns when the server answers, bringing it up again if need be. For the error handler of a pool: calls while
   * one is under way wait for that one.
   *
   * @throws {EmbeddedError} `stopped`, `disk-low`, and what starting may throw.
   */
  async ensureRunning(): Promise<void> {
    if (this.#stopping !== undefined)
      throw new EmbeddedError('stopped', 'This embedded database was stopped.');
    this.#reviving ??= this.#revive().finally(() => {
      this.#reviving = undefined;
    });
    await this.#reviving;
  }

  /**
   * Refuses a write that the server could not recover from: below two segments of the log it goes down in the middle of
   * one, and what was in flight is neither kept nor refused. Looks at the disk four times a second at most.
   * @throws {EmbeddedError} `disk-low`
   */
  async requireRoom(): Promise<void> {
    const now = performance.now();
    if (now - this.#roomSeenAt > LOOK_EVERY_MS) {
      this.#roomSeenAt = now;
      this.#room = await this.#freeBytes();
    }
    if (this.#room < RECOVERY_BYTES)
      throw new EmbeddedError(
        'disk-low',
        `The disk of ${this.dataDir} has ${inMebibytes(this.#room)} left: nothing more is written until there is room. Nothing is lost.`,
      );
  }

  /** Looks at the disk, and puts the ballast back when there is room. To be called every few seconds by the owner. */
  async checkDisk(): Promise<DiskState> {
    const free = await this.#freeBytes();
    if (this.owner && this.#stopping === undefined) keepBallast(this.#place.ballast, free, this.#floor);
    return { kind: free < this.#floor ? 'low' : 'ok', freeBytes: free };
  }

  /**
   * Deletes files that a crash left in the database and no table knows (embedded-orphan-files.ts). The owner does so
   * at each start; worth calling before each compaction, since a server can crash and recover by itself.
   *
   * @returns how many, or undefined when open transactions did not let it say.
   */
  async sweepOrphanFiles(): Promise<number | undefined> {
    let deleted: number | undefined;
    await withClient(this.#place.socketDir, DATABASE_NAME, async (client) => {
      deleted = await sweepOrphanFiles(client, this.#place.pgDir);
    });
    return deleted;
  }

  /** Ends it: the owner stops the server cleanly and releases the claim; a sharer just leaves. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  /** The same as `stop`, for `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  get #floor(): number {
    return this.#options.floorBytes ?? DEFAULT_FLOOR_BYTES;
  }

  #freeBytes(): Promise<number> {
    return (this.#options.freeBytes ?? freeBytesOf)(this.#place.dataDir);
  }

  #log(line: string): void {
    this.#options.log?.(line);
  }

  async #revive(): Promise<void> {
    if (this.#part.kind === 'owning') await this.#reviveOwn(this.#part);
    else await this.#takePart();
  }

  /** Opening: owns or shares, whichever the claims say, until one of them works. */
  async #takePart(): Promise<void> {
    const deadline = performance.now() + OPEN_WITHIN_MS;
    for (;;) {
      const outcome = claimOwnership(this.#place.ownerDir);
      if (outcome.kind === 'owned') {
        await this.#takeOwnership(outcome.claim);
        return;
      }
      if (await this.#answers()) {
        this.#part = { kind: 'sharing' };
        return;
      }
      if (this.#stopping !== undefined)
        throw new EmbeddedError('stopped', 'This embedded database was stopped.');
      if (performance.now() > deadline) {
        throw new EmbeddedError(
          'owner-not-ready',
          `Process ${outcome.holder.pid} owns the data in ${this.dataDir}, and its PostgreSQL server does not answer. Stop that process and start again.`,
        );
      }
      await pause(10);
    }
  }

  async #takeOwnership(claim: Claim): Promise<void> {
    let watch: Watch | undefined;
    try {
      const free = await this.#freeBytes();
      if (free < this.#floor) throw this.#diskLow(free);
      keepBallast(this.#place.ballast, free, this.#floor);
      watch = startWatch();
      const server = await this.#start(claim, watch);
      this.#part = { kind: 'owning', claim, watch, server };
    } catch (error) {
      this.#part = { kind: 'lost' };
      watch?.end();
      claim.release();
      throw error;
    }
  }

  async #start(claim: Claim, watch: Watch): Promise<Server> {
    const server = await startServer({
      place: this.#place,
      binDir: this.#binDir,
      generation: claim.generation,
      watch,
      log: (line) => this.#log(line),
    });
    try {
      await ensureDatabase(this.#place.socketDir, DATABASE_NAME);
      const swept = await this.sweepOrphanFiles();
      if (swept !== 0) this.#log(`Deleted ${swept ?? 'no'} table files that a crash had left behind.`);
    } catch (error) {
      await server.stop();
      throw error;
    }
    const started = performance.now();
    void server.ended.then(() => {
      if (this.#stopping !== undefined || this.#part.kind !== 'owning' || this.#part.server !== server)
        return;
      // A server that ends as soon as it is up would be restarted without end: leave that one to the callers.
      if (performance.now() - started < 1_000) return;
      this.#log('The PostgreSQL server ended by itself; starting it again.');
      this.ensureRunning().catch((error: unknown) => {
        this.#log(
          error instanceof Error ? error.message : 'The PostgreSQL server could not be started again.',
        );
      });
    });
    return server;
  }

  async #reviveOwn(part: Part & { kind: 'owning' }): Promise<void> {
    if (await this.#answers()) return;
    if ((await this.#freeBytes()) < this.#floor) {
      dropBallast(this.#place.ballast);
      const free = await this.#freeBytes();
      if (free < RECOVERY_BYTES) throw this.#diskLow(free);
    }
    // A postmaster that lost a backend recovers by itself, on the same process; only one that does not is ended.
    const patience = performance.now() + HEAL_WITHIN_MS;
    let ended = false;
    void part.server.ended.then(() => {
      ended = true;
    });
    await Promise.resolve();
    while (!ended && performance.now() < patience) {
      if (await this.#answers()) return;
      await Promise.race([pause(20), part.server.ended]);
    }
    if (!ended) await part.server.stop();
    part.server = await this.#start(part.claim, part.watch);
  }

  async #answers(): Promise<boolean> {
    const found = readPidFile(this.#place.pgDir);
    if (found.kind !== 'present' || found.status !== 'ready') return false;
    return (await acceptance(this.#place.socketDir, DATABASE_NAME)).kind === 'accepts';
  }

  async #stop(): Promise<void> {
    await this.#reviving?.catch(() => undefined);
    const part = this.#part;
    this.#part = { kind: 'lost' };
    if (part.kind !== 'owning') return;
    try {
      await part.server.stop();
    } finally {
      part.claim.release();
      part.watch.end();
    }
  }

  #diskLow(free: number): EmbeddedError {
    return new EmbeddedError(
      'disk-low',
      `The disk of ${this.dataDir} has ${inMebibytes(free)} left; the database is not started with less than ${inMebibytes(this.#floor)}. Make room and start again. Nothing is lost.`,
    );
  }
}

/**
 * Opens the embedded database of a data directory: starts its server, or shares that of a living process that did.
 *
 * @throws {RangeError} for a data directory that cannot have a socket.
 * @throws {EmbeddedError} with a closed `code` and a sentence for the operator.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  if (process.platform === 'win32') {
    throw new EmbeddedError(
      'no-binaries',
      'There is no embedded database on Windows. Set DATABASE_URL to a PostgreSQL server.',
    );
  }
  const database = new EmbeddedDatabase(options);
  await database.ensureRunning();
  return database;
}
