/**
 * The lane for minors as a state machine: from the press of a key to the erasure of what the law had kept.
 *
 * It begins where `job.ts` refers a job with `minor-suspected` (`isBlackout`), and says what may happen from then on; `clear` is
 * the undoing of that ruling, which the job's machine carries out once this one lets it. The store holds what is kept (`store/legal-hold`); a report is made by people at the authority's own door, this machine drafts
 * and dates it.
 *
 * States
 *   (none)     no suspicion
 *   locked     dark for everybody: nobody looks, nothing leaves, not into an export, a backup of pictures or a bank
 *   apparent   somebody of the lane found it apparent: a report is due as soon as reasonably possible (18 U.S.C. 2258A(a)(1))
 *   reported   told to an authority; what was reported is kept until `holdUntil`, one year (2258A(h)(1), row US-2258A-HOLD)
 *   cleared    terminal: somebody else of the lane found that it is not so; the job goes back to its ordinary way
 *   erased     terminal: the hold is over and everything is gone
 *
 * Transitions
 *   (none)    --lock-->    locked     by any reviewer, without a word: nobody has to describe what they saw
 *   locked    --clear-->   cleared    by the lane, with a reason, and never by who locked: else a key would be a way to look
 *   locked    --find-->    apparent   by the lane: the incident, the class, what is known
 *   apparent  --report-->  reported   to whom, under which number, when; the year runs from here
 *   reported  --report-->  reported   to another authority too; the longer hold wins
 *   reported  --erase-->   erased     once `holdUntil` has passed
 *   any       --look-->    refused `blackout`;  any --export--> refused `no-export`: there is no state in which they pass
 *
 * The year is counted from the report, never from the decision: a report that is made late must not shorten what is kept.
 * @module
 */

import { dueAfter } from '@reclaim/law/duty/due';
import { ruleById } from '@reclaim/law/duty/rules';
import type { Zone } from '@reclaim/law/zone';
import { FACTS_MIN } from './decision.ts';
import type { ActorId, JobId } from './id.ts';
import { parseUtcMs, type UtcMs } from './instant.ts';
import { accept, type Decided, refuse } from './refusal.ts';

/** What the incident is, after the CyberTipline's own list (general knowledge: to be compared with its documents). */
export const INCIDENTS = Object.freeze([
  'possession-production-distribution',
  'online-enticement',
  'sex-trafficking',
  'child-sex-tourism',
  'molestation',
  'misleading-domain',
  'misleading-words',
  'unsolicited-obscene-material',
] as const);

/** One incident. */
export type Incident = (typeof INCIDENTS)[number];

/** The classes of the industry: A before puberty, B after; 1 a sexual act, 2 lascivious exhibition. */
export const CLASSES = Object.freeze(['A1', 'A2', 'B1', 'B2'] as const);

/** What can be said of a file, beside its class (the tip line's labels; general knowledge). */
export const ANNOTATIONS = Object.freeze([
  'anime-drawing-virtual',
  'potential-meme',
  'viral',
  'possible-self-production',
  'physical-harm',
  'violence-gore',
  'bestiality',
  'live-streaming',
  'infant',
  'generative-ai',
] as const);

/** To whom it is reported. */
export const AUTHORITIES = Object.freeze(['ncmec', 'nca', 'national-hotline', 'police'] as const);

/** What the lane found. */
export type Finding = {
  readonly incident: Incident;
  readonly class: (typeof CLASSES)[number] | 'not-classified';
  readonly annotations: readonly (typeof ANNOTATIONS)[number][];
};

/** What the machine knows. */
export type LaneState =
  | { readonly kind: 'none' | 'cleared' | 'erased' }
  | { readonly kind: 'locked'; readonly by: ActorId; readonly at: UtcMs }
  | { readonly kind: 'apparent'; readonly at: UtcMs; readonly finding: Finding }
  | {
      readonly kind: 'reported';
      readonly at: UtcMs;
      readonly finding: Finding;
      readonly holdUntil: UtcMs;
    };

/** No suspicion. */
export const NO_LANE: LaneState = Object.freeze({ kind: 'none' });

/** Who asks, and whether they have the permission `minor-lane`. */
export type LaneActor = { readonly id: ActorId; readonly inLane: boolean };

type Common = { readonly jobId: JobId; readonly by: LaneActor; readonly now: UtcMs };

/** What can be asked of the machine. */
export type LaneCommand =
  | (Common & { readonly kind: 'lock' })
  | (Common & { readonly kind: 'look' })
  | (Common & { readonly kind: 'export' })
  | (Common & { readonly kind: 'clear'; readonly reason: string })
  | (Common & { readonly kind: 'find'; readonly finding: Finding })
  | (Common & {
      readonly kind: 'report';
      readonly authority: (typeof AUTHORITIES)[number];
      /** The authority's own number of the report; erasable. */
      readonly reference: string;
      /** Where the days of the hold are counted. */
      readonly zone: Zone;
    })
  | { readonly kind: 'erase'; readonly jobId: JobId; readonly now: UtcMs };

/** What happened. Nothing of the item, and no description, is in any of them. */
export type LaneEvent =
  | { readonly type: 'minor-locked'; readonly jobId: JobId; readonly by: ActorId; readonly at: UtcMs }
  | {
      readonly type: 'minor-cleared';
      readonly jobId: JobId;
      readonly by: ActorId;
      readonly values: { readonly reason: string };
    }
  | {
      readonly type: 'minor-apparent';
      readonly jobId: JobId;
      readonly by: ActorId;
      readonly at: UtcMs;
      readonly finding: Finding;
    }
  | {
      readonly type: 'minor-reported';
      readonly jobId: JobId;
      readonly by: ActorId;
      readonly authority: (typeof AUTHORITIES)[number];
      readonly holdUntil: UtcMs;
      readonly values: { readonly reference: string };
    }
  | { readonly type: 'minor-erased'; readonly jobId: JobId };

