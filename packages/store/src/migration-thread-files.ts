/**
 * The migration that brings files of shares, and the second person before an original. Its rules are those of
 * `migrations.ts`.
 * @module
 */

import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Files of shares. */
export const threadFiles: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const statements = [
      // As with `helper` before: nobody gives what they do not have.
      sql`update staff set permissions = array_append(permissions, 'originals')
        where permissions @> array['review', 'lead', 'minor-lane', 'bank', 'helper', 'people', 'keys', 'audit']`,

      // kept: pieces that are there. second_id, half: of an original alone. ask, answer: sealed between the two helpers.
      sql`create table thread_file (
        thread_id text not null, share text not null, file text not null, pieces integer not null,
        kept integer not null, state text not null, second_id text references staff, half bytea, ask bytea,
        answer bytea, primary key (thread_id, share, file),
        foreign key (thread_id, share) references thread_share on delete cascade)`,
      sql`create index thread_file_second on thread_file (second_id) where state = 'asked'`,
      sql`create table thread_piece (
        thread_id text not null, share text not null, file text not null, piece integer not null,
        sealed bytea not null, primary key (thread_id, share, file, piece),
        foreign key (thread_id, share, file) references thread_file on delete cascade)`,

      sql`alter table thread_file alter column thread_id set statistics 0, alter column half set statistics 0,
        alter column ask set statistics 0, alter column answer set statistics 0`,
      sql`alter table thread_piece alter column thread_id set statistics 0, alter column sealed set statistics 0`,
    ];
    for (const statement of statements) await statement.execute(db);
  },
};
