/**
 * The state machine of a notice: a formal request by somebody without an account that an item be taken down.
 *
 * States (what a law's clock says of it is separate: `notice-terms.ts`)
 *   (none)      not received
 *   open        received; its job is in the queue, or waits because the notice lacks something under every regime
 *   decided     its job was ruled on; the notifier reads the outcome, and how to complain
 *   complained  the notifier challenges the ruling; another reviewer answers
 *   withdrawn   terminal: the notifier took it back before it was decided; what it says and who gave it are erased
 *
 * Transitions
 *   (none)      --receive-->     open        with or without everything that a regime asks for: nothing is turned away for
 *                                            an absent element, it says what is lacking and whose clock waits
 *   open        --supplement-->  open        the notifier adds what was lacking; what was there stays
 *   open        --decide-->      decided     with the ruling on its job
 *   open        --withdraw-->    withdrawn   its clocks are no longer owed; a breach on record stays. What may show a minor
 *                                            is not taken back: the platform knows of it. Its job goes on where anything
 *                                            else speaks for it, and lapses where nothing does
 *   decided     --reopen-->      open        the ruling was undone
 *   decided     --complain-->    complained  within the window (`complaint.ts`)
 *   complained  --answer-->      decided     the old ruling upheld; a new one is a `decide` beside it
 *
 * A notice that comes when its item is withheld by a standing ruling is received and decided at once, by that ruling.
 *
 * Events, for whoever counts (transparency sheets, the clock sheet). Each is one record of the chain, and bears ids and
 * closed words alone; what the notifier wrote is in sealed rows and never in the chain.
 *
 *   notice-received       one for each notice, also for the second on the same item (count notices by it); `items` how many
 *                         places it names; `joined` whether a job was there; `lane` child where it says a minor may be
 *                         shown; `complete` and `lacking`: the regimes under which it is, and is not, complete
 *   notice-acknowledged   the receipt was answered: `receipt-confirmed` of the law's clocks
 *   notice-supplemented   the notifier added something; `complete` and `lacking` as they are now
 *   notice-decided        the notifier can read the outcome from now on: `decision-told`. `decisionId` is that of the
 *                         job's ruling; one ruling on a job of three notices gives three of these
 *   notice-withdrawn      the notifier took it back
 *   notice-reopened       the ruling `decisionId` was undone, and what it told no longer holds
 *   notice-act            a reviewer says that something was done which this node cannot see: `act`
 *   regime-applied        a reviewer holds that a law which only may have applied does, with a reason (erasable): its clocks
 *                         are owed from the event that started them
 *   clock-breached        a due moment passed with the duty owed. Recorded once for each clock of each notice, never
 *                         taken back; what is done later makes the clock met late, and this event stays
 *   complaint-received    by the notifier or the uploader against the ruling `decisionId`
 *   complaint-answered    with the outcome in the words of the harmonised report (Implementing Regulation (EU) 2024/2835)
 *   notifier-unsealing-asked, -agreed, notifier-unsealed   a lead asked to read who the notifier is, with a reason (erasable);
 *                         another agreed; the first read it
 * @module
 */

import type { RegimeId } from '@reclaim/law/duty/rule';
import type { ComplaintOutcome } from './complaint.ts';
import type { KeepGround, RemoveGround, Ruling } from './decision.ts';
import type { ActorId, ComplaintId, DecisionId, JobId, NoticeId, StaffId } from './id.ts';
import { effectOf } from './job.ts';
import type { Lane } from './notice-terms.ts';
import { accept, type Decided, refuse } from './refusal.ts';

/** The states of a notice. */
export const NOTICE_STATES = Object.freeze(['open', 'decided', 'complained', 'withdrawn'] as const);

/** What the machine knows of a notice. */
export type Notice =
  | { readonly kind: 'none' }
  | { readonly kind: 'open' }
  | { readonly kind: 'withdrawn' }
  | { readonly kind: 'decided' | 'complained'; readonly decisionId: DecisionId };

/** A notice that was never received. */
export const NO_NOTICE: Notice = Object.freeze({ kind: 'none' });

/** What a reviewer can say was done: closed words of the law's events. */
export const NOTICE_ACTS = Object.freeze(['copies-removed', 'status-told', 'delay-told'] as const);

/** One of them. */
export type NoticeAct = (typeof NOTICE_ACTS)[number];

/** How far a notice goes: the regimes under which it has everything, and those under which it lacks something. */
export type Completeness = { readonly complete: readonly RegimeId[]; readonly lacking: readonly RegimeId[] };

