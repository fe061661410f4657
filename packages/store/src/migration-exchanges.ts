/**
 * The migrations that bring exchanges. Their rules are those of `migrations.ts`.
 * @module
 */

import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Feeds of other organisations, and what was taken from them. */
export const exchanges: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const statements = [
      // sealed: address and keys. checkpoint: where the next fetch begins, in the feed's own time. fetch: the number of
      // the fetch that runs or ran last. whole: it asks for everything. leased_until: some node works on it until then.
      sql`create table exchange (
        id text primary key, name text not null unique, bank_id text not null references bank, host text not null,
        sealed bytea not null, enabled boolean not null, checkpoint bigint not null, "fetch" integer not null,
        whole boolean not null, refused integer not null, fetched_at bigint, failing_since bigint,
        failures integer not null, fault text, next_at bigint not null, leased_until bigint not null)`,
      // value_tag: HMAC of the hash under the store's key, which finds a record again and is no hash. signal_id: what was
      // banked for it; empty once the feed took it back. seen: the last fetch that had it.
      sql`create table exchange_record (
        exchange_id text not null references exchange on delete cascade, value_tag bytea not null,
        signal_id text, seen integer not null, primary key (exchange_id, value_tag))`,
      sql`create index exchange_record_seen on exchange_record (exchange_id, seen)`,
    ];
    for (const statement of statements) await statement.execute(db);
  },
};

/** What a feed has no more, and how much of that somebody accepted. */
export const goneFromExchanges: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    // gone: live signals that the last whole fetch had no more, where they were too many to be taken out. gone_accepted: how
    // many an administrator lets go.
    await sql`alter table exchange add column gone integer,
      add column gone_accepted integer not null default 0`.execute(db);
  },
};
