/**
 * The migrations, in order; SQL that PostgreSQL 15 understands. A migration is never changed once it has landed.
 *
 * Rules that the tables keep:
 *   a signal bears no case, no contact, no address, and of its arrival only the day;
 *   whatever a person or a platform wrote stands in a column that can be erased, never in `event`;
 *   columns that hold such values have no statistics, because ANALYZE would copy them into pg_statistic, where no
 *   DELETE reaches them.
 * @module
 */

import { type Kysely, sql } from 'kysely';
import type { Migration, MigrationProvider } from 'kysely/migration';
import { bankedOnce } from './migration-banked-once.ts';
import { content } from './migration-content.ts';
import { exchanges, goneFromExchanges } from './migration-exchanges.ts';
import { complaintAnswers, misuse, misuseAddresses } from './migration-misuse.ts';
import { recoveryPartFetchings, recoveryParts } from './migration-recovery-parts.ts';
import { threadFiles } from './migration-thread-files.ts';
import { threads } from './migration-threads.ts';
import { turnedContent } from './migration-turned-content.ts';
import { watches } from './migration-watches.ts';

const first: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const statements = [
      // Facts about the database itself: the check value of the store's key, since when an erasure is pending.
      sql`create table store_meta (name text primary key, value text not null)`,

      // One row: the last record of the hash chain. Locking it orders all writers, so positions follow commits.
      sql`create table chain_head (id integer primary key check (id = 1), seq bigint not null, hash text not null)`,
      sql`insert into chain_head values (1, 0, ${'0'.repeat(64)})`,
      sql`create table event (
        seq bigint primary key, at bigint not null, actor text not null, type text not null,
        data jsonb not null, commitments jsonb not null, prev text not null, hash text not null)`,
      sql`create table event_value (
        seq bigint not null references event, name text not null, subject text not null,
        salt bytea not null, value text not null, primary key (seq, name))`,
      sql`create index event_value_subject on event_value (subject)`,
      // The chain only grows. Not even this service may change it by mistake.
      sql`create function refuse_change() returns trigger language plpgsql as $$
        begin raise exception 'the event chain only grows'; end $$`,
      sql`create trigger event_grows before update or delete or truncate on event
        for each statement execute function refuse_change()`,

      // Keys: only the SHA-256 of the secret, which has 256 random bits, so no slow hash is needed.
      sql`create table api_key (
        id text primary key, name text not null, scopes text[] not null, secret_sha256 bytea not null,
        created_at bigint not null, expires_at bigint, revoked_at bigint)`,

      sql`create table bank (
        id text primary key, name text not null unique, kind text not null, enabled boolean not null,
        confident_bits smallint not null, possible_bits smallint not null)`,

      // num: the index's id. sealed: the value, AES-256-GCM. capability_sha256: of the secret that withdraws it.
      // confirmed_by: the decision it rests on. day: the arrival, to the day. A withdrawn or expired signal keeps its row with all of these empty.
      sql`create table signal (
        num integer generated always as identity primary key, id text not null unique,
        bank_id text not null references bank, kind text not null, state text not null, sealed bytea,
        quality smallint, pipeline text, capability_sha256 bytea unique, confirmed_by text, disputed_from text,
        day bigint not null, expires_at bigint)`,
      sql`create index signal_confirmed_by on signal (confirmed_by) where confirmed_by is not null`,
      sql`create index signal_due on signal (expires_at) where state = 'unconfirmed' and expires_at is not null`,

      // What the index keeper tails: which signal or bank to read again. It never holds a value.
      sql`create table bank_change (position bigint primary key, bank_id text, signal_num integer)`,

      // item_id and preview_url are the platform's; preview_url goes with the decision, item_id with the closing.
      // content_tag: HMAC of the upload's SHA-256 under the store's key; remembers a judged content without keeping it.
      sql`create table job (
        id text primary key, state text not null, cause text not null, interim text not null,
        opened_at bigint not null, opened_seq bigint not null unique, item_id text, preview_url text,
        content_tag bytea, actor text, claimed_until bigint, decision jsonb)`,
      sql`create index job_item on job (item_id)`,
      sql`create index job_queue on job (state, opened_seq)`,
      sql`create table job_match (
        job_id text not null references job, signal_id text not null, kind text not null, band text not null,
        orientation text not null, primary key (job_id, signal_id))`,
      sql`create table judged (
        content_tag bytea not null, signal_id text not null, job_id text not null,
        primary key (content_tag, signal_id))`,
      sql`create table outcome (
        position bigint primary key, job_id text not null, item_id text not null, effect text not null)`,

      sql`alter table event_value alter column salt set statistics 0, alter column value set statistics 0`,
      sql`alter table signal alter column sealed set statistics 0, alter column capability_sha256 set statistics 0`,
      sql`alter table job alter column item_id set statistics 0, alter column preview_url set statistics 0,
        alter column content_tag set statistics 0`,
      sql`alter table judged alter column content_tag set statistics 0`,
      sql`alter table outcome alter column item_id set statistics 0`,
    ];
    for (const statement of statements) await statement.execute(db);
  },
};

