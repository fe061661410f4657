/**
 * The migration that brings watches. Its rules are those of `migrations.ts`.
 * @module
 */

import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Watches, the places that they take at signals, and the hosts that they go to. */
export const watches: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const statements = [
      // A watch. capability_tag: HMAC under the store's key. sealed: address, signals, what was seen. next_at: when to look,
      // null once it has ended; day: of the beginning, or of the last look.
      sql`create table watch (
        capability_tag bytea primary key, sealed bytea not null, next_at bigint, day bigint not null)`,
      sql`create index watch_due on watch (next_at) where next_at is not null`,
      // A place that a watch takes at a signal: HMAC over the signal's capability hash and a number. Nothing can be read or
      // grouped from it; it holds how many watches one signal may be named by.
      sql`create table watch_place (place_tag bytea primary key)`,
      // A host: how many watches go there, and before when no look goes. host_tag: HMAC of its name.
      sql`create table watch_host (
        host_tag bytea primary key, watches integer not null, not_before bigint not null)`,
      sql`alter table watch alter column capability_tag set statistics 0, alter column sealed set statistics 0`,
      sql`alter table watch_place alter column place_tag set statistics 0`,
      sql`alter table watch_host alter column host_tag set statistics 0`,
    ];
    for (const statement of statements) await statement.execute(db);
  },
};
