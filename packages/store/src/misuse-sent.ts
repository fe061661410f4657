/**
 * How many acts of a kind a sender on the ladder did in all, manifest or not: what the proportion of Art. 23(3)(b) is of.
 *
 * No notice bears a hash of its sender, so to count those of one means to unseal who sent each of half a year. That is done once,
 * when the first act of a sender is counted; from then on each day's number stands beside their row, and is added to when a notice
 * comes. The numbers name no notice, and go with the row.
 * @module
 */

import { DAY_MS } from '@reclaim/casework/instant';
import { actsInWindow, MISUSE_POLICY, type MisuseState } from '@reclaim/casework/misuse';
import type { Notifier } from '@reclaim/casework/wire-notice';
import { type Kysely, sql, type Transaction } from 'kysely';
import { rowFor } from './misuse-rows.ts';
import { type MisuseRow, notifierTag } from './misuse-standing.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

type Db = Kysely<Tables> | Transaction<Tables>;

/** Notices of one sender, by the day on which they came (days since 1970). */
export type SentByDay = ReadonlyMap<number, number>;

/** Seals that are opened before others have their turn: about 10 ms of them. */
const AT_ONCE = 100;

/**
 * The notices of a sender within the window, as far as they were received after one record of the log and up to another. Opened
 * a piece at a time, so that a node with tens of thousands of them answers others meanwhile.
 */
export async function noticesSent(
  store: Store,
  db: Db,
  tag: Buffer,
  after: number,
  upTo: number,
): Promise<SentByDay> {
  const since = store.now() - MISUSE_POLICY.windowDays * DAY_MS;
  const days = new Map<number, number>();
  const sent = await db
    .selectFrom('notice')
    .innerJoin('notifier', 'notifier.notice_id', 'notice.id')
    .select(['notice.id', 'notice.received_at', 'notifier.sealed'])
    .where('received_at', '>', since)
    .where('received_seq', '>', after)
    .where('received_seq', '<=', upTo)
    .execute();
  for (const [at, { id, received_at: receivedAt, sealed }] of sent.entries()) {
    if (at > 0 && at % AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
    if (sentBy(store, id, sealed, tag)) add(days, receivedAt);
  }
  return days;
}

function add(days: Map<number, number>, at: number): void {
  const day = Math.floor(at / DAY_MS);
  days.set(day, (days.get(day) ?? 0) + 1);
}

/** Writes the numbers of a sender who was put on the ladder; added to what is there. */
export async function keepSent(
  trx: Transaction<Tables>,
  row: Pick<MisuseRow, 'id'>,
  days: SentByDay,
): Promise<void> {
  for (const [day, sent] of days)
    await trx
      .insertInto('misuse_sent')
      .values({ misuse_id: row.id, day, sent })
      .onConflict((conflict) =>
        conflict.columns(['misuse_id', 'day']).doUpdateSet({ sent: sql<number>`misuse_sent.sent + ${sent}` }),
      )
      .execute();
}

/** Counts a notice that came, where its sender is on the ladder for notices. */
export async function noteSent(trx: Transaction<Tables>, tag: Buffer | undefined, at: number): Promise<void> {
  const row = tag === undefined ? undefined : await rowFor(trx, 'unfounded-notices', tag);
  if (row !== undefined) await keepSent(trx, row, new Map([[Math.floor(at / DAY_MS), 1]]));
}

/** All acts of the kind by one sender in the window, manifest or not: what the proportion is of. */
export async function allOf(
  store: Store,
  trx: Transaction<Tables>,
  row: MisuseRow,
  state: MisuseState,
): Promise<number> {
  const now = store.now();
  const since = now - MISUSE_POLICY.windowDays * DAY_MS;
  // An act may be counted long after what it rests on was sent: there are never fewer in all than manifest ones.
  return Math.max(actsInWindow(state, now).length, await sentSince(store, trx, row, since));
}

async function sentSince(
  store: Store,
  trx: Transaction<Tables>,
  { id, misuse, subject_tag: tag }: MisuseRow,
  since: number,
): Promise<number> {
  switch (misuse) {
    case 'illegal-content': {
      const { count } = await trx
        .selectFrom('job')
        .select((each) => each.fn.countAll<number>().as('count'))
        .where('account_tag', '=', tag)
        .where('decided_at', '>', since)
        .executeTakeFirstOrThrow();
      return Number(count);
    }
    case 'unfounded-notices': {
      const { sent } = await trx
        .selectFrom('misuse_sent')
        .select((each) => each.fn.sum<string | null>('sent').as('sent'))
        .where('misuse_id', '=', id)
        // The day on which the window begins counts whole: the proportion is then never too high.
        .where('day', '>=', Math.floor(since / DAY_MS))
        .executeTakeFirstOrThrow();
      return Number(sent ?? 0);
    }
    case 'unfounded-complaints': {
      const sent = await trx
        .selectFrom('complaint')
        .innerJoin('job', 'job.id', 'complaint.job_id')
        .leftJoin('notifier', 'notifier.notice_id', 'complaint.notice_id')
        .select(['complaint.notice_id', 'complaint.side', 'job.account_tag', 'notifier.sealed'])
        .where('complaint.received_at', '>', since)
        .execute();
      return sent.filter(({ side, notice_id: noticeId, account_tag: account, sealed }) =>
        side === 'uploader'
          ? account?.equals(tag) === true
          : noticeId !== null && sealed !== null && sentBy(store, noticeId, sealed, tag),
      ).length;
    }
    default: {
      const never: never = misuse;
      return never;
    }
  }
}

function sentBy(store: Store, noticeId: string, sealed: Buffer, tag: Buffer): boolean {
  const notifier = JSON.parse(store.key.unseal(sealed, `notifier:${noticeId}`).toString()) as Notifier;
  return notifierTag(store, notifier)?.equals(tag) === true;
}
