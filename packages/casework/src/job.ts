/**
 * The state machine of a job: one unit of review, which groups everything that speaks about one item of a platform.
 *
 * States (the legal clock is a separate state, never mixed into these)
 *   (none)          not opened
 *   incomplete      a notice lacks an element: its clock has not started, it can be completed
 *   queued          waits for a reviewer; an undone decision comes back here
 *   claimed         one reviewer has it until `until`; afterwards anybody may claim it
 *   decided         a reviewer ruled; the ruling can be undone
 *   complaint-open  the uploader or the notifier challenges the ruling; another reviewer must answer
 *   closed          terminal; what the job knew of the item is erased. Reached after a ruling, or without one where
 *                   the job lapsed: nothing that it rested on is left
 *
 * Transitions
 *   (none)          --open-->               queued | incomplete
 *   incomplete      --complete-->           queued
 *   queued          --claim-->              claimed
 *   incomplete      --claim-->              claimed       a reviewer takes it up although no law's clock runs: nothing
 *                                                         forbids acting on less than the law asks for
 *   claimed         --claim-->              claimed       by the same reviewer (renewal), or by another once it lapsed
 *   claimed         --release-->            queued        by its holder
 *   claimed         --decide-->             decided       by its holder while the claim stands
 *   decided         --undo-->               queued        with a reason; the effects are taken back
 *   decided         --complain-->           complaint-open
 *   complaint-open  --answer-complaint-->   decided       never by the reviewer who decided; may carry a new ruling,
 *                                                         which is then its author's; an upheld one stays the first's
 *   decided         --close-->              closed        three years after its ruling (ours; the six months in which one
 *                                                         can complain lie inside), or at the end of its legal hold; one
 *                                                         with a complaint that waits is left open
 *   open states     --add-cause-->          same state    another match or report on the same item joins the job
 *   open states     --hold-->               same state    the item, which stands published, is held until it is decided: by
 *                                                         a reviewer, or by the node for a complete Californian report
 *                                                         where the operator wants it so. A ruling confirms or restores
 *   incomplete, queued, claimed --lapse--> closed         nobody asks for a ruling any more: every signal that the item
 *                                                         matched was withdrawn or expired, and nobody reported it; or
 *                                                         the notice that was all it rested on was taken back. A
 *                                                         held item must not wait for a ruling that rests on nothing.
 *                                                         A claim that stands is let finish (who holds it may have
 *                                                         seen a minor); once it lapsed it stops nothing. A decided
 *                                                         job never lapses: its ruling rested on what was there then
 *
 * `interim` says whether the item is held meanwhile (temporary disable, review, confirm or restore: the pattern of
 * California Business and Professions Code 22671(d)); a hold at the door is one, a report on a published item is none until
 * somebody holds it.
 * @module
 */

import { type Decision, FACTS_MIN, type Ruling } from './decision.ts';
import type { ActorId, DecisionId, JobId } from './id.ts';
import { parseUtcMs, type UtcMs } from './instant.ts';
import { accept, type Decided, refuse } from './refusal.ts';

/** The states of a job. */
export const JOB_STATES = Object.freeze([
  'incomplete',
  'queued',
  'claimed',
  'decided',
  'complaint-open',
  'closed',
] as const);

/** One state. */
export type JobState = (typeof JOB_STATES)[number];

/** Why a job exists, or what else joined it. */
export const JOB_CAUSES = Object.freeze([
  'upload-check',
  'retroactive',
  'report',
  'notice',
  'monitor',
] as const);

/** One cause. */
export type JobCause = (typeof JOB_CAUSES)[number];

/** What the machine knows of a job. */
export type Job =
  | { readonly kind: 'none' }
  | { readonly kind: 'incomplete' | 'queued'; readonly interim: Interim }
  | { readonly kind: 'claimed'; readonly interim: Interim; readonly by: ActorId; readonly until: UtcMs }
  | {
      readonly kind: 'decided' | 'complaint-open' | 'closed';
      readonly interim: Interim;
      readonly by: ActorId;
      readonly decision: Decision;
    }
  /** Lapsed: closed without a ruling. */
  | { readonly kind: 'closed'; readonly interim: Interim };

/** Whether the item is withheld while the job is open. */
export type Interim = 'held' | 'none';

