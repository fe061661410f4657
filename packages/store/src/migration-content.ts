/**
 * The tables of the content index (`content.ts`); the rules at `migrations.ts` hold here too.
 * @module
 */

import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Makes the content index. */
export const content: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const statements = [
      // One row: the last change of the content index (locking it orders who changes content), up to where rows of what
      // was forgotten were deleted, the change of the bank that content is being searched for, and the last one that it
      // has been searched for.
      sql`create table content_head (
        id integer primary key check (id = 1), position bigint not null, pruned_to bigint not null,
        searching_to bigint not null, searched_to bigint not null)`,
      sql`insert into content_head values (1, 0, 0, 0, 0)`,
      // What a platform let through and asked to be told about: its own id, the address for reviewers, one hash of each
      // family, sealed. num: the index's id. position: of the row's last change. pending: not searched for in all of the
      // bank yet. What is forgotten keeps num, position and until when, and is deleted then.
      sql`create table content (
        num integer generated always as identity primary key, item_id text unique, preview_url text,
        sealed_pdq bytea, sealed_sha256 bytea, expires_at bigint not null, position bigint not null,
        pending boolean not null)`,
      sql`create index content_position on content (position)`,
      sql`create index content_due on content (expires_at)`,
      sql`create index content_pending on content (num) where pending`,
      sql`alter table content alter column item_id set statistics 0, alter column preview_url set statistics 0,
        alter column sealed_pdq set statistics 0, alter column sealed_sha256 set statistics 0`,
    ];
    for (const statement of statements) await statement.execute(db);
  },
};