const doors: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const statements = [
      // A case: nothing in it can be read, found or joined without the store's key (`cases.ts` says how). day: of its
      // last opening.
      sql`create table sealed_case (
        lookup_tag bytea primary key, auth_tag bytea not null, sealed bytea not null,
        version integer not null, day bigint not null)`,

      // What a removal rested on, in closed words: the platform's short statement of reasons.
      sql`alter table outcome add column ground text`,
      sql`create index outcome_job on outcome (job_id)`,

      // Somebody reported the item: its job does not lapse when its signals go. What joined before this column is
      // read from the log.
      sql`alter table job add column reported boolean not null default false`,
      sql`update job set reported = true where cause in ('report', 'notice') or id in (
        select data->>'jobId' from event where type = 'report-received')`,
      sql`create index job_match_signal on job_match (signal_id)`,

      // Where outcomes are sent. sealed_url, sealed_secret: by the store's key; an address may hold a secret of its
      // own. position: the last outcome that the endpoint took. A disabled one keeps its row until it is deleted.
      sql`create table webhook (
        id text primary key, host text not null, sealed_url bytea not null, sealed_secret bytea not null,
        position bigint not null, failing_since bigint, failures integer not null default 0,
        next_at bigint not null, disabled_at bigint)`,

      sql`alter table sealed_case alter column lookup_tag set statistics 0, alter column auth_tag set statistics 0,
        alter column sealed set statistics 0`,
      sql`alter table webhook alter column sealed_url set statistics 0, alter column sealed_secret set statistics 0`,
    ];
    for (const statement of statements) await statement.execute(db);
  },
};

const staff: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const statements = [
      // The staff. A pseudonym is chosen by its bearer and is no name; the chain knows them by id alone.
      sql`create table staff (
        id text primary key, pseudonym text not null unique, permissions text[] not null,
        created_at bigint not null, disabled_at bigint)`,
      // public_key: COSE_Key. counter: of the authenticator, which must not go back.
      sql`create table passkey (
        credential_id text primary key, staff_id text not null references staff, public_key bytea not null,
        counter bigint not null, transports text[] not null, created_at bigint not null)`,
      // All secrets below have 100 random bits or more, so SHA-256 keeps them.
      sql`create table recovery_code (code_sha256 bytea primary key, staff_id text not null references staff)`,
      sql`create index recovery_code_staff on recovery_code (staff_id)`,
      // invited_by is empty for the link that makes the first administrator.
      sql`create table staff_link (
        token_sha256 bytea primary key, permissions text[] not null, expires_at bigint not null,
        invited_by text references staff)`,
      // recovered: begun with a recovery code, good only for adding a passkey.
      sql`create table staff_session (
        secret_sha256 bytea primary key, staff_id text not null references staff, created_at bigint not null,
        seen_at bigint not null, recovered boolean not null)`,
      sql`create index staff_session_staff on staff_session (staff_id)`,
      // Looks at a picture; seq is the record in the chain that was written before anything was shown.
      sql`create table view (
        seq bigint primary key, job_id text not null references job, staff_id text not null references staff,
        look text not null, at bigint not null, seconds integer)`,
      sql`create index view_staff on view (staff_id, at)`,
      // What must be kept although its job closes, on which legal basis, and until when.
      sql`create table legal_hold (
        job_id text primary key references job, basis text not null, made_at bigint not null,
        until bigint not null)`,
    ];
    for (const statement of statements) await statement.execute(db);
  },
};

