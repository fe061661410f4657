/**
 * A claim on a file that is read, added to and written again: while one run holds it, no other adds to the same. Of two
 * that did, one entry would be lost, and its copies could never be traced.
 *
 * It is a file beside it, `NAME.lock`, with the number of the process. One that was killed leaves it; the next sees that
 * nobody has that number any more, and takes its place. Of several who see it at once one alone takes the dead lock away, and
 * says so by `NAME.lock.clearing` while it does: a second would take away the lock that the first has put in its place.
 * @module
 */

import { readFile, rm, writeFile } from 'node:fs/promises';
import { Problem, writeProblem } from './problem.ts';

/** A claim that is held. */
export type Claim = AsyncDisposable;

/**
 * Claims the file at `path`, shown to a person as `shown`.
 * @throws {Problem} where another run holds it, or nothing can be written there
 */
export async function claim(path: string, shown: string): Promise<Claim> {
  const lock = `${path}.lock`;
  for (let attempt = 0; ; attempt++)
    try {
      await writeFile(lock, String(process.pid), { flag: 'wx', mode: 0o600 });
      return { [Symbol.asyncDispose]: () => rm(lock, { force: true }) };
    } catch (error) {
      const taken = error instanceof Error && 'code' in error && error.code === 'EEXIST';
      if (!taken) throw new Problem(`${shown}: ${writeProblem(error)}`, { cause: error });
      if (attempt > 0 || (await isHeld(lock)))
        throw new Problem(
          `${shown}: another reclaim mark works on it; if none does, delete the file of that name with .lock behind it`,
          { cause: error },
        );
      await clear(lock);
    }
}

/** Takes a dead lock away, or leaves that to who does it already. Nobody makes a new one while the dead one is there. */
async function clear(lock: string): Promise<void> {
  const clearing = `${lock}.clearing`;
  try {
    await writeFile(clearing, '', { flag: 'wx', mode: 0o600 });
  } catch {
    return;
  }
  try {
    if (!(await isHeld(lock))) await rm(lock, { force: true });
  } finally {
    await rm(clearing, { force: true });
  }
}

async function isHeld(lock: string): Promise<boolean> {
  const text = await readFile(lock, 'utf8').catch(() => '');
  // Empty: taken this moment, and its number not written yet; or gone this moment.
  if (!/^\d{1,10}$/.test(text)) return true;
  try {
    process.kill(Number(text), 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
