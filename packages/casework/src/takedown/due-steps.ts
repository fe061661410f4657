/**
 * What is due on a track, computed when somebody looks: the clocks of its sendings under the versions of the rules that each
 * kept, and the one next step, who takes it, by when.
 *
 * Where the law names a number, the number says when a reminder and a complaint are due. Where it has words only, or there is
 * no law, the waiting times are ours, and the step says so: they are advice, never a breach.
 *
 *   open, reappeared           → send
 *   sent, acknowledged, silent → wait until the earliest due moment (or 7 days, ours); then remind; then complain to an office
 *                                (at once where a number was passed; 7 days after the reminder where none was)
 *   refused                    → appeal, then complain to an office
 *   removed, not-there         → look again after 7, then 30, then 90 days (ours)
 *   dropped                    → nothing
 * @module
 */

import { type Clock, type ClockEvent, earliestDue, readClock } from '@reclaim/law/duty/clock';
import type { EventKind, Rule } from '@reclaim/law/duty/rule';
import { rulesOf } from '@reclaim/law/duty/rules';
import type { Zone } from '@reclaim/law/zone';
import { DAY_MS } from '../instant.ts';
import type { Sending, Track } from './takedown.ts';

/** How long to wait for an answer where the law names no number, in days. Ours. */
export const PATIENCE_DAYS = 7;

/** How long after a removal, or after the last look, to look again, in days. Ours. */
export const LOOK_AGAIN_DAYS: readonly number[] = [7, 30, 90];

/** The next step: who acts, and by or from when. Moments in milliseconds since 1970. */
export type NextStep =
  | { readonly kind: 'send'; readonly who: 'person' }
  /** Nothing to do until then; `basis` says whether the law or we chose it. */
  | {
      readonly kind: 'wait';
      readonly who: 'service';
      readonly untilMs: number;
      readonly basis: 'law' | 'ours';
      readonly clock: Clock | null;
    }
  | { readonly kind: 'remind'; readonly who: 'person'; readonly lateMs: number | null }
  | { readonly kind: 'complain'; readonly who: 'person'; readonly breached: boolean }
  /** `untilMs` is null where no window of the law is known. */
  | { readonly kind: 'appeal'; readonly who: 'person'; readonly untilMs: number | null }
  | { readonly kind: 'wait-office'; readonly who: 'office'; readonly sinceMs: number }
  | { readonly kind: 'look'; readonly who: 'person' }
  | { readonly kind: 'wait-look'; readonly who: 'nobody'; readonly untilMs: number }
  | { readonly kind: 'nothing'; readonly who: 'nobody' };

/** Ends that a person sees from outside; of others they cannot know whether the service met them. */
const SEEN: ReadonlySet<EventKind | null> = new Set<EventKind | null>([
  'receipt-confirmed',
  'removed',
  'decision-told',
]);

/** The clocks of the track's sendings at `nowMs`. `zone` is where days are counted if a rule leaves it to the service. */
export function clocksOfTrack(track: Track, nowMs: number, zone: Zone): readonly Clock[] {
  return track.sendings.flatMap((sending) => clocksOfSending(track, sending, nowMs, zone));
}

/** The one next step on the track at `nowMs`. */
export function nextStep(track: Track, nowMs: number, zone: Zone): NextStep {
  switch (track.state) {
    case 'open':
    case 'reappeared':
      return { kind: 'send', who: 'person' };
    case 'sent':
    case 'acknowledged':
    case 'silent':
      return afterSending(track, nowMs, zone);
    case 'refused':
      return afterRefusal(track, nowMs, zone);
    case 'removed':
    case 'not-there':
      return lookAgain(track, nowMs);
    case 'dropped':
      return { kind: 'nothing', who: 'nobody' };
    default:
      return track.state satisfies never;
  }
}

