/**
 * Whose misuse is counted, and how they stand: keyed hashes of an account's id or of a notifier's e-mail address, and what is
 * held against them now.
 *
 * No row names anybody, and no notice bears such a hash: two notices of one person stay apart in the database until somebody
 * counts a manifest act, and then that act alone is joined (`misuse.ts`). Who gave no e-mail address cannot be counted.
 * @module
 */

import type { MisuseId, NoticeId } from '@reclaim/casework/id';
import { DAY_MS, parseUtcMs, type UtcMs } from '@reclaim/casework/instant';
import {
  isTurnedAway,
  MISUSE_POLICY,
  type Misuse,
  type MisuseState,
  misuseKind,
} from '@reclaim/casework/misuse';
import type { WireStanding } from '@reclaim/casework/wire-misuse';
import type { Notifier } from '@reclaim/casework/wire-notice';
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** A row of `misuse`. */
export type MisuseRow = Selectable<Tables['misuse']>;

type Db = Kysely<Tables> | Transaction<Tables>;

/** What was said of somebody on the ladder, sealed: the facts of the measures, the objection, the answer. */
export type MisuseWords = {
  readonly warning?: MeasureFacts;
  readonly suspension?: MeasureFacts;
  readonly objection?: string;
  readonly answer?: string;
};

type MeasureFacts = {
  readonly count: number;
  readonly all: number;
  readonly gravity: string;
  readonly intention: string;
};

/** HMAC of the platform's id of an account. */
export function accountTag(store: Store, account: string): Buffer {
  return store.key.tag(Buffer.from(`misuse-account:${account}`));
}

/** HMAC of a notifier's e-mail address, however its letters are written; `undefined` where none was given. */
export function notifierTag(store: Store, { email }: Pick<Notifier, 'email'>): Buffer | undefined {
  const address = email.normalize('NFKC').trim().toLowerCase();
  return address === '' ? undefined : store.key.tag(Buffer.from(`misuse-notifier:${address}`));
}

/** The words of a row, unsealed. */
export function openWords(store: Store, row: MisuseRow): MisuseWords {
  if (row.sealed === null) return {};
  return JSON.parse(store.key.unseal(row.sealed, `misuse:${row.id}`).toString()) as MisuseWords;
}

/** The machine's state of a row; `acts` only where they are needed. */
export function stateOf(row: MisuseRow, acts: MisuseState['acts']): MisuseState {
  const at = (value: number | null) => (value === null ? undefined : parseUtcMs(value));
  return {
    acts,
    warnedAt: at(row.warned_at),
    suspendedAt: at(row.suspended_at),
    suspendedUntil: at(row.suspended_until),
    suspendedBy: row.suspended_by ?? undefined,
    objection: row.objection,
    disownedAt: at(row.disowned_at),
  };
}

/** Whether what a sender sends is turned away now. */
export async function isSuspended(
  store: Store,
  db: Db,
  misuse: Misuse,
  tag: Buffer | null | undefined,
  alwaysHeard = false,
): Promise<boolean> {
  if (tag === undefined || tag === null) return false;
  const row = await db
    .selectFrom('misuse')
    .selectAll()
    .where('misuse', '=', misuse)
    .where('subject_tag', '=', tag)
    .executeTakeFirst();
  return row !== undefined && isTurnedAway(stateOf(row, []), store.now(), { misuse, alwaysHeard });
}

/** Whether an act of a row is known by a notice: only who sent that one has its code. */
export async function restsOn(db: Db, id: MisuseId, noticeId: NoticeId): Promise<boolean> {
  const found = await db
    .selectFrom('misuse_act')
    .select('misuse_id')
    .where('misuse_id', '=', id)
    .where('notice_id', '=', noticeId)
    .executeTakeFirst();
  return found !== undefined;
}

/**
 * What is held against a sender now, as they read it. To who asks by the code of a notice, only where that notice was counted: an
 * address is what somebody typed, and whoever types another's must not read what that person is warned of.
 */
export async function standingsOf(
  store: Store,
  db: Db,
  tag: Buffer | undefined,
  noticeId?: NoticeId,
): Promise<readonly WireStanding[]> {
  if (tag === undefined) return [];
  const rows = await db
    .selectFrom('misuse')
    .selectAll()
    .where('subject_tag', '=', tag)
    .orderBy('misuse')
    .execute();
  const now = store.now();
  const told = [];
  for (const row of rows) if (noticeId === undefined || (await restsOn(db, row.id, noticeId))) told.push(row);
  return told.flatMap((row) => standingOf(row, openWords(store, row), now));
}

function standingOf(row: MisuseRow, words: MisuseWords, now: UtcMs): WireStanding[] {
  const { misuse, objection } = row;
  const suspended = row.suspended_until !== null && now < row.suspended_until;
  if (suspended && words.suspension !== undefined && row.suspended_at !== null) {
    return [
      {
        ...words.suspension,
        misuse,
        measure: 'suspension',
        since: parseUtcMs(row.suspended_at),
        until: parseUtcMs(row.suspended_until!),
        objection: objection === 'none' ? 'open' : objection,
        ...(objection === 'answered' && words.answer !== undefined ? { answer: words.answer } : {}),
      },
    ];
  }
  if (row.warned_at === null || words.warning === undefined) return [];
  if (!['warned', 'suspended'].includes(misuseKind(stateOf(row, []), now))) return [];
  const until = parseUtcMs(row.warned_at + MISUSE_POLICY.warningDays * DAY_MS);
  if (until <= now) return [];
  return [{ ...words.warning, misuse, measure: 'warning', since: parseUtcMs(row.warned_at), until }];
}