/** What can be asked of the machine. */
export type JobCommand =
  | {
      readonly kind: 'open';
      readonly jobId: JobId;
      readonly cause: JobCause;
      readonly interim: Interim;
      readonly complete: boolean;
    }
  | { readonly kind: 'complete'; readonly jobId: JobId }
  | { readonly kind: 'add-cause'; readonly jobId: JobId; readonly cause: JobCause }
  | { readonly kind: 'hold'; readonly jobId: JobId; readonly by: ActorId | 'system' }
  | { readonly kind: 'claim'; readonly jobId: JobId; readonly by: ActorId; readonly now: UtcMs }
  | { readonly kind: 'release'; readonly jobId: JobId; readonly by: ActorId }
  | {
      readonly kind: 'decide';
      readonly jobId: JobId;
      readonly by: ActorId;
      readonly now: UtcMs;
      readonly decision: Decision;
      readonly facts: string;
    }
  | { readonly kind: 'undo'; readonly jobId: JobId; readonly by: ActorId; readonly facts: string }
  | { readonly kind: 'complain'; readonly jobId: JobId; readonly side: 'uploader' | 'notifier' }
  | {
      readonly kind: 'answer-complaint';
      readonly jobId: JobId;
      readonly by: ActorId;
      readonly facts: string;
      /** The new ruling where the complaint was right; `undefined` upholds the old one. */
      readonly decision: Decision | undefined;
    }
  | { readonly kind: 'lapse'; readonly jobId: JobId; readonly now: UtcMs }
  | { readonly kind: 'close'; readonly jobId: JobId };

/** What happened to a job. `facts` is a person's text: the store keeps it apart, erasable. */
export type JobEvent =
  | {
      readonly type: 'job-opened';
      readonly jobId: JobId;
      readonly cause: JobCause;
      readonly interim: Interim;
      readonly complete: boolean;
    }
  | { readonly type: 'job-completed'; readonly jobId: JobId }
  | { readonly type: 'job-cause-added'; readonly jobId: JobId; readonly cause: JobCause }
  | { readonly type: 'job-held'; readonly jobId: JobId; readonly by: ActorId | 'system' }
  | { readonly type: 'job-claimed'; readonly jobId: JobId; readonly by: ActorId; readonly until: UtcMs }
  | { readonly type: 'job-released'; readonly jobId: JobId; readonly by: ActorId }
  | {
      readonly type: 'job-decided';
      readonly jobId: JobId;
      readonly by: ActorId;
      readonly decision: Decision;
      readonly values: { readonly facts: string };
    }
  | {
      readonly type: 'job-undone';
      readonly jobId: JobId;
      readonly by: ActorId;
      readonly decisionId: DecisionId;
      readonly values: { readonly facts: string };
    }
  | { readonly type: 'job-complained'; readonly jobId: JobId; readonly side: 'uploader' | 'notifier' }
  | {
      readonly type: 'job-complaint-answered';
      readonly jobId: JobId;
      readonly by: ActorId;
      readonly upheld: boolean;
      readonly decision: Decision;
      readonly values: { readonly facts: string };
    }
  | { readonly type: 'job-lapsed'; readonly jobId: JobId }
  | { readonly type: 'job-closed'; readonly jobId: JobId };

/** A job that was never opened. */
export const NO_JOB: Job = Object.freeze({ kind: 'none' });

/** How long a claim stands before another reviewer may take the job: long enough to decide, short enough for a lunch. */
export const CLAIM_MS = 15 * 60_000;

/** Whether the item of a job in this state still waits for a ruling. */
export function isOpen(job: Job): boolean {
  return job.kind === 'incomplete' || job.kind === 'queued' || job.kind === 'claimed';
}

/**
 * What a ruling does to the item: `withhold` keeps it down (removed, or referred and therefore held), `publish` lets
 * it stand. A duplicate's item follows the other job, so it stays as its interim measure left it.
 */
export function effectOf(ruling: Ruling): 'withhold' | 'publish' | 'unchanged' {
  switch (ruling.outcome) {
    case 'remove':
    case 'refer':
      return 'withhold';
    case 'keep':
      return 'publish';
    case 'duplicate':
      return 'unchanged';
    default: {
      const never: never = ruling;
      return never;
    }
  }
}

function hasReason(facts: string): boolean {
  return facts.trim().length >= FACTS_MIN;
}

