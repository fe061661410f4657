/**
 * What follows a notice when it is due: a reminder, a notice that the same image is back, a complaint to the service against a
 * refusal, and a complaint to the office in charge after a breach. Each holds the text that was sent before, where it helps.
 *
 * A breach is said only where a number was due and passed under the version that the case keeps; where the law has words and no
 * number the complaint says so and claims no breach. No text links money and reporting: that can be an offence itself
 * (`right/self-risk.ts`).
 * @module
 */

import type { Clock } from '../duty/clock.ts';
import { wallClock, type Zone } from '../zone.ts';
import type { FollowSentences } from './follow-sentences.ts';
import type { NoticeText } from './notice-text.ts';
import type { OfficeSentences } from './office-sentences.ts';
import { harmlessLine, harmlessLink } from './plain-text.ts';
import type { Sentences } from './sentences.ts';

/** Both tables of one language. */
export interface FollowWords {
  readonly say: Sentences;
  readonly follow: FollowSentences;
}

/** What happened to a sent notice, for the texts that speak of it. Moments in milliseconds since 1970. */
export interface SentNotice {
  readonly host: string;
  readonly locations: readonly string[];
  readonly sentMs: number;
  /** The number that the service gave; empty for none. */
  readonly number: string;
  /** Clocks of the regimes under which it was sent. */
  readonly clocks: readonly Clock[];
  readonly refusedMs: number | null;
  /** Whether a regime of the notice is the Digital Services Act. */
  readonly underDsa: boolean;
  readonly zone: Zone;
}

/** The reminder: what was due by which text, that it is still there, and the first text again. */
export function reminderText(
  sent: SentNotice,
  nowMs: number,
  first: string,
  { say, follow }: FollowWords,
): NoticeText {
  const { day, time } = wallClock(sent.sentMs, sent.zone);
  const late = breachedOf(sent.clocks);
  const lines = [
    say.to(harmlessLine(sent.host)),
    '',
    follow.reminder.sent(day, `${time} (${sent.zone})`),
    ...(sent.number === '' ? [] : [follow.reminder.number(harmlessLine(sent.number))]),
    ...(late.length === 0
      ? [follow.reminder.waiting(Math.floor((nowMs - sent.sentMs) / 86_400_000))]
      : late.map((clock) => dueLine(clock, sent.zone, follow.reminder.due))),
    follow.reminder.still,
    follow.reminder.ask,
  ];
  return text(say, follow.reminder.subject, lines, first);
}

/** The same image is back after its removal. */
export function againText(
  sent: Pick<SentNotice, 'host' | 'zone'> & { readonly backMs: number },
  first: string,
  { say, follow }: FollowWords,
): NoticeText {
  const { day } = wallClock(sent.backMs, sent.zone);
  const lines = [say.to(harmlessLine(sent.host)), '', follow.again.back(day), follow.again.ask];
  return text(say, follow.again.subject, lines, first);
}

/** A complaint to the service itself, against its refusal. */
export function appealText(sent: SentNotice, first: string, { say, follow }: FollowWords): NoticeText {
  const { day } = wallClock(sent.refusedMs ?? sent.sentMs, sent.zone);
  const lines = [
    say.to(harmlessLine(sent.host)),
    '',
    follow.appeal.refused(day),
    ...(sent.number === '' ? [] : [follow.reminder.number(harmlessLine(sent.number))]),
    follow.appeal.ask,
    ...(sent.underDsa ? [follow.appeal.dsa] : []),
  ];
  return text(say, follow.appeal.subject, lines, first);
}

/** The sentences of a complaint in one of the languages of notices. */
export function complaintWords({ say, follow }: FollowWords): OfficeSentences {
  return {
    language: say.language,
    reviewed: say.reviewed,
    complaint: follow.complaint,
    number: follow.reminder.number,
    where: say.headings.where,
  };
}

/**
 * A complaint to an office: what was sent, what was due by which text, what happened, where it is. `request` is the text that
 * was sent, quoted as it was; empty where it was not kept.
 */
export function complaintText(sent: SentNotice, request: string, words: OfficeSentences): NoticeText {
  const { day, time } = wallClock(sent.sentMs, sent.zone);
  const late = breachedOf(sent.clocks);
  const host = harmlessLine(sent.host);
  const waiting = sent.clocks.filter((clock) => clock.kind === 'running' && clock.dueMs === undefined);
  const { complaint } = words;
  const lines = [
    complaint.to,
    '',
    complaint.about(host),
    complaint.sent(day, `${time} (${sent.zone})`),
    ...(sent.number === '' ? [] : [words.number(harmlessLine(sent.number))]),
    ...late.flatMap((clock) => [
      ...(clock.rule.needsCompleteNotice ? [complaint.complete(clock.version.source.cite)] : []),
      dueLine(clock, sent.zone, complaint.breached),
    ]),
    ...(late.length === 0 && sent.refusedMs === null
      ? waiting.slice(0, 1).map((clock) => complaint.noNumber(clock.version.source.cite))
      : []),
    ...(sent.refusedMs === null ? [] : [complaint.refused(wallClock(sent.refusedMs, sent.zone).day)]),
    complaint.ask,
    '',
    words.where.toUpperCase(),
    ...sent.locations.map(harmlessLink),
    '',
    complaint.proof,
    ...(request === '' ? [] : ['', complaint.quoted]),
  ];
  return text(words, complaint.subject(host), lines, request);
}

/** Clocks that a number made late: breached, or met only after it. */
function breachedOf(clocks: readonly Clock[]): readonly (Clock & { readonly dueMs: number })[] {
  return clocks.filter(
    (clock): clock is Extract<Clock, { kind: 'breached' }> & { readonly dueMs: number } =>
      clock.kind === 'breached' && clock.dueMs !== undefined,
  );
}

function dueLine(
  clock: Clock & { readonly dueMs: number },
  zone: Zone,
  say: (cite: string, day: string, time: string) => string,
): string {
  const { day, time } = wallClock(clock.dueMs, zone);
  return say(clock.version.source.cite, day, `${time} (${zone})`);
}

function text(
  say: Pick<OfficeSentences, 'language' | 'reviewed'>,
  subject: string,
  lines: readonly string[],
  first: string,
): NoticeText {
  const rest = first === '' ? '' : `\n\n---\n\n${first}`;
  return { language: say.language, subject, body: `${lines.join('\n')}${rest}\n`, reviewed: say.reviewed };
}
