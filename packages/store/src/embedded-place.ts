/**
 * Where the embedded server lives and as whom it runs.
 *
 * PostgreSQL refuses to run as root. Started by root, the server therefore runs as the user `postgres`, else
 * `nobody` (or as whoever already owns the data), and only its own two directories are given to that user. That user
 * must be able to walk to them: a data directory below root's home (0700) is out of its reach. Then, and only while
 * no database is there yet, the data goes to a place of its own below `/var/lib/reclaim`, named after the directory
 * that was asked for, so that the same request finds it again. Started by anybody else, the server runs as that user.
 *
 * Layout of a data directory: `pg/` data, `s/` socket (0700), `owner/` claims, `ballast` (embedded-disk.ts).
 * The path of the socket may have at most 103 bytes (sun_path in unix(7)); a deeper data directory gets its socket in
 * the system's temporary directory, in a directory that must be ours and closed to others.
 * @module
 */

import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { socketFile } from './embedded-pid-file.ts';
import { EmbeddedError } from './embedded-problem.ts';
import { isErrno } from './embedded-process.ts';
import { makeFolder } from './make-folder.ts';

/** The longest socket path that a server and a client can both use, in bytes (`sizeof sun_path` on macOS, less one). */
export const MAX_SOCKET_PATH_BYTES = 103;

/** Where root's data goes when the server's user cannot reach the place that was asked for. */
export const ROOT_REFUGE = '/var/lib/reclaim';

/** The user of the server: `self`, or another one that root gives it. */
export type ServerUser =
  | { readonly kind: 'self' }
  | { readonly kind: 'other'; readonly name: string; readonly uid: number; readonly gid: number };

/** The directories of one embedded database. All paths are absolute. */
export type Place = {
  readonly dataDir: string;
  readonly pgDir: string;
  readonly socketDir: string;
  readonly ownerDir: string;
  readonly ballast: string;
  readonly user: ServerUser;
};

/**
 * Decides the place for a requested data directory and makes its directories.
 *
 * @throws {RangeError} for a path that no socket path fits, or that holds a line break.
 * @throws {EmbeddedError} `no-server-user`, `unreachable-directory`, `foreign-directory`.
 */
export function preparePlace(requested: string, refuge: string): Place {
  const asked = resolve(requested);
  if (/[\n\r\0]/.test(asked)) throw new RangeError('dataDir: expected a path without line breaks');
  const isRoot = process.getuid?.() === 0;
  const user = isRoot ? serverUserForRoot(join(asked, 'pg')) : ({ kind: 'self' } as const);
  const dataDir = user.kind === 'other' ? reachableFor(user, asked, refuge) : asked;
  makeDirectory(dataDir, user);
  const pgDir = join(dataDir, 'pg');
  const socketDir = chooseSocketDirectory(dataDir);
  makeSocketDirectory({ socketDir, user });
  return {
    dataDir,
    pgDir,
    socketDir,
    ownerDir: join(dataDir, 'owner'),
    ballast: join(dataDir, 'ballast'),
    user,
  };
}

/** The `uid`/`gid` options of a spawned server process: empty when it runs as ourselves. */
export function spawnIdentity(user: ServerUser): { readonly uid?: number; readonly gid?: number } {
  return user.kind === 'self' ? {} : { uid: user.uid, gid: user.gid };
}

/** Makes an empty directory for the server's user alone (0700), or gives it an existing one of ours. */
export function makePrivateDirectory(path: string, user: ServerUser): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (user.kind === 'other') chownSync(path, user.uid, user.gid);
  chmodSync(path, 0o700);
}

/**
 * True when that user may do `need` (4 read, 1 enter or run; 5 both) with the path and may walk to it. Looks at the
 * mode bits of the real path only; access lists are not asked, so a "no" may be too careful and moves the data.
 */
export function canReach(user: ServerUser, path: string, need: number): boolean {
  if (user.kind === 'self') return true;
  let current: string;
  try {
    current = realpathSync(path);
  } catch {
    return false;
  }
  if (!allows(current, user, need)) return false;
  while (dirname(current) !== current) {
    current = dirname(current);
    if (!allows(current, user, 1)) return false;
  }
  return true;
}

function allows(path: string, user: { readonly uid: number; readonly gid: number }, need: number): boolean {
  const { mode, uid, gid } = statSync(path);
  const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
  return ((mode >> shift) & need) === need;
}

