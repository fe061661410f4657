/**
 * Jobs: opening them, joining what speaks about the same content, and carrying out a reviewer's commands with all
 * their effects (`job-effects.ts`) in one transaction.
 * @module
 */

import { randomBytes } from 'node:crypto';
import { type JobId, makeId, type SignalId } from '@reclaim/casework/id';
import {
  decideJob,
  effectOf,
  evolveJob,
  type Interim,
  isOpen,
  type Job,
  type JobCause,
  type JobCommand,
  NO_JOB,
} from '@reclaim/casework/job';
import type { Lane } from '@reclaim/casework/notice-terms';
import type { Band } from '@reclaim/casework/policy';
import type { Refusal } from '@reclaim/casework/refusal';
import type { Item, ReportReason, WireJob, WireMatch } from '@reclaim/casework/wire';
import type { SignalKind } from '@reclaim/fingerprint/signal';
import type { RecordFault } from '@reclaim/law/statement/record-check';
import { sql, type Transaction } from 'kysely';
import { noteErasure } from './erasure.ts';
import { type Actor, appendEvents, draftOf, lockChain } from './event-log.ts';
import { applyEffects } from './job-effects.ts';
import { LAPSE_BATCH, lapseJobsIn } from './job-lapse.ts';
import { isBlackedOut, type JobReader, type JobRow, jobOf, matchedSignals, wireJobs } from './job-rows.ts';
import { eraseFeaturesOfJob } from './local-feature-erasure.ts';
import { refuseClearing } from './minor-reports.ts';
import { discountMisuse } from './misuse.ts';
import { accountTag } from './misuse-standing.ts';
import { addOutcome } from './outcomes.ts';
import {
  eraseStatements,
  keepStatement,
  prepareStatement,
  type StatementRequest,
  takeStatementsBack,
} from './statements.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** One match of an upload, as the job keeps it. */
export type JobMatch = {
  readonly signalId: SignalId;
  readonly kind: SignalKind;
  readonly band: Band;
  readonly orientation: WireMatch['orientation'];
  readonly window: WireMatch['window'];
};

/** What opens a job, or joins one. */
export type JobDraft = {
  /** `undefined` where nobody named it: a notice that gives a place alone. */
  readonly item: Item | undefined;
  /** HMACs of the normalised places, where the item has no id. */
  readonly locationTags?: readonly Buffer[];
  /** Whether what opens it has everything that it needs; a notice may not. */
  readonly complete?: boolean;
  /** `child`: somebody says that a minor may be shown. */
  readonly lane?: Lane;
  readonly cause: JobCause;
  readonly interim: Interim;
  readonly matches: readonly JobMatch[];
  /** HMAC of the upload's SHA-256, where its bytes are known. */
  readonly contentTag: Buffer | undefined;
  readonly reason?: ReportReason | undefined;
};

/** The job that answers for an item; `settled` when this very content of this item was ruled on before, for all that it matches. */
export type OpenedJob = { readonly jobId: JobId; readonly settled: ReturnType<typeof effectOf> | undefined };

/** The outcome of a command on a job. */
export type JobOutcome =
  | { readonly ok: true; readonly job: WireJob }
  | { readonly ok: false; readonly reason: Refusal | 'unknown-signal' | 'refused-blackout' }
  | { readonly ok: false; readonly reason: 'statement-faults'; readonly faults: readonly RecordFault[] };

/** Which of `signalIds` a reviewer has already ruled not to be this content's. */
export async function judgedSignals(
  store: Store,
  contentTag: Buffer,
  signalIds: readonly SignalId[],
): Promise<ReadonlySet<SignalId>> {
  if (signalIds.length === 0) return new Set();
  const rows = await store.db
    .selectFrom('judged')
    .select('signal_id')
    .where('content_tag', '=', contentTag)
    // One value however many they are: a statement has no room for more than 65,535.
    .where((row) => sql<boolean>`${row.ref('signal_id')} = any(${[...signalIds]}::text[])`)
    .execute();
  return new Set(rows.map(({ signal_id }) => signal_id));
}

/** Opens a job for an item, or joins the one that is open for the same content. Durable when it resolves. */
export async function openJob(store: Store, actor: Actor, draft: JobDraft): Promise<OpenedJob> {
  return store.transaction((trx) => openJobIn(store, trx, actor, draft));
}