const notices: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const statements = [
      // lane: `child` where a notice says that a minor may be shown. decided_at: when the ruling that stands was made.
      sql`alter table job add column lane text not null default 'adult', add column decided_at bigint`,
      // Where the item of a job is, where nobody named it by its id. tag: HMAC of the normalised place.
      sql`create table job_location (
        tag bytea not null, job_id text not null references job, primary key (tag, job_id))`,
      sql`create index job_location_job on job_location (job_id)`,

      // A notice. number: named on the telephone, opens nothing. code_tag: HMAC of what follows from the notifier's code.
      // sealed: what it says. terms: by which law it is judged (casework/notice-terms), no word of the notifier.
      // told_at: since when the decision can be read.
      sql`create table notice (
        id text primary key, number text not null unique, code_tag bytea not null unique,
        job_id text not null references job, received_seq bigint not null, received_at bigint not null,
        state text not null, sealed bytea, terms jsonb not null, decision_id text, told_at bigint)`,
      sql`create index notice_job on notice (job_id)`,
      // Who the notifier is: apart, so that whoever reads a notice does not read this.
      sql`create table notifier (notice_id text primary key references notice, sealed bytea not null)`,
      // What happened that clocks read: events of the law. void: its ruling was undone.
      sql`create table notice_fact (
        seq bigint not null, notice_id text not null references notice, kind text not null, at bigint not null,
        decision_id text, void boolean not null default false, primary key (seq, notice_id, kind))`,
      sql`create index notice_fact_notice on notice_fact (notice_id)`,
      // Clocks, one for each rule of a notice. breached_seq: the record of the breach in the chain.
      sql`create table notice_clock (
        notice_id text not null references notice, rule_id text not null, version text not null,
        job_id text not null references job, regime text not null, applies boolean not null, owed boolean not null,
        state text not null, reason text, start_at bigint, due_at bigint, end_at bigint,
        breached_seq bigint, breached_at bigint, primary key (notice_id, rule_id))`,
      sql`create index notice_clock_job on notice_clock (job_id)`,
      sql`create index notice_clock_due on notice_clock (due_at) where state = 'running' and owed`,
      // A breach is a fact: not even this service may take it back, or say that it was due at another time.
      sql`create function keep_breach() returns trigger language plpgsql as $$
        begin
          if tg_op = 'DELETE' or new.breached_seq is distinct from old.breached_seq
            or new.breached_at is distinct from old.breached_at or new.due_at is distinct from old.due_at
            or new.rule_id <> old.rule_id or new.version <> old.version or new.notice_id <> old.notice_id
            or new.state not in ('breached', 'met-late') then
            raise exception 'a breach is never taken back';
          end if;
          return new;
        end $$`,
      sql`create trigger breach_stays before update or delete on notice_clock
        for each row when (old.breached_seq is not null) execute function keep_breach()`,

      sql`create table complaint (
        id text primary key, job_id text not null references job, notice_id text references notice,
        side text not null, decision_id text not null, sealed bytea, received_at bigint not null,
        answered_at bigint, outcome text)`,
      sql`create index complaint_job on complaint (job_id)`,

      sql`alter table job_location alter column tag set statistics 0`,
      sql`alter table notice alter column sealed set statistics 0, alter column code_tag set statistics 0`,
      sql`alter table notifier alter column sealed set statistics 0`,
      sql`alter table complaint alter column sealed set statistics 0`,
    ];
    for (const statement of statements) await statement.execute(db);
  },
};

