/**
 * Clocks: one instance of one rule on one notice, computed from events that have a proof.
 *
 * States. A clock is *not started* while its event is missing, its notice incomplete, its rule not in force or not
 * confirmed; the reason says which, and nobody is late. From the event on it is *running*: with a due moment where the law
 * names a number, else without one, and a clock without one is never called breached. The ending event makes it *met*, or,
 * after the due moment, *met late*; without it, the due moment passed makes it *breached*. A window that only stays open,
 * and a thing that is only kept, is *running* and then *over*. An event that takes the duty away makes it *cancelled*.
 *
 * The computation is pure: the same events give the same clock. A breach is kept by whoever stores it; no later event
 * given to this function turns a breach into a met one, it becomes met late.
 *
 * Starts when the earliest proven event of the starting kind says so. An event without proof, or in the future, starts
 * nothing. Pinned versions win over the law of the day, so a case keeps what it was opened under.
 * @module
 */

import { lessSure, type Sureness } from '../source.ts';
import { dayAt, requireInstant, type Zone } from '../zone.ts';
import { type Due, dueAfter } from './due.ts';
import {
  type EventKind,
  pinnedVersion,
  type Rule,
  type RuleVersion,
  type VersionFound,
  type VersionPins,
  versionOn,
} from './rule.ts';

/** What shows that an event took place: which kind of record, and its id in the case. Never content. */
export interface Proof {
  readonly kind: 'receipt' | 'reply' | 'mail-log' | 'capture' | 'order' | 'ledger' | 'own-statement';
  readonly record: string;
}

/** Something that happened, when, and what shows it; null where nothing does. */
export interface ClockEvent {
  readonly kind: EventKind;
  readonly atMs: number;
  readonly proof: Proof | null;
}

/** What a clock is computed from. */
export interface ClockInput {
  readonly events: readonly ClockEvent[];
  /** Whether the notice has every element that the rule's regime demands. */
  readonly noticeComplete: boolean;
  /** Whether the notifier left an electronic contact. */
  readonly hasContact: boolean;
  readonly nowMs: number;
  readonly platformZone: Zone;
  readonly pins?: VersionPins;
}

/** Why a clock has not started. */
export type NotStarted =
  | 'no-event'
  | 'no-proof'
  | 'event-in-future'
  | 'incomplete-notice'
  | 'no-contact'
  | 'unconfirmed'
  | 'before-in-force'
  | 'no-longer-in-force';

/** What every clock carries. */
interface Base {
  readonly rule: Rule;
  readonly version: RuleVersion;
}

/** What every started clock carries. */
interface Started extends Base {
  readonly startMs: number;
  readonly proof: Proof;
  /** The last moment in time; undefined where the law gives no number. */
  readonly dueMs: number | undefined;
  /** The first moment allowed, where the law forbids an earlier one. */
  readonly notBeforeMs: number | undefined;
}

/** A clock. */
export type Clock =
  | (Base & {
      readonly kind: 'not-started';
      readonly reason: NotStarted;
      /** When it would be due if the rule were confirmed; only where the reason is `unconfirmed`. */
      readonly wouldBeDueMs: number | undefined;
    })
  | (Started & { readonly kind: 'running' })
  | (Started & { readonly kind: 'over' })
  | (Started & { readonly kind: 'met'; readonly endMs: number })
  | (Started & { readonly kind: 'met-late'; readonly endMs: number; readonly lateMs: number })
  | (Started & { readonly kind: 'breached'; readonly lateMs: number })
  | (Started & { readonly kind: 'cancelled'; readonly endMs: number });

/** The clock of a rule. @throws {RangeError} if a moment of the input is no instant */
export function readClock(rule: Rule, input: ClockInput): Clock {
  requireInstant(input.nowMs);
  const zone = rule.zone === 'platform' ? input.platformZone : rule.zone;
  const start = startOf(rule, input);
  const dayOfLaw = dayAt(start.kind === 'found' ? start.event.atMs : input.nowMs, zone);
  const found = findVersion(rule, dayOfLaw, input.pins);
  const { version } = found;
  const notStarted = (reason: NotStarted, wouldBeDueMs?: number): Clock => {
    return { kind: 'not-started', rule, version, reason, wouldBeDueMs };
  };
  if (start.kind === 'none') return notStarted(start.reason);
  if (rule.needsCompleteNotice && !input.noticeComplete) return notStarted('incomplete-notice');
  if (rule.needsContact && !input.hasContact) return notStarted('no-contact');
  const due = boundedDue(rule, version, start, input, zone);
  if (found.kind === 'unconfirmed' || version.limit.kind === 'unknown') {
    return notStarted('unconfirmed', due?.dueMs);
  }
  if (found.kind !== 'in-force') return notStarted(found.kind);
  return judge(
    {
      rule,
      version,
      startMs: start.event.atMs,
      proof: start.event.proof,
      dueMs: due?.dueMs,
      notBeforeMs: due?.notBeforeMs,
    },
    input,
  );
}

