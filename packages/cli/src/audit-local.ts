/**
 * The log on this machine, read from the database that the service keeps. Nothing is made: a data directory that is
 * not there yet must not turn into an empty log that verifies.
 * @module
 */

import { stat } from 'node:fs/promises';
import type { AuditLog, LogPlace } from './audit-log.ts';
import { databaseProblem } from './database-problem.ts';
import { fileProblem, Problem } from './problem.ts';

/**
 * Opens the log at `place`.
 * @throws {Problem} when there is no data directory, or the database cannot be opened
 */
export async function openLocalLog(place: LogPlace): Promise<AuditLog> {
  if (place.databaseUrl === undefined) {
    try {
      if (!(await stat(place.dataDir)).isDirectory()) {
        throw new Problem('the data directory is expected to be a directory; name it with --data');
      }
    } catch (error) {
      if (error instanceof Problem) throw error;
      throw new Problem(`the data directory cannot be opened (${fileProblem(error)}); name it with --data`, {
        cause: error,
      });
    }
  }
  const { localAudit } = await import('@reclaim/service/audit-local');
  try {
    return await localAudit(place);
  } catch (error) {
    throw databaseProblem(error) ?? error;
  }
}
