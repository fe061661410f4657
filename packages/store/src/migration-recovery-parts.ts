/**
 * The migrations that bring the helpline's part of a recovery, who may open one, and how many a day. Their rules are those
 * of `migrations.ts`.
 * @module
 */

import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Parts of recoveries that are sealed to helpers. */
export const recoveryParts: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const statements = [
      // As with `helper` and `originals` before: nobody gives what they do not have.
      sql`update staff set permissions = array_append(permissions, 'recovery')
        where permissions @> array['review', 'lead', 'minor-lane', 'bank', 'helper', 'originals', 'people', 'keys',
          'audit']`,

      // own_tag, friend_tag: HMAC of the three words that follow from each of the two other parts. fetched: how often a
      // helper fetched it; day: when last. It goes with its recovery.
      sql`create table recovery_part (
        cancel_tag bytea primary key references recovery (cancel_tag) on delete cascade,
        own_tag bytea not null unique, friend_tag bytea not null unique, sealed bytea not null,
        fetched integer not null, day bigint)`,
      sql`alter table recovery_part alter column cancel_tag set statistics 0, alter column own_tag set statistics 0,
        alter column friend_tag set statistics 0, alter column sealed set statistics 0`,
    ];
    for (const statement of statements) await statement.execute(db);
  },
};

/** How often a helper fetched today is counted in the log, and by these rows alone. */
export const recoveryPartFetchings: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`create index event_part_fetching on event (actor, at)
      where type in ('recovery-part-fetched', 'recovery-parts-used-up')`.execute(db);
  },
};
