/**
 * The migration by which a signal that is sent again is known. Its rules are those of `migrations.ts`.
 * @module
 */

import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Signals by what was sent. */
export const bankedOnce: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const statements = [
      // once_tag: HMAC of the key that banked it, the bank, the value and the name of the request; empty where the request had
      // none or its owner drew the capability, and once it is withdrawn or expired.
      sql`alter table signal add column once_tag bytea unique`,
      sql`alter table signal alter column once_tag set statistics 0`,
    ];
    for (const statement of statements) await statement.execute(db);
  },
};
