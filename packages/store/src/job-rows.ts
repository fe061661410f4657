/**
 * Jobs as they are read: rows to the state machine's form and to the wire.
 * @module
 */

import { isBlackout } from '@reclaim/casework/decision';
import type { JobId, SignalId } from '@reclaim/casework/id';
import { parseUtcMs } from '@reclaim/casework/instant';
import type { Job, JobState } from '@reclaim/casework/job';
import { strongestMatches } from '@reclaim/casework/strongest-matches';
import { MOST_TOLD_MATCHES, type WireJob, type WireMatch } from '@reclaim/casework/wire';
import { type Selectable, sql, type Transaction } from 'kysely';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** A row of `job`. */
export type JobRow = Selectable<Tables['job']>;

/**
 * Who reads jobs. Nobody is answered the preview's address: a picture that a key could fetch by itself would be seen
 * without a record. A member of the staff looks through this node, where every look is recorded, and reads in its place
 * the path where that is asked for; a key reads nothing of it. Of a job that was referred because it may show a minor
 * only the lane for minors reads the item and what it matched.
 */
export type JobReader = 'key' | 'staff' | 'minor-lane';

/** Whether a job was ruled to perhaps show a minor, and the ruling stands. */
export function isBlackedOut(job: Job): boolean {
  return 'decision' in job && isBlackout(job.decision.ruling);
}

/** The job as its state machine knows it. */
export function jobOf(row: JobRow): Job {
  const { interim, state } = row;
  switch (state) {
    case 'incomplete':
    case 'queued':
      return { kind: state, interim };
    case 'claimed':
      return { kind: state, interim, by: row.actor!, until: parseUtcMs(row.claimed_until!) };
    case 'decided':
    case 'complaint-open':
    case 'closed':
      if (row.decision === null) return { kind: 'closed', interim };
      return { kind: state, interim, by: row.actor!, decision: row.decision! };
    default: {
      const never: never = state;
      return never;
    }
  }
}

/** The signals that this job's item matched. */
export async function matchedSignals(trx: Transaction<Tables>, jobId: JobId): Promise<ReadonlySet<SignalId>> {
  const rows = await trx.selectFrom('job_match').select('signal_id').where('job_id', '=', jobId).execute();
  return new Set(rows.map(({ signal_id }) => signal_id));
}

/** Rows as `reader` is answered them, with their matches. */
export async function wireJobs(
  db: Store['db'] | Transaction<Tables>,
  rows: readonly JobRow[],
  reader: JobReader,
): Promise<WireJob[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const matches = await db
    .selectFrom('job_match')
    .innerJoin('signal', 'signal.id', 'job_match.signal_id')
    .select([
      'job_id',
      'signal_id',
      'job_match.kind',
      'band',
      'orientation',
      'found_by',
      'bank_id',
      'signal.state',
    ])
    .where('job_id', 'in', ids)
    .orderBy('signal_id')
    .execute();
  const matchesOf = Map.groupBy(matches, ({ job_id }) => job_id);
  const waiting = await noticeFacts(db, ids);
  return rows.map((row): WireJob => {
    const job = jobOf(row);
    const dark = isBlackedOut(job) || row.lane === 'child';
    const hidden = dark && reader !== 'minor-lane';
    const lookable = !dark && row.preview_url !== null && reader !== 'key';
    return {
      id: row.id,
      state: row.state,
      cause: row.cause,
      interim: row.interim,
      ...(row.reported ? { reported: true as const } : {}),
      openedAt: parseUtcMs(row.opened_at),
      ...(row.lane === 'child' ? { lane: 'child' as const } : {}),
      ...(row.account_tag === null || hidden ? {} : { account: true as const }),
      ...waiting.get(row.id),
      ...(job.kind === 'claimed' ? { claimedUntil: job.until, claimedBy: job.by } : {}),
      ...(row.item_id === null || hidden
        ? {}
        : { item: { id: row.item_id, ...(lookable ? { previewUrl: `/v1/jobs/${row.id}/look` } : {}) } }),
      ...toldOf(hidden ? [] : (matchesOf.get(row.id) ?? [])),
      ...('decision' in job ? { decision: decisionOf(job) } : {}),
    };
  });
}

