/**
 * The misuse ladder as it is kept (`casework/misuse` has the machine): a reviewer counts manifest acts, a lead warns and
 * suspends, the one concerned objects, another lead answers. Nothing on it happens without a person, but for the end of a
 * suspension.
 *
 * An act is what a ruling of a person stands for, and goes with that ruling: undone or reversed, it counts no more. An upload
 * counts only where somebody looked at it (the ledger of views says so): a perceptual match, and a decision by the facts
 * alone, count against nobody. How many acts of the kind there were in all is counted (`misuse-sent.ts`) and never typed. Objections: `misuse-objection.ts`.
 * @module
 */

import { randomBytes } from 'node:crypto';
import type { Decision } from '@reclaim/casework/decision';
import {
  type DecisionId,
  type JobId,
  type MisuseId,
  makeId,
  type NoticeId,
  type StaffId,
} from '@reclaim/casework/id';
import { actsInWindow, decideMisuse, type MisuseCommand, NO_MISUSE } from '@reclaim/casework/misuse';
import type { Refusal } from '@reclaim/casework/refusal';
import type { MisuseActRequest, WireMisuse } from '@reclaim/casework/wire-misuse';
import type { Kysely, Transaction } from 'kysely';
import { type Actor, chainHead, lockChain } from './event-log.ts';
import { isBlackedOut, type JobRow, jobOf } from './job-rows.ts';
import { wireOf } from './misuse-list.ts';
import { append, carryOut, loadState, rowById, rowFor } from './misuse-rows.ts';
import { allOf, keepSent, noticesSent, type SentByDay } from './misuse-sent.ts';
import { notifierTag } from './misuse-standing.ts';
import { openNotifier } from './notice-rows.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

type Db = Kysely<Tables> | Transaction<Tables>;

/** The outcome of something asked of the ladder. */
export type MisuseOutcome =
  | { readonly ok: true; readonly misuse: WireMisuse }
  | { readonly ok: false; readonly reason: Refusal };

/** A command without what the store fills in. */
export type MisuseMeasure =
  | { readonly kind: 'warn'; readonly gravity: string; readonly intention: string }
  | { readonly kind: 'suspend'; readonly gravity: string; readonly intention: string; readonly days: number }
  | { readonly kind: 'uphold' | 'lift'; readonly reason: string };

type Refused = { readonly ok: false; readonly reason: Refusal };

/** Counts an act that a person ruled on as manifest misuse of its sender. */
export async function countMisuse(
  store: Store,
  by: StaffId,
  jobId: JobId,
  act: MisuseActRequest,
): Promise<MisuseOutcome> {
  const before = await sentBefore(store, jobId, act);
  return store.transaction(async (trx): Promise<MisuseOutcome> => {
    await lockChain(trx);
    const row = await trx.selectFrom('job').selectAll().where('id', '=', jobId).executeTakeFirst();
    if (row === undefined) return { ok: false, reason: 'not-found' };
    if (row.lane === 'child' || isBlackedOut(jobOf(row))) return { ok: false, reason: 'blackout' };
    const shown = await shownBy(store, trx, row, act);
    if ('reason' in shown) return shown;
    const { tag, decision, basis, notice } = shown;
    if (tag === undefined) return { ok: false, reason: 'sender-unknown' };
    const known = await rowFor(trx, act.misuse, tag);
    const command = {
      kind: 'count',
      misuse: act.misuse,
      now: store.now(),
      decisionId: decision,
      basis,
      manifest: act.manifest,
    } as const;
    const id = known?.id ?? makeId('misuse', randomBytes(16));
    const state = known === undefined ? NO_MISUSE : await loadState(trx, known);
    const decided = decideMisuse(state, { ...command, misuseId: id });
    if (!decided.ok) return decided;
    if (known === undefined) {
      await trx
        .insertInto('misuse')
        .values({
          id,
          misuse: act.misuse,
          subject_tag: tag,
          warned_at: null,
          suspended_at: null,
          suspended_until: null,
          suspended_by: null,
          objection: 'none',
          disowned_at: null,
          sealed: null,
        })
        .execute();
      if (act.misuse === 'unfounded-notices') {
        const from = before?.upTo ?? 0;
        if (before !== undefined) await keepSent(trx, { id }, before.days);
        await keepSent(trx, { id }, await noticesSent(store, trx, tag, from, Number.MAX_SAFE_INTEGER));
      }
    }
    await trx
      .insertInto('misuse_act')
      .values({ misuse_id: id, decision_id: decision, job_id: jobId, notice_id: notice, at: store.now() })
      .execute();
    await append(store, trx, by, id, decided.events);
    return { ok: true, misuse: await wireOf(store, trx, (await rowById(trx, id))!) };
  });
}

/**
 * What the sender of a notice that is about to be counted sent in half a year, read before the chain is locked: nobody waits for it
 * but who counts. Undefined where they are on the ladder already, or where there is no such notice; then the lock decides.
 */
async function sentBefore(
  store: Store,
  jobId: JobId,
  act: MisuseActRequest,
): Promise<{ readonly days: SentByDay; readonly upTo: number } | undefined> {
  if (act.misuse !== 'unfounded-notices') return undefined;
  const row = await store.db.selectFrom('job').selectAll().where('id', '=', jobId).executeTakeFirst();
  const shown = row === undefined ? undefined : await shownBy(store, store.db, row, act);
  if (shown === undefined || 'reason' in shown || shown.tag === undefined) return undefined;
  if ((await rowFor(store.db, act.misuse, shown.tag)) !== undefined) return undefined;
  const { seq: upTo } = await chainHead(store.db);
  return { days: await noticesSent(store, store.db, shown.tag, 0, upTo), upTo };
}