function serverUserForRoot(pgDir: string): ServerUser & { readonly kind: 'other' } {
  const accounts = readAccounts();
  // Data that an ordinary user made stays that user's: root starting it once must not lock the user out for good.
  const owner = existsSync(pgDir) ? statSync(pgDir).uid : 0;
  const chosen =
    owner === 0
      ? (accounts.find(({ name }) => name === 'postgres') ?? accounts.find(({ name }) => name === 'nobody'))
      : accounts.find(({ uid }) => uid === owner);
  if (chosen !== undefined && chosen.uid !== 0) return chosen;
  throw new EmbeddedError(
    'no-server-user',
    owner === 0
      ? 'PostgreSQL does not run as root, and this machine has neither a user "postgres" nor "nobody" to run it as. Create one, or start as an ordinary user.'
      : `The data belongs to user id ${owner}, which has no entry in /etc/passwd; PostgreSQL needs one. Create the user, or start as that user.`,
  );
}

function readAccounts(): readonly (ServerUser & { readonly kind: 'other' })[] {
  let text = '';
  try {
    text = readFileSync('/etc/passwd', 'utf8');
  } catch {
    // No such file: no such users. The caller has the sentence.
  }
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    return name && uid && gid ? [{ kind: 'other' as const, name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}

function reachableFor(user: ServerUser & { readonly kind: 'other' }, asked: string, refuge: string): string {
  const ancestor = nearestExisting(asked);
  const reachable = canReach(user, ancestor, 1);
  if (existsSync(join(asked, 'pg'))) {
    if (reachable) return asked;
    // Going elsewhere now would show an empty database to people whose cases are in this one.
    throw new EmbeddedError(
      'unreachable-directory',
      `There is a database in ${asked}, but the user "${user.name}", whom PostgreSQL runs as, cannot enter that directory. Allow it with chmod o+x on the directory and those above it.`,
    );
  }
  const moved = join(refuge, `${basename(asked) || 'data'}-${shortHash(asked)}`);
  if (reachable && !existsSync(join(moved, 'pg'))) return asked;
  makeDirectory(refuge, user);
  if (canReach(user, refuge, 1)) return moved;
  throw new EmbeddedError(
    'unreachable-directory',
    `The user "${user.name}", whom PostgreSQL runs as, can enter neither ${asked} nor ${refuge}. Choose a data directory outside private home directories.`,
  );
}

function nearestExisting(path: string): string {
  let current = path;
  while (!existsSync(current) && dirname(current) !== current) current = dirname(current);
  return current;
}

function makeDirectory(path: string, user: ServerUser): void {
  if (existsSync(path)) return;
  const first = makeFolder(path, 0o700);
  if (user.kind !== 'other' || first === undefined) return;
  // Root's umask may be 077: what we made ourselves must let the server's user walk through, and see nothing.
  for (let made = path; made.length >= first.length; made = dirname(made)) chmodSync(made, 0o711);
}

function chooseSocketDirectory(dataDir: string): string {
  for (const directory of [join(dataDir, 's'), join(tmpdir(), `reclaim-${shortHash(dataDir)}`)]) {
    if (Buffer.byteLength(socketFile(directory)) <= MAX_SOCKET_PATH_BYTES) return directory;
  }
  throw new RangeError(
    `dataDir: expected a path whose socket has at most ${MAX_SOCKET_PATH_BYTES} bytes, or a short temporary directory`,
  );
}

/**
 * Makes the directory of the socket if it is missing; before each start, since temporary directories are tidied.
 *
 * @throws {EmbeddedError} `foreign-directory` when somebody else put something there: a temporary directory is
 * everybody's, and whoever owns the directory of the socket could pose as the database.
 */
export function makeSocketDirectory({ socketDir, user }: Pick<Place, 'socketDir' | 'user'>): void {
  try {
    mkdirSync(socketDir, { mode: 0o700 });
    if (user.kind === 'other') lchownSync(socketDir, user.uid, user.gid);
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error;
  }
  const found = lstatSync(socketDir);
  const owners = user.kind === 'other' ? [user.uid, 0] : [process.getuid?.()];
  if (!found.isDirectory() || !owners.includes(found.uid) || (found.mode & 0o077) !== 0) {
    throw new EmbeddedError(
      'foreign-directory',
      `The socket directory ${socketDir} belongs to somebody else or is open to others. Remove it, or choose another data directory.`,
    );
  }
  // Ours by now, in a directory where nobody else can replace it. Root's own is one that was made and not yet given.
  if (user.kind === 'other' && found.uid === 0) lchownSync(socketDir, user.uid, user.gid);
}

/** Twelve hexadecimal digits that tell paths apart in a name. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
