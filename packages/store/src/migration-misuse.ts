/**
 * The migration of the misuse ladder (`misuse.ts`) of the four eyes on a notifier (`notifier-unsealing.ts`), and of
 * what was published (`publications.ts`).
 * @module
 */

import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Who is on the ladder and why, by keyed hashes; and of a job the account behind its item, the same way. */
export const misuse: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const statements = [
      // HMAC of the platform's id of the account that put the item there; goes with the item.
      sql`alter table job add column account_tag bytea`,
      sql`create index job_account on job (account_tag) where account_tag is not null`,
      // subject_tag: HMAC of that account or of a notifier's address. sealed: what the measures are judged on, in words,
      // the objection, the answer. The row goes when nothing counts any more.
      sql`create table misuse (
        id text primary key, misuse text not null, subject_tag bytea not null, warned_at bigint, suspended_at bigint,
        suspended_until bigint, suspended_by text, objection text not null, sealed bytea,
        unique (misuse, subject_tag))`,
      sql`create table misuse_act (
        misuse_id text not null references misuse, decision_id text not null, job_id text not null,
        at bigint not null, primary key (misuse_id, decision_id))`,
      sql`create index misuse_act_decision on misuse_act (decision_id)`,
      // The last stage of a clock's time that was warned of; 0 for none.
      sql`alter table notice_clock add column warned smallint not null default 0`,
      // What was published: a version is never changed, a correction is another row.
      sql`create table publication (
        id text primary key, kind text not null, title text not null, published_on text not null, url text,
        files jsonb not null, corrects text references publication, note text not null, noted_at bigint not null)`,
      // A lead's wish to read who gave a notice, and who agreed. sealed: what it is for.
      sql`create table unsealing (
        notice_id text primary key references notice, asked_by text not null references staff,
        asked_at bigint not null, sealed bytea not null, agreed_by text references staff, agreed_at bigint)`,
      sql`alter table unsealing alter column sealed set statistics 0`,
      sql`alter table job alter column account_tag set statistics 0`,
      sql`alter table misuse alter column subject_tag set statistics 0, alter column sealed set statistics 0`,
    ];
    for (const statement of statements) await statement.execute(db);
  },
};

/** What a complaint was answered with, sealed, for whoever complained. */
export const complaintAnswers: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`alter table complaint add column answer bytea`.execute(db);
    await sql`alter table complaint alter column answer set statistics 0`.execute(db);
  },
};

/**
 * What keeps a suspension from reaching somebody whose address another typed: which notice an act is known by, whether a suspension
 * was disowned. And how many notices a sender on the ladder sent, by day, so that nobody's seal is opened to count them.
 */
export const misuseAddresses: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const statements = [
      sql`alter table misuse add column disowned_at bigint`,
      // Acts from before this bear none: the one concerned reads and objects by the code of a later one, or disowns.
      sql`alter table misuse_act add column notice_id text`,
      sql`create index misuse_act_notice on misuse_act (notice_id) where notice_id is not null`,
      sql`create index notice_received on notice (received_seq)`,
      sql`create table misuse_sent (
        misuse_id text not null references misuse, day integer not null, sent integer not null,
        primary key (misuse_id, day))`,
    ];
    for (const statement of statements) await statement.execute(db);
  },
};
