/**
 * The log on this machine, read from the database that the service keeps. Nothing is made: a data directory that is
 * not there yet must not turn into an empty log that verifies.
 * @module
 */

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditLog, LogPlace } from './audit-log.ts';
import { databaseProblem } from './database-problem.ts';
import { Problem } from './problem.ts';

/**
 * Opens the log at `place`.
 * @throws {Problem} when no service keeps its data there, or the database cannot be opened
 */
export async function openLocalLog(place: LogPlace): Promise<AuditLog> {
  if (place.databaseUrl === undefined) await expectData(place);
  const { localAudit } = await import('@reclaim/service/audit-local');
  try {
    const log = await localAudit(place);
    return {
      pages: async function* () {
        for await (const page of log.pages()) {
          // A running service goes on writing: what came after the head was read is for the next time.
          const records = page.records.filter(({ seq }) => seq <= log.head.seq);
          yield { records, wrongValues: page.wrongValues };
          if (records.length < page.records.length) return;
        }
      },
      head: () => log.head,
      close: log.close,
    };
  } catch (error) {
    throw databaseProblem(error) ?? error;
  }
}

/** Refuses a directory that no service has used: opening it would make a database there. */
async function expectData({ dataDir, storeKeyText }: LogPlace): Promise<void> {
  // The key file is made before the database. With the key in the environment there is none.
  const sign = storeKeyText === undefined ? join(dataDir, 'store.key') : dataDir;
  try {
    await stat(sign);
  } catch (error) {
    throw new Problem('no service keeps its data in this data directory; name another with --data', {
      cause: error,
    });
  }
}