/** Answers the events that carry out `command`, or why it is refused. */
export function decideLane(state: LaneState, command: LaneCommand): Decided<LaneEvent> {
  const { jobId, now } = command;
  if (command.kind === 'look') return refuse('blackout');
  if (command.kind === 'export') return refuse('no-export');
  if (command.kind === 'erase') {
    if (state.kind !== 'reported') return refuse('wrong-state');
    return now <= state.holdUntil ? refuse('not-yet-due') : accept({ type: 'minor-erased', jobId });
  }
  const { by } = command;
  if (command.kind === 'lock') {
    if (state.kind !== 'none' && state.kind !== 'cleared') return refuse('wrong-state');
    return accept({ type: 'minor-locked', jobId, by: by.id, at: now });
  }
  if (!by.inLane) return refuse('not-in-lane');
  switch (command.kind) {
    case 'clear':
      if (state.kind !== 'locked') return refuse('wrong-state');
      if (state.by === by.id) return refuse('same-reviewer');
      if (command.reason.trim().length < FACTS_MIN) return refuse('reason-required');
      return accept({ type: 'minor-cleared', jobId, by: by.id, values: { reason: command.reason } });
    case 'find':
      if (state.kind !== 'locked') return refuse('wrong-state');
      return accept({ type: 'minor-apparent', jobId, by: by.id, at: now, finding: command.finding });
    case 'report': {
      if (state.kind !== 'apparent' && state.kind !== 'reported') return refuse('wrong-state');
      const reference = command.reference.trim();
      // Without the authority's number nobody could show that it was reported.
      if (reference === '') return refuse('reason-required');
      const own = holdAfter(now, command.zone);
      const holdUntil = state.kind === 'reported' && state.holdUntil > own ? state.holdUntil : own;
      const { authority } = command;
      return accept({
        type: 'minor-reported',
        jobId,
        by: by.id,
        authority,
        holdUntil,
        values: { reference },
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
 * @throws {TypeError} for an event that cannot follow this state (a damaged log, never a user's doing)
 */
export function evolveLane(state: LaneState, event: LaneEvent): LaneState {
  switch (event.type) {
    case 'minor-locked':
      if (state.kind !== 'none' && state.kind !== 'cleared') break;
      return { kind: 'locked', by: event.by, at: event.at };
    case 'minor-cleared':
      if (state.kind !== 'locked') break;
      return { kind: 'cleared' };
    case 'minor-apparent':
      if (state.kind !== 'locked') break;
      return { kind: 'apparent', at: event.at, finding: event.finding };
    case 'minor-reported':
      if (state.kind !== 'apparent' && state.kind !== 'reported') break;
      return { kind: 'reported', at: state.at, finding: state.finding, holdUntil: event.holdUntil };
    case 'minor-erased':
      if (state.kind !== 'reported') break;
      return { kind: 'erased' };
    default: {
      const never: never = event;
      return never;
    }
  }
  throw new TypeError(`lane log: ${event.type} cannot follow ${state.kind}`);
}

/** Until when a report of `reportedAt` obliges to keep: the row's year, to the end of its last day. */
export function holdAfter(reportedAt: UtcMs, zone: Zone): UtcMs {
  const rule = ruleById('US-2258A-HOLD');
  const due = dueAfter(rule.versions.at(-1)!.limit, reportedAt, zone);
  if (due === undefined) throw new TypeError('lane: expected a hold with a number');
  return parseUtcMs(due.dueMs);
}

/** What the provider knows beside the finding; `undefined` where it does not. */
export type KnownOfItem = {
  /** Looks before the lock, from the ledger of views: whether a person viewed the file. */
  readonly views: number;
  readonly publiclyAvailable: boolean | undefined;
  /** Uploads with address, port and time, where the platform has them. */
  readonly addressEvents: number | undefined;
  readonly hasExif: boolean | undefined;
  readonly hasHashes: boolean | undefined;
  readonly connectedAccounts: number | undefined;
};

/** A draft of the report: what can be filled in, and what a person has still to find out or to leave open. */
export type LaneReportDraft = {
  readonly incident: Incident;
  readonly class: Finding['class'];
  readonly annotations: Finding['annotations'];
  /** 18 U.S.C. 2258A leaves the contents to the provider; the tip line asks whether a person viewed the file. */
  readonly fileViewedByProvider: boolean;
  readonly publiclyAvailable: boolean | undefined;
  /** Parts that SI 2026/268 asks for "where available", and that the platform has to add: names of parts, no values. */
  readonly toAdd: readonly ('address-events' | 'exif' | 'hashes' | 'connected-accounts' | 'class')[];
};

/** The draft; `undefined` before the lane found anything. It holds no value of a person: those stay with the platform. */
export function laneReportDraft(state: LaneState, known: KnownOfItem): LaneReportDraft | undefined {
  if (state.kind !== 'apparent' && state.kind !== 'reported') return undefined;
  const { finding } = state;
  return {
    incident: finding.incident,
    class: finding.class,
    annotations: finding.annotations,
    fileViewedByProvider: known.views > 0,
    publiclyAvailable: known.publiclyAvailable,
    toAdd: [
      ...(known.addressEvents === 0 ? [] : (['address-events'] as const)),
      ...(known.hasExif === false ? [] : (['exif'] as const)),
      ...(known.hasHashes === false ? [] : (['hashes'] as const)),
      ...(known.connectedAccounts === 0 ? [] : (['connected-accounts'] as const)),
      ...(finding.class === 'not-classified' ? (['class'] as const) : []),
    ],
  };
}