/** What can be asked of the machine. */
export type NoticeCommand =
  | {
      readonly kind: 'receive';
      readonly noticeId: NoticeId;
      readonly jobId: JobId;
      readonly lane: Lane;
      readonly items: number;
      readonly joined: boolean;
      readonly completeness: Completeness;
    }
  | {
      readonly kind: 'supplement';
      readonly noticeId: NoticeId;
      readonly jobId: JobId;
      readonly completeness: Completeness;
    }
  | {
      readonly kind: 'withdraw';
      readonly noticeId: NoticeId;
      readonly jobId: JobId;
      readonly lane: Lane;
    }
  | {
      readonly kind: 'decide';
      readonly noticeId: NoticeId;
      readonly jobId: JobId;
      readonly decisionId: DecisionId;
      readonly outcome: NoticeOutcome;
    }
  | {
      readonly kind: 'reopen';
      readonly noticeId: NoticeId;
      readonly jobId: JobId;
      readonly decisionId: DecisionId;
    }
  | {
      readonly kind: 'complain';
      readonly noticeId: NoticeId;
      readonly jobId: JobId;
      readonly complaintId: ComplaintId;
    };

/** A complaint was received; `noticeId` where the notifier complains. */
export type ComplaintReceived = {
  readonly type: 'complaint-received';
  readonly complaintId: ComplaintId;
  readonly jobId: JobId;
  readonly decisionId: DecisionId;
  readonly side: 'uploader' | 'notifier';
  readonly noticeId?: NoticeId;
};

/** A complaint was answered; `decisionId` is the ruling that stands now. */
export type ComplaintAnswered = {
  readonly type: 'complaint-answered';
  readonly complaintId: ComplaintId;
  readonly jobId: JobId;
  readonly decisionId: DecisionId;
  readonly side: 'uploader' | 'notifier';
  readonly outcome: ComplaintOutcome;
  readonly noticeId?: NoticeId;
};

/** What happened to a notice. */
export type NoticeEvent =
  | ({
      readonly type: 'notice-received';
      readonly noticeId: NoticeId;
      readonly jobId: JobId;
      readonly lane: Lane;
      readonly items: number;
      readonly joined: boolean;
    } & Completeness)
  | { readonly type: 'notice-acknowledged'; readonly noticeId: NoticeId; readonly jobId: JobId }
  | ({
      readonly type: 'notice-supplemented';
      readonly noticeId: NoticeId;
      readonly jobId: JobId;
    } & Completeness)
  | { readonly type: 'notice-withdrawn'; readonly noticeId: NoticeId; readonly jobId: JobId }
  | {
      readonly type: 'notice-decided';
      readonly noticeId: NoticeId;
      readonly jobId: JobId;
      readonly decisionId: DecisionId;
      readonly outcome: NoticeOutcome;
    }
  | {
      readonly type: 'notice-reopened';
      readonly noticeId: NoticeId;
      readonly jobId: JobId;
      readonly decisionId: DecisionId;
    }
  | ComplaintReceived
  | ComplaintAnswered;

/** Records about notices that are no change of a notice's own state. */
export type NoticeRecord =
  | { readonly type: 'notice-act'; readonly jobId: JobId; readonly by: ActorId; readonly act: NoticeAct }
  | {
      readonly type: 'clock-breached';
      readonly noticeId: NoticeId;
      readonly jobId: JobId;
      readonly ruleId: string;
      readonly version: string;
      readonly dueAt: number;
    }
  | {
      readonly type: 'notifier-unsealing-asked' | 'notifier-unsealing-agreed' | 'notifier-unsealed';
      readonly noticeId: NoticeId;
      readonly jobId: JobId;
      readonly by: StaffId;
    };

/**
 * What the notifier is told became of the item. `withheld`: nobody sees it, and the matter was handed on; to whom is not
 * said, since a notifier is not always who they say. `with-another`: it is decided with another notice on the same.
 */
export const NOTICE_OUTCOMES = Object.freeze(['removed', 'not-removed', 'withheld', 'with-another'] as const);

/** One outcome. */
export type NoticeOutcome = (typeof NOTICE_OUTCOMES)[number];