type MatchRow = Pick<
  Selectable<Tables['job_match']>,
  'signal_id' | 'kind' | 'band' | 'orientation' | 'found_by'
> &
  Pick<Selectable<Tables['signal']>, 'bank_id' | 'state'>;

/** The matches that a reader is told, and whether there are more. */
function toldOf(rows: readonly MatchRow[]): Pick<WireJob, 'matches' | 'truncated'> {
  const matches = rows.map(
    (match): WireMatch => ({
      bankId: match.bank_id,
      signalId: match.signal_id,
      kind: match.kind,
      band: match.band,
      state: match.state,
      orientation: match.orientation as WireMatch['orientation'],
      window: match.found_by as WireMatch['window'],
    }),
  );
  const told = strongestMatches(matches, MOST_TOLD_MATCHES);
  return { matches: [...told], ...(told.length < matches.length ? { truncated: true } : {}) };
}

type NoticeFacts = Pick<WireJob, 'notices' | 'breaches' | 'due'>;

/** Of jobs that notices are about: how many, their breaches, and the clock that is due first. */
async function noticeFacts(
  db: Store['db'] | Transaction<Tables>,
  ids: readonly JobId[],
): Promise<ReadonlyMap<JobId, NoticeFacts>> {
  const counts = await db
    .selectFrom('notice')
    .select((eb) => [
      'job_id',
      eb.fn.countAll<number>().as('count'),
      sql<string>`min(terms->>'zone')`.as('zone'),
    ])
    .where('job_id', 'in', [...ids])
    .where('state', '<>', 'withdrawn')
    .groupBy('job_id')
    .execute();
  if (counts.length === 0) return new Map();
  const clocks = await db
    .selectFrom('notice_clock')
    .select(['job_id', 'rule_id', 'regime', 'owed', 'state', 'due_at', 'breached_seq'])
    .where(
      'job_id',
      'in',
      counts.map(({ job_id }) => job_id),
    )
    .orderBy('due_at')
    .orderBy('rule_id')
    .execute();
  return new Map(
    counts.map(({ job_id, count, zone }) => {
      const mine = clocks.filter((clock) => clock.job_id === job_id);
      const due = mine.find(
        ({ owed, state, due_at }) => owed && due_at !== null && (state === 'running' || state === 'breached'),
      );
      const breaches = mine.filter(({ breached_seq }) => breached_seq !== null).length;
      const first =
        due === undefined
          ? {}
          : { due: { ruleId: due.rule_id, regime: due.regime, at: parseUtcMs(due.due_at!), zone } };
      return [job_id, { notices: Number(count), breaches, ...first }];
    }),
  );
}

function decisionOf(job: Extract<Job, { readonly decision: unknown }>): NonNullable<WireJob['decision']> {
  const { decisionId, ruling, automated } = job.decision;
  const wire = ruling.outcome === 'remove' ? { ...ruling, confirms: [...ruling.confirms] } : ruling;
  return { id: decisionId, ruling: wire, by: job.by, automated };
}

/** One job as `reader` is answered it, or `undefined`. */
export async function findJob(
  store: Store,
  id: JobId,
  reader: JobReader = 'key',
): Promise<WireJob | undefined> {
  const row = await store.db.selectFrom('job').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : (await wireJobs(store.db, [row], reader))[0];
}

/** A page of jobs, oldest first, after the cursor; `next` is there when more may follow. */
export async function listJobs(
  store: Store,
  filter: { readonly state?: JobState | undefined; readonly after: number; readonly limit: number },
  reader: JobReader = 'key',
): Promise<{ readonly jobs: WireJob[]; readonly next?: string }> {
  let query = store.db.selectFrom('job').selectAll().where('opened_seq', '>', filter.after);
  if (filter.state !== undefined) query = query.where('state', '=', filter.state);
  // What only the lane for minors may take up would stand in the way of everybody else.
  if (reader !== 'minor-lane') query = query.where('lane', '=', 'adult');
  const rows = await query.orderBy('opened_seq').limit(filter.limit).execute();
  const jobs = await wireJobs(store.db, rows, reader);
  const last = rows[rows.length - 1];
  return rows.length < filter.limit || last === undefined
    ? { jobs }
    : { jobs, next: String(last.opened_seq) };
}