/** Answers the events that carry out `command`, or why it is refused. */
export function decideJob(job: Job, command: JobCommand): Decided<JobEvent> {
  const { jobId } = command;
  if (command.kind === 'open') {
    if (job.kind !== 'none') return refuse('already-exists');
    const { cause, interim, complete } = command;
    return accept({ type: 'job-opened', jobId, cause, interim, complete });
  }
  if (job.kind === 'none') return refuse('not-found');
  switch (command.kind) {
    case 'complete':
      return job.kind === 'incomplete' ? accept({ type: 'job-completed', jobId }) : refuse('wrong-state');
    case 'add-cause':
      return isOpen(job)
        ? accept({ type: 'job-cause-added', jobId, cause: command.cause })
        : refuse('wrong-state');
    case 'hold':
      if (!isOpen(job)) return refuse('wrong-state');
      return job.interim === 'held'
        ? refuse('already-exists')
        : accept({ type: 'job-held', jobId, by: command.by });
    case 'claim': {
      if (!isOpen(job)) return refuse('wrong-state');
      if (job.kind === 'claimed' && job.by !== command.by && command.now < job.until) {
        return refuse('claimed-by-another');
      }
      return accept({
        type: 'job-claimed',
        jobId,
        by: command.by,
        until: parseUtcMs(command.now + CLAIM_MS),
      });
    }
    case 'release':
      if (job.kind !== 'claimed') return refuse('wrong-state');
      return job.by === command.by
        ? accept({ type: 'job-released', jobId, by: command.by })
        : refuse('claimed-by-another');
    case 'decide': {
      if (job.kind === 'queued') return refuse('not-claimed');
      if (job.kind !== 'claimed') return refuse('wrong-state');
      if (job.by !== command.by) return refuse('claimed-by-another');
      // A lapsed claim is no claim: another reviewer may be looking by now, and two rulings on one item must not race.
      if (command.now >= job.until) return refuse('not-claimed');
      if (!hasReason(command.facts)) return refuse('reason-required');
      const { by, decision, facts } = command;
      return accept({ type: 'job-decided', jobId, by, decision, values: { facts } });
    }
    case 'undo': {
      if (job.kind !== 'decided') return refuse('wrong-state');
      if (!hasReason(command.facts)) return refuse('reason-required');
      const { decisionId } = job.decision;
      return accept({
        type: 'job-undone',
        jobId,
        by: command.by,
        decisionId,
        values: { facts: command.facts },
      });
    }
    case 'complain':
      return job.kind === 'decided'
        ? accept({ type: 'job-complained', jobId, side: command.side })
        : refuse('wrong-state');
    case 'answer-complaint': {
      if (job.kind !== 'complaint-open') return refuse('wrong-state');
      // DSA Article 20(6) asks for qualified staff and not machines alone; that nobody judges a complaint against
      // their own ruling goes further, and is ours.
      if (job.by === command.by) return refuse('same-reviewer');
      if (!hasReason(command.facts)) return refuse('reason-required');
      const { by, facts } = command;
      const upheld = command.decision === undefined;
      const decision = command.decision ?? job.decision;
      return accept({ type: 'job-complaint-answered', jobId, by, upheld, decision, values: { facts } });
    }
    case 'lapse':
      if (!isOpen(job)) return refuse('wrong-state');
      return job.kind === 'claimed' && command.now < job.until
        ? refuse('claimed-by-another')
        : accept({ type: 'job-lapsed', jobId });
    case 'close':
      return job.kind === 'decided' ? accept({ type: 'job-closed', jobId }) : refuse('wrong-state');
    default: {
      const never: never = command;
      return never;
    }
  }
}

/** From which states each event can follow: the transitions above, read by their arrows. */
const FOLLOWS: { readonly [Type in Exclude<JobEvent['type'], 'job-opened'>]: readonly JobState[] } = {
  'job-completed': ['incomplete'],
  'job-cause-added': ['incomplete', 'queued', 'claimed'],
  'job-held': ['incomplete', 'queued', 'claimed'],
  'job-claimed': ['incomplete', 'queued', 'claimed'],
  'job-released': ['claimed'],
  'job-decided': ['claimed'],
  'job-undone': ['decided'],
  'job-complained': ['decided'],
  'job-complaint-answered': ['complaint-open'],
  'job-lapsed': ['incomplete', 'queued', 'claimed'],
  'job-closed': ['decided'],
};

/**
 * The state after `event`.
 * @throws {TypeError} for an event that cannot follow this state (a damaged log, never a user's doing)
 */
export function evolveJob(job: Job, event: JobEvent): Job {
  if (event.type === 'job-opened') {
    if (job.kind !== 'none') throw new TypeError('job log: opened twice');
    return { kind: event.complete ? 'queued' : 'incomplete', interim: event.interim };
  }
  if (job.kind === 'none') throw new TypeError('job log: an event before the job was opened');
  if (!FOLLOWS[event.type].includes(job.kind)) {
    throw new TypeError(`job log: ${event.type} cannot follow ${job.kind}`);
  }
  const { interim } = job;
  switch (event.type) {
    case 'job-completed':
    case 'job-released':
    case 'job-undone':
      return { kind: 'queued', interim };
    case 'job-cause-added':
      return job;
    case 'job-held':
      return { ...job, interim: 'held' };
    case 'job-claimed':
      return { kind: 'claimed', interim, by: event.by, until: event.until };
    case 'job-decided':
      return { kind: 'decided', interim, by: event.by, decision: event.decision };
    case 'job-lapsed':
      return { kind: 'closed', interim };
    case 'job-complaint-answered':
    case 'job-complained':
    case 'job-closed': {
      if (!('decision' in job)) throw new TypeError('job log: a ruling is missing');
      if (event.type === 'job-closed') return { ...job, kind: 'closed' };
      if (event.type === 'job-complained') return { ...job, kind: 'complaint-open' };
      // Upheld, the ruling stays its author's: else they could answer the next complaint against it.
      return {
        kind: 'decided',
        interim,
        by: event.upheld ? job.by : event.by,
        decision: event.decision,
      };
    }
    default: {
      const never: never = event;
      return never;
    }
  }
}
