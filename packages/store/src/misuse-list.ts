/**
 * The misuse ladder as a lead reads it, and the end of what is over.
 * @module
 */

import { DAY_MS, parseUtcMs } from '@reclaim/casework/instant';
import { decideMisuse, evolveMisuse, MISUSE_POLICY, misuseKind } from '@reclaim/casework/misuse';
import type { WireMisuse } from '@reclaim/casework/wire-misuse';
import type { Transaction } from 'kysely';
import { noteErasure } from './erasure.ts';
import { eraseValues, lockChain } from './event-log.ts';
import { actsOf, carryOut, loadState } from './misuse-rows.ts';
import { allOf } from './misuse-sent.ts';
import { type MisuseRow, openWords, stateOf } from './misuse-standing.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** Everybody on the ladder: objections and disowned addresses first, then who may be suspended or warned, then the rest. */
export async function listMisuse(store: Store): Promise<WireMisuse[]> {
  return store.transaction(async (trx) => {
    const rows = await trx.selectFrom('misuse').selectAll().orderBy('id').execute();
    const all = await Promise.all(rows.map((row) => wireOf(store, trx, row)));
    return all.filter(({ state }) => state !== 'clear').toSorted((a, b) => rank(a) - rank(b));
  });
}

function rank({ state, acts, objection, warnedAt, disownedAt }: WireMisuse): number {
  if (objection?.state === 'waits' || disownedAt !== undefined) return 0;
  const fresh = acts.some(({ at }) => at > (warnedAt ?? 0));
  if (state === 'warned' && fresh) return 1;
  if (state === 'counted' && acts.length >= MISUSE_POLICY.leastActs) return 2;
  return { suspended: 3, warned: 4, counted: 5, clear: 6 }[state];
}

/** Ends suspensions whose time is over, and forgets whoever nothing is held against any more. */
export async function expireMisuse(store: Store): Promise<void> {
  const any = await store.db.selectFrom('misuse').select('id').limit(1).executeTakeFirst();
  if (any === undefined) return;
  await store.transaction(async (trx) => {
    await lockChain(trx);
    for (const row of await trx.selectFrom('misuse').selectAll().execute()) {
      let state = await loadState(trx, row);
      const now = store.now();
      const command = { kind: 'expire', misuseId: row.id, misuse: row.misuse, now } as const;
      const decided = decideMisuse(state, command);
      if (decided.ok) {
        await carryOut(store, trx, 'system', row, state, decided.events);
        state = decided.events.reduce(evolveMisuse, state);
      }
      if (misuseKind(state, now) === 'clear') {
        await trx.deleteFrom('misuse_act').where('misuse_id', '=', row.id).execute();
        await trx.deleteFrom('misuse_sent').where('misuse_id', '=', row.id).execute();
        await trx.deleteFrom('misuse').where('id', '=', row.id).execute();
        await eraseValues(trx, row.id);
        await noteErasure(store, trx);
      }
    }
  });
}

/** One on the ladder, as it is answered. */
export async function wireOf(store: Store, trx: Transaction<Tables>, row: MisuseRow): Promise<WireMisuse> {
  const acts = await actsOf(trx, row.id);
  const state = stateOf(
    row,
    acts.map(({ decision_id, at }) => ({ decisionId: decision_id, at: parseUtcMs(at) })),
  );
  const now = store.now();
  const since = now - MISUSE_POLICY.windowDays * DAY_MS;
  const kind = misuseKind(state, now);
  const words = openWords(store, row);
  const warned = kind === 'warned' || kind === 'suspended' ? row.warned_at : null;
  return {
    id: row.id,
    misuse: row.misuse,
    state: kind,
    acts: acts
      .filter(({ at }) => at > since)
      .map(({ decision_id, job_id, at }) => ({ decisionId: decision_id, jobId: job_id, at: parseUtcMs(at) })),
    all: await allOf(store, trx, row, state),
    ...(warned === null
      ? {}
      : {
          warnedAt: parseUtcMs(warned),
          warnedUntil: parseUtcMs(warned + MISUSE_POLICY.warningDays * DAY_MS),
          ...(words.warning === undefined ? {} : { warning: words.warning }),
        }),
    ...(row.suspended_at === null || row.suspended_until === null
      ? {}
      : {
          suspendedAt: parseUtcMs(row.suspended_at),
          suspendedUntil: parseUtcMs(row.suspended_until),
          ...(row.suspended_by === null ? {} : { suspendedBy: row.suspended_by }),
          ...(words.suspension === undefined ? {} : { suspension: words.suspension }),
          ...(row.disowned_at === null ? {} : { disownedAt: parseUtcMs(row.disowned_at) }),
          ...(row.objection === 'none'
            ? {}
            : {
                objection: {
                  state: row.objection,
                  words: words.objection ?? '',
                  ...(words.answer === undefined ? {} : { answer: words.answer }),
                },
              }),
        }),
  };
}
