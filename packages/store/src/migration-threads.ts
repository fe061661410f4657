/**
 * The migration that brings recoveries, the keys of helpers and threads. Its rules are those of `migrations.ts`.
 * @module
 */

import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Recoveries, keys of helpers, threads. */
export const threads: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const statements = [
      // Nobody gives what they do not have, and nobody raises themselves: without this, an installation whose first
      // administrator came before this permission could never have a helper.
      sql`update staff set permissions = array_append(permissions, 'helper')
        where permissions @> array['review', 'lead', 'minor-lane', 'bank', 'people', 'keys', 'audit']`,

      // An envelope that gives a lost code back: nothing in it can be read or joined without the store's key.
      // asked_at: when somebody with the recovery key asked; empty while nobody does.
      sql`create table recovery (
        lookup_tag bytea primary key, auth_tag bytea not null, cancel_tag bytea not null unique, sealed bytea not null,
        asked_at bigint, asked integer not null, given_out boolean not null)`,

      // The public halves of a helper's keys; the secret ones are in the helper's browser.
      sql`create table helper_key (
        staff_id text primary key references staff, recipient text not null, verify_key text not null,
        open boolean not null)`,

      // A thread names no case. secret_tag: HMAC of what the person proves themselves with. day: of the last entry.
      sql`create table thread (
        id text primary key, secret_tag bytea not null unique, helper_id text references staff,
        person_ring bytea not null, helper_ring bytea, entries integer not null, day bigint not null)`,
      sql`create index thread_helper on thread (helper_id, day)`,
      sql`create index thread_day on thread (day)`,
      sql`create table thread_entry (
        thread_id text not null references thread, seq integer not null, epoch integer not null, sealed bytea not null,
        primary key (thread_id, seq))`,
      // Entries are added and, with their whole thread, erased; never changed.
      sql`create function refuse_entry_change() returns trigger language plpgsql as $$
        begin raise exception 'the entries of a thread only grow'; end $$`,
      sql`create trigger thread_entry_grows before update on thread_entry
        for each statement execute function refuse_entry_change()`,
      sql`create table thread_share (
        thread_id text not null references thread, share text not null, sealed bytea not null, until bigint not null,
        primary key (thread_id, share))`,
      sql`create index thread_share_until on thread_share (until)`,

      sql`alter table recovery alter column lookup_tag set statistics 0, alter column auth_tag set statistics 0,
        alter column cancel_tag set statistics 0, alter column sealed set statistics 0`,
      sql`alter table thread alter column id set statistics 0, alter column secret_tag set statistics 0,
        alter column person_ring set statistics 0, alter column helper_ring set statistics 0`,
      sql`alter table thread_entry alter column thread_id set statistics 0, alter column sealed set statistics 0`,
      sql`alter table thread_share alter column thread_id set statistics 0, alter column sealed set statistics 0`,
    ];
    for (const statement of statements) await statement.execute(db);
  },
};
