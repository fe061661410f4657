/**
 * One PostgreSQL server process: makes its data directory, starts it, waits until it answers, stops it.
 *
 * Called only by the owner of the data directory (embedded-owner.ts). The order, and why:
 *
 * 1. *Orphan.* A postmaster that lives although its owner is dead is stopped and waited for, never adopted: its
 *    watcher is stopping it at this very moment, and whoever adopted it would be disconnected a moment later.
 * 2. *Data.* initdb works in `pg.init-<n>`, renamed to `pg` when complete: a half-made directory is never taken for
 *    a database. The number is new each time, so an initdb whose service was killed cannot write into ours.
 * 3. *Locks* of a dead server are made passable (embedded-pid-file.ts).
 * 4. *Spawn*, in a session of its own, so that Ctrl-C in a terminal reaches the service and not the server.
 * 5. *Ready* means: our child wrote `ready` into its pid file and a connection is accepted. Where it ends instead
 *    because something of its predecessor is still dying, it is started again for a while; any other end is an error
 *    with the server's own words.
 *
 * The server's messages go to the caller line by line and into no file. They are limited so that no statement, no
 * parameter and no row can be among them: only LOG and worse (which leaves out the errors of statements), without
 * DETAIL ("Key (…)=(…) already exists" has the value) and without the failed statement. Nor does a server that aborts
 * leave a core file.
 * @module
 */

import { type ChildProcess, spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Acceptance, acceptance } from './embedded-connection.ts';
import { passStaleLocks, readPidFile, SOCKET_PORT } from './embedded-pid-file.ts';
import { makePrivateDirectory, makeSocketDirectory, type Place, spawnIdentity } from './embedded-place.ts';
import { EmbeddedError } from './embedded-problem.ts';
import {
  isPostmasterOf,
  type ProcessIdentity,
  pause,
  processBirth,
  signalProcess,
  waitUntilGone,
} from './embedded-process.ts';
import type { Watch } from './embedded-watch.ts';

/** The name of the database and of its role. */
export const DATABASE_NAME = 'reclaim';

/** A server that this process started. */
export type Server = {
  readonly identity: ProcessIdentity;
  /** Settles when the postmaster has ended, however. */
  readonly ended: Promise<void>;
  readonly stop: () => Promise<void>;
};

/** What starting needs to know. `log` gets the server's messages. */
export type ServerPlan = {
  readonly place: Place;
  readonly binDir: string;
  readonly generation: number;
  readonly watch: Watch;
  readonly log: (line: string) => void;
};

const RETRY_FOR_MS = 30_000;
const READY_WITHIN_MS = 60_000;
const RETRIED = /pre-existing shared memory block|lock file .* already exists|is still in use/;

/**
 * The server's settings, on its command line so that they hold for every version of a data directory.
 * Those marked E serve erasure (compaction.ts), those marked L keep values out of messages.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '',
  port: String(SOCKET_PORT),
  unix_socket_permissions: '0700',
  shared_buffers: '64MB',
  max_connections: '40',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  wal_level: 'minimal', // E: a rewritten table is written to its file and not to the log as well
  max_wal_senders: '0',
  wal_recycle: 'off', // E: an old segment of the log is deleted, not renamed with its bytes inside
  max_wal_size: '256MB', // with the floor of embedded-disk.ts: what the log may take between two checkpoints
  min_wal_size: '32MB',
  archive_mode: 'off', // E: no further copy of the log
  max_prepared_transactions: '0', // E: no transaction that outlives its connection and keeps old rows
  idle_in_transaction_session_timeout: '60000', // E: the same for one that was forgotten, milliseconds
  max_logical_replication_workers: '0',
  jit: 'off',
  TimeZone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C', // the words that RETRIED looks for
  log_destination: 'stderr',
  logging_collector: 'off', // E, L: no file of messages
  log_line_prefix: '',
  log_min_messages: 'log', // L
  log_min_error_statement: 'panic', // L
  log_error_verbosity: 'terse', // L
  log_parameter_max_length: '0', // L
  log_parameter_max_length_on_error: '0', // L
  log_checkpoints: 'off',
};

/** Lines of a message that may quote a statement; a PANIC has them in spite of the settings. Tabs continue a line. */
const MAY_HOLD_VALUES = /^(STATEMENT|DETAIL|QUERY|CONTEXT):|^\t/;

/**
 * Starts the server of a place that this process owns, making the data directory if there is none.
 *
 * @throws {EmbeddedError} `initdb-failed`, `start-failed`, `in-use-elsewhere`, `foreign-directory`.
 */
