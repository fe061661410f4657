/**
 * Where the tests of one run put what they write: a folder in memory where this machine has room for it.
 *
 * A run makes some hundred and twenty databases of 44 MB each and as many profiles of a browser, all gone a moment later; on a
 * disk it waits for most of its time until they are written. In memory nothing is proven less: what is killed there is a
 * process and never the machine, so no file is lost in either place. What has to do with the disk itself still goes to it
 * (`ON_DISK` in `run-tests.ts`).
 * @module
 */

import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import path from 'node:path';

/** The file system in memory that Linux machines have. */
const IN_MEMORY = '/dev/shm';

/** What the type of such a file system is (`man 2 statfs`). */
const TMPFS_MAGIC = 0x0102_1994;

/** What the tests of one run hold at one time does not reach this, in bytes: rooms held 2.4e9 at the most. */
const ROOM_BYTES = 5e9;

/** A folder of the run: everybody may write there, as in any folder of temporary files. */
export type Scratch = { readonly path: string; readonly remove: () => void };

/** A folder in memory; `undefined` where there is no such file system, too little room, or none to run programs from. */
export function scratchInMemory(): Scratch | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const { type, bavail, bsize } = statfsSync(IN_MEMORY);
    if (type !== TMPFS_MAGIC || bavail * bsize < ROOM_BYTES || process.availableMemory() < 2 * ROOM_BYTES)
      return undefined;
    const mounts = readFileSync('/proc/self/mounts', 'utf8').split('\n');
    const options = mounts.map((line) => line.split(' ')).findLast(([, at]) => at === IN_MEMORY)?.[3];
    if (options === undefined || options.split(',').includes('noexec')) return undefined;
    removeLeftOvers();
    const folder = mkdtempSync(path.join(IN_MEMORY, `reclaim-${process.pid}-`));
    // mkdtemp takes from everybody else what the server's user needs.
    chmodSync(folder, 0o1777);
    const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    return { path: folder, remove };
  } catch {
    return undefined;
  }
}

/** What a run that was killed left in the memory: its process is gone. */
function removeLeftOvers(): void {
  for (const name of readdirSync(IN_MEMORY)) {
    const pid = /^reclaim-(\d+)-\w{6}$/.exec(name)?.[1];
    if (pid === undefined) continue;
    try {
      process.kill(Number(pid), 0);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH')
        rmSync(path.join(IN_MEMORY, name), { recursive: true, force: true });
    }
  }
}
