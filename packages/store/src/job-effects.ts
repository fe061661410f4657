/**
 * What a ruling does beside the job's own row, and how undoing takes it back.
 *
 * `remove` confirms the signals that the reviewer found right; `keep` remembers that this content is not these
 * signals' picture; every ruling writes an outcome that the platform reads, erases the preview address, and is told to
 * whoever gave notice (`notice-effects.ts`).
 * @module
 */

import { isBlackout, type Ruling } from '@reclaim/casework/decision';
import type { DecisionId, JobId } from '@reclaim/casework/id';
import { effectOf, type Job, type JobEvent } from '@reclaim/casework/job';
import type { Transaction } from 'kysely';
import { forgetContentIn } from './content.ts';
import { noteErasure } from './erasure.ts';
import type { Actor } from './event-log.ts';
import { type JobRow, matchedSignals } from './job-rows.ts';
import { eraseJob, holdFor, isHeld, unhold } from './legal-hold.ts';
import { applyToNotices } from './notice-effects.ts';
import { addOutcome } from './outcomes.ts';
import { commandSignalIn } from './signals.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** Carries out what `event` does beside the job's own row, inside the caller's transaction. */
export async function applyEffects(
  store: Store,
  trx: Transaction<Tables>,
  actor: Actor,
  row: JobRow,
  before: Job,
  event: JobEvent,
  position: number,
): Promise<void> {
  await applyToItem(store, trx, actor, row, before, event, position);
  await applyToNotices(store, trx, actor, row.id, before, event);
}

async function applyToItem(
  store: Store,
  trx: Transaction<Tables>,
  actor: Actor,
  row: JobRow,
  before: Job,
  event: JobEvent,
  position: number,
): Promise<void> {
  switch (event.type) {
    case 'job-decided':
    case 'job-complaint-answered': {
      if ('decision' in before) {
        if (event.type === 'job-complaint-answered' && event.upheld) return;
        await takeBack(store, trx, actor, row.id, before.decision.ruling, before.decision.decisionId);
      }
      const { ruling, decisionId } = event.decision;
      await holdFor(store, trx, row.id, ruling);
      // What is taken down is hosted no more. Published again, the platform keeps it anew.
      if (effectOf(ruling) === 'withhold' && row.item_id !== null)
        await forgetContentIn(store, trx, [row.item_id]);
      if (ruling.outcome === 'remove') {
        for (const signalId of ruling.confirms) {
          // Refused where the signal is confirmed already, disputed or gone: the ruling on the item stands all the same.
          await commandSignalIn(store, trx, actor, {
            kind: 'confirm',
            signalId,
            basis: { kind: 'reviewed-match', decisionId },
          });
        }
      }
      if (ruling.outcome === 'keep' && ruling.ground !== 'notice-invalid' && row.content_tag !== null) {
        const signals = await matchedSignals(trx, row.id);
        const tag = row.content_tag;
        const judged = [...signals].map((id) => ({ content_tag: tag, signal_id: id, job_id: row.id }));
        if (judged.length > 0) {
          await trx
            .insertInto('judged')
            .values(judged)
            .onConflict((conflict) => conflict.doNothing())
            .execute();
        }
      }
      if (row.preview_url !== null) {
        await trx.updateTable('job').set({ preview_url: null }).where('id', '=', row.id).execute();
        await noteErasure(store, trx);
      }
      await addOutcome(trx, row, position, effectOf(ruling), ruling);
      return;
    }
    case 'job-held':
      await addOutcome(trx, row, position, 'hold');
      return;
    case 'job-undone': {
      if (!('decision' in before)) throw new Error('jobs: undone without a decision');
      await takeBack(store, trx, actor, row.id, before.decision.ruling, event.decisionId);
      await addOutcome(trx, row, position, row.interim === 'held' ? 'hold' : 'publish');
      return;
    }
    case 'job-closed':
      if (await isHeld(trx, row.id)) return;
      await eraseJob(store, trx, row.id);
      return;
    case 'job-opened':
    case 'job-completed':
    case 'job-cause-added':
    case 'job-claimed':
    case 'job-released':
    case 'job-complained':
    // Lapsing is the store's own doing, with effects of its own (`job-lapse.ts`).
    case 'job-lapsed':
      return;
    default: {
      const never: never = event;
      return never;
    }
  }
}

/** Takes the effects of a ruling back: signals that this very decision confirmed, and what it said of the content. */
async function takeBack(
  store: Store,
  trx: Transaction<Tables>,
  actor: Actor,
  jobId: JobId,
  ruling: Ruling,
  decisionId: DecisionId,
): Promise<void> {
  await trx.deleteFrom('judged').where('job_id', '=', jobId).execute();
  if (isBlackout(ruling)) await unhold(trx, jobId);
  if (ruling.outcome !== 'remove') return;
  // Only what this very decision confirmed: a signal that stood on another's word goes on standing.
  const mine = await trx.selectFrom('signal').select('id').where('confirmed_by', '=', decisionId).execute();
  for (const { id } of mine) {
    await commandSignalIn(store, trx, actor, { kind: 'deconfirm', signalId: id, decisionId });
  }
}
