/**
 * The folder of marked copies while they are made. Unless all goes well, what this run has written to it goes again, and
 * nothing else: a folder that a person names may hold what is theirs.
 * @module
 */

import { mkdir, readdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { claim } from './claim.ts';
import { shownName } from './command.ts';
import { fileProblem, Problem, writeProblem } from './problem.ts';

/** The folder. Disposed without `keep`, it is as it was before. */
export type CopiesFolder = AsyncDisposable & {
  readonly write: (file: string, bytes: Uint8Array) => Promise<void>;
  readonly keep: () => void;
};

/**
 * Makes or takes the folder at `path`, shown to a person as `name`.
 * @throws {Problem} where that cannot be, or another run works in it
 */
export async function copiesFolder(path: string, name: string): Promise<CopiesFolder> {
  const written: string[] = [];
  let kept = false;
  const fail = (error: unknown) =>
    new Problem(`${shownName(name)}: ${writeProblem(error)}; no copy was kept`, { cause: error });
  // Before the folder is made: else one run could take away what another has just claimed.
  const held = await claim(path, shownName(name));
  let made = false;
  try {
    // Not the folders above it: a name typed wrongly would make some that nobody looks into.
    made = await mkdir(path).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return false;
        throw fail(error);
      },
    );
    // Again, now that it is claimed: another run may have ended here since.
    await expectEmpty(path, name);
  } catch (error) {
    await held[Symbol.asyncDispose]();
    throw error;
  }
  return {
    write: async (file, bytes) => {
      try {
        written.push(file);
        await writeFile(join(path, file), bytes, { flag: 'wx', mode: 0o600 });
      } catch (error) {
        // What is there already is another's.
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') written.pop();
        throw fail(error);
      }
    },
    keep: () => {
      kept = true;
    },
    [Symbol.asyncDispose]: async () => {
      if (!kept) for (const file of written) await rm(join(path, file), { force: true });
      // Refuses a folder in which anything is left.
      if (!kept && made) await rmdir(path).catch(() => undefined);
      await held[Symbol.asyncDispose]();
    },
  };
}

/** @throws {Problem} unless the folder is empty or not there */
export async function expectEmpty(path: string, name: string): Promise<void> {
  try {
    if ((await readdir(path)).length > 0)
      throw new Problem(`${shownName(name)}: this folder is not empty; a copy could be taken for another`);
  } catch (error) {
    if (error instanceof Problem) throw error;
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      throw new Problem(`${shownName(name)}: ${fileProblem(error)}`, { cause: error });
  }
}
