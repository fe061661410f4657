/**
 * Compaction: makes what was deleted from tables leave the server's files as well.
 *
 * A DELETE only marks a row. Its bytes stay in the table's file, in its indexes, in the write-ahead log, and, once
 * ANALYZE has run, in the catalog of statistics, which copies common and boundary values of a column. Found by
 * planting values, deleting them and searching every file of a data directory after each statement (PostgreSQL 18.4
 * and 15.18; compaction.test.ts repeats the search):
 *
 *   statement                     what still held the bytes afterwards
 *   DELETE, CHECKPOINT            table, TOAST, indexes, statistics, log
 *   VACUUM, CHECKPOINT            table (page holes), indexes (pivot keys), statistics, log
 *   VACUUM FULL                   statistics, log
 *   ANALYZE                       statistics (dead rows; and, where the table is now empty, living ones: ANALYZE of
 *                                 an empty table keeps the old statistics), log
 *   DELETE and VACUUM FULL of the statistics      log
 *   pg_switch_wal, CHECKPOINT     nothing, provided that old segments are deleted and not kept (`wal_recycle = off`)
 *
 * Limits, to be said wherever this is promised. It is about files: a disk may keep the blocks of a deleted file until
 * it writes there again, so does a copy-on-write file system, and so do backups, replicas and archives of the log.
 * Payloads of NOTIFY stay in `pg_notify/` for a while: never notify with a value.
 * @module
 */

/** What compaction needs of a driver's client: one connection of its own, outside any transaction. */
export type CompactionClient = {
  readonly query: (
    text: string,
    values?: unknown[],
  ) => Promise<{ readonly rows: readonly Readonly<Record<string, unknown>>[] }>;
};

/**
 * The outcome.
 *
 * `every-file`: no file of the server holds a row that was deleted before the call. `tables-only`: tables and indexes
 * are clean, but this server keeps its log (archive, replication slot, `wal_keep_size`, recycled segments) or does not
 * let this role see to log and statistics.
 *
 * Refused: `old-transaction`, one that began before the call is still open and could still see deleted rows, which
 * VACUUM FULL would therefore copy; `table-busy`, a table could not be locked. Nothing is harmed; try again later.
 */
export type Compaction =
  | { readonly ok: true; readonly reach: 'every-file' | 'tables-only'; readonly lockedMs: number }
  | { readonly ok: false; readonly reason: 'old-transaction' | 'table-busy' };

/** How long to wait for others, in milliseconds. */
export type CompactionPatience = { readonly transactionsMs?: number; readonly lockMs?: number };

/**
 * Rewrites the tables without their deleted rows and gets rid of every other copy the server holds. In this order:
 *
 * 1. `pg_current_xact_id()` draws a line; wait until no transaction can see behind it (open ones, prepared ones,
 *    replication slots), because VACUUM FULL carries over what anybody may still see.
 * 2. `DELETE FROM pg_statistic…` for the tables, their indexes (expressions) and extended statistics: ANALYZE alone
 *    leaves them where a table became empty or a column's target became 0. Only a superuser may.
 * 3. `VACUUM (FULL, ANALYZE)` of each table writes table, TOAST and indexes anew, then gathers statistics from what is
 *    left. It locks out readers and writers of that table: 0.34 to 0.75 s measured for 100,000 signals with three indexes.
 * 4. `VACUUM FULL` of the catalogs of statistics, for the rows deleted by 2 and replaced by 3.
 * 5. `pg_switch_wal()` closes the segment of the log that holds the deleted rows and the page images of all the above;
 *    `CHECKPOINT` makes the segments before it unnecessary and deletes them, and with them the old files of 3 and 4,
 *    of which the first is only truncated until then.
 * 6. Proof: no segment is older than the checkpoint, and the settings are such that none was renamed for later use.
 *
 * @param tables names as SQL would have them, with or without a schema; not partitioned ones.
 * @throws {RangeError} for a table that does not exist.
 */
