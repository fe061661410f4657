/**
 * Local features of confirmed copies: the switch that two members of the staff turn, and the sealed rows.
 *
 * States of the switch and who turns it: `casework/wire-local-features`. A row belongs to the job whose ruling confirmed
 * the copy; it goes with that ruling (undo, reversal), with any signal that the job matched (withdrawn, expired), with
 * its time, and with the switch. It is sealed by the store's key, bound to its job, and no route answers it.
 * @module
 */

import type { BankId, JobId, SignalId, StaffId } from '@reclaim/casework/id';
import type { UtcMs } from '@reclaim/casework/instant';
import type { LocalFeatureState, WireLocalFeatures } from '@reclaim/casework/wire-local-features';
import type { SignalKind } from '@reclaim/fingerprint/signal';
import type { Transaction } from 'kysely';
import { noteErasure } from './erasure.ts';
import { appendEvents, lockChain } from './event-log.ts';
import { isBlackedOut, jobOf } from './job-rows.ts';
import { notifyLocalFeatures } from './local-feature-erasure.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** Rows kept at most: 5 KB each on disk, some 30 KB in memory. Beyond it nothing new is kept. */
export const MOST_KEPT = 5_000;

const DAY_MS = 86_400_000;

/** The switch as it stands. */
export async function readLocalFeatures(store: Store): Promise<WireLocalFeatures> {
  const row = await store.db.selectFrom('local_features_switch').selectAll().executeTakeFirstOrThrow();
  const { count } = await store.db
    .selectFrom('local_features')
    .select((each) => each.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return {
    state: row.state,
    retentionDays: row.retention_days,
    ...(row.proposed_by === null ? {} : { proposedBy: row.proposed_by }),
    ...(row.confirmed_by === null ? {} : { confirmedBy: row.confirmed_by }),
    ...(row.since === null ? {} : { since: row.since as UtcMs }),
    kept: count,
  };
}

/** Why the switch does not turn: it stands elsewhere, or the same person would turn it twice. */
export type SwitchRefusal = 'wrong-state' | 'same-reviewer';

/** What became of turning it. */
export type SwitchOutcome =
  | { readonly ok: true; readonly now: WireLocalFeatures }
  | { readonly ok: false; readonly reason: SwitchRefusal };

/** Proposes to switch it on; a second member confirms. */
export function proposeLocalFeatures(store: Store, by: StaffId, days: number): Promise<SwitchOutcome> {
  return turn(store, by, (row) => {
    if (row.state !== 'off') return 'wrong-state';
    return { state: 'proposed', retention_days: days, proposed_by: by, confirmed_by: null };
  });
}

/** Confirms a proposal of another member. */
export function confirmLocalFeatures(store: Store, by: StaffId): Promise<SwitchOutcome> {
  return turn(store, by, (row) => {
    if (row.state !== 'proposed') return 'wrong-state';
    return row.proposed_by === by ? 'same-reviewer' : { state: 'on', confirmed_by: by };
  });
}

/** Switches it off, or takes a proposal back. All features are erased. */
export function switchLocalFeaturesOff(store: Store, by: StaffId): Promise<SwitchOutcome> {
  return turn(store, by, (row) =>
    row.state === 'off' ? 'wrong-state' : { state: 'off', proposed_by: null, confirmed_by: null },
  );
}

type Row = Tables['local_features_switch'];

async function turn(
  store: Store,
  by: StaffId,
  to: (row: Row) => SwitchRefusal | (Partial<Row> & { readonly state: LocalFeatureState }),
): Promise<SwitchOutcome> {
  const refused = await store.transaction(async (trx): Promise<SwitchRefusal | undefined> => {
    await lockChain(trx);
    const row = await trx
      .selectFrom('local_features_switch')
      .selectAll()
      .forUpdate()
      .executeTakeFirstOrThrow();
    const change = to(row);
    if (typeof change === 'string') return change;
    const { state } = change;
    const retentionDays = change.retention_days ?? row.retention_days;
    const data = state === 'off' ? {} : { retentionDays };
    await appendEvents(trx, store.now(), by, [
      { type: `local-features-${state}`, subject: 'local-features', data },
    ]);
    await trx
      .updateTable('local_features_switch')
      .set({ ...change, since: store.now() })
      .execute();
    await notifyLocalFeatures(trx);
    if (state === 'off') await erase(store, trx, await trx.deleteFrom('local_features').executeTakeFirst());
    return undefined;
  });
  return refused === undefined
    ? { ok: true, now: await readLocalFeatures(store) }
    : { ok: false, reason: refused };
}

/** Where the copy lies that a ruling on this job would confirm, while it may be kept; undefined where it may not. */
export async function copyToKeep(store: Store, jobId: JobId): Promise<string | undefined> {
  const row = await store.db
    .selectFrom('job')
    .select('preview_url')
    .where('id', '=', jobId)
    .where('lane', '=', 'adult')
    .where((each) =>
      each.exists(each.selectFrom('local_features_switch').select('id').where('state', '=', 'on')),
    )
    .executeTakeFirst();
  return row?.preview_url ?? undefined;
}

/**
 * Seals and keeps the features of the copy that a job's ruling confirmed. Answers whether they are kept: not where the
 * switch is off by now, the ruling no longer stands or confirmed nothing, or there is no room.
 */
export async function keepLocalFeatures(store: Store, jobId: JobId, features: Uint8Array): Promise<boolean> {
  return store.transaction(async (trx) => {
    await lockChain(trx);
    const { state, retention_days } = await trx
      .selectFrom('local_features_switch')
      .selectAll()
      .executeTakeFirstOrThrow();
    const row = await trx.selectFrom('job').selectAll().where('id', '=', jobId).executeTakeFirst();
    if (state !== 'on' || row === undefined || row.lane !== 'adult') return false;
    const job = jobOf(row);
    if (!('decision' in job) || isBlackedOut(job)) return false;
    const { ruling } = job.decision;
    if (ruling.outcome !== 'remove' || (await confirmedOf(trx, jobId)).length === 0) return false;
    const { count } = await trx
      .selectFrom('local_features')
      .select((each) => each.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    if (count >= MOST_KEPT) return false;
    const made = await trx
      .insertInto('local_features')
      .values({
        job_id: jobId,
        sealed: store.key.seal(Buffer.from(features), `local-features ${jobId}`),
        expires_at: store.now() + retention_days * DAY_MS,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (Number(made.numInsertedOrUpdatedRows ?? 0) === 0) return false;
    await appendEvents(trx, store.now(), 'system', [
      { type: 'local-features-kept', subject: jobId, data: { jobId } },
    ]);
    await notifyLocalFeatures(trx);
    return true;
  });
}

/** What is kept, unsealed, for memory alone: rows after `num`, and which of all rows are still there. */
export async function loadLocalFeatures(
  store: Store,
  after: number,
): Promise<{
  readonly on: boolean;
  readonly live: ReadonlySet<number>;
  readonly fresh: readonly { readonly num: number; readonly features: Uint8Array }[];
}> {
  const { state } = await store.db
    .selectFrom('local_features_switch')
    .select('state')
    .executeTakeFirstOrThrow();
  const live = await store.db.selectFrom('local_features').select('num').execute();
  const fresh = await store.db
    .selectFrom('local_features')
    .selectAll()
    .where('num', '>', after)
    .orderBy('num')
    .execute();
  return {
    on: state === 'on',
    live: new Set(live.map(({ num }) => num)),
    fresh: fresh.map(({ num, job_id, sealed }) => ({
      num,
      features: store.key.unseal(sealed, `local-features ${job_id}`),
    })),
  };
}

/** A signal that a found copy stands for. */
export type FoundSignal = {
  readonly signalId: SignalId;
  readonly bankId: BankId;
  readonly kind: SignalKind;
};

/**
 * The confirmed signals that the copy of a row stands for; none where the row is gone or nothing about it is confirmed
 * any more. Asked at every find, so that a withdrawal counts at once, whatever a node still has in memory.
 */
export async function signalsOfFeatures(store: Store, num: number): Promise<readonly FoundSignal[]> {
  const row = await store.db
    .selectFrom('local_features')
    .select('job_id')
    .where('num', '=', num)
    .where('expires_at', '>', store.now())
    .executeTakeFirst();
  if (row === undefined) return [];
  return store.db.transaction().execute((trx) => confirmedOf(trx, row.job_id));
}

async function confirmedOf(trx: Transaction<Tables>, jobId: JobId): Promise<readonly FoundSignal[]> {
  const rows = await trx
    .selectFrom('job_match')
    .innerJoin('signal', 'signal.id', 'job_match.signal_id')
    .innerJoin('bank', 'bank.id', 'signal.bank_id')
    .select(['signal.id', 'signal.bank_id', 'signal.kind'])
    .distinct()
    .where('job_match.job_id', '=', jobId)
    .where('signal.state', '=', 'confirmed')
    .where('bank.enabled', '=', true)
    .orderBy('signal.id')
    .execute();
  return rows.map(({ id, bank_id, kind }) => ({ signalId: id, bankId: bank_id, kind }));
}

/** Erases what was kept for its days. */
export async function expireLocalFeatures(store: Store): Promise<void> {
  await store.transaction(async (trx) => {
    const due = trx.deleteFrom('local_features').where('expires_at', '<=', store.now());
    await erase(store, trx, await due.executeTakeFirst());
  });
}

async function erase(
  store: Store,
  trx: Transaction<Tables>,
  gone: { readonly numDeletedRows: bigint },
): Promise<void> {
  if (gone.numDeletedRows === 0n) return;
  await noteErasure(store, trx);
  await notifyLocalFeatures(trx);
}