/** How sure a clock is: as sure as the reading of its rule, and no surer. `unknown` while it is unconfirmed. */
export function clockSureness(clock: Clock): Sureness {
  const read = clock.version.source.sureness;
  return clock.kind === 'not-started' && clock.reason === 'unconfirmed' ? lessSure(read, 'unknown') : read;
}

/**
 * The clock that comes first, over all clocks of all notices on one content: of those still owed an act, the one with the
 * earliest due moment, breached ones included (they are the earliest). Undefined if none has a due moment.
 */
export function earliestDue(clocks: readonly Clock[]): Clock | undefined {
  let first: Clock | undefined;
  let firstMs = Number.POSITIVE_INFINITY;
  for (const clock of clocks) {
    if (clock.rule.sense !== 'act-by') continue;
    if (clock.kind !== 'running' && clock.kind !== 'breached') continue;
    if (clock.dueMs !== undefined && clock.dueMs < firstMs) {
      first = clock;
      firstMs = clock.dueMs;
    }
  }
  return first;
}

type ProvenEvent = ClockEvent & { readonly proof: Proof };
type Start =
  | { readonly kind: 'found'; readonly event: ProvenEvent; readonly byOuter: boolean }
  | { readonly kind: 'none'; readonly reason: 'no-event' | 'no-proof' | 'event-in-future' };

function startOf(rule: Rule, input: ClockInput): Start {
  const own = firstProven(rule.starts, input);
  if (own.kind === 'found' || rule.outer === undefined) return own;
  const outer = firstProven(rule.outer.from, input);
  return outer.kind === 'found' ? { ...outer, byOuter: true } : own;
}

function firstProven(kind: EventKind, input: ClockInput): Start {
  let first: ProvenEvent | undefined;
  let reason: 'no-event' | 'no-proof' | 'event-in-future' = 'no-event';
  for (const event of input.events) {
    if (event.kind !== kind) continue;
    requireInstant(event.atMs);
    if (event.atMs > input.nowMs) reason = reason === 'no-event' ? 'event-in-future' : reason;
    else if (event.proof === null) reason = 'no-proof';
    else if (first === undefined || event.atMs < first.atMs) first = { ...event, proof: event.proof };
  }
  return first === undefined ? { kind: 'none', reason } : { kind: 'found', event: first, byOuter: false };
}

function findVersion(rule: Rule, day: ReturnType<typeof dayAt>, pins: VersionPins | undefined): VersionFound {
  const pinned = pins === undefined ? undefined : pinnedVersion(rule, pins);
  if (pinned === undefined) return versionOn(rule, day);
  return { kind: pinned.from === 'unknown' ? 'unconfirmed' : 'in-force', version: pinned };
}

function boundedDue(
  rule: Rule,
  version: RuleVersion,
  start: Extract<Start, { kind: 'found' }>,
  input: ClockInput,
  zone: Zone,
): Due | undefined {
  const own = start.byOuter ? undefined : dueAfter(version.limit, start.event.atMs, zone);
  if (rule.outer === undefined) return own;
  const from = firstProven(rule.outer.from, input);
  if (from.kind === 'none') return own;
  const outer = dueAfter(rule.outer.limit, from.event.atMs, zone);
  if (own === undefined || outer === undefined) return own ?? outer;
  const extended = rule.extendedBy !== undefined && firstProven(rule.extendedBy, input).kind === 'found';
  return extended || outer.dueMs < own.dueMs ? outer : own;
}

function judge(started: Started, input: ClockInput): Clock {
  const { rule, dueMs } = started;
  const after = (kind: EventKind | null | undefined): number | undefined =>
    endOf(kind, started.startMs, input);
  const cancelMs = after(rule.cancelledBy);
  const endMs = after(rule.ends);
  if (cancelMs !== undefined && (endMs === undefined || cancelMs < endMs)) {
    // A duty that was already breached stays breached: the court action came too late to take it away.
    if (dueMs === undefined || cancelMs <= dueMs) return { kind: 'cancelled', ...started, endMs: cancelMs };
  }
  if (endMs !== undefined) {
    if (dueMs === undefined || endMs <= dueMs) return { kind: 'met', ...started, endMs };
    return { kind: 'met-late', ...started, endMs, lateMs: endMs - dueMs };
  }
  if (dueMs === undefined || input.nowMs <= dueMs) return { kind: 'running', ...started };
  if (rule.sense !== 'act-by') return { kind: 'over', ...started };
  return { kind: 'breached', ...started, lateMs: input.nowMs - dueMs };
}

/** The first event of the kind at or after the start and not in the future; an end needs no proof of ours. */
function endOf(kind: EventKind | null | undefined, startMs: number, input: ClockInput): number | undefined {
  let first: number | undefined;
  for (const event of input.events) {
    if (event.kind !== kind || event.atMs < startMs || event.atMs > input.nowMs) continue;
    requireInstant(event.atMs);
    if (first === undefined || event.atMs < first) first = event.atMs;
  }
  return first;
}
