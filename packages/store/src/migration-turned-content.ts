/**
 * The migration after which content may be kept with hashes of all its orientations. Its rules are those of `migrations.ts`.
 * @module
 */

import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Counts the PDQ hashes of each item. */
export const turnedContent: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const statements = [
      // sealed_pdq: a pack of orientations from now on (`fingerprint/orientation-pack.ts`); 32 bytes, as they were before, are
      // the pack of an upright hash. pdq_hashes: how many hashes an index has of it.
      sql`alter table content add column pdq_hashes smallint not null default 0`,
      sql`update content set pdq_hashes = 1 where sealed_pdq is not null`,
    ];
    for (const statement of statements) await statement.execute(db);
  },
};