function afterSending(track: Track, nowMs: number, zone: Zone): NextStep {
  const clocks = clocksOfTrack(track, nowMs, zone).filter(isAboutRemoval);
  const first = earliestDue(clocks);
  const lastSent = track.sendings.at(-1)?.at ?? track.since;
  const escalated = track.escalated.filter((each) => each.at >= lastSent).at(-1);
  if (first?.kind === 'breached') {
    if (track.remindedAt === null) return { kind: 'remind', who: 'person', lateMs: first.lateMs };
    if (escalated === undefined) return { kind: 'complain', who: 'person', breached: true };
    return { kind: 'wait-office', who: 'office', sinceMs: escalated.at };
  }
  if (first?.kind === 'running' && first.dueMs !== undefined)
    return { kind: 'wait', who: 'service', untilMs: first.dueMs, basis: 'law', clock: first };
  const patience = PATIENCE_DAYS * DAY_MS;
  const untilMs = (track.remindedAt ?? lastSent) + patience;
  // Who says that no answer will come need not wait for ours to run out.
  if (nowMs < untilMs && (track.state !== 'silent' || track.remindedAt !== null))
    return { kind: 'wait', who: 'service', untilMs, basis: 'ours', clock: null };
  if (track.remindedAt === null) return { kind: 'remind', who: 'person', lateMs: null };
  if (escalated === undefined) return { kind: 'complain', who: 'person', breached: false };
  return { kind: 'wait-office', who: 'office', sinceMs: escalated.at };
}

function afterRefusal(track: Track, nowMs: number, zone: Zone): NextStep {
  const refusedAt = track.refusedAt ?? track.since;
  const escalated = track.escalated.filter((each) => each.at >= refusedAt).at(-1);
  if (escalated !== undefined) return { kind: 'wait-office', who: 'office', sinceMs: escalated.at };
  const window = clocksOfTrack(track, nowMs, zone).find(
    (clock) => clock.rule.sense === 'stays-open' && clock.kind === 'running',
  );
  if (track.appealedAt === null) {
    const untilMs = window?.kind === 'running' ? (window.dueMs ?? null) : null;
    return { kind: 'appeal', who: 'person', untilMs };
  }
  const untilMs = track.appealedAt + PATIENCE_DAYS * DAY_MS;
  return nowMs < untilMs
    ? { kind: 'wait', who: 'service', untilMs, basis: 'ours', clock: null }
    : { kind: 'complain', who: 'person', breached: false };
}

function lookAgain(track: Track, nowMs: number): NextStep {
  const seen = track.goneAt ?? track.since;
  const days = LOOK_AGAIN_DAYS.find((each) => track.since + each * DAY_MS > seen);
  const untilMs = days === undefined ? seen + LOOK_AGAIN_DAYS.at(-1)! * DAY_MS : track.since + days * DAY_MS;
  return nowMs < untilMs ? { kind: 'wait-look', who: 'nobody', untilMs } : { kind: 'look', who: 'person' };
}

/** A clock that says when the thing itself has to be done or decided; confirming receipt is another matter. */
function isAboutRemoval(clock: Clock): boolean {
  return clock.rule.ends === 'removed' || clock.rule.ends === 'decision-told';
}

function clocksOfSending(track: Track, sending: Sending, nowMs: number, zone: Zone): readonly Clock[] {
  const events = eventsOf(track, sending);
  return sending.regimes.flatMap((regime) =>
    rulesOf(regime)
      .filter((rule) => isForPerson(rule))
      .map((rule) =>
        readClock(rule, {
          events,
          noticeComplete: sending.complete.includes(regime),
          hasContact: sending.contact,
          nowMs,
          platformZone: zone,
          pins: sending.pins,
        }),
      ),
  );
}

/** Whether a person who sent a notice can see the rule begin and end. */
export function isForPerson(rule: Rule): boolean {
  if (rule.sense === 'stays-open') return rule.starts === 'decision-told';
  return rule.starts === 'notice-received' && rule.sense === 'act-by' && SEEN.has(rule.ends);
}

/** What a person saw, as events of the law. That a sent notice arrived when it was sent is what its proof shows. */
function eventsOf(track: Track, sending: Sending): readonly ClockEvent[] {
  const proof = { kind: sending.proof, record: sending.channel } as const;
  const seen = { kind: 'own-statement', record: track.name } as const;
  const events: ClockEvent[] = [{ kind: 'notice-received', atMs: sending.at, proof }];
  if (track.acknowledgedAt !== null)
    events.push({ kind: 'receipt-confirmed', atMs: track.acknowledgedAt, proof: seen });
  if (track.state === 'removed') {
    events.push({ kind: 'removed', atMs: track.since, proof: seen });
    events.push({ kind: 'decision-told', atMs: track.since, proof: seen });
  }
  if (track.refusedAt !== null) events.push({ kind: 'decision-told', atMs: track.refusedAt, proof: seen });
  return events;
}