/** As `openJob`, inside the caller's transaction. */
export async function openJobIn(
  store: Store,
  trx: Transaction<Tables>,
  actor: Actor,
  draft: JobDraft,
): Promise<OpenedJob> {
  // All writers queue here, so two checks of one item at the same moment cannot open two jobs.
  await lockChain(trx);
  const last = await lastJobOn(trx, draft);
  if (last !== undefined) {
    const known = last.content_tag !== null && draft.contentTag !== undefined;
    const same = known && last.content_tag!.equals(draft.contentTag!);
    const job = jobOf(last);
    // What is blacked out must not come back as a fresh job with a fresh preview because a report knew no content. And
    // who gives notice of what a standing ruling withholds is answered by that ruling.
    const withheld = 'decision' in job && effectOf(job.decision.ruling) === 'withhold';
    const answered = !known && withheld && (draft.cause === 'notice' || isBlackedOut(job));
    if ('decision' in job && (same || answered)) {
      const settled = effectOf(job.decision.ruling);
      // What is withheld stays so whatever else matches. What was let stand was judged beside the signals that were shown:
      // another one may be of who is shown, and nobody has looked at it yet.
      if (settled === 'withhold' || !(await bringsAnother(trx, draft))) return { jobId: last.id, settled };
    }
    if (isOpen(job) && (same || !known)) return joinJob(store, trx, actor, last, job, draft);
  }
  return newJob(store, trx, actor, draft);
}

/** Whether a signal is among the matches that no ruling on this content of the item has had before it. */
async function bringsAnother(
  trx: Transaction<Tables>,
  { item, matches, contentTag }: JobDraft,
): Promise<boolean> {
  if (item === undefined || contentTag === undefined || matches.length === 0) return false;
  const ids = new Set(matches.map(({ signalId }) => signalId));
  const shown = await trx
    .selectFrom('job_match')
    .innerJoin('job', 'job.id', 'job_match.job_id')
    .select('signal_id')
    .distinct()
    .where('job.item_id', '=', item.id)
    .where('job.content_tag', '=', contentTag)
    .where('job.decision', 'is not', null)
    .where('signal_id', 'in', [...ids])
    .execute();
  return shown.length < ids.size;
}

/** The newest job on the item or the place that the draft names. */
async function lastJobOn(
  trx: Transaction<Tables>,
  { item, locationTags = [] }: JobDraft,
): Promise<JobRow | undefined> {
  const newest = trx.selectFrom('job').selectAll().orderBy('opened_seq', 'desc').limit(1);
  if (item !== undefined) return newest.where('item_id', '=', item.id).executeTakeFirst();
  if (locationTags.length === 0) return undefined;
  // Of several places the ruling on one item would answer for all, and the others would stand unseen.
  const fitting = locationTags.length === 1 ? newest : newest.where('item_id', 'is', null);
  return fitting
    .where('id', 'in', (each) =>
      each
        .selectFrom('job_location')
        .select('job_id')
        .where('tag', 'in', [...locationTags]),
    )
    .executeTakeFirst();
}

async function newJob(
  store: Store,
  trx: Transaction<Tables>,
  actor: Actor,
  draft: JobDraft,
): Promise<OpenedJob> {
  const jobId = makeId('job', randomBytes(16));
  const { cause, interim, item, reason, complete = true, lane = 'adult' } = draft;
  const decided = decideJob(NO_JOB, { kind: 'open', jobId, cause, interim, complete });
  if (!decided.ok) throw new Error('jobs: a new job was refused');
  const named = item === undefined ? {} : { item: item.id };
  const drafts = decided.events.map((event) => draftOf(jobId, event, named));
  if (reason !== undefined) drafts.push({ type: 'report-received', subject: jobId, data: { jobId, reason } });
  const [openedSeq] = await appendEvents(trx, store.now(), actor, drafts);
  const job = decided.events.reduce<Job>(evolveJob, NO_JOB);
  if (job.kind === 'none') throw new Error('jobs: a new job was not made');
  await trx
    .insertInto('job')
    .values({
      id: jobId,
      state: job.kind,
      cause,
      interim,
      opened_at: store.now(),
      opened_seq: openedSeq!,
      item_id: item?.id ?? null,
      preview_url: lane === 'child' ? null : (item?.previewUrl ?? null),
      content_tag: draft.contentTag ?? null,
      lane,
      actor: null,
      claimed_until: null,
      decision: null,
      reported: isReport(draft),
      account_tag: item?.account === undefined ? null : accountTag(store, item.account),
    })
    .execute();
  await addMatches(trx, jobId, draft.matches);
  if (item === undefined) await addLocations(trx, jobId, draft.locationTags);
  // What is at the door is held by the answer to its check; what stands already, the platform must be told to hold.
  if (cause === 'retroactive' && interim === 'held') {
    await addOutcome(trx, { id: jobId, item_id: item?.id ?? null }, openedSeq!, 'hold');
  }
  return { jobId, settled: undefined };
}