export async function compact(
  client: CompactionClient,
  tables: readonly string[],
  patience: CompactionPatience = {},
): Promise<Compaction> {
  const found = await findTables(client, tables);
  const [role] = (await client.query('select rolsuper from pg_roles where rolname = current_user')).rows;
  const superuser = role?.['rolsuper'] === true;
  if (!(await waitForOldTransactions(client, patience.transactionsMs ?? 30_000))) {
    return { ok: false, reason: 'old-transaction' };
  }
  if (superuser) await forgetStatistics(client, found);
  const began = performance.now();
  await client.query(`set lock_timeout = ${Math.max(1, Math.floor(patience.lockMs ?? 5_000))}`);
  try {
    for (const { name } of found) await client.query(`vacuum (full, analyze) ${name}`);
    if (superuser) {
      await client.query('vacuum full pg_catalog.pg_statistic');
      await client.query('vacuum full pg_catalog.pg_statistic_ext_data');
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '55P03')
      return { ok: false, reason: 'table-busy' };
    throw error;
  } finally {
    await client.query('reset lock_timeout').catch(() => undefined); // the connection may be the thing that failed
  }
  const lockedMs = performance.now() - began;
  return { ok: true, reach: superuser && (await renewLog(client)) ? 'every-file' : 'tables-only', lockedMs };
}

type FoundTable = { readonly oid: unknown; readonly name: string };

async function findTables(
  client: CompactionClient,
  tables: readonly string[],
): Promise<readonly FoundTable[]> {
  const found: FoundTable[] = [];
  for (const table of tables) {
    const { rows } = await client.query(
      `select c.oid, format('%I.%I', n.nspname, c.relname) as name
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.oid = to_regclass($1) and c.relkind in ('r', 'm')`,
      [table],
    );
    const name = rows[0]?.['name'];
    if (typeof name !== 'string') throw new RangeError('tables: expected names of existing tables');
    found.push({ oid: rows[0]?.['oid'], name });
  }
  return found;
}

async function waitForOldTransactions(client: CompactionClient, patienceMs: number): Promise<boolean> {
  const deadline = performance.now() + patienceMs;
  const { rows: drawn } = await client.query('select pg_current_xact_id()::xid::text as line');
  for (;;) {
    // age() counts back from the present: whatever is older than the line has the greater age.
    const { rows } = await client.query(
      `select 1 from pg_stat_activity
         where pid <> pg_backend_pid() and (datname = current_database() or datname is null)
         and greatest(age(backend_xid), age(backend_xmin)) > age($1::xid)
       union all select 1 from pg_prepared_xacts where age(transaction) > age($1::xid)
       union all select 1 from pg_replication_slots where greatest(age(xmin), age(catalog_xmin)) > age($1::xid)
       limit 1`,
      [drawn[0]?.['line']],
    );
    if (rows.length === 0) return true;
    if (performance.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function forgetStatistics(client: CompactionClient, tables: readonly FoundTable[]): Promise<void> {
  const oids = tables.map(({ oid }) => oid);
  await client.query(
    `delete from pg_catalog.pg_statistic where starelid = any($1::oid[])
       or starelid in (select indexrelid from pg_index where indrelid = any($1::oid[]))`,
    [oids],
  );
  await client.query(
    `delete from pg_catalog.pg_statistic_ext_data
       where stxoid in (select oid from pg_statistic_ext where stxrelid = any($1::oid[]))`,
    [oids],
  );
}

async function renewLog(client: CompactionClient): Promise<boolean> {
  await client.query('select pg_switch_wal()');
  await client.query('checkpoint');
  const { rows } = await client.query(
    `select current_setting('wal_recycle') = 'off' and current_setting('archive_mode') = 'off'
       and not exists (select 1 from pg_stat_replication)
       and not exists (
         select 1 from pg_ls_waldir(), pg_control_checkpoint() c
         where name ~ '^[0-9A-F]{24}$' and name < c.redo_wal_file) as clean`,
  );
  return rows[0]?.['clean'] === true;
}