export async function startServer(plan: ServerPlan): Promise<Server> {
  const { place } = plan;
  await stopOrphan(place.pgDir);
  makeSocketDirectory(place);
  await makeDataDirectory(plan);
  const deadline = performance.now() + RETRY_FOR_MS;
  for (;;) {
    await refuseForeignServer(place, deadline);
    passStaleLocks(place.pgDir, place.socketDir);
    const attempt = await startOnce(plan);
    if (attempt.kind === 'ready') return attempt.server;
    if (!RETRIED.test(attempt.words) || performance.now() > deadline)
      throw startFailure(place, attempt.words);
    await pause(100);
  }
}

function startFailure(place: Place, words: string): EmbeddedError {
  if (!words.includes('incompatible with server')) {
    return new EmbeddedError('start-failed', `PostgreSQL did not start. Its last words: ${words || 'none'}`);
  }
  const version = readFileSync(join(place.pgDir, 'PG_VERSION'), 'utf8').trim();
  return new EmbeddedError(
    'start-failed',
    `The data in ${place.dataDir} was made by PostgreSQL ${version}, and the programs at hand are of another version. Start with programs of version ${version}, or restore a backup into an empty directory.`,
  );
}

/** Stops a postmaster, gently first. SIGINT ends connections and checkpoints, SIGQUIT leaves the log to be replayed. */
export async function stopPostmaster(identity: ProcessIdentity): Promise<void> {
  for (const [signal, patienceMs] of [
    ['SIGINT', 20_000],
    ['SIGQUIT', 7_000],
    ['SIGKILL', 3_000],
  ] as const) {
    signalProcess(identity.pid, signal);
    if (await waitUntilGone(identity, patienceMs)) return;
  }
  throw new EmbeddedError('start-failed', 'A PostgreSQL server of this data directory cannot be stopped.');
}

async function stopOrphan(pgDir: string): Promise<void> {
  const found = readPidFile(pgDir);
  if (found.kind !== 'present') return;
  const birth = processBirth(found.pid);
  if (birth === undefined || !isPostmasterOf(found.pid, pgDir)) return;
  await stopPostmaster({ pid: found.pid, birth });
}

/**
 * Processes of another container on the same volume are invisible, and PostgreSQL's own locks do not see them either:
 * two servers would ruin the data. Its socket betrays it, since nobody whom we can see should answer there.
 */
async function refuseForeignServer(place: Place, deadline: number): Promise<void> {
  const patience = Math.min(deadline, performance.now() + 5_000);
  while ((await acceptance(place.socketDir, DATABASE_NAME)).kind !== 'silent') {
    if (performance.now() > patience) {
      throw new EmbeddedError(
        'in-use-elsewhere',
        `The data in ${place.dataDir} is in use by a PostgreSQL server that is not visible from here, perhaps in another container. Stop that one first.`,
      );
    }
    await pause(50);
  }
}

