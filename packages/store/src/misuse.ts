/**
 * The misuse ladder as it is kept (`casework/misuse` has the machine): a reviewer counts manifest acts, a lead warns and
 * suspends, the one concerned objects, another lead answers. Nothing on it happens without a person, but for the end of a
 * suspension.
 *
 * An act is what a ruling of a person stands for, and goes with that ruling: undone or reversed, it counts no more. An upload
 * counts only where somebody looked at it (the ledger of views says so): a perceptual match, and a decision by the facts
 * alone, count against nobody. How many acts of the kind there were in all is counted here and never typed.
 * @module
 */

import { randomBytes } from 'node:crypto';
import type { Decision } from '@reclaim/casework/decision';
import { type DecisionId, type JobId, type MisuseId, makeId, type StaffId } from '@reclaim/casework/id';
import { DAY_MS, parseUtcMs } from '@reclaim/casework/instant';
import {
  actsInWindow,
  decideMisuse,
  evolveMisuse,
  MISUSE_POLICY,
  type Misuse,
  type MisuseCommand,
  type MisuseEvent,
  type MisuseState,
  misuseKind,
  NO_MISUSE,
} from '@reclaim/casework/misuse';
import { type Refusal, refuse } from '@reclaim/casework/refusal';
import type { MisuseActRequest, WireMisuse } from '@reclaim/casework/wire-misuse';
import type { Notifier } from '@reclaim/casework/wire-notice';
import type { Transaction } from 'kysely';
import { type Actor, appendEvents, draftOf, eraseValues, lockChain } from './event-log.ts';
import { isBlackedOut, type JobRow, jobOf } from './job-rows.ts';
import {
  accountTag,
  type MisuseRow,
  type MisuseWords,
  notifierTag,
  openWords,
  stateOf,
} from './misuse-standing.ts';
import { codeTag, noticeByCode, openNotifier } from './notice-rows.ts';
import { noteErasure } from './signals.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

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
  return store.transaction(async (trx): Promise<MisuseOutcome> => {
    await lockChain(trx);
    const row = await trx.selectFrom('job').selectAll().where('id', '=', jobId).executeTakeFirst();
    if (row === undefined) return { ok: false, reason: 'not-found' };
    if (row.lane === 'child' || isBlackedOut(jobOf(row))) return { ok: false, reason: 'blackout' };
    const shown = await shownBy(store, trx, row, act);
    if ('reason' in shown) return shown;
    const { tag, decision, basis } = shown;
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
          sealed: null,
        })
        .execute();
    }
    await trx
      .insertInto('misuse_act')
      .values({ misuse_id: id, decision_id: decision, job_id: jobId, at: store.now() })
      .execute();
    await append(store, trx, by, id, decided.events);
    return { ok: true, misuse: await wireOf(store, trx, (await rowById(trx, id))!) };
  });
}

/** What an act rests on: the sender, the ruling, and whether a person looked. */
async function shownBy(
  store: Store,
  trx: Transaction<Tables>,
  row: JobRow,
  act: MisuseActRequest,
): Promise<
  | {
      readonly tag: Buffer | undefined;
      readonly decision: DecisionId;
      readonly basis: 'reviewed' | 'perceptual-match';
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
      return { tag: row.account_tag ?? undefined, decision: decision.decisionId, basis };
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
      return { tag, decision: decision.decisionId, basis: 'reviewed' };
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
      return { tag, decision: complaint.decision_id, basis: 'reviewed' };
    }
    default: {
      const never: never = act;
      return never;
    }
  }
}