/** What an act rests on: the sender, the ruling, and whether a person looked. */
async function shownBy(
  store: Store,
  trx: Db,
  row: JobRow,
  act: MisuseActRequest,
): Promise<
  | {
      readonly tag: Buffer | undefined;
      readonly decision: DecisionId;
      readonly basis: 'reviewed' | 'perceptual-match';
      /** The notice by whose code the act is known to its sender; null for one of an uploader. */
      readonly notice: NoticeId | null;
    }
  | Refused
> {
  const decision = row.state === 'decided' ? (row.decision as Decision | null) : null;
  if (decision === null) return { ok: false, reason: 'wrong-state' };
  if (decision.byKey === true) return { ok: false, reason: 'not-reviewed' };
  const { outcome } = decision.ruling;
  switch (act.misuse) {
    case 'illegal-content': {
      if (outcome !== 'remove') return { ok: false, reason: 'wrong-state' };
      const looked = await trx
        .selectFrom('view')
        .select('seq')
        .where('job_id', '=', row.id)
        .limit(1)
        .executeTakeFirst();
      const basis = looked === undefined ? 'perceptual-match' : 'reviewed';
      return { tag: row.account_tag ?? undefined, decision: decision.decisionId, basis, notice: null };
    }
    case 'unfounded-notices': {
      if (outcome !== 'keep') return { ok: false, reason: 'wrong-state' };
      const notice = await trx
        .selectFrom('notice')
        .select('id')
        .where('id', '=', act.noticeId)
        .where('job_id', '=', row.id)
        .executeTakeFirst();
      if (notice === undefined) return { ok: false, reason: 'not-found' };
      const notifier = await openNotifier(store, trx, notice.id);
      const tag = notifier === undefined ? undefined : notifierTag(store, notifier);
      return { tag, decision: decision.decisionId, basis: 'reviewed', notice: notice.id };
    }
    case 'unfounded-complaints': {
      const complaint = await trx
        .selectFrom('complaint')
        .selectAll()
        .where('id', '=', act.complaintId)
        .where('job_id', '=', row.id)
        .executeTakeFirst();
      if (complaint === undefined) return { ok: false, reason: 'not-found' };
      if (complaint.outcome !== 'upheld') return { ok: false, reason: 'wrong-state' };
      const tag = await complainantTag(store, trx, complaint.notice_id, row);
      return { tag, decision: complaint.decision_id, basis: 'reviewed', notice: complaint.notice_id };
    }
    default: {
      const never: never = act;
      return never;
    }
  }
}

async function complainantTag(
  store: Store,
  trx: Db,
  noticeId: Tables['complaint']['notice_id'],
  row: JobRow,
): Promise<Buffer | undefined> {
  if (noticeId === null) return row.account_tag ?? undefined;
  const notifier = await openNotifier(store, trx, noticeId);
  return notifier === undefined ? undefined : notifierTag(store, notifier);
}

/** A lead's measure: to warn, to suspend, to uphold against an objection, to lift. */
export async function measureMisuse(
  store: Store,
  by: StaffId,
  id: MisuseId,
  measure: MisuseMeasure,
): Promise<MisuseOutcome> {
  return store.transaction(async (trx): Promise<MisuseOutcome> => {
    await lockChain(trx);
    const row = await rowById(trx, id);
    if (row === undefined) return { ok: false, reason: 'not-found' };
    const state = await loadState(trx, row);
    const common = { misuseId: id, misuse: row.misuse, now: store.now(), by };
    let command: MisuseCommand;
    if (measure.kind === 'warn' || measure.kind === 'suspend') {
      const facts = {
        count: actsInWindow(state, common.now).length,
        all: await allOf(store, trx, row, state),
        gravity: measure.gravity,
        intention: measure.intention,
      };
      command =
        measure.kind === 'warn'
          ? { ...common, kind: 'warn', facts }
          : { ...common, kind: 'suspend', facts, days: measure.days };
    } else command = { ...common, ...measure };
    const decided = decideMisuse(state, command);
    if (!decided.ok) return decided;
    await carryOut(store, trx, by, row, state, decided.events);
    return { ok: true, misuse: await wireOf(store, trx, (await rowById(trx, id))!) };
  });
}

/** Lets acts that rested on a ruling count no more, in the transaction that took the ruling back. */
export async function discountMisuse(
  store: Store,
  trx: Transaction<Tables>,
  by: Actor,
  decisionId: DecisionId,
): Promise<void> {
  const acts = await trx.selectFrom('misuse_act').selectAll().where('decision_id', '=', decisionId).execute();
  for (const { misuse_id: id } of acts) {
    const row = (await rowById(trx, id))!;
    const command = {
      kind: 'discount',
      misuseId: id,
      misuse: row.misuse,
      now: store.now(),
      decisionId,
    } as const;
    const decided = decideMisuse(await loadState(trx, row), command);
    if (!decided.ok) continue;
    await trx
      .deleteFrom('misuse_act')
      .where('misuse_id', '=', id)
      .where('decision_id', '=', decisionId)
      .execute();
    await append(store, trx, by, id, decided.events);
  }
}