async function makeDataDirectory(plan: ServerPlan): Promise<void> {
  const { place, binDir, generation } = plan;
  if (existsSync(join(place.pgDir, 'PG_VERSION'))) return;
  for (const name of readdirSync(place.dataDir)) {
    if (name.startsWith('pg.init-')) rmSync(join(place.dataDir, name), { recursive: true, force: true });
  }
  if (existsSync(place.pgDir)) {
    if (readdirSync(place.pgDir).length > 0) {
      throw new EmbeddedError(
        'foreign-directory',
        `${place.pgDir} is not empty and holds no PostgreSQL database.`,
      );
    }
    rmdirSync(place.pgDir);
  }
  const draft = join(place.dataDir, `pg.init-${generation}`);
  makePrivateDirectory(draft, place.user);
  const locale = process.platform === 'linux' ? 'C.UTF-8' : 'C'; // macOS does not know the former
  const child = spawn(
    join(binDir, 'initdb'),
    [
      '-D',
      draft,
      '-U',
      DATABASE_NAME,
      '-E',
      'UTF8',
      `--locale=${locale}`,
      '--auth-local=trust',
      '--auth-host=reject',
      '--data-checksums',
      '--no-instructions',
    ],
    {
      ...spawnIdentity(place.user),
      cwd: place.dataDir,
      env: serverEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const words = lastWords(child, () => undefined);
  const status = await endOf(child);
  if (status !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw new EmbeddedError(
      'initdb-failed',
      `The data directory could not be made. Its last words: ${(await words()) || status}`,
    );
  }
  renameSync(draft, place.pgDir);
  const directory = openSync(place.dataDir, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

type Attempt =
  | { readonly kind: 'ready'; readonly server: Server }
  | { readonly kind: 'ended'; readonly words: string };

async function startOnce(plan: ServerPlan): Promise<Attempt> {
  const { place, binDir, watch, log } = plan;
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // The setting is a list: a comma in the path would split it, unless quoted as a name.
  const socketDirectories = `"${place.socketDir.replaceAll('"', '""')}"`;
  const command = [join(binDir, 'postgres'), '-D', place.pgDir, '-k', socketDirectories, ...settings];
  // A server that aborts must not leave its memory, with rows in it, as a file. The shell becomes the server.
  const child = spawn('/bin/sh', ['-c', 'ulimit -c 0; exec "$0" "$@"', ...command], {
    ...spawnIdentity(place.user),
    cwd: place.dataDir,
    detached: true,
    env: serverEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const words = lastWords(child, log);
  let over = false;
  const ended = endOf(child).then(() => {
    over = true;
  });
  const pid = child.pid;
  const birth = pid === undefined ? undefined : processBirth(pid);
  if (pid === undefined || birth === undefined) {
    await ended;
    return { kind: 'ended', words: await words() };
  }
  const identity = { pid, birth };
  watch.guard(identity, place.pgDir);
  const deadline = performance.now() + READY_WITHIN_MS;
  while (!over) {
    if (await isReady(place, pid)) {
      const release = letGo(child);
      const stop = async () => {
        release();
        await stopAndWait(identity, ended);
      };
      return { kind: 'ready', server: { identity, ended, stop } };
    }
    if (performance.now() > deadline) {
      await stopAndWait(identity, ended);
      throw new EmbeddedError(
        'start-failed',
        `PostgreSQL did not become ready within ${READY_WITHIN_MS / 1000} seconds. Its last words: ${(await words()) || 'none'}`,
      );
    }
    await Promise.race([pause(5), ended]);
  }
  return { kind: 'ended', words: await words() };
}

async function isReady(place: Place, pid: number): Promise<boolean> {
  const found = readPidFile(place.pgDir);
  if (found.kind !== 'present' || found.pid !== pid || found.status !== 'ready') return false;
  const answer: Acceptance = await acceptance(place.socketDir, DATABASE_NAME);
  return answer.kind === 'accepts' || answer.kind === 'no-database';
}

async function stopAndWait(identity: ProcessIdentity, ended: Promise<void>): Promise<void> {
  await stopPostmaster(identity);
  await ended;
}

/**
 * Stops the server from keeping the service's event loop open: a service that forgets it still ends, and the watcher
 * then stops it. Returns the way back, for whoever waits for the server's end.
 */
function letGo(child: ChildProcess): () => void {
  child.unref();
  const stderr = child.stderr;
  if (stderr !== null && 'unref' in stderr && typeof stderr.unref === 'function') stderr.unref();
  return () => child.ref();
}

/** Not the event `close`: backends that outlive a killed postmaster hold its stderr open. */
function endOf(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (status, signal) => resolve(status ?? signal ?? 'unknown'));
  });
}

/** Collects the last lines of a child; the answer waits a little for those that are still in the pipe. */
function lastWords(child: ChildProcess, log: (line: string) => void): () => Promise<string> {
  const kept: string[] = [];
  let spawnProblem = '';
  child.once('error', (error) => {
    spawnProblem = error.message;
  });
  for (const stream of [child.stdout, child.stderr]) {
    let open = '';
    stream?.setEncoding('utf8');
    stream?.on('data', (chunk: string) => {
      const lines = (open + chunk).split('\n');
      open = lines.pop() ?? '';
      for (const line of lines) {
        if (line.trim() === '' || MAY_HOLD_VALUES.test(line)) continue;
        kept.push(line.trim());
        if (kept.length > 12) kept.shift();
        log(line.trim());
      }
    });
    stream?.on('error', () => undefined);
  }
  const closed = new Promise<void>((resolve) => void child.once('close', () => resolve()));
  return async () => {
    await Promise.race([closed, pause(2_000)]); // backends of a killed server may hold the pipe open
    return [spawnProblem, ...kept].filter((line) => line !== '').join(' | ');
  };
}

/** Only what a server needs: the service's environment holds secrets, and PGPORT or PGDATA would be obeyed. */
function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH } = process.env;
  return { PATH, LC_ALL: 'C', TZ: 'UTC' };
}