async function complainantTag(
  store: Store,
  trx: Transaction<Tables>,
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

/** An objection for an account, passed on by its platform. */
export function objectForAccount(
  store: Store,
  by: Actor,
  account: string,
  misuse: Misuse,
  words: string,
): Promise<{ readonly ok: true } | Refused> {
  return store.transaction(async (trx) => {
    await lockChain(trx);
    return objectIn(store, trx, by, accountTag(store, account), misuse, words);
  });
}

/** An objection by who gave notice, with the code of one of their notices. */
export function objectByCode(
  store: Store,
  codeSha256: string,
  misuse: Misuse,
  words: string,
): Promise<{ readonly ok: true } | Refused> {
  return store.transaction(async (trx) => {
    await lockChain(trx);
    const notice = await noticeByCode(trx, codeTag(store, codeSha256));
    const notifier = notice === undefined ? undefined : await openNotifier(store, trx, notice.id);
    if (notifier === undefined) return refuse('not-found') as Refused;
    return objectIn(store, trx, 'notifier', notifierTag(store, notifier), misuse, words);
  });
}

async function objectIn(
  store: Store,
  trx: Transaction<Tables>,
  by: Actor,
  tag: Buffer | undefined,
  misuse: Misuse,
  words: string,
): Promise<{ readonly ok: true } | Refused> {
  const row = tag === undefined ? undefined : await rowFor(trx, misuse, tag);
  if (row === undefined) return { ok: false, reason: 'wrong-state' };
  const state = await loadState(trx, row);
  const common = { misuseId: row.id, misuse, now: store.now() };
  const decided = decideMisuse(state, { ...common, kind: 'object', words });
  if (!decided.ok) return decided;
  await carryOut(store, trx, by, row, state, decided.events);
  return { ok: true };
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

/** Everybody on the ladder: objections first, then who may be suspended or warned, then the rest. */
export async function listMisuse(store: Store): Promise<WireMisuse[]> {
  return store.transaction(async (trx) => {
    const rows = await trx.selectFrom('misuse').selectAll().orderBy('id').execute();
    const all = await Promise.all(rows.map((row) => wireOf(store, trx, row)));
    return all.filter(({ state }) => state !== 'clear').toSorted((a, b) => rank(a) - rank(b));
  });
}

function rank({ state, acts, objection, warnedAt }: WireMisuse): number {
  if (objection?.state === 'waits') return 0;
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
        await trx.deleteFrom('misuse').where('id', '=', row.id).execute();
        await eraseValues(trx, row.id);
        await noteErasure(store, trx);
      }
    }
  });
}

async function rowFor(trx: Transaction<Tables>, misuse: Misuse, tag: Buffer): Promise<MisuseRow | undefined> {
  return trx
    .selectFrom('misuse')
    .selectAll()
    .where('misuse', '=', misuse)
    .where('subject_tag', '=', tag)
    .executeTakeFirst();
}

async function rowById(trx: Transaction<Tables>, id: MisuseId): Promise<MisuseRow | undefined> {
  return trx.selectFrom('misuse').selectAll().where('id', '=', id).executeTakeFirst();
}

async function actsOf(trx: Transaction<Tables>, id: MisuseId) {
  return trx.selectFrom('misuse_act').selectAll().where('misuse_id', '=', id).orderBy('at').execute();
}

async function loadState(trx: Transaction<Tables>, row: MisuseRow): Promise<MisuseState> {
  const acts = await actsOf(trx, row.id);
  return stateOf(
    row,
    acts.map(({ decision_id, at }) => ({ decisionId: decision_id, at: parseUtcMs(at) })),
  );
}

async function append(
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

async function carryOut(
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

/** All acts of the kind by one sender in the window, manifest or not: what the proportion is of. */
async function allOf(
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
  { misuse, subject_tag: tag }: MisuseRow,
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
      const sent = await trx
        .selectFrom('notice')
        .innerJoin('notifier', 'notifier.notice_id', 'notice.id')
        .select(['notice.id', 'notifier.sealed'])
        .where('received_at', '>', since)
        .execute();
      return sent.filter(({ id, sealed }) => sentBy(store, id, sealed, tag)).length;
    }
    case 'unfounded-complaints': {
      const sent = await trx
        .selectFrom('complaint')
        .innerJoin('job', 'job.id', 'complaint.job_id')
        .leftJoin('notifier', 'notifier.notice_id', 'complaint.notice_id')
        .select(['complaint.notice_id', 'complaint.side', 'job.account_tag', 'notifier.sealed'])
        .where('complaint.received_at', '>', since)
        .execute();
      return sent.filter(({ side, notice_id: id, account_tag: account, sealed }) =>
        side === 'uploader'
          ? account?.equals(tag) === true
          : id !== null && sealed !== null && sentBy(store, id, sealed, tag),
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

async function wireOf(store: Store, trx: Transaction<Tables>, row: MisuseRow): Promise<WireMisuse> {
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
