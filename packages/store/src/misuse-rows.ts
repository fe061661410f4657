/**
 * The rows of the misuse ladder: found, read as the machine's state, and written when its events are carried out.
 * @module
 */

import type { MisuseId, StaffId } from '@reclaim/casework/id';
import { parseUtcMs } from '@reclaim/casework/instant';
import { evolveMisuse, type Misuse, type MisuseEvent, type MisuseState } from '@reclaim/casework/misuse';
import type { Kysely, Transaction } from 'kysely';
import { type Actor, appendEvents, draftOf } from './event-log.ts';
import { type MisuseRow, type MisuseWords, openWords, stateOf } from './misuse-standing.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

type Db = Kysely<Tables> | Transaction<Tables>;

/** The row of a sender for one kind of misuse. */
export async function rowFor(db: Db, misuse: Misuse, tag: Buffer): Promise<MisuseRow | undefined> {
  return db
    .selectFrom('misuse')
    .selectAll()
    .where('misuse', '=', misuse)
    .where('subject_tag', '=', tag)
    .executeTakeFirst();
}

/** The row of an id. */
export async function rowById(trx: Transaction<Tables>, id: MisuseId): Promise<MisuseRow | undefined> {
  return trx.selectFrom('misuse').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The acts that a row stands for, the oldest first. */
export async function actsOf(trx: Transaction<Tables>, id: MisuseId) {
  return trx.selectFrom('misuse_act').selectAll().where('misuse_id', '=', id).orderBy('at').execute();
}

/** The machine's state of a row. */
export async function loadState(trx: Transaction<Tables>, row: MisuseRow): Promise<MisuseState> {
  const acts = await actsOf(trx, row.id);
  return stateOf(
    row,
    acts.map(({ decision_id, at }) => ({ decisionId: decision_id, at: parseUtcMs(at) })),
  );
}

/** Writes events of the ladder into the log. */
export async function append(
  store: Store,
  trx: Transaction<Tables>,
  by: Actor,
  id: MisuseId,
  events: readonly MisuseEvent[],
): Promise<void> {
  await appendEvents(
    trx,
    store.now(),
    by,
    events.map((event) => draftOf(id, event)),
  );
}

/** Writes events into the log and what follows from them into the row. */
export async function carryOut(
  store: Store,
  trx: Transaction<Tables>,
  by: Actor,
  row: MisuseRow,
  before: MisuseState,
  events: readonly MisuseEvent[],
): Promise<void> {
  await append(store, trx, by, row.id, events);
  const after = events.reduce(evolveMisuse, before);
  const words = events.reduce(spoken, openWords(store, row));
  await trx
    .updateTable('misuse')
    .set({
      warned_at: after.warnedAt ?? null,
      suspended_at: after.suspendedAt ?? null,
      suspended_until: after.suspendedUntil ?? null,
      suspended_by: (after.suspendedBy as StaffId | undefined) ?? null,
      objection: after.objection,
      disowned_at: after.disownedAt ?? null,
      sealed: store.key.seal(Buffer.from(JSON.stringify(words)), `misuse:${row.id}`),
    })
    .where('id', '=', row.id)
    .execute();
}

/** What is told of the measures after `event`. */
function spoken(words: MisuseWords, event: MisuseEvent): MisuseWords {
  switch (event.type) {
    case 'misuse-warned':
      return { ...words, warning: { count: event.count, all: event.all, ...event.values } };
    case 'misuse-suspended':
      return {
        ...(words.warning === undefined ? {} : { warning: words.warning }),
        suspension: { count: event.count, all: event.all, ...event.values },
      };
    case 'misuse-objected':
      return { ...words, objection: event.values.words };
    case 'misuse-upheld':
      return { ...words, answer: event.values.reason };
    default:
      return words;
  }
}
