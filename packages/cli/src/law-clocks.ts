/**
 * `reclaim law clocks`: what the clocks of a regime say, from events typed at the prompt.
 * @module
 */

import { type Clock, type ClockEvent, earliestDue, readClock } from '@reclaim/law/duty/clock';
import { type ClockReading, clockReading } from '@reclaim/law/duty/clock-words';
import type { EventKind } from '@reclaim/law/duty/rule';
import { EVENT_WORDS } from '@reclaim/law/page/duty-words';
import { parseZone, requireInstant, UTC, type Zone } from '@reclaim/law/zone';
import { answerTo, parseArguments, wrapped } from './command.ts';
import { rulesNamed } from './law-name.ts';
import { nearestWord } from './nearest-word.ts';
import { Problem } from './problem.ts';
import type { ExitStatus, Terminal } from './terminal.ts';

/** Runs the part; status 1 if any clock is breached or was met late. */
export async function runClocks(argv: readonly string[], io: Terminal): Promise<ExitStatus> {
  const { options, words } = parseArguments(argv, {
    json: 'boolean',
    now: 'string',
    zone: 'string',
    incomplete: 'boolean',
    'no-contact': 'boolean',
  });
  const [what, ...happened] = words;
  if (what === undefined || what.includes('=')) {
    throw new Problem('law clocks expects a regime or a duty first, then EVENT=TIME words');
  }
  const rules = rulesNamed(what);
  const nowMs = options.now === undefined ? Date.now() : momentOf(options.now, '--now');
  const zone = zoneOf(options.zone);
  const events = happened.map(eventOf);
  const clocks = rules.map((rule) =>
    readClock(rule, {
      events,
      noticeComplete: options.incomplete !== true,
      hasContact: options['no-contact'] !== true,
      nowMs,
      platformZone: zone,
    }),
  );
  const answer = answerTo(io, options.json === true);
  const readings = clocks.map((clock) => clockReading(clock, nowMs, zone, zone));
  for (const reading of readings) for (const line of linesOf(reading)) answer.line(line);
  const first = earliestDue(clocks);
  if (first !== undefined) answer.line(`earliest: ${first.rule.id}`);
  answer.document({
    now: new Date(nowMs).toISOString(),
    zone,
    earliest: first?.rule.id ?? null,
    clocks: readings,
  });
  return clocks.some(isLate) ? 1 : 0;
}

function isLate({ kind }: Clock): boolean {
  return kind === 'breached' || kind === 'met-late';
}

function linesOf(reading: ClockReading): readonly string[] {
  const { duePlatform: due, minutesLeft } = reading;
  return [
    `${reading.ruleId}: ${reading.state}`,
    `  ${reading.duty}`,
    `  limit     ${reading.limit}`,
    ...(due === null
      ? []
      : [`  due       ${due.day} ${due.time}${minutesLeft === null ? '' : ` (${leftWords(minutesLeft)})`}`]),
    `  source    ${wrapped(`${reading.cite}; ${reading.sureness}, ${reading.checkedOn}`, ' '.repeat(12)).trimStart()}`,
  ];
}

function leftWords(minutes: number): string {
  const size = Math.abs(minutes);
  const words = size < 60 ? `${size} min` : `${Math.floor(size / 60)} h ${size % 60} min`;
  return minutes < 0 ? `${words} late` : `${words} left`;
}

function eventOf(word: string): ClockEvent {
  const [name, time, ...more] = word.split('=');
  if (name === undefined || time === undefined || more.length > 0) {
    throw new Problem('an event is written EVENT=TIME, as in notice-received=2026-11-20T10:00Z');
  }
  const kinds = Object.keys(EVENT_WORDS) as EventKind[];
  const kind = kinds.find((each) => each === name);
  if (kind === undefined) {
    const nearest = nearestWord(name, kinds);
    throw new Problem(
      `there is no such event; ${nearest === undefined ? `known are ${kinds.join(', ')}` : `did you mean ${nearest}?`}`,
    );
  }
  return { kind, atMs: momentOf(time, name), proof: { kind: 'own-statement', record: 'typed' } };
}

/** Without an offset a time would be read in the zone of this machine, which is nobody's law. */
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;

function momentOf(text: string, what: string): number {
  const ms = MOMENT.test(text) ? Date.parse(text) : Number.NaN;
  // 2026-02-30 is read as 2 March by some engines: the day has to come back as it was typed.
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  if (
    Number.isNaN(ms) ||
    Number.isNaN(day.getTime()) ||
    day.toISOString().slice(0, 10) !== text.slice(0, 10)
  ) {
    throw new Problem(`${what} expects a time with its offset, as in 2026-11-20T10:00-05:00`);
  }
  try {
    return requireInstant(ms);
  } catch {
    throw new Problem(`${what} expects a time from 1901 to 2189`);
  }
}

function zoneOf(name: string | undefined): Zone {
  if (name === undefined) return UTC;
  try {
    return parseZone(name);
  } catch {
    throw new Problem('--zone expects an IANA time zone, as in Europe/Berlin');
  }
}