/** What a ruling is to a notifier, with the closed ground of a removal or a refusal. */
export function noticeOutcome(ruling: Ruling): {
  readonly outcome: NoticeOutcome;
  readonly ground?: RemoveGround | KeepGround;
} {
  switch (ruling.outcome) {
    case 'remove':
      return { outcome: 'removed', ground: ruling.ground };
    case 'keep':
      return { outcome: 'not-removed', ground: ruling.ground };
    case 'refer':
      return { outcome: 'withheld' };
    case 'duplicate':
      return { outcome: 'with-another' };
    default: {
      const never: never = ruling;
      return never;
    }
  }
}

/** The law's events that a ruling is to the clocks of a notice. */
export function actsOfRuling(ruling: Ruling): readonly ('removed' | 'decision-told' | 'status-told')[] {
  return effectOf(ruling) === 'withhold'
    ? ['removed', 'decision-told', 'status-told']
    : ['decision-told', 'status-told'];
}

/** Answers the events that carry out `command`, or why it is refused. */
export function decideNotice(notice: Notice, command: NoticeCommand): Decided<NoticeEvent> {
  const { noticeId } = command;
  switch (command.kind) {
    case 'receive': {
      if (notice.kind !== 'none') return refuse('already-exists');
      const { jobId, lane, items, joined, completeness } = command;
      return accept<NoticeEvent>(
        { type: 'notice-received', noticeId, jobId, lane, items, joined, ...completeness },
        { type: 'notice-acknowledged', noticeId, jobId },
      );
    }
    case 'supplement': {
      if (notice.kind !== 'open') return refuse(notice.kind === 'none' ? 'not-found' : 'wrong-state');
      return accept({
        type: 'notice-supplemented',
        noticeId,
        jobId: command.jobId,
        ...command.completeness,
      });
    }
    case 'withdraw':
      if (notice.kind !== 'open') return refuse(notice.kind === 'none' ? 'not-found' : 'wrong-state');
      if (command.lane === 'child') return refuse('blackout');
      return accept({ type: 'notice-withdrawn', noticeId, jobId: command.jobId });
    case 'decide': {
      if (notice.kind === 'none') return refuse('not-found');
      if (notice.kind === 'withdrawn') return refuse('wrong-state');
      const { jobId, decisionId, outcome } = command;
      return accept({ type: 'notice-decided', noticeId, jobId, decisionId, outcome });
    }
    case 'reopen': {
      if (notice.kind !== 'decided') return refuse(notice.kind === 'none' ? 'not-found' : 'wrong-state');
      const { jobId, decisionId } = command;
      return accept({ type: 'notice-reopened', noticeId, jobId, decisionId });
    }
    case 'complain': {
      if (notice.kind !== 'decided') return refuse(notice.kind === 'none' ? 'not-found' : 'wrong-state');
      const { complaintId, jobId } = command;
      const { decisionId } = notice;
      return accept({
        type: 'complaint-received',
        complaintId,
        jobId,
        decisionId,
        side: 'notifier',
        noticeId,
      });
    }
    default: {
      const never: never = command;
      return never;
    }
  }
}

/**
 * The state after `event`.
 * @throws {TypeError} for an event that cannot follow this state (a damaged log, never a notifier's doing)
 */
export function evolveNotice(notice: Notice, event: NoticeEvent): Notice {
  if (event.type === 'notice-received') {
    if (notice.kind !== 'none') throw new TypeError('notice log: received twice');
    return { kind: 'open' };
  }
  if (notice.kind === 'none') throw new TypeError('notice log: an event before the notice was received');
  switch (event.type) {
    case 'notice-acknowledged':
      return notice;
    case 'notice-supplemented':
      if (notice.kind !== 'open') throw new TypeError('notice log: supplemented after its decision');
      return notice;
    case 'notice-withdrawn':
      if (notice.kind !== 'open') throw new TypeError('notice log: withdrawn after its decision');
      return { kind: 'withdrawn' };
    case 'notice-decided':
      if (notice.kind === 'withdrawn') throw new TypeError('notice log: decided after it was withdrawn');
      return { kind: 'decided', decisionId: event.decisionId };
    case 'notice-reopened':
      if (notice.kind !== 'decided') throw new TypeError('notice log: reopened without a decision');
      return { kind: 'open' };
    case 'complaint-received':
      if (notice.kind !== 'decided') throw new TypeError('notice log: complained of before its decision');
      return { kind: 'complained', decisionId: notice.decisionId };
    case 'complaint-answered':
      if (notice.kind === 'open' || notice.kind === 'withdrawn')
        throw new TypeError('notice log: answered before its decision');
      return { kind: 'decided', decisionId: event.decisionId };
    default: {
      const never: never = event;
      return never;
    }
  }
}