/** Notes where the item of a job is, for a job whose item nobody named. */
export async function addLocations(
  trx: Transaction<Tables>,
  jobId: JobId,
  tags: readonly Buffer[] = [],
): Promise<void> {
  if (tags.length === 0) return;
  await trx
    .insertInto('job_location')
    .values(tags.map((tag) => ({ tag, job_id: jobId })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function joinJob(
  store: Store,
  trx: Transaction<Tables>,
  actor: Actor,
  row: JobRow,
  job: Job,
  draft: JobDraft,
): Promise<OpenedJob> {
  const added = await addMatches(trx, row.id, draft.matches);
  if (draft.item === undefined && row.item_id === null) await addLocations(trx, row.id, draft.locationTags);
  const drafts = [];
  if (added > 0 || draft.cause !== row.cause) {
    const decided = decideJob(job, { kind: 'add-cause', jobId: row.id, cause: draft.cause });
    if (decided.ok) drafts.push(...decided.events.map((event) => draftOf(row.id, event)));
  }
  if (draft.reason !== undefined) {
    drafts.push({ type: 'report-received', subject: row.id, data: { jobId: row.id, reason: draft.reason } });
  }
  if (job.kind === 'incomplete' && draft.complete !== false) {
    const decided = decideJob(job, { kind: 'complete', jobId: row.id });
    if (decided.ok) drafts.push(...decided.events.map((event) => draftOf(row.id, event)));
    await trx.updateTable('job').set({ state: 'queued' }).where('id', '=', row.id).execute();
  }
  await appendEvents(trx, store.now(), actor, drafts);
  const dark = row.lane === 'child' || draft.lane === 'child';
  const previewUrl = dark ? undefined : draft.item?.previewUrl;
  if (dark && row.lane === 'adult') {
    // From now on nobody looks, whoever has it claimed: the address is erased, and commands are for the lane alone.
    await trx.updateTable('job').set({ lane: 'child', preview_url: null }).where('id', '=', row.id).execute();
    await eraseFeaturesOfJob(trx, row.id);
    await noteErasure(store, trx);
  }
  if (isReport(draft) && !row.reported) {
    await trx.updateTable('job').set({ reported: true }).where('id', '=', row.id).execute();
  }
  if (row.account_tag === null && draft.item?.account !== undefined) {
    const tag = accountTag(store, draft.item.account);
    await trx.updateTable('job').set({ account_tag: tag }).where('id', '=', row.id).execute();
  }
  if (previewUrl !== undefined || (row.content_tag === null && draft.contentTag !== undefined)) {
    await trx
      .updateTable('job')
      .set({
        preview_url: previewUrl ?? (dark ? null : row.preview_url),
        content_tag: row.content_tag ?? draft.contentTag ?? null,
      })
      .where('id', '=', row.id)
      .execute();
  }
  return { jobId: row.id, settled: undefined };
}

/** Whether somebody asks for a ruling of their own, whatever becomes of the signals. */
function isReport(draft: JobDraft): boolean {
  return draft.reason !== undefined || draft.cause === 'report' || draft.cause === 'notice';
}

async function addMatches(
  trx: Transaction<Tables>,
  jobId: JobId,
  matches: readonly JobMatch[],
): Promise<number> {
  if (matches.length === 0) return 0;
  const inserted = await trx
    .insertInto('job_match')
    .values(
      matches.map(({ signalId, kind, band, orientation, window }) => ({
        job_id: jobId,
        signal_id: signalId,
        kind,
        band,
        orientation,
        found_by: window,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('signal_id')
    .execute();
  return inserted.length;
}

/**
 * Carries out a reviewer's command with its effects, in one transaction, and answers the job as `reader` reads it. Only
 * the lane for minors takes back that an item may show one: else whoever ruled so could undo it and look again.
 */
export async function commandJob(
  store: Store,
  actor: Actor,
  command: JobCommand,
  reader: JobReader = 'key',
  statement?: StatementRequest,
): Promise<JobOutcome> {
  return store.transaction(async (trx): Promise<JobOutcome> => {
    // The chain first, then the row: the order in which every writer locks, so that two never wait for each other.
    await lockChain(trx);
    const row = await trx
      .selectFrom('job')
      .selectAll()
      .where('id', '=', command.jobId)
      .forUpdate()
      .executeTakeFirst();
    const before = row === undefined ? NO_JOB : jobOf(row);
    const overturns = command.kind === 'undo' || command.kind === 'answer-complaint';
    // What a notice says may show a minor is taken up by the lane for minors alone. Whoever had it claimed may let it go.
    const works = ['claim', 'decide', 'hold'].includes(command.kind) || overturns;
    if (works && reader !== 'minor-lane' && row?.lane === 'child') {
      return { ok: false, reason: 'refused-blackout' };
    }
    if (overturns && reader !== 'minor-lane' && isBlackedOut(before)) {
      return { ok: false, reason: 'refused-blackout' };
    }
    const decided = decideJob(before, command);
    if (!decided.ok) return decided;
    if (row === undefined) return { ok: false, reason: 'not-found' };
    // Of a place that nobody named by its id the platform hears of no outcome: it would be said to be held, and stand.
    if (command.kind === 'hold' && row.item_id === null) return { ok: false, reason: 'wrong-state' };
    const clears =
      overturns &&
      isBlackedOut(before) &&
      !(command.kind === 'answer-complaint' && command.decision === undefined);
    if (clears) {
      const reason = await refuseClearing(trx, row, command.by, command.facts);
      if (reason !== undefined) return { ok: false, reason };
    }
    const ruling =
      command.kind === 'decide' || command.kind === 'answer-complaint' ? command.decision?.ruling : undefined;
    if (ruling?.outcome === 'remove') {
      const known = await matchedSignals(trx, row.id);
      const { confirms } = ruling;
      // A ruling speaks about what matched here and nothing else: else one decision could confirm a whole bank.
      if (!confirms.every((id) => known.has(id))) return { ok: false, reason: 'unknown-signal' };
    }
    // Before anything is written: a decision whose statement may not be given is not made.
    const prepared = await statementFor(store, trx, row, command, statement);
    if (prepared?.ok === false) return { ok: false, reason: 'statement-faults', faults: prepared.faults };
    const positions = await appendEvents(trx, store.now(), actor, [
      ...decided.events.map((event) => draftOf(row.id, event)),
      // The lane's own word for it; its reason is that of the command.
      ...(clears && !isBlackedOut(decided.events.reduce<Job>(evolveJob, before))
        ? [{ type: 'minor-cleared', subject: row.id, data: { jobId: row.id, by: command.by } }]
        : []),
    ]);
    const after = decided.events.reduce<Job>(evolveJob, before);
    const ruled = decided.events.some(
      (event) => event.type === 'job-decided' || (event.type === 'job-complaint-answered' && !event.upheld),
    );
    await project(trx, row.id, after, ruled ? store.now() : undefined);
    for (const [i, event] of decided.events.entries()) {
      await applyEffects(store, trx, actor, row, before, event, positions[i]!);
    }
    if ('decision' in before && !sameRuling(before, after)) {
      await takeStatementsBack(store, trx, row.id);
      await discountMisuse(store, trx, actor, before.decision.decisionId);
      await eraseFeaturesOfJob(trx, row.id);
      await noteErasure(store, trx);
    }
    if (isBlackedOut(after)) await eraseStatements(store, trx, row.id);
    if (prepared !== undefined && 'decision' in after) {
      await keepStatement(store, trx, actor, row.id, after.decision, prepared.statement);
    }
    const fresh = await trx.selectFrom('job').selectAll().where('id', '=', row.id).executeTakeFirstOrThrow();
    const [job] = await wireJobs(trx, [fresh], reader);
    return { ok: true, job: job! };
  });
}

/** Whether the ruling that stood before still stands. */
function sameRuling(before: Job, after: Job): boolean {
  return (
    'decision' in before && 'decision' in after && before.decision.decisionId === after.decision.decisionId
  );
}

/** The statement that goes with a removal, prepared; `undefined` where none was asked for or nothing is restricted. */
async function statementFor(
  store: Store,
  trx: Transaction<Tables>,
  row: JobRow,
  command: JobCommand,
  wanted: StatementRequest | undefined,
): Promise<Awaited<ReturnType<typeof prepareStatement>> | undefined> {
  if (wanted === undefined) return undefined;
  if (command.kind !== 'decide' && command.kind !== 'answer-complaint') return undefined;
  const { decision, facts } = command;
  if (decision?.ruling.outcome !== 'remove') return undefined;
  return prepareStatement(store, trx, row, decision, facts, wanted);
}

/** Writes the state of a job; `ruledAt` where a ruling was made just now. */
async function project(
  trx: Transaction<Tables>,
  id: JobId,
  job: Job,
  ruledAt: number | undefined,
): Promise<void> {
  if (job.kind === 'none') throw new Error('jobs: a command unmade a job');
  await trx
    .updateTable('job')
    .set({
      state: job.kind,
      interim: job.interim,
      actor: 'by' in job ? job.by : null,
      claimed_until: job.kind === 'claimed' ? job.until : null,
      decision: 'decision' in job ? JSON.stringify(job.decision) : null,
      ...('decision' in job ? (ruledAt === undefined ? {} : { decided_at: ruledAt }) : { decided_at: null }),
    })
    .where('id', '=', id)
    .execute();
}

/**
 * Lets every job lapse that stayed behind when its signals went: because it was claimed then, or because a check was
 * under way. Answers how many.
 */
export async function lapseJobs(store: Store): Promise<number> {
  let all = 0;
  for (;;) {
    const lapsed = await store.transaction(async (trx) => {
      await lockChain(trx);
      const count = await lapseJobsIn(store, trx);
      if (count > 0) await noteErasure(store, trx);
      return count;
    });
    all += lapsed;
    if (lapsed < LAPSE_BATCH) return all;
  }
}