const evidence: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const statements = [
      // A person's sealed record of evidence. capability_tag: HMAC under the store's key. day: of the last opening.
      sql`create table evidence_record (
        capability_tag bytea primary key, sealed bytea not null, version integer not null, day bigint not null)`,
      sql`alter table evidence_record alter column capability_tag set statistics 0,
        alter column sealed set statistics 0`,
    ];
    for (const statement of statements) await statement.execute(db);
  },
};

const statements: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const made = [
      // A statement of reasons. record: what the Commission's database takes; text: what the recipient reads. Neither holds
      // an item or a person. taken_back_at: its decision was undone or reversed.
      sql`create table statement (
        decision_id text primary key, job_id text not null references job, made_at bigint not null,
        record jsonb not null, text jsonb not null, taken_back_at bigint)`,
      sql`create index statement_job on statement (job_id)`,
      sql`create index statement_made on statement (made_at, decision_id)`,
      sql`alter table statement alter column record set statistics 0, alter column text set statistics 0`,
    ];
    for (const statement of made) await statement.execute(db);
  },
};

const windows: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    // The part of the upload that matched: `full`, or a kind of window.
    await sql`alter table job_match add column found_by text not null default 'full'`.execute(db);
  },
};

const localFeatures: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const made = [
      // Whether features of confirmed copies are kept: one row. See casework/wire-local-features.
      sql`create table local_features_switch (
        id integer primary key check (id = 1), state text not null, retention_days integer not null,
        proposed_by text, confirmed_by text, since bigint)`,
      sql`insert into local_features_switch values (1, 'off', 90, null, null, null)`,
      // Features of the copy that a job's ruling confirmed: sealed, bound to the job, as telling as a thumbnail.
      sql`create table local_features (
        num bigint generated always as identity primary key, job_id text not null unique references job,
        sealed bytea not null, expires_at bigint not null)`,
      sql`create index local_features_expires on local_features (expires_at)`,
      sql`alter table local_features alter column sealed set statistics 0`,
    ];
    for (const statement of made) await statement.execute(db);
  },
};

/** All migrations by name, in the order of their names. */
export const migrations: MigrationProvider = {
  getMigrations: async () => ({
    '0001-first': first,
    '0002-doors': doors,
    '0003-staff': staff,
    '0004-notices': notices,
    '0005-threads': threads,
    '0006-evidence': evidence,
    '0007-statements': statements,
    '0008-content': content,
    '0009-windows': windows,
    '0010-local-features': localFeatures,
    '0011-misuse': misuse,
    '0012-watches': watches,
    '0013-exchanges': exchanges,
    '0014-complaint-answers': complaintAnswers,
    '0015-thread-files': threadFiles,
    '0016-recovery-parts': recoveryParts,
    '0017-misuse-addresses': misuseAddresses,
    '0018-recovery-part-fetchings': recoveryPartFetchings,
    '0019-turned-content': turnedContent,
    '0020-gone-from-exchanges': goneFromExchanges,
    '0021-banked-once': bankedOnce,
  }),
};

/** Tables that hold values which can be erased: what compaction rewrites. */
export const ERASABLE_TABLES = Object.freeze([
  'signal',
  'event_value',
  'job',
  'judged',
  'outcome',
  'api_key',
  'sealed_case',
  'webhook',
  'job_location',
  'notice',
  'notifier',
  'complaint',
  'recovery',
  'recovery_part',
  'thread',
  'thread_entry',
  'thread_share',
  'thread_file',
  'thread_piece',
  'evidence_record',
  'statement',
  'content',
  'local_features',
  'misuse',
  'misuse_act',
  'misuse_sent',
  'unsealing',
  'watch',
  'watch_place',
  'watch_host',
  'exchange',
] as const);
