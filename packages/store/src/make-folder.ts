/**
 * Makes a folder and those above it, as `mkdir -p` does. Node's own (`recursive: true`) never comes back where a file
 * system says "no such file" of a folder whose parent is there: a data directory below /proc kept a core busy for good.
 * @module
 */

import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes the folder at `path`. Answers the first folder that was made, from the top; `undefined` where it was there.
 * @throws {Error} the system's, where it cannot be made or is no folder
 */
export function makeFolder(path: string, mode = 0o777): string | undefined {
  try {
    mkdirSync(path, { mode });
    return path;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && statSync(path).isDirectory()) return undefined;
    const above = dirname(path);
    if (code !== 'ENOENT' || above === path) throw error;
    const first = makeFolder(above, mode);
    // It was there all the time: then the system means this very folder.
    if (first === undefined) throw error;
    return makeFolder(path, mode) === undefined ? undefined : first;
  }
}
